"""The flat drawing of the hip: bones and muscles from behind and from the side, as SVG from the scene of the 3D one.

It stands where there are no scripts or no WebGL. No colour is written here: classes of the style sheet give it.
"""

from __future__ import annotations

import json
import struct
from functools import cache, lru_cache
from html import escape
from pathlib import Path
from typing import Final, Literal, NamedTuple

import numpy as np
from markupsafe import Markup
from numpy.typing import NDArray

from deepsix.hip.lineset import hip_lines
from deepsix.hip.polyline import polyline_m
from deepsix.hip.scene import LAYERS, Shape, bone_motions, load_shapes
from deepsix.hip.silhouette import outlines, surface_points

Array = NDArray[np.float64]
View = Literal["back", "side", "front"]
_MIRROR_Z_M: Final = -0.07726  # the middle of the reference skeleton, half way between the hip centres
# What is seen, in metres: left, right, bottom, top.
_WINDOWS: Final[dict[View, tuple[float, float, float, float]]] = {
    "back": (-0.26, 0.12, -0.29, 0.20),
    "side": (-0.19, 0.19, -0.29, 0.20),
    "front": (-0.12, 0.26, -0.29, 0.20),
}
_PIXELS_A_METRE: Final = 1000.0
_STATIONS: Final = 24


class Mesh(NamedTuple):
    """A bone at rest: body, points (p, 3) and triangles (t, 3)."""

    name: str
    body: str
    points_m: Array
    triangles: NDArray[np.int64]


@cache
def read_bones(path: Path) -> tuple[Mesh, ...]:
    """Return the bones of a file written by the build of the pages; its form is told there."""
    content = path.read_bytes()
    (length,) = struct.unpack_from("<I", content, 4)
    header = json.loads(content[8 : 8 + length])
    offset, found = 8 + length, []
    for told in header["meshes"]:
        points = np.frombuffer(content, "<i2", 3 * told["points"], offset).reshape(-1, 3)
        offset += points.nbytes + -points.nbytes % 4
        triangles = np.frombuffer(content, "<u2", 3 * told["triangles"], offset).reshape(-1, 3)
        offset += triangles.nbytes + -triangles.nbytes % 4
        offset += 6 * told["coarse"] + -6 * told["coarse"] % 4
        placed = points * header["step_m"] + np.array(told["middle_m"])
        found.append(Mesh(told["name"], told["body"], placed, triangles.astype(np.int64)))
    return tuple(found)


def _flat(points: Array, view: View) -> Array:
    """Return drawing coordinates (k, 2) in metres, up positive, of a right hip; the side is its outside."""
    if view == "side":
        return points[:, [0, 1]]
    return points[:, [2, 1]] * ([1.0, 1.0] if view == "back" else [-1.0, 1.0])


def _path(loops: list[Array], window: tuple[float, float, float, float]) -> str:
    left, _, _, top = window
    told = []
    for loop in loops:
        xy = (loop - [left, top]) * [_PIXELS_A_METRE, -_PIXELS_A_METRE]
        told.append("M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in xy) + "Z")
    return "".join(told)


def _bones(path: Path, posture: tuple[float, ...], view: View) -> list[str]:
    motions, window, drawn = bone_motions([posture]), _WINDOWS[view], []
    for mesh in read_bones(path):
        matrix, shift = motions[mesh.body]
        spread = surface_points(mesh.points_m, mesh.triangles)
        sides = [spread @ matrix.T + shift]
        if mesh.name in ("pelvis", "femur") and view != "side":
            other = spread * [1.0, 1.0, -1.0] + [0.0, 0.0, 2.0 * _MIRROR_Z_M]
            sides.append(other)
        for points in sides:
            d = _path(outlines(_flat(points, view)), window)
            drawn.append(f'<path class="flat-hip__bone" fill-rule="evenodd" d="{d}"/>')
    return drawn


def _ribbon(shape: Shape, posture: tuple[float, ...], view: View) -> list[Array]:
    lines = hip_lines()
    points = _flat(polyline_m(lines, lines.row(shape.line), [posture]), view)
    way = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(points, axis=0), axis=1))])
    share = np.linspace(0.0, 1.0, _STATIONS)
    path = np.column_stack([np.interp(share * way[-1], way, points[:, c]) for c in range(2)])
    for _ in range(2):
        path[1:-1] = 0.25 * path[:-2] + 0.5 * path[1:-1] + 0.25 * path[2:]
    tangent = np.gradient(path, axis=0)
    tangent /= np.maximum(np.linalg.norm(tangent, axis=1), 1e-9)[:, None]
    start, end = shape.belly
    width = np.interp(share, [0.0, start + 0.45 * (end - start), 1.0], shape.width_m)
    width *= np.sqrt(np.clip(1.0 - np.abs(2.0 * share - 1.0) ** 12, 0.15, 1.0))
    across = 0.5 * width[:, None] * np.column_stack([-tangent[:, 1], tangent[:, 0]])
    return [np.concatenate([path + across, (path - across)[::-1]])]


@lru_cache(maxsize=128)
def flat_drawing(
    bones: Path,
    posture: tuple[float, ...],
    view: View,
    side: str,
    parts: tuple[str, ...],
    marked: frozenset[str],
    title: str,
) -> Markup:
    """Return the drawing of one posture as an SVG document.

    Args:
        bones: The built file of bones.
        posture: Flexion, adduction, internal rotation and knee flexion.
        view: From behind, from the outside or from the front.
        side: "right" or "left"; the left is the mirror image.
        parts: The muscle parts drawn.
        marked: Those of them that stand out.
        title: What is to be seen, in words.
    """
    left, right, bottom, top = _WINDOWS[view]
    width, height = (right - left) * _PIXELS_A_METRE, (top - bottom) * _PIXELS_A_METRE
    drawn = _bones(bones, posture, view)
    shapes = (load_shapes()[part] for part in parts)
    for shape in sorted(shapes, key=lambda s: (s.part in marked, -LAYERS.index(s.layer))):
        kind = f"flat-hip__muscle flat-hip__muscle--{shape.layer}"
        if shape.part in marked:
            kind += " flat-hip__muscle--marked"
        d = _path(_ribbon(shape, posture, view), _WINDOWS[view])
        drawn.append(f'<path class="{kind}" data-flat="{shape.part}" d="{d}"/>')
    inside = "".join(drawn)
    if side == "left":
        inside = f'<g transform="matrix(-1 0 0 1 {width:.0f} 0)">{inside}</g>'
    return Markup(
        f'<svg class="flat-hip" viewBox="0 0 {width:.0f} {height:.0f}" role="img">'
        f"<title>{escape(title)}</title>{inside}</svg>"
    )
