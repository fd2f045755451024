"""Positions, ranking of stretches, and the best posture."""

import numpy as np
import pytest

from deepsix.hip.errors import PostureError, UnknownMuscleError
from deepsix.hip.positions import load_positions, position, positions_of_kind, reachable_range_deg
from deepsix.hip.posture import checked_range_deg
from deepsix.hip.solver import best_posture
from deepsix.hip.statements import statement_verdicts, strain_per_degree
from deepsix.hip.states import muscle_state
from deepsix.hip.stretch import comfort_limits, effect_of, rank_stretches, stretch_table


def places(part):
    return [e.position for e in rank_stretches(part)]


def test_there_are_twenty_stretches_or_more_with_instructions():
    stretches = positions_of_kind("stretch")
    assert len(stretches) >= 20
    assert all(p.instructions and p.equipment and p.angles_source for p in stretches)


def test_every_position_lies_in_the_checked_range_but_for_the_fully_bent_knee():
    low, high = checked_range_deg().T
    for p in load_positions().values():
        angles = np.array(p.angles_deg)
        assert (angles[:3] >= low[:3]).all(), p.id
        assert (angles[:3] <= high[:3]).all(), p.id


def test_piriformis_is_longest_in_flexion_adduction_and_outward_rotation():
    # Gulledge 2014 found the same posture by CT of living people.
    assert places("piriformis")[0] == "gulledge_optimised_115"


def test_more_adduction_in_flexion_stretches_piriformis_more():
    lengths = muscle_state([[90, a, 0] for a in (0, 20, 40)], ["piriformis"]).length_change_m.middle[:, 0]
    assert (np.diff(lengths) > 0).all()  # Itsuda 2024


def test_tensor_fasciae_latae_is_longest_in_extension_and_adduction_with_the_knee_bent():
    assert places("tensor_fasciae_latae")[0] == "side_lying_knee_bent_drop"  # Umehara 2015


def test_table_is_ranked_from_the_longest():
    for effects in stretch_table().values():
        lengths = [e.normalised_length[0] for e in effects]
        assert lengths == sorted(lengths, reverse=True)


def test_standing_uses_nothing_of_anyones_comfort():
    for part in ("piriformis", "gluteus_maximus_inferior"):
        effect = effect_of(position("standing"), part)
        assert effect.comfort_share == pytest.approx(0.0, abs=1e-9)
        assert not effect.others_too_far


def test_no_posture_held_at_ease_is_beyond_comfort():
    ease = [p for p in positions_of_kind("everyday") if p.at_ease]
    for p in ease:
        for part in ("quadratus_femoris", "gluteus_maximus_inferior", "semimembranosus"):
            assert effect_of(p, part).comfort_share <= 1.0 + 1e-9


def test_a_shorter_muscle_that_gets_too_long_first_is_flagged():
    effect = effect_of(position("seated_glute_stretch"), "piriformis")
    assert "gemellus_superior" in effect.others_too_far or effect.limited_by == "gemellus_superior"


@pytest.mark.parametrize("part", ["piriformis", "gluteus_minimus_posterior", "tensor_fasciae_latae"])
def test_best_posture_is_reachable_comfortable_for_the_others_and_not_beaten_by_random_ones(part):
    found = best_posture(part)
    low, high = reachable_range_deg().T
    angles = np.array(found.angles_deg)
    assert (angles >= low - 0.05).all()
    assert (angles <= high + 0.05).all()
    limits = comfort_limits()
    tried = np.random.default_rng(2).uniform(low, high, (1500, 4))
    lengths = muscle_state(tried).normalised_length.middle
    column = muscle_state([found.angles_deg]).column(part)
    others = np.delete(np.arange(lengths.shape[1]), column)
    allowed = (lengths[:, others] <= limits.too_far_from[others]).all(axis=1)
    reached = muscle_state([found.angles_deg]).normalised_length.middle[0, column]
    best_random = np.minimum(lengths[allowed, column], limits.comfortable_to[column]).max()
    assert reached >= best_random - 0.01


def test_reach_outside_its_range_is_refused():
    with pytest.raises(PostureError, match="reach"):
        best_posture("piriformis", reach=1.5)


def test_unknown_position_and_part_get_the_nearest_names():
    with pytest.raises(UnknownMuscleError, match="pigeon"):
        position("pigeno")
    with pytest.raises(UnknownMuscleError, match="gluteus_minimus"):
        rank_stretches("gluteus_minimus_front")


def test_fibre_stretch_per_degree_is_greatest_arm_over_fibre_length():
    rate = strain_per_degree(("gemellus_superior", "semitendinosus"))
    assert rate[0] > rate[1]


def test_every_mechanical_statement_gets_a_verdict_with_figures():
    verdicts = {v.id: v for v in statement_verdicts()}
    assert {"A3", "A5", "A6", "A7", "A9", "B4", "B10", "B14", "B15", "B16", "B17", "B18"} == set(verdicts)
    assert all(
        v.outcome in ("supported", "partly", "not supported") and any(c.isdigit() for c in v.figures)
        for v in verdicts.values()
    )
    assert verdicts["B4"].outcome == "supported"
