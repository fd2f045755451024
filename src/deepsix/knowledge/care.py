"""Care as frozen values: what a remedy file and the rules of a plan become once they have been read and checked.

A remedy is one thing to do, to leave alone, or to have looked at. Nothing here decides anything: `deepsix.plan` does.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from deepsix.knowledge.model import Urgency

REMEDY_KINDS = (
    "press", "stretch", "move", "load", "settle", "daily_life", "strength", "heat_cold", "see_someone", "avoid",
)  # fmt: skip
STAGES = ("settle", "restore", "load", "return")
BACKING_STRENGTHS = ("trial", "guideline", "expert", "article")
MEASURES = ("pain_during", "pain_next_morning", "morning_rise", "function", "days")
RELATIONS = ("at_most", "at_least")
DIRECTIONS = ("on", "back", "see_someone")
STEP_NEEDS = ("rest", "move", "")  # what a step asks of the leg, the safer first; "" is neither
ANGLES = ("flexion", "adduction", "internal_rotation", "knee_flexion")


@dataclass(frozen=True, slots=True)
class Dose:
    """One number of a dose, such as `hold_s` 15 to 20 seconds. `low` and `high` are the range that is fine."""

    id: str
    value: float
    low: float
    high: float
    unit: str
    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class Backing:
    """What one source showed for a remedy, and what kind of source it is."""

    source: str
    strength: str
    shown: str


@dataclass(frozen=True, slots=True)
class Bar:
    """Why a remedy is off: one of the findings is there, or the conditions together are probable enough.

    `threshold` is the sum of the probabilities of `conditions` from which the remedy is off; above 1 it never counts.
    """

    id: str
    findings: tuple[str, ...]
    conditions: tuple[str, ...]
    threshold: float
    reason: str
    source: str


@dataclass(frozen=True, slots=True)
class PostureBar(Bar):
    """A bar on positions in which one angle goes beyond a limit, in degrees: at least it, or at most it."""

    angle: str
    relation: str
    degrees: float

    def forbids(self, angles_deg: tuple[float, ...]) -> bool:
        """Return whether a position is beyond the limit. Angles are in the order of ANGLES."""
        value = angles_deg[ANGLES.index(self.angle)]
        return value >= self.degrees if self.relation == "at_least" else value <= self.degrees


@dataclass(frozen=True, slots=True)
class Caution:
    """What to mind when a finding is there. With `ask_first` the remedy waits until someone who knows agrees."""

    finding: str
    text: str
    ask_first: bool
    source: str


@dataclass(frozen=True, slots=True)
class Remedy:
    """One thing to do or to leave alone.

    Attributes:
        stage, until: First and last stage in which it has its place.
        conditions: What it is for; families are already spelt out. `anyone`: fits whatever the cause.
        by_hip: Chosen by what its picture stretches, not by condition.
        after: Remedies that come before it on the same day.
        kit: Every entry is needed; an entry is a tuple of things of which one is enough.
        picture: A position of the computed hip, "" when none is drawn.
        never_with: All bars, those of its kind included.
        must_be_no: Findings that have to be answered no before it is given.
        up_to: The most urgent advice under which it may still be given. `from_level`: the least urgent.
        age_from: Youngest age in whole years.
        signs: For `see_someone` and `avoid`: findings that call for it.
        holds: For `avoid`: kinds of remedies that wait until its last stage is over.
        whom, bring, ask: For `see_someone`: who can help, what to take along, what to ask. `steps` hold what to do
            until then.
        on_foot: Running or walking is in it, so limits on running are said beside it.
        needs: What each step asks of the leg (STEP_NEEDS), in the order of `steps`.
    """

    id: str
    title: str
    kind: str
    stage: str
    until: str
    conditions: tuple[str, ...]
    anyone: bool
    by_hip: bool
    steps: tuple[str, ...]
    dose: tuple[Dose, ...]
    after: tuple[str, ...]
    kit: tuple[tuple[str, ...], ...]
    picture: str
    evidence: tuple[Backing, ...]
    never_with: tuple[Bar, ...]
    caution_with: tuple[Caution, ...]
    must_be_no: tuple[str, ...]
    stop_rules: tuple[str, ...]
    statements: tuple[str, ...]
    up_to: Urgency
    from_level: Urgency
    age_from: int
    signs: tuple[str, ...]
    holds: tuple[str, ...]
    whom: str
    bring: tuple[str, ...]
    ask: tuple[str, ...]
    on_foot: bool
    needs: tuple[str, ...]

    def dosed(self, name: str) -> Dose | None:
        """Return one number of the dose, or None when it has none of that name."""
        return next((dose for dose in self.dose if dose.id == name), None)


@dataclass(frozen=True, slots=True)
class KindRule:
    """What holds for all remedies of a kind. `exercise`: it asks something of the body, so it needs guards."""

    id: str
    exercise: bool
    age_from: int
    up_to: Urgency
    most_in_a_day: int
    bars: tuple[Bar, ...]
    cautions: tuple[Caution, ...]


@dataclass(frozen=True, slots=True)
class Gate:
    """When to leave a stage: all "on" gates must hold; any other is enough by itself."""

    id: str
    direction: str
    measure: str
    relation: str
    value: float
    unit: str
    text: str
    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of a plan with its gates, in the order of STAGES."""

    id: str
    title: str
    about: str
    days: int
    gates: tuple[Gate, ...]


@dataclass(frozen=True, slots=True)
class Start:
    """Begin at this stage when all of some findings are there and none of others."""

    stage: str
    all_of: tuple[str, ...]
    none_of: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Target:
    """Which muscle parts a stretch should reach for some conditions."""

    conditions: tuple[str, ...]
    parts: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class RecoveryTime:
    """How many days of care some conditions need to get clearly better; no progress by then needs a fresh look."""

    id: str
    conditions: tuple[str, ...]
    days: int
    text: str
    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class WatchFor:
    """A sign to act on, and how soon. Without conditions and ages it holds for everybody."""

    text: str
    level: Urgency
    conditions: tuple[str, ...]
    findings: tuple[str, ...]
    age_from: int
    age_to: int
    source: str


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to know first for a group of people: by finding, by age, or when the age is not known."""

    id: str
    text: str
    findings: tuple[str, ...]
    age_from: int
    age_to: int
    source: str


@dataclass(frozen=True, slots=True)
class CareRules:
    """Everything that steers a plan and is not a remedy."""

    kinds: tuple[KindRule, ...] = ()
    stages: tuple[Stage, ...] = ()
    starts: tuple[Start, ...] = ()
    targets: tuple[Target, ...] = ()
    posture_bars: tuple[PostureBar, ...] = ()
    recoveries: tuple[RecoveryTime, ...] = ()
    watch: tuple[WatchFor, ...] = ()
    notices: tuple[Notice, ...] = ()
    settings: tuple[tuple[str, float], ...] = ()
    items: tuple[tuple[str, str], ...] = ()
    slots: tuple[tuple[str, ...], ...] = ()

    def setting(self, name: str) -> float:
        """Return one number that steers a plan.

        Raises:
            KeyError: No such setting.
        """
        return dict(self.settings)[name]

    def kind(self, name: str) -> KindRule:
        """Return the rules of a kind of remedy."""
        return next(kind for kind in self.kinds if kind.id == name)
