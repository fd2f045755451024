"""Which position stretches which muscle part, how far, and what gets too long first.

A part is comfortable up to a normalised fibre length set in settings.toml, or up to the longest it gets in postures
that people hold at ease, whichever is more, and always some room beyond rest: whatever a model says of
    absolute fibre length, a muscle that is held so for hours is not over-stretched by it. Beyond a further
    margin it is counted as too far.

What this leaves out: nerves, capsule and bone, which often stop a movement first, and differences between people.
Those limits are estimates, marked so in the data.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import numpy as np

from deepsix.hip.paths import load_part_names
from deepsix.hip.positions import Position, angles_of, positions_of_kind
from deepsix.hip.rotations import Array
from deepsix.hip.states import MuscleState, muscle_state
from deepsix.hip.tables import read_toml, unknown


class Comfort(NamedTuple):
    """Normalised fibre lengths of each part, shape (parts,): at rest, end of comfort, too far."""

    rest: Array
    comfortable_to: Array
    too_far_from: Array


@dataclass(frozen=True, slots=True)
class StretchEffect:
    """What one position does to one muscle part.

    Attributes:
        position, part: What is meant.
        lengthening_m: Change of length since standing: middle, lowest and highest over the published anatomies.
        normalised_length: Fibre length by optimal length, middle, low, high.
        comfort_share: Part of the way from rest to the end of comfort; 1 is the end, negative is shorter than rest.
        of_comfortable_length: Fibre length as a share of the longest comfortable one.
        others_too_far: Parts that are beyond "too far" here, the worst first.
        limited_by: The part that uses most of its comfort, when it is another one and has used all of it.
        checked: Whether the angles lie in the range the geometry was looked at.
    """

    position: str
    part: str
    lengthening_m: tuple[float, float, float]
    normalised_length: tuple[float, float, float]
    comfort_share: float
    of_comfortable_length: float
    others_too_far: tuple[str, ...]
    limited_by: str
    checked: bool


@cache
def comfort_limits() -> Comfort:
    """Return the comfort limits of all parts, in the order of muscles.toml."""
    settings = read_toml("settings.toml")["stretch"]
    at_ease = [p for p in positions_of_kind("everyday") if p.at_ease]
    held = muscle_state(angles_of(at_ease)).normalised_length.middle.max(axis=0)
    rest = muscle_state([[0.0, 0.0, 0.0, 0.0]]).normalised_length.middle[0]
    end = np.maximum(held, float(settings["comfortable_to"]))
    end = np.maximum(end, rest + float(settings["least_room"]))
    margin = float(settings["too_far_from"]) - float(settings["comfortable_to"])
    return Comfort(rest, end, end + margin)


def comfort_share(normalised_length: Array) -> Array:
    """Return the part of the way from rest to the end of comfort, shape (n, parts), all parts."""
    limits = comfort_limits()
    return np.asarray((normalised_length - limits.rest) / (limits.comfortable_to - limits.rest))


def _effect(state: MuscleState, share: Array, row: int, column: int, position: str) -> StretchEffect:
    limits, lengths = comfort_limits(), state.normalised_length
    excess = lengths.middle[row] - limits.too_far_from
    worst = [int(i) for i in np.argsort(-excess) if excess[i] > 0.0 and i != column]
    first = int(np.argmax(share[row]))
    limited = state.parts[first] if first != column and share[row, first] >= 1.0 else ""

    def triple(interval: tuple[Array, Array, Array]) -> tuple[float, float, float]:
        a, b, c = (float(x[row, column]) for x in interval)
        return a, b, c

    return StretchEffect(
        position,
        state.parts[column],
        triple(state.length_change_m),
        triple(lengths),
        float(share[row, column]),
        float(lengths.middle[row, column] / limits.comfortable_to[column]),
        tuple(state.parts[i] for i in worst),
        limited,
        bool(state.checked[row]),
    )


def stretch_table(positions: Sequence[Position] | None = None) -> dict[str, list[StretchEffect]]:
    """Return, for every part, the effect of every position, the longest first."""
    used = list(positions_of_kind("stretch") if positions is None else positions)
    state = muscle_state(angles_of(used))
    share = comfort_share(state.normalised_length.middle)
    table = {}
    for column, part in enumerate(state.parts):
        effects = [_effect(state, share, row, column, p.id) for row, p in enumerate(used)]
        table[part] = sorted(effects, key=lambda e: -e.normalised_length[0])
    return table


def rank_stretches(part: str, positions: Sequence[Position] | None = None) -> list[StretchEffect]:
    """Return the effect of every position on one part, the longest first.

    Raises:
        UnknownMuscleError: No such part.

    >>> rank_stretches("tensor_fasciae_latae")[0].position.startswith("side_lying")
    True
    """
    if part not in load_part_names():
        unknown("muscle part", part, load_part_names())
    return stretch_table(positions)[part]


def effect_of(position: Position, part: str) -> StretchEffect:
    """Return what one position does to one part.

    Raises:
        UnknownMuscleError: No such part.
    """
    return rank_stretches(part, [position])[0]
