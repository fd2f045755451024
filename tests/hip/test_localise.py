"""The localiser: what moves it, and that it shows why."""

import pytest

from deepsix.hip.errors import UnknownMuscleError
from deepsix.hip.localiser import localise, localised_parts, press_point_names, region_names, trigger_names


def chance(suspects, part):
    return next(s.probability for s in suspects if s.part == part)


def test_without_evidence_piriformis_counts_twice_and_the_others_alike():
    found = localise()
    rest = {round(s.probability, 12) for s in found if s.part != "piriformis"}
    assert len(rest) == 1
    assert chance(found, "piriformis") == pytest.approx(2 * rest.pop())


def test_probabilities_sum_to_one_and_are_ranked():
    found = localise({"sitting": True, "stairs": False}, ["pain_buttock"], {"pain_buttock_deep_centre": True})
    assert sum(s.probability for s in found) == pytest.approx(1.0)
    assert [s.probability for s in found] == sorted((s.probability for s in found), reverse=True)


def test_pain_that_sitting_brings_on_speaks_for_the_six_against_tensor_fasciae_latae():
    before, after = localise(), localise({"sitting": True, "driving": True})
    assert chance(after, "tensor_fasciae_latae") < chance(before, "tensor_fasciae_latae")
    assert chance(after, "gemellus_superior") > chance(before, "gemellus_superior")


def test_lying_on_the_side_and_pain_at_the_side_point_to_the_side():
    found = localise({"lying_on_the_side": True, "sitting": False}, ["pain_hip_side", "pain_outer_thigh"])
    assert found[0].part in ("tensor_fasciae_latae", "gluteus_minimus_anterior")


def test_yes_and_no_move_a_part_in_opposite_directions():
    yes, no, none = localise({"driving": True}), localise({"driving": False}), localise()
    for part in localised_parts():
        assert (chance(yes, part) - chance(none, part)) * (chance(no, part) - chance(none, part)) <= 1e-12


def test_order_of_evidence_does_not_matter():
    a = localise({"sitting": True, "stairs": True}, ["pain_buttock", "pain_groin"])
    b = localise({"stairs": True, "sitting": True}, ["pain_groin", "pain_buttock"])
    assert {s.part: round(s.probability, 12) for s in a} == {s.part: round(s.probability, 12) for s in b}


def test_every_reason_shows_the_chain_in_words():
    for suspect in localise(
        dict.fromkeys(trigger_names(), True), region_names(), dict.fromkeys(press_point_names(), True)
    ):
        assert suspect.reasons
        assert all(r.words and r.ratio > 0 for r in suspect.reasons)


def test_a_low_car_seat_is_explained_by_comfortable_length():
    found = localise({"driving": True}, reasons=1)
    assert "of its comfortable length" in next(s for s in found if s.part == "piriformis").reasons[0].words


def test_unknown_evidence_gets_the_nearest_names():
    with pytest.raises(UnknownMuscleError, match="driving"):
        localise({"drivin": True})
    with pytest.raises(UnknownMuscleError, match="pain_hip_side"):
        localise(regions=["pain_hip_sid"])
