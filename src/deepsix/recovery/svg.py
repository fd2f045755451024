"""Small charts as hand-written SVG: courses with bands over time, and intervals in rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

COLOURS: Final = ("#005ea5", "#b3491a", "#3b7a3b", "#6b3fa0")
_WIDTH, _HEIGHT, _LEFT, _TOP = 560.0, 250.0, 48.0, 44.0
_INK: Final = "#33404d"
_GRID: Final = "#dde3e8"


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """A line with an optional band, all of shape (n,)."""

    name: str
    x: Array
    middle: Array
    low: Array | None = None
    high: Array | None = None


@dataclass(frozen=True, slots=True)
class Interval:
    """A row: a name, a middle and its ends; `colour` picks from COLOURS."""

    name: str
    low: float
    middle: float
    high: float
    colour: int = 0


def _open(title: str, description: str, height: float) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_LEFT + _WIDTH + 24:.0f} {height:.0f}" role="img" '
        f'font-family="sans-serif" font-size="12" fill="{_INK}"><title>{escape(title)}</title>'
        f'<desc>{escape(description)}</desc><rect width="100%" height="100%" fill="#ffffff"/>'
        f'<text x="{_LEFT}" y="20" font-size="14" font-weight="bold">{escape(title)}</text>'
    )


def _points(across: Array, down: Array) -> str:
    return " ".join(f"{a:.1f},{b:.1f}" for a, b in zip(across, down, strict=True))


def curves(
    title: str,
    description: str,
    drawn: Sequence[Curve],
    x_label: str,
    x_ticks: Sequence[float],
    y_label: str = "worst pain, 0-10",
    y_top: float = 10.0,
    marks: Sequence[tuple[float, str]] = (),
) -> str:
    """Return a chart of curves over time; `marks` are upright lines with a word."""
    first, last = min(c.x[0] for c in drawn), max(c.x[-1] for c in drawn)
    bottom = _TOP + _HEIGHT

    def across(v: Array) -> Array:
        return np.asarray(_LEFT + (np.asarray(v) - first) / (last - first) * _WIDTH)

    def down(v: Array) -> Array:
        return np.asarray(bottom - np.asarray(v) / y_top * _HEIGHT)

    parts = [_open(title, description, bottom + 66)]
    for v in np.linspace(0.0, y_top, 6):
        y = float(down(np.array(v)))
        parts.append(f'<line x1="{_LEFT}" x2="{_LEFT + _WIDTH}" y1="{y:.1f}" y2="{y:.1f}" stroke="{_GRID}"/>')
        parts.append(f'<text x="{_LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{v:g}</text>')
    for v in x_ticks:
        x = float(across(np.array(v)))
        parts.append(f'<text x="{x:.1f}" y="{bottom + 16:.0f}" text-anchor="middle">{v:g}</text>')
    for v, word in marks:
        x = float(across(np.array(v)))
        parts.append(
            f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{_TOP}" y2="{bottom}" stroke="{_INK}" stroke-dasharray="4 3"/>'
        )
        parts.append(f'<text x="{x + 4:.1f}" y="{_TOP + 12:.0f}">{escape(word)}</text>')
    for c, colour in zip(drawn, COLOURS, strict=False):
        if c.low is not None and c.high is not None:
            around = _points(across(np.r_[c.x, c.x[::-1]]), down(np.r_[c.low, c.high[::-1]]))
            parts.append(f'<polygon points="{around}" fill="{colour}" fill-opacity="0.16"/>')
    for k, (c, colour) in enumerate(zip(drawn, COLOURS, strict=False)):
        line = _points(across(c.x), down(c.middle))
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2.5"/>')
        x, y = _LEFT + 4 + (k % 2) * _WIDTH / 2, bottom + 50 + (k // 2) * 14
        parts.append(
            f'<line x1="{x:.0f}" x2="{x + 18:.0f}" y1="{y - 4:.0f}" y2="{y - 4:.0f}" '
            f'stroke="{colour}" stroke-width="3"/>'
        )
        parts.append(f'<text x="{x + 24:.0f}" y="{y:.0f}">{escape(c.name)}</text>')
    parts.append(f'<text x="{_LEFT}" y="{_TOP - 8:.0f}">{escape(y_label)}</text>')
    parts.append(f'<text x="{_LEFT + _WIDTH}" y="{bottom + 32:.0f}" text-anchor="end">{escape(x_label)}</text></svg>')
    return "".join(parts)


def rows(
    title: str, description: str, drawn: Sequence[Interval], label: str, top: float, names_width: float = 210.0
) -> str:
    """Return a chart of intervals, one row each, on an axis from 0 to `top`."""
    left, width = _LEFT + names_width, _WIDTH - names_width
    bottom = _TOP + 26.0 * len(drawn)

    def across(v: float) -> float:
        return left + min(v, top) / top * width

    parts = [_open(title, description, bottom + 44)]
    for v in np.linspace(0.0, top, 6):
        x = across(float(v))
        parts.append(f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{_TOP - 8}" y2="{bottom - 4}" stroke="{_GRID}"/>')
        parts.append(f'<text x="{x:.1f}" y="{bottom + 14:.0f}" text-anchor="middle">{v:g}</text>')
    for k, r in enumerate(drawn):
        y, colour = _TOP + 10 + 26.0 * k, COLOURS[r.colour]
        parts.append(f'<text x="{left - 10}" y="{y + 4:.0f}" text-anchor="end">{escape(r.name)}</text>')
        parts.append(
            f'<line x1="{across(r.low):.1f}" x2="{across(r.high):.1f}" y1="{y}" y2="{y}" stroke="{colour}" '
            f'stroke-width="6" stroke-opacity="0.3"/>'
            f'<circle cx="{across(r.middle):.1f}" cy="{y}" r="5" fill="{colour}"/>'
        )
    parts.append(f'<text x="{left + width:.0f}" y="{bottom + 34:.0f}" text-anchor="end">{escape(label)}</text></svg>')
    return "".join(parts)
