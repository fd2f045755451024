"""Lengths and moment arms of many lines in many postures, in NumPy.

The moment arm about a coordinate q is -dL/dq: positive when the pull turns the joint the positive way. It is
found without differences. A taut line changes length only where it passes from one body to another, and there
by the
movement of its far end along the line: for a free straight piece with unit direction u that leaves the pelvis
    and has a point c on it, dL/dq = a . (c x u), with a the axis of q through the hip centre. A piece that
    reaches a body moved by the knee adds u . dc/dk. A frictionless wrap moves with its body and takes no
    further part.

The ellipsoid's path is not the shortest one, so there the rule does not hold and central differences are
taken.

Everything here is seen from the thigh; compiled code of the same answers is in the kernels module.
"""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from deepsix.hip.errors import GeometryError
from deepsix.hip.knee import KneeMotion, interpolate
from deepsix.hip.lineset import CYLINDER, ELLIPSOID, NO_WRAP, LineSet
from deepsix.hip.posture import as_postures, is_checked
from deepsix.hip.rotations import Array, hip_axes_in_thigh, hip_rotation
from deepsix.hip.wrapping import wrap_cylinder, wrap_ellipsoid

DIFFERENCE_STEP_DEG: Final = 0.01  # central differences of ellipsoid paths; error about 1e-8 m
_PELVIS, _FEMUR, _TIBIA = 0, 1, 2
Engine = Literal["auto", "numpy", "compiled"]


class Mechanics(NamedTuple):
    """Result for n postures and m lines.

    Attributes:
        length_m: Shape (n, m).
        moment_arm_m: Shape (n, m, 4): flexion, adduction, internal rotation, knee flexion.
        checked: Whether each posture lies in the range the geometry was looked at, shape (n,).
    """

    length_m: Array
    moment_arm_m: Array
    checked: NDArray[np.bool_]


class Frames(NamedTuple):
    """Postures ready for use: hip rotation, hip axes, and for tibia and patella A, b, A', b'."""

    rotation: Array
    axes: Array
    moving: dict[tuple[int, int], tuple[Array, Array, Array, Array]]

    def pick(self, rows: NDArray[np.bool_]) -> Frames:
        return Frames(
            self.rotation[rows],
            self.axes[rows],
            {k: (v[0][rows], v[1][rows], v[2][rows], v[3][rows]) for k, v in self.moving.items()},
        )


class Place(NamedTuple):
    """A point: where it is now in the thigh frame (n, 3), at rest (n or 1, 3), its body and knee."""

    now: Array
    rest: Array
    body: int
    knee: int


def frames_of(lines: LineSet, postures_deg: Array) -> Frames:
    """Return hip rotation, hip axes and knee motion of checked postures (n, 4)."""
    angles = np.deg2rad(postures_deg)
    moving = {}
    for k in range(lines.knee_matrix.shape[0]):
        for b in range(2):
            motion = KneeMotion(lines.knee_matrix[k, b], lines.knee_shift_m[k, b])
            moving[k, b] = interpolate(motion, postures_deg[:, 3])
    hip = (angles[:, 0], angles[:, 1], angles[:, 2])
    return Frames(hip_rotation(*hip), hip_axes_in_thigh(*hip), moving)


def place_of(frames: Frames, rest: Array, body: int, knee: int, points: int = 1) -> Place:
    """Return where points at rest (n or 1, 3) are now, seen from the thigh.

    With one posture, `points` may be more than one.
    """
    count = max(frames.rotation.shape[0], points)
    if body == _PELVIS:
        turn = np.broadcast_to(frames.rotation, (count, 3, 3))
        now = np.einsum("nij,ni->nj", turn, np.broadcast_to(rest, (count, 3)))
    elif body < _TIBIA:
        now = np.broadcast_to(rest, (count, 3))
    else:
        matrix, shift, _, _ = frames.moving[knee, body - _TIBIA]
        turn = np.broadcast_to(matrix, (count, 3, 3))
        now = np.einsum("nij,nj->ni", turn, np.broadcast_to(rest, (count, 3))) + shift
    return Place(now, rest, body, knee)


def at_rest(frames: Frames, now: Array, body: int, knee: int) -> Array:
    """Return where points lie at rest when they belong to `body`, the inverse of `place_of`."""
    if body == _PELVIS:
        return np.asarray(np.einsum("nij,nj->ni", frames.rotation, now))
    if body < _TIBIA:
        return now
    matrix, shift, _, _ = frames.moving[knee, body - _TIBIA]
    return np.asarray(np.einsum("nij,ni->nj", matrix, now - shift))


def _knee_velocity(frames: Frames, place: Place) -> Array | float:
    """Return dc/dk of a point of a body, in metres per radian of knee flexion."""
    if place.body < _TIBIA:
        return 0.0
    _, _, matrix, shift = frames.moving[place.knee, place.body - _TIBIA]
    return np.asarray(np.einsum("nij,nj->ni", matrix, np.broadcast_to(place.rest, shift.shape)) + shift)


def _piece(frames: Frames, near: Place, far: Place) -> tuple[Array, Array]:
    """Return length (n,) and -dL/dq (n, 4) of one straight piece."""
    way = far.now - near.now
    length = np.linalg.norm(way, axis=-1)
    arms = np.zeros((length.size, 4))
    if near.body == far.body:
        return length, arms
    unit = way / np.maximum(length, 1e-15)[:, None]
    if near.body == _PELVIS:
        arms[:, :3] = -np.einsum("nki,ni->nk", frames.axes, np.cross(far.now, unit))
    change = _knee_velocity(frames, far) - _knee_velocity(frames, near)
    arms[:, 3] = -np.sum(unit * change, axis=-1)
    return length, arms


def _wrapped_piece(lines: LineSet, row: int, frames: Frames, near: Place, far: Place) -> tuple[Array, Array]:
    body, knee = int(lines.wrap_body[row]), int(lines.knee[row])
    centre, frame = lines.wrap_centre_m[row], lines.wrap_frame[row]
    p, q = ((at_rest(frames, place.now, body, knee) - centre) @ frame for place in (near, far))
    if lines.wrap_shape[row] == ELLIPSOID:
        way = wrap_ellipsoid(p, q, tuple(lines.wrap_radii_m[row]))
    else:
        way = wrap_cylinder(p, q, float(lines.wrap_radii_m[row, 0]), int(lines.wrap_sense[row]))
    first = place_of(frames, way.first @ frame.T + centre, body, knee)
    last = place_of(frames, way.last @ frame.T + centre, body, knee)
    _, straight_arms = _piece(frames, near, far)
    arms = _piece(frames, near, first)[1] + _piece(frames, last, far)[1]
    arms[:, :3] += _give_way(frames, near, body, -way.push_p @ frame.T)
    arms[:, :3] += _give_way(frames, far, body, way.push_q @ frame.T)
    return way.length_m, np.where(way.touches[:, None], arms, straight_arms)


def _give_way(frames: Frames, place: Place, wrap_body: int, push: Array) -> Array:
    """Return -dL/dq (n, 3) of a cylinder that gives way to a point of the other bone.

    Hip coordinates only: no published path has a point inside a surface of the shank (a test holds that).
    """
    if {place.body, wrap_body} != {_PELVIS, _FEMUR} or not push.any():
        return np.zeros((push.shape[0], 3))
    seen = np.einsum("nij,ni->nj", frames.rotation, push) if wrap_body == _PELVIS else push
    return np.asarray(-np.einsum("nki,ni->nk", frames.axes, np.cross(place.now, seen)))


def _path(lines: LineSet, row: int, active: list[int], frames: Frames) -> tuple[Array, Array]:
    places = [place_of(frames, lines.position_m[i][None, :], int(lines.body[i]), int(lines.knee[row])) for i in active]
    wraps = lines.wrap_shape[row] != NO_WRAP
    at = int(lines.start[row] + lines.wrap_segment[row])
    length, arms = np.zeros(frames.rotation.shape[0]), np.zeros((frames.rotation.shape[0], 4))
    for i, near, far in zip(active, places, places[1:], strict=False):
        wrapped = wraps and i == at
        piece = _wrapped_piece(lines, row, frames, near, far) if wrapped else _piece(frames, near, far)
        length += piece[0]
        arms += piece[1]
    return length, arms


def _line(lines: LineSet, row: int, postures_deg: Array, frames: Frames) -> tuple[Array, Array]:
    """Return length (n,) and moment arms (n, 4) of one line; postures are split by which points count."""
    own = range(int(lines.start[row]), int(lines.start[row + 1]))
    count = postures_deg.shape[0]
    counts = np.ones((count, len(own)), dtype=bool)
    for j, i in enumerate(own):
        if lines.condition[i] >= 0:
            angle = postures_deg[:, 3 if lines.condition[i] == 1 else 0]
            counts[:, j] = (angle >= lines.active_deg[i, 0]) & (angle <= lines.active_deg[i, 1])
    if counts.all():
        return _path(lines, row, list(own), frames)
    length, arms = np.empty(count), np.empty((count, 4))
    for pattern in np.unique(counts, axis=0):
        rows = (counts == pattern).all(axis=1)
        active = [i for i, on in zip(own, pattern, strict=True) if on]
        length[rows], arms[rows] = _path(lines, row, active, frames.pick(rows))
    return length, arms


def _differences(lines: LineSet, row: int, postures_deg: Array) -> Array:
    arms = np.empty((postures_deg.shape[0], 4))
    for k in range(4):
        step = np.zeros(4)
        step[k] = DIFFERENCE_STEP_DEG
        sides = [_line(lines, row, p, frames_of(lines, p))[0] for p in (postures_deg + step, postures_deg - step)]
        arms[:, k] = -(sides[0] - sides[1]) / np.deg2rad(2.0 * DIFFERENCE_STEP_DEG)
    return arms


def inside_surface(lines: LineSet, postures_deg: ArrayLike) -> NDArray[np.bool_]:
    """Return (n, m): whether an end of the wrapping segment lies inside the cylinder.

    There the cylinder gives way (see the wrapping module) and the moment arm is not to be relied on.
    """
    given = as_postures(postures_deg)
    frames = frames_of(lines, given)
    inside = np.zeros((given.shape[0], len(lines)), dtype=bool)
    for row in np.flatnonzero(lines.wrap_shape == CYLINDER):
        body, knee = int(lines.wrap_body[row]), int(lines.knee[row])
        at = int(lines.start[row] + lines.wrap_segment[row])
        for i in (at, at + 1):
            place = place_of(frames, lines.position_m[i][None, :], int(lines.body[i]), knee)
            local = (at_rest(frames, place.now, body, knee) - lines.wrap_centre_m[row]) @ lines.wrap_frame[row]
            inside[:, row] |= np.hypot(local[:, 0], local[:, 1]) < lines.wrap_radii_m[row, 0]
    return inside


def numpy_mechanics(lines: LineSet, postures_deg: Array) -> tuple[Array, Array]:
    """Return lengths (n, m) and moment arms (n, m, 4) of checked postures (n, 4)."""
    count = postures_deg.shape[0]
    frames = frames_of(lines, postures_deg)
    length, arms = np.empty((count, len(lines))), np.empty((count, len(lines), 4))
    for row in range(len(lines)):
        length[:, row], arms[:, row] = _line(lines, row, postures_deg, frames)
        if lines.wrap_shape[row] == ELLIPSOID:
            arms[:, row] = _differences(lines, row, postures_deg)
    return length, arms


def mechanics(lines: LineSet, postures_deg: ArrayLike, engine: Engine = "auto") -> Mechanics:
    """Return lengths and moment arms of every line in every posture.

    Args:
        lines: Compiled lines.
        postures_deg: Shape (n, 4) or (n, 3), columns as in `posture.ANGLES`.
        engine: "compiled" uses Numba, "numpy" does without; "auto" takes the compiled one for large batches
            when
            it is installed. The answers agree to 1e-10 m.

    Raises:
        ShapeError, PostureError: The postures cannot be used.
        GeometryError: A line has no length in some posture, or Numba was asked for and is not installed.
    """
    from deepsix.hip import kernels

    given = as_postures(postures_deg)
    if engine == "compiled" and not kernels.is_available():
        raise GeometryError('Numba is not installed. Install "deepsix[fast]", or ask for engine="numpy".')
    large = given.shape[0] * len(lines) >= kernels.WORTH_COMPILING
    if engine == "compiled" or (engine == "auto" and large and kernels.is_available()):
        length, arms = kernels.compiled_mechanics(lines, given)
    else:
        length, arms = numpy_mechanics(lines, given)
    if not (length > 0.0).all():
        row = int(np.argwhere(~(length > 0.0))[0][1])
        raise GeometryError(f"Line {lines.ids[row]} has no length: its points coincide. Check its rows in paths.csv.")
    return Mechanics(length, arms, is_checked(given))
