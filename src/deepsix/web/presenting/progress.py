"""The progress page: charts with their tables, the verdict, and the forecast in words."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta, tzinfo
from functools import cache
from importlib import resources

from markupsafe import Markup

from deepsix.followup import CheckIn, FollowUp
from deepsix.followup.outlook import Outlook
from deepsix.followup.rules import load_words
from deepsix.followup.telling import told_of
from deepsix.intake.training import Session
from deepsix.knowledge.model import Knowledge
from deepsix.recovery.forecasting import Comparison
from deepsix.recovery.loads import activity
from deepsix.recovery.permission import Permission
from deepsix.recovery.wording import LIMITS, summary, what_if_words
from deepsix.web.presenting.charts import SHAPES, Band, Bars, Line, Series, Shape, chart_svg, mark_svg
from deepsix.web.presenting.checkin import MeasureView, done_words, kind_of, measure_views

_PAINS: tuple[tuple[str, str, Shape], ...] = (
    ("pain_now", "now", "circle"),
    ("pain_worst", "worst", "triangle"),
    ("pain_next_morning", "morning", "square"),
)
_LEAST_DAYS = 7  # shown on a chart, so that two check-ins do not stretch over all of it
_MOST_PAIN = 10.0
_LEAST_MINUTES = 60.0
# What someone may ask about, in the order offered.
ASKED_ABOUT = ("easy_run", "run", "hard_run", "walking", "easy_yoga", "strength_work", "squats")


@dataclass(frozen=True, slots=True)
class LegendView:
    """A mark with its words."""

    mark: Markup
    words: str


@dataclass(frozen=True, slots=True)
class ChartView:
    """A chart and its legend."""

    drawn: Markup
    legend: tuple[LegendView, ...]


@dataclass(frozen=True, slots=True)
class RowView:
    """One check-in as a row; what was not told is ''."""

    at: date
    address: str
    now: str
    worst: str
    morning: str
    during: str
    goals: tuple[str, ...]
    done: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OutlookView:
    """The forecast in words, and by weeks as (day, middle, low, high)."""

    summary: str
    weeks: tuple[tuple[date, str, str, str], ...]
    limits: str
    cause: str


@dataclass(frozen=True, slots=True)
class WhatIfView:
    """The answer to "what if?": what was asked, and either why not, or what it would do."""

    what: str
    refused: tuple[str, ...]
    first: tuple[str, ...]
    words: str


@dataclass(frozen=True, slots=True)
class ProgressView:
    """All that the progress page places. `kind` is better, same, worse or first."""

    kind: str
    verdict: str
    measures: tuple[MeasureView, ...]
    pain: ChartView
    goals: ChartView | None
    load: ChartView | None
    rows: tuple[RowView, ...]
    outlook: OutlookView | None
    expected_by: date
    expected_why: str
    reopen: tuple[str, ...]


def progress_view(
    knowledge: Knowledge,
    followed: FollowUp,
    begun: date,
    checkins: Sequence[tuple[int, CheckIn]],
    training: Sequence[Session],
    outlook: Outlook | None,
    zone: tzinfo,
) -> ProgressView:
    """Return what the progress page shows.

    Args:
        begun: The local day of the assessment, the first of the charts.
        checkins: With their numbers, in order; at least one.
        outlook: The forecast, None when there is none to give.
        zone: Where the person is.
    """
    told = [checkin for _, checkin in checkins]
    expected_by = followed.expected_by.astimezone(zone).date()
    days = [(checkin.at.astimezone(zone).date() - begun).days for checkin in told]
    words = load_words()
    return ProgressView(
        kind=kind_of(followed.judgement),
        verdict=words["verdict"][followed.judgement.overall] if followed.judgement else "",
        measures=measure_views(knowledge, followed.judgement),
        pain=_pain_chart(told, days, begun, expected_by, outlook),
        goals=_goal_chart(told, days, begun),
        load=_load_chart(knowledge, told, training, begun, max(days), zone),
        rows=tuple(_row(knowledge, number, checkin, zone) for number, checkin in reversed(checkins)),
        outlook=_outlook_view(knowledge, outlook) if outlook is not None else None,
        expected_by=expected_by,
        expected_why=followed.expected_why.text,
        reopen=tuple(reason.words for reason in followed.reopen),
    )


def what_if_view(what: str, minutes: int, found: Comparison | None, against: Permission, begins: date) -> WhatIfView:
    """Return the answer to "what if?": what the plan's rules say comes before what the simulation says.

    `begins` is the first day of the forecast.
    """
    name = f"{activity(what)['name']}, {minutes} minutes"
    told = what_if_words(found, "It", begins) if found is not None and not against.is_refused else ""
    return WhatIfView(name, against.refused, against.first, told)


def activity_choices() -> tuple[tuple[str, str], ...]:
    """Return what someone may ask about, as (key, words)."""
    return tuple((key, str(activity(key)["name"])) for key in ASKED_ABOUT)


def _pain_chart(
    told: Sequence[CheckIn], days: Sequence[int], begun: date, expected_by: date, outlook: Outlook | None
) -> ChartView:
    series = [Series(_told(told, days, name), shape, f"pain-{style}") for name, style, shape in _PAINS]
    lines = [Line((expected_by - begun).days, _words()["expected"], "expected")]
    band, last = None, max(_LEAST_DAYS, days[-1], (expected_by - begun).days)
    if outlook is not None:
        found = outlook.found
        first = (outlook.begins - begun).days
        band = Band(first, list(found.low), list(found.middle), list(found.high))
        last = max(last, first + len(found.middle) - 1)
    drawn = chart_svg(
        _words()["pain_chart"], last, _MOST_PAIN, _day_words(begun), series=series, band=band, lines=lines
    )
    shown = [entry for entry in series if entry.points]
    names = {f"pain-{style}": _words()[name] for name, style, _ in _PAINS}
    legend = [LegendView(mark_svg(entry.shape, entry.style), names[entry.style]) for entry in shown]
    return ChartView(drawn, tuple(legend))


def _told(told: Sequence[CheckIn], days: Sequence[int], name: str) -> list[tuple[float, float]]:
    values = [(day, getattr(checkin, name)) for day, checkin in zip(days, told, strict=True)]
    return [(day, value) for day, value in values if value is not None]


def _goal_chart(told: Sequence[CheckIn], days: Sequence[int], begun: date) -> ChartView | None:
    points: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for day, checkin in zip(days, told, strict=True):
        for goal in checkin.goals:
            points[goal.words.strip()].append((day, goal.score))
    if not points:
        return None
    named = list(points.items())[: len(SHAPES)]
    series = [Series(at, SHAPES[n], f"goal-{n}") for n, (_, at) in enumerate(named)]
    drawn = chart_svg(_words()["goal_chart"], max(_LEAST_DAYS, days[-1]), _MOST_PAIN, _day_words(begun), series=series)
    marked = zip(series, named, strict=True)
    return ChartView(drawn, tuple(LegendView(mark_svg(one.shape, one.style), words) for one, (words, _) in marked))


def _load_chart(
    knowledge: Knowledge, told: Sequence[CheckIn], training: Sequence[Session], begun: date, last: int, zone: tzinfo
) -> ChartView | None:
    """Minutes a day, as told or as the training log says, whichever is more: a run may be in both."""
    said: dict[int, float] = defaultdict(float)
    logged: dict[int, float] = defaultdict(float)
    found = told_of(knowledge, told, zone)
    if found is not None:
        for day, _, minutes in found.done:
            said[day + (found.first - begun).days] += minutes
    for session in training:
        day = (session.start.astimezone(zone).date() - begun).days
        if day >= 0:
            logged[day] += session.duration_s / 60.0
    minutes_by_day = {day: max(said[day], logged[day]) for day in sorted({*said, *logged}) if day >= 0}
    if not minutes_by_day:
        return None
    most = max(_LEAST_MINUTES, *minutes_by_day.values())
    step = 20.0 if most <= 120 else 60.0
    top = -(-most // step) * step
    drawn = chart_svg(
        _words()["load_chart"],
        max(_LEAST_DAYS, last, *minutes_by_day),
        top,
        _day_words(begun),
        bars=Bars(list(minutes_by_day.items()), "load"),
        step=step,
    )
    return ChartView(drawn, ())


@cache
def _words() -> Mapping[str, str]:
    text = resources.files("deepsix.web").joinpath("data", "progress_words.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _day_words(begun: date) -> Callable[[int], str]:
    def words(day: int) -> str:
        at = begun + timedelta(days=day)
        return f"{at.day} {at:%b}"

    return words


def _row(knowledge: Knowledge, number: int, checkin: CheckIn, zone: tzinfo) -> RowView:
    def figure(value: int | None) -> str:
        return "" if value is None else str(value)

    return RowView(
        at=checkin.at.astimezone(zone).date(),
        address=f"/checkin/{number}",
        now=figure(checkin.pain_now),
        worst=figure(checkin.pain_worst),
        morning=figure(checkin.pain_next_morning),
        during=figure(checkin.pain_during),
        goals=tuple(f"{goal.words}: {goal.score}" for goal in checkin.goals),
        done=tuple(done_words(knowledge, done) for done in checkin.done),
    )


def _outlook_view(knowledge: Knowledge, outlook: Outlook) -> OutlookView:
    found = outlook.found
    weeks = [
        (
            outlook.begins + timedelta(days=day),
            f"{found.middle[day]:.0f}",
            f"{found.low[day]:.0f}",
            f"{found.high[day]:.0f}",
        )
        for day in range(0, len(found.middle), 7)
    ]
    return OutlookView(summary(found), tuple(weeks), LIMITS, knowledge.conditions[outlook.condition].name)
