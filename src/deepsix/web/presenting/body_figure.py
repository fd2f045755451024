"""The drawn body from chest to knee with places where pain is felt, muscles, and points to press, as SVG.

It is the figure of the body chart. Muscles are drawn where they lie when standing, from the same lines that are
computed. No colour is written here: classes of the style sheet colour it, so that it follows the theme.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Final

import numpy as np
from markupsafe import Markup
from numpy.typing import NDArray

from deepsix.case import View
from deepsix.hip.lineset import hip_lines
from deepsix.hip.polyline import polyline_m
from deepsix.hip.scene import load_places, load_shapes
from deepsix.intake.chart.chart import Chart, ViewDrawing
from deepsix.intake.chart.curves import path_of

Array = NDArray[np.float64]
# Where the centre of the right hip lies in the figure, millimetres: off the middle line (back and front), from the left
# edge (right side), and down.
_HIP_ASIDE, _HIP_ALONG, _HIP_DOWN = 80.0, 250.0, 432.0
_TOP, _BOTTOM, _KNEE_BOTTOM = 262.0, 668.0, 960.0
_SIDE_MARGIN: Final = 30.0
_VIEWS: Final[tuple[View, ...]] = ("back", "right", "front")
_STRENGTHS: Final = ((0.6, 3), (0.35, 2), (0.0, 1))


@dataclass(frozen=True, slots=True)
class Figure:
    """One drawing: from where it is seen, and what it shows in words."""

    view: View
    name: str
    shows: str
    svg: Markup


def lit_places(chart: Chart, felt: Mapping[str, float]) -> dict[str, float]:
    """Return the places of the right side that stand for findings, each with the value of the most exact of them."""
    lit: dict[str, float] = {}
    for place in chart.places.values():
        # A place names what it stands for from the exact to the general: deep in the middle, then the buttock.
        value = next((felt[support.finding] for support in place.supports if support.finding in felt), None)
        if value is not None and place.side != "left":
            lit[place.id] = value
    return lit


def best_views(chart: Chart, lit: Mapping[str, float], count: int = 2) -> tuple[View, ...]:
    """Return the views that show most of the lit places, best first; views that show nothing new are left out."""
    left = dict(lit)
    chosen: list[View] = []

    def worth(view: View) -> float:
        return sum(value**2 for name, value in left.items() if name in chart.views[view].areas)

    for _ in range(count):
        best = max(_VIEWS, key=worth)
        if worth(best) <= 0.0:
            break
        chosen.append(best)
        left = {name: value for name, value in left.items() if name not in chart.views[best].areas}
    return tuple(chosen)


def figure(
    chart: Chart, view: View, lit: Mapping[str, float], parts: Iterable[str] = (), press: Iterable[str] = ()
) -> Figure:
    """Return the body from one side.

    Args:
        chart: Where the figure comes from.
        view: From where it is seen.
        lit: Places to colour, with how strongly, from 0 to 1.
        parts: Muscle parts of the computed hip to draw.
        press: Places of the computed hip to mark with a cross.
    """
    drawing = chart.views[view]
    shown = {name: value for name, value in lit.items() if name in drawing.areas}
    names = [chart.places[name].name for name in sorted(shown, key=lambda name: -shown[name])]
    shows = ": ".join(filter(None, [drawing.name, ", ".join(names)]))
    bottom = _KNEE_BOTTOM if _reaches_below(drawing, shown) else _BOTTOM
    left, right = _width(chart, view)
    box = f"{left:g} {_TOP:g} {right - left:g} {bottom - _TOP:g}"
    outline = path_of(drawing.outline, closed=True)
    marks = "".join(f'<path class="body__{mark.weight}" d="{path_of([mark.curve])}"/>' for mark in drawing.marks)
    zones = "".join(
        f'<path class="body__felt body__felt--{_strength(value)}" d="{path_of(drawing.areas[name], closed=True)}"/>'
        for name, value in shown.items()
    )
    muscles = "".join(_muscle(chart, view, part) for part in parts)
    crosses = "".join(_cross(chart, view, place) for place in press)
    svg = Markup(
        f'<svg class="body" viewBox="{box}" role="img" aria-label="{escape(shows)}">'
        f'<defs><clipPath id="inside-{view}"><path d="{outline}"/></clipPath></defs>'
        f'<path class="body__skin" d="{outline}"/>'
        f'<g clip-path="url(#inside-{view})">{zones}</g>'
        f'<g class="body__ink">{marks}</g><path class="body__edge" d="{outline}"/>{muscles}{crosses}</svg>'
    )
    return Figure(view, drawing.name, shows, svg)


def _strength(value: float) -> int:
    return next(level for least, level in _STRENGTHS if value >= least)


def _reaches_below(drawing: ViewDrawing, shown: Mapping[str, float]) -> bool:
    lowest = [max(y for curve in drawing.areas[name] for _, y in curve) for name in shown]
    return max(lowest, default=0.0) > _BOTTOM + _SIDE_MARGIN


def _width(chart: Chart, view: View) -> tuple[float, float]:
    across = [x for curve in chart.views[view].outline for x, y in curve if _TOP <= y <= _BOTTOM]
    return min(across) - _SIDE_MARGIN, max(across) + _SIDE_MARGIN


def _flat(chart: Chart, view: View, points_m: Array) -> Array:
    """Return where points of the hip's frame (x forward, y up, z to the right) lie in a view, millimetres."""
    x, y, z = 1000.0 * points_m.T
    middle = chart.grid.width_mm / 2
    across = {
        "back": middle + _HIP_ASIDE + z,
        "front": middle - _HIP_ASIDE - z,
        "right": _HIP_ALONG + x,
        "left": chart.grid.width_mm - _HIP_ALONG - x,
    }[view]
    return np.column_stack([across, _HIP_DOWN - y])


def _muscle(chart: Chart, view: View, part: str) -> str:
    """Return a part as a tapered shape along its line, with tendon at both ends."""
    shape, lines = load_shapes()[part], hip_lines()
    line = _flat(chart, view, polyline_m(lines, lines.row(shape.line), [(0.0, 0.0, 0.0, 0.0)], "right").reshape(-1, 3))
    along = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(line, axis=0), axis=1))])
    share = np.linspace(0.0, 1.0, 25)
    points = np.column_stack([np.interp(share * along[-1], along, line[:, k]) for k in (0, 1)])
    slope = np.gradient(points, axis=0)
    normal = np.column_stack([-slope[:, 1], slope[:, 0]]) / np.maximum(np.linalg.norm(slope, axis=1), 1e-6)[:, None]
    first, last = shape.belly
    half = 500.0 * np.interp(share, [first, (first + last) / 2, last], shape.width_m)
    edge = np.vstack([points + normal * half[:, None], (points - normal * half[:, None])[::-1]])
    d = "M" + "L".join(f"{a:.1f} {b:.1f}" for a, b in edge) + "Z"
    fibres = "M" + "L".join(f"{a:.1f} {b:.1f}" for a, b in points)
    return f'<path class="body__muscle body__muscle--{shape.layer}" d="{d}"/><path class="body__fibre" d="{fibres}"/>'


def _cross(chart: Chart, view: View, place: str) -> str:
    (x, y), *_ = _flat(chart, view, np.array([load_places()[place].centre_m])).tolist()
    arms = f"M{x - 8:.1f} {y - 8:.1f}l16 16m0-16l-16 16"
    return f'<g class="body__press"><circle cx="{x:.1f}" cy="{y:.1f}" r="15"/><path d="{arms}"/></g>'
