"""Hours of days filled with activities: usual weeks from the data, and changes to them ("a run on Saturday?")."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Final

from deepsix.recovery.doses import dose_of
from deepsix.recovery.errors import ScheduleError
from deepsix.recovery.loads import activity
from deepsix.recovery.tables import read_table

WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MIDDAY_HOUR: Final = 18
_APART_HOURS: Final = 5  # between sessions of a day
_EARLIEST_HOUR: Final = 7

Hour = tuple[tuple[str, float], ...]  # activities of an hour with the share of the hour each takes


@dataclass(frozen=True, slots=True)
class Schedule:
    """What is done in each hour.

    Attributes:
        hours: One entry an hour from midnight of day 0; a whole number of days.
        first_weekday: 0 for Monday; that of day 0.
    """

    hours: tuple[Hour, ...]
    first_weekday: int = 0

    @property
    def days(self) -> int:
        """Return the number of days."""
        return len(self.hours) // 24

    def with_session(self, day: int, activity_name: str, minutes: float, hour: int = _MIDDAY_HOUR) -> Schedule:
        """Return a schedule with one more session, which takes the place of sitting.

        Raises:
            ScheduleError: The day, the hour, the length or the activity cannot be.
        """
        activity(activity_name)
        if not 0 <= day < self.days:
            raise ScheduleError(f"Day {day} is outside the {self.days} days of the schedule. Days count from 0.")
        if not 0.0 < minutes <= 300.0 or not 0 <= hour <= 23:
            raise ScheduleError(f"A session of {minutes:g} minutes at {hour}:00 cannot be. Give up to 300 minutes.")
        hours, at, left = list(self.hours), 24 * day + hour, minutes / 60.0
        while left > 1e-9 and at < len(hours):
            taken = min(left, 1.0)
            hours[at] = _put(hours[at], activity_name, taken)
            at, left = at + 1, left - taken
        return replace(self, hours=tuple(hours))

    def with_remedy(self, activity_name: str, first_day: int, last_day: int, hour: int = _MIDDAY_HOUR) -> Schedule:
        """Return a schedule with an activity as its remedy prescribes it, from a day up to but without another.

        Raises:
            ScheduleError: The activity is no remedy, or a session cannot be.
        """
        row = activity(activity_name)
        if "dose_of" not in row:
            raise ScheduleError(f"{activity_name!r} is no remedy. Put it in by the session, with its minutes.")
        dose, schedule = dose_of(row["dose_of"]), self
        for day in range(first_day, min(last_day, self.days)):
            if (day - first_day) % 7 in dose.weekdays:
                for turn in range(dose.times_a_day):
                    at = max(hour - turn * _APART_HOURS, _EARLIEST_HOUR)
                    schedule = schedule.with_session(day, activity_name, dose.minutes, at)
        return schedule

    def without(self, activity_name: str) -> Schedule:
        """Return a schedule in which sitting takes the place of an activity."""
        changed = tuple(_put(tuple(p for p in h if p[0] != activity_name), "sitting", 0.0) for h in self.hours)
        return replace(self, hours=changed)

    def part(self, first_day: int, last_day: int) -> Schedule:
        """Return the days from `first_day` up to but without `last_day`."""
        return Schedule(self.hours[24 * first_day : 24 * last_day], (self.first_weekday + first_day) % 7)

    def first(self, weekday: int) -> int:
        """Return the first day that is this weekday."""
        return (weekday - self.first_weekday) % 7


def _put(hour: Hour, name: str, share: float) -> Hour:
    """Return the hour with an activity put in, the rest kept in order and filled up with sitting."""
    kept, room = [(name, share)] if share > 0.0 else [], 1.0 - share
    for other, taken in hour:
        if other not in ("sitting", "sleep") and room > 1e-9:
            kept.append((other, min(taken, room)))
            room -= kept[-1][1]
    return (*kept, ("sitting", room)) if room > 1e-9 else tuple(kept)


@cache
def _plain_day() -> tuple[Hour, ...]:
    day = read_table("weeks.toml")["day"]
    hours: list[Hour] = [(("sitting", 1.0),)] * 24
    for hour in day["asleep"]:
        hours[hour] = (("sleep", 1.0),)
    for name in ("walking", "stairs", "standing"):
        for hour, minutes in day[f"{name}_minutes"].items():
            hours[int(hour)] = _put(hours[int(hour)], name, minutes / 60.0)
    return tuple(hours)


def week_names() -> tuple[str, ...]:
    """Return the names of the usual weeks."""
    return tuple(read_table("weeks.toml")["week"])


def usual(week: str, days: int, first_weekday: int = 0) -> Schedule:
    """Return some days of a usual week.

    Raises:
        ScheduleError: No such week, no days, or no such weekday.
    """
    if week not in week_names():
        raise ScheduleError(f"There is no usual week {week!r}. Choose one of: {', '.join(week_names())}.")
    if days < 1 or not 0 <= first_weekday <= 6:
        raise ScheduleError(f"{days} days from weekday {first_weekday} cannot be. Give at least 1 day, weekday 0 to 6.")
    return _usual(week, days, first_weekday)


@cache
def _usual(week: str, days: int, first_weekday: int) -> Schedule:
    schedule = Schedule(_plain_day() * days, first_weekday)
    row: dict[str, Any] = read_table("weeks.toml")["week"][week]
    sessions = [*row.get("sessions", ()), *(s for r in row.get("remedies", ()) for s in _prescribed(r))]
    for day in range(days):
        for s in sessions:
            if s["weekday"] == (first_weekday + day) % 7:
                schedule = schedule.with_session(day, s["activity"], s["minutes"], s["hour"])
    return schedule


def _prescribed(remedy: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the sessions of a usual week that a remedy makes."""
    dose = dose_of(activity(remedy["activity"])["dose_of"])
    return [{**remedy, "weekday": weekday, "minutes": dose.minutes} for weekday in dose.weekdays]


def asked_activity(words: str) -> str:
    """Return the activity that words such as "run:saturday" ask about.

    Raises:
        ScheduleError: The words cannot be read, or there is no such activity.
    """
    pieces = words.strip().lower().split(":")
    if len(pieces) not in (2, 3):
        raise ScheduleError(f'{words!r} is not clear. Write it as "run:saturday" or "run:saturday:60".')
    name = pieces[0].replace("-", "_").replace(" ", "_")
    activity(name)
    return name


def what_if(words: str, schedule: Schedule) -> Schedule:
    """Return the schedule changed by words such as "run:saturday", "run:saturday:60" or "run:day3".

    The first day of that name counts; without a length the usual length of the activity is taken.

    Raises:
        ScheduleError: The words cannot be read; the message shows the form.
    """
    form = 'Write it as "run:saturday" or "run:saturday:60".'
    pieces = words.strip().lower().split(":")
    name = asked_activity(words)
    row = activity(name)
    day_words = pieces[1]
    if day_words in WEEKDAYS:
        day = schedule.first(WEEKDAYS.index(day_words))
    elif day_words.removeprefix("day").isdigit():
        day = int(day_words.removeprefix("day"))
    else:
        raise ScheduleError(f"{pieces[1]!r} is no day. {form} A day can be monday to sunday, or day0, day1, ...")
    try:
        minutes = float(pieces[2]) if len(pieces) == 3 else float(row.get("bout_minutes", 30))
    except ValueError:
        raise ScheduleError(f"{pieces[2]!r} is no number of minutes. {form}") from None
    return schedule.with_session(day, name, minutes)
