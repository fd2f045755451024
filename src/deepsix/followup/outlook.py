"""When it is likely to be better: the forecast of a person's own plan, learnt from their check-ins.

    outlook = outlook_of(knowledge, followed, checkins, zone)

One function for every shell. It asks no clock and no database. It takes about half a second, so a shell that asks
often keeps what it got until a check-in or the plan changes.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta, tzinfo
from functools import cache
from importlib import resources
from typing import Any

from deepsix.followup.checkin import CheckIn
from deepsix.followup.following import FollowUp
from deepsix.followup.telling import simulated_as, told_of
from deepsix.hip.anatomy import find_parts
from deepsix.knowledge.model import Knowledge
from deepsix.plan.plan import Plan
from deepsix.recovery.forecasting import Comparison, Ensemble, Forecast, compare, look_ahead, prepare_learnt
from deepsix.recovery.schedule import Schedule, usual, what_if
from deepsix.recovery.telling import CheckIns


@dataclass(frozen=True, slots=True, eq=False)
class Outlook:
    """A forecast of the days from `begins` on.

    Attributes:
        condition: The likely cause it is for.
        muscle, problem: What stands for that cause in the simulation.
        told: What it learnt from.
        ahead: The days of the plan that are simulated.
        ensemble: The simulated people, for `what_if_of`.
    """

    condition: str
    muscle: str
    problem: str
    begins: date
    told: CheckIns
    found: Forecast
    ahead: Schedule
    ensemble: Ensemble


def why_no_outlook(followed: FollowUp, checkins: Sequence[CheckIn]) -> str | None:
    """Return why there is no forecast of a plan: "seen_first", "no_muscle" or "no_checkins"; None when there is one."""
    if not followed.plan.stages:
        return "seen_first"
    if _simulated(followed.plan) is None:
        return "no_muscle"
    return None if checkins else "no_checkins"


def outlook_of(
    knowledge: Knowledge,
    followed: FollowUp,
    checkins: Sequence[CheckIn],
    zone: tzinfo,
    *,
    days: int | None = None,
    members: int = 1000,
    seed: int = 0,
) -> Outlook | None:
    """Return the forecast of a plan, None when there is none to give (see `why_no_outlook`). Same input, same result.

    Args:
        knowledge: From `load_knowledge()`.
        followed: Where the plan stands.
        checkins: All that belong to its assessment.
        zone: Where the person is.
        days: How far to look; a week beyond the day it should be better by, within limits, unless said.
        members: How many simulated people.
        seed: The same seed gives the same forecast.
    """
    condition = _simulated(followed.plan)
    told = told_of(knowledge, checkins, zone)
    if why_no_outlook(followed, checkins) is not None or condition is None or told is None:
        return None
    muscle, problem = _outlooks()["muscle"][condition]
    past = told.told[-1].day + 1
    # From the first check-in alone nothing is learnt yet: it is how they are at the start of the days ahead.
    learnt = past if len(told.told) > 1 else 0
    end = learnt + days if days is not None else past + _days_ahead(followed, told.first + timedelta(days=past), zone)
    schedule = usual("quiet", end, told.first.weekday())
    schedule = told.put_into(_planned(knowledge, followed.plan, schedule, min(past, end)))
    week, first = str(_outlooks()["habit"]["week"]), told.told[0]
    found = prepare_learnt(find_parts(muscle), schedule, told.told[1:], problem, first.worst, members, seed, week)
    ahead, now = schedule.part(learnt, end), replace(found, day=0)
    begins = told.first + timedelta(days=learnt)
    return Outlook(condition, muscle, problem, begins, told, look_ahead(now, ahead), ahead, now)


def what_if_of(outlook: Outlook, words: str) -> Comparison:
    """Return what a change such as "run:saturday:40" does to a forecast, on the same simulated people.

    Raises:
        ScheduleError: The words cannot be read, or the day is outside the forecast.
    """
    return compare(outlook.ensemble, outlook.ahead, what_if(words, outlook.ahead))


def _simulated(plan: Plan) -> str | None:
    """Return the likeliest cause that the simulation knows something of."""
    return next((condition for condition in plan.causes if condition in _outlooks()["muscle"]), None)


def _days_ahead(followed: FollowUp, begins: date, zone: tzinfo) -> int:
    limits = _outlooks()["days"]
    wanted: int = (followed.expected_by.astimezone(zone).date() - begins).days + limits["beyond"]
    return int(min(max(wanted, limits["least"]), limits["most"]))


def _planned(knowledge: Knowledge, plan: Plan, schedule: Schedule, first_day: int) -> Schedule:
    """Return the days with today's tasks in them from a day on, as often and as long as their doses say."""
    tasks = (simulated_as(knowledge.remedies[task.remedy]) for task in plan.today)
    for name in dict.fromkeys(name for name in tasks if name is not None):
        schedule = schedule.with_remedy(name, first_day, schedule.days)
    return schedule


@cache
def _outlooks() -> Mapping[str, Mapping[str, Any]]:
    text = resources.files("deepsix.followup").joinpath("data", "outlooks.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
