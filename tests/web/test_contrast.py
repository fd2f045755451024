"""Contrast of the colours of the style sheet in both themes, and how they look to people with colour blindness.

WCAG 2.2: text 4.5 to 1, large text and what one has to see of graphics and controls 3 to 1. All text is held to 4.5.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from web_colours import BLINDNESS, THEMES, contrast, smallest_difference, tables, tokens

TEXT, GRAPHICS = 4.5, 3.0
GROUNDS = ("paper", "surface", "sunken", "accent-soft", "now-soft", "today-soft", "soon-soft", "selfcare-soft")
WORDS = ("ink", "ink-soft", "link", "link-visited", "accent", "accent-strong", "error", "good")
LEVELS = ("now", "today", "soon", "selfcare")
MUSCLES = ("muscle-superficial", "muscle-middle", "muscle-deep")
PAIN = tuple(f"pain-{step}" for step in range(6))
# Just over the smallest difference that people see side by side is 2.3; shapes apart on a page need several times that.
LEAST_APART = 10.0
LEAST_APART_MUSCLES = 19.0


def text_pairs() -> Iterator[tuple[str, str]]:
    """Yield every pair of text and ground that the pages use."""
    yield from ((word, ground) for ground in GROUNDS for word in WORDS)
    yield from ((f"on-{level}", level) for level in LEVELS)
    yield from ((level, f"{level}-soft") for level in LEVELS)
    yield from ((level, "surface") for level in LEVELS)
    yield from [("on-accent", "accent"), ("on-accent", "accent-strong"), ("on-focus", "focus")]
    yield from ((f"on-{step}", step) for step in PAIN)


def graphic_pairs() -> Iterator[tuple[str, str]]:
    """Yield what has to be seen, and what it lies on: edges, bars, ticks, the figure, the ring of focus."""
    yield from (("line-strong", ground) for ground in GROUNDS)
    yield from (("accent", ground) for ground in ("paper", "surface", "sunken"))
    yield from (("ink", ground) for ground in (*GROUNDS, "skin"))
    yield from (("skin-line", ground) for ground in ("paper", "surface", "sunken", "skin"))
    yield from (("today", ground) for ground in ("sunken", "surface"))


@pytest.mark.parametrize("theme", THEMES)
def test_all_text_can_be_read_on_what_it_lies_on(theme: str) -> None:
    colour = tokens(theme)
    poor = {
        f"{text} on {ground}": round(contrast(colour[text], colour[ground]), 2)
        for text, ground in text_pairs()
        if contrast(colour[text], colour[ground]) < TEXT
    }
    assert poor == {}


@pytest.mark.parametrize("theme", THEMES)
def test_what_has_to_be_seen_stands_out(theme: str) -> None:
    colour = tokens(theme)
    poor = {
        f"{shape} on {ground}": round(contrast(colour[shape], colour[ground]), 2)
        for shape, ground in graphic_pairs()
        if contrast(colour[shape], colour[ground]) < GRAPHICS
    }
    assert poor == {}


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("blindness", BLINDNESS)
def test_muscles_of_each_depth_look_different_to_everybody(theme: str, blindness: str) -> None:
    colour = tokens(theme)
    assert smallest_difference([colour[name] for name in MUSCLES], blindness) >= LEAST_APART_MUSCLES


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("blindness", BLINDNESS)
def test_steps_of_pain_look_different_to_everybody(theme: str, blindness: str) -> None:
    colour = tokens(theme)
    assert smallest_difference([colour[name] for name in PAIN], blindness) >= LEAST_APART


@pytest.mark.parametrize("theme", THEMES)
def test_pain_grows_steadily_away_from_the_ground(theme: str) -> None:
    colour = tokens(theme)
    steps = [contrast(colour[name], colour["surface"]) for name in PAIN]
    assert steps == sorted(steps)


def test_contrast_is_that_of_the_standard() -> None:
    # The extremes, and the well-known lightest grey that passes on white.
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


def test_to_somebody_without_the_green_cone_red_and_green_come_close() -> None:
    red_and_green = ["#c05050", "#7a7a30"]
    assert smallest_difference(red_and_green, "deuteranopia") < 0.5 * smallest_difference(red_and_green, "all cones")


def test_the_guide_tells_what_was_measured() -> None:
    guide = Path(__file__).parents[2] / "docs" / "guide" / "look.md"
    assert tables() in guide.read_text(encoding="utf-8"), "put in what this prints: python tests/web/web_colours.py"
