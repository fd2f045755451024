"""Every condition and every shipped case gets a plan that passes the checklist written from guidelines."""

from __future__ import annotations

from checklist import CHECKLIST
from checklist_cases import Row, case_rows, condition_rows

from deepsix.knowledge import Knowledge


def failures(rows: list[Row]) -> list[str]:
    return [f"{row.name} ({row.urgency}): {', '.join(row.failed)}" for row in rows if row.failed]


def test_a_plan_for_each_condition_passes(knowledge: Knowledge) -> None:
    rows = list(condition_rows(knowledge))
    assert len(rows) == len(knowledge.conditions)
    assert failures(rows) == []


def test_a_plan_for_each_shipped_case_passes(knowledge: Knowledge) -> None:
    assert failures(list(case_rows(knowledge))) == []


def test_every_item_is_asked_of_some_plan(knowledge: Knowledge) -> None:
    asked = {item for row in condition_rows(knowledge) for item in row.asked}
    assert {item.id for item in CHECKLIST} - asked == set()
