"""The state of every muscle part in a posture: how long its fibres are, how hard they pull when passive or active.

A part is drawn by several lines from several sources. The middle value is the mean over sources (each source counts
once, however many lines it has); the interval runs from the lowest to the highest line, and where the resting fibre
length rests on models, over their spread too. It is a spread between published anatomies, not a confidence interval.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from deepsix.hip.architecture import architecture_of, as_arrays
from deepsix.hip.curves import active_curve, passive_curve
from deepsix.hip.lineset import LineSet, hip_lines
from deepsix.hip.moment_arms import Engine, mechanics
from deepsix.hip.paths import load_part_names
from deepsix.hip.registration import height_factor
from deepsix.hip.rotations import Array
from deepsix.hip.tables import read_toml, unknown


class Interval(NamedTuple):
    """Middle, lowest and highest, arrays of one shape."""

    middle: Array
    low: Array
    high: Array


@dataclass(frozen=True, slots=True, eq=False)
class MuscleState:
    """State of p parts in n postures.

    Attributes:
        parts: Names of the parts, in the order of the columns.
        length_change_m: Path length minus path length at rest, (n, p).
        normalised_length: Fibre length by optimal fibre length, (n, p).
        passive_force: Share of the maximal force, at the middle length, (n, p).
        active_capacity: Force at full activation, share of the maximal force, (n, p).
        moment_arm_m: Middle moment arms, (n, p, 4), with the lowest and highest line.
        checked: Whether each posture lies in the checked range, (n,).
    """

    parts: tuple[str, ...]
    length_change_m: Interval
    normalised_length: Interval
    passive_force: Array
    active_capacity: Array
    moment_arm_m: Interval
    checked: NDArray[np.bool_]

    def column(self, part: str) -> int:
        """Return the column of a part.

        Raises:
            UnknownMuscleError: The part is not among the columns.
        """
        if part not in self.parts:
            unknown("muscle part", part, self.parts)
        return self.parts.index(part)


def source_weights(lines: LineSet, parts: Iterable[str]) -> Array:
    """Return the weight of each line in the mean of each part, shape (parts, lines); rows sum to one."""
    names = list(parts)
    weights = np.zeros((len(names), len(lines)))
    for i, part in enumerate(names):
        rows = lines.rows_of(part)
        sources = [lines.lines[r].source for r in rows]
        for r, source in zip(rows, sources, strict=True):
            weights[i, r] = 1.0 / (len(set(sources)) * sources.count(source))
    return weights


def over_lines(values: Array, lines: LineSet, parts: Iterable[str]) -> Interval:
    """Return middle, low and high over the lines of each part; `values` has the lines as second axis."""
    names = list(parts)
    middle = np.einsum("pl,nl...->np...", source_weights(lines, names), values)
    groups = [values[:, lines.rows_of(part)] for part in names]
    low = np.stack([g.min(axis=1) for g in groups], axis=1)
    high = np.stack([g.max(axis=1) for g in groups], axis=1)
    return Interval(middle, low, high)


def normalised_fibre_length(length_change_m: Array, part: str, factor: float = 1.0, rest: float | None = None) -> Array:
    """Return fibre length by optimal fibre length, from the change of path length since rest.

    The tendon is taken as rigid and the muscle keeps its thickness, so fibres turn as they lengthen.

    Args:
        length_change_m: Any shape.
        part: The muscle part.
        factor: Body size relative to the reference skeleton; fibres grow with it.
        rest: Normalised length at rest; None takes the middle value.
    """
    made_of = architecture_of(part)
    fibre = made_of.optimal_fibre_length_m.value * factor
    at_rest = made_of.rest_length.value if rest is None else rest
    thickness = np.sin(np.deg2rad(made_of.pennation_deg))
    along = np.sqrt(max(at_rest**2 - thickness**2, 0.0)) + length_change_m / fibre
    shortest = float(read_toml("settings.toml")["fibres"]["shortest_normalised_length"])
    return np.asarray(np.hypot(np.maximum(along, shortest), thickness))


@lru_cache(maxsize=128)
def _lines(height_m: float | None, parts: tuple[str, ...]) -> LineSet:
    return hip_lines(height_m, parts)


@lru_cache(maxsize=128)
def _rest_length_m(height_m: float | None, parts: tuple[str, ...]) -> Array:
    return mechanics(_lines(height_m, parts), [[0.0, 0.0, 0.0, 0.0]], "numpy").length_m


def muscle_state(
    postures_deg: ArrayLike,
    parts: Iterable[str] | None = None,
    height_m: float | None = None,
    engine: Engine = "auto",
) -> MuscleState:
    """Return the state of muscle parts in every posture.

    Args:
        postures_deg: Shape (n, 4) or (n, 3), columns as in `posture.ANGLES`.
        parts: Names of parts; None takes all.
        height_m: Body height; None is the reference skeleton.
        engine: Passed on to `mechanics`.

    Raises:
        ShapeError, PostureError: The postures or the height cannot be used.
        UnknownMuscleError: No such part.
    """
    names = tuple(load_part_names() if parts is None else parts)
    lines, factor = _lines(height_m, names), height_factor(height_m)
    found = mechanics(lines, postures_deg, engine)
    change = over_lines(found.length_m - _rest_length_m(height_m, names), lines, names)
    fibres = [
        Interval(
            normalised_fibre_length(change.middle[:, i], part, factor),
            normalised_fibre_length(change.low[:, i], part, factor, architecture_of(part).rest_length.low),
            normalised_fibre_length(change.high[:, i], part, factor, architecture_of(part).rest_length.high),
        )
        for i, part in enumerate(names)
    ]
    normalised = Interval(*(np.stack(column, axis=1) for column in zip(*fibres, strict=True)))
    return MuscleState(
        names,
        change,
        normalised,
        passive_curve()(normalised.middle),
        active_curve()(normalised.middle),
        over_lines(found.moment_arm_m, lines, names),
        found.checked,
    )


def max_forces_n(parts: Iterable[str]) -> Array:
    """Return the maximal isometric force of each part, shape (parts,)."""
    return as_arrays(parts, "max_force_n")
