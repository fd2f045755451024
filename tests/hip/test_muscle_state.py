"""Force curves, architecture and the state of muscles in a posture."""

import numpy as np
import pytest

from deepsix.hip.architecture import all_architecture, architecture_of
from deepsix.hip.curves import active_curve, passive_curve
from deepsix.hip.lineset import hip_lines
from deepsix.hip.states import muscle_state, normalised_fibre_length, source_weights


def test_passive_curve_starts_at_optimal_length_and_is_one_at_seventy_percent_strain():
    assert passive_curve()([0.8, 1.0, 1.7]) == pytest.approx([0.0, 0.0, 1.0], abs=1e-9)


def test_active_curve_is_greatest_at_optimal_length_and_gone_at_its_ends():
    lengths = np.linspace(0.45, 1.81, 300)
    force = active_curve()(lengths)
    assert active_curve()(1.0) == pytest.approx(1.0)
    assert force.max() <= 1.0 + 1e-9
    assert force[[0, -1]] == pytest.approx([0.0, 0.0], abs=0.02)


def test_curves_equal_those_of_opensim():
    opensim = pytest.importorskip("opensim", reason="OpenSim is not installed")
    lengths = np.linspace(0.9, 1.8, 60)
    theirs = opensim.FiberForceLengthCurve()
    assert np.allclose(passive_curve()(lengths), [theirs.calcValue(v) for v in lengths], atol=1e-6)
    # OpenSim keeps 10 percent force at the ends; between the steep and the falling corner the curves are the same.
    lengths = np.linspace(0.59, 1.43, 60)
    theirs = opensim.ActiveForceLengthCurve()
    assert np.allclose(active_curve()(lengths), [theirs.calcValue(v) for v in lengths], atol=1e-6)


def test_measured_fibre_lengths_are_taken_where_they_exist():
    made_of = architecture_of("piriformis")
    assert made_of.is_measured
    assert made_of.optimal_fibre_length_m.value == pytest.approx(0.0837)
    assert made_of.model_fibre_lengths_m["rajagopal_2016"] == pytest.approx(0.026)
    assert not architecture_of("quadratus_femoris").is_measured


def test_rest_length_follows_the_measured_sarcomere():
    assert architecture_of("piriformis").rest_length.value == pytest.approx(2.47 / 2.7)


def test_every_part_has_an_architecture_inside_its_own_interval():
    for made_of in all_architecture().values():
        for valued in (made_of.optimal_fibre_length_m, made_of.rest_length, made_of.max_force_n):
            assert valued.low <= valued.value <= valued.high
        assert 0.02 < made_of.optimal_fibre_length_m.value < 0.6
        assert 0.4 < made_of.rest_length.value < 1.4


def test_at_rest_nothing_has_changed_length():
    state = muscle_state([[0, 0, 0, 0]])
    assert np.abs(state.length_change_m.middle).max() < 1e-12
    rest = [architecture_of(p).rest_length.value for p in state.parts]
    assert state.normalised_length.middle[0] == pytest.approx(rest)


def test_the_middle_lies_between_the_lowest_and_the_highest(postures_deg):
    state = muscle_state(postures_deg[:40])
    for interval in (state.length_change_m, state.normalised_length, state.moment_arm_m):
        assert (interval.low <= interval.middle + 1e-12).all()
        assert (interval.middle <= interval.high + 1e-12).all()


def test_each_source_counts_once_however_many_lines_it_has():
    lines = hip_lines()
    weights = source_weights(lines, ["piriformis"])[0]
    by_source = {}
    for row in lines.rows_of("piriformis"):
        by_source.setdefault(lines.lines[row].source, []).append(weights[row])
    assert len({round(sum(w), 12) for w in by_source.values()}) == 1
    assert weights.sum() == pytest.approx(1.0)


def test_stretch_of_a_fibre_does_not_depend_on_body_height():
    small, tall = (muscle_state([[100, 20, -30, 90]], None, h).normalised_length.middle for h in (1.5, 1.95))
    assert small == pytest.approx(tall, abs=1e-9)


def test_a_lengthening_of_the_path_is_taken_up_by_the_fibres():
    length = normalised_fibre_length(np.array([0.0, 0.00837]), "piriformis")
    assert length[1] - length[0] == pytest.approx(0.1, abs=1e-3)


def test_piriformis_turns_from_outward_to_inward_rotator_with_flexion():
    arms = muscle_state([[0, 0, 0], [90, 0, 0]], ["piriformis"]).moment_arm_m.middle[:, 0, 2]
    assert arms[0] < -0.02
    assert arms[1] > 0.005
