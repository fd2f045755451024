"""Learn about one person from what they tell: a particle filter with resampling and jitter.

Members that foretold what was told weigh more. When few carry the weight they are drawn anew by weight, and their
hidden numbers are moved a little without changing mean and spread (Liu and West 2001), so that copies part.

The error of telling has the shape of a logistic curve, and whole numbers stand for the interval around them. Part of
the error is shared by the three numbers of a check-in (report_shared), the rest is each one's own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from deepsix.recovery.dynamics import State, simulate
from deepsix.recovery.errors import ForecastError
from deepsix.recovery.loads import Loads
from deepsix.recovery.people import People
from deepsix.recovery.schedule import Schedule
from deepsix.recovery.tables import constant

Array = NDArray[np.float64]

_SHRINK: Final = 0.98  # of Liu and West; nearer 1 moves less
_STATE_JITTER: Final = 0.05  # log; of irritability, injury, damage and tightening
_FEW: Final = 0.5  # share of members that must carry the weight, else they are drawn anew
_SHARED_ERRORS: Final = (
    13  # at which the shared error is averaged; see test_a_check_in_weighs_as_drawing_its_errors_does
)
_SHARED_REACH: Final = 6.0
_UNLIKELY: Final = 1e-6  # of any told number: no member is ruled out by one slip of the finger


@dataclass(frozen=True, slots=True)
class Told:
    """Pain 0-10 told on a day, counted from the first; None where not told.

    Attributes:
        day: 0 is the first day of the schedule.
        now: At the evening.
        worst: Worst of the day.
        morning: On waking that day, after what was done the day before.
    """

    day: int
    now: float | None = None
    worst: float | None = None
    morning: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Learnt:
    """Members after learning.

    Attributes:
        people, state: Members, equally likely, at the end of day `day`.
        day: Last day that is past.
        effective: Members that carried the weight at each check-in, lowest first to know how sure the filter is.
    """

    people: People
    state: State
    day: int
    effective: tuple[float, ...]


def log_likelihood(told: float, pain: Array, sd: float) -> Array:
    """Return the logarithm of the chance that this pain is told as this whole number.

    >>> total = sum(np.exp(log_likelihood(k, np.array([4.2]), 0.8)) for k in range(11))
    >>> round(float(total[0]), 3)
    1.0
    """
    scale = sd * np.sqrt(3.0) / np.pi

    def below(x: float) -> Array:
        return np.asarray(1.0 / (1.0 + np.exp(np.clip((pain - x) / scale, -60.0, 60.0))))

    lower = below(told - 0.5) if told > 0.25 else np.zeros_like(pain)
    upper = below(told + 0.5) if told < 9.75 else np.ones_like(pain)
    return np.asarray(np.log(np.maximum(upper - lower, _UNLIKELY)))


def _check(told: Sequence[Told], days: int) -> None:
    last = -1
    for t in told:
        if not last < t.day < days:
            raise ForecastError(f"Check-ins have to be in order, one a day, within {days} days; day {t.day} is not.")
        last = t.day
        for value in (t.now, t.worst, t.morning):
            if value is not None and not 0.0 <= value <= 10.0:
                raise ForecastError(f"A pain of {value:g} was told on day {t.day}. Give a number from 0 to 10.")


def telling_sds() -> tuple[float, float]:
    """Return the standard deviations of the error that the numbers of a check-in share, and of each one's own."""
    sd, shared = constant("report_sd"), constant("report_shared")
    return float(sd * np.sqrt(shared)), float(sd * np.sqrt(1.0 - shared))


def weigh(told: Told, evening: Array, worst: Array, morning: Array) -> Array:
    """Return the logarithm of the chance of a check-in for members with these pains, (m,).

    Averaged over the shared error, by the trapezoid rule.
    """
    pairs = [(v, p) for v, p in ((told.now, evening), (told.worst, worst), (told.morning, morning)) if v is not None]
    if not pairs:
        return np.zeros(len(worst))
    shared, own = telling_sds()
    at = np.linspace(-_SHARED_REACH, _SHARED_REACH, _SHARED_ERRORS)  # in scales of the logistic curve
    share = 1.0 / np.cosh(at / 2.0) ** 2
    errors = shared * np.sqrt(3.0) / np.pi * at
    chances = [np.sum([log_likelihood(value, pain + e, own) for value, pain in pairs], axis=0) for e in errors]
    return np.asarray(np.logaddexp.reduce(chances + np.log(share / share.sum())[:, None], axis=0))


def systematic(weights: Array, rng: np.random.Generator) -> NDArray[np.intp]:
    """Return rows drawn in proportion to weights, evenly spaced: each comes floor or ceil of its share times."""
    n = len(weights)
    total = np.cumsum(weights)
    at = (rng.random() + np.arange(n)) / n * total[-1]
    return np.asarray(np.minimum(np.searchsorted(total, at), n - 1), dtype=np.intp)


def _moved(values: Array, rng: np.random.Generator) -> Array:
    """Return positive values moved a little on the log scale, mean and spread of the logarithm kept."""
    if not np.isfinite(values).all():
        return values
    log = np.log(values)
    step = np.sqrt(1.0 - _SHRINK**2) * log.std() * rng.standard_normal(log.shape)
    return np.asarray(np.exp(_SHRINK * log + (1.0 - _SHRINK) * log.mean() + step))


def jittered(people: People, state: State, rng: np.random.Generator) -> tuple[People, State]:
    """Return members that are all a little different."""
    values = {k: _moved(v, rng) for k, v in people.values.items()}
    moved = replace(
        people,
        values=values,
        healing_days=_moved(people.healing_days, rng),
        uneven_share=_moved(people.uneven_share, rng),
        loading_days=_moved(people.loading_days, rng),
    )

    def shaken(x: Array) -> Array:
        return np.asarray(x * np.exp(_STATE_JITTER * rng.standard_normal(x.shape)))

    return moved, replace(
        state,
        damage=shaken(state.damage),
        irritability=shaken(state.irritability),
        injury=shaken(state.injury),
        tightening=np.minimum(shaken(state.tightening), 1.0),
    )


def learn(
    people: People, loads: Loads, schedule: Schedule, start: State, told: Sequence[Told], rng: np.random.Generator
) -> Learnt:
    """Return the members after everything told, at the end of the last day told.

    Args:
        people, loads, schedule, start: As for `simulate`; the schedule is what was done.
        told: In order of days.
        rng: Random generator; the same one gives the same answer.

    Raises:
        ForecastError: Days out of order or outside the schedule, or a pain outside 0-10.
    """
    _check(told, schedule.days)
    count = people.count
    weight, done, effective = np.zeros(count), 0, []
    for t in told:
        course = simulate(people, loads, schedule.part(done, t.day + 1), start, rng)
        start, done = course.end, t.day + 1
        weight = weight + weigh(t, course.evening[-1], course.worst[-1], course.morning[-1])
        share = np.exp(weight - weight.max())
        effective.append(float(share.sum() ** 2 / (share**2).sum()))
        if effective[-1] < _FEW * count or t is told[-1]:
            rows = systematic(share, rng)
            people, start = jittered(people.chosen(rows), start.chosen(rows), rng)
            weight = np.zeros(count)
    return Learnt(people, start, done - 1, tuple(effective))
