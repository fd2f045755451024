"""The worker that the browser keeps, and the page it shows when deepsix is not running."""

from __future__ import annotations

import hashlib
from functools import cache

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from deepsix.web.assets import BUILT
from deepsix.web.visiting import ASite

router = APIRouter()


@cache
def _worker(built_file: str) -> str:
    """Return the worker with the mark of the whole build before it, so that a new build is a new worker."""
    mark = hashlib.sha256((BUILT / "assets.json").read_bytes()).hexdigest()[:10]
    return f'self.BUILD="{mark}";\n' + (BUILT / built_file).read_text(encoding="utf-8")


@router.get("/sw.js")
def worker(site: ASite) -> Response:
    """Serve the worker from the root, so that it is in charge of every page."""
    text = _worker(site.assets.names["sw.js"])
    return Response(text, media_type="text/javascript", headers={"cache-control": "no-cache"})


@router.get("/offline")
def offline(site: ASite) -> HTMLResponse:
    """Show that deepsix is not running. The same for everybody: no visit, no token, no cookie."""
    page = site.templates.get_template("pages/offline.html")
    return HTMLResponse(page.render(asset=site.assets.address, words=site.knowledge.words))
