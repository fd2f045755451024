"""The person's own words, and what was understood of them, to be put right."""

from __future__ import annotations

from dataclasses import replace

from fastapi import APIRouter, Request
from fastapi.responses import Response

from deepsix.case import Case, State
from deepsix.diagnosis.urgency import is_emergency
from deepsix.web.journey import address_before, next_address
from deepsix.web.presenting.question import needs_someone_today
from deepsix.web.presenting.story import STATES, Understood, pieces_of, put_right, story_of, understood, with_story
from deepsix.web.rendering import NO_ERRORS, Errors, page
from deepsix.web.site import Site
from deepsix.web.visiting import AForm, AVisitor, Visitor, go_to

STATION = "words"
MOST_LETTERS = 10_000
router = APIRouter()


def _show(request: Request, visitor: Visitor, text: str, errors: Errors = NO_ERRORS) -> Response:
    back = address_before(visitor.visit, "/words")
    child = visitor.visit.case.is_child
    return page(request, "pages/words.html", text=text, most=MOST_LETTERS, errors=errors, back=back, is_child=child)


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
    site, visit = visitor.site, visitor.visit
    if text != visit.case.story:
        visit = visit.told(with_story(site.knowledge, visit.case, text))
    visit = visit.passed(STATION)
    visitor.keep(visit)
    # What stops everything may have been misread: it is shown to be put right on the page that stops.
    if is_emergency(site.knowledge, site.weigh(visit.case).closed.case) or not text:
        return go_to(next_address(site, visit))
    return go_to("/understood")


def _may_be_emergency(site: Site, case: Case, read: list[Understood]) -> bool:
    """Return whether the words tell of an emergency that an earlier answer denies, until it is said which is right."""
    as_written = {entry.finding: State.YES.value for entry in read if not entry.state}
    if not as_written:
        return False
    return is_emergency(site.knowledge, site.weigh(put_right(case, read, as_written)).closed.case)


def _show_understood(
    request: Request, visitor: Visitor, read: list[Understood], errors: Errors = NO_ERRORS
) -> Response:
    site, case = visitor.site, visitor.visit.case
    story = story_of(site.knowledge, case.story)
    return page(
        request,
        "pages/understood.html",
        groups=[(state.value, [entry for entry in read if entry.state == state.value]) for state in STATES],
        taken_away=[entry for entry in read if entry.state == "unsaid"],
        two_ways=[entry for entry in read if not entry.state],
        notices=story.notices,
        about=story.about,
        pieces=pieces_of(case.story, read),
        today=needs_someone_today(site.knowledge, site.weigh(case)),
        may_be_emergency=_may_be_emergency(site, case, read),
        errors=errors,
        back="/words",
    )


@router.get("/understood")
def show_understood(request: Request, visitor: AVisitor) -> Response:
    """Show what was read from the story, with the words it was read from."""
    case = visitor.visit.case
    if not case.story:
        return go_to("/words")
    return _show_understood(request, visitor, understood(visitor.site.knowledge, case))


@router.post("/understood")
def take_understood(request: Request, visitor: AVisitor, form: AForm) -> Response:
    """Take what was put right: each finding yes, no, unsure, or not said at all."""
    case = visitor.visit.case
    read = understood(visitor.site.knowledge, case) if case.story else []
    given = {entry.finding: str(form[entry.finding]) for entry in read if entry.finding in form}
    open_ = [entry for entry in read if not entry.state and given.get(entry.finding) not in ("yes", "no", "unsure")]
    if open_:
        shown = [replace(entry, state=given.get(entry.finding, entry.state)) for entry in read if entry not in open_]
        errors = {f"{entry.finding}-yes": f"Say which is right: {entry.name}" for entry in open_}
        return _show_understood(request, visitor, [*open_, *shown], errors)
    visit = visitor.visit.told(put_right(case, read, given))
    visitor.keep(visit)
    return go_to(next_address(visitor.site, visit))
