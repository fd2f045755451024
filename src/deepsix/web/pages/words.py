"""The person's own words, and what was understood of them, to be put right."""

from __future__ import annotations

from dataclasses import replace

from fastapi import APIRouter, Request
from fastapi.responses import Response

from deepsix.case import Answer, Case, Origin, State
from deepsix.intake.story import read_story
from deepsix.knowledge.model import Knowledge
from deepsix.web.journey import address_before, next_address
from deepsix.web.rendering import NO_ERRORS, Errors, page
from deepsix.web.visiting import AForm, AVisitor, Visitor, go_to

STATION = "words"
MOST_LETTERS = 10_000
router = APIRouter()


def from_story(case: Case) -> list[Answer]:
    """Return the answers that were read from the person's words."""
    return [answer for answer in case.answers.values() if answer.origin is Origin.STORY]


def with_story(knowledge: Knowledge, case: Case, text: str) -> Case:
    """Return the case with these words in place of the earlier ones, and what is read from them."""
    bare = replace(case.without(*(answer.finding for answer in from_story(case))), story=text)
    return read_story(knowledge, text).add_to(bare) if text else bare


def _show(request: Request, visitor: Visitor, text: str, errors: Errors = NO_ERRORS) -> Response:
    back = address_before(visitor.visit, "/words")
    return page(request, "pages/words.html", text=text, most=MOST_LETTERS, errors=errors, back=back)


@router.get("/words")
def show(request: Request, visitor: AVisitor) -> Response:
    """Ask for the story."""
    return _show(request, visitor, visitor.visit.case.story)


@router.post("/words")
def take(request: Request, visitor: AVisitor, form: AForm) -> Response:
    """Read the story, and show what was understood if there is anything to show."""
    text = str(form.get("story", "")).replace("\r\n", "\n").strip()
    if len(text) > MOST_LETTERS:
        message = f"Shorten your story to {MOST_LETTERS:,} letters; it has {len(text):,}"
        return _show(request, visitor, text, {"story": message})
    case = visitor.visit.case
    visit = visitor.visit
    if text != case.story:
        visit = visit.told(with_story(visitor.site.knowledge, case, text))
    visitor.keep(visit.passed(STATION))
    return go_to("/understood" if text else next_address(visitor.site, visit.passed(STATION)))


@router.get("/understood")
def show_understood(request: Request, visitor: AVisitor) -> Response:
    """Show what was read from the story, with the words it was read from."""
    knowledge, case = visitor.site.knowledge, visitor.visit.case
    if not case.story:
        return go_to("/words")
    read = sorted(from_story(case), key=lambda answer: answer.state.value, reverse=True)
    told = [(answer, knowledge.findings[answer.finding].name) for answer in read]
    notices = read_story(knowledge, case.story).notices
    return page(request, "pages/understood.html", told=told, notices=notices, story=case.story, back="/words")


@router.post("/understood")
def take_understood(request: Request, visitor: AVisitor, form: AForm) -> Response:
    """Take what was put right: each finding yes, no, unsure, or not said at all."""
    case = visitor.visit.case
    for answer in from_story(case):
        given = str(form.get(answer.finding, answer.state.value))
        if given == "unsaid":
            case = case.without(answer.finding)
        elif given in [state.value for state in State] and given != answer.state.value:
            case = case.with_answers(replace(answer, state=State(given), origin=Origin.ASKED))
    visit = visitor.visit.told(case)
    visitor.keep(visit)
    return go_to(next_address(visitor.site, visit))
