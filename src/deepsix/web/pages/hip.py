"""The hip to look at: bones and muscles in 3D where the browser can, else a flat drawing, with the facts in a list."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from deepsix.hip.positions import load_positions
from deepsix.web.presenting.hip import STANDING, hip_view, scene_content
from deepsix.web.rendering import page
from deepsix.web.visiting import ASite

router = APIRouter()
_LASTING = "private, max-age=31536000, immutable"  # its address changes with what is inside


@router.get("/hip")
def show(
    request: Request,
    site: ASite,
    posture: Annotated[str, Query()] = STANDING,
    side: Annotated[Literal["right", "left"], Query()] = "right",
) -> Response:
    """Show the hip. `posture` and `side` are for those without scripts; a posture we do not know is standing."""
    known = posture if posture in load_positions() else STANDING
    return page(request, "pages/hip.html", hip=hip_view(site.knowledge, site.assets, side=side, posture=known))


@router.get("/hip/scene.json")
def scene() -> Response:
    """Send the hip as plain values, for the script that draws it."""
    return Response(scene_content(), media_type="application/json", headers={"cache-control": _LASTING})
