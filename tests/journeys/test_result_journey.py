"""The result and the page for examining in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from conftest import PHONE, SMALL_PHONE

STORY = "Deep ache in my bum when I sit, worst the day after a hilly race. No pins and needles."


def to_result(page: Any) -> Any:
    """Tell the story of a runner and go straight to the result."""
    page.get_by_role("button", name="start").click()
    page.get_by_label("None of these").check()
    page.get_by_role("button", name="Continue").click()
    page.fill("#age", "35")
    page.get_by_label("Female").check()
    page.get_by_role("button", name="Continue").click()
    page.goto("/words")
    page.fill("#story", STORY)
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Continue").click()
    page.goto("/result")
    return page


def test_how_soon_what_fits_and_what_to_do_are_on_the_first_screen_of_a_phone(open_page: Callable[..., Any]) -> None:
    page = to_result(open_page("/", viewport=PHONE))
    for place in (page.locator("#how-soon"), page.locator("#fits"), page.get_by_role("button", name="Make my plan")):
        box = place.bounding_box()
        assert box["y"] + box["height"] <= PHONE["height"]


@pytest.mark.parametrize("path", ["/result", "/result/changes", "/answers", "/report", "/examine"])
def test_no_page_is_wider_than_a_small_phone(open_page: Callable[..., Any], path: str) -> None:
    page = to_result(open_page("/", viewport=SMALL_PHONE))
    page.goto(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= SMALL_PHONE["width"]


def test_what_would_change_it_comes_in_when_it_is_opened(open_page: Callable[..., Any]) -> None:
    page = to_result(open_page("/"))
    fold = page.locator("details[data-load='/result/changes']")
    fold.locator("summary").click()
    fold.get_by_role("link", name="Answer this").first.wait_for()
    assert page.url.endswith("/result")


def test_without_scripts_it_is_a_link_to_a_page(open_page: Callable[..., Any]) -> None:
    page = to_result(open_page("/", java_script_enabled=False))
    page.locator("details[data-load='/result/changes'] summary").click()
    page.get_by_role("link", name="See which answers would change it").click()
    assert page.get_by_role("heading", level=1).inner_text() == "What would change this answer"
    assert page.get_by_role("link", name="Answer this").count() >= 1


def test_a_reason_opens_with_the_keyboard_alone(open_page: Callable[..., Any]) -> None:
    page = to_result(open_page("/"))
    page.locator(".evidence summary").first.focus()
    page.keyboard.press("Enter")
    assert page.locator(".evidence__body").first.is_visible()


def test_the_report_fits_on_two_sheets(open_page: Callable[..., Any]) -> None:
    page = to_result(open_page("/"))
    page.goto("/report")
    sheets = page.pdf(format="A4")
    assert 1 <= sheets.count(b"/Type /Page\n") + sheets.count(b"/Type /Page ") <= 2


def test_entering_a_finding_moves_the_ranking_without_leaving_the_page(open_page: Callable[..., Any]) -> None:
    page = open_page("/examine?show=history")
    page.evaluate("window.stayed = true")
    page.locator("#group-where_front summary").click()
    row = page.locator("#group-where_front .row", has_text="outer side of the hip").first
    row.get_by_role("button", name="Present").click()
    page.locator(".ranking [data-condition]").first.wait_for()
    pressed = page.locator("#group-where_front .row", has_text="outer side of the hip").first
    assert pressed.get_by_role("button", name="Present").get_attribute("aria-pressed") == "true"
    assert page.locator("#group-where_front").get_attribute("open") is not None
    assert page.evaluate("document.activeElement.textContent") == "Present"
    assert page.evaluate("window.stayed") is True


def test_typing_a_search_lists_what_matches(open_page: Callable[..., Any]) -> None:
    page = open_page("/examine")
    page.get_by_label("Search tests, signs and symptoms").press_sequentially("trendel")
    page.get_by_text("found for “trendel”").wait_for()
    page.locator("#examine-list .row").first.get_by_role("button", name="Present").click()
    page.locator(".ranking [data-condition]").first.wait_for()
    assert page.get_by_label("Search tests, signs and symptoms").input_value() == "trendel"


def test_the_letter_is_copied(open_page: Callable[..., Any]) -> None:
    page = open_page("/examine?q=trendelenburg", permissions=["clipboard-read", "clipboard-write"])
    page.locator("#examine-list .row").first.get_by_role("button", name="Present").click()
    page.locator("#letter summary").click()
    page.get_by_role("button", name="Copy as letter text").click()
    page.get_by_text("Copied").wait_for()
    assert "Differential by deepsix" in page.evaluate("navigator.clipboard.readText()")


def test_without_scripts_a_finding_is_entered_all_the_same(open_page: Callable[..., Any]) -> None:
    page = open_page("/examine?q=trendelenburg", java_script_enabled=False)
    page.locator("#examine-list .row").first.get_by_role("button", name="Present").click()
    assert page.locator(".ranking [data-condition]").count() >= 3
