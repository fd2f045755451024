"""Progress: how it goes next to the start, what may come, and "what if I run on Saturday?"."""

from __future__ import annotations

from datetime import timedelta

from fastapi import APIRouter, Request
from fastapi.responses import Response

from deepsix.recovery.errors import ScheduleError
from deepsix.recovery.schedule import WEEKDAYS
from deepsix.web.caring import AnyVisitor, Care, care_of
from deepsix.web.outlook import Outlook, outlook_of, permitted, what_if_of
from deepsix.web.pages.plan import nothing_yet
from deepsix.web.presenting.progress import ASKED_ABOUT, WhatIfView, activity_choices, progress_view, what_if_view
from deepsix.web.rendering import page
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
    outlook = outlook_of(site, care)
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
    against = permitted(visitor.site, care, what)
    if against.is_refused:  # never simulated: the simulation knows nothing of bones, clots or nerves
        return what_if_view(what, minutes, None, against)
    try:
        found = what_if_of(visitor.site, care, outlook, f"{what}:{day}:{minutes}")
    except ScheduleError:
        return None
    return what_if_view(what, minutes, found, against)
