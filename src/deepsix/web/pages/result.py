"""The result: how soon to see someone, what fits, and why."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from deepsix.web.journey import address_before
from deepsix.web.presenting.result import result_view
from deepsix.web.rendering import page
from deepsix.web.visiting import AVisitor

router = APIRouter()


@router.get("/result")
def show(request: Request, visitor: AVisitor) -> Response:
    """Show the result of what was told so far."""
    view = result_view(visitor.site.knowledge, visitor.site.weigh(visitor.visit.case))
    return page(request, "pages/result.html", view=view, back=address_before(visitor.visit, "/result"))
