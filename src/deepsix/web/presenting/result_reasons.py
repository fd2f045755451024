"""Why a cause fits or does not: each answer with what it did, and where that comes from."""

from __future__ import annotations

import math
from dataclasses import dataclass

from deepsix.case import Case, State
from deepsix.diagnosis import wording
from deepsix.diagnosis.assessment import Contribution
from deepsix.diagnosis.engine import Weighed
from deepsix.diagnosis.explanation import Change, Unknown, explain
from deepsix.knowledge.model import ESTIMATE, Knowledge

_WHOLE_FROM = 10.0  # from here a ratio is said without decimals


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """One answer and what it did to one cause.

    `times` is how many times the odds went up or down. `with_cause` and `without` say how common a yes is in people
    with this cause and in people with such pain from no listed cause; "" when the two are not linked by figures.
    """

    words: str
    strength: str
    raises: bool
    times: str
    cite: str
    is_estimate: bool
    population: str
    reason: str
    with_cause: str
    without: str


@dataclass(frozen=True, slots=True)
class UnknownView:
    """Something not told yet, what it would do to a cause, and where to tell it."""

    name: str
    address: str
    times_if_yes: str
    yes_raises: bool
    times_if_no: str


@dataclass(frozen=True, slots=True)
class ReasonsView:
    """What speaks for and against one cause, and what is not known."""

    condition: str
    name: str
    clinical_name: str
    summary: str
    speaks_for: tuple[EvidenceView, ...]
    speaks_against: tuple[EvidenceView, ...]
    unknown: tuple[UnknownView, ...]


@dataclass(frozen=True, slots=True)
class ChangeView:
    """What an answer not given yet would change, and where to give it."""

    text: str
    address: str


def reasons_view(knowledge: Knowledge, weighed: Weighed, condition: str) -> ReasonsView:
    """Return the reasons for and against a condition.

    Raises:
        ValueError: There is no such condition.
    """
    reasons, entry, case = explain(knowledge, weighed, condition), knowledge.conditions[condition], weighed.closed.case
    return ReasonsView(
        condition=condition,
        name=entry.name,
        clinical_name=entry.clinical_name,
        summary=entry.summary,
        speaks_for=tuple(_evidence(knowledge, condition, c, case) for c in reasons.speaks_for),
        speaks_against=tuple(_evidence(knowledge, condition, c, case) for c in reasons.speaks_against),
        unknown=tuple(_unknown(knowledge, entry) for entry in reasons.unknown),
    )


def times_words(log_odds: float) -> str:
    """Return how many times the odds went up or down.

    >>> times_words(0.83), times_words(-0.83), times_words(3.0)
    ('2.3', '2.3', '20')
    """
    times = math.exp(abs(log_odds))
    return f"{times:.0f}" if times >= _WHOLE_FROM else f"{times:.1f}"


def percent(p: float) -> str:
    """Return a probability as a percentage.

    >>> percent(0.312), percent(0.002), percent(0.999)
    ('31%', 'under 1%', 'over 99%')
    """
    if p < 0.005:
        return "under 1%"
    return "over 99%" if p >= 0.995 else f"{100 * p:.0f}%"


def answer_address(knowledge: Knowledge, finding: str) -> str:
    """Return the page where a finding can be answered: the signs of danger together, others by themselves."""
    danger = next(entry for entry in knowledge.pages if entry.id == "danger")
    return "/danger" if finding in danger.findings else f"/questions/{finding}"


def change_view(knowledge: Knowledge, change: Change) -> ChangeView:
    """Return one change in words, with where to give the answer."""
    return ChangeView(wording.change_words(knowledge, change), answer_address(knowledge, change.finding))


def _evidence(knowledge: Knowledge, condition: str, contribution: Contribution, case: Case) -> EvidenceView:
    link = knowledge.conditions[condition].link(contribution.finding)
    told = case.state(contribution.finding) in (State.YES, State.NO)
    background = knowledge.findings[contribution.finding].background if link and told else None
    return EvidenceView(
        words=wording.finding_words(knowledge, contribution.finding, case),
        strength=wording.strength(knowledge, contribution.log_odds),
        raises=contribution.log_odds > 0,
        times=times_words(contribution.log_odds),
        cite=wording.source_words(knowledge, contribution.source),
        is_estimate=contribution.source == ESTIMATE,
        population=contribution.population,
        reason=contribution.reason,
        with_cause=wording.chance(knowledge, link.probability.value) if link and background else "",
        without=wording.chance(knowledge, background.value) if background else "",
    )


def _unknown(knowledge: Knowledge, unknown: Unknown) -> UnknownView:
    return UnknownView(
        name=knowledge.findings[unknown.finding].name,
        address=answer_address(knowledge, unknown.finding),
        times_if_yes=times_words(unknown.log_odds_if_yes),
        yes_raises=unknown.log_odds_if_yes > 0,
        times_if_no=times_words(unknown.log_odds_if_no),
    )
