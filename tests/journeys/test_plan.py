"""The plan in a real browser: ticks, the countdown, the calendar, and a check-in by keyboard alone."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import uvicorn

from deepsix import Case, no, yes
from deepsix.knowledge import Knowledge
from deepsix.records.place import Place
from deepsix.records.store import open_records
from deepsix.web.app import create_app
from deepsix.web.journey import STATIONS
from deepsix.web.keeping import keep_assessment
from deepsix.web.visit import COOKIE, Visit, new_key
from deepsix.web.visiting import Visitor

KEY = new_key()
SORE = Case(
    age=30,
    answers={
        **yes("pain_buttock_deep_centre", "pain_next_day_peak", "worse_stairs_up", "worse_sitting", "runner"),
        **no("pain_builds_with_impact", "pain_earlier_each_run", "worse_weight_bearing", "pain_groin"),
        **no("numbness_leg", "onset_pop_or_tear"),
    },
)
NOT_YET = re.compile("^Done today *: Press deep in the buttock with a ball")
DONE = re.compile("^Done today. Undo *: Press deep in the buttock with a ball")


@pytest.fixture(scope="module")
def address(knowledge: Knowledge, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the pages are served to someone who has a plan."""
    with open_records(Place.of_file(tmp_path_factory.mktemp("planned") / "records.sqlite")) as records:
        app = create_app(knowledge, records)
        site = app.state.site
        visit = Visit(case=SORE, seen=STATIONS)
        site.keep(KEY, visit)
        keep_assessment(Visitor(site, KEY, visit))
        server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", access_log=False))
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.02)
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
        server.should_exit = True
        thread.join()


@pytest.fixture
def visit(open_page: Callable[..., Any], address: str) -> Callable[..., Any]:
    """Open a page as that person."""
    cookie = {"name": COOKIE, "value": KEY, "domain": "127.0.0.1", "path": "/", "expires": -1, "httpOnly": True}
    state = {"cookies": [{**cookie, "secure": False, "sameSite": "Strict"}], "origins": []}
    return lambda path, **options: open_page(path, storage_state=state, **options)


def test_a_tick_counts_at_once_and_is_still_there_after_a_reload(visit: Callable[..., Any]) -> None:
    page = visit("/plan")
    before = page.evaluate("performance.timeOrigin")
    page.get_by_role("button", name=NOT_YET).click()
    page.get_by_text("1 of", exact=False).first.wait_for()
    assert page.evaluate("performance.timeOrigin") == before, "no new page was needed"
    page.reload()
    page.get_by_role("button", name=DONE).click()
    page.get_by_text("0 of", exact=False).first.wait_for()


def test_ticks_work_with_scripts_off(visit: Callable[..., Any]) -> None:
    page = visit("/plan", java_script_enabled=False)
    page.get_by_role("button", name=NOT_YET).click()
    page.get_by_role("button", name=DONE).click()
    page.get_by_role("button", name=NOT_YET).wait_for()


def test_a_hold_is_counted_when_it_is_asked_for(visit: Callable[..., Any]) -> None:
    page = visit("/plan")
    assert page.locator(".timer:visible").count() == 0
    page.get_by_role("button", name="Count 20 seconds with me").first.click()
    page.locator(".timer:visible").wait_for()
    page.get_by_role("button", name="Stop").click()


def test_the_calendar_knows_the_zone_of_the_browser(visit: Callable[..., Any]) -> None:
    page = visit("/plan", timezone_id="America/New_York")
    link = page.get_by_role("button", name="Calendar file").get_attribute("href")
    assert link.endswith("/plan/calendar.ics?zone=America%2FNew_York")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Calendar file").click()
    assert waiting.value.suggested_filename.endswith(".ics")


def test_a_check_in_by_keyboard_alone(visit: Callable[..., Any]) -> None:
    page = visit("/checkin")
    page.get_by_label("None of these").focus()
    page.keyboard.press("Space")
    for name, steps in (("pain_now", 3), ("pain_worst", 4)):
        page.locator(f"#{name}").focus()
        page.keyboard.press("Space")
        for _ in range(steps):
            page.keyboard.press("ArrowRight")
        assert page.locator(f"input[name={name}]:checked").get_attribute("value") == str(steps)
    page.get_by_role("button", name="Save my check-in").focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Saved").wait_for()
