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


def test_tibia_moves_as_in_a_joint_built_by_opensim_from_the_published_curves():
    opensim = pytest.importorskip("opensim", reason="OpenSim is not installed")
    import peers

    from deepsix.hip.knee import interpolate, knee_motion
    from deepsix.hip.tables import read_csv, read_toml

    spec = read_toml("knees.toml")["rajagopal_2016"]["tibia"]
    model = opensim.Model()
    tibia = peers._body("tibia")
    model.addBody(tibia)
    transform = opensim.SpatialTransform()
    for k, name in enumerate((*(f"rotation_{i}_deg" for i in (1, 2, 3)), "x_m", "y_m", "z_m")):
        rows = [
            r
            for r in read_csv("knee_curves.csv")
            if (r["knee"], r["body"], r["quantity"]) == ("rajagopal_2016", "tibia", name)
        ]
        axis = np.eye(3)["xyz".index(spec["axes"][k]) if k < 3 else k - 3]
        part = transform.updTransformAxis(k)
        part.setAxis(opensim.Vec3(*map(float, axis)))
        if not rows:
            part.setFunction(peers._owned(opensim.Constant(0.0)))
            continue
        part.setCoordinateNames(opensim.ArrayStr("knee", 1))
        spline = opensim.SimmSpline() if len(rows) > 2 else opensim.PiecewiseLinearFunction()
        for row in rows:
            value = float(row["value"])
            spline.addPoint(np.deg2rad(float(row["knee_flexion_deg"])), np.deg2rad(value) if k < 3 else value)
        part.setFunction(peers._owned(spline))
    places = [opensim.Vec3(*spec[name]) for name in ("centre_m", "centre_in_body_m")]
    turn = opensim.Vec3(*map(float, np.deg2rad(spec["orientation_deg"])))
    joint = opensim.CustomJoint("knee", model.getGround(), places[0], turn, tibia, places[1], turn, transform)
    model.addJoint(peers._owned(joint))
    state = model.initSystem()
    coordinate, still = model.getCoordinateSet().get(0), knee_motion("rajagopal_2016", "tibia")
    point = np.array([0.03, -0.1, 0.02])

    def theirs(flexion_deg):
        coordinate.setValue(state, float(np.deg2rad(flexion_deg)))
        model.realizePosition(state)
        where = tibia.findStationLocationInGround(state, opensim.Vec3(*point))
        return np.array([where.get(i) for i in range(3)])

    rest = theirs(0.0)
    for flexion in (3.2, 17.0, 41.3, 66.6, 90.0, 117.7):
        matrix, shift, _, _ = interpolate(still, np.array([flexion]))
        assert matrix[0] @ rest + shift[0] == pytest.approx(theirs(flexion), abs=1e-6)
