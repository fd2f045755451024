"""When it is likely to be better: the forecast of a person's plan, learnt from their check-ins, and "what if I run?".

The simulation takes half a second, so what it found is kept in memory until a check-in or the plan changes it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta, tzinfo
from functools import cache
from importlib import resources

from deepsix.case import State
from deepsix.followup.telling import told_of
from deepsix.hip.anatomy import find_parts
from deepsix.plan.plan import Plan
from deepsix.recovery.forecasting import Comparison, Ensemble, Forecast, compare, look_ahead, prepare_learnt
from deepsix.recovery.permission import Permission, permission
from deepsix.recovery.schedule import Schedule, usual, what_if
from deepsix.web.caring import Care
from deepsix.web.site import Site

LEAST_DAYS, MOST_DAYS = 28, 84  # the forecast looks a week beyond the day it should be better by, within these
_BEYOND = 7
# Which of today's tasks the simulation can do, by their kind; walks and yoga by their own name.
_BY_KIND = {"press": "firm_pressure", "stretch": "gentle_stretch", "load": "easy_run"}
_BY_NAME = {"walk_gently": "walking", "easy_yoga": "easy_yoga"}


@dataclass(frozen=True, slots=True, eq=False)
class Outlook:
    """A forecast: from `begins` on, for a cause with the problem it is simulated as; `ahead` is the plan's own days."""

    condition: str
    problem: str
    begins: date
    found: Forecast
    ahead: Schedule
    ensemble: Ensemble


@cache
def _outlooks() -> Mapping[str, list[str]]:
    text = resources.files("deepsix.web").joinpath("data", "outlooks.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def outlook_of(site: Site, care: Care) -> Outlook | None:
    """Return the forecast of a plan; None when there is none to give.

    There is none before the first check-in, when someone has to be seen first, or when no likely cause is a muscle's
    or tendon's.
    """
    plan = care.followed.plan
    condition = next((name for name in plan.causes if name in _outlooks()), None)
    if condition is None or not plan.stages or not care.checkins:
        return None
    key = ("outlook", care.saved.id, care.saved.made_at, care.checkins[-1].id, plan)
    return site.remembered(key, lambda: _forecast(site, care, condition))


def _forecast(site: Site, care: Care, condition: str) -> Outlook:
    zone = site.clock().astimezone().tzinfo
    assert isinstance(zone, tzinfo)  # astimezone sets it
    told = told_of(site.knowledge, [entry.checkin for entry in care.checkins], zone)
    assert told is not None  # there are check-ins
    muscle, problem = _outlooks()[condition]
    past = told.told[-1].day + 1
    begins = told.first + timedelta(days=past)
    days = (care.followed.expected_by.astimezone().date() - begins).days + _BEYOND
    total = past + min(max(days, LEAST_DAYS), MOST_DAYS)
    schedule = told.put_into(_planned(care.followed.plan, problem, usual("quiet", total, told.first.weekday()), past))
    first = told.told[0]
    runs = care.followed.assessment.case.state("runner") is State.YES
    week = "runner" if runs else "walker"
    ensemble = prepare_learnt(find_parts(muscle), schedule, told.told[1:], problem, first.worst, week=week)
    if len(told.told) == 1:  # nothing learnt yet: the first day is today, and the forecast begins after it
        ahead = schedule
        begins = told.first
    else:
        ahead = schedule.part(ensemble.day, total)
    now = replace(ensemble, day=0)
    return Outlook(condition, problem, begins, look_ahead(now, ahead), ahead, now)


def _planned(plan: Plan, problem: str, schedule: Schedule, first_day: int) -> Schedule:
    """Return the days with today's tasks in them from a day on, as often and as long as their doses say."""
    strength = "progressive_loading" if problem == "tendinopathy" else "strength_work"
    by_kind = {**_BY_KIND, "strength": strength}
    names = dict.fromkeys(_BY_NAME.get(task.remedy) or by_kind.get(task.kind) for task in plan.today)
    for name in names:
        if name is not None:
            schedule = schedule.with_remedy(name, first_day, schedule.days)
    return schedule


def permitted(site: Site, care: Care, activity: str) -> Permission:
    """Return what stands against an activity by the rules of the plan."""
    return permission(site.knowledge, care.followed.assessment, activity)


def what_if_of(site: Site, care: Care, outlook: Outlook, words: str) -> Comparison:
    """Return what a change such as "run:saturday:40" does to the forecast.

    Raises:
        ScheduleError: The words cannot be read, or the day is outside the forecast.
    """
    changed = what_if(words, outlook.ahead)
    key = ("what if", care.saved.id, care.saved.made_at, care.checkins[-1].id, care.followed.plan, words)
    return site.remembered(key, lambda: compare(outlook.ensemble, outlook.ahead, changed))
