"""The computable hip."""
