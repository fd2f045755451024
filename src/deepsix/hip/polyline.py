"""Where a muscle line runs in a posture, as points to draw, wraps included; the left side is mirrored."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from deepsix.hip.errors import ShapeError
from deepsix.hip.lineset import CYLINDER, LineSet
from deepsix.hip.moment_arms import at_rest, frames_of, place_of
from deepsix.hip.posture import as_postures
from deepsix.hip.rotations import Array
from deepsix.hip.wrapping import wrap_cylinder

Side = Literal["right", "left"]


def polyline_m(lines: LineSet, row: int, posture_deg: ArrayLike, side: Side = "right", arc_points: int = 8) -> Array:
    """Return points along one line in one posture, shape (k, 3), pelvis frame of that hip, metres.

    For the left side z is mirrored, so the points lie in the frame of the left hip centre with z still to the
    right. An ellipsoid wrap is drawn as the straight line.

    Raises:
        ShapeError: More than one posture.
    """
    posture = as_postures(posture_deg)
    if posture.shape[0] != 1:
        raise ShapeError(f"One posture is drawn at a time; got {posture.shape[0]}. Pass one row.")
    frames = frames_of(lines, posture)
    knee, points = int(lines.knee[row]), []
    own = [i for i in range(int(lines.start[row]), int(lines.start[row + 1])) if _counts(lines, i, posture[0])]
    places = [place_of(frames, lines.position_m[i][None, :], int(lines.body[i]), knee) for i in own]
    for k, (i, place) in enumerate(zip(own, places, strict=True)):
        points.append(place.now)
        if lines.wrap_shape[row] == CYLINDER and i == lines.start[row] + lines.wrap_segment[row]:
            body, centre, frame = int(lines.wrap_body[row]), lines.wrap_centre_m[row], lines.wrap_frame[row]
            p, q = ((at_rest(frames, pl.now, body, knee) - centre) @ frame for pl in places[k : k + 2])
            way = wrap_cylinder(p, q, float(lines.wrap_radii_m[row, 0]), int(lines.wrap_sense[row]))
            if way.touches[0]:
                arc = _helix(way.first[0], way.last[0], int(lines.wrap_sense[row]), arc_points)
                points.append(place_of(frames, arc @ frame.T + centre, body, knee, len(arc)).now)
    thigh = np.concatenate(points)
    pelvis = thigh @ frames.rotation[0].T
    mirror = np.array([1.0, 1.0, -1.0 if side == "left" else 1.0])
    return np.asarray(pelvis * mirror)


def _counts(lines: LineSet, point: int, posture: Array) -> bool:
    if lines.condition[point] < 0:
        return True
    angle = posture[3] if lines.condition[point] == 1 else posture[0]
    return bool(lines.active_deg[point, 0] <= angle <= lines.active_deg[point, 1])


def _helix(first: Array, last: Array, sense: int, count: int) -> Array:
    """Return `count` points round the cylinder from first to last contact, local frame, shape (count, 3)."""
    start, radius = np.arctan2(first[1], first[0]), np.hypot(first[0], first[1])
    turn = np.arctan2(last[1], last[0]) - start
    turn = (turn + np.pi) % (2.0 * np.pi) - np.pi if sense == 0 else sense * ((sense * turn) % (2.0 * np.pi))
    share = np.linspace(0.0, 1.0, count)
    angle = start + share * turn
    return np.column_stack([radius * np.cos(angle), radius * np.sin(angle), first[2] + share * (last[2] - first[2])])
