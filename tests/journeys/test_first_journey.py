"""The first steps in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def test_saddle_numbness_is_stopped_within_two_pages(open_page: Callable[..., Any]) -> None:
    page = open_page("/")
    page.get_by_role("button", name="start").click()
    page.get_by_label("numb skin round the genitals").check()
    page.get_by_role("button", name="Continue").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Get emergency help now"
