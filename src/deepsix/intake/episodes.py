"""Which sentences tell of an earlier bout that is over: "I had this last year ... a week of stretching and it went away".

A bout is over when a sentence says that it cleared up. That sentence, and the past-tense sentences before it, are then
about the earlier bout. Without such a sentence the past tense is just how people tell a story ("it hurt, so I stopped").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from deepsix.intake.text import Sentence

_OVER = tuple(
    tuple(phrase.split())
    for phrase in (
        "normal again", "back to normal", "never have the problem now", "never had it since", "never bothers me now", "cleared up",
        "cleared itself up", "it went away", "pain went away", "completely went away", "pain quit", "bit it went", "it was gone",
        "fully recovered", "full recovery", "got over it", "was fine again", "pain free again", "fine after that", "it all settled",
        "has not come back", "has never come back", "never came back", "no trouble since", "no bother since", "all better now",
        "healed up", "healed completely", "went completely", "disappeared completely", "vanished completely", "and it was gone",
        "been fine since", "right as rain",
    )
)  # fmt: skip
_DENIALS = frozenset("not never would expected hoping hoped should until if before till when think thought".split())
_PAST_VERBS = frozenset(
    "was were had did got felt went came could would made took found told gave began started hurt became ran kept thought said".split()
)
_PRESENT = frozenset(
    "is are am have has get gets keep keeps now hurts aches currently today these feels goes comes makes does do".split()
)


@dataclass(frozen=True, slots=True)
class Ended:
    """The sentences of an earlier bout, and the sentence and word at which it is said to be over."""

    sentences: frozenset[int]
    sentence: int
    position: int


def ended_bout(sentences: Sequence[Sentence]) -> Ended | None:
    """Return the earlier bout of a story, or None when the story tells of none that is over."""
    for number, sentence in enumerate(sentences):
        words = tuple(token.word for token in sentence.tokens)
        position = _over_at(words)
        if position is None:
            continue
        told = {index for index in range(number) if _is_past(sentences[index])}
        return Ended(frozenset(told | {number}), number, position)
    return None


def _over_at(words: tuple[str, ...]) -> int | None:
    for phrase in _OVER:
        for index in range(len(words) - len(phrase) + 1):
            if words[index : index + len(phrase)] != phrase:
                continue
            if not any(word in _DENIALS for word in words[max(0, index - 5) : index]):
                return index
    return None


def _is_past(sentence: Sentence) -> bool:
    words = [token.word for token in sentence.tokens]
    return any(word in _PAST_VERBS or word.endswith("ed") for word in words) and not any(w in _PRESENT for w in words)
