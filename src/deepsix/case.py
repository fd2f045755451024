"""What a person told us: a frozen `Case` of answers, with nothing worked out from it yet.

"Not asked", "unsure" and "no" are three different things. Only "no" is evidence against a cause; a finding
that is not in `Case.answers` was not asked.
"""

from __future__ import annotations

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


@dataclass(frozen=True, slots=True)
class Case:
    """A person's age in years (None when not told), sex, answers by finding id, and story.

    Raises:
        CaseError: The age is negative, over 120 or not a whole number, or the sex is not known to the model.
    """

    age: int | None = None
    sex: Sex | None = None
    answers: Mapping[str, Answer] = field(default_factory=dict)
    story: str = ""

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

    @property
    def is_child(self) -> bool:
        """True when the person is known to be under 16, so that words go to the parent."""
        return self.age is not None and self.age < CHILD_BELOW_YEARS


CHILD_BELOW_YEARS = 16
