"""The errors deepsix raises on purpose. Each says what was wrong, where, and what to do next.

`DeepsixError` is the base. Shells show its message without a traceback and leave with `exit_code`.
"""

from __future__ import annotations

from collections.abc import Iterable


class DeepsixError(Exception):
    """Base of all errors that are shown to a person as one clear message."""

    exit_code = 1


class CaseError(DeepsixError):
    """A case holds something that cannot be used: an unknown id, an impossible age, a contradiction."""

    exit_code = 2


class CaseFileError(DeepsixError):
    """A file of cases cannot be read: not there, not JSON, not the expected shape."""

    exit_code = 3


class KnowledgeError(DeepsixError):
    """The knowledge base has problems; the message lists all of them."""

    exit_code = 4


class UnknownIdError(DeepsixError):
    """No entry of that name; the message offers the nearest ones."""

    exit_code = 5


def did_you_mean(
    name: str, known: Iterable[str], otherwise: str = "`deepsix knowledge list` shows all of them."
) -> str:
    """Return "Did you mean ...?" with the nearest known names, or `otherwise` when none is near."""
    import difflib  # only when something is wrong

    close = difflib.get_close_matches(name, list(known), n=3, cutoff=0.5)
    return f"Did you mean {' or '.join(close)}?" if close else otherwise
