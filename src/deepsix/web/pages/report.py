"""The report for a clinician, to print or to show."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from deepsix.web.presenting.drawn_pain import drawn_of
from deepsix.web.presenting.report import report_view
from deepsix.web.rendering import page
from deepsix.web.visiting import AVisitor

router = APIRouter()


@router.get("/report")
def show(request: Request, visitor: AVisitor) -> Response:
    """Show the report on what was told so far."""
    site, visit = visitor.site, visitor.visit
    plans = site.records.plans(visit.assessment) if visit.assessment is not None else ()
    view = report_view(
        site.knowledge,
        site.weigh(visit.case),
        visit.case,
        site.clock().astimezone().date(),
        plans[-1] if plans else None,
    )
    drawn = drawn_of(site, visit.case.pain_map)
    return page(request, "pages/report.html", view=view, drawn=drawn, back="/result")
