"""Templates to pages: the environment, and the one function that answers with a page."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import ChainableUndefined, ChoiceLoader, Environment, PackageLoader

from deepsix.web.site import Site
from deepsix.web.visit import COOKIE, DAYS_KEPT, form_token, new_key

THEME_COOKIE = "deepsix_theme"
THEMES = ("auto", "light", "dark")


def make_templates() -> Environment:
    """Return the environment of our templates and of nhsuk-frontend's macros, which need `ChainableUndefined`.

    The filter `capfirst` raises the first letter and, other than `capitalize`, leaves names such as ICD as they are.
    """
    environment = Environment(
        loader=ChoiceLoader([PackageLoader("deepsix.web"), PackageLoader("nhsuk_frontend_jinja")]),
        autoescape=True,
        undefined=ChainableUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["capfirst"] = lambda text: f"{text[:1].upper()}{text[1:]}"
    return environment


def site_of(request: Request) -> Site:
    """Return the ground of the pages; a FastAPI dependency."""
    site: Site = request.app.state.site
    return site


Errors = Mapping[str, str]  # the id of a field to its message
NO_ERRORS: Errors = MappingProxyType({})


def page(
    request: Request, template: str, status: int | None = None, *, errors: Errors = NO_ERRORS, **values: Any
) -> HTMLResponse:
    """Answer with a page; with errors it is a 400 unless said otherwise.

    Templates get, besides `values` and `errors`: `words` (knowledge.words), `knowledge`, `asset(name)`, `form_token`,
    `theme` and `path`.
    """
    site = site_of(request)
    key = request.cookies.get(COOKIE)
    fresh = key is None
    key = key or new_key()
    theme = request.cookies.get(THEME_COOKIE, "auto")
    text = site.templates.get_template(template).render(
        {
            "words": site.knowledge.words,
            "knowledge": site.knowledge,
            "asset": site.assets.address,
            "form_token": form_token(key),
            "theme": theme if theme in THEMES else "auto",
            "path": request.url.path,
            "errors": errors,
            **values,
        }
    )
    response = HTMLResponse(text, status or (400 if errors else 200))
    if fresh:
        set_key(response, key)
    return response


def set_key(response: Any, key: str) -> None:
    """Give the browser the key of its visit. Scripts cannot read it, and other sites cannot make it be sent."""
    response.set_cookie(COOKIE, key, max_age=DAYS_KEPT * 86_400, httponly=True, samesite="strict", path="/")
