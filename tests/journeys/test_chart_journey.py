"""Marking where it hurts in a real browser: by mouse, by tap, and by keyboard alone."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

PHONE = {"width": 390, "height": 844}


def to_the_chart(open_page: Callable[..., Any], **options: Any) -> Any:
    page = open_page("/", **options)
    page.get_by_role("button", name="start").click()
    page.get_by_label("None of these").check()
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url("**/about-you")
    page.goto("/where")
    page.locator(".chart--live").wait_for()
    return page


def at(page: Any, x_mm: float, y_mm: float) -> tuple[float, float]:
    """Return where a point of the drawing lies in the window."""
    return tuple(
        page.evaluate(
            """([x, y]) => {
              const svg = document.querySelector('svg.figure[data-view="back"]');
              const point = new DOMPoint(x, y).matrixTransform(svg.getScreenCTM());
              return [point.x, point.y];
            }""",
            [x_mm, y_mm],
        )
    )


def marked(page: Any) -> dict[str, Any]:
    return dict(json.loads(page.locator("#painting-data").input_value()))


def test_painting_lights_the_place_in_the_list_and_undo_takes_it_back(open_page: Callable[..., Any]) -> None:
    page = to_the_chart(open_page)
    page.locator("svg.figure").first.scroll_into_view_if_needed()
    page.mouse.move(*at(page, 285, 430))
    page.mouse.down()
    page.mouse.move(*at(page, 325, 445), steps=8)
    page.mouse.up()
    assert page.locator('input[value="buttock_middle_right"]').is_checked()
    assert "middle of the right buttock" in page.locator(".chart__said").inner_text()
    page.get_by_role("button", name="Undo").click()
    assert marked(page)["painted"] == {}
    assert not page.locator('input[value="buttock_middle_right"]').is_checked()


def test_a_tap_chooses_a_place_without_dragging_and_a_second_tap_lets_it_go(open_page: Callable[..., Any]) -> None:
    page = to_the_chart(open_page, viewport=PHONE, has_touch=True)
    page.get_by_role("button", name="Closer").click()
    page.locator("svg.figure").first.scroll_into_view_if_needed()
    page.touchscreen.tap(*at(page, 300, 500))
    assert marked(page)["places"] == ["sit_bone_right"]
    page.touchscreen.tap(*at(page, 300, 500))
    assert marked(page)["places"] == []


def test_the_worst_spot_is_pinned_and_named(open_page: Callable[..., Any]) -> None:
    page = to_the_chart(open_page)
    page.get_by_role("button", name="Worst spot").click()
    page.locator("svg.figure").first.scroll_into_view_if_needed()
    page.mouse.click(*at(page, 300, 510))
    assert marked(page)["worst"]["view"] == "back"
    assert page.locator("#worst_place").input_value() == "sit_bone_right"


def test_the_list_does_the_same_by_keyboard_alone(open_page: Callable[..., Any]) -> None:
    page = to_the_chart(open_page)
    page.locator("#list > summary").focus()
    page.keyboard.press("Enter")
    page.locator('input[value="groin_left"]').focus()
    page.keyboard.press("Space")
    assert marked(page)["places"] == ["groin_left"]
    page.get_by_role("button", name="Continue").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/about-you")  # left out on the way here
    page.goto("/where")
    assert page.locator('input[value="groin_left"]').is_checked()
