"""Simulated people with hidden numbers, to see whether the forecast's band holds what it says.

Each is drawn, lives some days, tells their pain with the usual error, is forecast from what they told, and lives on.
This checks the filter and the sums. It cannot check that real people are like the simulated ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from deepsix.recovery.dynamics import Course, simulate
from deepsix.recovery.forecasting import days_to_better, look_ahead, prepare_learnt
from deepsix.recovery.learning import Told, telling_sds
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
        inside: Whether each person was held on each day of the forecast, (people, d).
        better: Whether each person's days to better lay from the 10th to the 90th hundredth, (people,); days are whole
            numbers and both ends count, so a little above 80% is right.
        below: Share below the band among those outside it, all days; a half when the band sits right.
    """

    inside: NDArray[np.bool_]
    better: NDArray[np.bool_]
    below: float

    def share(self, first: int = 0, last: int | None = None) -> float:
        """Return the share held over some days of the forecast, from `first` up to but without `last`."""
        return float(self.inside[:, first:last].mean())

    def error(self, first: int = 0, last: int | None = None) -> float:
        """Return the standard error of that share; the days of one person are alike, so people count and not days."""
        each = self.inside[:, first:last].mean(axis=1)
        return float(each.std(ddof=1) / np.sqrt(len(each)))


def together(found: Sequence[Coverage]) -> Coverage:
    """Return several as one: of the same forecast with other seeds."""
    outside = np.array([(~f.inside).sum() for f in found], dtype=np.float64)
    below = float((outside * [f.below for f in found]).sum() / max(outside.sum(), 1.0))
    return Coverage(np.concatenate([f.inside for f in found]), np.concatenate([f.better for f in found]), below)


def coverage(
    people: int = 200,
    members: int = 400,
    told_days: tuple[int, ...] = (2, 4, 7, 10),
    days: int = 42,
    problem: str = "overload",
    week: str = "quiet",
    wider: float = 1.0,
    errs_alike: bool = False,
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
        errs_alike: Whether the three numbers of a check-in err wholly together, not in part as assumed.
        seed: The same seed gives the same figures.
    """
    loads, plan = loads_of(["piriformis"]), usual(week, days)
    first = max(told_days, default=-1) + 1
    inside, better, below = np.zeros((people, days - first), dtype=bool), np.zeros(people, dtype=bool), 0
    for k in range(people):
        rng = np.random.default_rng([seed, 31, k])
        pain = float(_START_PAINS[k % len(_START_PAINS)])
        person = draw_people(1, problem, rng, wider)
        course = simulate(person, loads, plan, sore(person, loads, pain, rng), rng)
        told = [_told(d, course, errs_alike, rng) for d in told_days]
        ensemble = prepare_learnt(["piriformis"], plan, told, problem, pain, members, 1000 * seed + k)
        found = look_ahead(ensemble, plan)
        true = course.worst[first:, 0]
        inside[k] = (true >= found.low) & (true <= found.high)
        below += int((true < found.low).sum())
        days_needed = float(days_to_better(course.worst[first:])[0])
        better[k] = found.better_after(0.1) <= days_needed <= found.better_after(0.9)
    return Coverage(inside, better, below / max(int((~inside).sum()), 1))


def _told(day: int, course: Course, errs_alike: bool, rng: np.random.Generator) -> Told:
    pains = np.array([course.evening[day, 0], course.worst[day, 0], course.morning[day, 0]])
    shared, own = (constant("report_sd"), 0.0) if errs_alike else telling_sds()
    to_scale = np.sqrt(3.0) / np.pi
    errors = rng.logistic(0.0, shared * to_scale) + rng.logistic(0.0, own * to_scale, 3)
    now, most, wake = np.clip(np.rint(pains + errors), 0, 10)
    return Told(day, float(now), float(most), float(wake))
