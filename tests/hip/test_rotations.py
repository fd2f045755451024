"""Rotations and splines against closed forms and against OpenSim."""

import numpy as np
import pytest

from deepsix.hip.errors import ShapeError
from deepsix.hip.rotations import about, body_fixed, hip_axes_in_thigh, hip_rotation
from deepsix.hip.splines import cubic_spline


def test_hip_rotation_is_flexion_then_adduction_then_internal_rotation():
    expected = about("z", 0.4) @ about("x", -0.3) @ about("y", 0.2)
    assert np.allclose(hip_rotation(0.4, -0.3, 0.2), expected, atol=1e-15)


def test_signs_follow_the_right_hand_rule_for_a_right_hip():
    thigh_down = np.array([0.0, -1.0, 0.0])
    assert (hip_rotation(0.5, 0.0, 0.0) @ thigh_down)[0] > 0  # flexion brings the knee forward
    assert (hip_rotation(0.0, 0.5, 0.0) @ thigh_down)[2] < 0  # adduction brings it across
    assert (hip_rotation(0.0, 0.0, 0.5) @ [1.0, 0.0, 0.0])[2] < 0  # internal rotation turns the front inwards


def test_hip_axes_are_those_of_the_rotation_differentiated():
    angles, step = np.array([0.7, -0.4, 0.3]), 1e-6
    axes = hip_axes_in_thigh(*angles)
    for k in range(3):
        move = np.eye(3)[k] * step
        change = (hip_rotation(*(angles + move)) - hip_rotation(*(angles - move))) / (2 * step)
        spin = hip_rotation(*angles).T @ change  # skew matrix of the axis seen from the thigh
        assert np.allclose([spin[2, 1], spin[0, 2], spin[1, 0]], axes[k], atol=1e-9)


def test_body_fixed_rotation_has_unit_determinant():
    assert np.isclose(np.linalg.det(body_fixed(("x", "y", "z"), np.array([0.3, 1.2, -2.0]))), 1.0)


def test_spline_passes_its_points_and_goes_on_straight():
    spline = cubic_spline(np.array([0.0, 1.0, 2.5, 4.0]), np.array([1.0, 0.0, 2.0, -1.0]))
    assert np.allclose(spline(np.array([0.0, 1.0, 2.5, 4.0])), [1.0, 0.0, 2.0, -1.0])
    end = spline.derivative(4.0)
    assert np.isclose(spline(5.0), -1.0 + end)


def test_spline_of_a_cubic_is_that_cubic():
    x = np.array([0.0, 0.7, 1.1, 2.0, 3.0])
    spline = cubic_spline(x, x**3 - 2 * x)
    at = np.linspace(0.0, 3.0, 31)
    assert np.allclose(spline(at), at**3 - 2 * at, atol=1e-12)


def test_spline_equals_the_one_of_opensim():
    opensim = pytest.importorskip("opensim", reason="OpenSim is not installed")
    x, y = [0.0, 0.17, 0.35, 0.9, 1.4, 2.1], [0.0, 0.06, 0.11, 0.15, 0.26, 0.2]
    theirs = opensim.SimmSpline()
    for a, b in zip(x, y, strict=True):
        theirs.addPoint(a, b)
    at = np.linspace(0.0, 2.1, 43)
    values = [theirs.calcValue(opensim.Vector(1, float(a))) for a in at]
    assert np.allclose(cubic_spline(np.array(x), np.array(y))(at), values, atol=1e-12)


def test_spline_with_knots_out_of_order_is_refused():
    with pytest.raises(ShapeError, match="increasing"):
        cubic_spline(np.array([0.0, 2.0, 1.0]), np.zeros(3))
