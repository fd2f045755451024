"""The plan for one person: stages with gates, today's tasks, what to leave alone, whom to see. Frozen values only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from deepsix.knowledge.care import Gate
from deepsix.knowledge.model import Urgency


@dataclass(frozen=True, slots=True)
class Why:
    """One reason in plain words, with the source it rests on and how strong that is ('' when it is a rule of ours)."""

    text: str
    source: str
    strength: str = ""


@dataclass(frozen=True, slots=True)
class Stretch:
    """How a stretch was chosen: the part it reaches and how much of the way into the position keeps that part at ease.

    `share` is the part's way from rest to the end of comfort at that point, `fraction` the way into the position.
    """

    part: str
    fraction: float
    share: float


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do today. `times` are suggested times of day, "HH:MM"; `dose` is the dose in words."""

    remedy: str
    title: str
    kind: str
    steps: tuple[str, ...]
    dose: str
    times: tuple[str, ...]
    days: int
    picture: str
    stretch: Stretch | None
    cautions: tuple[str, ...]
    stop_rules: tuple[str, ...]
    for_causes: tuple[str, ...]
    why: tuple[Why, ...]


@dataclass(frozen=True, slots=True)
class Avoid:
    """One thing to leave alone, with what to do instead and why."""

    remedy: str
    title: str
    steps: tuple[str, ...]
    why: tuple[Why, ...]


@dataclass(frozen=True, slots=True)
class StagePlan:
    """One stage: what comes in with it, and when to go on, back, or to see someone."""

    stage: str
    title: str
    about: str
    days: int
    remedies: tuple[str, ...]
    gates: tuple[Gate, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A remedy that would fit but is not given: `cause` is urgency, age, bar, answer_first, ask_first or kit."""

    remedy: str
    title: str
    cause: str
    text: str
    because: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question to put to the person: the id of its finding, and the words."""

    finding: str
    text: str


@dataclass(frozen=True, slots=True)
class Unlock:
    """A remedy that comes into the plan when every one of these questions is answered no; a yes keeps it out."""

    remedy: str
    title: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Limit:
    """A bound that the training log sets, in metres: `id` is longest_run or week."""

    id: str
    metres: float
    text: str
    source: str


@dataclass(frozen=True, slots=True)
class HandOver:
    """Whom to see, what to do until then, what to bring and what to ask."""

    remedy: str
    title: str
    whom: str
    until_seen: tuple[str, ...]
    bring: tuple[str, ...]
    ask: tuple[str, ...]
    why: tuple[Why, ...]


@dataclass(frozen=True, slots=True)
class SeeSomeoneIf:
    """A sign to act on, and how soon."""

    level: Urgency
    text: str
    source: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do from `day` on.

    Attributes:
        stage: Where the person is now; "" when they have to be seen today and there are no stages.
        left_out: What would fit but is not given. What only waits for answers is in `unlock` with its questions.
        limits: How far to run, from the training log; empty without one, or when nothing in the plan is on foot.
        only_if: Danger signs nobody has ruled out: the exercises hold only if none of them is there.
        review: If it is no better by this day, have it looked at; `review_why` says what that rests on.
    """

    day: date
    knowledge_version: str
    urgency: Urgency
    causes: tuple[str, ...]
    notices: tuple[str, ...]
    stage: str
    stages: tuple[StagePlan, ...]
    today: tuple[Task, ...]
    avoid: tuple[Avoid, ...]
    see_someone_if: tuple[SeeSomeoneIf, ...]
    hand_overs: tuple[HandOver, ...]
    left_out: tuple[LeftOut, ...]
    unlock: tuple[Unlock, ...]
    limits: tuple[Limit, ...]
    only_if: tuple[str, ...]
    reasons: tuple[Why, ...]
    review: date
    review_why: Why

    def remedies(self) -> Iterator[str]:
        """Yield the id of every remedy that the plan tells the person to follow, now or later."""
        yield from (task.remedy for task in self.today)
        yield from (name for stage in self.stages for name in stage.remedies)
        yield from (avoid.remedy for avoid in self.avoid)
        yield from (hand_over.remedy for hand_over in self.hand_overs)
