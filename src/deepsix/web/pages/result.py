"""The result: how soon to see someone, what fits and why, what would change it, and the way on to the plan."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from deepsix.diagnosis.culprit import culprit_parts
from deepsix.diagnosis.engine import Weighed, assessment_of
from deepsix.diagnosis.explanation import what_would_change
from deepsix.knowledge.model import Knowledge
from deepsix.web.journey import address_before
from deepsix.web.keeping import keep_assessment
from deepsix.web.presenting.drawn_pain import drawn_of
from deepsix.web.presenting.hip import hip_view
from deepsix.web.presenting.result import result_view, sore_side, told_enough
from deepsix.web.presenting.result_answers import answers_view
from deepsix.web.presenting.result_cause import cause_page_view
from deepsix.web.presenting.result_reasons import change_view
from deepsix.web.rendering import page
from deepsix.web.visiting import AForm, AVisitor, Visitor, go_to

router = APIRouter()
_Made = TypeVar("_Made")


def _remembered(visitor: Visitor, what: str, make: Callable[[Knowledge, Weighed], _Made]) -> _Made:
    """Return what is made of the weighed case, made once for the same answers. What is made holds none of the words."""
    site, case = visitor.site, visitor.visit.case
    key = (what, case.age, case.sex, tuple(case.answers.values()))
    return site.remembered(key, lambda: make(site.knowledge, site.weigh(case)))


@router.get("/result")
def show(request: Request, visitor: AVisitor) -> Response:
    """Show the result of what was told so far."""
    view = _remembered(visitor, "result", result_view)
    drawn = drawn_of(visitor.site, visitor.visit.case.pain_map)
    return page(request, "pages/result.html", view=view, drawn=drawn, back=address_before(visitor.visit, "/result"))


@router.get("/result/changes")
def show_changes(request: Request, visitor: AVisitor) -> Response:
    """Show which answers would change the result. A page of its own: it takes longer to work out than all the rest."""
    knowledge = visitor.site.knowledge
    changes = [change_view(knowledge, change) for change in _remembered(visitor, "changes", what_would_change)]
    enough = told_enough(visitor.site.weigh(visitor.visit.case).closed.case)
    return page(request, "pages/result_changes.html", changes=changes, enough=enough, back="/result")


@router.get("/result/muscles")
def show_muscles(request: Request, visitor: AVisitor) -> Response:
    """Show the hip with the muscles that fit best standing out."""
    site = visitor.site
    suspects = culprit_parts(site.knowledge, assessment_of(site.knowledge, site.weigh(visitor.visit.case)))
    if not suspects:
        return go_to("/hip")
    hip = hip_view(site.knowledge, site.assets, suspects, side=sore_side(visitor.visit.case))
    return page(request, "pages/result_muscles.html", hip=hip, back="/result")


@router.get("/result/causes/{condition}")
def show_cause(request: Request, visitor: AVisitor, condition: str) -> Response:
    """Show all the reasons for and against one cause."""
    site = visitor.site
    if condition not in site.knowledge.conditions:
        raise HTTPException(404)
    weighed = site.weigh(visitor.visit.case)
    if not told_enough(weighed.closed.case):
        return go_to("/result")
    view = _remembered(visitor, f"cause {condition}", lambda known, case: cause_page_view(known, case, condition))
    return page(request, "pages/result_cause.html", view=view, back="/result")


@router.get("/answers")
def show_answers(request: Request, visitor: AVisitor) -> Response:
    """Show everything that was told, to change it."""
    view = answers_view(visitor.site.knowledge, visitor.visit)
    return page(request, "pages/answers.html", view=view, back="/result")


@router.post("/result/plan")
def make_plan(visitor: AVisitor, form: AForm) -> Response:
    """Keep the result in the records, once however often this is pressed, and go on to the plan."""
    keep_assessment(visitor)
    return go_to("/plan")
