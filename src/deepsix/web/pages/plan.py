"""The plan: today's tasks to tick off, what is at hand, and the calendar file."""

from __future__ import annotations

from dataclasses import replace

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from deepsix.export.calendar import TimeZoneError, plan_calendar, zone_named
from deepsix.export.local_zone import local_zone_name
from deepsix.records.following import follow_saved
from deepsix.web.caring import AnyVisitor, Care, care_of, keep_plan, tick, ticked, today, visit_again
from deepsix.web.journey import RESULT, STOP, next_address
from deepsix.web.presenting.plan import plan_view
from deepsix.web.rendering import page
from deepsix.web.visiting import AForm, Visitor, go_to

router = APIRouter()


def _care(visitor: Visitor) -> Care:
    """Return the care of whoever sends a form of these pages.

    Raises:
        HTTPException: 404 when there is none, as after everything was erased.
    """
    care = care_of(visitor)
    if care is None:
        raise HTTPException(404)
    return care


def nothing_yet(request: Request, visitor: Visitor, what: str) -> Response:
    """Answer with the kind page for someone who has no assessment: how to begin, or how to go on."""
    begun = bool(visitor.visit.case.answers or visitor.visit.seen)
    where = next_address(visitor.site, visitor.visit) if begun else "/"
    return page(request, "pages/nothing_yet.html", what=what, begun=begun, where=where, is_emergency=where == STOP)


@router.get("/plan")
def show(request: Request, visitor: AnyVisitor) -> Response:
    """Show the plan of the assessment kept last."""
    care = care_of(visitor)
    if care is None:
        return nothing_yet(request, visitor, "plan")
    done = ticked(visitor.site, care.saved, care.day)
    waiting = visitor.visit.assessment is None and bool(visitor.visit.case.answers)
    where = next_address(visitor.site, visitor.visit) if waiting else RESULT
    return page(
        request,
        "pages/plan.html",
        view=plan_view(visitor.site.knowledge, care.followed, done, care.kit),
        made_at=care.saved.made_at.astimezone(),
        checkins=len(care.checkins),
        is_child=care.followed.assessment.case.is_child,
        unfinished="" if where == RESULT else where,
    )


@router.post("/plan/done")
def take_done(visitor: AnyVisitor, form: AForm) -> Response:
    """Tick a task off, or take the tick back. Sending it twice changes nothing."""
    care = _care(visitor)
    remedy = str(form.get("remedy", ""))
    if remedy not in {task.remedy for task in care.followed.plan.today}:
        return go_to("/plan")
    tick(visitor.site, care.saved, care.day, remedy, form.get("done") == "yes")
    return go_to(f"/plan#{remedy}")


@router.post("/plan/kit")
def take_kit(visitor: AnyVisitor, form: AForm) -> Response:
    """Remember what is at hand, and make the plan of it."""
    site = visitor.site
    care = _care(visitor)
    given = {str(value) for value in form.getlist("kit")}
    known = [name for name, _ in site.knowledge.care.items]
    kit = tuple(name for name in known if name in given)
    site.keep(visitor.key, replace(site.visit(visitor.key) or visitor.visit, kit=kit))
    here = follow_saved(site.records, site.knowledge, care.saved.id, kit=kit, day=care.day)
    keep_plan(site, care.saved, here.followed, kit)
    return go_to("/plan")


@router.post("/plan/again")
def look_again(visitor: AnyVisitor, form: AForm) -> Response:
    """Go back to the questions: to one that would add to the plan, or to the signs of danger for a fresh look."""
    site = visitor.site
    care = _care(visitor)
    question = str(form.get("question", ""))
    visit = visit_again(site, care.saved, visitor.visit, from_the_start=not question)
    site.keep(visitor.key, visit)
    if question in site.knowledge.findings:
        return go_to(f"/questions/{question}")
    return go_to(next_address(site, visit))


@router.get("/plan/calendar.ics")
def calendar(visitor: AnyVisitor, zone: str = "") -> Response:
    """Give the plan as a calendar file, in the time zone of the browser if it says which, else of this computer."""
    care = care_of(visitor)
    if care is None:
        return go_to("/plan")
    try:
        chosen = zone_named(zone or local_zone_name())
    except TimeZoneError:
        chosen = zone_named("UTC")
    content = plan_calendar(visitor.site.knowledge, care.followed.plan, chosen, visitor.site.clock())
    headers = {"content-disposition": f'attachment; filename="deepsix-plan-{today(visitor.site)}.ics"'}
    return Response(content, media_type="text/calendar; charset=utf-8", headers=headers)
