"""The picture of a task: a posed figure, or for a press the place of the ball on our drawn body."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any, cast

from markupsafe import Markup

from deepsix.case import View
from deepsix.hip.figure import posed_figure
from deepsix.hip.positions import load_positions
from deepsix.intake.chart.curves import path_of
from deepsix.intake.chart.loader import load_chart
from deepsix.knowledge.model import Knowledge

_BALL_MM = 33  # a tennis ball is 65 to 69 mm across


@cache
def posture_picture(name: str) -> Markup:
    """Return the figure of a position, '' when a task has none."""
    # Drawn from our own data; what is told in it is escaped there.
    return Markup(posed_figure(load_positions()[name])) if name else Markup("")


def posture_words(name: str) -> str:
    """Return the name of a position, '' for none."""
    return load_positions()[name].name if name else ""


@cache
def _press_pictures() -> Mapping[str, Any]:
    text = resources.files("deepsix.web").joinpath("data", "press_pictures.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


_drawn: dict[str, Markup] = {}


def press_picture(knowledge: Knowledge, remedy: str) -> Markup:
    """Return the body with the ball where a remedy presses, '' when it presses nowhere. The words stand beside it."""
    if remedy not in _press_pictures():
        return Markup("")
    if remedy not in _drawn:
        _drawn[remedy] = _press_picture(knowledge, _press_pictures()[remedy])
    return _drawn[remedy]


def _press_picture(knowledge: Knowledge, told: Mapping[str, Any]) -> Markup:
    view = load_chart(knowledge).views[cast(View, told["view"])]
    x, y = told["point"]
    outline = path_of(view.outline, closed=True)
    marks = "".join(f'<path class="press__{mark.weight}" d="{path_of([mark.curve])}"/>' for mark in view.marks)
    cross = f"M{x - 13} {y - 13}l26 26M{x - 13} {y + 13}l26 -26"
    # Drawn from our own data.
    return Markup(
        f'<svg class="press" viewBox="{" ".join(str(number) for number in told["window"])}" aria-hidden="true"'
        f' focusable="false"><path class="press__skin" d="{outline}"/>{marks}'
        f'<path class="press__edge" d="{outline}"/>'
        f'<circle class="press__ball" cx="{x}" cy="{y}" r="{_BALL_MM}"/><path class="press__cross" d="{cross}"/></svg>'
    )
