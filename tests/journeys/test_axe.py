"""Every page, in a real browser, for everybody: axe, sizes of targets, a visible focus, and room on a small phone."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import uvicorn
from sample_people import EVERY_PAGE, Opened, cookies_of_people, page_routes

from deepsix.knowledge import Knowledge
from deepsix.records.place import Place
from deepsix.records.store import open_records
from deepsix.web.app import create_app

AXE = Path(__file__).parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# Not in the standards, but ours: one h1, and no level of headings left out.
OURS = ["page-has-heading-one", "heading-order", "landmark-one-main"]
LEAST_TARGET = 24
# Both themes, and both the desk and the smallest phone that WCAG thinks of; 640 is a desk of 1280 at 200% zoom.
LOOKS = [("light", 1280), ("dark", 320)]
ZOOMED = 640

RUN_AXE = """async ([tags, ours]) => {
  const rules = Object.fromEntries(ours.map(id => [id, {enabled: true}]));
  const result = await axe.run(document, {runOnly: {type: "tag", values: tags}, rules, resultTypes: ["violations"]});
  return result.violations.map(v => v.id + ": " + v.help + "\\n  " + v.nodes.slice(0, 5).map(n =>
    n.target.join(" ") + "\\n    " + n.failureSummary.replaceAll("\\n", "\\n    ")).join("\\n  "));
}"""
SMALL_TARGETS = """least => [...document.querySelectorAll(
    "button, summary, select, textarea, input:not([type=hidden]), nav a, [role=button], .chip-list a")]
  .filter(e => e.checkVisibility({visibilityProperty: true}) && !e.disabled)
  .map(e => [e, e.labels?.length && ["radio", "checkbox", "file"].includes(e.type) ? [e, ...e.labels] : [e]])
  .filter(([, boxes]) => !boxes.some(b => { const r = b.getBoundingClientRect();
    return r.width >= least - 0.5 && r.height >= least - 0.5; }))
  .map(([e]) => e.outerHTML.slice(0, 120))"""
WITHOUT_FOCUS = """() => {
  const look = e => [null, "::before", "::after"].map(part => { const s = getComputedStyle(e, part);
    return [s.outlineStyle, s.outlineWidth, s.outlineColor, s.boxShadow, s.borderColor, s.backgroundColor].join(); });
  const around = e => [e, ...(e.labels ?? []), e.nextElementSibling, e.parentElement].filter(Boolean).flatMap(look);
  const kinds = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]";
  const can = [...document.querySelectorAll(kinds)]
    .filter(e => e.checkVisibility({visibilityProperty: true}) && !e.disabled && e.tabIndex >= 0).slice(0, 300);
  const poor = [];
  for (const e of can) {
    document.activeElement?.blur?.();
    const before = around(e).join("|");
    e.focus({preventScroll: true});
    if (document.activeElement !== e || !e.matches(":focus-visible")) continue;
    if (around(e).join("|") === before) poor.push(e.outerHTML.slice(0, 120));
  }
  return {poor, looked: can.length};
}"""
TOO_WIDE = """() => {
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (wide <= 0) return [];
  const edge = document.documentElement.clientWidth;
  const out = [...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > edge + 1);
  return [wide + " px too wide", ...out.slice(-4).map(e => e.outerHTML.slice(0, 100))];
}"""


class Walked(NamedTuple):
    """Where the pages are, and the cookies of each person."""

    address: str
    cookies: dict[str, list[dict[str, Any]]]


@pytest.fixture(scope="module")
def walked(knowledge: Knowledge, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walked]:
    """Pages over records of their own, with people who have gone their way on them."""
    with open_records(Place.of_file(tmp_path_factory.mktemp("walked") / "records.sqlite")) as records:
        server = uvicorn.Server(uvicorn.Config(create_app(knowledge, records), port=0, log_level="error"))
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.02)
        address = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
        yield Walked(address, cookies_of_people(address))
        server.should_exit = True
        thread.join()


def open_as(browser: Any, walked: Walked, page: Opened, theme: str, width: int) -> Any:
    """Open a page as the person it is for, everything on it unfolded."""
    context = browser.new_context(
        base_url=walked.address, viewport={"width": width, "height": 800}, reduced_motion="reduce"
    )
    context.set_default_timeout(60_000)
    context.add_cookies([*walked.cookies[page.who], {"name": "deepsix_theme", "value": theme, "url": walked.address}])
    opened = context.new_page()
    answer = opened.goto(page.address)
    assert answer.status == (200 if page.route else 404), page.address
    opened.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    return opened


def test_every_page_there_is_is_walked() -> None:
    assert page_routes() - {page.route for page in EVERY_PAGE} == set(), "add the page to sample_people.py"


def test_every_page_that_is_walked_is_there() -> None:
    assert {page.route for page in EVERY_PAGE} - page_routes() - {""} == set()


@pytest.mark.parametrize(("theme", "width"), LOOKS)
@pytest.mark.parametrize("page", EVERY_PAGE, ids=lambda page: page.name)
def test_a_page_is_for_everybody(browser: Any, walked: Walked, page: Opened, theme: str, width: int) -> None:
    if not AXE.is_file():
        pytest.skip("axe-core is not installed; build the pages with: python frontend/build_pages.py")
    opened = open_as(browser, walked, page, theme, width)
    try:
        shown = opened.evaluate("location.pathname")
        assert page.route == "/questions" or shown == page.address.partition("?")[0], "it leads to another page"
        opened.evaluate(AXE.read_text(encoding="utf-8"))
        problems = opened.evaluate(RUN_AXE, [STANDARDS, OURS])
        problems += [f"too small to hit: {one}" for one in opened.evaluate(SMALL_TARGETS, LEAST_TARGET)]
        opened.keyboard.press("Tab")
        focus = opened.evaluate(WITHOUT_FOCUS)
        problems += [f"focus cannot be seen: {one}" for one in focus["poor"]]
        problems += [f"at {width} px: {one}" for one in opened.evaluate(TOO_WIDE)]
        if width > ZOOMED:
            opened.set_viewport_size({"width": ZOOMED, "height": 400})
            problems += [f"at 200% zoom: {one}" for one in opened.evaluate(TOO_WIDE)]
        assert not problems, f"{page.address}, {theme}, {width} px\n" + "\n".join(problems)
        assert focus["looked"] > 0
    finally:
        opened.context.close()
