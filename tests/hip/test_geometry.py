"""Paths, lengths and moment arms: what has to hold for every line in every posture."""

import numpy as np
import pytest

from deepsix.hip import kernels
from deepsix.hip.errors import PostureError, ShapeError, UnknownMuscleError
from deepsix.hip.lineset import CYLINDER, ELLIPSOID, hip_lines, published_lines
from deepsix.hip.moment_arms import inside_surface, mechanics
from deepsix.hip.paths import load_lines, load_part_names, load_sources
from deepsix.hip.polyline import polyline_m
from deepsix.hip.posture import checked_range_deg, is_checked
from deepsix.hip.registration import all_fits

STEP_DEG = 1e-4
needs_numba = pytest.mark.skipif(not kernels.is_available(), reason="Numba is not installed")


def finite_differences(lines, postures):
    arms = np.empty((len(postures), len(lines), 4))
    for k in range(4):
        step = np.eye(4)[k] * STEP_DEG
        ahead = mechanics(lines, postures + step, "numpy").length_m
        behind = mechanics(lines, postures - step, "numpy").length_m
        arms[..., k] = -(ahead - behind) / np.deg2rad(2 * STEP_DEG)
    return arms


def test_moment_arm_is_minus_the_derivative_of_length_for_every_line_in_use(postures_deg):
    lines = hip_lines()
    found = mechanics(lines, postures_deg, "numpy").moment_arm_m
    assert np.abs(found - finite_differences(lines, postures_deg)).max() < 1e-6


def test_moment_arm_is_minus_the_derivative_of_length_for_every_published_cylinder_or_straight_line(
    postures_deg,
):
    lines = published_lines()
    kept = lines.wrap_shape != ELLIPSOID
    found = mechanics(lines, postures_deg, "numpy").moment_arm_m
    assert np.abs(found - finite_differences(lines, postures_deg))[:, kept].max() < 1e-6


@needs_numba
@pytest.mark.parametrize("make", [hip_lines, published_lines])
def test_compiled_and_numpy_answers_agree(make, postures_deg):
    lines = make()
    a, b = mechanics(lines, postures_deg, "numpy"), mechanics(lines, postures_deg, "compiled")
    assert np.abs(a.length_m - b.length_m).max() < 1e-10
    assert np.abs(a.moment_arm_m - b.moment_arm_m).max() < 1e-10


def test_lengths_have_no_jumps_along_random_walks_through_the_range():
    lines, rng = hip_lines(), np.random.default_rng(3)
    low, high = checked_range_deg().T
    for _ in range(25):
        ends = rng.uniform(low, high, (2, 4))
        count = int(np.abs(ends[1] - ends[0]).max() / 0.1) + 2
        walk = np.linspace(*ends, count)
        found = mechanics(lines, walk)
        # 0.1 degree in four angles; 0.15 m is above every moment arm seen away from a give-way
        assert np.abs(np.diff(found.length_m, axis=0)).max() < 4 * np.deg2rad(0.1) * 0.15 * 2


def test_conditional_points_make_lengths_jump_which_is_why_those_lines_are_not_used():
    lines = published_lines("gait2392")
    row = lines.row("gait2392:psoas")
    switch = np.array([[44.9999, -40, 30, 0], [45.0001, -40, 30, 0]])
    jump = np.diff(mechanics(lines, switch, "numpy").length_m[:, row])[0]
    assert abs(jump) > 1e-3  # up to 15 mm over the range
    assert not any(line.is_conditional for line in hip_lines().lines)


def test_no_point_sinks_into_a_surface_of_the_shank(postures_deg):
    lines = hip_lines()
    below = [i for i, w in enumerate(lines.wrap_body) if lines.wrap_shape[i] == CYLINDER and w >= 2]
    assert below
    assert not inside_surface(lines, postures_deg)[:, below].any()


def test_a_bigger_person_has_proportionally_longer_lines_and_moment_arms(postures_deg):
    small, tall = (mechanics(hip_lines(h), postures_deg[:20], "numpy") for h in (1.70, 1.87))
    assert np.allclose(tall.length_m, 1.1 * small.length_m, rtol=1e-9)
    assert np.allclose(tall.moment_arm_m, 1.1 * small.moment_arm_m, atol=1e-9)


def test_scaled_lines_of_one_lineage_fall_back_on_their_parent():
    fits = all_fits()
    assert fits["rajagopal_2016"].pelvis_scale == 1.0
    assert fits["lenhart_2015"].thigh_scale == pytest.approx(1 / 0.925, abs=0.002)
    assert abs(fits["lenhart_2015"].tilt_deg) < 1.0
    assert all(0.8 < f.pelvis_scale < 1.2 and f.residual_m < 0.015 for f in fits.values())


def test_every_part_has_a_line_in_use_and_the_six_have_two_or_more_sources():
    lines = hip_lines()
    for part in load_part_names():
        assert lines.rows_of(part).size, part
    for part in load_part_names()[:6]:
        assert len({lines.lines[r].source for r in lines.rows_of(part)}) >= 2, part


def test_a_left_hip_is_drawn_as_the_mirror_image():
    lines = hip_lines()
    for row in (0, lines.row("rajagopal_2016:glmax1")):
        right, left = (polyline_m(lines, row, [70, 20, -20, 40], s) for s in ("right", "left"))
        assert np.allclose(left, right * [1, 1, -1])


def test_the_drawn_line_is_as_long_as_the_computed_one():
    lines, posture = hip_lines(), [[60, 10, -10, 50]]
    length = mechanics(lines, posture, "numpy").length_m[0]
    for row in range(len(lines)):
        points = polyline_m(lines, row, posture, arc_points=400)
        drawn = np.linalg.norm(np.diff(points, axis=0), axis=1).sum()
        assert drawn == pytest.approx(length[row], abs=1e-6)


def test_every_line_credits_a_source_with_a_licence():
    for line in load_lines():
        assert load_sources()[line.source].licence
    for source in load_sources().values():
        assert source.notice or source.licence.endswith("cited as facts")


@pytest.mark.parametrize("bad", [[[90, 0, np.nan, 0]], [[90, 0, np.inf]], [[200, 0, 0, 0]], [[0, 0, 0, 170]]])
def test_nan_and_impossible_postures_get_a_clear_error(bad):
    with pytest.raises(PostureError, match="deg"):
        mechanics(hip_lines(), bad)


@pytest.mark.parametrize("bad", [[1, 2], [[1, 2, 3, 4, 5]], [[[0, 0, 0]]], ["a", "b", "c"]])
def test_wrong_shapes_get_a_clear_error(bad):
    with pytest.raises(ShapeError):
        mechanics(hip_lines(), bad)


def test_unknown_muscle_offers_the_nearest_names():
    with pytest.raises(UnknownMuscleError, match="piriformis"):
        hip_lines(parts=["piriformus"])


def test_a_height_in_centimetres_is_refused():
    with pytest.raises(PostureError, match="metres"):
        hip_lines(172)


def test_angles_outside_the_checked_range_are_computed_and_marked():
    assert is_checked([[90, 0, 0], [150, 0, 0]]).tolist() == [True, False]
    assert mechanics(hip_lines(), [[150, 0, 0]]).checked.tolist() == [False]
