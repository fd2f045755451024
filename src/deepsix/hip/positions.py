"""Named positions as data: stretches and everyday postures, with the angles that are computed and drawn.

The hip angles are those between pelvis and thigh. In a seat the pelvis rolls back, so they are smaller than the
angle between trunk and thigh that one sees.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, Final, Literal

import numpy as np

from deepsix.hip.errors import HipDataError
from deepsix.hip.posture import as_postures
from deepsix.hip.rotations import Array
from deepsix.hip.tables import number, optional_number, read_csv, read_toml, unknown

Kind = Literal["stretch", "everyday"]
_KEYS: Final = {
    "name",
    "kind",
    "angles_deg",
    "other_leg_deg",
    "trunk_pitch_deg",
    "roll_deg",
    "support",
    "equipment",
    "instructions",
    "at_ease",
    "angles_source",
    "note",
    "statements",
}


@dataclass(frozen=True, slots=True)
class Position:
    """One position of one leg.

    Attributes:
        id, name, kind: What it is.
        angles_deg: Flexion, adduction, internal rotation, knee flexion of the leg in question.
        other_leg_deg, trunk_pitch_deg, roll_deg, support: Only for the picture.
        equipment, instructions: Only for the reader.
        at_ease: People hold it for long without a stretch.
        angles_source: Where the angles come from; "estimate" when judged by eye.
        note, statements: Reason for an estimate; founding statements the position serves.
    """

    id: str
    name: str
    kind: Kind
    angles_deg: tuple[float, ...]
    other_leg_deg: tuple[float, ...]
    trunk_pitch_deg: float
    roll_deg: float
    support: str
    equipment: str
    instructions: tuple[str, ...]
    at_ease: bool
    angles_source: str
    note: str
    statements: tuple[str, ...]


@cache
def load_positions() -> dict[str, Position]:
    """Return every position by id.

    Raises:
        HipDataError: Unknown or missing fields, or angles outside the possible range; all problems are listed.
    """
    problems, found = [], {}
    for id_, raw in read_toml("positions.toml").items():
        if set(raw) != _KEYS:
            problems.append(f"positions.toml [{id_}]: fields {sorted(set(raw) ^ _KEYS)} are missing or unknown")
            continue
        if raw["kind"] not in ("stretch", "everyday"):
            problems.append(f"positions.toml [{id_}] kind: {raw['kind']!r} is not stretch or everyday")
        values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in raw.items()}
        found[id_] = Position(id=id_, **values)
        as_postures([raw["angles_deg"], raw["other_leg_deg"]])
    if problems:
        raise HipDataError("\n".join(problems))
    return found


def position(id_: str) -> Position:
    """Return one position.

    Raises:
        UnknownMuscleError: No such position; the message offers the nearest.
    """
    if id_ not in load_positions():
        unknown("position", id_, load_positions())
    return load_positions()[id_]


def positions_of_kind(kind: Kind) -> list[Position]:
    """Return all stretches or all everyday positions, in the order of the file."""
    return [p for p in load_positions().values() if p.kind == kind]


def angles_of(positions: list[Position]) -> Array:
    """Return the angles of positions as postures, shape (n, 4)."""
    return as_postures(np.array([p.angles_deg for p in positions]).reshape(-1, 4))


@dataclass(frozen=True, slots=True)
class MotionLimit:
    """How far one motion goes in healthy adults, moved by somebody else."""

    motion: str
    angle: str
    sign: int
    value_deg: float
    spread_deg: float
    source: str
    verified: str


@cache
def motion_limits() -> tuple[MotionLimit, ...]:
    """Return the passive range of every motion."""
    return tuple(
        MotionLimit(
            r["motion"],
            r["angle"],
            int(r["sign"]),
            number("limits.csv", r, "value_deg"),
            optional_number("limits.csv", r, "spread_deg"),
            r["source"],
            r["verified"],
        )
        for r in read_csv("limits.csv")
    )


def reachable_range_deg() -> Array:
    """Return the lowest and highest angle a healthy adult is moved to, shape (4, 2), columns as in ANGLES."""
    from deepsix.hip.posture import ANGLES

    box = np.zeros((4, 2))
    for limit in motion_limits():
        box[ANGLES.index(limit.angle), (limit.sign + 1) // 2] = limit.sign * limit.value_deg
    return box
