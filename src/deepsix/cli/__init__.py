"""The command line: thin commands that parse, call one core function and print. `main` is the entry point."""

from deepsix.cli.app import main

__all__ = ["main"]
