"""The result page: causes with chances and bars, urgency, reasons."""

from __future__ import annotations

from dataclasses import dataclass

from deepsix.diagnosis import wording
from deepsix.diagnosis.engine import Weighed, assessment_of
from deepsix.knowledge.model import Knowledge, Urgency

SHOWN_CAUSES = 5
LEVEL_CLASS = {
    Urgency.EMERGENCY: "now",
    Urgency.URGENT_SAME_DAY: "today",
    Urgency.CLINICIAN_SOON: "soon",
    Urgency.SELF_CARE: "selfcare",
}


@dataclass(frozen=True, slots=True)
class CauseView:
    """One cause: its name and chance in words, and its figures for the bar, 0 to 1."""

    condition: str
    name: str
    chance: str
    between: str
    probability: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class ResultView:
    """All that the result page places."""

    level: str
    title: str
    text: str
    reasons: tuple[str, ...]
    lead: str
    causes: tuple[CauseView, ...]
    none_of_these: str


def result_view(knowledge: Knowledge, weighed: Weighed) -> ResultView:
    """Return what the result page shows for a weighed case."""
    assessment = assessment_of(knowledge, weighed)
    advice = assessment.urgency
    return ResultView(
        level=LEVEL_CLASS[advice.level],
        title=wording.urgency_title(knowledge, advice.level),
        text=wording.urgency_text(knowledge, advice.level, assessment.case),
        reasons=tuple(reason.text for reason in advice.reasons if reason.level == advice.level),
        lead=wording.lead_words(knowledge, assessment),
        causes=tuple(
            CauseView(
                cause.condition,
                knowledge.conditions[cause.condition].name,
                wording.chance(knowledge, cause.probability),
                wording.chance_range(knowledge, cause.low, cause.high),
                cause.probability,
                cause.low,
                cause.high,
            )
            for cause in assessment.causes[:SHOWN_CAUSES]
        ),
        none_of_these=wording.chance(knowledge, assessment.none_of_these),
    )
