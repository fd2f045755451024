"""A painting as a page or a file gives it: checked against the figure, and strokes turned into cells.

A case written by hand may give strokes instead of cells: points in millimetres, and a width.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, NoReturn, cast

import numpy as np

from deepsix.case import VIEWS, Cell, PainMap, View
from deepsix.errors import CaseError, did_you_mean
from deepsix.intake.chart.chart import Chart
from deepsix.intake.chart.curves import Array
from deepsix.intake.chart.record import number_mm, pain_map_from_record

_KEYS = ("figure", "painted", "strokes", "places", "worst", "depth", "everywhere")
_LIST = "The list beside the drawing shows all of them."


def pain_map_from_json(chart: Chart, text: str) -> PainMap:
    """Return the pain map a page sent.

    Raises:
        CaseError: It is larger than anyone paints, not JSON, or holds what is no painting on this figure.
    """
    if len(text) > chart.rules.record_kb * 1000:
        size = f"{len(text) / 1000:.0f} kB"
        raise CaseError(
            f"The painting has {size}, and at most {chart.rules.record_kb:g} kB can be read. Paint it anew."
        )
    try:
        record = json.loads(text, parse_constant=_refuse_constant)
    except (json.JSONDecodeError, RecursionError) as error:
        raise CaseError("The painting is not JSON. Paint it anew, or tick the places in the list.") from error
    except ValueError as error:  # a number of thousands of digits
        raise CaseError("The painting holds a number that is far too long. Paint it anew.") from error
    return pain_map_on(chart, record)


def _refuse_constant(name: str) -> NoReturn:
    raise CaseError(f"The painting holds {name}, which is not a place. Paint it anew.")


def pain_map_on(chart: Chart, record: Any) -> PainMap:
    """Return the pain map of plain values, checked against the figure; strokes are turned into cells.

    Raises:
        CaseError: Something in it is no painting on this figure; the message says what, and what to give.
    """
    if not isinstance(record, dict):
        raise CaseError('The pain map is not an object. Write {"painted": {...}, "places": [...]}.')
    if unknown := sorted(str(key) for key in record if key not in _KEYS):
        raise CaseError(f"The pain map has {unknown[0]!r}. Use: {', '.join(_KEYS)}.")
    strokes = record.get("strokes") or []
    plain = {**record, "figure": record.get("figure", chart.grid.figure)}
    plain.pop("strokes", None)
    pain_map = pain_map_from_record(plain)
    if pain_map.figure != chart.grid.figure:
        raise CaseError(
            f"The pain map was painted on figure {pain_map.figure}, and this is figure {chart.grid.figure}. "
            "Paint it anew."
        )
    rows, columns = chart.grid.shape
    for view, cells in pain_map.painted.items():
        for row, column in sorted(cells):
            if row >= rows or column >= columns:
                raise CaseError(
                    f"The {view} view has a cell ({row}, {column}). Rows go from 0 to {rows - 1}, "
                    f"columns from 0 to {columns - 1}."
                )
    for place in (*sorted(pain_map.places), *filter(None, [pain_map.worst_place])):
        if place not in chart.places:
            raise CaseError(f"There is no place {place!r}. {did_you_mean(place, chart.places, _LIST)}")
    worst, grid = pain_map.worst, chart.grid
    if worst is not None and not (0 <= worst.x_mm <= grid.width_mm and 0 <= worst.y_mm <= grid.height_mm):
        raise CaseError(
            f"The worst spot is at {worst.x_mm:g}, {worst.y_mm:g}. Give x_mm from 0 to {grid.width_mm:g} "
            f"and y_mm from 0 to {grid.height_mm:g}."
        )
    return _with_cells(pain_map, rasterise(chart, strokes)) if strokes else pain_map


def _with_cells(pain_map: PainMap, more: Mapping[View, frozenset[Cell]]) -> PainMap:
    painted = {view: pain_map.painted.get(view, frozenset()) | more.get(view, frozenset()) for view in VIEWS}
    return replace(pain_map, painted=painted)


def rasterise(chart: Chart, strokes: Sequence[Any]) -> dict[View, frozenset[Cell]]:
    """Return the cells on the body whose middle a stroke covers; a stroke that covers none marks the cell it lies in.

    Args:
        strokes: Objects with `view`, `width_mm`, and `points` as [x_mm, y_mm]; drawn with a round brush, in order.

    Raises:
        CaseError: A stroke is not of that form, or there are more than anyone paints.
    """
    rules, grid = chart.rules, chart.grid
    if not isinstance(strokes, list) or len(strokes) > rules.most_strokes:
        raise CaseError(f"Give at most {rules.most_strokes} strokes, as a list.")
    centres = grid.centres()
    painted: dict[View, set[Cell]] = {}
    points_left = rules.most_points
    for stroke in strokes:
        if not isinstance(stroke, dict) or stroke.get("view") not in VIEWS:
            raise CaseError(f"A stroke needs a view, one of: {', '.join(VIEWS)}.")
        view = cast(View, stroke["view"])
        width = number_mm(stroke, "width_mm")
        if not 0 < width <= rules.widest_mm:
            raise CaseError(f"A stroke has width_mm {width:g}. Give more than 0 and at most {rules.widest_mm:g}.")
        line = _line(stroke.get("points"))
        points_left -= len(line)
        if points_left < 0:
            raise CaseError(f"The strokes have more than {rules.most_points} points. Leave out points on the way.")
        on_body = chart.cells[view].ravel() >= 0
        covered = (_distance(centres, line) <= width / 2) & on_body
        nearest = int(np.argmin(_distance(centres, line[:1])))
        if not covered.any() and on_body[nearest]:
            covered[nearest] = True
        columns = grid.shape[1]
        painted.setdefault(view, set()).update(divmod(int(i), columns) for i in np.flatnonzero(covered))
    return {view: frozenset(cells) for view, cells in painted.items()}


def _line(points: Any) -> Array:
    if not isinstance(points, list) or not points or not all(isinstance(p, list) and len(p) == 2 for p in points):
        raise CaseError("A stroke needs points, as [[x_mm, y_mm], ...].")
    line = np.array([[number_mm({"x_mm": x}, "x_mm"), number_mm({"y_mm": y}, "y_mm")] for x, y in points])
    if np.abs(line).max() > 1e6:
        raise CaseError("A stroke has a point far off the drawing. Give millimetres from its top left corner.")
    return line


def _distance(centres: Array, line: Array) -> Array:
    """Return how far each point (n, 2) is from a line through points (m, 2)."""
    far = np.full(len(centres), np.inf)
    for a, b in zip(line, line[1:] if len(line) > 1 else line, strict=False):
        way = b - a
        length = float(way @ way)
        t = np.clip((centres - a) @ way / length, 0, 1)[:, None] if length else 0.0
        far = np.minimum(far, np.linalg.norm(centres - (a + t * way), axis=1))
    return far
