"""A fever told as a number: "38.6", "a temp of 39", "running 102"."""

from __future__ import annotations

import re

_FEVER_C, _FEVER_F = (38.0, 42.0), (100.4, 108.0)  # from 38 C (100.4 F) on; above, a slip of the pen
_READING = re.compile(
    r"\b(?:temp(?:erature)?|thermometer|fever|running)\b[^.!?\d]{0,30}(\d{2,3}(?:\.\d)?)"
    r"|\b(\d{2,3}(?:\.\d)?)\s?(?:°|degrees|c\b|f\b|on the thermometer)",
    re.I,
)
_NOT_NOW = re.compile(r"\b(?:no|not|never|miles|km|yards|minutes|weeks)\b", re.I)


def fever_reading(text: str) -> tuple[int, int] | None:
    """Return where a story gives a temperature that is a fever (character positions), or None.

    >>> text = "I felt rough and my temperature was 38.6 last night"
    >>> text[slice(*fever_reading(text))]
    'temperature was 38.6'
    """
    for match in _READING.finditer(text):
        value = float(match.group(1) or match.group(2))
        is_fever = _FEVER_C[0] <= value <= _FEVER_C[1] or _FEVER_F[0] <= value <= _FEVER_F[1]
        follows = text[match.end() : match.end() + 12]
        if is_fever and not _NOT_NOW.search(match.group()) and not _NOT_NOW.search(follows):
            return match.span()
    return None
