"""The best posture to stretch one part: as long as it can be made, within reach, with nothing else too far.

A grid over the reachable box of joint angles, narrowed around the best point a few times. The box is what healthy
adults are moved to in one motion at a time; all at once is often less, so the answer is a direction to go in, and
`reach` below 1 asks for less than the whole range.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import Final

import numpy as np

from deepsix.hip.errors import PostureError
from deepsix.hip.paths import load_part_names
from deepsix.hip.positions import reachable_range_deg
from deepsix.hip.rotations import Array
from deepsix.hip.states import muscle_state
from deepsix.hip.stretch import comfort_limits, comfort_share
from deepsix.hip.tables import unknown

_COARSE: Final = (9, 6, 6, 4)  # points an angle; the lengths are smooth, and rounds of narrowing follow
_ROUNDS: Final = 8


@dataclass(frozen=True, slots=True)
class BestPosture:
    """The best posture found.

    Attributes:
        part: The part to be stretched.
        angles_deg: Flexion, adduction, internal rotation, knee flexion.
        lengthening_m: Change of length since standing: middle, low, high.
        comfort_share: Part of the way from rest to the end of comfort.
        next_limit: Other part nearest its own limit, and its share of comfort.
        at_comfort_limit: True when the part reaches the end of its comfort inside the box.
    """

    part: str
    angles_deg: tuple[float, float, float, float]
    lengthening_m: tuple[float, float, float]
    comfort_share: float
    next_limit: tuple[str, float]
    at_comfort_limit: bool


def _grid(low: Array, high: Array, counts: tuple[int, ...]) -> Array:
    axes = [np.linspace(a, b, n) if b > a else np.array([a]) for a, b, n in zip(low, high, counts, strict=True)]
    return np.array(list(product(*axes)))


def _scores(postures: Array, column: int) -> Array:
    """Return how good each posture is: lengthening, less a steep price for other parts beyond too far.

    A part beyond its own comfort gains nothing more; of equal postures the one nearest to rest wins.
    """
    lengths = muscle_state(postures).normalised_length.middle
    limits = comfort_limits()
    gain = np.minimum(lengths[:, column], limits.comfortable_to[column])
    beyond = np.maximum(lengths - limits.too_far_from, 0.0)
    beyond[:, column] = 0.0
    effort = np.abs(postures[:, :3]).sum(axis=1)
    return np.asarray(gain - 10.0 * beyond.sum(axis=1) - 1e-5 * effort)


def best_posture(part: str, reach: float = 1.0) -> BestPosture:
    """Return the posture that makes a part longest, up to its comfort, with no other part too far.

    Args:
        part: The muscle part.
        reach: Share of the passive range that may be used, above 0 to 1.

    Raises:
        UnknownMuscleError: No such part.
        PostureError: `reach` is not above 0 and at most 1.
    """
    if part not in load_part_names():
        unknown("muscle part", part, load_part_names())
    if not 0.0 < reach <= 1.0:
        raise PostureError(f"The reach is {reach}. Give a share of the range above 0 and at most 1.")
    column = load_part_names().index(part)
    low, high = (reachable_range_deg() * reach).T
    candidates = _grid(low, high, _COARSE)
    step = (high - low) / (np.array(_COARSE) - 1)
    best = candidates[np.argmax(_scores(candidates, column))]
    for _ in range(_ROUNDS):
        candidates = _grid(np.maximum(best - step, low), np.minimum(best + step, high), (3,) * 4)
        best = candidates[np.argmax(_scores(candidates, column))]
        step = step / 2.0
    state = muscle_state(best[None])
    share = comfort_share(state.normalised_length.middle)[0]
    others = np.where(np.arange(share.size) == column, -np.inf, share)
    change = tuple(float(x[0, column]) for x in state.length_change_m)
    angles = tuple(round(float(a), 1) + 0.0 for a in best)
    return BestPosture(
        part,
        (angles[0], angles[1], angles[2], angles[3]),
        (change[0], change[1], change[2]),
        float(share[column]),
        (state.parts[int(np.argmax(others))], float(others.max())),
        bool(share[column] >= 1.0 - 1e-3),
    )
