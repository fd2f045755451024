"""What was ticked on a question to answers: the same for every shell.

What was offered and not ticked is a no; a question nobody could answer leaves each of its findings unsure.
"""

from __future__ import annotations

from collections.abc import Collection

from deepsix.case import Answer, Origin, State


def ticked_of(findings: Collection[str], ticked: Collection[str]) -> tuple[Answer, ...]:
    """Return a yes to each finding that was ticked and a no to each other one that was offered."""
    return tuple(Answer(name, State.YES if name in ticked else State.NO, Origin.ASKED) for name in findings)


def unsure_of(findings: Collection[str]) -> tuple[Answer, ...]:
    """Return "not sure" to each finding that was offered."""
    return tuple(Answer(name, State.UNSURE, Origin.ASKED) for name in findings)
