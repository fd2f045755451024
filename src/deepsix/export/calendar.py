"""A plan as a calendar (RFC 5545): its tasks at their times, with alarms, in the person's own time zone.

Each task repeats for as long as its dose says, and on as many days a week. A check-in asks for three numbers each
morning, and on the review day the calendar asks whether it is better. Nothing of what the person told us is in it
beyond the tasks themselves.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from icalendar import Alarm, Calendar, Event

from deepsix.errors import DeepsixError
from deepsix.knowledge.model import Knowledge
from deepsix.plan.plan import Plan, Task

MINUTES_A_TASK = 15  # the length of an entry on the page of a calendar, not a dose
CHECK_IN_AT = time(7, 30)
_WEEK = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_PRODUCT = "-//deepsix//plan//EN"


class TimeZoneError(DeepsixError):
    """No time zone of that name."""

    exit_code = 2


def zone_named(name: str) -> ZoneInfo:
    """Return a time zone by its IANA name.

    Raises:
        TimeZoneError: No such zone.
    """
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise TimeZoneError(f"There is no time zone {name!r}. Give one such as Europe/London or UTC.") from None


def plan_calendar(knowledge: Knowledge, plan: Plan, zone: ZoneInfo, made_at: datetime) -> bytes:
    """Return the calendar file of a plan.

    Args:
        zone: Times of day are meant in this zone, and stay so when the clocks change.
        made_at: When the file is made, with its own time zone; stamped on each entry.
    """
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", knowledge.words["plan.title"].format(day=plan.day.isoformat()))
    for event in _events(knowledge, plan, zone):
        event.add("dtstamp", made_at)
        calendar.add_component(event)
    calendar.add_missing_timezones(first_date=plan.day, last_date=plan.review + timedelta(days=366))
    return bytes(calendar.to_ical())


def _events(knowledge: Knowledge, plan: Plan, zone: ZoneInfo) -> Iterator[Event]:
    words = knowledge.words
    for task in plan.today:
        dose = knowledge.remedies[task.remedy].dosed("days_a_week")
        days_a_week = round(dose.value) if dose is not None else len(_WEEK)
        for at in task.times:
            start = datetime.combine(plan.day, time.fromisoformat(at), zone)
            event = _event(plan, f"{task.remedy}-{at}", task.title, _description(task), start)
            event.add("rrule", _repeat(plan.day, task.days, days_a_week, zone))
            yield event
    if plan.today:
        start = datetime.combine(plan.day + timedelta(days=1), CHECK_IN_AT, zone)
        event = _event(plan, "check-in", words["plan.checkin"], words["plan.checkin_text"], start)
        event.add("rrule", _repeat(plan.day + timedelta(days=1), (plan.review - plan.day).days, len(_WEEK), zone))
        yield event
    start = datetime.combine(plan.review, CHECK_IN_AT, zone)
    watch = "\n".join(entry.text for entry in plan.see_someone_if)
    yield _event(plan, "review", words["plan.review_title"], f"{words['plan.see_if']}:\n{watch}", start)


def _event(plan: Plan, name: str, title: str, text: str, start: datetime) -> Event:
    event = Event()
    identity = hashlib.sha256(f"{plan.day} {plan.stage} {plan.knowledge_version} {name}".encode()).hexdigest()[:24]
    event.add("uid", f"{identity}@deepsix")
    event.add("summary", title)
    event.add("description", text)
    event.add("dtstart", start)
    event.add("dtend", start + timedelta(minutes=MINUTES_A_TASK))
    event.add("transp", "TRANSPARENT")
    event.add("class", "PRIVATE")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", timedelta(0))
    event.add_component(alarm)
    return event


def _repeat(first: date, days: int, days_a_week: int, zone: ZoneInfo) -> dict[str, object]:
    """Return a rule for so many days from the first, spread evenly over the week when it is not daily."""
    until = datetime.combine(first + timedelta(days=days - 1), time(23, 59), zone).astimezone(ZoneInfo("UTC"))
    if days_a_week >= len(_WEEK):
        return {"freq": "daily", "until": until}
    offsets = [round(number * len(_WEEK) / days_a_week) for number in range(days_a_week)]
    weekdays = [_WEEK[(first.weekday() + offset) % len(_WEEK)] for offset in offsets]
    return {"freq": "weekly", "byday": weekdays, "until": until}


def _description(task: Task) -> str:
    return "\n".join(line for line in (task.dose, *task.steps, *task.cautions, *task.stop_rules) if line)
