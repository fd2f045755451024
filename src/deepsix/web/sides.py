"""Which side hurts: asked once, when nothing told it."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from deepsix.case import Answer, Case, Origin, State
from deepsix.web.presenting.asking_data import asking

Side = Literal["left", "right", "both", ""]
QUESTION = "side"
_BOTH = ("both", "swaps")
_SIDES: dict[str, Side] = {"left": "left", "right": "right", "both": "both", "swaps": "both"}


def side_told(case: Case) -> str:
    """Return left, right or both, as far as any answer that is a yes tells it, else an empty string."""
    sides = {answer.side for answer in case.answers.values() if answer.state is State.YES and answer.side}
    if not sides:
        words = asking()[QUESTION]
        doubled = (case.state(words[name]) is State.YES for name in _BOTH)
        return "both" if any(doubled) else ""
    return sides.pop() if len(sides) == 1 else "both"


def may_ask_side(case: Case) -> bool:
    """Return whether the side matters and is not known: something that has a side hurts, and nothing told which."""
    sided = any(case.state(name) is State.YES for name in asking()[QUESTION]["of"])
    return sided and not side_told(case)


def with_side(case: Case, given: str) -> tuple[Answer, ...]:
    """Return the answers that the chosen side gives: both sides or swapping sides, and the places with their side."""
    words = asking()[QUESTION]
    states = {
        words[name]: State.UNSURE if given == "unsure" else State.YES if given == name else State.NO for name in _BOTH
    }
    side = _SIDES.get(given, "")
    placed = tuple(
        replace(answer, side=side)
        for answer in (case.answers.get(name) for name in words["of"])
        if answer is not None and answer.state is State.YES
    )
    return (*placed, *(Answer(name, state, Origin.ASKED) for name, state in sorted(states.items())))


def chosen_side(case: Case) -> str:
    """Return which answer was chosen, for a question that was answered."""
    words = asking()[QUESTION]
    if case.state(words["swaps"]) is State.YES:
        return "swaps"
    if case.state(words["both"]) is State.UNSURE:
        return "unsure"
    return side_told(case) or "middle"
