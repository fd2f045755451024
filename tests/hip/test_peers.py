"""MuJoCo and OpenSim on the same paths. Skipped where they are not installed."""

import numpy as np
import pytest

from deepsix.hip.lineset import CYLINDER, published_lines
from deepsix.hip.moment_arms import inside_surface, mechanics


def compared(knee):
    import peers

    return peers, peers.comparable(published_lines(sense="shorter"), knee)


def test_mujoco_agrees_on_lengths_and_moment_arms_with_and_without_wraps(postures_deg):
    pytest.importorskip("mujoco", reason="MuJoCo is not installed")
    peers, lines = compared(knee=False)
    length, arms = peers.mujoco_mechanics(peers.mujoco_model(lines), postures_deg)
    ours = mechanics(lines, postures_deg, "numpy")
    outside = ~inside_surface(lines, postures_deg)
    assert (lines.wrap_shape == CYLINDER).sum() >= 9
    assert np.abs(length - ours.length_m)[outside].max() < 1e-6
    assert np.abs(arms - ours.moment_arm_m[..., :3])[outside].max() < 1e-6


def test_opensim_agrees_on_unwrapped_lines_knee_included(postures_deg):
    pytest.importorskip("opensim", reason="OpenSim is not installed")
    peers, lines = compared(knee=True)
    length, arms = peers.opensim_mechanics(*peers.opensim_model(lines), postures_deg[:40])
    ours = mechanics(lines, postures_deg[:40], "numpy")
    straight = lines.wrap_shape != CYLINDER
    assert np.abs(length - ours.length_m)[:, straight].max() < 1e-6
    assert np.abs(arms - ours.moment_arm_m)[:, straight].max() < 1e-6


def test_opensim_wrapped_paths_are_never_shorter_than_ours_and_within_a_millimetre(postures_deg):
    # OpenSim's tangent points on a cylinder are not those of the shortest way when the path also runs along
    # the axis; ours is the unrolled straight line, which MuJoCo meets to rounding.
    pytest.importorskip("opensim", reason="OpenSim is not installed")
    peers, lines = compared(knee=True)
    length, _ = peers.opensim_mechanics(*peers.opensim_model(lines), postures_deg[:60], arms_too=False)
    ours = mechanics(lines, postures_deg[:60], "numpy").length_m
    wrapped = ~inside_surface(lines, postures_deg[:60]) & (lines.wrap_shape == CYLINDER)
    difference = (length - ours)[wrapped]
    assert difference.min() > -1e-6
    assert difference.max() < 1e-3
