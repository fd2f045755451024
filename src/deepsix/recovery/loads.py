"""What each activity asks of each muscle part: work by the load sharing of the hip room, stretch by its geometry."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from deepsix.hip.paths import load_part_names
from deepsix.hip.positions import position
from deepsix.hip.sharing import Shares, load_tasks, share_task
from deepsix.hip.states import muscle_state
from deepsix.hip.stretch import comfort_share
from deepsix.recovery.doses import dose_of
from deepsix.recovery.errors import ScheduleError
from deepsix.recovery.tables import constant, read_table

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Loads:
    """What a activities ask of p parts.

    Attributes:
        activities, parts: Names of rows and columns.
        effort: Mean share of capacity, (a, p).
        rest_share: Share of the time in which the part rests while the activity goes on, (a, p).
        stretch: Share of the way from rest to the end of comfort, (a, p), not below 0.
        stretch_tight: The same when the part is fully shortened by tightening, (a, p).
        running: Effort of usual running on a balanced hip, (p,); the unit of work in this room.
    """

    activities: tuple[str, ...]
    parts: tuple[str, ...]
    effort: Array
    rest_share: Array
    stretch: Array
    stretch_tight: Array
    running: Array

    def work(self) -> Array:
        """Return effort in units of usual running, (a, p)."""
        return self.effort / self.running


@cache
def activities() -> dict[str, dict[str, Any]]:
    """Return the rows of activities.toml; what a row leaves unsaid of time comes from the remedy `dose_of`."""
    rows = read_table("activities.toml")
    return {name: {**_dosed(row), **row} for name, row in rows.items()}


def _dosed(row: dict[str, Any]) -> dict[str, float]:
    if "dose_of" not in row:
        return {}
    minutes = dose_of(row["dose_of"]).minutes
    return {"bout_minutes": minutes, "full_minutes": minutes}


def activity(name: str) -> dict[str, Any]:
    """Return one activity.

    Raises:
        ScheduleError: There is none of that name; the message names all.
    """
    rows = activities()
    if name not in rows:
        raise ScheduleError(f"There is no activity {name!r}. Choose one of: {', '.join(rows)}.")
    return rows[name]


def _shared(task: str, strength: Mapping[str, float] | None) -> Shares:
    return share_task(load_tasks()[task], strength=strength)


def _task_work(
    row: dict[str, Any], columns: list[int], strength: Mapping[str, float] | None, rest_below: float
) -> tuple[Array, Array]:
    found = [_shared(t, strength).activation[:, columns] for t in row["task"]]
    mean = np.mean([f.mean(axis=0) for f in found], axis=0) * row["share"]
    resting = np.mean([(f < rest_below).mean(axis=0) for f in found], axis=0)
    on = min(float(row["share"]), 1.0)
    return mean, 1.0 - on * (1.0 - resting)


def _stretches(columns: list[int]) -> tuple[Array, Array]:
    """Return the stretch of every activity when the parts are loose, and when they are fully shortened."""
    names = list(activities())
    placed = [activities()[n].get("position", "standing") for n in names]
    lengths = muscle_state([position(p).angles_deg for p in placed]).normalised_length.middle
    tight = lengths / (1.0 - constant("shortening"))
    return tuple(np.maximum(comfort_share(x), 0.0)[:, columns] for x in (lengths, tight))  # type: ignore[return-value]


def loads_of(parts: Iterable[str], strength: Mapping[str, float] | None = None) -> Loads:
    """Return what all activities ask of some parts.

    Args:
        parts: Parts of the hip room.
        strength: Strength left in any parts of the hip, 1 is whole; the others then share differently.

    Raises:
        UnknownMuscleError: No such part.
    """
    return _loads_of(tuple(parts), tuple(sorted((strength or {}).items())))


@cache
def _loads_of(parts: tuple[str, ...], strength: tuple[tuple[str, float], ...]) -> Loads:
    known = load_part_names()
    columns = _columns(parts, known)
    weak = dict(strength) or None
    rest_below = constant("rest_below")
    rows = activities()
    effort, resting = np.zeros((len(rows), len(parts))), np.ones((len(rows), len(parts)))
    for k, row in enumerate(rows.values()):
        if "task" in row:
            effort[k], resting[k] = _task_work(row, columns, weak, rest_below)
        elif "effort" in row:
            effort[k], resting[k] = row["effort"], 0.5
    balanced = effort if weak is None else _loads_of(parts, ()).effort
    running = np.maximum(balanced[list(rows).index("run")], constant("least_running"))
    stretch, tight = _stretches(columns)
    return Loads(tuple(rows), parts, effort, resting, stretch, tight, running)


def _columns(parts: Sequence[str], known: Sequence[str]) -> list[int]:
    from deepsix.hip.anatomy import part_name

    for part in parts:
        part_name(part)  # raises with the nearest names
    return [known.index(p) for p in parts]
