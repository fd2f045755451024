"""A posed figure in SVG, drawn from the same joint angles that are computed.

Trunk and pelvis are drawn as one stiff piece, so the bend of the back is left out. The leg in question is drawn in the
accent colour, with the line of one muscle if asked for. Every piece has a class (`posed__...`) as well as a plain
colour, so that a page can recolour the picture in its style sheet and a file still shows it alone.
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Final, Literal, NamedTuple

import numpy as np

from deepsix.hip.lineset import hip_lines
from deepsix.hip.polyline import polyline_m
from deepsix.hip.positions import Position
from deepsix.hip.rotations import Array, about, hip_rotation
from deepsix.hip.tables import read_toml

Side = Literal["right", "left"]
View = Literal["side", "back", "front", "above"]
Hand = Literal["", "hips", "back", "knee", "foot", "thigh", "other_knee", "ahead", "behind", "beside"]
Feet = Literal["flat", "toes", "heels"]
VIEWS: Final[tuple[View, ...]] = ("side", "back", "front", "above")
_SEEN_FROM: Final = {"side": "the side", "back": "behind", "front": "the front", "above": "above"}
_PIXELS_A_METRE: Final = 220.0
_MARGIN: Final = 24.0
_FILL: Final = {"far": "#c9d2dc", "body": "#e3e8ee", "near": "#8fc1ec"}
_EDGE, _MUSCLE, _GROUND = "#3c4a5a", "#c8102e", "#b8c0c8"
_AROUND: Final = np.linspace(0.0, 2.0 * np.pi, 28, endpoint=False)
_FOOT: Final = {"flat": (1.0, 0.02), "toes": (0.7, 0.12), "heels": (0.9, -0.07)}  # shares of its length, drop in metres
_PLANTED_M: Final = 0.12  # an ankle no higher than this above the lowest point stands on the ground


class Piece(NamedTuple):
    """A part of the body: balls (k, 3) with their radii (k,) in metres, wrapped tightly."""

    points: Array
    radii: Array


class Group(NamedTuple):
    """Pieces drawn as one silhouette; `kind` is far, body or near."""

    kind: str
    pieces: tuple[Piece, ...]


def posed_figure(
    position: Position,
    view: View = "side",
    side: Side = "right",
    part: str = "",
    hands: tuple[Hand, Hand] = ("", ""),
    feet: Feet = "flat",
) -> str:
    """Return the figure of a position as an SVG document.

    Args:
        position: The position, whose angles are drawn.
        view: From the side of the leg in question, from behind, from the front, or from above.
        side: Which leg is stretched.
        part: A muscle part whose line is drawn, or empty.
        hands: Where the hand of the leg's side and the other hand are; "" hangs or lies at ease.
        feet: How feet that stand are set on the ground: flat, or up on the toes or on the heels.

    Raises:
        UnknownMuscleError: No such part.
    """
    sizes = _sizes()
    turn = _turn_of(position, side)
    groups = [
        Group(
            group.kind, tuple(Piece(_project(piece.points @ turn.T, view, side), piece.radii) for piece in group.pieces)
        )
        for group in _body(position, side, hands, feet, sizes)
    ]
    muscle = _project(_muscle(position, side, part, sizes) @ turn.T, view, side) if part else np.empty((0, 2))
    balls = [piece for group in groups for piece in group.pieces]
    low = np.min([(p.points - p.radii[:, None]).min(axis=0) for p in balls], axis=0)
    high = np.max([(p.points + p.radii[:, None]).max(axis=0) for p in balls], axis=0)
    size = (high - low) * _PIXELS_A_METRE + 2.0 * _MARGIN

    def at(points: Array) -> Array:
        return np.asarray((points - low) * _PIXELS_A_METRE + _MARGIN)

    order = (0, 2, 1, 3, 4) if view == "front" else (0, 1, 2, 3, 4)  # from the front, both legs are before the trunk
    drawn = "".join(_group_svg(groups[i], at) for i in order)
    if part:
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y in at(muscle))
        drawn += (
            f'<polyline class="posed__muscle" points="{line}" fill="none" stroke="{_MUSCLE}" stroke-width="5"'
            ' stroke-linecap="round" stroke-linejoin="round"/>'
        )
    things = "" if view == "above" else _things(position, view, groups, at, size)
    angles = dict(zip(("flexion", "adduction", "internal rotation", "knee flexion"), position.angles_deg, strict=True))
    told = ", ".join(f"{name} {angle:g}" for name, angle in angles.items())
    title = escape(f"{position.name}, {side} leg, from {_SEEN_FROM[view]}")
    return (
        f'<svg class="posed" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size[0]:.0f} {size[1]:.0f}" role="img">'
        f"<title>{title}</title><desc>Degrees: {escape(told)}.</desc>{things}{drawn}</svg>"
    )


def clearest_view(position: Position) -> View:
    """Return the view in which a position is best told: its own movement lies across the line of sight."""
    _, adduction, rotation, _ = position.angles_deg
    if abs(position.roll_deg) > 60:
        return "back"
    if position.trunk_pitch_deg < -60 and rotation < -30:
        return "above"
    if abs(position.trunk_pitch_deg) < 15 and abs(adduction) > 14 and position.angles_deg[0] < 30:
        return "back"
    return "side"


def _sizes() -> dict[str, float]:
    return {k: float(v) for k, v in read_toml("settings.toml")["figure"].items() if isinstance(v, int | float)}


def _turn_of(position: Position, side: Side) -> Array:
    roll = -position.roll_deg if side == "right" else position.roll_deg  # the leg in question comes to lie on top
    return about("x", np.deg2rad(roll)) @ about("z", np.deg2rad(-position.trunk_pitch_deg))


def _project(points: Array, view: View, side: Side) -> Array:
    """Return drawing coordinates (k, 2) in metres, y down; the side view looks at the leg in question."""
    if view == "back":
        return np.column_stack([points[:, 2], -points[:, 1]])
    if view == "front":
        return np.column_stack([-points[:, 2], -points[:, 1]])
    facing = 1.0 if side == "right" else -1.0
    if view == "above":
        return np.column_stack([facing * points[:, 0], facing * points[:, 2]])
    return np.column_stack([facing * points[:, 0], -points[:, 1]])


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


def _muscle(position: Position, side: Side, part: str, sizes: dict[str, float]) -> Array:
    lines = hip_lines(None, (part,))
    path = polyline_m(lines, int(lines.rows_of(part)[0]), [position.angles_deg], side)
    path[:, 2] += sizes["hip_half_width_m"] * (1.0 if side == "right" else -1.0)
    return np.asarray(path)


def _body(position: Position, side: Side, hands: tuple[Hand, Hand], feet: Feet, sizes: dict[str, float]) -> list[Group]:
    """Return the body in the pelvis frame, in the order it is drawn."""
    other: Side = "left" if side == "right" else "right"
    leg, other_leg = _leg(position.angles_deg, side, sizes), _leg(position.other_leg_deg, other, sizes)
    trunk, half, wide = sizes["trunk_m"], sizes["hip_half_width_m"], sizes["shoulder_half_width_m"]
    torso = np.array(
        [
            [-0.015, 0.0, half], [-0.015, 0.0, -half],
            [0.0, 0.55 * trunk, 0.4 * wide], [0.0, 0.55 * trunk, -0.4 * wide],
            [0.0, trunk - 0.05, 0.75 * wide], [0.0, trunk - 0.05, -0.75 * wide],
        ]
    )  # fmt: skip
    neck = np.array([[0.0, trunk - 0.02, 0.0], [0.02, trunk + sizes["neck_m"], 0.0]])
    head = neck[1] + np.array([0.02, 0.62 * sizes["head_radius_m"], 0.0])
    skull = np.stack([head, head + np.array([0.0, 0.5 * sizes["head_radius_m"], 0.0])])
    pieces = (
        Piece(torso[:4], np.array([0.088, 0.088, 0.085, 0.085])),
        Piece(torso[2:], np.array([0.085, 0.085, 0.07, 0.07])),
        Piece(neck, np.array([0.05, 0.045])),
        Piece(skull, np.array([0.84, 0.86]) * sizes["head_radius_m"]),
    )
    leg, other_leg = _planted(leg, other_leg, position, side, feet, sizes)
    ends = {side: leg, other: other_leg}
    return [
        Group("far", _arm(hands[1], other, side, ends, sizes)),
        Group("far", _leg_pieces(other_leg)),
        Group("body", pieces),
        Group("near", _leg_pieces(leg)),
        Group("body", _arm(hands[0], side, side, ends, sizes)),
    ]


def _planted(
    leg: Array, other_leg: Array, position: Position, side: Side, feet: Feet, sizes: dict[str, float]
) -> tuple[Array, Array]:
    """Return both legs with the feet that stand on the ground set flat on it: ankles are not among the angles."""
    turn = _turn_of(position, side)
    both = [points @ turn.T for points in (leg, other_leg)]
    lowest = min(points[:3, 1].min() for points in both)
    for points in both:
        ahead = (points[3] - points[2]) * [1.0, 0.0, 1.0]
        shank = points[1] - points[2]
        stands = points[2, 1] - lowest < _PLANTED_M and shank[1] > 0.5 * np.linalg.norm(shank)
        if stands and np.linalg.norm(ahead) > 0.05:
            reach, drop = _FOOT[feet]
            points[3] = points[2] + ahead / np.linalg.norm(ahead) * reach * sizes["foot_m"] - [0.0, drop, 0.0]
    flat, other_flat = (points @ turn for points in both)
    return flat, other_flat


def _lies(position: Position) -> bool:
    return abs(position.trunk_pitch_deg) > 60 or abs(position.roll_deg) > 60


def _leg_pieces(leg: Array) -> tuple[Piece, ...]:
    heel = leg[2] + 0.25 * (leg[2] - leg[3]) + 0.04 * (leg[2] - leg[1])
    return (
        Piece(leg[:2], np.array([0.082, 0.056])),
        Piece(leg[1:3], np.array([0.056, 0.036])),
        Piece(np.stack([heel, leg[2], leg[3]]), np.array([0.026, 0.036, 0.022])),
    )


def _arm(hand: Hand, of: Side, side: Side, legs: dict[Side, Array], sizes: dict[str, float]) -> tuple[Piece, ...]:
    """Return upper arm and forearm, the elbow bent so that the hand comes to where it should, as far as it reaches."""
    sign = 1.0 if of == "right" else -1.0
    upper, fore = sizes["arm_m"], 0.9 * sizes["arm_m"]
    shoulder = np.array([0.0, sizes["trunk_m"] - 0.06, sign * sizes["shoulder_half_width_m"]])
    leg, other = legs[side], legs["left" if side == "right" else "right"]
    outward = np.array([0.0, 0.0, 0.05 * sign])
    wanted = {
        "": shoulder + np.array([0.12, -0.97 * (upper + fore), 0.02 * sign]),
        "hips": np.array([0.04, 0.10, 0.16 * sign]),
        "back": np.array([-0.12, 0.10, 0.09 * sign]),
        "knee": leg[1] + 0.05 * (leg[1] - leg[0]) + outward,
        "foot": leg[3] + outward * 0.2,
        "thigh": 0.35 * leg[0] + 0.65 * leg[1] + outward,
        "other_knee": other[1] + outward * 0.5,
        "ahead": shoulder + np.array([0.46, -0.02, 0.0]),
        "behind": np.array([-0.22, 0.02, 0.2 * sign]),
        "beside": shoulder + np.array([0.0, -0.18, 0.42 * sign]),
    }[hand]
    way = wanted - shoulder
    far = float(np.linalg.norm(way))
    reach = min(max(far, 0.1), 0.995 * (upper + fore))
    along = way / far
    pole = np.array([-0.6, -0.5, 0.8 * sign])
    across = pole - (pole @ along) * along
    across /= np.linalg.norm(across)
    share = (upper**2 - fore**2 + reach**2) / (2.0 * reach)
    elbow = shoulder + share * along + np.sqrt(max(upper**2 - share**2, 0.0)) * across
    return (
        Piece(np.stack([shoulder, elbow]), np.array([0.05, 0.036])),
        Piece(np.stack([elbow, shoulder + reach * along]), np.array([0.036, 0.03])),
    )


def _outline(piece: Piece) -> Array:
    """Return the corners of the tight wrapping of a projected piece: the convex hull of its circles."""
    ring = np.column_stack([np.cos(_AROUND), np.sin(_AROUND)])
    points = (piece.points[:, None, :] + piece.radii[:, None, None] * ring).reshape(-1, 2)
    points = points[np.lexsort((points[:, 1], points[:, 0]))]
    return np.array([*_chain(points)[:-1], *_chain(points[::-1])[:-1]])


def _chain(points: Array) -> list[Array]:
    chain: list[Array] = []
    for point in points:
        while len(chain) > 1 and _turns_left(chain[-2], chain[-1], point) <= 1e-12:
            chain.pop()
        chain.append(point)
    return chain


def _turns_left(a: Array, b: Array, c: Array) -> float:
    return float((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]))


def _group_svg(group: Group, at: Callable[[Array], Array]) -> str:
    """Return one silhouette: every piece with an edge, then all without, so that no edge runs through the body."""
    path = "".join("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in at(_outline(piece))) + "Z" for piece in group.pieces)
    edge = f'fill="{_EDGE}" stroke="{_EDGE}" stroke-width="4" stroke-linejoin="round"'
    return (
        f'<path class="posed__edge" d="{path}" {edge}/>'
        f'<path class="posed__{group.kind}" d="{path}" fill="{_FILL[group.kind]}"/>'
    )


def _things(position: Position, view: View, groups: list[Group], at: Callable[[Array], Array], size: Array) -> str:
    """Return the ground, and the seat, bed or wall of the position."""
    ground = float(size[1]) - _MARGIN
    hip, other_hip = (at(groups[i].pieces[0].points[:1])[0] for i in (3, 1))
    under = hip[1] + 0.092 * _PIXELS_A_METRE
    boxes = []
    if position.support == "chair" and view != "above" and under < ground - 30.0:
        left, right = (
            (hip[0] - 30.0, hip[0] + 36.0)
            if view == "side"
            else (
                min(hip[0], other_hip[0]) - 34.0,
                max(hip[0], other_hip[0]) + 34.0,
            )
        )
        boxes = [(left, under, right - left, 9.0)]
        boxes += [(x, under, 6.0, ground - under) for x in (left + 3.0, right - 9.0)]
    elif position.support == "wall" and view == "side":
        heel, _, toe = groups[3].pieces[2].points
        faces_right = toe[0] > heel[0]
        boxes = [(float(size[0]) - 8.0 if faces_right else 0.0, 0.0, 8.0, ground)]
    elif position.support == "bed" and _lies(position):
        deepest = max(float((piece.points[:, 1] + piece.radii).max()) for piece in groups[2].pieces)
        under = float(at(np.array([[0.0, deepest]]))[0, 1]) - 4.0
        if ground - under < 20.0:
            return _box(0.0, under, float(size[0]), 12.0)
        across = float(size[0]) if view == "back" else hip[0] + 24.0
        boxes = [(0.0, under, across, 12.0)]
        boxes += [(x, under, 7.0, ground - under) for x in (8.0, across - 15.0)]
    return (
        f'<line class="posed__ground" x1="0" y1="{ground + 2.0:.1f}" x2="{size[0]:.0f}" y2="{ground + 2.0:.1f}"'
        f' stroke="{_GROUND}" stroke-width="3" stroke-linecap="round"/>{"".join(_box(*box) for box in boxes)}'
    )


def _box(x: float, y: float, width: float, height: float) -> str:
    place = f'x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}"'
    return f'<rect class="posed__thing" {place} rx="3" fill="{_GROUND}"/>'
