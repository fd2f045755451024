"""The hip as plain values to draw: lines with their bodies and wraps, muscle shapes, stretch, places, postures.

A reader of the scene can pose it at any angles without asking again: points ride on pelvis, femur, tibia or patella,
cylinders bend the crossing piece, and what turns a change of length into stretch stands beside each part. The page
scripts do this; a test holds them to the lengths and stretch computed here.

The picture of a part follows one published line (drawing.toml); its stretch rests on the mean over all sources, as
everywhere else. Widths, layers and places shape the picture only and are estimates.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import ArrayLike

from deepsix.hip.anatomy import muscle_of, part_name
from deepsix.hip.architecture import architecture_of
from deepsix.hip.errors import HipDataError, ShapeError
from deepsix.hip.knee import GRID_END_DEG, GRID_START_DEG, GRID_STEP_DEG
from deepsix.hip.lineset import CYLINDER, ELLIPSOID, LineSet, hip_lines
from deepsix.hip.moment_arms import frames_of, mechanics
from deepsix.hip.paths import BODIES, load_part_names
from deepsix.hip.posture import ANGLES, as_postures, checked_range_deg
from deepsix.hip.rotations import Array
from deepsix.hip.states import source_weights
from deepsix.hip.stretch import comfort_limits
from deepsix.hip.tables import read_toml

Layer = Literal["superficial", "middle", "deep_six"]
LAYERS: Final[tuple[Layer, ...]] = ("superficial", "middle", "deep_six")
KNEE_STEP_DEG: Final = 2.5  # between rows the reader interpolates linearly; it errs by under 0.2 mm (a test holds it)
_KNEE_PART: Final = "rectus_femoris"  # the knee of its source moves the bones drawn: that of the reference skeleton
_DECIMALS: Final = 5  # hundredths of a millimetre


@dataclass(frozen=True, slots=True)
class Shape:
    """How a part is drawn: layer, the line it follows, widths where it leaves, at the belly and where it ends.

    `belly` is where flesh begins and ends, as shares of the path; `lift_m` moves it outwards, off the bone.
    """

    part: str
    layer: Layer
    line: str
    width_m: tuple[float, float, float]
    thickness_m: float
    lift_m: float
    belly: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Place:
    """A place where pain is felt or one can press: the body it moves with, centre and half sizes in metres."""

    id: str
    body: str
    centre_m: tuple[float, float, float]
    radii_m: tuple[float, float, float]


@cache
def load_shapes() -> dict[str, Shape]:
    """Return how each part is drawn, in the order of muscles.toml.

    Raises:
        HipDataError: A part has no shape or too many, or its line is not one of that part; all problems are listed.
    """
    raw = read_toml("drawing.toml")["parts"]
    problems = [f"drawing.toml [parts.{p}]: no such part in muscles.toml" for p in set(raw) - set(load_part_names())]
    problems += [f"drawing.toml: no entry for {p}" for p in load_part_names() if p not in raw]
    lines = hip_lines()
    found = {}
    for part in (p for p in load_part_names() if p in raw):
        spec = raw[part]
        numbers = (tuple(spec["width_m"]), float(spec["thickness_m"]), float(spec["lift_m"]), tuple(spec["belly"]))
        found[part] = shape = Shape(part, spec["layer"], spec["line"], *numbers)
        if shape.layer not in LAYERS:
            problems.append(f"drawing.toml [parts.{part}] layer: {shape.layer!r} is not one of {', '.join(LAYERS)}")
        own = [lines.ids[r] for r in lines.rows_of(part)]
        if shape.line not in own:
            problems.append(f"drawing.toml [parts.{part}] line: {shape.line!r} is not one of {', '.join(own)}")
    if problems:
        raise HipDataError("\n".join(problems))
    return found


@cache
def load_places() -> dict[str, Place]:
    """Return every place by id.

    Raises:
        HipDataError: A place of referral.toml has no entry, or a body is not known; all problems are listed.
    """
    found = {}
    for id_, raw in read_toml("drawing.toml")["places"].items():
        found[id_] = Place(id_, str(raw["body"]), tuple(raw["centre_m"]), tuple(raw["radii_m"]))
    problems = [f"drawing.toml [places.{p.id}] body: {p.body!r}" for p in found.values() if p.body not in BODIES]
    for part, pattern in read_toml("referral.toml")["parts"].items():
        wanted = (*pattern["regions"], *pattern["press"])
        problems += [f"drawing.toml: no place {w} for {part}" for w in dict.fromkeys(wanted) if w not in found]
    if problems:
        raise HipDataError("\n".join(problems))
    return found


def felt_places(part: str) -> dict[str, float]:
    """Return where pain of a part is felt, with the share of the pattern each place holds; empty when none is known."""
    return dict(read_toml("referral.toml")["parts"].get(part, {}).get("regions", {}))


def press_places(part: str) -> tuple[str, ...]:
    """Return the places where a part is tender to press; empty when none is known."""
    return tuple(read_toml("referral.toml")["parts"].get(part, {}).get("press", ()))


@cache
def scene() -> dict[str, Any]:
    """Return the scene as values that JSON can hold, in metres and degrees.

    Raises:
        HipDataError: A line in use bends in a way the scene cannot tell.
    """
    lines = hip_lines()
    if (lines.condition >= 0).any() or (lines.wrap_shape == ELLIPSOID).any():
        raise HipDataError(
            "A line in use has a conditional point or an ellipsoid; the scene tells neither. See lines.csv."
        )
    low, high = checked_range_deg().T
    return {
        "angles": [{"id": a, "low": float(lo), "high": float(hi)} for a, lo, hi in zip(ANGLES, low, high, strict=True)],
        "bodies": list(BODIES),
        "layers": list(LAYERS),
        "knee_step_deg": KNEE_STEP_DEG,
        "knees": _knees(lines),
        "bone_knee": int(lines.knee[lines.row(load_shapes()[_KNEE_PART].line)]),
        "lines": _lines(lines),
        "parts": _parts(lines),
        "places": [
            {"id": p.id, "body": BODIES.index(p.body), "centre_m": list(p.centre_m), "radii_m": list(p.radii_m)}
            for p in load_places().values()
        ],
    }


def _rounded(values: Array, decimals: int = _DECIMALS) -> Any:
    return np.round(values, decimals).tolist()


def _knees(lines: LineSet) -> list[list[list[list[float]]]]:
    """Return for each knee, body (tibia, patella) and row the matrix, row by row, and the shift: twelve numbers.

    A body that stays with the thigh has no rows.
    """
    step = round(KNEE_STEP_DEG / GRID_STEP_DEG)
    first = round(-GRID_START_DEG / GRID_STEP_DEG)
    rows = slice(first, round((GRID_END_DEG - GRID_START_DEG) / GRID_STEP_DEG) + 1, step)
    matrix, shift = lines.knee_matrix[:, :, rows, 0], lines.knee_shift_m[:, :, rows, 0]
    tables = np.concatenate([matrix.reshape(*matrix.shape[:3], 9), shift], axis=-1)
    return [[_rounded(table, 6) if np.ptp(table, axis=0).any() else [] for table in knee] for knee in tables]


def _lines(lines: LineSet) -> list[dict[str, Any]]:
    rest = mechanics(lines, [[0.0, 0.0, 0.0, 0.0]], "numpy").length_m[0]
    found = []
    for row in range(len(lines)):
        own = slice(int(lines.start[row]), int(lines.start[row + 1]))
        told: dict[str, Any] = {
            "points_m": _rounded(lines.position_m[own]),
            "bodies": lines.body[own].tolist(),
            "knee": int(lines.knee[row]),
            "rest_m": float(np.round(rest[row], 6)),
        }
        if lines.wrap_shape[row] == CYLINDER:
            told["wrap"] = {
                "segment": int(lines.wrap_segment[row]),
                "body": int(lines.wrap_body[row]),
                "centre_m": _rounded(lines.wrap_centre_m[row], 6),
                "frame": _rounded(lines.wrap_frame[row].reshape(9), 6),
                "radius_m": float(lines.wrap_radii_m[row, 0]),
                "sense": int(lines.wrap_sense[row]),
            }
        found.append(told)
    return found


def _parts(lines: LineSet) -> list[dict[str, Any]]:
    limits, weights = comfort_limits(), source_weights(lines, load_part_names())
    shortest = float(read_toml("settings.toml")["fibres"]["shortest_normalised_length"])
    found = []
    for i, part in enumerate(load_part_names()):
        shape, made_of = load_shapes()[part], architecture_of(part)
        thickness = float(np.sin(np.deg2rad(made_of.pennation_deg)))
        at_rest = made_of.rest_length.value
        found.append(
            {
                "id": part,
                "name": part_name(part),
                "muscle": muscle_of(part),
                "layer": shape.layer,
                "line": lines.row(shape.line),
                "width_m": list(shape.width_m),
                "thickness_m": shape.thickness_m,
                "lift_m": shape.lift_m,
                "belly": list(shape.belly),
                "weights": [[int(r), float(np.round(weights[i, r], 6))] for r in np.flatnonzero(weights[i])],
                # normalised length = hypot(max(along + change / fibre, shortest), across): see `states`.
                "fibre_m": float(np.round(made_of.optimal_fibre_length_m.value, 6)),
                "along": float(np.round(np.sqrt(max(at_rest**2 - thickness**2, 0.0)), 6)),
                "across": float(np.round(thickness, 6)),
                "shortest": shortest,
                "rest": float(np.round(limits.rest[i], 6)),
                "comfortable_to": float(np.round(limits.comfortable_to[i], 6)),
                "too_far_from": float(np.round(limits.too_far_from[i], 6)),
                "felt": felt_places(part),
                "press": list(press_places(part)),
            }
        )
    return found


def bone_motions(posture_deg: ArrayLike) -> dict[str, tuple[Array, Array]]:
    """Return for each body the matrix (3, 3) and shift (3,) that take a point at rest to where it is in a posture.

    Raises:
        ShapeError, PostureError: The posture cannot be used, or is more than one.
    """
    posture = as_postures(posture_deg)
    if posture.shape[0] != 1:
        raise ShapeError(f"One posture is drawn at a time; got {posture.shape[0]}. Pass one row.")
    lines = hip_lines()
    frames = frames_of(lines, posture)
    thigh, knee = frames.rotation[0], int(lines.knee[lines.row(load_shapes()[_KNEE_PART].line)])
    found = {"pelvis": (np.eye(3), np.zeros(3)), "femur": (thigh, np.zeros(3))}
    for b, body in enumerate(("tibia", "patella")):
        matrix, shift, _, _ = frames.moving[knee, b]
        found[body] = (thigh @ matrix[0], thigh @ shift[0])
    return found
