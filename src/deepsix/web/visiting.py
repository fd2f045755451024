"""Who is asking: the dependencies that give a page its visit and its checked form."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from fastapi.responses import RedirectResponse
from starlette.datastructures import FormData

from deepsix.web.rendering import site_of
from deepsix.web.security import TooMuchSentError, is_own_form
from deepsix.web.site import Site
from deepsix.web.visit import COOKIE, Visit

TOKEN_FIELD = "form_token"
_SEE_OTHER = 303


class NoVisitError(Exception):
    """There is no visit under the cookie, or no cookie: it ended, was erased, or never began."""


class ForeignFormError(Exception):
    """A form without the token of this visit. `typed` is what was in it, so that it is not lost."""

    def __init__(self, typed: dict[str, str]) -> None:
        super().__init__()
        self.typed = typed


@dataclass(frozen=True, slots=True)
class Visitor:
    """A visit with its key and the site, for a page to work on."""

    site: Site
    key: str
    visit: Visit

    def keep(self, visit: Visit) -> None:
        """Keep the changed visit."""
        if visit != self.visit:
            self.site.keep(self.key, visit)


def the_visitor(request: Request, site: Annotated[Site, Depends(site_of)]) -> Visitor:
    """Return who is asking.

    Raises:
        NoVisitError: There is no visit; the app sends the person to the start.
    """
    key = request.cookies.get(COOKIE)
    visit = site.visit(key)
    if key is None or visit is None:
        raise NoVisitError
    return Visitor(site, key, visit)


async def the_form(request: Request) -> AsyncIterator[FormData]:
    """Give the form that was sent, after checking that it is one of ours. Files in it are gone when the answer is.

    Raises:
        ForeignFormError: It lacks the token of this visit.
        TooMuchSentError: It is larger than any form of ours.
    """
    if request.state.too_much:
        raise TooMuchSentError
    form = await request.form()
    try:
        if not is_own_form(request.cookies.get(COOKIE), form.get(TOKEN_FIELD)):
            raise ForeignFormError({k: v for k, v in form.items() if isinstance(v, str) and k != TOKEN_FIELD})
        yield form
    finally:
        await form.close()


AVisitor = Annotated[Visitor, Depends(the_visitor)]
AForm = Annotated[FormData, Depends(the_form)]
ASite = Annotated[Site, Depends(site_of)]


def go_to(address: str) -> RedirectResponse:
    """Answer a form by sending the browser on, so that reloading sends nothing twice."""
    return RedirectResponse(address, _SEE_OTHER)
