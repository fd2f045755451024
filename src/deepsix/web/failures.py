"""What a person sees when something went wrong: what it was, what to do, and what they typed is still there."""

from __future__ import annotations

import logging

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from deepsix.errors import DeepsixError
from deepsix.web.rendering import page
from deepsix.web.security import TooMuchSentError
from deepsix.web.visiting import TOKEN_FIELD, ForeignFormError, NoVisitError, go_to

API = "/api/"
_log = logging.getLogger("deepsix.web")


def api_error(status: int, *errors: tuple[str, str]) -> JSONResponse:
    """Return the one shape of an error of the API; each error is the field ("" for the whole) and its message."""
    told = [{"field": field, "message": message} for field, message in errors]
    return JSONResponse({"ok": False, "status": status, "errors": told}, status)


async def _typed(request: Request) -> dict[str, str]:
    """Return what a form held besides its token, so that it is not lost; nothing when it was too much to read."""
    if request.state.too_much:
        return {}
    form = await request.form()
    return {name: value for name, value in form.items() if isinstance(value, str) and name != TOKEN_FIELD}


def install_failures(app: FastAPI) -> None:
    """Let the app answer each kind of failure with its page, or the API's shape."""

    @app.exception_handler(NoVisitError)
    async def _(request: Request, _: Exception) -> Response:
        typed = await _typed(request) if request.method == "POST" else {}
        if any(typed.values()):
            return page(request, "pages/failed.html", 410, kind="ended", typed=typed)
        return go_to("/?ended=1")

    @app.exception_handler(ForeignFormError)
    def _(request: Request, error: ForeignFormError) -> Response:
        return page(request, "pages/failed.html", 403, kind="foreign", typed=error.typed)

    @app.exception_handler(TooMuchSentError)
    def _(request: Request, _: Exception) -> Response:
        if request.url.path.startswith(API):
            return api_error(413, ("", "More was sent than we take. Send less."))
        return page(request, "pages/failed.html", 413, kind="too_much")

    @app.exception_handler(HTTPException)
    def _(request: Request, error: HTTPException) -> Response:
        if request.url.path.startswith(API):
            return api_error(error.status_code, ("", str(error.detail)))
        kind = "missing" if error.status_code in (404, 405) else "other"
        return page(request, "pages/failed.html", error.status_code, kind=kind)

    @app.exception_handler(RequestValidationError)
    def _(request: Request, error: RequestValidationError) -> Response:
        if request.url.path.startswith(API):
            told = [(".".join(str(part) for part in e["loc"][1:]), str(e["msg"])) for e in error.errors()]
            return api_error(422, *told)
        return page(request, "pages/failed.html", 400, kind="missing")

    @app.exception_handler(DeepsixError)
    def _(request: Request, error: DeepsixError) -> Response:
        if request.url.path.startswith(API):
            return api_error(400, ("", str(error)))
        return page(request, "pages/failed.html", 400, kind="told", message=str(error))

    @app.exception_handler(Exception)
    def _(request: Request, error: Exception) -> Response:
        # The kind and the route only: the message could hold what a person told us.
        _log.error("%s on %s %s", type(error).__name__, request.method, request.scope.get("route", ""))
        if request.url.path.startswith(API):
            return api_error(500, ("", "Something went wrong here. Nothing was changed."))
        return page(request, "pages/failed.html", 500, kind="other")
