"""A sentence as clauses: stretches of words that share one subject, in which negation, tense and person hold."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from deepsix.intake.patterns import Span
from deepsix.intake.text import word_set

BREAKS = word_set(
    """
    but although though however except apart yet whereas instead ; – — : ( ) until unless because if
    """
)
_SUBJECTS = word_set(
    """
    i my it he she his her they their we the there this that these now then its a an today what who nothing
    everything
    """
)
_JOINS = frozenset((",", "and", "so", "as", "which", "while", "since", "-", "or"))


@dataclass(frozen=True, slots=True)
class Clauses:
    """The words of a sentence, and the position at which each word's clause starts and ends."""

    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def around(self, span: Span) -> Span:
        """Return the stretch from the start of the span's first clause to the end of its last."""
        return self.starts[span[0]], self.ends[span[1] - 1]

    def apart(self, one: Span, other: Span) -> int:
        """Return how many clause borders lie between two spans."""
        low, high = (one[1] - 1, other[0]) if one[1] <= other[0] else (other[1] - 1, one[0])
        return len({self.starts[i] for i in range(low, high + 1)}) - 1 if low <= high else 0


def clauses_of(words: tuple[str, ...]) -> Clauses:
    """Return the clauses of a sentence.

    >>> clauses_of(("no", "fever", ",", "and", "my", "hip", "hurts")).around((5, 6))
    (3, 7)
    """
    borders = [0]
    for index, word in enumerate(words):
        if word in BREAKS or _new_subject(words, index):
            borders.append(index)
    borders.append(len(words))
    starts, ends = [0] * len(words), [0] * len(words)
    for low, high in pairwise(borders):
        for index in range(low, high):
            starts[index], ends[index] = low, high
    return Clauses(words, tuple(starts), tuple(ends))


def _new_subject(words: tuple[str, ...], index: int) -> bool:
    """True where a joining word is followed by a new subject and a verb may follow: ", and my hip hurts"."""
    if words[index] not in _JOINS or index + 2 >= len(words):
        return False
    following = words[index + 1]
    if following in ("and", "so", "then", "or") and words[index] == ",":
        return False  # the border stands at the joining word after the comma
    if following not in _SUBJECTS:
        return False
    if following in ("the", "my", "a", "an", "his", "her", "this", "that", "their", "its", "these"):
        # "pain in my hip and my groin" goes on with a list: no verb comes before the next mark
        return any(word in _VERBS or word.endswith("ed") for word in _up_to_mark(words, index + 2))
    return True


def _up_to_mark(words: tuple[str, ...], start: int) -> tuple[str, ...]:
    stretch = []
    for word in words[start : start + 6]:
        if word in (",", "and", "or", ";") or word in BREAKS:
            break
        stretch.append(word)
    return tuple(stretch)


_VERBS = word_set(
    """
    is was are were has have had does do did hurts hurt aches feels felt went goes gets got came comes says
    said told will would can could seems started began gave makes made keeps kept took takes moves runs
    spreads travels shoots bothers wakes helps
    """
)
