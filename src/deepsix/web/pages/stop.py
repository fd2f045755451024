"""The page that stops everything else: get help now."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from deepsix.diagnosis import wording
from deepsix.diagnosis.urgency import is_emergency
from deepsix.knowledge.model import Urgency
from deepsix.web.journey import RESULT, next_address
from deepsix.web.presenting.stopping import stop_view
from deepsix.web.rendering import page
from deepsix.web.visiting import AVisitor, go_to

router = APIRouter()


@router.get("/stop")
def show(request: Request, visitor: AVisitor) -> Response:
    """Show whom to call and what to say."""
    site, visit = visitor.site, visitor.visit
    case = site.weigh(visit.case).closed.case
    if not is_emergency(site.knowledge, case):
        return go_to(next_address(site, visit))
    return page(
        request,
        "pages/stop.html",
        title=wording.urgency_title(site.knowledge, Urgency.EMERGENCY),
        text=wording.urgency_text(site.knowledge, Urgency.EMERGENCY, case),
        view=stop_view(site.knowledge, visit, case),
        case=visit.case,
        result=RESULT,
    )
