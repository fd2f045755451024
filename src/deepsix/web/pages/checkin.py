"""The check-in: a quick look at how someone is, kept in one go, and what it means for the plan."""

from __future__ import annotations

from dataclasses import replace

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from deepsix.diagnosis.urgency import is_emergency
from deepsix.followup import CheckIn
from deepsix.followup.checkin import MOST_CHARACTERS
from deepsix.followup.errors import CheckInError
from deepsix.followup.keeping import PLAN_SHAPE
from deepsix.plan.plan import Why
from deepsix.records.following import CheckedIn, check_in
from deepsix.records.values import SavedCheckIn, SavedPlan
from deepsix.web.caring import AnyVisitor, Care, care_of, program_version, ticked_since_checkin, today, visit_again
from deepsix.web.journey import STOP
from deepsix.web.pages.checkin_form import Typed, checkin_of, problems_of, typed_of
from deepsix.web.pages.plan import nothing_yet
from deepsix.web.presenting.checkin import ACTIVITY_ROWS, AnswerView, Way, answer_view, ask_view
from deepsix.web.rendering import NO_ERRORS, Errors, page
from deepsix.web.visiting import AForm, Visitor, go_to

router = APIRouter()


def _show(request: Request, visitor: Visitor, care: Care, typed: Typed, errors: Errors = NO_ERRORS) -> Response:
    earlier = [entry.checkin for entry in care.checkins]
    return page(
        request,
        "pages/checkin.html",
        ask=ask_view(visitor.site.knowledge, care.followed.plan, earlier),
        is_child=care.followed.assessment.case.is_child,
        typed=typed,
        rows=ACTIVITY_ROWS,
        after=care.checkins[-1].id if care.checkins else 0,
        most_letters=MOST_CHARACTERS,
        errors=errors,
        back="/plan",
    )


@router.get("/checkin")
def show(request: Request, visitor: AnyVisitor) -> Response:
    """Ask how it is."""
    care = care_of(visitor)
    if care is None:
        return nothing_yet(request, visitor, "checkin")
    return _show(request, visitor, care, Typed(done=ticked_since_checkin(visitor.site, care)))


@router.post("/checkin")
def take(request: Request, visitor: AnyVisitor, form: AForm) -> Response:
    """Keep the check-in and all it brings about, once even when it is sent twice."""
    site = visitor.site
    care = care_of(visitor)
    if care is None:
        return nothing_yet(request, visitor, "checkin")
    typed = typed_of(form)
    errors = problems_of(typed)
    if errors:
        return _show(request, visitor, care, typed, errors)
    try:
        checkin = checkin_of(typed, site.clock())
    except CheckInError as error:
        return _show(request, visitor, care, typed, {"pain_now": str(error)})
    with site.saving:
        newest = next(reversed(site.records.checkins()), None)
        if newest is not None and str(newest.id) != form.get("after") and _is_same(newest, checkin):
            return go_to(f"/checkin/{newest.id}")
        told = check_in(site.records, site.knowledge, checkin, program_version(), today(site))
    return go_to(_after(visitor, told))


def _is_same(kept: SavedCheckIn, checkin: CheckIn) -> bool:
    """Return whether a check-in tells the same as one that is kept: a form that was sent twice."""
    return replace(kept.checkin, at=checkin.at) == checkin


def _after(visitor: Visitor, told: CheckedIn) -> str:
    """Return where a check-in leads: an emergency to the stop page, anything else to what it means."""
    site = visitor.site
    if told.again is not None and told.saved is not None:
        saved = site.records.assessment(told.kept.assessment or told.saved.id)
        visit = visit_again(site, saved, site.visit(visitor.key) or visitor.visit, from_the_start=False)
        site.keep(visitor.key, replace(visit, assessment=saved.id))
        if is_emergency(site.knowledge, told.again.closed.case):
            return STOP
    return f"/checkin/{told.kept.checkin}"


@router.get("/checkin/{number}")
def show_answer(request: Request, visitor: AnyVisitor, number: int) -> Response:
    """Show what a check-in means: better, the same or worse, and what changes in the plan."""
    care = care_of(visitor)
    every = visitor.site.records.checkins()
    kept = next((entry for entry in every if entry.id == number), None)
    if care is None or kept is None:
        raise HTTPException(404)
    view = _answer(visitor, care, kept)
    return page(
        request,
        "pages/checkin_answer.html",
        view=view,
        checkin=kept.checkin,
        is_newest=kept.id == every[-1].id,
        looked_again=kept.assessment_id != care.saved.id and bool(kept.checkin.danger_signs),
        expected_by=care.followed.expected_by.astimezone(),
        back="/plan",
    )


def _answer(visitor: Visitor, care: Care, kept: SavedCheckIn) -> AnswerView:
    records = visitor.site.records
    own = records.checkins(kept.assessment_id)
    upto = [entry.checkin for entry in own[: [entry.id for entry in own].index(kept.id) + 1]]
    plans = records.plans(kept.assessment_id) if kept.assessment_id is not None else ()
    return answer_view(visitor.site.knowledge, care.followed, upto, _way(visitor, care, kept, plans))


def _way(visitor: Visitor, care: Care, kept: SavedCheckIn, plans: tuple[SavedPlan, ...]) -> Way | None:
    """Return where a check-in led: as it was kept with the plan when it moved it, else as it stands now."""
    for plan in plans:
        if plan.version == PLAN_SHAPE and plan.content["way"] and plan.content["since"] == kept.checkin.at.isoformat():
            reasons = tuple(Why(**reason) for reason in plan.content["reasons"])
            return Way(plan.content["way"], plan.content["stage"], reasons)
    is_newest = care.checkins and kept.id == care.checkins[-1].id
    followed = care.followed
    if not is_newest or followed.way is None:
        return None
    return Way(followed.way, followed.standing.stage, followed.reasons)
