"""The whole way in a real browser: a runner from the first page to a plan, and three check-ins on three days."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import uvicorn

from deepsix.knowledge import Knowledge
from deepsix.records.place import Place
from deepsix.records.store import open_records
from deepsix.web.app import create_app

STORY = (
    "Deep ache in my right buttock since a hilly race last week. It is worst the day after a run, and sitting and "
    "driving make it worse. No pins and needles, no back pain."
)
MOST_PAGES = 40


@dataclass
class Days:
    """A clock that keeps the time of day, on a day that is moved by hand."""

    ahead: timedelta = field(default_factory=timedelta)

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    def pass_by(self, days: int) -> None:
        self.ahead += timedelta(days=days)


@pytest.fixture(scope="module")
def days() -> Days:
    return Days()


@pytest.fixture(scope="module")
def address(knowledge: Knowledge, days: Days, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the pages are served on the days of that clock."""
    with open_records(Place.of_file(tmp_path_factory.mktemp("whole") / "records.sqlite"), days) as records:
        app = create_app(knowledge, records, days)
        server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", access_log=False))
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.02)
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
        server.should_exit = True
        thread.join()


def go_on(page: Any) -> None:
    page.locator("main form button[type=submit]").first.click()


def to_the_result(page: Any) -> None:
    page.get_by_role("button", name="start").click()
    page.locator("#danger-none").check()
    go_on(page)
    page.fill("#age", "35")
    page.get_by_label("Female").check()
    go_on(page)
    page.locator("[name=skip]").first.click()
    page.fill("#story", STORY)
    go_on(page)
    go_on(page)  # what was understood is right
    for _ in range(MOST_PAGES):
        if "/questions/" not in page.url:
            return
        none = page.locator("input[name=answer][value=none]")
        (none if none.count() else page.locator("input[name=answer][value=unsure]")).first.check()
        go_on(page)


def check_in(page: Any, now: int, worst: int, morning: int, during: int) -> str:
    page.goto("/checkin")
    page.locator("input[name=danger][value=none]").check()
    told = {"pain_now": now, "pain_worst": worst, "pain_next_morning": morning, "pain_during": during}
    for name, pain in told.items():
        page.locator(f"input[name={name}][value='{pain}']").check(force=True)
    page.get_by_role("button", name="Save my check-in").click()
    return str(page.locator("main").inner_text())


def test_a_runner_comes_to_a_plan_and_to_the_third_check_in(open_page: Callable[..., Any], days: Days) -> None:
    page = open_page("/")
    to_the_result(page)
    assert page.url.endswith("/result")
    best = page.locator("main").inner_text()
    assert re.search("deep hip muscles|deep buttock muscle", best)

    page.get_by_role("button", name="Make my plan").click()
    assert page.url.endswith("/plan")
    plan = page.locator("main").inner_text()
    assert "Do today" in plan
    assert "When to get help" in plan

    days.pass_by(1)
    assert "Saved" in check_in(page, 5, 6, 6, 3)
    days.pass_by(3)
    assert "Calm it down" in check_in(page, 3, 4, 3, 2)
    days.pass_by(4)
    third = check_in(page, 1, 2, 1, 1)
    assert "better" in third.lower()

    page.goto("/progress")
    told = page.locator("section, div").filter(has=page.get_by_role("heading", name="All your check-ins")).last
    assert told.locator("tbody tr:visible").count() == 3
