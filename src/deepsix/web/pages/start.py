"""The first page, the colours, and the page about deepsix."""

from __future__ import annotations

from importlib.metadata import version

from fastapi import APIRouter, Request
from fastapi.responses import Response

from deepsix.web.journey import next_address
from deepsix.web.rendering import THEME_COOKIE, THEMES, page, set_key, site_of
from deepsix.web.visit import COOKIE, Visit, new_key
from deepsix.web.visiting import AForm, ASite, go_to

router = APIRouter()


@router.get("/")
def show(request: Request, site: ASite, ended: bool = False) -> Response:
    """Show what deepsix does, and the signs of danger one can act on at once."""
    visit = site.visit(request.cookies.get(COOKIE))
    return page(
        request,
        "pages/start.html",
        begun=visit is not None and visit != Visit(),
        ended=ended,
        causes=len(site.knowledge.conditions),
    )


@router.post("/start")
def begin(request: Request, site: ASite, form: AForm) -> Response:
    """Begin, or go on where the person was; `again` begins anew under a new key."""
    key = request.cookies[COOKIE]
    visit = site.visit(key)
    if visit is not None and "again" not in form:
        return go_to(next_address(site, visit))
    if visit is not None:
        key = new_key()
    site.keep(key, Visit())
    response = go_to("/danger")
    set_key(response, key)
    return response


@router.get("/about")
def about(request: Request) -> Response:
    """Show what deepsix is and is not."""
    site = site_of(request)
    knowledge = site.knowledge
    return page(
        request,
        "pages/about.html",
        counts={
            "causes": len(knowledge.conditions),
            "findings": len(knowledge.findings),
            "sources": len(knowledge.sources),
            "statements": len(knowledge.statements),
        },
        version=version("deepsix"),
    )


@router.post("/theme")
def choose_theme(form: AForm) -> Response:
    """Keep the chosen colours, and return to the page."""
    theme, path = str(form.get("theme", "")), str(form.get("path", "/"))
    # Only a path of ours: "//elsewhere" would lead away.
    response = go_to(path if path.startswith("/") and not path.startswith(("//", "/\\")) else "/")
    response.set_cookie(THEME_COOKIE, theme if theme in THEMES else "auto", max_age=31_536_000, samesite="strict")
    return response
