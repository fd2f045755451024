"""The report for a clinician: one or two pages of what was told, what it may be, and what to examine."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from deepsix.case import Case, State
from deepsix.diagnosis import wording
from deepsix.diagnosis.assessment import Assessment
from deepsix.diagnosis.engine import Weighed, assessment_of
from deepsix.diagnosis.explanation import Explanation, explain
from deepsix.knowledge.model import ESTIMATE, Knowledge
from deepsix.records.values import SavedPlan
from deepsix.web.presenting.examine_tests import TestView, ratio_words, telling_tests
from deepsix.web.presenting.result import UrgencyView, told_enough, urgency_view
from deepsix.web.presenting.result_reasons import percent

_CAUSES, _COMPARED, _MOVES, _NOT_ASKED, _TESTS = 6, 3, 12, 8, 6


@dataclass(frozen=True, slots=True)
class GroupView:
    """What was answered on one page of the questions, by how it was answered."""

    ask: str
    present: tuple[str, ...]
    absent: tuple[str, ...]
    unsure: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DangerView:
    """One sign of danger: `state` is yes, no, unsure, or "" when it was not asked."""

    name: str
    state: str


@dataclass(frozen=True, slots=True)
class RankedView:
    """One cause of the differential."""

    name: str
    clinical_name: str
    icd10cm: str
    percent: str
    between: str


@dataclass(frozen=True, slots=True)
class MoveView:
    """What one finding did to the odds of each compared cause: factor and number of its source, "" for no effect."""

    words: str
    factors: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PlanSoFarView:
    """What the person was told to do: the day, the stage, and the titles of the tasks."""

    day: str
    stage: str
    tasks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReportView:
    """All that the report places."""

    made_on: date
    age: int | None
    sex: str
    is_child: bool
    story: str
    enough: bool
    urgency: UrgencyView
    dangers: tuple[DangerView, ...]
    groups: tuple[GroupView, ...]
    causes: tuple[RankedView, ...]
    none_percent: str
    compared: tuple[str, ...]
    moves: tuple[MoveView, ...]
    sources: tuple[str, ...]
    not_asked: tuple[str, ...]
    tests: tuple[TestView, ...]
    plan: PlanSoFarView | None
    setting: str
    knowledge_version: str


@dataclass(slots=True)
class _Cited:
    """Numbers the sources in the order in which they come up."""

    knowledge: Knowledge
    keys: list[str] = field(default_factory=list)

    def mark(self, source: str) -> str:
        if source == ESTIMATE:
            return "e"
        if source not in self.keys:
            self.keys.append(source)
        return str(self.keys.index(source) + 1)

    def words(self) -> tuple[str, ...]:
        return tuple(wording.source_words(self.knowledge, key) for key in self.keys)


def report_view(
    knowledge: Knowledge, weighed: Weighed, case: Case, made_on: date, plan: SavedPlan | None = None
) -> ReportView:
    """Return the report on a case as it was told, given the same case weighed."""
    assessment = assessment_of(knowledge, weighed)
    enough = told_enough(assessment.case)
    compared = [cause.condition for cause in assessment.causes[:_COMPARED]]
    explained = [explain(knowledge, weighed, name) for name in compared] if enough else []
    cited = _Cited(knowledge)
    return ReportView(
        made_on=made_on,
        age=case.age,
        sex=case.sex or "",
        is_child=case.is_child,
        story=case.story,
        enough=enough,
        urgency=urgency_view(knowledge, assessment),
        dangers=_dangers(knowledge, assessment),
        groups=_groups(knowledge, case),
        causes=_ranked(knowledge, assessment) if enough else (),
        none_percent=percent(assessment.none_of_these),
        compared=tuple(knowledge.conditions[name].clinical_name for name in compared),
        moves=_moves(knowledge, explained, assessment.case, cited),
        sources=cited.words(),
        not_asked=_not_asked(knowledge, explained),
        tests=telling_tests(knowledge, weighed, _TESTS) if enough else (),
        plan=_plan_so_far(knowledge, plan.content) if plan is not None else None,
        setting=assessment.setting,
        knowledge_version=assessment.knowledge_version,
    )


def _dangers(knowledge: Knowledge, assessment: Assessment) -> tuple[DangerView, ...]:
    """Return the signs of the first page, and any other sign that was answered yes or left unsure."""
    page = next(entry for entry in knowledge.pages if entry.id == "danger")
    others = [
        answer.finding
        for answer in assessment.case.answers.values()
        if knowledge.findings[answer.finding].danger is not None
        and answer.finding not in page.findings
        and answer.state is not State.NO
    ]
    names = [*page.findings, *others]
    states = {name: assessment.case.state(name) for name in names}
    order = [State.YES, State.UNSURE, None, State.NO]
    names.sort(key=lambda name: order.index(states[name]))
    return tuple(DangerView(knowledge.findings[name].name, (states[name] or "")) for name in names)


def _groups(knowledge: Knowledge, case: Case) -> tuple[GroupView, ...]:
    """Return the answers but for the signs of danger, by the page that asks for them; what no page asks comes last."""
    pages = {name: page.id for page in reversed(knowledge.pages) for name in page.findings}
    asks = {page.id: page.ask for page in knowledge.pages} | {"": ""}
    by_page: dict[str, dict[State, list[str]]] = {name: {} for name in asks}
    for answer in case.answers.values():
        told = by_page[pages.get(answer.finding, "")]
        told.setdefault(answer.state, []).append(knowledge.findings[answer.finding].name)
    return tuple(
        GroupView(
            ask=asks[name],
            present=tuple(told.get(State.YES, ())),
            absent=tuple(told.get(State.NO, ())),
            unsure=tuple(told.get(State.UNSURE, ())),
        )
        for name, told in by_page.items()
        if told and name != "danger"
    )


def _ranked(knowledge: Knowledge, assessment: Assessment) -> tuple[RankedView, ...]:
    return tuple(
        RankedView(
            name=knowledge.conditions[cause.condition].name,
            clinical_name=knowledge.conditions[cause.condition].clinical_name,
            icd10cm=knowledge.conditions[cause.condition].icd10cm,
            percent=percent(cause.probability),
            between=f"{100 * cause.low:.0f}–{100 * cause.high:.0f}%",
        )
        for cause in assessment.causes[:_CAUSES]
    )


def _moves(knowledge: Knowledge, explained: Sequence[Explanation], case: Case, cited: _Cited) -> tuple[MoveView, ...]:
    """Return the findings that moved any of the causes most, with what they did to each."""
    by_finding: dict[str, dict[str, tuple[float, str]]] = {}
    for explanation in explained:
        for move in (*explanation.speaks_for, *explanation.speaks_against):
            by_finding.setdefault(move.finding, {})[explanation.condition] = (move.log_odds, move.source)
    order = sorted(by_finding, key=lambda name: -max(abs(log_odds) for log_odds, _ in by_finding[name].values()))
    rows = []
    for name in order[:_MOVES]:
        effects = by_finding[name]
        factors = tuple(
            (ratio_words(math.exp(effects[entry.condition][0])), cited.mark(effects[entry.condition][1]))
            if entry.condition in effects
            else ("", "")
            for entry in explained
        )
        rows.append(MoveView(wording.finding_words(knowledge, name, case), factors))
    return tuple(rows)


def _not_asked(knowledge: Knowledge, explained: Sequence[Explanation]) -> tuple[str, ...]:
    """Return what was not asked and matters most for the first causes, taking turns between them."""
    turns = [entry.unknown[turn] for turn in range(_NOT_ASKED) for entry in explained if turn < len(entry.unknown)]
    names = dict.fromkeys(knowledge.findings[unknown.finding].name for unknown in turns)
    return tuple(names)[:_NOT_ASKED]


def _plan_so_far(knowledge: Knowledge, content: Mapping[str, Any]) -> PlanSoFarView:
    plan = content.get("plan", content)
    stages = {stage.id: stage.title for stage in knowledge.care.stages}
    return PlanSoFarView(
        day=str(plan["day"]),
        stage=stages.get(plan["stage"], ""),
        tasks=tuple(str(task["title"]) for task in plan["today"]),
    )
