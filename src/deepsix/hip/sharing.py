"""How the muscles share a joint moment, by static optimisation.

Of all activations between 0 and 1 that give the measured hip moments, the one with the smallest sum of squares (or
cubes) is taken, in every posture by itself. The problem is solved through its dual: three multipliers a posture, one
for each moment, found by Newton's method for all postures together. A reserve takes up what the muscles cannot
give, at a high price, so there is always an answer, and the reserve is reported.

What it leaves out: moments of the knee (only hip moments are at hand, so muscles of two joints are free at the
knee), passive tension, speed of shortening, and muscles working against each other to steady the joint, which this
method cannot see. It says how load could be shared most cheaply, not what a person does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from deepsix.hip.curves import active_curve
from deepsix.hip.errors import PostureError, ShapeError
from deepsix.hip.paths import load_part_names
from deepsix.hip.posture import as_postures
from deepsix.hip.rotations import Array
from deepsix.hip.states import max_forces_n, muscle_state
from deepsix.hip.tables import number, read_csv, read_toml, unknown

_RESERVE_PRICE: Final = 1e3  # times the square of the reserve over its scale; keeps reserves near a thousandth
_RESERVE_SCALE_NM: Final = 10.0
_ROUNDS: Final = 60
_TOLERANCE_NM: Final = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class Task:
    """Postures (n, 4) in degrees and hip moments (n, 3) in newton metres per kilogram of body mass.

    Moments are those the muscles supply: flexion, adduction, internal rotation positive.
    """

    id: str
    name: str
    postures_deg: Array
    moments_nm_per_kg: Array
    source: str
    note: str


@dataclass(frozen=True, slots=True, eq=False)
class Shares:
    """How p parts share n moments.

    Attributes:
        parts: Names of the columns.
        activation: Share of each part's capacity that is used, (n, p), 0 to 1.
        force_n: Force along the line of pull, (n, p).
        reserve_nm: Moment the muscles could not give, (n, 3).
    """

    parts: tuple[str, ...]
    activation: Array
    force_n: Array
    reserve_nm: Array

    def peak(self, part: str) -> float:
        """Return the highest activation of a part.

        Raises:
            UnknownMuscleError: The part is not among the columns.
        """
        if part not in self.parts:
            unknown("muscle part", part, self.parts)
        return float(self.activation[:, self.parts.index(part)].max())


@cache
def load_tasks() -> dict[str, Task]:
    """Return the movements whose hip moments are at hand."""
    tasks: dict[str, Task] = {}
    name = "gait_moments.csv"
    groups: dict[str, list[list[float]]] = {}
    angles = ("flexion_deg", "adduction_deg", "internal_rotation_deg", "knee_flexion_deg")
    moments = tuple(f"{m}_moment_nm_per_kg" for m in ("flexion", "adduction", "internal_rotation"))
    for row in read_csv(name):
        key = f"{row['activity']}_{row['side']}"
        groups.setdefault(key, []).append([number(name, row, f) for f in (*angles, *moments)])
    source = "inverse dynamics of the open trials distributed with Rajagopal 2016, one subject"
    for key, values in groups.items():
        table = np.array(values)
        tasks[key] = Task(key, key.replace("_", ", ") + " leg", table[:, :4], table[:, 4:], source, "")
    for key, raw in read_toml("tasks.toml").items():
        tasks[key] = Task(
            key,
            raw["name"],
            as_postures([raw["angles_deg"]]),
            np.array([raw["moments_nm_per_kg"]], dtype=np.float64),
            raw["source"],
            raw["note"],
        )
    return tasks


def resample(task: Task, count: int) -> Task:
    """Return the task at `count` moments evenly spread over it, by linear interpolation."""
    at = np.linspace(0.0, 1.0, count)
    given = np.linspace(0.0, 1.0, len(task.postures_deg))

    def over(table: Array) -> Array:
        return np.column_stack([np.interp(at, given, c) for c in table.T])

    return Task(task.id, task.name, over(task.postures_deg), over(task.moments_nm_per_kg), task.source, task.note)


def _activation(pull: Array, power: int) -> tuple[Array, Array]:
    """Return the cheapest activation for a pull (multipliers times capability), and its slope."""
    if power == 2:
        free = pull / 2.0
        return np.clip(free, 0.0, 1.0), np.where((free > 0.0) & (free < 1.0), 0.5, 0.0)
    positive = np.maximum(pull, 1e-12)
    free = np.sqrt(positive / power)
    inside = (pull > 0.0) & (free < 1.0)
    return np.where(pull > 0.0, np.minimum(free, 1.0), 0.0), np.where(inside, 0.5 * free / positive, 0.0)


def _cost(pull: Array, activation: Array, power: int) -> Array:
    return np.asarray((pull * activation - activation**power).sum(axis=-1))


def solve(capability_nm: Array, moments_nm: Array, power: int = 2) -> tuple[Array, Array]:
    """Return activation (n, p) and reserve (n, 3) of least summed power of activation.

    Args:
        capability_nm: Moment of each part at full activation, (n, 3, p).
        moments_nm: Moments to be met, (n, 3).
        power: 2 or 3.

    Raises:
        ShapeError: Shapes that do not fit, or a power other than 2 or 3.
    """
    if power not in (2, 3):
        raise ShapeError(f"The power is {power}. Give 2 or 3.")
    if capability_nm.ndim != 3 or capability_nm.shape[:2] != (len(moments_nm), 3) or moments_nm.shape[1:] != (3,):
        raise ShapeError(
            f"Capability {capability_nm.shape} and moments {moments_nm.shape} do not fit; expected (n, 3, p), (n, 3)."
        )
    stiff = _RESERVE_PRICE / _RESERVE_SCALE_NM**2
    multipliers = np.zeros_like(moments_nm)

    def dual(m: Array) -> tuple[Array, Array, Array, Array]:
        pull = np.einsum("nk,nkp->np", m, capability_nm)
        activation, slope = _activation(pull, power)
        value = _cost(pull, activation, power) + (m**2).sum(axis=1) / (4.0 * stiff) - (m * moments_nm).sum(axis=1)
        gap = np.einsum("nkp,np->nk", capability_nm, activation) + m / (2.0 * stiff) - moments_nm
        return activation, slope, value, gap

    activation, slope, value, gap = dual(multipliers)
    for _ in range(_ROUNDS):
        if np.abs(gap).max() < _TOLERANCE_NM:
            break
        curvature = np.einsum("nkp,np,nlp->nkl", capability_nm, slope, capability_nm)
        curvature = curvature + np.eye(3) / (2.0 * stiff)
        step = np.linalg.solve(curvature, gap[:, :, None])[:, :, 0]
        size = np.ones(len(moments_nm))
        for _ in range(40):
            trial = dual(multipliers - size[:, None] * step)
            worse = trial[2] > value - 1e-4 * size * (step * gap).sum(axis=1) + 1e-12 * (1.0 + np.abs(value))
            if not worse.any():
                break
            size = np.where(worse, 0.5 * size, size)
        multipliers = multipliers - size[:, None] * step
        activation, slope, value, gap = dual(multipliers)
    return activation, multipliers / (2.0 * stiff)


def share_load(
    postures_deg: ArrayLike,
    moments_nm: ArrayLike,
    strength: Mapping[str, float] | None = None,
    shortened: Mapping[str, float] | None = None,
    power: int = 2,
    height_m: float | None = None,
) -> Shares:
    """Return how all parts share hip moments.

    Args:
        postures_deg: Shape (n, 4) or (n, 3).
        moments_nm: Hip moments the muscles supply, (n, 3), newton metres.
        strength: Strength left in a part, 1 is whole, for parts that are weakened or tired.
        shortened: Share by which the fibres of a part have become shorter, such as 0.1; they then sit at a
            greater normalised length in every posture.
        power: 2 or 3, of the summed activation.
        height_m: Body height.

    Raises:
        ShapeError, PostureError, UnknownMuscleError: The input cannot be used.
    """
    postures = as_postures(postures_deg)
    moments = np.asarray(moments_nm, dtype=np.float64)
    if moments.shape != (len(postures), 3):
        raise ShapeError(f"Moments have shape {moments.shape}; expected ({len(postures)}, 3), one row a posture.")
    if not np.isfinite(moments).all():
        raise PostureError("A moment is NaN or infinite. Give newton metres.")
    state = muscle_state(postures, None, height_m)
    parts = load_part_names()
    left, shorter = np.ones(len(parts)), np.zeros(len(parts))
    for target, changes, highest in ((left, strength, 2.0), (shorter, shortened, 0.9)):
        for part, value in (changes or {}).items():
            if part not in parts:
                unknown("muscle part", part, parts)
            if not 0.0 <= value <= highest:
                raise PostureError(f"{part} is given {value}. Give a share from 0 to {highest:g}.")
            target[parts.index(part)] = value
    capacity = max_forces_n(parts) * left * active_curve()(state.normalised_length.middle / (1.0 - shorter))
    capability = np.swapaxes(state.moment_arm_m.middle[:, :, :3] * capacity[:, :, None], 1, 2)
    activation, reserve = solve(capability, moments, power)
    return Shares(parts, activation, activation * capacity, reserve)


def share_task(
    task: Task,
    mass_kg: float | None = None,
    strength: Mapping[str, float] | None = None,
    shortened: Mapping[str, float] | None = None,
    power: int = 2,
) -> Shares:
    """Return how all parts share the moments of a task; the mass defaults to that of the reference skeleton.

    Raises:
        PostureError: The mass is not one a person has.
    """
    skeleton = read_toml("settings.toml")["skeleton"]
    mass = float(skeleton["mass_kg"]) if mass_kg is None else mass_kg
    if not float(skeleton["lowest_kg"]) <= mass <= float(skeleton["greatest_kg"]):
        raise PostureError(f"The mass is {mass} kg. Give {skeleton['lowest_kg']} to {skeleton['greatest_kg']} kg.")
    return share_load(task.postures_deg, task.moments_nm_per_kg * mass, strength, shortened, power)
