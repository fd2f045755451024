"""The page of one cause of a result: where it stands, why, how common it is, and what is said of it."""

from __future__ import annotations

from dataclasses import dataclass

from deepsix.diagnosis import wording
from deepsix.diagnosis.engine import Weighed, assessment_of
from deepsix.knowledge.model import ESTIMATE, Knowledge
from deepsix.web.presenting.result import LEVEL_CLASS, CauseView, NoteView, cause_view, note_views
from deepsix.web.presenting.result_reasons import ReasonsView, reasons_view


@dataclass(frozen=True, slots=True)
class DisagreementView:
    """Where research does not bear out what the founding articles say."""

    text: str
    cite: str


@dataclass(frozen=True, slots=True)
class CausePageView:
    """All that the page of one cause places. `place` counts from 1; `usual` is how common it is before any answer."""

    cause: CauseView
    reasons: ReasonsView
    clinical_name: str
    synonyms: tuple[str, ...]
    icd10cm: str
    place: int
    of: int
    level: str
    level_title: str
    usual: str
    usual_between: str
    usual_cite: str
    usual_is_estimate: bool
    usual_population: str
    usual_reason: str
    notes: tuple[NoteView, ...]
    disagreements: tuple[DisagreementView, ...]


def cause_page_view(knowledge: Knowledge, weighed: Weighed, condition: str) -> CausePageView:
    """Return what the page of a condition shows.

    Raises:
        KeyError: There is no such condition.
    """
    entry, assessment = knowledge.conditions[condition], assessment_of(knowledge, weighed)
    prior = entry.prior.clinic if assessment.setting == "clinic" else entry.prior.community
    return CausePageView(
        cause=cause_view(knowledge, assessment.cause(condition)),
        reasons=reasons_view(knowledge, weighed, condition),
        clinical_name=entry.clinical_name,
        synonyms=entry.synonyms,
        icd10cm=entry.icd10cm,
        place=[cause.condition for cause in assessment.causes].index(condition) + 1,
        of=len(assessment.causes),
        level=LEVEL_CLASS[entry.urgency],
        level_title=wording.urgency_title(knowledge, entry.urgency),
        usual=wording.chance(knowledge, prior.value),
        usual_between=wording.chance_range(knowledge, prior.low, prior.high),
        usual_cite=wording.source_words(knowledge, entry.prior.source),
        usual_is_estimate=entry.prior.source == ESTIMATE,
        usual_population=entry.prior.population,
        usual_reason=entry.prior.reason,
        notes=note_views(knowledge, condition),
        disagreements=tuple(
            DisagreementView(entry.text, wording.source_words(knowledge, entry.source)) for entry in entry.disagreements
        ),
    )
