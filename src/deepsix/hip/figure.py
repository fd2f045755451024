"""A posed figure in SVG, drawn from the same joint angles that are computed, seen from the side and from behind.

Trunk and pelvis are drawn as one stiff piece, so the bend of the back is left out, and hands do not hold on to
anything. The leg in question is drawn in the accent colour, with the line of one muscle if asked for.
"""

from __future__ import annotations

from html import escape
from typing import Final, Literal, NamedTuple

import numpy as np

from deepsix.hip.lineset import hip_lines
from deepsix.hip.polyline import polyline_m
from deepsix.hip.positions import Position
from deepsix.hip.rotations import Array, about, hip_rotation
from deepsix.hip.tables import read_toml

Side = Literal["right", "left"]
View = Literal["side", "back"]
_PIXELS_A_METRE: Final = 220.0
_MARGIN: Final = 24.0
_FAR, _NEAR, _BODY, _MUSCLE, _GROUND = "#8a98a8", "#005ea5", "#5b6a7a", "#c8102e", "#b8c0c8"


class Limb(NamedTuple):
    """A thick line through points (k, 3), with its width in pixels and colour."""

    points: Array
    width: float
    colour: str


def _leg(angles_deg: tuple[float, ...], side: Side, sizes: dict[str, float]) -> Array:
    """Return hip, knee, ankle and toe in the pelvis frame, shape (4, 3)."""
    flexion, adduction, rotation, knee = np.deg2rad(np.array(angles_deg, dtype=np.float64))
    turn = hip_rotation(flexion, adduction, rotation)
    shank_turn = turn @ about("z", -knee)
    knee_at = turn @ np.array([0.0, -sizes["thigh_m"], 0.0])
    ankle = knee_at + shank_turn @ np.array([0.0, -sizes["shank_m"], 0.0])
    toe = ankle + shank_turn @ np.array([sizes["foot_m"], -0.03, 0.0])
    points = np.stack([np.zeros(3), knee_at, ankle, toe])
    points[:, 2] += sizes["hip_half_width_m"]
    return np.asarray(points * [1.0, 1.0, 1.0 if side == "right" else -1.0])


def _limbs(position: Position, side: Side, part: str) -> list[Limb]:
    sizes = {k: float(v) for k, v in read_toml("settings.toml")["figure"].items() if isinstance(v, int | float)}
    other: Side = "left" if side == "right" else "right"
    trunk = np.array([[0.0, 0.0, 0.0], [0.0, sizes["trunk_m"], 0.0], [0.02, sizes["trunk_m"] + sizes["neck_m"], 0.0]])
    arms = []
    for sign in (1.0, -1.0):
        shoulder = np.array([0.0, sizes["trunk_m"] - 0.04, sign * sizes["shoulder_half_width_m"]])
        elbow = shoulder + np.array([0.06, -sizes["arm_m"], 0.02 * sign])
        arms.append(np.stack([shoulder, elbow, elbow + np.array([0.16, -0.8 * sizes["arm_m"], 0.0])]))
    limbs = [
        Limb(_leg(position.other_leg_deg, other, sizes), 17.0, _FAR),
        *(Limb(a, 9.0, _BODY) for a in arms),
        Limb(trunk, 34.0, _BODY),
        Limb(_leg(position.angles_deg, side, sizes), 19.0, _NEAR),
    ]
    if part:
        lines = hip_lines(None, (part,))
        row = int(lines.rows_of(part)[0])
        path = polyline_m(lines, row, [position.angles_deg], side)
        path[:, 2] += sizes["hip_half_width_m"] * (1.0 if side == "right" else -1.0)
        limbs.append(Limb(path, 5.0, _MUSCLE))
    roll = -position.roll_deg if side == "right" else position.roll_deg  # the leg in question comes to lie on top
    turn = about("x", np.deg2rad(roll)) @ about("z", np.deg2rad(-position.trunk_pitch_deg))
    return [limb._replace(points=limb.points @ turn.T) for limb in limbs]


def _project(points: Array, view: View, side: Side) -> Array:
    """Return drawing coordinates (k, 2) in metres, y down; the side view looks at the leg in question."""
    if view == "back":
        return np.column_stack([points[:, 2], -points[:, 1]])
    facing = 1.0 if side == "right" else -1.0
    return np.column_stack([facing * points[:, 0], -points[:, 1]])


def posed_figure(position: Position, view: View = "side", side: Side = "right", part: str = "") -> str:
    """Return the figure of a position as an SVG document.

    Args:
        position: The position, whose angles are drawn.
        view: From the side of the leg in question, or from behind.
        side: Which leg is stretched.
        part: A muscle part whose line is drawn, or empty.

    Raises:
        UnknownMuscleError: No such part.
    """
    limbs = _limbs(position, side, part)
    head_radius = float(read_toml("settings.toml")["figure"]["head_radius_m"])
    trunk = next(limb for limb in limbs if limb.width == 34.0)
    direction = trunk.points[1] - trunk.points[0]
    head = trunk.points[-1] + 0.9 * head_radius * direction / np.linalg.norm(direction)
    flat = [(_project(limb.points, view, side), limb) for limb in limbs]
    head_flat = _project(head[None], view, side)[0]
    every = np.concatenate([f for f, _ in flat] + [head_flat[None] - head_radius, head_flat[None] + head_radius])
    low, high = every.min(axis=0), every.max(axis=0)
    size = (high - low) * _PIXELS_A_METRE + 2.0 * _MARGIN

    def at(p: Array) -> str:
        x, y = (p - low) * _PIXELS_A_METRE + _MARGIN
        return f"{x:.1f},{y:.1f}"

    angles = dict(zip(("flexion", "adduction", "internal rotation", "knee flexion"), position.angles_deg, strict=True))
    told = ", ".join(f"{k} {v:g}" for k, v in angles.items())
    title = escape(f"{position.name}, {side} leg, from {'behind' if view == 'back' else 'the side'}")
    drawn = "".join(
        f'<polyline points="{" ".join(at(p) for p in points)}" stroke="{limb.colour}" stroke-width="{limb.width:g}"/>'
        for points, limb in flat
    )
    centre = at(head_flat).split(",")
    ground = size[1] - _MARGIN / 2.0
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size[0]:.0f} {size[1]:.0f}" role="img">'
        f"<title>{title}</title><desc>Degrees: {escape(told)}.</desc>"
        f'<line x1="0" y1="{ground:.1f}" x2="{size[0]:.0f}" y2="{ground:.1f}" stroke="{_GROUND}" stroke-width="3"/>'
        f'<circle cx="{centre[0]}" cy="{centre[1]}" r="{head_radius * _PIXELS_A_METRE:.1f}" fill="{_BODY}"/>'
        f'<g fill="none" stroke-linecap="round" stroke-linejoin="round">{drawn}</g></svg>'
    )
