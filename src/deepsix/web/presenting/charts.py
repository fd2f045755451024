"""Charts as SVG, drawn here so that they need no script. Colours and lines come from the style sheet by class.

Every series has a shape of its own beside its colour, and every chart stands beside a table with the same figures.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from markupsafe import Markup, escape

Shape = Literal["circle", "square", "triangle", "diamond", "cross"]
SHAPES: Final[tuple[Shape, ...]] = ("circle", "square", "triangle", "diamond", "cross")
_WIDTH, _HEIGHT = 640.0, 320.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 40.0, 16.0, 14.0, 40.0
_MARK = 5.5
_LABELS = 7  # on the axis of days, at most


@dataclass(frozen=True, slots=True)
class Series:
    """Points (day, value) of one measure, with its shape; `style` is the end of its class, such as `pain-now`."""

    points: Sequence[tuple[float, float]]
    shape: Shape
    style: str
    joined: bool = True


@dataclass(frozen=True, slots=True)
class Band:
    """Low, middle and high for days one after the other from `first`."""

    first: float
    low: Sequence[float]
    middle: Sequence[float]
    high: Sequence[float]


@dataclass(frozen=True, slots=True)
class Bars:
    """Heights by day."""

    points: Sequence[tuple[float, float]]
    style: str


@dataclass(frozen=True, slots=True)
class Line:
    """An upright line at a day, with its words; `style` is the end of its class."""

    day: float
    words: str
    style: str


def chart_svg(
    name: str,
    last_day: float,
    top: float,
    day_words: Callable[[int], str],
    *,
    series: Sequence[Series] = (),
    band: Band | None = None,
    bars: Bars | None = None,
    lines: Sequence[Line] = (),
    step: float = 2.0,
) -> Markup:
    """Return a chart of days (0 to `last_day`) against a value (0 to `top`).

    Args:
        name: What a screen reader says it is.
        day_words: Words for a day on the axis.
        step: Between the lines across.
    """

    def x(day: float) -> float:
        return round(_LEFT + (_WIDTH - _LEFT - _RIGHT) * day / max(last_day, 1.0), 1)

    def y(value: float) -> float:
        return round(_HEIGHT - _BOTTOM - (_HEIGHT - _TOP - _BOTTOM) * min(value, top) / top, 1)

    parts = [
        f'<svg class="chart" viewBox="0 0 {_WIDTH:g} {_HEIGHT:g}" role="img" aria-label="{escape(name)}">',
        *_grid(x, y, top, step),
        *_axis(x, last_day, day_words),
    ]
    if band is not None:
        parts += _band(x, y, band)
    if bars is not None:
        base = y(0.0)
        width = min(14.0, max(3.0, 0.7 * (x(1.0) - x(0.0))))
        parts += [
            f'<rect class="chart__bar chart__bar--{bars.style}" x="{x(day) - width / 2:.1f}" y="{y(value):.1f}"'
            f' width="{width:.1f}" height="{base - y(value):.1f}" rx="2"/>'
            for day, value in bars.points
        ]
    for line in lines:
        parts += _upright(x, y(top), y(0.0), line)
    for entry in series:
        parts += _series(x, y, entry)
    return Markup("".join(parts) + "</svg>")  # every word in it went through escape


def mark_svg(shape: Shape, style: str) -> Markup:
    """Return the mark of a series for a legend."""
    drawn = _shape(shape, 10.0, 10.0, style)
    return Markup(f'<svg class="chart-mark" viewBox="0 0 20 20" aria-hidden="true" focusable="false">{drawn}</svg>')


def _grid(x: Callable[[float], float], y: Callable[[float], float], top: float, step: float) -> list[str]:
    parts, value = [], 0.0
    while value <= top + 1e-9:
        at = y(value)
        parts.append(f'<path class="chart__across" d="M{_LEFT} {at}H{_WIDTH - _RIGHT}"/>')
        parts.append(f'<text class="chart__value" x="{_LEFT - 8}" y="{at + 5}" text-anchor="end">{value:g}</text>')
        value += step
    return parts


def _axis(x: Callable[[float], float], last_day: float, day_words: Callable[[int], str]) -> list[str]:
    every = max(1, -(-int(last_day) // (_LABELS - 1)))
    every = every if every < 5 else -(-every // 7) * 7  # whole weeks once it gets long
    parts = []
    for day in range(0, int(last_day) + 1, every):
        anchor = "start" if day == 0 else "end" if x(day) > _WIDTH - _RIGHT - 24 else "middle"
        words = escape(day_words(day))
        parts.append(f'<text class="chart__day" x="{x(day)}" y="{_HEIGHT - 12}" text-anchor="{anchor}">{words}</text>')
        parts.append(f'<path class="chart__tick" d="M{x(day)} {_HEIGHT - _BOTTOM}v6"/>')
    return parts


def _band(x: Callable[[float], float], y: Callable[[float], float], band: Band) -> list[str]:
    days = [band.first + n for n in range(len(band.middle))]
    there = [f"{x(day)} {y(value)}" for day, value in zip(days, band.high, strict=True)]
    back = [f"{x(day)} {y(value)}" for day, value in zip(reversed(days), reversed(band.low), strict=True)]
    middle = " ".join(f"{x(day)},{y(value)}" for day, value in zip(days, band.middle, strict=True))
    return [
        f'<path class="chart__band" d="M{"L".join([*there, *back])}Z"/>',
        f'<polyline class="chart__middle" points="{middle}"/>',
    ]


def _upright(x: Callable[[float], float], top: float, base: float, line: Line) -> list[str]:
    at = x(line.day)
    anchor, by = ("end", -6) if at > _WIDTH * 0.66 else ("start", 6)
    return [
        f'<path class="chart__upright chart__upright--{line.style}" d="M{at} {top}V{base}"/>',
        f'<text class="chart__note" x="{at + by}" y="{top + 12}" text-anchor="{anchor}">{escape(line.words)}</text>',
    ]


def _series(x: Callable[[float], float], y: Callable[[float], float], entry: Series) -> list[str]:
    at = [(x(day), y(value)) for day, value in entry.points]
    parts = []
    if entry.joined and len(at) > 1:
        points = " ".join(f"{px},{py}" for px, py in at)
        parts.append(f'<polyline class="chart__line chart__line--{entry.style}" points="{points}"/>')
    return parts + [_shape(entry.shape, px, py, entry.style) for px, py in at]


def _shape(shape: Shape, x: float, y: float, style: str) -> str:
    r, kind = _MARK, f'class="chart__mark chart__mark--{style}"'
    if shape == "circle":
        return f'<circle {kind} cx="{x:g}" cy="{y:g}" r="{r}"/>'
    if shape == "square":
        return f'<rect {kind} x="{x - r:.1f}" y="{y - r:.1f}" width="{2 * r}" height="{2 * r}"/>'
    if shape == "triangle":
        return f'<path {kind} d="M{x:.1f} {y - r - 1:.1f}l{r + 1} {2 * r}h-{2 * r + 2}z"/>'
    if shape == "diamond":
        return f'<path {kind} d="M{x:.1f} {y - r - 2:.1f}l{r + 1} {r + 2}l-{r + 1} {r + 2}l-{r + 1} -{r + 2}z"/>'
    return f'<path {kind} d="M{x - r:.1f} {y - r:.1f}l{2 * r} {2 * r}m0 -{2 * r}l-{2 * r} {2 * r}"/>'
