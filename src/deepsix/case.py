"""What a person told us: a frozen `Case` of answers, with nothing worked out from it yet.

"Not asked", "unsure" and "no" are three different things. Only "no" is evidence against a cause; a finding
that is not in `Case.answers` was not asked.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Literal

from deepsix.errors import CaseError

Setting = Literal["community", "clinic", "published"]
SETTINGS: tuple[Setting, ...] = ("community", "clinic", "published")
Sex = Literal["female", "male"]

OLDEST_AGE_YEARS = 120  # the longest verified human life is 122 years; above this an age is a slip


class State(StrEnum):
    """How a finding was answered."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"


class Origin(StrEnum):
    """Where an answer came from; kept so that it can be shown and corrected."""

    STORY = "story"
    CHART = "chart"  # painted on the body chart, or ticked in its list
    ASKED = "asked"
    GIVEN = "given"  # handed over ready-made, as in a case file


@dataclass(frozen=True, slots=True)
class Answer:
    """One finding with its state, where it came from, and the person's own words if it was read from a story."""

    finding: str
    state: State
    origin: Origin = Origin.GIVEN
    words: str = ""
    side: Literal["left", "right", "both", ""] = ""


def yes(*findings: str) -> dict[str, Answer]:
    """Return a yes to each finding, ready for `Case.answers`."""
    return {name: Answer(name, State.YES) for name in findings}


def no(*findings: str) -> dict[str, Answer]:
    """Return a no to each finding, ready for `Case.answers`."""
    return {name: Answer(name, State.NO) for name in findings}


View = Literal["back", "front", "left", "right"]
VIEWS: tuple[View, ...] = ("back", "front", "left", "right")
Cell = tuple[int, int]
MOST_CELLS = 1000  # rows or columns; no drawing comes near, so more is a slip or an attack


class Depth(StrEnum):
    """How deep a pain is felt."""

    DEEP = "deep"
    SKIN = "skin"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True, slots=True)
class Spot:
    """A point on a view of the drawing, in millimetres from its top left corner."""

    view: View
    x_mm: float
    y_mm: float


@dataclass(frozen=True, slots=True)
class PainMap:
    """Where somebody painted or ticked pain on the drawn body.

    `painted` holds the cells (row, column) of each view, from the top left. `places` are ids of places ticked by name.
    The worst spot is a point or a place, or neither. `everywhere` is true when the person said that nothing else hurts;
    only then is an unmarked place a no. `figure` tells which drawing the cells belong to.

    Raises:
        CaseError: A view is not known, or a cell or spot is not a place any drawing could have.
    """

    painted: Mapping[View, frozenset[Cell]] = field(default_factory=dict)
    places: frozenset[str] = frozenset()
    worst: Spot | None = None
    worst_place: str = ""
    depth: Depth | None = None
    everywhere: bool = False
    figure: int = 1

    def __post_init__(self) -> None:
        for view, cells in self.painted.items():
            if view not in VIEWS:
                raise CaseError(f"The pain map has a view {view!r}. Choose from: {', '.join(VIEWS)}.")
            for cell in cells:
                if not all(type(n) is int and 0 <= n < MOST_CELLS for n in cell) or len(cell) != 2:
                    raise CaseError(f"The pain map has a cell {cell!r}. Give (row, column), whole numbers from 0.")
        if self.worst is not None:
            if self.worst.view not in VIEWS:
                raise CaseError(f"The worst spot is on a view {self.worst.view!r}. Choose from: {', '.join(VIEWS)}.")
            if not (math.isfinite(self.worst.x_mm) and math.isfinite(self.worst.y_mm)):
                raise CaseError("The worst spot is not a number. Give x_mm and y_mm in millimetres.")
        kept = {view: frozenset(self.painted[view]) for view in VIEWS if self.painted.get(view)}
        object.__setattr__(self, "painted", MappingProxyType(kept))
        object.__setattr__(self, "places", frozenset(self.places))

    @property
    def is_empty(self) -> bool:
        """True when nothing is painted, ticked or pinned."""
        return not (self.painted or self.places or self.worst or self.worst_place)


@dataclass(frozen=True, slots=True)
class Case:
    """A person's age in years (None when not told), sex, answers by finding id, story, and painted pain.

    The pain map is kept so that it can be shown and corrected; what it says has to be among the answers to count.

    Raises:
        CaseError: The age is negative, over 120 or not a whole number, or the sex is not known to the model.
    """

    age: int | None = None
    sex: Sex | None = None
    answers: Mapping[str, Answer] = field(default_factory=dict)
    story: str = ""
    pain_map: PainMap | None = None

    def __post_init__(self) -> None:
        if self.age is not None and (isinstance(self.age, bool) or not isinstance(self.age, int)):
            raise CaseError(f"The age is {self.age!r}. Give whole years, such as 43, or leave it out.")
        if self.age is not None and not 0 <= self.age <= OLDEST_AGE_YEARS:
            raise CaseError(f"The age is {self.age}. Give an age from 0 to {OLDEST_AGE_YEARS} years, or leave it out.")
        if self.sex not in ("female", "male", None):
            raise CaseError(f"The sex is {self.sex!r}. Give 'female' or 'male', or leave it out.")
        object.__setattr__(self, "answers", MappingProxyType(dict(self.answers)))

    def with_answers(self, *answers: Answer) -> Case:
        """Return a copy in which these answers are added, each replacing an earlier one to the same finding."""
        return replace(self, answers={**self.answers, **{a.finding: a for a in answers}})

    def without(self, *findings: str) -> Case:
        """Return a copy in which these findings count as not asked."""
        return replace(self, answers={k: v for k, v in self.answers.items() if k not in findings})

    def state(self, finding: str) -> State | None:
        """Return the state of a finding, or None when it was not asked."""
        answer = self.answers.get(finding)
        return answer.state if answer else None

    def is_open(self, finding: str) -> bool:
        """True when a finding may still be asked: not answered yet, or only left unsure by a painting."""
        answer = self.answers.get(finding)
        return answer is None or (answer.origin is Origin.CHART and answer.state is State.UNSURE)

    @property
    def is_child(self) -> bool:
        """True when the person is known to be under 16, so that words go to the parent."""
        return self.age is not None and self.age < CHILD_BELOW_YEARS


CHILD_BELOW_YEARS = 16
