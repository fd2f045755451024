"""The behaviours the simulation has to show, as experiments that tests and plots share.

Each takes the number of simulated people and a seed, so a test can be small and a plot smooth.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from deepsix.recovery.dynamics import Course, simulate
from deepsix.recovery.forecasting import days_to_better
from deepsix.recovery.loads import Loads, loads_of
from deepsix.recovery.people import draw_people
from deepsix.recovery.schedule import Schedule, usual
from deepsix.recovery.starting import sore, well
from deepsix.recovery.tables import read_table

Array = NDArray[np.float64]

SORE_PART: Final = "piriformis"
GLUTEALS: Final = tuple(
    f"gluteus_{muscle}_{part}"
    for muscle, names in (
        ("medius", ("anterior", "middle", "posterior")),
        ("maximus", ("superior", "middle", "inferior")),
    )
    for part in names
)
WEAK: Final = 0.6  # strength left in the gluteals of the uneven group
REMEDY_DAYS: Final = 28  # for which a remedy is kept up
LATER_DAY: Final = 28  # on which strength work comes back in where it waits
HORIZON_DAYS: Final = 84
_EVEN: Final = "strain_grade_0"  # any problem without an uneven share; `well` leaves no injury behind

# Activities and the day from which each is done, as long and as often as the remedy in the plan says.
REMEDIES: Final = {
    "rest from sport": (),
    "slow easy running": (("easy_run", 0),),
    "gentle stretching": (("gentle_stretch", 0),),
    "easy running and gentle stretching": (("easy_run", 0), ("gentle_stretch", 0)),
    "firm pressure": (("firm_pressure", 0),),
    "painful pressure": (("painful_pressure", 0),),
    "strength work": (("strength_work", 0),),
    "strength work from the fifth week": (("strength_work", LATER_DAY),),
}


@dataclass(frozen=True, slots=True, eq=False)
class Tipping:
    """Two groups of the same runners in the same weeks: an even hip, and one whose gluteals are weak."""

    even: Course
    uneven: Course


def next_day(minutes: float = 110.0, people: int = 300, seed: int = 0, days: int = 12) -> Course:
    """Return pain by the hour after one run of these minutes on day 2 at 10, in runners used to half of it (A2)."""
    drawn = draw_people(people, _EVEN, np.random.default_rng([seed, 10]))
    loads = loads_of([SORE_PART])
    plan = usual("quiet", days).with_session(2, "run", minutes, 10)
    return simulate(drawn, loads, plan, well(drawn, loads), None, record_hours=True)


def tipping(people: int = 300, seed: int = 0, days: int = HORIZON_DAYS) -> Tipping:
    """Return the course of runners who keep to their habit on an even and on an uneven hip (A7, A10).

    Both are used to the same weeks on an even hip. The work of piriformis comes from sharing the same moments out
    once with whole and once with weak gluteals.
    """
    drawn = draw_people(people, _EVEN, np.random.default_rng([seed, 11]))
    even, uneven = loads_of([SORE_PART]), loads_of([SORE_PART], dict.fromkeys(GLUTEALS, WEAK))
    start = well(drawn, even)

    def course(loads: Loads) -> Course:
        return simulate(drawn, loads, usual("runner", days), start, np.random.default_rng([seed, 12]))

    return Tipping(course(even), course(uneven))


def remedy_plan(name: str, days: int = HORIZON_DAYS, kept_up: int = REMEDY_DAYS) -> Schedule:
    """Return ordinary days without sport, with a remedy of `REMEDIES` for the first weeks."""
    plan = usual("quiet", days)
    for activity, first in REMEDIES[name]:
        plan = plan.with_remedy(activity, first, first + kept_up)
    return plan


def remedies(people: int = 300, seed: int = 0, worst_pain: float = 5.0) -> dict[str, Course]:
    """Return the course of the same sore people under each remedy (A11, A13-A16)."""
    drawn = draw_people(people, "overload", np.random.default_rng([seed, 13]))
    loads = loads_of([SORE_PART])
    start = sore(drawn, loads, worst_pain, np.random.default_rng([seed, 14]))
    return {
        name: simulate(drawn, loads, remedy_plan(name), start, np.random.default_rng([seed, 15])) for name in REMEDIES
    }


def strain_days(grade: int, part: str = "biceps_femoris_long_head", people: int = 300, seed: int = 0) -> Array:
    """Return days to better after a strain of a grade, resting from sport, one entry a person."""
    problem = f"strain_grade_{grade}"
    drawn = draw_people(people, problem, np.random.default_rng([seed, 16]))
    loads = loads_of([part])
    pain = float(read_table("problems.toml")[problem]["start_pain"])
    start = sore(drawn, loads, pain, np.random.default_rng([seed, 17]))
    plan = usual("quiet", 300 if grade == 3 else 90)
    return days_to_better(simulate(drawn, loads, plan, start, np.random.default_rng([seed, 18])).worst)


def tendon_success(
    days: tuple[int, ...], loading: bool, people: int = 300, seed: int = 0, part: str = "gluteus_medius_anterior"
) -> list[float]:
    """Return the share of people whose pain of a week has halved around each of these days."""
    drawn = draw_people(people, "tendinopathy", np.random.default_rng([seed, 19]))
    loads, told = loads_of([part]), 5.0
    start = sore(drawn, loads, told, np.random.default_rng([seed, 20]), "walker")
    plan = usual("walker", max(days) + 4)
    if loading:
        plan = plan.with_remedy("progressive_loading", 0, plan.days)
    worst = simulate(drawn, loads, plan, start, np.random.default_rng([seed, 21])).worst
    return [float((worst[d - 3 : d + 4].mean(axis=0) <= told / 2.0).mean()) for d in days]
