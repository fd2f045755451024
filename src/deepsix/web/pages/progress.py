"""Progress: how it goes next to the start, what may come, and "what if I run on Saturday?"."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import timedelta, tzinfo

from fastapi import APIRouter, Request
from fastapi.responses import Response

from deepsix.followup.outlook import Outlook, outlook_of, what_if_of
from deepsix.recovery.errors import ScheduleError
from deepsix.recovery.forecasting import Comparison
from deepsix.recovery.permission import permission
from deepsix.recovery.schedule import WEEKDAYS
from deepsix.web.caring import AnyVisitor, Care, care_of
from deepsix.web.pages.plan import nothing_yet
from deepsix.web.presenting.progress import ASKED_ABOUT, WhatIfView, activity_choices, progress_view, what_if_view
from deepsix.web.rendering import page
from deepsix.web.site import Site
from deepsix.web.visiting import Visitor

MOST_MINUTES = 300
USUAL_MINUTES = 30
router = APIRouter()


@router.get("/progress")
def show(request: Request, visitor: AnyVisitor, what: str = "", day: str = "", minutes: str = "") -> Response:
    """Show the charts; with `what`, `day` and `minutes`, also what that would do."""
    care = care_of(visitor)
    if care is None:
        return nothing_yet(request, visitor, "progress")
    if not care.checkins:
        return page(request, "pages/progress_first.html", back="/plan")
    site = visitor.site
    zone = site.clock().astimezone().tzinfo
    assert zone is not None  # astimezone sets it
    outlook = _outlook(site, care, zone)
    errors = _problems(what, day, minutes) if what or day or minutes else {}
    asked = _asked(visitor, care, outlook, what, day, int(minutes)) if what and not errors and outlook else None
    return page(
        request,
        "pages/progress.html",
        200,
        view=progress_view(
            site.knowledge,
            care.followed,
            care.saved.made_at.astimezone().date(),
            [(entry.id, entry.checkin) for entry in care.checkins],
            site.records.sessions(),
            outlook,
            zone,
        ),
        choices=activity_choices(),
        days=_days(care),
        what=what or ASKED_ABOUT[0],
        day=day or "saturday",
        minutes=minutes or str(USUAL_MINUTES),
        asked=asked,
        errors=errors,
        back="/plan",
    )


def _outlook(site: Site, care: Care, zone: tzinfo) -> Outlook | None:
    """Return the forecast of the plan; it is kept in memory until a check-in or the plan changes it."""
    checkins = [entry.checkin for entry in care.checkins]
    key = ("outlook", *_resting_on(care))
    return site.remembered(key, lambda: outlook_of(site.knowledge, care.followed, checkins, zone))


def _what_if(site: Site, care: Care, outlook: Outlook, words: str) -> Comparison:
    return site.remembered(("what if", *_resting_on(care), words), lambda: what_if_of(outlook, words))


def _resting_on(care: Care) -> tuple[Hashable, ...]:
    return care.saved.id, care.saved.made_at, care.checkins[-1].id, care.followed.plan


def _problems(what: str, day: str, minutes: str) -> dict[str, str]:
    problems = {}
    if what not in ASKED_ABOUT:
        problems["what"] = "Choose what you want to do"
    if day not in WEEKDAYS:
        problems["day"] = "Choose a day"
    if not (minutes.isascii() and minutes.isdigit() and 0 < int(minutes) <= MOST_MINUTES):
        problems["minutes"] = f"Enter minutes from 1 to {MOST_MINUTES}, in whole numbers"
    return problems


def _days(care: Care) -> tuple[tuple[str, str], ...]:
    """Return the days of the week from tomorrow on, as (key, words)."""
    names = [WEEKDAYS[(care.day + timedelta(days=ahead)).weekday()] for ahead in range(1, 8)]
    return tuple((name, name.capitalize()) for name in names)


def _asked(visitor: Visitor, care: Care, outlook: Outlook, what: str, day: str, minutes: int) -> WhatIfView | None:
    against = permission(visitor.site.knowledge, care.followed.assessment, what)
    if against.is_refused:  # never simulated: the simulation knows nothing of bones, clots or nerves
        return what_if_view(what, minutes, None, against, outlook.begins)
    try:
        found = _what_if(visitor.site, care, outlook, f"{what}:{day}:{minutes}")
    except ScheduleError:
        return None
    return what_if_view(what, minutes, found, against, outlook.begins)
