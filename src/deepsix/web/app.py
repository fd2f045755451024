"""`create_app`: the pages and the API as one application."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Final

from anyio.to_thread import current_default_thread_limiter
from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from fastapi.telemetry import TelemetryConfig
from starlette.middleware.gzip import GZipMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware

from deepsix.knowledge.model import Knowledge
from deepsix.records import Records
from deepsix.records.store import now_utc
from deepsix.web.assets import ADDRESS, BUILT, load_assets
from deepsix.web.failures import install_failures
from deepsix.web.rendering import make_templates
from deepsix.web.routers import ROUTERS
from deepsix.web.security import LOCAL_HOSTS, Guard
from deepsix.web.site import Site
from deepsix.web.static_files import LastingFiles

# The framework can report requests to a collector named in the environment. Ours reports nothing to anyone.
_NOTHING_TOLD: Final[TelemetryConfig] = {
    "tracing": False,
    "metrics": False,
    "logs": False,
    "operation_spans": False,
    "auto_configure": False,
}

# Pages are worked out by turns: more threads than this only take the interpreter from each other.
_AT_ONCE: Final = 3


def create_app(knowledge: Knowledge, records: Records, clock: Callable[[], datetime] = now_utc) -> FastAPI:
    """Return the application over this knowledge and these records. Closing it leaves the records open.

    Raises:
        PagesNotBuiltError: The scripts and styles are not built.
    """
    site = Site(knowledge, records, clock, make_templates(), load_assets())

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        current_default_thread_limiter().total_tokens = _AT_ONCE
        site.forget_old_visits()
        yield

    app = FastAPI(
        title="deepsix", docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan, telemetry=_NOTHING_TOLD
    )
    app.state.site = site
    for router in ROUTERS:
        app.include_router(router)
    files: StaticFiles = LastingFiles(directory=BUILT)
    app.mount(ADDRESS, files, name="static")
    install_failures(app)
    app.add_middleware(GZipMiddleware, minimum_size=1000)
    app.add_middleware(Guard)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(LOCAL_HOSTS), www_redirect=False)
    return app
