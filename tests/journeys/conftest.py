"""The pages on a port of this computer, and a real browser before them.

The tests skip where there is no Chromium (`DEEPSIX_CHROMIUM` names another than /usr/bin/chromium). Where
`DEEPSIX_REQUIRE_BROWSER` is set, as in CI, that is a failure instead.
"""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from deepsix.knowledge import Knowledge
from deepsix.records.place import Place
from deepsix.records.store import open_records
from deepsix.web.app import create_app

CHROMIUM = os.environ.get("DEEPSIX_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome") or ""
# Quiet: no requests of the browser's own. Software rendering shows 3D without a graphics card.
FLAGS = [
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
]
PHONE = {"width": 390, "height": 844}
SMALL_PHONE = {"width": 320, "height": 640}
DESK = {"width": 1280, "height": 900}


@pytest.fixture(scope="session")
def address(knowledge: Knowledge, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the pages are served, over empty records of their own."""
    place = Place.of_file(tmp_path_factory.mktemp("records") / "records.sqlite")
    with open_records(place) as records:
        server = uvicorn.Server(
            uvicorn.Config(create_app(knowledge, records), port=0, log_level="error", access_log=False)
        )
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.02)
        port = server.servers[0].sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}"
        server.should_exit = True
        thread.join()


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A real Chromium without a window."""
    if not CHROMIUM or not Path(CHROMIUM).exists():
        message = "there is no Chromium; set DEEPSIX_CHROMIUM to one"
        if os.environ.get("DEEPSIX_REQUIRE_BROWSER"):
            pytest.fail(message)
        pytest.skip(message)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS, chromium_sandbox=False)
        yield opened
        opened.close()


@pytest.fixture
def open_page(browser: Any, address: str) -> Iterator[Callable[..., Any]]:
    """Open a page in a browser window of its own. Requests to anywhere else fail the test, as do errors in scripts."""
    contexts, elsewhere, broken = [], [], []

    def is_ours(url: str) -> bool:
        return url.startswith((address, "data:", "blob:"))

    def opened(path: str = "/", viewport: dict[str, int] = DESK, **options: Any) -> Any:
        context = browser.new_context(viewport=viewport, base_url=address, **options)
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: None if is_ours(request.url) else elsewhere.append(request.url))
        page.on("pageerror", lambda error: broken.append(str(error)))
        page.on("console", lambda said: broken.append(said.text) if "Content Security Policy" in said.text else None)
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert elsewhere == [], "the page asked for something from elsewhere"
    assert broken == [], "a script failed, or broke the content policy"
