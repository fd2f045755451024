"""Which stretch reaches the muscle part in question, and how far to go so that it stays comfortable (A6, A11).

The computed hip says how long every part gets on the way into each position. We go in until the part meant has used its
share of comfort (`comfort_ceiling`), and prefer positions that spare the other parts on the way. What the hip leaves
out (nerves, capsule, how stiff one person is) is why the words still say: stop at the first mild pull.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np

from deepsix.diagnosis.culprit import suspect_parts
from deepsix.hip.paths import load_part_names
from deepsix.hip.positions import angles_of, positions_of_kind
from deepsix.hip.rotations import Array
from deepsix.hip.states import muscle_state
from deepsix.hip.stretch import comfort_share
from deepsix.knowledge.care import CareRules
from deepsix.plan.plan import Stretch
from deepsix.plan.situation import Situation

STEPS = 20  # how finely the way into a position is looked at: steps of 5%, finer than anyone can tell


class Ranked(NamedTuple):
    """A stretch with its score: the share of comfort it uses, less what it costs other parts."""

    score: float
    stretch: Stretch


@cache
def _shares() -> tuple[tuple[str, ...], Array]:
    """Return the ids of all stretch positions, and the shares of comfort on the way in, (steps, positions, parts)."""
    positions = positions_of_kind("stretch")
    angles = angles_of(positions)
    way = np.linspace(1 / STEPS, 1, STEPS)
    lengths = muscle_state(np.concatenate([angles * part for part in way])).normalised_length.middle
    return tuple(p.id for p in positions), comfort_share(lengths).reshape(STEPS, len(positions), -1)


def best_stretch(care: CareRules, position: str, parts: tuple[str, ...]) -> Ranked | None:
    """Return the best use of a position for any of the parts, or None when it stretches none of them enough."""
    return _best(
        position, parts, *(care.setting(name) for name in ("comfort_ceiling", "least_stretch", "overstretch_cost"))
    )


@cache
def _best(position: str, parts: tuple[str, ...], ceiling: float, least: float, cost: float) -> Ranked | None:
    ids, shares = _shares()
    if position not in ids:
        return None
    way = shares[:, ids.index(position), :]
    names = load_part_names()
    found = []
    for part in parts:
        column = names.index(part)
        within = way[:, column] <= ceiling
        steps = STEPS if within.all() else int(np.argmin(within))
        if steps == 0:
            continue
        row = way[steps - 1]
        worst = float(np.delete(row, column).max())
        score = float(row[column]) - cost * max(0.0, worst - 1.0)
        if row[column] >= least:
            found.append(Ranked(score, Stretch(part, steps / STEPS, float(row[column]))))
    return max(found, key=lambda ranked: ranked.score, default=None)


def target_parts(situation: Situation, condition: str) -> tuple[str, ...]:
    """Return the parts to stretch for a likely cause: those the hip points to, when they belong to that cause."""
    knowledge = situation.knowledge
    parts = next((t.parts for t in knowledge.care.targets if condition in t.conditions), ())
    if not parts:
        return ()
    suspects = {suspect.part for suspect in suspect_parts(knowledge, situation.case, situation.leading)}
    return tuple(part for part in parts if part in suspects) or parts
