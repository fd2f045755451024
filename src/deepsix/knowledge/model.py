"""The facts as frozen values: what a data file becomes once it has been read and checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum

from deepsix.knowledge.care import CareRules, Remedy


class Urgency(IntEnum):
    """How soon to see someone. Ordered, so that `max` of two is the more urgent."""

    SELF_CARE = 0
    CLINICIAN_SOON = 1
    URGENT_SAME_DAY = 2
    EMERGENCY = 3

    @property
    def id(self) -> str:
        return self.name.lower()

    @classmethod
    def of(cls, name: str) -> Urgency:
        return cls[name.upper()]


URGENCY_IDS = tuple(level.id for level in Urgency)
FAMILIES = (
    "muscle_tendon", "bursa", "joint", "bone", "spine", "nerve", "infection", "tumour", "inflammatory",
    "vascular", "abdominal", "pelvic", "trauma", "general",
)  # fmt: skip
KINDS = ("symptom", "history", "self_test", "exam")
AGE_BANDS = ((0, 9), (10, 15), (16, 24), (25, 39), (40, 54), (55, 69), (70, 120))
ESTIMATE = "estimate"
STATEMENT_IDS = (*(f"A{number}" for number in range(1, 23)), *(f"B{number}" for number in range(1, 30)))
STRENGTHS = ("article only", "mixed", "research")


def age_band(age: int) -> int:
    """Return the index into AGE_BANDS of an age in whole years (0-120).

    >>> age_band(9), age_band(10), age_band(70)
    (0, 1, 6)
    """
    return next(index for index, (_, last) in enumerate(AGE_BANDS) if age <= last)


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value with its 95% interval, `low <= value <= high`."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Source:
    """A published work. `where` is a DOI, PMID, PMC number, address or reference, '' when none was seen."""

    key: str
    cite: str
    where: str = ""
    read: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a person can answer yes or no to, or a clinician can find.

    `background` is the probability that it is present in someone with hip, buttock, groin or upper-thigh pain
    when no listed cause produces it (the leak of the noisy-OR). For a risk factor it is its share of people.
    """

    id: str
    kind: str
    group: str
    name: str
    question: str
    why: str
    help: str
    background: Estimate
    background_reason: str
    danger: Urgency | None
    implies: tuple[str, ...]
    excludes: tuple[str, ...]
    steps: tuple[str, ...]
    stop: str
    self_done: str
    self_done_source: str
    method: str
    file: str

    @property
    def is_risk(self) -> bool:
        """True for lasting facts (history, activity): they move the prior instead of hanging off a cause."""
        return self.file in ("history", "activity")


@dataclass(frozen=True, slots=True)
class Link:
    """P(finding present | this condition is the cause), with source, population and reason."""

    finding: str
    probability: Estimate
    source: str
    population: str
    reason: str


@dataclass(frozen=True, slots=True)
class Risk:
    """How a lasting fact multiplies the odds of a condition."""

    finding: str
    ratio: Estimate
    unit: str
    source: str
    population: str
    reason: str


@dataclass(frozen=True, slots=True)
class Prior:
    """Share of people presenting with such pain in whom this is a cause, by setting, age band and sex.

    `age_bands` and the sex factors are relative to the average over all ages and both sexes.
    """

    community: Estimate
    clinic: Estimate
    source: str
    population: str
    reason: str
    age_bands: tuple[float, ...]
    age_source: str
    age_reason: str
    female: float
    male: float
    sex_source: str
    sex_reason: str


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A founding statement that research does not bear out as it stands."""

    statement: str
    text: str
    source: str


@dataclass(frozen=True, slots=True)
class Condition:
    """A cause of pain, with everything we hold about it."""

    id: str
    name: str
    clinical_name: str
    synonyms: tuple[str, ...]
    icd10cm: str
    family: str
    urgency: Urgency
    statements: tuple[str, ...]
    summary: str
    prior: Prior
    risks: tuple[Risk, ...]
    links: tuple[Link, ...]
    disagreements: tuple[Disagreement, ...]

    def link(self, finding: str) -> Link | None:
        """Return the link to a finding, or None when the two are unrelated."""
        return next((link for link in self.links if link.finding == finding), None)


@dataclass(frozen=True, slots=True)
class CausalArrow:
    """Causes that bring about another: P(effect | any of the causes), as disc -> gluteal trigger points (B7).

    Findings in `never_lowered_by` can be explained by the effect, but must never lower a cause.
    """

    causes: tuple[str, ...]
    effect: str
    never_lowered_by: tuple[str, ...]
    probability: Estimate
    source: str
    population: str
    reason: str
    statements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UrgencyRule:
    """If all of `all_of` and one of `any_of` are yes (and age is in range), advice is at least `level`.

    Rules only ever raise the level, so more signs of danger can never lower it.
    """

    id: str
    all_of: tuple[str, ...]
    any_of: tuple[str, ...]
    age_from: int
    age_to: int
    level: Urgency
    reason: str
    source: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the interview: findings to tick, many or one. `opening` 0 = asked when useful."""

    id: str
    ask: str
    why: str
    choose_one: bool
    opening: int
    sex: str
    findings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement of the founding articles, what carries it, and what research says for and against.

    `carried_by` holds references with their kind: condition:ID, finding:ID, rule:ID, arrow:EFFECT,
    risk:CONDITION/FINDING, note:ID or remedy:ID.
    """

    id: str
    text: str
    carried_by: tuple[str, ...]
    supporting: tuple[str, ...]
    opposing: tuple[str, ...]
    comment: str


@dataclass(frozen=True, slots=True)
class Note:
    """What the articles say on care, daily life or anatomy and, in the same breath, what research says.

    `strength` is what the text rests on: research, both for and against ("mixed"), or "article only".
    """

    id: str
    title: str
    text: str
    conditions: tuple[str, ...]
    statements: tuple[str, ...]
    sources: tuple[str, ...]
    strength: str


@dataclass(frozen=True, slots=True)
class PublishedPair:
    """Sensitivity and specificity of a finding for a condition in one study, None where it gives none.

    An estimate whose three numbers are equal came without an interval. `compared_with` are the causes of the
    study's comparison group; empty stands for all others. `differs` says why the model departs on purpose.
    """

    finding: str
    condition: str
    sensitivity: Estimate | None
    specificity: Estimate | None
    compared_with: tuple[str, ...]
    population: str
    differs: str
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class Mechanics:
    """How findings bear on the computed hip: acts and press points by finding, and the families of muscular causes."""

    acts: Mapping[str, str]
    press: Mapping[str, str]
    families: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class Knowledge:
    """The whole knowledge base. `version` changes whenever any data file does. Compared by identity."""

    version: str
    sources: Mapping[str, Source]
    findings: Mapping[str, Finding]
    conditions: Mapping[str, Condition]
    arrows: tuple[CausalArrow, ...]
    rules: tuple[UrgencyRule, ...]
    pages: tuple[Page, ...]
    statements: Mapping[str, Statement]
    notes: Mapping[str, Note]
    pairs: tuple[PublishedPair, ...]
    settings: Mapping[str, float]
    group_weights: Mapping[str, float]
    profiles: Mapping[str, tuple[str, ...]]
    words: Mapping[str, str]
    mechanics: Mechanics
    lexicon: Mapping[str, Mapping[str, object]] = field(repr=False)
    word_classes: Mapping[str, tuple[str, ...]] = field(repr=False)
    remedies: Mapping[str, Remedy] = field(repr=False, default_factory=dict)
    care: CareRules = field(repr=False, default_factory=CareRules)
