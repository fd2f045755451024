"""Left, right or both: the side of the body that a mention is about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from deepsix.intake.patterns import Span
from deepsix.intake.text import Sentence, word_set

Side = Literal["left", "right", "both", ""]
_NEAR = 4  # words between a side and the place it belongs to
_NOT_SIDE_AFTER = word_set(
    """
    in at on where down up into through away now after before over under along by across round around from of
    it the me with him her there here to until till behind beside below above near next handed footed
    """
)
_NOT_SIDE_BEFORE = word_set("all have has had i was got is that's yeah ok he she they what")


def side_near(sentence: Sentence, span: Span) -> Side:
    """Return the side told inside or next to a span, '' when none is."""
    words = [token.word for token in sentence.tokens]
    sides = {
        side
        for index in range(max(0, span[0] - _NEAR), min(len(words), span[1] + _NEAR))
        if (side := _side_at(words, index))
    }
    return _joined(sides)


def side_of_story(sentences: Sequence[Sentence]) -> Side:
    """Return the only side a story names, '' when it names none or more than one."""
    sides = set()
    for sentence in sentences:
        words = [token.word for token in sentence.tokens]
        sides |= {side for index in range(len(words)) if (side := _side_at(words, index))}
    return next(iter(sides)) if len(sides) == 1 else ""


def _side_at(words: Sequence[str], index: int) -> Side:
    word = words[index]
    if word in ("both", "bilateral"):
        return "both"
    if word not in ("left", "right"):
        return ""
    before = words[index - 1] if index else ""
    after = words[index + 1] if index + 1 < len(words) else ""
    if before in _NOT_SIDE_BEFORE or (after in _NOT_SIDE_AFTER and before not in ("my", "the", "his", "her")):
        return ""
    return "left" if word == "left" else "right"


def _joined(sides: set[Literal["left", "right", "both"]]) -> Side:
    if "both" in sides or {"left", "right"} <= sides:
        return "both"
    return next(iter(sides), "")
