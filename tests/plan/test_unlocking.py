"""A plan names the questions that bring in what waits for answers, and keeps its word."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from deepsix import Case, assess, no, yes
from deepsix.intake.training import Session
from deepsix.knowledge import Knowledge
from deepsix.plan import Plan, build_plan

DAY = date(2026, 3, 2)
OVERLOAD = yes("pain_buttock_deep_centre", "worse_sitting", "runner", "pain_next_day_peak", "worse_running")
CALM = {**OVERLOAD, **yes("severity_mild", "duration_1_to_6_weeks")}
BONE = ("pain_builds_with_impact", "pain_earlier_each_run", "worse_weight_bearing", "pain_groin")


def plan_for(knowledge: Knowledge, answers: dict[str, object], training: tuple[Session, ...] = ()) -> Plan:
    case = Case(34, "male", answers)  # type: ignore[arg-type]
    return build_plan(knowledge, assess(knowledge, case), None, DAY, training=training)


def asked(plan: Plan, remedy: str) -> tuple[str, ...]:
    return next((tuple(q.finding for q in u.questions) for u in plan.unlock if u.remedy == remedy), ())


def test_running_is_unlocked_by_the_questions_on_bone(knowledge: Knowledge) -> None:
    assert asked(plan_for(knowledge, CALM), "easy_running") == BONE


@pytest.mark.parametrize("answers", [OVERLOAD, CALM], ids=["told little", "calm"])
def test_answering_no_to_all_of_them_brings_the_remedy_in(knowledge: Knowledge, answers: dict[str, object]) -> None:
    plan = plan_for(knowledge, answers)
    assert plan.unlock
    for entry in plan.unlock:
        after = plan_for(knowledge, {**answers, **no(*asked(plan, entry.remedy))})
        assert entry.remedy in set(after.remedies())
        assert entry.remedy not in {unlock.remedy for unlock in after.unlock}


@pytest.mark.parametrize("finding", BONE)
def test_a_yes_to_any_of_them_keeps_running_out_for_good(knowledge: Knowledge, finding: str) -> None:
    plan = plan_for(knowledge, {**CALM, **no(*BONE), **yes(finding)})
    assert "easy_running" not in set(plan.remedies())
    assert asked(plan, "easy_running") == ()


@pytest.mark.parametrize("sign", ["st_hop_pain", "tender_bone", "past_stress_fracture", "osteoporosis"])
def test_nothing_unlocks_running_while_a_bone_may_be_hurt(knowledge: Knowledge, sign: str) -> None:
    assert asked(plan_for(knowledge, {**CALM, **yes(sign)}), "easy_running") == ()


def test_the_questions_are_few_and_in_words(knowledge: Knowledge) -> None:
    for answers in (OVERLOAD, CALM, yes("pain_hip_side")):
        for entry in plan_for(knowledge, answers).unlock:
            assert len(entry.questions) <= knowledge.care.setting("unlock_questions")
            assert all(question.text.endswith("?") for question in entry.questions)


RUNS = tuple(
    Session(datetime(2026, 3, 1, 7, tzinfo=UTC) - timedelta(days=3 * n), "running", 1800, 5000.0) for n in range(16)
)


def test_a_log_limits_the_next_run_to_a_tenth_more_than_the_longest(knowledge: Knowledge) -> None:
    longest = plan_for(knowledge, CALM, RUNS).limits[0]
    assert (longest.id, longest.source) == ("longest_run", "schuster_brandt_2025")
    assert longest.metres == pytest.approx(5500)


def test_while_running_is_out_the_limit_is_for_when_it_comes_back(knowledge: Knowledge) -> None:
    out, back = plan_for(knowledge, CALM, RUNS), plan_for(knowledge, {**CALM, **no(*BONE, "worse_running")}, RUNS)
    assert out.limits[0].text.startswith("When you run again")
    assert any(task.kind == "load" for task in back.today)
    assert back.limits[0].text.startswith("For now")


def test_without_a_log_there_is_no_limit(knowledge: Knowledge) -> None:
    assert plan_for(knowledge, CALM).limits == ()


def test_a_single_long_run_is_given_as_a_reason_with_its_source(knowledge: Knowledge) -> None:
    long = Session(datetime(2026, 3, 2, 7, tzinfo=UTC), "running", 3600, 9000.0)
    spikes = [why for why in plan_for(knowledge, CALM, (*RUNS, long)).reasons if "80% longer" in why.text]
    assert [why.source for why in spikes] == ["schuster_brandt_2025"]
