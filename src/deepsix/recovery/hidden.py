"""Simulated people with hidden numbers, to see whether the forecast's band holds what it says.

Each is drawn, lives some days, tells their pain with the usual error, is forecast from what they told, and lives on.
This checks the filter and the sums. It cannot check that real people are like the simulated ones.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from deepsix.recovery.dynamics import simulate
from deepsix.recovery.forecasting import days_to_better, look_ahead, prepare_learnt
from deepsix.recovery.learning import Told
from deepsix.recovery.loads import loads_of
from deepsix.recovery.people import draw_people
from deepsix.recovery.schedule import usual
from deepsix.recovery.starting import sore
from deepsix.recovery.tables import constant

Array = NDArray[np.float64]

_START_PAINS = (3.0, 4.0, 5.0, 6.0, 7.0)


@dataclass(frozen=True, slots=True, eq=False)
class Coverage:
    """How often the 80% band held the hidden course.

    Attributes:
        once: Share of people held on one day each, picked at random; independent, so binomial.
        by_day: Share of people held on each day of the forecast, (d,).
        better: Share of people whose days to better lay from the 10th to the 90th hundredth; days are whole numbers
            and both ends count, so a little above 80% is right.
        below: Share below the band among those outside it, all days; a half when the band sits right.
    """

    once: float
    by_day: Array
    better: float
    below: float


def coverage(
    people: int = 200,
    members: int = 400,
    told_days: tuple[int, ...] = (2, 4, 7, 10),
    days: int = 42,
    problem: str = "overload",
    week: str = "quiet",
    wider: float = 1.0,
    seed: int = 0,
) -> Coverage:
    """Return how often the band of the forecast, learnt from check-ins on some days, holds simulated people.

    Args:
        people: How many hidden people.
        members: Of each forecast.
        told_days: Days of check-ins; none for a forecast from the first pain alone.
        days: Length of the plan.
        problem, week: What they have and what they do.
        wider: Times the assumed spread by which hidden people differ; above 1 the assumptions are wrong.
        seed: The same seed gives the same figures.
    """
    loads, plan = loads_of(["piriformis"]), usual(week, days)
    first = max(told_days, default=-1) + 1
    held, below, better, once = np.zeros(days - first), 0, 0, 0
    pick = np.random.default_rng([seed, 30])
    for k in range(people):
        rng = np.random.default_rng([seed, 31, k])
        pain = float(_START_PAINS[k % len(_START_PAINS)])
        person = draw_people(1, problem, rng, wider)
        course = simulate(person, loads, plan, sore(person, loads, pain, rng), rng)
        told = [_told(d, course.evening[d, 0], course.worst[d, 0], course.morning[d, 0], rng) for d in told_days]
        ensemble = prepare_learnt(["piriformis"], plan, told, problem, pain, members, 1000 * seed + k)
        found = look_ahead(ensemble, plan)
        true = course.worst[first:, 0]
        inside = (true >= found.low) & (true <= found.high)
        held += inside
        below += int((true < found.low).sum())
        once += int(inside[pick.integers(len(inside))])
        days_needed = float(days_to_better(course.worst[first:])[0])
        better += found.better_after(0.1) <= days_needed <= found.better_after(0.9)
    outside = people * len(held) - held.sum()
    return Coverage(once / people, held / people, better / people, below / max(float(outside), 1.0))


def _told(day: int, evening: float, worst: float, morning: float, rng: np.random.Generator) -> Told:
    scale = constant("report_sd") * np.sqrt(3.0) / np.pi
    now, most, wake = (float(np.clip(np.rint(p + rng.logistic(0.0, scale)), 0, 10)) for p in (evening, worst, morning))
    return Told(day, now, most, wake)
