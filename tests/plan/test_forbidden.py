"""No plan ever holds a remedy that the person's signs or likely causes forbid."""

from __future__ import annotations

import random
from datetime import date

import pytest
from plan_assessments import generated_assessments, random_case
from plan_forbidden import RawCare, violations, why_forbidden

from deepsix.diagnosis.engine import assess
from deepsix.knowledge import Knowledge
from deepsix.knowledge.care import STAGES
from deepsix.plan import barring, build_plan

DAY = date(2026, 3, 2)
GENERATED = 1000
ASSESSED = 100


@pytest.fixture(scope="module")
def raw() -> RawCare:
    return RawCare()


def test_no_generated_assessment_gets_a_forbidden_remedy(knowledge: Knowledge, raw: RawCare) -> None:
    found, given = [], 0
    for number, assessment in enumerate(generated_assessments(knowledge, GENERATED, seed=1)):
        plan = build_plan(knowledge, assessment, day=DAY, stage=STAGES[number % len(STAGES)])
        found += violations(raw, assessment, plan)
        given += len(plan.today)
    assert found == []
    assert given > GENERATED  # the property is not kept by giving nothing


def test_no_case_weighed_by_the_engine_gets_a_forbidden_remedy(knowledge: Knowledge, raw: RawCare) -> None:
    chance = random.Random(2)
    for _ in range(ASSESSED):
        assessment = assess(knowledge, random_case(knowledge, chance))
        assert violations(raw, assessment, build_plan(knowledge, assessment, day=DAY)) == []


@pytest.mark.parametrize("rule", ["_bars", "_posture", "_answer_first", "_ask_first", "_too_young"])
def test_a_rule_that_fell_out_would_be_noticed(
    knowledge: Knowledge, raw: RawCare, rule: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(barring, rule, lambda *_: ())
    for assessment in generated_assessments(knowledge, GENERATED, seed=1):
        if violations(raw, assessment, build_plan(knowledge, assessment, day=DAY, stage="restore")):
            return
    pytest.fail(f"Without {rule} no generated assessment got a forbidden remedy: the property would not see it.")


def test_the_check_itself_sees_a_forbidden_remedy(knowledge: Knowledge, raw: RawCare) -> None:
    barred = 0
    for assessment in generated_assessments(knowledge, 200, seed=3):
        plan = build_plan(knowledge, assessment, day=DAY)
        for entry in plan.left_out:
            if entry.cause != "kit":
                assert why_forbidden(raw, entry.remedy, assessment), entry
                barred += 1
    assert barred > 200


def test_urgent_or_emergency_advice_gives_nothing_to_do_but_to_be_seen(knowledge: Knowledge) -> None:
    for assessment in generated_assessments(knowledge, 200, seed=4):
        plan = build_plan(knowledge, assessment, day=DAY)
        if assessment.urgency.level.id in ("urgent_same_day", "emergency"):
            assert plan.today == ()
            assert plan.stages == ()
        assert plan.see_someone_if
        assert plan.hand_overs


def test_the_same_input_gives_the_same_plan(knowledge: Knowledge) -> None:
    (assessment,) = generated_assessments(knowledge, 1, seed=5)
    assert build_plan(knowledge, assessment, day=DAY) == build_plan(knowledge, assessment, day=DAY)
