"""People at different places of the way, so that a test can open every page there is in a state that fills it.

`EVERY_PAGE` names, for each route that answers with a page, an address and who opens it; `NOT_PAGES` the routes that
answer with something else. A test fails when a route is in neither.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple

import httpx2
from web_person import Person

STORY = (
    "Deep ache in my right buttock when I sit or climb stairs. It is worst the day after a hilly race. "
    "It started two weeks ago. No pins and needles, no fever."
)


class Opened(NamedTuple):
    """A page to open: its route, an address, a person of `cookies_of_people` or "nobody", a short name for files."""

    route: str
    address: str
    who: str
    name: str


EVERY_PAGE = (
    Opened("/", "/", "nobody", "start"),
    Opened("/", "/", "runner", "start-again"),
    Opened("/about", "/about", "nobody", "about"),
    Opened("/danger", "/danger", "new", "danger"),
    Opened("/about-you", "/about-you", "new", "about-you"),
    Opened("/where", "/where", "midway", "where"),
    Opened("/where/saddle", "/where/saddle", "saddle", "where-saddle"),
    Opened("/words", "/words", "midway", "words"),
    Opened("/understood", "/understood", "midway", "understood"),
    Opened("/questions", "/questions", "midway", "question"),
    Opened("/questions/{name}", "/questions/st_figure_four_buttock", "midway", "self-test"),
    Opened("/stop", "/stop", "emergency", "stop"),
    Opened("/result", "/result", "runner", "result"),
    Opened("/result/changes", "/result/changes", "runner", "result-changes"),
    Opened("/result/causes/{condition}", "/result/causes/deep_rotator_overload", "runner", "result-cause"),
    Opened("/result/muscles", "/result/muscles", "runner", "result-muscles"),
    Opened("/answers", "/answers", "runner", "answers"),
    Opened("/report", "/report", "runner", "report"),
    Opened("/hip", "/hip", "nobody", "hip"),
    Opened("/plan", "/plan", "runner", "plan"),
    Opened("/checkin", "/checkin", "runner", "checkin"),
    Opened("/checkin/{number}", "/checkin/1", "runner", "checkin-answer"),
    Opened("/progress", "/progress", "runner", "progress"),
    Opened("/training", "/training", "runner", "training"),
    Opened("/my-data", "/my-data", "runner", "my-data"),
    Opened("/my-data/erase", "/my-data/erase", "runner", "my-data-erase"),
    Opened("/my-data/erased", "/my-data/erased", "runner", "my-data-erased"),
    Opened("/my-data/{kind}/{number}", "/my-data/plans/1", "runner", "my-data-record"),
    Opened("/examine", "/examine", "nobody", "examine"),
    Opened("/learn", "/learn", "nobody", "learn"),
    Opened("/learn", "/learn?q=sciatica", "nobody", "learn-search"),
    Opened("/learn/conditions", "/learn/conditions", "nobody", "learn-conditions"),
    Opened("/learn/conditions/{identity}", "/learn/conditions/deep_rotator_overload", "nobody", "learn-condition"),
    Opened("/learn/muscles", "/learn/muscles", "nobody", "learn-muscles"),
    Opened("/learn/muscles/{identity}", "/learn/muscles/piriformis", "nobody", "learn-muscle"),
    Opened("/learn/claims", "/learn/claims", "nobody", "learn-claims"),
    Opened("/learn/glossary", "/learn/glossary", "nobody", "learn-glossary"),
    Opened("/components", "/components", "nobody", "components"),
    Opened("/offline", "/offline", "nobody", "offline"),
    Opened("", "/no-such-page", "nobody", "not-found"),
)
NOT_PAGES = ("/api/", "/sw.js", "/hip/scene.json", "/plan/calendar.ics", "/my-data/export", "/static")


def _client(address: str) -> httpx2.Client:
    return httpx2.Client(base_url=address, follow_redirects=True, timeout=60)


def _new(person: Person) -> None:
    person.send("/start")
    person.send("/danger", danger="none")


def _saddle(person: Person) -> None:
    _new(person)
    person.send("/about-you", age="50", sex="female")
    person.send("/where", places="between_legs")


def _midway(person: Person) -> None:
    person.begin(age="34", sex="male", story=STORY)


def _emergency(person: Person) -> None:
    person.begin(danger="numb_saddle")


def _runner(person: Person) -> None:
    person.begin(age="34", sex="male", story=STORY)
    person.answer_all()
    person.open("/result")
    person.send("/result/plan")
    person.open("/checkin")
    person.send("/checkin", pain_now="4", pain_worst="6", pain_morning="5", function="6", danger="none")


_WAYS: dict[str, Callable[[Person], None]] = {
    "new": _new,
    "saddle": _saddle,
    "midway": _midway,
    "emergency": _emergency,
    "runner": _runner,
}


PEOPLE = tuple(_WAYS)


def go_way(who: str, person: Person) -> None:
    """Let a person go their way on the pages."""
    _WAYS[who](person)


def cookies_of_people(address: str) -> dict[str, list[dict[str, Any]]]:
    """Let each person go their way on the pages at an address, and return the cookies of each for a browser."""
    cookies: dict[str, list[dict[str, Any]]] = {"nobody": []}
    for who in PEOPLE:
        with _client(address) as client:
            go_way(who, Person(client))  # type: ignore[arg-type]  # it only needs get and post
            cookies[who] = [{"name": name, "value": value, "url": address} for name, value in client.cookies.items()]
    return cookies


def page_routes() -> set[str]:
    """Return the route of every page."""
    from deepsix.web.routers import ROUTERS

    found = {str(route.path) for router in ROUTERS for route in router.routes if "GET" in getattr(route, "methods", ())}
    return {path for path in found if not re.match("|".join(map(re.escape, NOT_PAGES)), path)}
