"""When will it be better? A forecast with a band, learnt from check-ins, and "what if?" on the same members."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from deepsix.recovery.dynamics import State, simulate
from deepsix.recovery.errors import ForecastError
from deepsix.recovery.learning import Told, learn
from deepsix.recovery.loads import Loads, loads_of
from deepsix.recovery.people import People, draw_people
from deepsix.recovery.schedule import Schedule
from deepsix.recovery.starting import sore
from deepsix.recovery.tables import constant, read_table

Array = NDArray[np.float64]

BAND: Final = (0.1, 0.5, 0.9)
_LEARN_WITH: Final = 4  # times the members that are kept


@dataclass(frozen=True, slots=True, eq=False)
class Ensemble:
    """Equally likely members at the start of day `day`, ready to look ahead; `seed` fixes the days to come."""

    people: People
    loads: Loads
    state: State
    day: int
    seed: int


@dataclass(frozen=True, slots=True, eq=False)
class Forecast:
    """What may come.

    Attributes:
        first_day: Day of the first entry, 0 for the first day of the schedule.
        low, middle, high: Worst pain of each day below which 1, 5 and 9 in 10 members are, (d,).
        worst: Worst pain of every member, (d, m).
        days_to_better: Days from the first entry until pain is and stays low for three days, (m,); infinite when not
            within the forecast.
    """

    first_day: int
    low: Array
    middle: Array
    high: Array
    worst: Array
    days_to_better: Array

    def better_after(self, share: float = 0.5) -> float:
        """Return the days after which this share of members is better; infinite when fewer are within the days."""
        return float(np.quantile(self.days_to_better, share, method="inverted_cdf"))

    def share_better(self, day: int) -> float:
        """Return the share of members that are better within so many days."""
        return float((self.days_to_better <= day).mean())


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """A plan and a changed plan on the same members and the same good and bad days.

    Attributes:
        usual, changed: The two forecasts.
        extra_pain: Mean over members of the difference in worst pain of each day, changed minus usual, (d,).
        days_later: Mean difference in days to better over members who get better either way.
        share_worse: Share of members with at least 2 points more pain on some day.
        share_later: Share of members who get better at least a week later, or only with the usual plan.
    """

    usual: Forecast
    changed: Forecast
    extra_pain: Array
    days_later: float
    share_worse: float
    share_later: float


def days_to_better(worst: Array) -> Array:
    """Return the first day of three with little pain, per member; infinite when there is none.

    >>> days_to_better(np.array([[5.0], [1.0], [1.0], [1.0]])).tolist()
    [1.0]
    """
    fine = worst <= constant("better_pain")
    days = round(constant("better_days"))
    if len(fine) < days:
        return np.full(worst.shape[1], np.inf)
    runs = np.lib.stride_tricks.sliding_window_view(fine, days, axis=0).all(axis=-1)
    return np.where(runs.any(axis=0), runs.argmax(axis=0).astype(np.float64), np.inf)


def prepare(
    parts: Sequence[str],
    problem: str = "overload",
    worst_pain: float | None = None,
    members: int = 1000,
    seed: int = 0,
    week: str = "runner",
) -> Ensemble:
    """Return members who are sore today.

    Args:
        parts: Sore parts of the hip room, of one muscle; each is simulated, the worst counts.
        problem: Key of problems.toml.
        worst_pain: 0-10, the worst of the last day; that of the problem unless told.
        members: How many.
        seed: The same seed gives the same forecast.
        week: The usual week before it hurt, which sets what the muscle is used to.

    Raises:
        ForecastError: No such problem, or a pain outside 0-10.
        UnknownMuscleError: No such part.
    """
    rng = np.random.default_rng([seed, 1])
    loads = loads_of(parts)
    people = draw_people(members, problem, rng)
    pain = float(read_table("problems.toml")[problem]["start_pain"]) if worst_pain is None else worst_pain
    return Ensemble(people, loads, sore(people, loads, pain, rng, week), 0, seed)


def learn_from(ensemble: Ensemble, schedule: Schedule, told: Sequence[Told]) -> Ensemble:
    """Return the members after check-ins; the schedule is what was done since day 0.

    Raises:
        ForecastError: Check-ins out of order or outside the schedule.
    """
    if not told:
        return ensemble
    rng = np.random.default_rng([ensemble.seed, 2])
    found = learn(ensemble.people, ensemble.loads, schedule, ensemble.state, told, rng)
    return Ensemble(found.people, ensemble.loads, found.state, found.day + 1, ensemble.seed)


def prepare_learnt(
    parts: Sequence[str],
    schedule: Schedule,
    told: Sequence[Told],
    problem: str = "overload",
    worst_pain: float | None = None,
    members: int = 1000,
    seed: int = 0,
    week: str = "runner",
) -> Ensemble:
    """Return members after check-ins, learnt with four times as many and thinned.

    With only as many as are kept, few distinct ones are left after some check-ins and the band is too narrow;
    benchmarks/recovery/coverage.py prints what it holds.
    """
    if not told:
        return prepare(parts, problem, worst_pain, members, seed, week)
    many = prepare(parts, problem, worst_pain, _LEARN_WITH * members, seed, week)
    found = learn_from(many, schedule, told)
    rows = np.sort(np.random.default_rng([seed, 4]).permutation(_LEARN_WITH * members)[:members])
    return Ensemble(found.people.chosen(rows), found.loads, found.state.chosen(rows), found.day, seed)


def look_ahead(ensemble: Ensemble, schedule: Schedule) -> Forecast:
    """Return the forecast from the day of the ensemble to the end of the schedule.

    Raises:
        ForecastError: The schedule ends before.
    """
    if schedule.days <= ensemble.day:
        raise ForecastError(f"The plan ends on day {schedule.days - 1}, before day {ensemble.day}. Make it longer.")
    ahead = schedule.part(ensemble.day, schedule.days)
    course = simulate(ensemble.people, ensemble.loads, ahead, ensemble.state, np.random.default_rng([ensemble.seed, 3]))
    low, middle, high = np.quantile(course.worst, BAND, axis=1)
    return Forecast(ensemble.day, low, middle, high, course.worst, days_to_better(course.worst))


def compare(ensemble: Ensemble, usual: Schedule, changed: Schedule) -> Comparison:
    """Return both plans on the same members with the same days.

    Raises:
        ForecastError: The schedules differ in length.
    """
    if usual.days != changed.days:
        raise ForecastError(f"The plans have {usual.days} and {changed.days} days. Make them equally long.")
    one, two = look_ahead(ensemble, usual), look_ahead(ensemble, changed)
    both = np.isfinite(one.days_to_better) & np.isfinite(two.days_to_better)
    later = two.days_to_better[both] - one.days_to_better[both]
    only_usual = np.isfinite(one.days_to_better) & ~np.isfinite(two.days_to_better)
    more = two.worst - one.worst
    return Comparison(
        one,
        two,
        more.mean(axis=1),
        float(later.mean()) if both.any() else 0.0,
        float((more >= constant("noticeable_pain")).any(axis=0).mean()),
        float(((later >= 7.0).sum() + only_usual.sum()) / len(both)),
    )


def forecast(
    parts: Sequence[str],
    schedule: Schedule,
    problem: str = "overload",
    worst_pain: float | None = None,
    told: Sequence[Told] = (),
    members: int = 1000,
    seed: int = 0,
    week: str = "runner",
) -> Forecast:
    """Return the forecast of a plan, learnt from check-ins; see `prepare_learnt` and `look_ahead`."""
    return look_ahead(prepare_learnt(parts, schedule, told, problem, worst_pain, members, seed, week), schedule)
