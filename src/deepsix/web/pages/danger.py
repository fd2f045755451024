"""Signs of danger, before anything else."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from deepsix.case import State
from deepsix.intake.replies import ticked_of
from deepsix.web.journey import next_address
from deepsix.web.presenting.question import tick_options
from deepsix.web.rendering import NO_ERRORS, Errors, page
from deepsix.web.site import Site
from deepsix.web.visiting import AForm, AVisitor, go_to

STATION = "danger"
router = APIRouter()


def _findings(site: Site) -> tuple[str, ...]:
    return next(entry.findings for entry in site.knowledge.pages if entry.id == STATION)


def _show(request: Request, site: Site, chosen: set[str], errors: Errors = NO_ERRORS) -> Response:
    options = tick_options(site.knowledge, STATION, _findings(site))
    ask = next(entry for entry in site.knowledge.pages if entry.id == STATION)
    return page(request, "pages/danger.html", ask=ask, options=options, chosen=chosen, errors=errors, back="/")


@router.get("/danger")
def show(request: Request, visitor: AVisitor) -> Response:
    """Show the signs of danger to tick."""
    case = visitor.visit.case
    chosen = {name for name in _findings(visitor.site) if case.state(name) is State.YES}
    if STATION in visitor.visit.seen and not chosen:
        chosen = {"none"}
    return _show(request, visitor.site, chosen)


@router.post("/danger")
def take(request: Request, visitor: AVisitor, form: AForm) -> Response:
    """Take the signs: an emergency stops everything else."""
    site, findings = visitor.site, _findings(visitor.site)
    given = {str(value) for value in form.getlist("danger")}
    ticked = given & set(findings)
    if bool(ticked) == ("none" in given):
        return _show(request, site, given, {"danger": "Tick what you have, or “None of these”"})
    visit = visitor.visit.told(visitor.visit.case.with_answers(*ticked_of(findings, ticked))).passed(STATION)
    visitor.keep(visit)
    return go_to(next_address(site, visit))
