"""Reads the figure, the zones and the rules of reading from the data files, strictly: `load_chart(knowledge)`.

Refused, all in one list with file, line and fix: unknown keys, zones of a view that overlap or leave a gap, zones that
are drawn but not named or named but never drawn, and findings that do not exist.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, cast

import numpy as np
from numpy.typing import NDArray

from deepsix.case import VIEWS, Depth, Sex, State, View
from deepsix.intake.chart.chart import (
    Chart,
    Curves,
    Grid,
    Mark,
    Pair,
    Place,
    ReadingRules,
    Side,
    Support,
    ViewDrawing,
)
from deepsix.intake.chart.curves import Point, dense_line, inside
from deepsix.knowledge.loader import DATA_FOLDER
from deepsix.knowledge.model import ESTIMATE, Knowledge
from deepsix.knowledge.problems import Problem, nearest, raise_if_any
from deepsix.knowledge.reader import DataFile, Table

CHART_FOLDER: Final = DATA_FOLDER / "chart"
_SAMPLE_MM: Final = 6.1  # of the check that zones tile the body; no multiple of where corners lie
_DRAWN: Final[tuple[View, ...]] = ("back", "front", "right")  # the left view is the right one mirrored
_FAR_MM: Final = 2000.0  # no coordinate of the figure comes near
_MOST_POINTS: Final = 60
_OPPOSITE: Final[Mapping[Side, Side]] = {"left": "right", "right": "left", "": ""}


@lru_cache(maxsize=4)
def load_chart(knowledge: Knowledge, folder: Path = CHART_FOLDER) -> Chart:
    """Return the checked body chart; read once for each knowledge base.

    Raises:
        KnowledgeError: Listing every problem found in the chart's files.
    """
    problems: list[Problem] = []

    def file(name: str) -> DataFile:
        return DataFile(folder / name, folder, problems)

    grid, rules = _read_rules(file("reading.toml"), knowledge)
    zones = file("zones.toml")
    named, paired = _read_zones(zones, knowledge)
    pairs = _read_pairs(zones, knowledge, paired)
    for zone in rules.both_sides_of:
        if not paired.get(zone, False):
            zones.note((), "both_sides_of", f"{zone!r} is not a paired zone.", nearest(zone, paired))
    views: dict[View, ViewDrawing] = {}
    for name in _DRAWN:
        view = _read_view(file(f"figure_{name}.toml"), name, paired, grid)
        views[view.id] = view
    views["left"] = _mirrored_view(views["right"], grid)
    places = _places(named, views, zones)
    raise_if_any(problems)
    cells = {view: _cells_of(views[view], tuple(places), grid) for view in VIEWS}
    in_order = {view: views[view] for view in VIEWS}
    return Chart(grid, rules, MappingProxyType(in_order), MappingProxyType(places), pairs, MappingProxyType(cells))


def _read_rules(file: DataFile, knowledge: Knowledge) -> tuple[Grid, ReadingRules]:
    table = file.table()

    def part(key: str) -> Table:
        sub = table.sub(key)
        sub.text("reason")
        return sub

    grid_table, redraw, place, worst = part("grid"), part("redraw"), part("place"), part("worst")
    limits, special = part("limits"), part("special")
    if (source := redraw.text("source")) not in (*knowledge.sources, ESTIMATE):
        redraw.note("source", f"{source!r} is not known.", nearest(source, knowledge.sources))
    grid = Grid(
        figure=int(grid_table.number("figure", 1, 1000)),
        width_mm=grid_table.number("width_mm", 100, _FAR_MM),
        height_mm=grid_table.number("height_mm", 100, _FAR_MM),
        cell_mm=grid_table.number("cell_mm", 5, 50),
    )
    findings = (special.text("no_clearer_place"), special.text("both_sides"), *special.texts("saddle_signs"))
    for finding in findings:
        _check_finding(special, finding, knowledge)
    rules = ReadingRules(
        redraw_jaccard=redraw.number("jaccard", 0.05, 0.95),
        patch_mm=redraw.number("patch_mm", 10, 500),
        focal_share=place.number("focal_share", 0, 1),
        clear_from=place.number("clear_from", 0, 1),
        clear_to=place.number("clear_to", 0, 1),
        core_from=place.number("core_from", 0, 1),
        core_to=place.number("core_to", 0, 1),
        core_reach_mm=place.number("core_reach_mm", 0, 500),
        enough_mm=place.number("enough_mm", 5, 500),
        yes_from=place.number("yes_from", 0, 1),
        unsure_from=place.number("unsure_from", 0, 1),
        worst_spread_mm=worst.number("spread_mm", 1, 200),
        worst_yes_from=worst.number("yes_from", 0, 1),
        most_strokes=int(limits.number("most_strokes", 1, 1e6)),
        most_points=int(limits.number("most_points", 1, 1e7)),
        widest_mm=limits.number("widest_mm", 1, 1000),
        record_kb=limits.number("record_kb", 1, 10_000),
        no_clearer_place=findings[0],
        both_sides=findings[1],
        both_sides_of=special.texts("both_sides_of"),
        saddle_signs=findings[2:],
    )
    for sub in (grid_table, redraw, place, worst, limits, special, table):
        sub.close()
    return grid, rules


def _read_zones(file: DataFile, knowledge: Knowledge) -> tuple[dict[str, _Zone], dict[str, bool]]:
    zones: dict[str, _Zone] = {}
    for table in file.tables("zone"):
        id_, name, is_paired = table.text("id"), table.text("name"), table.flag("paired")
        supports = tuple(_read_support(table, raw, knowledge) for raw in _inline_tables(table, "supports"))
        if table.has("reason") or not supports:
            table.text("reason")
        if is_paired != ("{side}" in name):
            table.note("name", f"is {name!r}.", "A paired zone has {side} in its name, and no other has.")
        if id_ in zones:
            table.note("id", "is used twice.", "Give each zone an id of its own.")
        zones[id_] = _Zone(name, supports, table.flag("saddle"))
        zones[id_].paired = is_paired
        table.close()
    return zones, {id_: zone.paired for id_, zone in zones.items()}


class _Zone:
    """A zone as named in zones.toml, before it is known where it is drawn."""

    def __init__(self, name: str, supports: tuple[Support, ...], is_saddle: bool) -> None:
        self.name, self.supports, self.is_saddle, self.paired = name, supports, is_saddle, False


def _inline_tables(table: Table, key: str) -> list[Table]:
    # `tables` notes what is not a table and finds the line by the first text inside.
    return list(table.tables(key)) if table.has(key) else []


def _read_support(zone: Table, table: Table, knowledge: Knowledge) -> Support:
    finding = table.text("finding")
    _check_finding(table, finding, knowledge)
    most = State(table.choice("most", ("yes", "unsure"), required=False) or "yes")
    depth = table.choice("depth", ("deep", "skin"), required=False)
    sex = table.choice("sex", ("female", "male"), required=False)
    focal = table.flag("focal")
    table.close()
    return Support(finding, most, Depth(depth) if depth else None, cast(Sex, sex) if sex else None, focal)


def _read_pairs(file: DataFile, knowledge: Knowledge, paired: Mapping[str, bool]) -> tuple[Pair, ...]:
    pairs = []
    for table in file.tables("pair"):
        finding = table.text("finding")
        _check_finding(table, finding, knowledge)
        zones = {key: table.texts(key) for key in ("first", "second")}
        for key, ids in zones.items():
            for id_ in ids:
                if not paired.get(id_, False):
                    table.note(key, f"{id_!r} is not a paired zone.", nearest(id_, paired))
        most = State(table.choice("most", ("yes", "unsure"), required=False) or "yes")
        depth = table.choice("depth", ("deep", "skin"), required=False)
        table.text("reason")
        table.close()
        both = frozenset(zones["first"]), frozenset(zones["second"])
        pairs.append(Pair(finding, *both, most, Depth(depth) if depth else None))
    return tuple(pairs)


def _check_finding(table: Table, finding: str, knowledge: Knowledge) -> None:
    if finding not in knowledge.findings:
        table.note("finding", f"{finding!r} is not known.", nearest(finding, knowledge.findings))


def _points(table: Table, key: str, raw: Any) -> tuple[Point, ...]:
    fits = isinstance(raw, list) and len(raw) <= _MOST_POINTS
    if not fits or not all(isinstance(p, list) and len(p) == 2 and all(_is_coordinate(n) for n in p) for p in raw):
        table.note(key, "holds something that is not a point.", "Give points as [x, y] in millimetres.")
        return ()
    return tuple((float(x), float(y)) for x, y in raw)


def _is_coordinate(n: Any) -> bool:
    return isinstance(n, int | float) and not isinstance(n, bool) and abs(n) < _FAR_MM


def _read_view(file: DataFile, name: View, paired: Mapping[str, bool], grid: Grid) -> ViewDrawing:
    """Return a view with everything in picture coordinates, mirrored halves included."""
    table = file.table()
    table.choice("view", (name,))
    title, mirrored = table.text("name"), table.flag("mirrored")
    middle = grid.width_mm / 2
    outline = tuple(_points(table, "outline", raw) for raw in table.rows("outline"))
    marks = []
    for mark in table.tables("mark"):
        weight = cast(Any, mark.choice("weight", ("line", "fold", "soft")))
        note, line = mark.text("note"), _points(mark, "line", mark.rows("line"))
        on_both = mirrored and (mark.flag("mirrored") or not mark.has("mirrored"))
        mark.close()
        if len(line) < 2:
            continue
        marks.append(Mark(weight, note, _shifted(line, middle if mirrored else 0.0)))
        if on_both:
            marks.append(Mark(weight, note, _flipped(marks[-1].curve, grid.width_mm)))
    areas = _read_areas(table, mirrored, name, paired, grid)
    table.close()
    if mirrored:
        right = tuple(_shifted(curve, middle) for curve in outline)
        left = tuple(_flipped(curve, grid.width_mm)[::-1] for curve in reversed(right))
        outline = right + left
    drawing = ViewDrawing(name, title, outline, tuple(marks), MappingProxyType(areas))
    if not file.problems:
        _check_tiling(table, drawing, grid)
    return drawing


def _read_areas(table: Table, mirrored: bool, view: View, paired: Mapping[str, bool], grid: Grid) -> dict[str, Curves]:
    corners_table, sides_table, areas_table = table.sub("corners"), table.sub("sides"), table.sub("areas")
    corners = {k: _points(corners_table, k, [v]) for k, v in corners_table.content.items()}
    middle = grid.width_mm / 2 if mirrored else 0.0
    bends: dict[tuple[str, str], tuple[Point, ...]] = {}
    for key, raw in sides_table.content.items():
        a, _, b = key.partition("-")
        if a not in corners or b not in corners:
            sides_table.note(key, "does not name two corners.", 'Write "A-B" with two ids of [corners].')
        bends[a, b] = _points(sides_table, key, raw)
        bends[b, a] = bends[a, b][::-1]
    areas: dict[str, Curves] = {}
    used: set[frozenset[str]] = set()
    for zone, ring in areas_table.content.items():
        if zone not in paired:
            areas_table.note(zone, "is not a zone of zones.toml.", nearest(zone, paired))
            continue
        if not isinstance(ring, list) or len(ring) < 3 or not all(corners.get(c) for c in ring):
            areas_table.note(zone, f"is {ring!r}.", "Give three or more ids of [corners], in order round the zone.")
            continue
        used |= {frozenset(pair) for pair in zip(ring, [*ring[1:], ring[0]], strict=True)}
        curves = tuple(
            _shifted((*corners[a], *bends.get((a, b), ()), *corners[b]), middle)
            for a, b in zip(ring, [*ring[1:], ring[0]], strict=True)
        )
        flipped = tuple(_flipped(curve, grid.width_mm) for curve in curves)
        if not mirrored:
            areas[f"{zone}_{view}" if paired[zone] else zone] = curves
        elif not paired[zone]:
            areas[zone] = _joined(curves, flipped, grid)
        else:
            here: Side = "right" if view == "back" else "left"  # the right half of the picture
            areas[f"{zone}_{here}"] = curves
            areas[f"{zone}_{_OPPOSITE[here]}"] = flipped
    for a, b in bends:
        if frozenset((a, b)) not in used:
            sides_table.note(f"{a}-{b}", "is the side of no zone.", "Correct its corners or remove it.")
    return areas


def _joined(curves: Curves, flipped: Curves, grid: Grid) -> Curves:
    """Return a zone in the middle as one ring: its right half without the side on the middle line, then its left."""
    middle = grid.width_mm / 2
    on_line = [all(x == middle for x, _ in curve) for curve in curves]
    start = (on_line.index(True) + 1) % len(curves)
    right = tuple(
        curve for i in range(len(curves)) if not on_line[j := (start + i) % len(curves)] for curve in [curves[j]]
    )
    left = tuple(_flipped(curve, grid.width_mm)[::-1] for curve in reversed(right))
    return right + left


def _shifted(curve: Sequence[Point], by: float) -> tuple[Point, ...]:
    return tuple((x + by, y) for x, y in curve)


def _flipped(curve: Sequence[Point], width: float) -> tuple[Point, ...]:
    return tuple((width - x, y) for x, y in curve)


def _mirrored_view(view: ViewDrawing, grid: Grid) -> ViewDrawing:
    def flip(curves: Curves) -> Curves:
        return tuple(_flipped(curve, grid.width_mm) for curve in curves)

    marks = tuple(Mark(m.weight, m.note, _flipped(m.curve, grid.width_mm)) for m in view.marks)
    areas = {k.removesuffix("_right") + "_left" if k.endswith("_right") else k: flip(v) for k, v in view.areas.items()}
    name = view.name.replace("Right", "Left")
    return ViewDrawing("left", name, flip(view.outline), marks, MappingProxyType(areas))


def _check_tiling(table: Table, view: ViewDrawing, grid: Grid) -> None:
    """Note the places of the body that no zone covers, and those that two cover."""
    x, y = np.meshgrid(np.arange(0.37, grid.width_mm, _SAMPLE_MM), np.arange(0.71, grid.height_mm, _SAMPLE_MM))
    points = np.column_stack([x.ravel(), y.ravel()])
    points = points[inside(dense_line(view.outline), points)]
    covers = {name: inside(dense_line(curves), points) for name, curves in view.areas.items()}
    count = np.sum(list(covers.values()), axis=0)
    for at, n in zip(points[count != 1], count[count != 1], strict=True):
        here = f"{at[0]:.0f}, {at[1]:.0f} of the picture"
        if n == 0:
            table.note("areas", f"no zone covers {here}.", "Move a corner or add a side, so that zones meet.")
        else:
            both = [k for k, v in covers.items() if v[(points == at).all(axis=1)][0]]
            table.note("areas", f"{' and '.join(both)} both cover {here}.", "Have them share their corners and sides.")


def _places(named: Mapping[str, _Zone], views: Mapping[View, ViewDrawing], file: DataFile) -> dict[str, Place]:
    places: dict[str, Place] = {}
    for id_, zone in named.items():
        sides: tuple[Side, ...] = ("left", "right") if zone.paired else ("",)
        for side in sides:
            key = f"{id_}_{side}" if side else id_
            view = next((v for v in VIEWS if key in views[v].areas), None)
            if view is None:
                file.note((f'id = "{id_}"',), f"zone {id_}", "is drawn in no view.", "Add it to [areas] of a figure.")
                continue
            name = zone.name.replace("{side}", side)
            places[key] = Place(key, id_, side, name, zone.supports, zone.is_saddle, view)
    return places


def _cells_of(view: ViewDrawing, order: tuple[str, ...], grid: Grid) -> NDArray[np.int16]:
    centres = grid.centres()
    on_body = inside(dense_line(view.outline), centres)
    cells = np.full(len(centres), -1, dtype=np.int16)
    for name, curves in view.areas.items():
        cells[on_body & inside(dense_line(curves), centres)] = order.index(name)
    return cells.reshape(grid.shape)
