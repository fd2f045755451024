"""Pages to learn from: conditions, muscles, what the founding articles claim, and words."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import Response

from deepsix.hip.anatomy import load_anatomy
from deepsix.web.presenting.learn_claims import STANDINGS, claims
from deepsix.web.presenting.learn_condition import condition_view
from deepsix.web.presenting.learn_index import families, search
from deepsix.web.presenting.learn_muscle import muscle_groups, muscle_view
from deepsix.web.presenting.learn_words import glossary
from deepsix.web.rendering import page
from deepsix.web.visiting import ASite

_LONGEST_QUERY = 200
router = APIRouter(prefix="/learn")


@router.get("")
def show(request: Request, site: ASite, q: Annotated[str, Query(max_length=_LONGEST_QUERY)] = "") -> Response:
    """Lead to all there is, or show what a search finds."""
    query = q.strip()
    counts = {"conditions": len(site.knowledge.conditions), "statements": len(site.knowledge.statements)}
    return page(
        request,
        "pages/learn.html",
        query=query,
        found=search(site.knowledge, query),
        groups=muscle_groups(),
        counts=counts,
        terms=len(glossary()),
    )


@router.get("/conditions")
def conditions(request: Request, site: ASite) -> Response:
    """List all conditions."""
    return page(request, "pages/learn_conditions.html", families=families(site.knowledge), back="/learn")


@router.get("/conditions/{identity}")
def condition(request: Request, site: ASite, identity: str) -> Response:
    """Show one condition."""
    if identity not in site.knowledge.conditions:
        raise HTTPException(404)
    view = condition_view(site.knowledge, identity)
    return page(request, "pages/learn_condition.html", view=view, back="/learn/conditions")


@router.get("/muscles")
def muscles(request: Request) -> Response:
    """List all muscles."""
    return page(request, "pages/learn_muscles.html", groups=muscle_groups(), back="/learn")


@router.get("/muscles/{identity}")
def muscle(request: Request, site: ASite, identity: str) -> Response:
    """Show one muscle."""
    if identity not in load_anatomy():
        raise HTTPException(404)
    view = muscle_view(site.knowledge, identity)
    return page(request, "pages/learn_muscle.html", view=view, back="/learn/muscles")


@router.get("/claims")
def all_claims(request: Request, site: ASite, show: str = "") -> Response:
    """Show what the founding articles claim, all of it or what stands in one way."""
    every = claims(site.knowledge)
    chosen = show if show in STANDINGS else ""
    counts = {name: sum(claim.standing == name for claim in every) for name in STANDINGS}
    return page(
        request,
        "pages/learn_claims.html",
        claims=[claim for claim in every if chosen in ("", claim.standing)],
        chosen=chosen,
        counts=counts,
        total=len(every),
        back="/learn",
    )


@router.get("/glossary")
def words(request: Request) -> Response:
    """Explain words."""
    return page(request, "pages/learn_glossary.html", terms=glossary(), back="/learn")
