"""The plans that the checklist is run over: one for each condition, and one for each shipped published case."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from checklist import Seen, check

from deepsix.case import Case
from deepsix.diagnosis.assessment import Assessment, Method, RankedCause
from deepsix.diagnosis.engine import assess
from deepsix.diagnosis.urgency import UrgencyAdvice, UrgencyReason
from deepsix.knowledge import Knowledge
from deepsix.plan import build_plan
from deepsix.study.cases import SHIPPED_CASES, read_cases

DAY = date(2026, 3, 2)
LEADS_WITH = 0.7  # as clear as an assessment gets in practice
CHILDREN = {
    "slipped_capital_femoral_epiphysis": 12, "perthes_disease": 6, "transient_synovitis": 5, "growing_pains": 7,
    "juvenile_arthritis": 8, "pubic_apophysitis": 14, "apophyseal_avulsion": 15,
}  # fmt: skip


class Row(NamedTuple):
    """One plan, what was asked of it and what it failed."""

    name: str
    urgency: str
    today: int
    asked: list[str]
    failed: list[str]


def condition_rows(knowledge: Knowledge) -> Iterator[Row]:
    """Yield a row for each condition, as if it led clearly and its own urgency were advised."""
    for condition in knowledge.conditions.values():
        others = (RankedCause(name, 0.005, 0.0, 0.02) for name in knowledge.conditions if name != condition.id)
        reason = UrgencyReason(condition.urgency, "As its own entry says.", (), "estimate")
        assessment = Assessment(
            case=Case(age=CHILDREN.get(condition.id, 40)),
            setting="community",
            knowledge_version=knowledge.version,
            causes=(RankedCause(condition.id, LEADS_WITH, 0.5, 0.9), *others),
            none_of_these=0.0,
            urgency=UrgencyAdvice(condition.urgency, (reason,)),
            method=Method(True, 0.0),
            notices=(),
        )
        yield _row(knowledge, condition.id, assessment, frozenset({condition.id}))


def case_rows(knowledge: Knowledge) -> Iterator[Row]:
    """Yield a row for each shipped published case, assessed from its answers as `deepsix evaluate` does."""
    for case in read_cases(SHIPPED_CASES, knowledge).cases:
        assessment = assess(knowledge, case.from_answers(), "published")
        yield _row(knowledge, case.id, assessment, frozenset({assessment.causes[0].condition}))


def _row(knowledge: Knowledge, name: str, assessment: Assessment, causes: frozenset[str]) -> Row:
    plan = build_plan(knowledge, assessment, day=DAY)
    asked, failed = check(Seen(knowledge, plan, causes, assessment.case.age))
    return Row(name, plan.urgency.id, len(plan.today), asked, failed)
