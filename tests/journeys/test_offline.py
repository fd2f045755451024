"""deepsix as an app: it can be installed, and says so kindly when it is not running. No answers are kept for that."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from deepsix.knowledge import Knowledge
from deepsix.records.place import Place
from deepsix.records.store import open_records
from deepsix.web.app import create_app

WORKS = "navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller !== null)"


@pytest.fixture
def server(knowledge: Knowledge, tmp_path: Path) -> Iterator[tuple[str, uvicorn.Server, threading.Thread]]:
    """Pages of their own, since this server is stopped under the browser."""
    with open_records(Place.of_file(tmp_path / "records.sqlite")) as records:
        config = uvicorn.Config(create_app(knowledge, records), port=0, log_level="error", timeout_graceful_shutdown=1)
        served = uvicorn.Server(config)
        thread = threading.Thread(target=served.run, daemon=True)
        thread.start()
        while not served.started:
            time.sleep(0.02)
        yield f"http://127.0.0.1:{served.servers[0].sockets[0].getsockname()[1]}", served, thread
        served.should_exit = True
        thread.join()


@pytest.fixture
def page(browser: Any, server: tuple[str, uvicorn.Server, threading.Thread]) -> Iterator[Any]:
    context = browser.new_context(base_url=server[0])
    context.set_default_timeout(45_000)
    opened = context.new_page()
    opened.goto("/")
    opened.wait_for_function(WORKS)
    yield opened
    context.close()


def kept(page: Any) -> list[str]:
    """What the browser keeps for when deepsix is not running, as paths."""
    return sorted(
        page.evaluate(
            "caches.keys().then(names => Promise.all(names.map(name => caches.open(name).then(c => c.keys()))))"
            ".then(all => all.flat().map(request => new URL(request.url).pathname))"
        )
    )


def test_it_can_be_installed(page: Any) -> None:
    chrome = page.context.new_cdp_session(page)
    # A private window, as in tests, can install nothing; there must be no other reason.
    errors = [error["errorId"] for error in chrome.send("Page.getInstallabilityErrors")["installabilityErrors"]]
    assert set(errors) <= {"in-incognito"}
    manifest = chrome.send("Page.getAppManifest")
    assert manifest["errors"] == []
    assert manifest["url"].endswith("manifest.webmanifest")


def test_without_the_server_it_says_how_to_start_it_again(
    page: Any, server: tuple[str, uvicorn.Server, threading.Thread]
) -> None:
    _, served, thread = server
    served.should_exit = True
    thread.join()
    page.goto("/plan")
    assert page.locator("h1").inner_text() == "deepsix is not running"
    assert "deepsix serve" in page.inner_text("main")
    # The look is there too: the styles were kept.
    assert page.evaluate("getComputedStyle(document.querySelector('.card')).borderRadius") == "12px"
    assert page.get_by_role("button", name="Try again").is_visible()


def test_only_the_look_and_the_page_for_offline_are_kept(page: Any) -> None:
    page.get_by_role("button", name="start").click()
    page.get_by_label("None of these").check()
    page.get_by_role("button", name="Continue").click()
    page.goto("/learn/muscles/piriformis")
    paths = kept(page)
    assert "/offline" in paths
    assert [path for path in paths if path != "/offline" and not path.startswith("/static/")] == []


def test_the_page_for_offline_is_the_same_for_everybody(page: Any) -> None:
    answer = page.request.get("/offline")
    assert "set-cookie" not in answer.headers
    assert "form_token" not in answer.text()
