"""Wraps against brute force: the shortest chain of points that stays outside the surface."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deepsix.hip.wrapping import wrap_cylinder, wrap_ellipsoid


def chain_length(p, q, radius, sense):
    """Length of the shortest way round by trying every pair of contact angles on a fine grid."""

    def unwound(v):
        return np.arctan2(v[1], v[0])

    start, turn = unwound(p), sense * ((sense * (unwound(q) - unwound(p))) % (2 * np.pi))
    share = np.linspace(0.0, 1.0, 2001)
    angle = start + share * turn
    rim = radius * np.column_stack([np.cos(angle), np.sin(angle)])
    to_p = np.linalg.norm(rim - p[:2], axis=1)
    to_q = np.linalg.norm(rim - q[:2], axis=1)
    clear_p = np.argmin(np.abs((rim * (rim - p[:2])).sum(axis=1))[: len(rim) // 2 + 1])
    clear_q = len(rim) // 2 + np.argmin(np.abs((rim * (rim - q[:2])).sum(axis=1))[len(rim) // 2 :])
    around = to_p[clear_p] + radius * abs(angle[clear_q] - angle[clear_p]) + to_q[clear_q]
    return np.hypot(around, q[2] - p[2])


def test_way_round_a_cylinder_equals_brute_force():
    p, q = np.array([[0.08, 0.01, 0.02]]), np.array([[-0.07, 0.02, -0.05]])
    result = wrap_cylinder(p, q, 0.04, +1)
    assert result.touches[0]
    assert np.isclose(result.length_m[0], chain_length(p[0], q[0], 0.04, +1), atol=1e-6)


def test_contact_points_lie_on_the_surface_and_the_free_ends_are_tangent():
    p, q = np.array([[0.08, -0.01, 0.02]]), np.array([[-0.07, 0.01, -0.05]])
    r = wrap_cylinder(p, q, 0.04, +1)
    for contact, end in ((r.first, p), (r.last, q)):
        assert np.isclose(np.hypot(contact[0, 0], contact[0, 1]), 0.04)
        assert np.isclose(contact[0, :2] @ (contact - end)[0, :2], 0.0, atol=1e-15)


def test_a_line_that_passes_clear_is_straight():
    p, q = np.array([[0.1, 0.1, 0.0]]), np.array([[-0.1, 0.1, 0.3]])
    for sense in (-1, 0, 1):
        assert np.isclose(wrap_cylinder(p, q, 0.04, sense).length_m[0], np.linalg.norm(q - p))


def test_a_muscle_keeps_its_way_round_when_the_straight_line_passes_over_the_axis():
    angles = np.linspace(np.deg2rad(150), np.deg2rad(220), 701)
    p = np.tile([0.1, 0.0, 0.0], (angles.size, 1))
    q = np.column_stack([0.1 * np.cos(angles), 0.1 * np.sin(angles), np.zeros_like(angles)])
    kept = wrap_cylinder(p, q, 0.05, +1).length_m
    shorter = wrap_cylinder(p, q, 0.05, 0).length_m
    assert (np.diff(kept) > 0).all()
    assert np.isclose(shorter.max(), wrap_cylinder(p, -p, 0.05, 0).length_m.max(), atol=1e-4)


def test_length_stays_continuous_while_an_end_sweeps_through_the_cylinder():
    p = np.tile([0.1, 0.0, 0.0], (4001, 1))
    q = np.column_stack([np.linspace(-0.1, 0.02, 4001), np.full(4001, 0.003), np.zeros(4001)])
    length = wrap_cylinder(p, q, 0.04, +1).length_m
    # 0.03 mm steps; while the surface gives way the length changes a few times faster than the end moves
    assert np.abs(np.diff(length)).max() < 8 * 0.12 / 4000


@settings(max_examples=60, deadline=None)
@given(st.lists(st.floats(-0.2, 0.2), min_size=6, max_size=6))
def test_the_way_round_is_never_shorter_than_the_straight_line(numbers):
    p, q = np.array([numbers[:3]]), np.array([numbers[3:]])
    straight = np.linalg.norm(q - p)
    for sense in (-1, 0, 1):
        if min(np.hypot(p[0, 0], p[0, 1]), np.hypot(q[0, 0], q[0, 1])) > 0.03:
            assert wrap_cylinder(p, q, 0.03, sense).length_m[0] >= straight - 1e-12


def test_ellipsoid_with_equal_radii_is_an_exact_sphere():
    p, q = np.array([[0.1, 0.0, 0.01]]), np.array([[-0.1, 0.01, 0.0]])
    a, b = np.linalg.norm(p), np.linalg.norm(q)
    angle = np.arccos((p @ q.T)[0, 0] / (a * b)) - np.arccos(0.05 / a) - np.arccos(0.05 / b)
    expected = np.sqrt(a**2 - 0.05**2) + np.sqrt(b**2 - 0.05**2) + 0.05 * angle
    assert np.isclose(wrap_ellipsoid(p, q, (0.05, 0.05, 0.05)).length_m[0], expected, atol=1e-12)


def test_ellipsoid_path_is_at_most_a_few_percent_longer_than_a_relaxed_chain():
    p, q, radii = (
        np.array([0.09, 0.02, 0.03]),
        np.array([-0.08, 0.03, -0.02]),
        np.array([0.045, 0.047, 0.069]),
    )
    ours = wrap_ellipsoid(p[None], q[None], tuple(radii)).length_m[0]
    chain = np.linspace(p, q, 201) + np.outer(np.sin(np.linspace(0, np.pi, 201)), [0.0, 0.06, 0.0])
    for _ in range(6000):  # pull every node to the middle of its neighbours, push it out of the surface
        chain[1:-1] = 0.5 * (chain[:-2] + chain[2:])
        depth = np.linalg.norm(chain / radii, axis=1)
        inside = depth < 1.0
        chain[inside] /= depth[inside, None]
    relaxed = np.linalg.norm(np.diff(chain, axis=0), axis=1).sum()
    assert ours == pytest.approx(relaxed, rel=0.03)
