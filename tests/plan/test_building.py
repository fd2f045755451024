"""What single people get: the safer of two needs, kit, age, pregnancy, blood thinners, stages, comfort."""

from __future__ import annotations

from datetime import date

import pytest

from deepsix import Case, assess, no, yes
from deepsix.hip.paths import load_part_names
from deepsix.hip.positions import load_positions
from deepsix.hip.states import muscle_state
from deepsix.hip.stretch import comfort_share
from deepsix.knowledge import Knowledge
from deepsix.plan import Plan, build_plan

DAY = date(2026, 3, 2)
OVERLOAD = yes("pain_buttock_deep_centre", "worse_sitting", "runner", "pain_next_day_peak", "worse_running")
FRONT_CORNER = yes("pain_hip_side", "tender_front_outer_hip", "worse_sitting", "quality_tight_cramp")


def plan_for(knowledge: Knowledge, case: Case, stage: str | None = None, kit: list[str] | None = None) -> Plan:
    return build_plan(knowledge, assess(knowledge, case), kit, DAY, stage)


def today(plan: Plan) -> set[str]:
    return {task.remedy for task in plan.today}


def why_out(plan: Plan, remedy: str) -> str:
    return next(entry.cause for entry in plan.left_out if entry.remedy == remedy)


def test_the_ball_comes_with_the_overload(knowledge: Knowledge) -> None:
    plan = plan_for(knowledge, Case(34, "male", OVERLOAD))
    assert "press_deep_buttock_ball" in today(plan)
    assert plan.stage == "settle"


def test_a_blood_thinner_leaves_the_ball_out_until_someone_agrees(knowledge: Knowledge) -> None:
    plan = plan_for(knowledge, Case(60, "male", {**OVERLOAD, **yes("anticoagulant")}))
    assert "press_deep_buttock_ball" not in set(plan.remedies())
    assert why_out(plan, "press_deep_buttock_ball") == "ask_first"


def test_a_numb_leg_leaves_the_ball_out(knowledge: Knowledge) -> None:
    plan = plan_for(knowledge, Case(34, "male", {**OVERLOAD, **yes("numbness_leg")}))
    assert why_out(plan, "press_deep_buttock_ball") == "bar"


def test_no_ball_no_pressing(knowledge: Knowledge) -> None:
    plan = plan_for(knowledge, Case(34, "male", OVERLOAD), kit=["wall", "bed", "mat"])
    assert "press_deep_buttock_ball" not in set(plan.remedies())
    assert why_out(plan, "press_deep_buttock_ball") == "kit"


def test_a_sore_tendon_at_the_side_takes_the_stretches_that_cross_the_leg_out(knowledge: Knowledge) -> None:
    both = {**FRONT_CORNER, **yes("worse_lying_on_side", "worse_stairs_up", "tender_outer_hip")}
    plan = plan_for(knowledge, Case(55, "female", both), "restore")
    assert assess(knowledge, Case(55, "female", both)).cause("gluteal_tendinopathy").probability > 0.2
    for task in plan.today:
        if task.kind == "stretch":
            assert load_positions()[task.picture].angles_deg[1] < 5, task.remedy


def test_under_16_there_is_a_notice_and_no_exercise(knowledge: Knowledge) -> None:
    plan = plan_for(knowledge, Case(12, "male", OVERLOAD))
    kinds = {knowledge.remedies[name].kind for name in plan.remedies()}
    assert not kinds & {"press", "stretch", "move", "load", "strength"}
    assert "child" in plan.notices[0]


def test_in_pregnancy_pressing_waits_and_the_midwife_is_named(knowledge: Knowledge) -> None:
    plan = plan_for(knowledge, Case(30, "female", {**OVERLOAD, **yes("pregnant")}))
    kinds = {knowledge.remedies[name].kind for name in plan.remedies()}
    assert not kinds & {"press", "stretch", "load", "strength"}
    assert any("midwife" in text for text in plan.notices)


def test_an_emergency_holds_only_what_to_do_until_seen(knowledge: Knowledge) -> None:
    plan = plan_for(knowledge, Case(40, "male", yes("numb_saddle", "pain_low_back")))
    assert (plan.today, plan.stages, plan.stage) == ((), (), "")
    assert plan.hand_overs[0].remedy == "see_nerves_at_the_spine"


def test_mild_pain_that_is_not_new_begins_with_moving(knowledge: Knowledge) -> None:
    case = Case(34, "male", {**OVERLOAD, **yes("severity_mild", "duration_1_to_6_weeks")})
    assert plan_for(knowledge, case).stage == "restore"


def test_running_needs_the_bone_questions_answered_with_no(knowledge: Knowledge) -> None:
    answered = no("pain_builds_with_impact", "pain_earlier_each_run", "worse_weight_bearing", "pain_groin")
    calm = {**OVERLOAD, **yes("severity_mild", "duration_1_to_6_weeks"), **no("worse_running", "pain_sit_bone")}
    assert "easy_running" in set(plan_for(knowledge, Case(34, "male", {**calm, **answered})).remedies())
    assert "easy_running" not in set(plan_for(knowledge, Case(34, "male", calm)).remedies())


@pytest.mark.parametrize("answers", [OVERLOAD, FRONT_CORNER], ids=["deep buttock", "front corner"])
def test_a_stretch_stops_short_of_the_end_of_comfort(knowledge: Knowledge, answers: dict[str, object]) -> None:
    plan = plan_for(knowledge, Case(34, "male", answers), "restore")  # type: ignore[arg-type]
    stretches = [task for task in plan.today if task.stretch is not None]
    assert stretches
    ceiling = knowledge.care.setting("comfort_ceiling")
    for task in stretches:
        assert task.stretch is not None
        angles = [task.stretch.fraction * angle for angle in load_positions()[task.picture].angles_deg]
        share = comfort_share(muscle_state([angles]).normalised_length.middle)[0]
        reached = share[load_part_names().index(task.stretch.part)]
        assert 0.3 <= reached <= ceiling, task.remedy


def test_danger_signs_nobody_ruled_out_are_named_beside_the_exercises(knowledge: Knowledge) -> None:
    plan = plan_for(knowledge, Case(34, "male", OVERLOAD))
    assert any("fever" in name for name in plan.only_if)


def test_an_unknown_stage_is_refused(knowledge: Knowledge) -> None:
    with pytest.raises(KeyError):
        plan_for(knowledge, Case(34, "male", OVERLOAD), "sprint")
