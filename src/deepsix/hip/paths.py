"""The published muscle paths as data: lines of points and wrapping surfaces, five sources, one hip frame.

All coordinates are metres in the hip frame of a right hip at rest: origin at the hip joint centre, x
    anterior, y up, z to the right, hip at 0/0/0 and knee straight. A point of the pelvis stays; every other
    point moves with its body. A line stands for one or more named muscle parts; a part has one or more lines,
    from one or more sources.

The lumbar origins of psoas are taken as fixed to the pelvis, so bending of the spine is left out.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np

from deepsix.hip.errors import HipDataError
from deepsix.hip.rotations import Array, body_fixed
from deepsix.hip.tables import Row, number, optional_number, read_csv, read_toml

BODIES: Final = ("pelvis", "femur", "tibia", "patella")
_COORDINATES: Final = ("hip_flexion", "knee_flexion")


@dataclass(frozen=True, slots=True)
class Source:
    """One published geometry or architecture: citation, licence, credit, and which knee its lines use."""

    id: str
    cite: str
    doi: str
    licence: str
    notice: str
    lineage: str
    knee: str
    priority: int


@dataclass(frozen=True, slots=True)
class Point:
    """A path point: body, position (3,) in metres, and when it counts.

    `active_coordinate` is empty for a point that always counts; otherwise the point counts while that angle
    is from `active_from_deg` to `active_to_deg`.
    """

    body: str
    position_m: tuple[float, float, float]
    kind: str
    active_coordinate: str = ""
    active_from_deg: float = -math.inf
    active_to_deg: float = math.inf


@dataclass(frozen=True, slots=True)
class Wrap:
    """A cylinder or ellipsoid that the crossing segment of a line bends round.

    `radii_m` has one entry for a cylinder, whose axis is the local z, and three for an ellipsoid. `side` is
    the published side restriction: "all" or a signed local axis such as "-y".
    """

    name: str
    shape: str
    body: str
    centre_m: tuple[float, float, float]
    rotation_deg: tuple[float, float, float]
    radii_m: tuple[float, ...]
    side: str

    @property
    def frame(self) -> Array:
        """Columns are the local axes in the body's frame, shape (3, 3)."""
        return body_fixed(("x", "y", "z"), np.deg2rad(np.array(self.rotation_deg)))


@dataclass(frozen=True, slots=True)
class Line:
    """One line of action: source, name in the source, muscle parts it stands for, points, wrap.

    `use` says whether the line takes part in results; `reason` says why not, or what to know.
    """

    source: str
    name: str
    parts: tuple[str, ...]
    points: tuple[Point, ...]
    wrap: Wrap | None
    use: bool
    reason: str

    @property
    def id(self) -> str:
        """Source and name, unique over all lines."""
        return f"{self.source}:{self.name}"

    @property
    def crosses_knee(self) -> bool:
        """True when a point lies below the knee, or the source measured it as if it did."""
        return any(p.body in ("tibia", "patella") for p in self.points)

    @property
    def is_conditional(self) -> bool:
        """True when some point counts only over part of the range, which lets the length jump."""
        return any(p.active_coordinate for p in self.points)


@cache
def load_sources() -> dict[str, Source]:
    """Return every source by id, in order of preference where one line has to be chosen."""
    raw = read_toml("sources.toml")
    found = [
        Source(
            i,
            s["cite"],
            s.get("doi", ""),
            s["licence"],
            s["notice"],
            s.get("lineage", i),
            s.get("knee", ""),
            int(s.get("priority", 99)),
        )
        for i, s in raw.items()
    ]
    return {s.id: s for s in sorted(found, key=lambda s: (s.priority, s.id))}


@cache
def load_part_names() -> tuple[str, ...]:
    """Return the ids of all muscle parts, in the order of muscles.toml."""
    return tuple(read_toml("muscles.toml"))


def _point(row: Row) -> Point:
    x, y, z = (number("paths.csv", row, f) for f in ("x_m", "y_m", "z_m"))
    if not row["active_coordinate"]:
        return Point(row["body"], (x, y, z), row["kind"])
    low, high = (number("paths.csv", row, f) for f in ("active_from_deg", "active_to_deg"))
    return Point(row["body"], (x, y, z), row["kind"], row["active_coordinate"], low, high)


def _wrap(row: Row) -> Wrap:
    centre = tuple(number("wraps.csv", row, f) for f in ("x_m", "y_m", "z_m"))
    turn = tuple(number("wraps.csv", row, f"rotation_{c}_deg") for c in "xyz")
    radii = [optional_number("wraps.csv", row, f"radius_{i}_m") for i in (1, 2, 3)]
    return Wrap(
        row["name"],
        row["shape"],
        row["body"],
        (centre[0], centre[1], centre[2]),
        (turn[0], turn[1], turn[2]),
        tuple(r for r in radii if not math.isnan(r)),
        row["side"],
    )


def _problems(lines: list[Line], parts: tuple[str, ...]) -> list[str]:
    found = []
    for line in lines:
        where = f"paths.csv {line.id}"
        order = [BODIES.index(p.body) if p.body in BODIES else -1 for p in line.points]
        if -1 in order:
            found.append(f"{where}: a body is not one of {', '.join(BODIES)}")
        if len(order) < 2 or order[0] != 0 or order[-1] == 0:
            found.append(f"{where}: has to run from the pelvis to another body")
        if any(p.active_coordinate and p.active_coordinate not in _COORDINATES for p in line.points):
            found.append(f"{where}: active_coordinate is not one of {', '.join(_COORDINATES)}")
        found += [f"lines.csv {line.id}: no part {p!r} in muscles.toml" for p in line.parts if p not in parts]
        if line.wrap and len(line.wrap.radii_m) != {"cylinder": 1, "ellipsoid": 3}.get(line.wrap.shape):
            found.append(f"wraps.csv {line.id}: {line.wrap.shape} with {len(line.wrap.radii_m)} radii")
        if not line.use and not line.reason:
            found.append(f"lines.csv {line.id}: is not used and gives no reason")
    return found


@cache
def load_lines() -> tuple[Line, ...]:
    """Return every published line, as published.

    Raises:
        HipDataError: The data files contradict each other; all problems are listed.
    """
    points: dict[tuple[str, str], list[tuple[int, Point]]] = {}
    for row in read_csv("paths.csv"):
        points.setdefault((row["source"], row["line"]), []).append((int(row["order"]), _point(row)))
    wraps = {(r["source"], r["line"]): _wrap(r) for r in read_csv("wraps.csv")}
    lines = []
    problems = []
    for row in read_csv("lines.csv"):
        key = (row["source"], row["line"])
        if key not in points or key[0] not in load_sources():
            problems.append(f"lines.csv:{row['line_number']}: {key} has no path, or its source is not known")
            continue
        ordered = tuple(p for _, p in sorted(points.pop(key), key=lambda pair: pair[0]))
        parts = tuple(row["parts"].split())
        lines.append(Line(*key, parts, ordered, wraps.pop(key, None), row["use"] == "yes", row["reason"]))
    problems += [f"paths.csv {k}: not in lines.csv" for k in points]
    problems += [f"wraps.csv {k}: not in lines.csv" for k in wraps]
    problems += _problems(lines, load_part_names())
    if problems:
        raise HipDataError("\n".join(problems))
    return tuple(lines)
