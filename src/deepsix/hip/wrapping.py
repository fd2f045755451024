"""The shortest way of a taut string round a cylinder, and a near-shortest way round an ellipsoid.

Cylinder: seen along the axis the string is tangent, arc, tangent; unrolled it is one straight line, so its
    length is the hypotenuse of the way round and the way along. Exact, for an endless cylinder.

Which way round? The angle from P to Q about the axis is a number without end, and a muscle does not change
its mind. `sense` = +1 or -1 says which way the muscle goes (counter-clockwise seen from +z, or clockwise);
the angle is then read in the half-turn-and-a-half that goes that way, from a quarter turn backwards to three
quarter turns forwards, so the length has no jump when the straight line passes over the axis. `sense` = 0
takes the shorter way, which is what OpenSim's "all" and MuJoCo without a side site do.

A via point fixed to the other bone can sweep into a cylinder, which no muscle can do. The published models
then drop the wrap, and the length jumps by centimetres. Here the cylinder gives way: with the point at depth
d < r its radius is 2d - r, and below half the radius it is gone. The length stays continuous.

Ellipsoid: the string is kept in the plane through P, Q and the centre. That is exact for a sphere and longer
    than the true shortest way otherwise (a stated approximation; see the tests for its size).
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from deepsix.hip.rotations import Array

QUARTER_TURN: Final = 0.5 * np.pi
_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(24)  # arc of an ellipse to 1e-12 for the axis ratios in use


class WrapResult(NamedTuple):
    """The way from P to Q.

    Attributes:
        length_m: Shape (n,).
        first, last: First and last contact point in the local frame, shape (n, 3); Q and P where nothing is
            touched.
        touches: Whether the surface is touched, shape (n,).
        push_p, push_q: Extra dL/dP and dL/dQ where the surface gives way to an end inside it, shape (n, 3).
    """

    length_m: Array
    first: Array
    last: Array
    touches: NDArray[np.bool_]
    push_p: Array
    push_q: Array


def swept_angle(p: Array, q: Array, sense: int) -> Array:
    """Return the angle from P to Q about local z, in the branch that belongs to `sense`, shape (n,)."""
    raw = np.arctan2(p[..., 0] * q[..., 1] - p[..., 1] * q[..., 0], p[..., 0] * q[..., 0] + p[..., 1] * q[..., 1])
    if sense > 0:
        return np.asarray(np.where(raw < -QUARTER_TURN, raw + 2.0 * np.pi, raw))
    if sense < 0:
        return np.asarray(np.where(raw > QUARTER_TURN, raw - 2.0 * np.pi, raw))
    return np.asarray(raw)


def wrap_cylinder(p: Array, q: Array, radius_m: float, sense: int) -> WrapResult:
    """Return the taut way from P to Q, shape (n, 3) in the cylinder's frame (axis z), round the cylinder."""
    p_distance, q_distance = np.hypot(p[..., 0], p[..., 1]), np.hypot(q[..., 0], q[..., 1])
    nearest = np.minimum(p_distance, q_distance)
    radius = np.clip(2.0 * nearest - radius_m, 0.0, radius_m)
    gives_way = (nearest < radius_m) & (radius > 0.0)
    p_half = np.arccos(radius / np.maximum(p_distance, 1e-12))
    q_half = np.arccos(radius / np.maximum(q_distance, 1e-12))
    angle = swept_angle(p, q, sense)
    turn = np.where(angle < 0.0, -1.0, 1.0)
    arc = np.abs(angle) - p_half - q_half
    touches = (arc > 0.0) & (radius > 0.0)
    arc = np.maximum(arc, 0.0)
    p_tangent = np.sqrt(np.maximum(p_distance**2 - radius**2, 0.0))
    q_tangent = np.sqrt(np.maximum(q_distance**2 - radius**2, 0.0))
    around = np.maximum(p_tangent + radius * arc + q_tangent, 1e-15)
    along = q[..., 2] - p[..., 2]
    wrapped = np.hypot(around, along)
    straight = np.linalg.norm(q - p, axis=-1)

    def contact(angle_at: Array, height: Array) -> Array:
        return np.stack([radius * np.cos(angle_at), radius * np.sin(angle_at), height], axis=-1)

    p_angle = np.arctan2(p[..., 1], p[..., 0]) + turn * p_half
    q_angle = np.arctan2(q[..., 1], q[..., 0]) - turn * q_half
    first = contact(p_angle, p[..., 2] + along * p_tangent / around)
    last = contact(q_angle, q[..., 2] - along * q_tangent / around)
    # dL/dr = arc * around / L, and dr/d(distance) = 2 for the end that is inside.
    grip = np.where(touches & gives_way, 2.0 * arc * around / wrapped, 0.0)
    mask = touches[..., None]
    return WrapResult(
        np.where(touches, wrapped, straight),
        np.where(mask, first, q),
        np.where(mask, last, p),
        touches,
        _outward(p, np.where(p_distance <= q_distance, grip, 0.0)),
        _outward(q, np.where(p_distance <= q_distance, 0.0, grip)),
    )


def _outward(point: Array, size: Array) -> Array:
    """Return vectors away from the axis, of the given size."""
    distance = np.maximum(np.hypot(point[..., 0], point[..., 1]), 1e-12)
    scale = size / distance
    return np.stack([point[..., 0] * scale, point[..., 1] * scale, np.zeros_like(scale)], axis=-1)


def wrap_ellipsoid(p: Array, q: Array, radii_m: tuple[float, ...]) -> WrapResult:
    """Return the way from P to Q in their plane through the centre, shape (n, 3) in the ellipsoid's frame."""
    axes = np.array(radii_m)
    first_direction = p / np.linalg.norm(p, axis=-1, keepdims=True)
    across = q - np.sum(q * first_direction, axis=-1, keepdims=True) * first_direction
    size = np.linalg.norm(across, axis=-1, keepdims=True)
    second_direction = np.where(size > 1e-12, across / np.maximum(size, 1e-12), 0.0)
    basis = np.stack([first_direction, second_direction], axis=-1)  # (n, 3, 2), plane coordinates to space
    scaled = basis / axes[:, None]
    metric = np.swapaxes(scaled, -1, -2) @ scaled
    metric[..., 1, 1] = np.where(metric[..., 1, 1] > 0.0, metric[..., 1, 1], 1.0)
    # Cholesky metric = C^T C with C upper triangular takes the ellipse to the unit circle and keeps tangents.
    c00 = np.sqrt(metric[..., 0, 0])
    c01 = metric[..., 0, 1] / c00
    c11 = np.sqrt(np.maximum(metric[..., 1, 1] - c01**2, 1e-30))
    flat_p = np.stack([np.linalg.norm(p, axis=-1), np.zeros(p.shape[:-1])], axis=-1)
    flat_q = np.stack([np.sum(q * first_direction, axis=-1), size[..., 0]], axis=-1)

    def to_circle(v: Array) -> Array:
        return np.stack([c00 * v[..., 0] + c01 * v[..., 1], c11 * v[..., 1]], axis=-1)

    p_round, q_round = to_circle(flat_p), to_circle(flat_q)
    p_distance = np.maximum(np.linalg.norm(p_round, axis=-1), 1.0)
    q_distance = np.maximum(np.linalg.norm(q_round, axis=-1), 1.0)
    start = np.arccos(1.0 / p_distance)
    end = np.arctan2(q_round[..., 1], q_round[..., 0]) - np.arccos(1.0 / q_distance)
    touches = end > start

    def on_ellipse(angle: Array) -> Array:
        y = np.sin(angle) / c11
        return np.stack([(np.cos(angle) - c01 * y) / c00, y], axis=-1)

    span = 0.5 * np.maximum(end - start, 0.0)
    angles = (0.5 * (start + end))[..., None] + span[..., None] * _NODES
    dy = np.cos(angles) / c11[..., None]
    dx = (-np.sin(angles) - c01[..., None] * dy) / c00[..., None]
    arc = span * np.sum(_WEIGHTS * np.hypot(dx, dy), axis=-1)
    flat_first, flat_last = on_ellipse(start), on_ellipse(end)
    wrapped = np.linalg.norm(flat_p - flat_first, axis=-1) + arc + np.linalg.norm(flat_q - flat_last, axis=-1)
    mask = touches[..., None]
    first = np.einsum("...ij,...j->...i", basis, flat_first)
    last = np.einsum("...ij,...j->...i", basis, flat_last)
    straight = np.linalg.norm(q - p, axis=-1)
    none = np.zeros_like(p)
    return WrapResult(
        np.where(touches, wrapped, straight),
        np.where(mask, first, q),
        np.where(mask, last, p),
        touches,
        none,
        none,
    )
