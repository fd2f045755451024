"""The drawn figure as SVG: one view with its marks, shading and zones, coloured by classes of the style sheet.

No colour and no style is written here, so that a page with a strict content security policy can hold it, and so that
dark mode is a matter of the style sheet. The class names are those of `frontend/src/chart/chart.scss`.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from html import escape
from typing import Final

from deepsix.case import View
from deepsix.intake.chart.chart import Chart, Grid, Mark, ViewDrawing
from deepsix.intake.chart.curves import path_of

_TOLD: Final = "data-told"  # stands where the label goes
_LIT: Final = "figure__zone figure__zone--on"
_FOOT_ROOM_MM: Final = 14  # below the ground line, so that the line of the sole is not cut


def view_svg(chart: Chart, view: View, *, lit: Collection[str] = (), label: str = "") -> str:
    """Return one view of the figure as an SVG element.

    Args:
        lit: Ids of places to show as chosen.
        label: What a screen reader says the picture is; without one it is taken for decoration, as it is where a list
            beside it says the same.
    """
    told = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'
    svg = _unlit_svg(chart, view).replace(_TOLD, told, 1)
    for place in lit:
        svg = svg.replace(f'class="figure__zone" data-place="{place}"', f'class="{_LIT}" data-place="{place}"', 1)
    return svg


@lru_cache(maxsize=8)
def _unlit_svg(chart: Chart, view: View) -> str:
    drawing, grid = chart.views[view], chart.grid
    width, height = f"{grid.width_mm:g}", f"{grid.height_mm + _FOOT_ROOM_MM:g}"
    outline = path_of(drawing.outline, closed=True)
    marks = "".join(_mark(mark) for mark in drawing.marks)
    return (
        f'<svg class="figure" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" {_TOLD}'
        f' data-view="{view}">{_defs(view, outline, grid)}'
        f'<g mask="url(#fade-{view})"><path class="figure__skin" d="{outline}"/>'
        f'<g clip-path="url(#body-{view})"><path class="figure__round" d="{outline}" filter="url(#wide-{view})"/>'
        f'<g class="figure__shade" filter="url(#near-{view})">{marks}</g>'
        f'<g class="figure__zones">{_zones(chart, drawing)}</g>'
        f'<g class="figure__paint"><path class="figure__strokes" d="" filter="url(#paint-{view})"/></g></g>'
        f'<g class="figure__ink">{marks}</g><path class="figure__edge" d="{outline}"/></g>'
        '<g class="figure__pin" visibility="hidden"><circle r="15"/><circle r="5"/></g></svg>'
    )


def _mark(mark: Mark) -> str:
    return f'<path class="figure__{mark.weight}" d="{path_of([mark.curve])}"/>'


def _zones(chart: Chart, drawing: ViewDrawing) -> str:
    return "".join(
        f'<path class="figure__zone" data-place="{name}" d="{path_of(curves, closed=True)}">'
        f"<title>{escape(chart.places[name].name)}</title></path>"
        for name, curves in drawing.areas.items()
    )


def _defs(view: View, outline: str, grid: Grid) -> str:
    """Return the fade at the chest, the clip to the body, and the blurs of the shading; ids are one a view."""
    box = f'x="0" y="0" width="{grid.width_mm:g}" height="{grid.height_mm + _FOOT_ROOM_MM:g}"'

    def blur(name: str, by: int) -> str:
        return (
            f'<filter id="{name}-{view}" filterUnits="userSpaceOnUse" {box}>'
            f'<feGaussianBlur stdDeviation="{by}"/></filter>'
        )

    return (
        f'<defs><clipPath id="body-{view}"><path d="{outline}"/></clipPath>'
        f'<linearGradient id="down-{view}" x1="0" y1="0" x2="0" y2="110" gradientUnits="userSpaceOnUse">'
        f'<stop offset="0" stop-color="#000"/><stop offset="1" stop-color="#fff"/></linearGradient>'
        f'<mask id="fade-{view}" maskUnits="userSpaceOnUse" {box}>'
        f'<rect {box} fill="url(#down-{view})"/></mask>{blur("wide", 16)}{blur("near", 9)}'
        # Blur, then harden: the painted cells run together into one soft-edged patch.
        f'<filter id="paint-{view}" filterUnits="userSpaceOnUse" {box}><feGaussianBlur stdDeviation="9"/>'
        '<feComponentTransfer><feFuncA type="linear" slope="7" intercept="-2.6"/></feComponentTransfer></filter></defs>'
    )
