"""How tibia and patella ride on the thigh as the knee bends, one table a geometry.

Every path point is stored where it lies with the knee straight. Bending the knee by k moves such a point to
`A(k) p + b(k)` in the thigh frame, with `A(0) = I` and `b(0) = 0`. The published curves are evaluated once on
a fine grid; between grid points a cubic Hermite polynomial through values and slopes is used, which differs
from the curve by less than 1e-8 m away from its knots. NumPy and compiled code read the same table.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from deepsix.hip.errors import HipDataError
from deepsix.hip.rotations import Array, body_fixed
from deepsix.hip.splines import CubicSpline, cubic_spline
from deepsix.hip.tables import number, read_csv, read_toml

GRID_STEP_DEG = 0.5  # fine enough that the Hermite error stays far under the 1e-6 m we promise
GRID_START_DEG, GRID_END_DEG = -20.0, 160.0
STRAIGHT = "straight"  # a geometry that was measured with the knee straight and says nothing of its bending


@dataclass(frozen=True, slots=True)
class KneeMotion:
    """Motion of one body on a grid of knee flexion.

    Attributes:
        matrix: A(k) and its derivative per radian, shape (grid, 2, 3, 3).
        shift_m: b(k) and its derivative per radian, shape (grid, 2, 3).
    """

    matrix: Array
    shift_m: Array

    def scaled(self, factor: float) -> KneeMotion:
        """Return the motion of a skeleton that is `factor` times as large."""
        return KneeMotion(self.matrix, self.shift_m * factor)


def grid_deg() -> Array:
    """Return the knee flexion of each grid row, in degrees."""
    count = round((GRID_END_DEG - GRID_START_DEG) / GRID_STEP_DEG) + 1
    return np.linspace(GRID_START_DEG, GRID_END_DEG, count)


def _curves(knee: str, body: str) -> dict[str, CubicSpline]:
    points: dict[str, list[tuple[float, float]]] = {}
    for row in read_csv("knee_curves.csv"):
        if (row["knee"], row["body"]) == (knee, body):
            pair = tuple(number("knee_curves.csv", row, f) for f in ("knee_flexion_deg", "value"))
            points.setdefault(row["quantity"], []).append((pair[0], pair[1]))
    return {q: cubic_spline(*np.array(sorted(p)).T) for q, p in points.items()}


def _joint(spec: dict[str, Any], curves: dict[str, CubicSpline], flexion_deg: Array) -> tuple[Array, Array]:
    """Return rotation (n, 3, 3) and origin (n, 3) of the body in the thigh frame."""
    zero = np.zeros_like(flexion_deg)
    axes: tuple[str, str, str] = tuple(spec["axes"])
    if "hinge_m" in spec:
        turn = body_fixed(axes, np.deg2rad(np.stack([-flexion_deg, zero, zero], axis=-1)))
        hinge = np.array(spec["hinge_m"])
        return turn, hinge - turn @ hinge
    angles = [curves[q](flexion_deg) if (q := f"rotation_{i}_deg") in curves else zero for i in (1, 2, 3)]
    slides = [curves[q](flexion_deg) if (q := f"{c}_m") in curves else zero for c in "xyz"]
    frame = body_fixed(("x", "y", "z"), np.deg2rad(np.array(spec["orientation_deg"])))
    turn = frame @ body_fixed(axes, np.deg2rad(np.stack(angles, axis=-1))) @ frame.T
    origin = np.array(spec["centre_m"]) + np.stack(slides, axis=-1) @ frame.T
    return turn, origin - turn @ np.array(spec["centre_in_body_m"])


def _relative_to_straight(turn: Array, origin: Array, turn_0: Array, origin_0: Array) -> tuple[Array, Array]:
    matrix = turn @ turn_0.T
    return matrix, origin - matrix @ origin_0


@cache
def knee_motion(knee: str, body: str) -> KneeMotion:
    """Return the table of one body ("tibia" or "patella") of one knee.

    A knee that does not describe the patella moves it with the thigh, and `straight` moves nothing.

    Raises:
        HipDataError: The knee is not in knees.toml.
    """
    flexion = grid_deg()
    still = KneeMotion(
        np.stack([np.broadcast_to(np.eye(3), (flexion.size, 3, 3)), np.zeros((flexion.size, 3, 3))], axis=1),
        np.zeros((flexion.size, 2, 3)),
    )
    if knee == STRAIGHT:
        return still
    specs = read_toml("knees.toml")
    if knee not in specs:
        raise HipDataError(f'knees.toml has no knee "{knee}". It has: {", ".join(sorted(specs))}.')
    spec = specs[knee]
    if "scaled_from" in spec:
        return knee_motion(str(spec["scaled_from"]), body).scaled(float(spec["scale"]))
    if body not in spec:
        return still
    curves = _curves(knee, body)
    step = 1e-5  # degrees; central differences of smooth curves, exact to about 1e-9
    rest = _joint(spec[body], curves, np.zeros(1))
    rest = (rest[0][0], rest[1][0])
    here = _relative_to_straight(*_joint(spec[body], curves, flexion), *rest)
    ahead = _relative_to_straight(*_joint(spec[body], curves, flexion + step), *rest)
    behind = _relative_to_straight(*_joint(spec[body], curves, flexion - step), *rest)
    slope = [(a - b) / np.deg2rad(2.0 * step) for a, b in zip(ahead, behind, strict=True)]
    return KneeMotion(np.stack([here[0], slope[0]], axis=1), np.stack([here[1], slope[1]], axis=1))


def interpolate(motion: KneeMotion, flexion_deg: Array) -> tuple[Array, Array, Array, Array]:
    """Return A (n,3,3), b (n,3) and their derivatives per radian at each knee flexion (n,)."""
    position = (flexion_deg - GRID_START_DEG) / GRID_STEP_DEG
    row = np.clip(position.astype(np.intp), 0, motion.shift_m.shape[0] - 2)
    t = position - row
    h = np.deg2rad(GRID_STEP_DEG)
    weights = (
        np.stack([(1 + 2 * t) * (1 - t) ** 2, t**2 * (3 - 2 * t), h * t * (1 - t) ** 2, -h * t**2 * (1 - t)]),
        np.stack([6 * t * (t - 1) / h, 6 * t * (1 - t) / h, (1 - t) * (1 - 3 * t), t * (3 * t - 2)]),
    )
    out = []
    for w in weights:
        for table in (motion.matrix, motion.shift_m):
            corners = np.stack([table[row, 0], table[row + 1, 0], table[row, 1], table[row + 1, 1]])
            out.append(np.einsum("kn,kn...->n...", w, corners))
    return out[0], out[1], out[2], out[3]
