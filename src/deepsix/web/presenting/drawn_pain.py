"""The person's drawing of the pain beside the pain maps it is most like, as small figures and in words."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from html import escape
from itertools import count
from typing import Final

from markupsafe import Markup

from deepsix.case import VIEWS, Cell, PainMap, State, View
from deepsix.intake.chart.chart import Chart, Grid
from deepsix.intake.chart.curves import path_of
from deepsix.intake.chart.likeness import Likeness, likeliest
from deepsix.intake.chart.loader import load_chart
from deepsix.intake.chart.reading import read_painting
from deepsix.intake.chart.record import pain_map_record
from deepsix.knowledge.model import Knowledge
from deepsix.web.presenting.body_figure import Figure
from deepsix.web.site import Site

# What of the figure is drawn, millimetres: hips and thighs, and down to the foot when something lies there.
_TOP, _BOTTOM, _FOOT, _MARGIN = 225.0, 700.0, 1334.0, 24.0
_STRENGTHS: Final = ((0.55, 3), (0.35, 2), (0.0, 1))
_TOLD_PLACES: Final = 4


@dataclass(frozen=True, slots=True)
class LikeView:
    """A group of maps the drawing is like: its name, follows "pain from", and its figure.

    `is_counted` is True when people's drawings were counted; otherwise the map is an estimate.
    """

    name: str
    clinical_name: str
    kind: str
    is_counted: bool
    times: str
    figure: Figure


@dataclass(frozen=True, slots=True)
class DrawnView:
    """The drawing, view by view with the fullest first, the places that were meant, and what it is like.

    `beside` is the first view once more, to the scale of the maps; `is_tall` says that those reach down to the foot.
    """

    figures: tuple[Figure, ...]
    beside: Figure
    is_tall: bool
    places: tuple[str, ...]
    depth: str
    likes: tuple[LikeView, ...]


def drawn_of(site: Site, pain_map: PainMap | None) -> DrawnView | None:
    """Return `drawn_view` of a drawing, made once for the same one."""
    if pain_map is None:
        return None
    key = ("drawing", json.dumps(pain_map_record(pain_map), sort_keys=True))
    return site.remembered(key, lambda: drawn_view(site.knowledge, pain_map))


def drawn_view(knowledge: Knowledge, pain_map: PainMap) -> DrawnView | None:
    """Return the drawing and what it is like, None when nothing is marked or it lies on an older figure."""
    chart = load_chart(knowledge)
    if pain_map.is_empty or pain_map.figure != chart.grid.figure:
        return None
    meant = read_painting(chart, pain_map).places
    places = [place.place for place in meant if place.state is State.YES] or [place.place for place in meant]
    views = _views(chart, pain_map)
    found = likeliest(knowledge, chart, pain_map)
    lit = [_lit(chart, likeness) for likeness in found]
    seen = [_best_view(chart, zones, views) for zones in lit]
    sheet, alone = _Sheet(chart, pain_map, (*views, *seen), lit, "beside"), _Sheet(chart, pain_map, views, (), "alone")
    return DrawnView(
        figures=tuple(alone.drawing(view, places) for view in views),
        beside=sheet.drawing(views[0], places),
        is_tall=sheet.is_tall,
        places=tuple(chart.places[name].name for name in places),
        depth=pain_map.depth.value if pain_map.depth else "",
        likes=tuple(
            LikeView(
                name=one.map.group.name,
                clinical_name=one.map.group.clinical_name,
                kind=one.map.group.kind,
                is_counted=one.map.is_counted,
                times=f"{one.ratio:.1f}",
                figure=sheet.map_figure(view, zones),
            )
            for one, zones, view in zip(found, lit, seen, strict=True)
        ),
    )


def _views(chart: Chart, pain_map: PainMap) -> tuple[View, ...]:
    """Return the views that show something that was marked, the fullest first."""
    marked: dict[View, int] = {view: len(pain_map.painted.get(view, ())) for view in VIEWS}
    for place in pain_map.places | ({pain_map.worst_place} - {""}):
        marked[chart.places[place].view] += 1
    if pain_map.worst is not None:
        marked[pain_map.worst.view] += 1
    return tuple(sorted((view for view in VIEWS if marked[view]), key=lambda view: -marked[view]))


def _lit(chart: Chart, likeness: Likeness) -> dict[str, float]:
    """Return the places of a map on the side it was compared on, with how strongly the map holds them."""
    return {
        name: weight
        for zone, weight in likeness.map.zones.items()
        for name in (zone, f"{zone}_{likeness.side}")
        if name in chart.places
    }


def _best_view(chart: Chart, lit: Mapping[str, float], views: Collection[View]) -> View:
    """Return the fullest view of the drawing that shows the map, so that both can be compared; else any that does."""
    return next(view for view in (*views, *VIEWS) if lit.keys() & chart.views[view].areas.keys())


class _Sheet:
    """Draws figures to the same scale. Each has ids of its own, that begin with `name`."""

    def __init__(
        self,
        chart: Chart,
        pain_map: PainMap,
        views: Collection[View],
        lit: Collection[Mapping[str, float]],
        name: str,
    ) -> None:
        self.chart, self.pain_map, self._name = chart, pain_map, name
        self._number = count(1)
        heights = [row * chart.grid.cell_mm for cells in pain_map.painted.values() for row, _ in cells]
        shown = {name for zones in lit for name in zones} | pain_map.places | ({pain_map.worst_place} - {""})
        for view in views:
            areas = chart.views[view].areas
            heights += [y for name in shown & areas.keys() for curve in areas[name] for _, y in curve]
        self.is_tall = max(heights, default=0.0) > _BOTTOM + _MARGIN
        self.bottom = _FOOT if self.is_tall else _BOTTOM
        self.top = min(_TOP, min(heights, default=_TOP) - _MARGIN)

    def drawing(self, view: View, places: Collection[str]) -> Figure:
        """Return one view with what the person marked."""
        areas, marked = self.chart.views[view].areas, self.pain_map
        paint = "".join(
            f'<path class="body__felt body__felt--3" d="{path_of(areas[name], closed=True)}"/>'
            for name in (marked.places | {marked.worst_place}) & areas.keys()
        )
        if cells := marked.painted.get(view):
            blur = f"{self._name}-soft-{view}"
            paint += (  # blur, then harden: the painted cells run together into one soft-edged patch
                f'<filter id="{blur}"><feGaussianBlur stdDeviation="9"/><feComponentTransfer>'
                '<feFuncA type="linear" slope="7" intercept="-2.6"/></feComponentTransfer></filter>'
                f'<path class="body__paint" filter="url(#{blur})" d="{_squares(self.chart.grid, cells)}"/>'
            )
        pin = ""
        if marked.worst is not None and marked.worst.view == view:
            at = f'cx="{marked.worst.x_mm:g}" cy="{marked.worst.y_mm:g}"'
            pin = f'<g class="body__worst"><circle {at} r="15"/><circle {at} r="5"/></g>'
        return self._figure(view, paint, [name for name in places if name in areas], pin)

    def map_figure(self, view: View, lit: Mapping[str, float]) -> Figure:
        """Return one view with the places of a map, the stronger the more people mark them."""
        areas = self.chart.views[view].areas
        shown = sorted((place for place in lit if place in areas), key=lambda place: -lit[place])
        zones = "".join(
            f'<path class="body__felt body__felt--{_strength(lit[place])}" d="{path_of(areas[place], closed=True)}"/>'
            for place in reversed(shown)
        )
        return self._figure(view, zones, shown[:_TOLD_PLACES], "")

    def _figure(self, view: View, inside: str, places: Collection[str], over: str) -> Figure:
        drawing = self.chart.views[view]
        shows = ": ".join(filter(None, [drawing.name, ", ".join(self.chart.places[name].name for name in places)]))
        outline, clip = path_of(drawing.outline, closed=True), f"{self._name}-{next(self._number)}"
        marks = "".join(f'<path class="body__{mark.weight}" d="{path_of([mark.curve])}"/>' for mark in drawing.marks)
        across = [x for curve in drawing.outline for x, y in curve if self.top <= y <= self.bottom]
        left, right = min(across) - _MARGIN, max(across) + _MARGIN
        return Figure(
            view,
            drawing.name,
            shows,
            Markup(
                f'<svg class="body" viewBox="{left:g} {self.top:g} {right - left:g} {self.bottom - self.top:g}"'
                f' role="img" aria-label="{escape(shows)}"><defs><clipPath id="{clip}"><path d="{outline}"/></clipPath>'
                f'</defs><path class="body__skin" d="{outline}"/><g clip-path="url(#{clip})">{inside}</g>'
                f'<g class="body__ink">{marks}</g><path class="body__edge" d="{outline}"/>{over}</svg>'
            ),
        )


def _strength(value: float) -> int:
    return next(level for least, level in _STRENGTHS if value >= least)


def _squares(grid: Grid, cells: Collection[Cell]) -> str:
    """Return painted cells as a path, one box for each run of a row."""
    boxes: list[tuple[int, int, int]] = []
    for row, column in sorted(cells):
        if boxes and boxes[-1][0] == row and boxes[-1][1] + boxes[-1][2] == column:
            boxes[-1] = (row, boxes[-1][1], boxes[-1][2] + 1)
        else:
            boxes.append((row, column, 1))
    size = grid.cell_mm
    return "".join(f"M{x * size:g} {y * size:g}h{n * size:g}v{size:g}h{-n * size:g}z" for y, x, n in boxes)
