"""The computed hip is asked when a muscular cause leads, with acts and places that it knows."""

from __future__ import annotations

from functools import cache

from deepsix import Case, assess, load_knowledge, no, yes
from deepsix.diagnosis.culprit import culprit_parts
from deepsix.hip.localiser import press_point_names, region_names, trigger_names

DEEP_ROTATORS = {
    "piriformis",
    "gemellus_superior",
    "gemellus_inferior",
    "obturator_internus",
    "obturator_externus",
    "quadratus_femoris",
}


@cache
def knowledge():
    return load_knowledge()


def test_every_act_and_press_point_is_one_of_the_computed_hip():
    assert set(knowledge().mechanics.acts.values()) <= set(trigger_names())
    assert set(knowledge().mechanics.press.values()) <= set(press_point_names())


def test_every_region_of_the_computed_hip_is_a_finding():
    assert set(region_names()) <= set(knowledge().findings)


def test_deep_buttock_pain_on_sitting_points_to_a_deep_rotator():
    case = Case(
        age=35,
        answers={
            **yes(
                "pain_buttock_deep_centre", "worse_sitting", "worse_driving", "worse_stairs_up", "pain_next_day_peak"
            ),
            **no("pain_hip_side", "tingling_leg"),
        },
    )
    parts = culprit_parts(knowledge(), assess(knowledge(), case))
    assert parts[0].part in DEEP_ROTATORS
    assert parts[0].reasons


def test_nothing_is_said_about_muscles_when_a_joint_leads():
    case = Case(
        age=70, answers=yes("pain_groin", "difficulty_socks_shoes", "hip_movement_reduced", "worse_walking", "limp")
    )
    assessment = assess(knowledge(), case)
    assert assessment.causes[0].condition == "hip_osteoarthritis"
    assert culprit_parts(knowledge(), assessment) == ()
