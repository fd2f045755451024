"""What the founding articles say on care is at work in a plan, and the test names where."""

from __future__ import annotations

from datetime import date

import pytest

from deepsix.case import Case, no, yes
from deepsix.diagnosis.assessment import Assessment, Method, RankedCause
from deepsix.diagnosis.urgency import UrgencyAdvice
from deepsix.knowledge import Knowledge, Urgency
from deepsix.plan import build_plan

CARE = [f"A{n}" for n in range(9, 18)] + ["B5"] + [f"B{n}" for n in range(11, 27)]
SAFE_TO_RUN = no("pain_builds_with_impact", "pain_earlier_each_run", "worse_weight_bearing", "pain_groin")

# The remedy that does what the statement says, words that show it, and a cause for which a plan gives it.
WHERE = {
    "A9": ("calm_the_overload", "works against each stretch", "deep_rotator_overload"),
    "A10": ("calm_the_overload", "weeks", "deep_rotator_overload"),
    "A11": ("no_hard_stretching", "first mild pull", "deep_rotator_overload"),
    "A12": ("press_deep_buttock_ball", "ball, not a roller", "deep_rotator_overload"),
    "A13": ("easy_running", "loosen you up as you go", "deep_rotator_overload"),
    "A14": ("walk_gently", "chat", "deep_rotator_overload"),
    "A15": ("no_painful_pressure", "painful is too much", "deep_rotator_overload"),
    "A16": ("strength_deep_rotators", "later, not never", "deep_rotator_overload"),
    "A17": ("heat_or_cold", "hardly at 3 cm", "deep_rotator_overload"),
    "B5": ("level_ground", "slope to one side", "tfl_trigger_points"),
    "B11": ("press_front_hip_ball", "firm edge of a bed, bench or table", "tfl_trigger_points"),
    "B12": ("press_front_hip_ball", "near the X on the chart", "tfl_trigger_points"),
    "B13": ("no_pressing_where_pain_is_felt", "not the shaded zone", "tfl_trigger_points"),
    "B14": ("stretch_leg_across_standing", "Turn the toes out a little", "gluteus_minimus_trigger_points"),
    "B15": ("stretch_pigeon", "shin across in front", "gluteus_minimus_trigger_points"),
    "B16": ("stretch_leg_across_lying", "works better than standing", "gluteus_minimus_trigger_points"),
    "B17": ("stretch_figure_four_lying", "turn the other leg from its ankle", "gluteus_minimus_trigger_points"),
    "B18": ("stretch_low_lunge", "long leg behind", "tfl_trigger_points"),
    "B19": ("sit_high_and_rise", "stand-up desk", "gluteus_minimus_trigger_points"),
    "B20": ("shift_your_weight", "as wide as your hips", "gluteus_minimus_trigger_points"),
    "B21": ("ease_long_drives", "cruise control", "gluteus_minimus_trigger_points"),
    "B22": ("level_ground", "Leave hills", "gluteus_minimus_trigger_points"),
    "B23": ("pillow_at_night", "from knee to ankle", "gluteus_minimus_trigger_points"),
    "B24": ("press_side_hip_ball", "more weight in time", "gluteus_minimus_trigger_points"),
    "B25": ("see_muscle_hands", "six weeks", "gluteus_minimus_trigger_points"),
    "B26": ("see_muscle_hands", "more than one", "gluteus_minimus_trigger_points"),
}


def led_by(knowledge: Knowledge, condition: str) -> Assessment:
    others = (RankedCause(name, 0.001, 0.0, 0.02) for name in knowledge.conditions if name != condition)
    return Assessment(
        case=Case(age=35, answers={**SAFE_TO_RUN, **yes("runner")}),
        setting="community",
        knowledge_version=knowledge.version,
        causes=(RankedCause(condition, 0.7, 0.5, 0.9), *others),
        none_of_these=0.0,
        urgency=UrgencyAdvice(Urgency.SELF_CARE, ()),
        method=Method(True, 0.0),
        notices=(),
    )


def test_every_statement_on_care_has_its_place() -> None:
    assert sorted(WHERE) == sorted(CARE)


@pytest.mark.parametrize("statement", CARE)
def test_a_statement_is_carried_by_its_remedy_in_its_words(knowledge: Knowledge, statement: str) -> None:
    name, words, _ = WHERE[statement]
    remedy = knowledge.remedies[name]
    assert statement in remedy.statements
    assert f"remedy:{name}" in knowledge.statements[statement].carried_by
    said = " ".join((remedy.title, *remedy.steps, *remedy.ask, *(entry.shown for entry in remedy.evidence)))
    assert words in said


@pytest.mark.parametrize("statement", CARE)
def test_a_statement_reaches_the_plan_of_someone_it_is_for(knowledge: Knowledge, statement: str) -> None:
    name, _, condition = WHERE[statement]
    plan = build_plan(knowledge, led_by(knowledge, condition), day=date(2026, 3, 2))
    assert name in set(plan.remedies())


def test_the_front_of_the_hip_is_pressed_before_the_deeper_muscle(knowledge: Knowledge) -> None:
    first = knowledge.remedies["press_front_hip_ball"].steps[0]
    then = knowledge.remedies["press_side_hip_ball"].steps[0]
    assert first.startswith("Begin here")
    assert "front corner of the hip first" in then
    plan = build_plan(knowledge, led_by(knowledge, "gluteus_minimus_trigger_points"))
    pressed = [task.remedy for task in plan.today if task.kind == "press"]
    assert pressed == ["press_front_hip_ball", "press_side_hip_ball"]


def test_strength_comes_in_with_its_stage_although_the_day_was_full(knowledge: Knowledge) -> None:
    for condition in ("deep_rotator_overload", "gluteus_minimus_trigger_points"):
        plan = build_plan(knowledge, led_by(knowledge, condition), stage="load")
        assert "strength" in {task.kind for task in plan.today}, condition


def test_pressing_lasts_15_to_20_seconds(knowledge: Knowledge) -> None:
    for remedy in knowledge.remedies.values():
        if remedy.kind == "press":
            hold = remedy.dosed("hold_s")
            assert hold is not None, remedy.id
            assert (hold.low, hold.high, hold.unit) == (15, 20, "seconds"), remedy.id


def test_running_is_off_while_a_bone_may_be_hurt(knowledge: Knowledge) -> None:
    assessment = led_by(knowledge, "deep_rotator_overload")
    for sign in (
        "pain_builds_with_impact",
        "worse_weight_bearing",
        "past_stress_fracture",
        "st_hop_pain",
        "pain_groin",
    ):
        case = assessment.case.with_answers(*yes(sign).values())
        changed = Assessment(case, *(getattr(assessment, f) for f in assessment.__slots__[1:]))
        assert "easy_running" not in set(build_plan(knowledge, changed).remedies()), sign


def test_running_waits_until_the_questions_on_bone_are_answered(knowledge: Knowledge) -> None:
    assessment = led_by(knowledge, "deep_rotator_overload")
    silent = Assessment(Case(age=35), *(getattr(assessment, f) for f in assessment.__slots__[1:]))
    plan = build_plan(knowledge, silent)
    (entry,) = (entry for entry in plan.left_out if entry.remedy == "easy_running")
    assert entry.cause == "answer_first"
