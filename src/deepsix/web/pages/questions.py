"""The questions, one a page: the next is whichever would settle most."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from deepsix.case import Case, State
from deepsix.diagnosis.question import Question, limits_of
from deepsix.intake.replies import ticked_of, unsure_of
from deepsix.web.journey import address_before, next_address, question_now
from deepsix.web.rendering import NO_ERRORS, Errors, page
from deepsix.web.site import Site
from deepsix.web.visit import Visit
from deepsix.web.visiting import AForm, AVisitor, Visitor, go_to

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Put:
    """A question as it is put: `kind` is `page`, `choice`, `self_test` or `yes_no`; `findings` in the order shown."""

    id: str
    kind: str
    ask: str
    why: str
    findings: tuple[str, ...]


def question_named(site: Site, visit: Visit, name: str) -> Put:
    """Return a question by its id: as it was put before, or as it is put next.

    Raises:
        HTTPException: 404 when there is no such question.
    """
    put = visit.question(name)
    now = question_now(site, visit) if put is None else None
    if now is not None and now.id == name:
        return _put(now)
    for entry in site.knowledge.pages:
        if entry.id == name:
            findings = put.findings if put else entry.findings
            return Put(name, "choice" if entry.choose_one else "page", entry.ask, entry.why, findings)
    finding = site.knowledge.findings.get(name)
    if finding is None or finding.kind not in ("self_test", "symptom", "history") or not finding.question:
        raise HTTPException(404)
    kind = "self_test" if finding.kind == "self_test" else "yes_no"
    return Put(name, kind, finding.question, finding.why, (name,))


def _put(question: Question) -> Put:
    return Put(question.id, question.kind, question.ask, question.why, question.findings)


def chosen_of(case: Case, put: Put, answered: bool) -> set[str]:
    """Return what is ticked when a question is shown again."""
    states = [case.state(name) for name in put.findings]
    if not answered:
        return {name for name, state in zip(put.findings, states, strict=True) if state is State.YES}
    if put.kind in ("self_test", "yes_no"):
        return {str(states[0])} if states[0] else set()
    if all(state is State.UNSURE for state in states):
        return {"unsure"}
    return {name for name, state in zip(put.findings, states, strict=True) if state is State.YES} or {"none"}


def _show(request: Request, visitor: Visitor, put: Put, chosen: set[str], errors: Errors = NO_ERRORS) -> Response:
    site, visit = visitor.site, visitor.visit
    most = limits_of(site.knowledge).most_questions
    return page(
        request,
        "pages/question.html",
        put=put,
        options=[(name, site.knowledge.findings[name].name) for name in put.findings],
        finding=site.knowledge.findings[put.findings[0]],
        chosen=chosen,
        answered=len(visit.asked),
        most=most,
        errors=errors,
        back=address_before(visit, f"/questions/{put.id}"),
    )


@router.get("/questions")
def show_next(visitor: AVisitor) -> Response:
    """Go to whatever comes next."""
    return go_to(next_address(visitor.site, visitor.visit))


@router.get("/questions/{name}")
def show(request: Request, visitor: AVisitor, name: str) -> Response:
    """Put one question."""
    put = question_named(visitor.site, visitor.visit, name)
    chosen = chosen_of(visitor.visit.case, put, visitor.visit.question(name) is not None)
    return _show(request, visitor, put, chosen)


@router.post("/questions/{name}")
def take(request: Request, visitor: AVisitor, form: AForm, name: str) -> Response:
    """Take the answer. What the page offered comes back with it, since what is offered changes as answers come in."""
    site = visitor.site
    put = question_named(site, visitor.visit, name)
    known = {f for entry in site.knowledge.pages if entry.id == name for f in entry.findings} or set(put.findings)
    offered = tuple(value for value in dict.fromkeys(map(str, form.getlist("offered"))) if value in known)
    put = Put(put.id, put.kind, put.ask, put.why, offered or put.findings)
    given = {str(value) for value in form.getlist("answer")}
    ticked = given & set(put.findings)
    if put.kind in ("self_test", "yes_no"):
        ticked = set(put.findings) if "yes" in given else set()
        understood = bool(given & {"yes", "no", "unsure"})
        message = "Choose “Yes”, “No” or “I am not sure”"
    elif put.kind == "choice":
        understood = len(given) == 1 and bool(ticked or "unsure" in given)
        message = "Choose one, or “I am not sure”"
    else:
        understood = bool(ticked) != bool(given & {"none", "unsure"}) and len(given & {"none", "unsure"}) <= 1
        message = "Tick what fits, or “None of these”, or “I am not sure”"
    if not understood:
        return _show(request, visitor, put, given, {"answer": message})
    answers = unsure_of(put.findings) if "unsure" in given else ticked_of(put.findings, ticked)
    visit = visitor.visit.answered(name, answers)
    visitor.keep(visit)
    return go_to(next_address(site, visit))
