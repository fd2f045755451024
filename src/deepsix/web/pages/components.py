"""Every piece the pages are made of, in both themes side by side; docs/guide/look.md says why they look as they do."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from deepsix.hip.figure import posed_figure
from deepsix.hip.positions import load_positions
from deepsix.web.presenting.learn_muscle import muscle_view
from deepsix.web.rendering import page
from deepsix.web.visiting import ASite

router = APIRouter()
_SHOWN_MUSCLES = ("piriformis", "gluteus_minimus", "gluteus_maximus")
_SHOWN_POSTURES = ("figure_four_reclined", "low_lunge", "sitting_upright")


@router.get("/components")
def show(request: Request, site: ASite) -> Response:
    """Show the pieces."""
    figures = [(view.name, view.figures[0].svg) for view in (muscle_view(site.knowledge, m) for m in _SHOWN_MUSCLES)]
    postures = [(load_positions()[name].name, posed_figure(load_positions()[name])) for name in _SHOWN_POSTURES]
    return page(request, "pages/components.html", figures=figures, postures=postures)
