"""A pain map as plain values and back, for drafts, records and files.

Cells are written as runs, `[row, first column, last column]`, so that a full painting takes some kilobytes.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from deepsix.case import MOST_CELLS, Cell, Depth, PainMap, Spot
from deepsix.errors import CaseError


def pain_map_record(pain_map: PainMap) -> dict[str, Any]:
    """Return a pain map as plain values: nothing is lost.

    >>> pain_map_record(PainMap({"back": frozenset({(3, 4), (3, 5), (3, 7)})}))["painted"]
    {'back': [[3, 4, 5], [3, 7, 7]]}
    """
    worst: dict[str, Any] | None = None
    if pain_map.worst is not None:
        worst = {"view": pain_map.worst.view, "x_mm": pain_map.worst.x_mm, "y_mm": pain_map.worst.y_mm}
    elif pain_map.worst_place:
        worst = {"place": pain_map.worst_place}
    return {
        "figure": pain_map.figure,
        "painted": {view: _runs(cells) for view, cells in pain_map.painted.items()},
        "places": sorted(pain_map.places),
        "worst": worst,
        "depth": pain_map.depth.value if pain_map.depth else None,
        "everywhere": pain_map.everywhere,
    }


def _runs(cells: frozenset[Cell]) -> list[list[int]]:
    runs: list[list[int]] = []
    for row, column in sorted(cells):
        if runs and runs[-1][0] == row and runs[-1][2] == column - 1:
            runs[-1][2] = column
        else:
            runs.append([row, column, column])
    return runs


def pain_map_from_record(record: Mapping[str, Any]) -> PainMap:
    """Return the pain map that `pain_map_record` made.

    Raises:
        CaseError: It does not have the shape of one.
    """
    try:
        painted = {view: _cells(view, runs) for view, runs in (record.get("painted") or {}).items()}
    except (AttributeError, TypeError, ValueError) as error:
        raise CaseError('The painted cells are not runs. Write {"back": [[row, first, last], ...]}.') from error
    places = record.get("places") or []
    if not isinstance(places, list) or not all(isinstance(place, str) for place in places):
        raise CaseError('The places are not a list of texts. Write ["groin_left", ...].')
    depth, everywhere, figure = record.get("depth"), record.get("everywhere", False), record.get("figure", 1)
    if depth not in (None, *(d.value for d in Depth)):
        raise CaseError(f"The depth is {depth!r}. Choose one of: {', '.join(Depth)}.")
    if not isinstance(everywhere, bool) or type(figure) is not int:
        raise CaseError("In the pain map, everywhere is true or false, and figure is a whole number.")
    worst = record.get("worst") or {}
    if not isinstance(worst, dict):
        raise CaseError('The worst spot is not an object. Write {"view": ..., "x_mm": ..., "y_mm": ...}.')
    place = worst.get("place", "")
    if not isinstance(place, str):
        raise CaseError('The worst place is not a text. Write {"place": "groin_left"}.')
    spot = None if place or not worst else Spot(worst.get("view", ""), *(number_mm(worst, k) for k in ("x_mm", "y_mm")))
    return PainMap(painted, frozenset(places), spot, place, Depth(depth) if depth else None, everywhere, figure)


def _cells(view: str, runs: Any) -> frozenset[Cell]:
    cells: set[Cell] = set()
    for row, first, last in runs:
        if not all(type(n) is int and 0 <= n < MOST_CELLS for n in (row, first, last)) or first > last:
            raise CaseError(
                f"The {view} view has a run {[row, first, last]!r}. Give [row, first, last], whole numbers from 0 up, "
                "first not after last."
            )
        cells |= {(row, column) for column in range(first, last + 1)}
    return frozenset(cells)


def number_mm(source: Mapping[str, Any], key: str) -> float:
    """Return a finite number of millimetres.

    Raises:
        CaseError: It is missing or none.
    """
    value = source.get(key)
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise CaseError(f"The pain map has {key} {value!r}. Give a number of millimetres.")
    return float(value)
