"""What keeps the pages to the person in front of them: who may ask, what a page may load, and how much may be sent.

The server listens on this computer only. A page from elsewhere could still make the browser send requests here, so the
host name has to be one of this computer (against DNS rebinding) and every form brings a token (against forgery).
"""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Final

from deepsix.web.visit import form_token

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

LOCAL_HOSTS: Final = ("127.0.0.1", "localhost", "[::1]", "testserver")
MOST_BYTES: Final = 2_000_000  # a painted chart has some 50 kB, a long story some 10 kB
UPLOADS: Final = {"/training": 110_000_000}  # a long training log

# Nothing from elsewhere, nothing inline, no frames.
POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "font-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
HEADERS: Final = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=()"),
)


class TooMuchSentError(Exception):
    """More was sent than any page of ours sends."""


class Guard:
    """Wraps the app: sets the headers of every answer, and counts what is sent to us."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        most = UPLOADS.get(scope["path"], MOST_BYTES)
        told = dict(scope["headers"]).get(b"content-length", b"0")
        scope.setdefault("state", {})["too_much"] = told.isdigit() and int(told) > most
        seen = 0

        async def counted() -> MutableMapping[str, Any]:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > most:
                raise TooMuchSentError
            return message

        async def with_headers(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                names = {name.lower() for name, _ in message["headers"]}
                message["headers"] = [*message["headers"], *(h for h in HEADERS if h[0] not in names)]
                if b"cache-control" not in names:
                    message["headers"].append((b"cache-control", b"no-store"))
            await send(message)

        await self._app(scope, counted, with_headers)


def is_own_form(key: str | None, token: object) -> bool:
    """Return whether a form came from a page of ours that was served to this visit."""
    return key is not None and isinstance(token, str) and hmac.compare_digest(form_token(key), token)
