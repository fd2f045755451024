"""Lines compiled into flat arrays, ready for many postures at once.

Everything is stored where it lies at rest, in the hip frame. `LineSet` is what NumPy and compiled code both
read.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from deepsix.hip.knee import STRAIGHT, knee_motion
from deepsix.hip.paths import BODIES, Line, load_lines, load_part_names, load_sources
from deepsix.hip.registration import IDENTITY, fit_source, height_factor, register_line
from deepsix.hip.rotations import Array
from deepsix.hip.tables import unknown

Index = NDArray[np.int64]
NO_WRAP: Final = -1
CYLINDER, ELLIPSOID = 0, 1
_MOVING: Final = ("tibia", "patella")


@dataclass(frozen=True, slots=True, eq=False)
class LineSet:
    """Compiled lines.

    Attributes:
        lines: The lines, in order; every array below follows it.
        start: First point of each line and one past the last, shape (lines + 1,).
        position_m, body: Points at rest (points, 3) and index into BODIES (points,).
        condition: 0 hip flexion, 1 knee flexion, -1 always, with `active_deg` (points, 2).
        wrap_shape: CYLINDER, ELLIPSOID or NO_WRAP for each line.
        wrap_segment: The first point of the segment that wraps, counted within the line.
        wrap_body, wrap_centre_m, wrap_frame, wrap_radii_m: The surface; columns of the frame are its axes.
        wrap_sense: +1 or -1, the way round seen from +z; 0 the shorter way.
        knee: Index of each line's knee into the two tables.
        knee_matrix, knee_shift_m: Tables (knees, 2 bodies, grid, 2, 3, 3) and (knees, 2, grid, 2, 3).
    """

    lines: tuple[Line, ...]
    start: Index
    position_m: Array
    body: Index
    condition: Index
    active_deg: Array
    wrap_shape: Index
    wrap_segment: Index
    wrap_body: Index
    wrap_centre_m: Array
    wrap_frame: Array
    wrap_radii_m: Array
    wrap_sense: Index
    knee: Index
    knee_matrix: Array
    knee_shift_m: Array

    def __len__(self) -> int:
        return len(self.lines)

    @property
    def ids(self) -> tuple[str, ...]:
        """Ids of the lines, in order."""
        return tuple(line.id for line in self.lines)

    def rows_of(self, part: str) -> Index:
        """Return the rows of all lines that stand for a muscle part.

        Raises:
            UnknownMuscleError: No such part.
        """
        if part not in load_part_names():
            unknown("muscle part", part, load_part_names())
        return np.array([i for i, line in enumerate(self.lines) if part in line.parts], dtype=np.int64)

    def row(self, line_id: str) -> int:
        """Return the row of one line.

        Raises:
            UnknownMuscleError: No such line in this set.
        """
        if line_id not in self.ids:
            unknown("line", line_id, self.ids)
        return self.ids.index(line_id)


def crossing_segment(line: Line) -> int:
    """Return the first point of the segment on which the line leaves the pelvis."""
    return max(i for i, p in enumerate(line.points) if p.body == "pelvis")


def wrap_sense(line: Line) -> int:
    """Return which way round its surface a line goes.

    A signed axis such as "-y" fixes the way round: the contact has to lie on that side. "all" means the
    shorter way in the source; a muscle keeps the way it has at rest.
    """
    wrap = line.wrap
    if wrap is None or wrap.shape != "cylinder":
        return 0
    i = crossing_segment(line)
    centre, frame = np.array(wrap.centre_m), wrap.frame
    p, q = ((np.array(line.points[k].position_m) - centre) @ frame for k in (i, i + 1))
    if wrap.side in ("x", "-x", "y", "-y", "+x", "+y"):
        axis = "xy".index(wrap.side[-1])
        outward = np.zeros(3)
        outward[axis] = -1.0 if wrap.side[0] == "-" else 1.0
        # Counter-clockwise travel at the contact moves along z x outward.
        return 1 if np.cross([0.0, 0.0, 1.0], outward) @ (q - p) > 0 else -1
    return 1 if p[0] * q[1] - p[1] * q[0] > 0 else -1


def compile_lines(lines: Iterable[Line], knee_scale: dict[str, float], sense: str = "fixed") -> LineSet:
    """Return lines as arrays; `knee_scale` gives the thigh size factor of each source.

    `sense` is "fixed" (a muscle keeps its way round) or "shorter" (always the shorter way, which is what
    OpenSim and MuJoCo do unless told a side).
    """
    chosen = tuple(lines)
    knees: list[tuple[str, float]] = []
    knee_rows = []
    for line in chosen:
        key = (load_sources()[line.source].knee or STRAIGHT, knee_scale[line.source])
        if key not in knees:
            knees.append(key)
        knee_rows.append(knees.index(key))
    motions = [[knee_motion(k, body).scaled(s) for body in _MOVING] for k, s in knees]
    points = [p for line in chosen for p in line.points]
    wraps = [line.wrap for line in chosen]
    shapes = {"cylinder": CYLINDER, "ellipsoid": ELLIPSOID}
    conditions = {"": -1, "hip_flexion": 0, "knee_flexion": 1}

    return LineSet(
        lines=chosen,
        start=np.cumsum([0, *(len(line.points) for line in chosen)], dtype=np.int64),
        position_m=np.array([p.position_m for p in points], dtype=np.float64).reshape(-1, 3),
        body=np.array([BODIES.index(p.body) for p in points], dtype=np.int64),
        condition=np.array([conditions[p.active_coordinate] for p in points], dtype=np.int64),
        active_deg=np.array([(p.active_from_deg, p.active_to_deg) for p in points], dtype=np.float64).reshape(-1, 2),
        wrap_shape=np.array([shapes[w.shape] if w else NO_WRAP for w in wraps], dtype=np.int64),
        wrap_segment=np.array([crossing_segment(line) for line in chosen], dtype=np.int64),
        wrap_body=np.array([BODIES.index(w.body) if w else 0 for w in wraps], dtype=np.int64),
        wrap_centre_m=np.array([w.centre_m if w else (0.0, 0.0, 0.0) for w in wraps]).reshape(-1, 3),
        wrap_frame=np.array([w.frame if w else np.eye(3) for w in wraps]).reshape(-1, 3, 3),
        wrap_radii_m=np.array([(*w.radii_m, 0.0, 0.0)[:3] if w else (0.0,) * 3 for w in wraps]).reshape(-1, 3),
        wrap_sense=np.array([wrap_sense(line) if sense == "fixed" else 0 for line in chosen], dtype=np.int64),
        knee=np.array(knee_rows, dtype=np.int64),
        knee_matrix=np.array([[m.matrix for m in pair] for pair in motions]),
        knee_shift_m=np.array([[m.shift_m for m in pair] for pair in motions]),
    )


def published_lines(source: str | None = None, sense: str = "fixed") -> LineSet:
    """Return lines exactly as published (own pelvis, own size), of one source or of all.

    Raises:
        UnknownMuscleError: No such source.
    """
    sources = {line.source for line in load_lines()}
    if source is not None and source not in sources:
        unknown("source", source, sources)
    chosen = [line for line in load_lines() if source in (None, line.source)]
    return compile_lines(chosen, dict.fromkeys(sources, 1.0), sense)


def hip_lines(height_m: float | None = None, parts: Iterable[str] | None = None) -> LineSet:
    """Return the lines that results rest on: those marked for use, on one skeleton of the given height.

    Raises:
        PostureError: The height is not one a person has.
        UnknownMuscleError: No such part.
    """
    wanted = None if parts is None else set(parts)
    for part in wanted or ():
        if part not in load_part_names():
            unknown("muscle part", part, load_part_names())
    factor = height_factor(height_m)
    chosen = [n for n in load_lines() if n.use and (wanted is None or wanted & set(n.parts))]
    fits = {line.source: fit_source(line.source) for line in chosen}
    moved = [register_line(line, fits.get(line.source, IDENTITY), factor) for line in chosen]
    return compile_lines(moved, {s: factor * fit.thigh_scale for s, fit in fits.items()})


def compile_rows(lines: LineSet, rows: Iterable[int]) -> LineSet:
    """Return some rows of a set as a set of their own, in the order given."""
    kept = list(rows)
    spans = [np.arange(lines.start[r], lines.start[r + 1]) for r in kept]
    points = np.concatenate(spans) if spans else np.zeros(0, dtype=np.int64)
    return LineSet(
        lines=tuple(lines.lines[r] for r in kept),
        start=np.cumsum([0, *(s.size for s in spans)], dtype=np.int64),
        position_m=lines.position_m[points],
        body=lines.body[points],
        condition=lines.condition[points],
        active_deg=lines.active_deg[points],
        wrap_shape=lines.wrap_shape[kept],
        wrap_segment=lines.wrap_segment[kept],
        wrap_body=lines.wrap_body[kept],
        wrap_centre_m=lines.wrap_centre_m[kept],
        wrap_frame=lines.wrap_frame[kept],
        wrap_radii_m=lines.wrap_radii_m[kept],
        wrap_sense=lines.wrap_sense[kept],
        knee=lines.knee[kept],
        knee_matrix=lines.knee_matrix,
        knee_shift_m=lines.knee_shift_m,
    )
