"""The calendar follows RFC 5545: alarms, time zone with its rules, lines within 75 octets, and rules that hold."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from icalendar import Calendar

from deepsix import Case, assess, no, yes
from deepsix.export.calendar import TimeZoneError, plan_calendar, zone_named
from deepsix.knowledge import Knowledge
from deepsix.plan import Plan, build_plan

MADE = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
LONDON = ZoneInfo("Europe/London")
CASE = Case(
    34,
    "male",
    {
        **yes(
            "pain_buttock_deep_centre", "worse_sitting", "pain_next_day_peak", "severity_mild", "duration_1_to_6_weeks"
        ),
        **no("pain_builds_with_impact", "pain_earlier_each_run", "worse_weight_bearing", "pain_groin", "pain_sit_bone"),
    },
)


@pytest.fixture(scope="module")
def plan(knowledge: Knowledge) -> Plan:
    return build_plan(knowledge, assess(knowledge, CASE), day=date(2026, 3, 2))


@pytest.fixture(scope="module")
def content(knowledge: Knowledge, plan: Plan) -> bytes:
    return plan_calendar(knowledge, plan, LONDON, MADE)


@pytest.fixture(scope="module")
def calendar(content: bytes) -> Calendar:
    return Calendar.from_ical(content)


def test_lines_end_and_fold_as_the_standard_asks(content: bytes) -> None:
    assert content.endswith(b"\r\n")
    lines = content.split(b"\r\n")
    assert max(len(line) for line in lines) <= 75
    assert b"\n" not in b"".join(lines)


def test_the_required_properties_are_there_once(calendar: Calendar) -> None:
    assert str(calendar["version"]) == "2.0"
    assert calendar["prodid"]
    uids = [str(event["uid"]) for event in calendar.walk("VEVENT")]
    assert len(uids) == len(set(uids)) > 0
    for event in calendar.walk("VEVENT"):
        for name in ("dtstamp", "dtstart", "dtend", "summary"):
            assert name in event


def test_every_entry_has_an_alarm(calendar: Calendar) -> None:
    for event in calendar.walk("VEVENT"):
        (alarm,) = event.walk("VALARM")
        assert str(alarm["action"]) == "DISPLAY"
        assert alarm["trigger"].dt == timedelta(0)


def test_the_time_zone_comes_with_its_rules(calendar: Calendar) -> None:
    (zone,) = calendar.walk("VTIMEZONE")
    assert str(zone["tzid"]) == "Europe/London"
    assert zone.walk("DAYLIGHT")
    assert zone.walk("STANDARD")


def test_eight_in_the_morning_stays_eight_when_the_clocks_change(calendar: Calendar) -> None:
    # British clocks change on 29 March 2026; the daily check-in runs across it.
    event = next(e for e in calendar.walk("VEVENT") if "How is it" in str(e["summary"]))
    start = event["dtstart"].dt
    found = list(rrulestr(event["rrule"].to_ical().decode(), dtstart=start))
    assert {moment.astimezone(LONDON).strftime("%H:%M") for moment in found} == {"07:30"}
    assert {moment.utcoffset() for moment in found} == {timedelta(0), timedelta(hours=1)}


def test_every_task_with_a_time_is_there_for_as_long_as_its_dose(calendar: Calendar, plan: Plan) -> None:
    for task in plan.today:
        events = [e for e in calendar.walk("VEVENT") if str(e["summary"]) == task.title]
        assert len(events) == len(task.times), task.remedy
        for event in events:
            moments = list(rrulestr(event["rrule"].to_ical().decode(), dtstart=event["dtstart"].dt))
            assert moments[0] == event["dtstart"].dt
            assert (moments[-1].date() - plan.day).days < task.days


def test_a_task_for_some_days_a_week_repeats_on_as_many(knowledge: Knowledge, calendar: Calendar, plan: Plan) -> None:
    some = [t for t in plan.today if (d := knowledge.remedies[t.remedy].dosed("days_a_week")) and d.value < 7]
    assert some
    for task in some:
        dose = knowledge.remedies[task.remedy].dosed("days_a_week")
        event = next(e for e in calendar.walk("VEVENT") if str(e["summary"]) == task.title)
        assert dose is not None
        assert len(event["rrule"]["BYDAY"]) == dose.value


def test_an_emergency_holds_no_tasks(knowledge: Knowledge) -> None:
    plan = build_plan(knowledge, assess(knowledge, Case(40, None, yes("numb_saddle"))), day=date(2026, 3, 2))
    calendar = Calendar.from_ical(plan_calendar(knowledge, plan, LONDON, MADE))
    assert len(list(calendar.walk("VEVENT"))) == 1  # the review


def test_the_same_plan_makes_the_same_file(knowledge: Knowledge, plan: Plan, content: bytes) -> None:
    assert plan_calendar(knowledge, plan, LONDON, MADE) == content


def test_an_unknown_time_zone_is_told() -> None:
    with pytest.raises(TimeZoneError, match="Europe/London"):
        zone_named("Mars/Olympus")
