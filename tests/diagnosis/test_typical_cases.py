"""Textbook-typical presentations: the cause stands where it should. The cases are data, in `cases/typical.toml`."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from deepsix.case import Case, no, yes
from deepsix.diagnosis.engine import assess
from deepsix.knowledge import Knowledge, Urgency

CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "typical.toml").read_text(encoding="utf-8"))["case"]


def case_of(record: dict[str, Any]) -> Case:
    return Case(record["age"], record["sex"], {**yes(*record["yes"]), **no(*record.get("no", []))})


def marked(record: dict[str, Any]) -> Any:
    marks = [pytest.mark.xfail(reason=record["fails"], strict=True)] if "fails" in record else []
    return pytest.param(record, id=f"{record['truth']} at {record['age']}", marks=marks)


@pytest.mark.parametrize("record", [marked(record) for record in CASES])
def test_typical_case(knowledge: Knowledge, record: dict[str, Any]) -> None:
    assessment = assess(knowledge, case_of(record), record["setting"])
    first = [cause.condition for cause in assessment.causes[: record["expect_top"]]]
    assert {record["truth"], *record.get("also", [])} & set(first), first


@pytest.mark.parametrize("record", CASES, ids=[f"{record['truth']} at {record['age']}" for record in CASES])
def test_typical_case_of_a_cause_that_cannot_wait_is_not_told_to_wait(
    knowledge: Knowledge, record: dict[str, Any]
) -> None:
    needed = knowledge.conditions[record["truth"]].urgency
    found = assess(knowledge, case_of(record)).urgency.level
    if needed >= Urgency.URGENT_SAME_DAY:
        assert found >= Urgency.URGENT_SAME_DAY


def test_every_case_names_conditions_that_exist(knowledge: Knowledge) -> None:
    named = {name for record in CASES for name in (record["truth"], *record.get("also", []))}
    assert named <= set(knowledge.conditions)


def test_most_conditions_have_a_typical_case(knowledge: Knowledge) -> None:
    covered = {record["truth"] for record in CASES}
    assert len(covered) >= 0.7 * len(knowledge.conditions)
