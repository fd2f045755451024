"""Check-ins as the recovery simulation reads them: pain by day, and what was done as activities with minutes.

A task of the plan that was ticked counts as its dose for one day, unless minutes were told. Tasks the simulation knows
nothing of, such as a soft seat, and words of the person's own are passed over. What was done counts on the day of the
check-in: nobody is asked for the hour.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, tzinfo
from functools import cache

from deepsix.followup.checkin import CheckIn
from deepsix.followup.rules import data_rows
from deepsix.knowledge.care import Remedy
from deepsix.knowledge.model import Knowledge
from deepsix.recovery.learning import Told
from deepsix.recovery.loads import activities
from deepsix.recovery.telling import CheckIns

LONGEST_MINUTES = 300.0  # of a session, as the simulation takes them
_MINUTE_S = 60.0


def told_of(knowledge: Knowledge, checkins: Sequence[CheckIn], zone: tzinfo) -> CheckIns | None:
    """Return check-ins as the simulation reads them, None when there are none.

    Args:
        knowledge: From `load_knowledge()`.
        checkins: In any order. Of several on one day the last counts for pain, and all for what was done.
        zone: Where the person is, so that an evening is not the next day.
    """
    if not checkins:
        return None
    ordered = sorted(checkins, key=lambda checkin: checkin.at)
    by_day: dict[date, list[CheckIn]] = {}
    for checkin in ordered:
        by_day.setdefault(checkin.at.astimezone(zone).date(), []).append(checkin)
    first = min(by_day)
    told, done = [], []
    for when, found in by_day.items():
        day, last = (when - first).days, found[-1]
        told.append(Told(day, last.pain_now, last.pain_worst, last.pain_next_morning))
        done += [(day, *one) for checkin in found for words in checkin.done if (one := activity_of(knowledge, words))]
    return CheckIns(first, tuple(told), tuple(done))


def activity_of(knowledge: Knowledge, words: str) -> tuple[str, float] | None:
    """Return the activity and its minutes that words such as "run:40" or "easy_yoga" stand for, None when for none."""
    name, _, length = (part.strip() for part in words.partition(":"))
    key = name.lower().replace(" ", "_").replace("-", "_")
    minutes = _minutes(length)
    if key in activities():
        return (key, minutes) if minutes else None
    remedy = knowledge.remedies.get(key)
    if remedy is None:
        return None
    activity = simulated_as(remedy)
    if activity is None:
        return None
    usual = float(activities()[activity]["bout_minutes"])
    return activity, min(minutes or dose_minutes(remedy) or usual, LONGEST_MINUTES)


def simulated_as(remedy: Remedy) -> str | None:
    """Return the activity that a remedy is in the simulation, None when it knows nothing of it."""
    return _known().get(remedy.id) or _known().get(f"kind:{remedy.kind}")


def dose_minutes(remedy: Remedy) -> float | None:
    """Return the minutes that a day's dose takes, None when it holds no time."""
    amount = {dose.id: dose.value for dose in remedy.dose}
    times = amount.get("times_a_day", 1.0)
    if "minutes" in amount:
        return times * amount["minutes"]
    if "hold_s" in amount:
        return times * amount.get("sets", 1.0) * amount.get("repeats", 1.0) * amount["hold_s"] / _MINUTE_S
    return None


def _minutes(length: str) -> float | None:
    try:
        minutes = float(length)
    except ValueError:
        return None
    return minutes if 0.0 < minutes <= LONGEST_MINUTES else None


@cache
def _known() -> Mapping[str, str]:
    return {row["what"]: row["activity"] for row in data_rows("activities.csv")}
