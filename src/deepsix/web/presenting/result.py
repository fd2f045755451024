"""The result page: how soon to see someone, what fits and how sure that is, why, which muscle, what is said of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from deepsix.case import Case, State
from deepsix.diagnosis import wording
from deepsix.diagnosis.assessment import Assessment, RankedCause
from deepsix.diagnosis.culprit import culprit_parts
from deepsix.diagnosis.engine import Weighed, assessment_of
from deepsix.diagnosis.urgency import unasked_dangers
from deepsix.hip.anatomy import part_name
from deepsix.knowledge.model import ESTIMATE, Knowledge, Urgency
from deepsix.web.presenting.result_reasons import ReasonsView, percent, reasons_view

SHOWN_CAUSES = 5
EXPLAINED_CAUSES = 3
SHOWN_NOTES = 4
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
    percent: str
    probability: float
    low: float
    high: float
    summary: str


@dataclass(frozen=True, slots=True)
class UrgencyReasonView:
    """One reason for how soon to see someone, and where it comes from."""

    text: str
    level: str
    cite: str
    is_estimate: bool


@dataclass(frozen=True, slots=True)
class UrgencyView:
    """How soon to see someone. `only_if` are dangers nobody has ruled out, told with self-care only."""

    level: str
    title: str
    text: str
    reasons: tuple[UrgencyReasonView, ...]
    other_reasons: tuple[UrgencyReasonView, ...]
    only_if: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MuscleReasonView:
    """What made a muscle part more or less likely."""

    evidence: str
    words: str
    raises: bool
    times: str


@dataclass(frozen=True, slots=True)
class MuscleView:
    """A muscle part that may be the one that hurts."""

    part: str
    name: str
    chance: str
    percent: str
    probability: float
    reasons: tuple[MuscleReasonView, ...]


@dataclass(frozen=True, slots=True)
class NoteView:
    """What people say helps and what research says, with what that rests on."""

    title: str
    text: str
    strength: str
    cites: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ResultView:
    """All that the result page places. With `enough` False nothing but the urgency may be shown.

    `first` is the leading cause, None when none stands out; `others` are the next ones, or all of them then.
    """

    enough: bool
    urgency: UrgencyView
    lead: str
    first: CauseView | None
    others: tuple[CauseView, ...]
    none_of_these: str
    none_percent: str
    bound: str
    explained: tuple[ReasonsView, ...]
    muscles: tuple[MuscleView, ...]
    notes: tuple[NoteView, ...]
    notices: tuple[str, ...]


def result_view(knowledge: Knowledge, weighed: Weighed) -> ResultView:
    """Return what the result page shows for a weighed case."""
    assessment = assessment_of(knowledge, weighed)
    causes = tuple(cause_view(knowledge, cause) for cause in assessment.causes[:SHOWN_CAUSES])
    stands_out = assessment.causes[0].probability >= knowledge.settings["least_to_name"]
    explained = [cause.condition for cause in assessment.causes[:EXPLAINED_CAUSES]]
    enough = told_enough(assessment.case)
    return ResultView(
        enough=enough,
        urgency=urgency_view(knowledge, assessment),
        lead=wording.lead_words(knowledge, assessment),
        first=causes[0] if stands_out else None,
        others=causes[1:] if stands_out else causes,
        none_of_these=wording.chance(knowledge, assessment.none_of_these),
        none_percent=percent(assessment.none_of_these) if assessment.none_of_these >= 0.01 else "",
        bound="" if assessment.method.exact else percent(assessment.method.error_bound),
        explained=tuple(reasons_view(knowledge, weighed, name) for name in explained) if enough else (),
        muscles=muscle_views(knowledge, assessment) if enough else (),
        notes=note_views(knowledge, explained[0])[:SHOWN_NOTES] if enough and stands_out else (),
        notices=assessment.notices,
    )


def told_enough(case: Case) -> bool:
    """Return whether anything was told that speaks for a cause. Only with a yes is there something to weigh."""
    return any(answer.state is State.YES for answer in case.answers.values())


def sore_side(case: Case) -> Literal["right", "left"]:
    """Return the side to draw: the one that more answers name, the right when they name none."""
    sides = [answer.side for answer in case.answers.values() if answer.state is State.YES]
    return "left" if sides.count("left") > sides.count("right") else "right"


def cause_view(knowledge: Knowledge, cause: RankedCause) -> CauseView:
    """Return one cause of the ranking."""
    entry = knowledge.conditions[cause.condition]
    return CauseView(
        condition=cause.condition,
        name=entry.name[0].upper() + entry.name[1:],
        chance=wording.chance(knowledge, cause.probability),
        between=wording.chance_range(knowledge, cause.low, cause.high),
        percent=percent(cause.probability),
        probability=cause.probability,
        low=cause.low,
        high=cause.high,
        summary=entry.summary,
    )


def urgency_view(knowledge: Knowledge, assessment: Assessment) -> UrgencyView:
    """Return how soon to see someone, with all reasons and their sources."""
    advice = assessment.urgency
    reasons = [
        (
            reason.level,
            UrgencyReasonView(
                text=reason.text,
                level=wording.urgency_title(knowledge, reason.level),
                cite=wording.source_words(knowledge, reason.source),
                is_estimate=reason.source == ESTIMATE,
            ),
        )
        for reason in advice.reasons
    ]
    is_self_care = advice.level is Urgency.SELF_CARE
    return UrgencyView(
        level=LEVEL_CLASS[advice.level],
        title=wording.urgency_title(knowledge, advice.level),
        text=wording.urgency_text(knowledge, advice.level, assessment.case),
        reasons=tuple(view for level, view in reasons if level == advice.level),
        other_reasons=tuple(view for level, view in reasons if level != advice.level),
        only_if=tuple(unasked_dangers(knowledge, assessment.case)) if is_self_care else (),
    )


def muscle_views(knowledge: Knowledge, assessment: Assessment) -> tuple[MuscleView, ...]:
    """Return the muscle parts that fit best when a muscular cause leads."""
    return tuple(
        MuscleView(
            part=suspect.part,
            name=part_name(suspect.part),
            chance=wording.chance(knowledge, suspect.probability),
            percent=percent(suspect.probability),
            probability=suspect.probability,
            reasons=tuple(
                MuscleReasonView(
                    reason.evidence, reason.words, reason.ratio >= 1, f"{max(reason.ratio, 1 / reason.ratio):.1f}"
                )
                for reason in suspect.reasons
            ),
        )
        for suspect in culprit_parts(knowledge, assessment)
    )


def note_views(knowledge: Knowledge, condition: str) -> tuple[NoteView, ...]:
    """Return the notes on a condition."""
    return tuple(
        NoteView(
            title=note.title,
            text=note.text,
            strength=note.strength,
            cites=tuple(wording.source_words(knowledge, key) for key in note.sources),
        )
        for note in knowledge.notes.values()
        if condition in note.conditions
    )
