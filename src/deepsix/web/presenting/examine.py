"""The page for examining: the ranking and what each finding did to it, and what to ask or examine next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from deepsix.diagnosis.assessment import RankedCause
from deepsix.diagnosis.engine import Weighed, assessment_of
from deepsix.diagnosis.question import next_question
from deepsix.knowledge.model import Finding, Knowledge
from deepsix.web.examination import Examination
from deepsix.web.presenting.examine_tests import TestView, bits, telling_tests
from deepsix.web.presenting.result import UrgencyView, told_enough, urgency_view
from deepsix.web.presenting.result_reasons import ReasonsView, percent, reasons_view

_CAUSES, _EXPLAINED, _TESTS, _FOUND = 6, 3, 5, 40
_SEEN_TO_MOVE = 0.005  # half a percent: less is not shown


@dataclass(frozen=True, slots=True)
class RowView:
    """A finding that can be entered; `state` is what is entered, "" for nothing."""

    finding: str
    name: str
    method: str
    state: str


@dataclass(frozen=True, slots=True)
class GroupView:
    """Findings that belong together. `id` is a group of the examination or a page of questions, whose `ask` it has."""

    id: str
    ask: str
    rows: tuple[RowView, ...]


@dataclass(frozen=True, slots=True)
class RankView:
    """One cause of the ranking, and where it stood before the last finding ("" when it has hardly moved)."""

    condition: str
    name: str
    clinical_name: str
    icd10cm: str
    percent: str
    between: str
    probability: float
    low: float
    high: float
    was: str
    rose: bool
    reasons: ReasonsView | None


@dataclass(frozen=True, slots=True)
class SuggestionView:
    """What to ask or examine next: one finding, or a question with several. `bits` is what it is expected to tell."""

    id: str
    ask: str
    is_exam: bool
    rows: tuple[RowView, ...]
    bits: str


@dataclass(frozen=True, slots=True)
class ExamineView:
    """All that the page for examining places but the list to choose findings from."""

    enough: bool
    urgency: UrgencyView
    causes: tuple[RankView, ...]
    none_percent: str
    last: str
    entered: tuple[RowView, ...]
    suggestion: SuggestionView | None
    tests: tuple[TestView, ...]
    notices: tuple[str, ...]
    knowledge_version: str


def examine_view(
    knowledge: Knowledge, examination: Examination, weighed: Weighed, before: Weighed | None
) -> ExamineView:
    """Return what the page shows. `before` is the same without the finding entered last, None when there is none."""
    assessment = assessment_of(knowledge, weighed)
    enough = told_enough(assessment.case)
    return ExamineView(
        enough=enough,
        urgency=urgency_view(knowledge, assessment),
        causes=tuple(
            _rank(knowledge, weighed, before, cause, explained=place < _EXPLAINED)
            for place, cause in enumerate(assessment.causes[:_CAUSES])
        )
        if enough
        else (),
        none_percent=percent(assessment.none_of_these),
        last=knowledge.findings[examination.last].name if examination.last else "",
        entered=tuple(_rows(knowledge, examination, reversed(tuple(examination.case.answers)))),
        suggestion=_suggestion(knowledge, examination, weighed) if enough else None,
        tests=telling_tests(knowledge, weighed, _TESTS, examination.left_out) if enough else (),
        notices=assessment.notices,
        knowledge_version=assessment.knowledge_version,
    )


def exam_groups(knowledge: Knowledge, examination: Examination) -> tuple[GroupView, ...]:
    """Return the examination findings by group."""
    groups: dict[str, list[str]] = {}
    for finding in knowledge.findings.values():
        if finding.kind == "exam":
            groups.setdefault(finding.group, []).append(finding.id)
    return tuple(GroupView(name, "", _rows(knowledge, examination, ids)) for name, ids in groups.items())


def history_groups(knowledge: Knowledge, examination: Examination) -> tuple[GroupView, ...]:
    """Return the symptoms and lasting facts, by the question that asks for them."""
    return tuple(
        GroupView(entry.id, entry.ask, _rows(knowledge, examination, entry.findings)) for entry in knowledge.pages
    )


def found(knowledge: Knowledge, examination: Examination, words: str) -> tuple[RowView, ...]:
    """Return the findings of any kind with all these words in their name, id or method, the examination first."""
    wanted = words.casefold().split()

    def holds(finding: Finding) -> bool:
        text = f"{finding.name} {finding.id.replace('_', ' ')} {finding.method}".casefold()
        return all(word in text for word in wanted)

    matches = [finding for finding in knowledge.findings.values() if holds(finding)]
    matches.sort(key=lambda finding: finding.kind != "exam")
    return _rows(knowledge, examination, [finding.id for finding in matches[:_FOUND]])


def _rows(knowledge: Knowledge, examination: Examination, findings: Iterable[str]) -> tuple[RowView, ...]:
    return tuple(
        RowView(
            finding=name,
            name=knowledge.findings[name].name,
            method=knowledge.findings[name].method,
            state=examination.case.state(name) or "",
        )
        for name in findings
    )


def _rank(
    knowledge: Knowledge, weighed: Weighed, before: Weighed | None, cause: RankedCause, *, explained: bool
) -> RankView:
    entry = knowledge.conditions[cause.condition]
    was = None
    if before is not None:
        was = float(before.marginal[before.evidence.network.cause_index(cause.condition)])
    moved = was is not None and abs(was - cause.probability) >= _SEEN_TO_MOVE
    return RankView(
        condition=cause.condition,
        name=entry.name,
        clinical_name=entry.clinical_name,
        icd10cm=entry.icd10cm,
        percent=percent(cause.probability),
        between=f"{100 * cause.low:.0f}–{100 * cause.high:.0f}%",
        probability=cause.probability,
        low=cause.low,
        high=cause.high,
        was=percent(was) if moved and was is not None else "",
        rose=moved and was is not None and cause.probability > was,
        reasons=reasons_view(knowledge, weighed, cause.condition) if explained else None,
    )


def _suggestion(knowledge: Knowledge, examination: Examination, weighed: Weighed) -> SuggestionView | None:
    """Return the most telling question or test. The opening questions are the clinician's own to ask, or not."""
    opening = [entry.id for entry in knowledge.pages if entry.opening]
    question = next_question(knowledge, weighed, [*opening, *examination.left_out], examiner=True)
    if question is None:
        return None
    return SuggestionView(
        id=question.id,
        ask=question.ask,
        is_exam=knowledge.findings[question.findings[0]].kind == "exam",
        rows=_rows(knowledge, examination, question.findings),
        bits=bits(question.gain),
    )
