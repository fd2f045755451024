"""The care of whoever is at the pages: the assessment kept last, where its plan stands today, and what was ticked off.

A plan outlives a visit, so these pages work without one: what was kept is found in the records.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.metadata import version
from typing import Annotated

from fastapi import Depends, Request

from deepsix.followup import FollowUp
from deepsix.followup.keeping import PLAN_SHAPE, plan_content
from deepsix.records.following import follow_saved, known_case
from deepsix.records.values import SavedAssessment, SavedCheckIn
from deepsix.web.journey import RESULT, STATIONS, next_address
from deepsix.web.keeping import keep_assessment
from deepsix.web.rendering import site_of
from deepsix.web.site import Site
from deepsix.web.visit import COOKIE, Visit
from deepsix.web.visiting import Visitor

_DAYS_LOOKED_BACK = 7  # for ticks that no check-in has told of yet


@dataclass(frozen=True, slots=True)
class Care:
    """The assessment kept last, the check-ins since, and where its plan stands on `day`, the local one.

    `kit` is what the plan is made for, None for everything.
    """

    saved: SavedAssessment
    checkins: tuple[SavedCheckIn, ...]
    followed: FollowUp
    kit: tuple[str, ...] | None
    day: date


def anyone(request: Request, site: Annotated[Site, Depends(site_of)]) -> Visitor:
    """Return who is asking, with an empty visit for someone who has none."""
    key = request.cookies.get(COOKIE)
    return Visitor(site, key or "", site.visit(key) or Visit())


AnyVisitor = Annotated[Visitor, Depends(anyone)]


@cache
def program_version() -> str:
    """Return the version of deepsix that is installed."""
    return version("deepsix")


def today(site: Site) -> date:
    """Return the day it is where this computer is."""
    return site.clock().astimezone().date()


def care_of(visitor: Visitor) -> Care | None:
    """Return the care of whoever is asking, None when nothing was assessed yet.

    A visit that has come to its result and is not kept yet is kept here, once, and so is the first plan.
    """
    site = visitor.site
    keep_finished(visitor)
    saved = site.records.latest_assessment()
    if saved is None:
        return None
    checkins, day = site.records.checkins(saved.id), today(site)
    plans, training = site.records.plans(saved.id), site.records.sessions()
    visit = site.visit(visitor.key or None)
    kit = visit.kit if visit is not None else None
    resting_on = (
        "care", saved.id, saved.made_at, tuple(entry.id for entry in checkins), plans[-1].id if plans else None,
        len(training), kit, day,
    )  # fmt: skip
    here = site.remembered(resting_on, lambda: follow_saved(site.records, site.knowledge, saved.id, kit=kit, day=day))
    if not any(plan.version == PLAN_SHAPE for plan in plans):
        keep_plan(site, saved, here.followed, here.kit)
    return Care(saved, checkins, here.followed, None if here.kit is None else tuple(here.kit), day)


def keep_plan(site: Site, saved: SavedAssessment, followed: FollowUp, kit: Iterable[str] | None) -> None:
    """Keep a plan as the newest of its assessment, unless the newest is the same."""
    content = plan_content(site.knowledge, followed, kit)
    with site.saving:
        plans = site.records.plans(saved.id)
        if not plans or plans[-1].content["kit"] != content["kit"]:
            site.records.save_plan(saved.id, PLAN_SHAPE, content)


def keep_finished(visitor: Visitor) -> None:
    """Keep the assessment of a visit that has come to its result, once however many tabs ask."""
    visit = visitor.visit
    if visit.assessment is None and visit.case.answers and next_address(visitor.site, visit) == RESULT:
        keep_assessment(visitor)


def visit_again(site: Site, saved: SavedAssessment, visit: Visit, *, from_the_start: bool) -> Visit:
    """Return a visit that goes on from a saved assessment: at the signs of danger, or at what comes after them."""
    if visit.assessment == saved.id and not from_the_start:
        return visit
    case = known_case(site.records, site.knowledge, saved)
    seen = tuple(station for station in STATIONS if station != "danger") if from_the_start else STATIONS
    return Visit(case=case, seen=seen, kit=visit.kit, follows=saved.case_id)


def ticked(site: Site, saved: SavedAssessment, day: date) -> frozenset[str]:
    """Return the remedies ticked off on a day."""
    return frozenset((site.records.draft(_ticks_key(saved, day)) or {}).get("done", ()))


def tick(site: Site, saved: SavedAssessment, day: date, remedy: str, is_done: bool) -> None:
    """Tick a remedy off, or take the tick back. Doing so twice changes nothing."""
    with site.saving:
        before = ticked(site, saved, day)
        after = before | {remedy} if is_done else before - {remedy}
        if after != before:
            site.records.keep_draft(_ticks_key(saved, day), {"done": sorted(after), "day": day.isoformat()})


def ticked_since_checkin(site: Site, care: Care) -> frozenset[str]:
    """Return what was ticked off since the last check-in, at most some days back."""
    first = care.day - timedelta(days=_DAYS_LOOKED_BACK - 1)
    if care.checkins:
        first = max(first, care.checkins[-1].checkin.at.astimezone().date())
    days = [first + timedelta(days=count) for count in range((care.day - first).days + 1)]
    return frozenset().union(*(ticked(site, care.saved, day) for day in days))


def _ticks_key(saved: SavedAssessment, day: date) -> str:
    return f"done {saved.id} {day.isoformat()}"
