"""Which sentences tell of an earlier bout that is over: "I had this last year ... after a week it went away".

A bout is over when a sentence says that it cleared up. That sentence, and the past-tense sentences before it, are then
about the earlier bout. Otherwise the past tense is just how people tell a story ("it hurt, so I stopped").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from deepsix.intake.text import Sentence, word_set

_OVER = tuple(
    tuple(phrase.split("_"))
    for phrase in word_set(
        """
        normal_again back_to_normal never_have_the_problem_now never_had_it_since never_bothers_me_now cleared_up
        cleared_itself_up it_went_away pain_went_away completely_went_away pain_quit bit_it_went it_was_gone
        fully_recovered full_recovery got_over_it was_fine_again pain_free_again fine_after_that it_all_settled
        has_not_come_back has_never_come_back never_came_back no_trouble_since no_bother_since all_better_now
        healed_up healed_completely went_completely disappeared_completely vanished_completely and_it_was_gone
        been_fine_since right_as_rain
        """
    )
)
_DENIALS = word_set(
    """
    not never would expected hoping hoped should until if before till when think thought
    """
)
_PAST_VERBS = word_set(
    """
    was were had did got felt went came could would made took found told gave began started hurt became ran
    kept thought said
    """
)
_PRESENT = word_set(
    """
    is are am have has get gets keep keeps now hurts aches currently today these feels goes comes makes does
    do
    """
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
