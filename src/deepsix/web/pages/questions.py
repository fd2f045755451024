"""The questions, one a page: the next is whichever would settle most."""

from __future__ import annotations

from dataclasses import dataclass, replace

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from deepsix.case import Answer, Case, State
from deepsix.diagnosis.question import Question
from deepsix.intake.replies import ticked_of, unsure_of
from deepsix.web import sides
from deepsix.web.journey import address_before, next_address, put_so_far, question_now
from deepsix.web.presenting.asking_data import asking
from deepsix.web.presenting.question import (
    Option,
    chances_of,
    moving_causes,
    needs_someone_today,
    progress_of,
    tick_options,
)
from deepsix.web.presenting.self_test import self_test_view
from deepsix.web.rendering import NO_ERRORS, Errors, page
from deepsix.web.site import Site
from deepsix.web.visit import Visit
from deepsix.web.visiting import AForm, AVisitor, Visitor, go_to

CAUSES_COOKIE = "deepsix_causes"
NONE, UNSURE = "none", "unsure"
router = APIRouter()


@dataclass(frozen=True, slots=True)
class Put:
    """A question as it is put; `findings` in the order shown.

    `kind` is `page` (tick many), `choice` (pick one), `self_test`, `yes_no`, or `side`.
    """

    id: str
    kind: str
    ask: str
    why: str
    findings: tuple[str, ...]

    @property
    def is_single(self) -> bool:
        """True when yes or no is asked of one finding."""
        return self.kind in ("self_test", "yes_no")


def question_named(site: Site, visit: Visit, name: str) -> Put:
    """Return a question by its id: as it was put before, or as it is put next.

    Raises:
        HTTPException: 404 when there is no such question.
    """
    if name == sides.QUESTION:
        words = asking()[name]
        return Put(name, "side", words["ask"], words["why"], (words["both"], words["swaps"]))
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
    if put.kind == "side":
        return {sides.chosen_side(case)} if answered else set()
    states = [case.state(name) for name in put.findings]
    ticked = {name for name, state in zip(put.findings, states, strict=True) if state is State.YES}
    if put.is_single:
        return {str(states[0])} if states[0] else set()
    if not answered or ticked:
        return ticked
    return {UNSURE} if all(state is State.UNSURE for state in states) else {NONE}


def _options(site: Site, put: Put) -> list[Option]:
    if put.kind == "side":
        return [Option(value, label) for value, label in asking()[sides.QUESTION]["answers"].items()]
    return [] if put.is_single else tick_options(site.knowledge, put.id, put.findings)


def _told_before(site: Site, case: Case, put: Put) -> list[str]:
    """Return what the drawing or the words told of this page, which is therefore not asked again."""
    if put.kind != "page":
        return []
    entry = next(entry for entry in site.knowledge.pages if entry.id == put.id)
    told = (name for name in entry.findings if name not in put.findings and case.state(name) is State.YES)
    return [site.knowledge.findings[name].name for name in told]


def _show(request: Request, visitor: Visitor, put: Put, chosen: set[str], errors: Errors = NO_ERRORS) -> Response:
    site, visit = visitor.site, visitor.visit
    weighed = site.weigh(visit.case)
    side = sides.side_told(visit.case)
    settled = _settled(site, visit)
    return page(
        request,
        "pages/question.html",
        put=put,
        options=_options(site, put),
        told=_told_before(site, visit.case, put),
        finding=site.knowledge.findings[put.findings[0]],
        self_test=self_test_view(put.id, "left" if side == "left" else "right") if put.kind == "self_test" else None,
        chosen=chosen,
        progress=progress_of(site.knowledge, settled),
        causes=moving_causes(site.knowledge, weighed, visit.before),
        causes_open=request.cookies.get(CAUSES_COOKIE) == "open",
        answered=bool(visit.before),
        today=needs_someone_today(site.knowledge, weighed),
        is_child=visit.case.is_child,
        errors=errors,
        back=address_before(visit, f"/questions/{put.id}"),
    )


def _settled(site: Site, visit: Visit) -> int:
    """Return how many questions are behind: those put, and the first ones that something else has answered."""
    put, now = set(put_so_far(site, visit)), question_now(site, visit)
    opening = {entry.id for entry in site.knowledge.pages if entry.opening}
    return len(put if now is not None and now.id in opening else put | opening)


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
    site, case = visitor.site, visitor.visit.case
    put = question_named(site, visitor.visit, name)
    known = {f for entry in site.knowledge.pages if entry.id == name for f in entry.findings} or set(put.findings)
    offered = tuple(value for value in dict.fromkeys(map(str, form.getlist("offered"))) if value in known)
    put = replace(put, findings=offered or put.findings)
    given = {str(value) for value in form.getlist("answer")}
    message = refusal(site, put, given)
    if message:
        return _show(request, visitor, put, given, {"answer": message})
    before = chances_of(site.weigh(case))
    visit = visitor.visit.answered(name, answers_of(case, put, given), before)
    visitor.keep(visit)
    return go_to(next_address(site, visit))


def refusal(site: Site, put: Put, given: set[str]) -> str:
    """Return what to do about an answer that cannot be taken, or an empty string when it can."""
    ticked, alone = given & set(put.findings), given & {NONE, UNSURE}
    if put.is_single:
        return "" if len(given) == 1 and given <= {"yes", "no", UNSURE} else "Choose one of the answers"
    if put.kind in ("choice", "side"):
        offered = {option.value for option in _options(site, put)} | {UNSURE}
        return "" if len(given) == 1 and given <= offered else "Choose one, or “I am not sure”"
    fits = bool(ticked) != bool(alone) and len(alone) <= 1
    return "" if fits else "Tick what fits, or “None of these”, or “I am not sure”"


def answers_of(case: Case, put: Put, given: set[str]) -> tuple[Answer, ...]:
    """Return the answers that were given, after `refusal` found nothing against them."""
    if put.kind == "side":
        return sides.with_side(case, next(iter(given)))
    if UNSURE in given:
        return unsure_of(put.findings)
    answers = ticked_of(put.findings, put.findings if "yes" in given else given)
    return tuple(_with_known_side(case, answer) for answer in answers)


def _with_known_side(case: Case, answer: Answer) -> Answer:
    """Return the answer with the side that an earlier answer to the same finding told, so that Back loses none."""
    old = case.answers.get(answer.finding)
    return answer if old is None or answer.state is not State.YES else replace(answer, side=old.side)
