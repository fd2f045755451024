"""Results to words: frozen views that templates only place."""
