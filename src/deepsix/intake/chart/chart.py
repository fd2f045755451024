"""What the body chart is made of: views with their outline, marks and zones; places; the grid; how it is read.

All frozen. The drawing is in millimetres of a person 1.70 m tall, y downwards.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from deepsix.case import Depth, Sex, State, View
from deepsix.intake.chart.curves import Array, Point

Side = Literal["left", "right", ""]
Curves = tuple[tuple[Point, ...], ...]


@dataclass(frozen=True, slots=True)
class Support:
    """A finding that a painted place speaks for: the surest state it can give, and what it needs.

    A focal finding is one that people point at: paint that only passes over the place leaves it unsure.
    """

    finding: str
    most: State = State.YES
    depth: Depth | None = None
    sex: Sex | None = None
    focal: bool = False


@dataclass(frozen=True, slots=True)
class Pair:
    """A finding that needs two places of one side, any of `first` and any of `second` (zone ids)."""

    finding: str
    first: frozenset[str]
    second: frozenset[str]
    most: State
    depth: Depth | None


@dataclass(frozen=True, slots=True)
class Place:
    """A zone on one side of the body, such as the middle of the left buttock. `id` is zone and side."""

    id: str
    zone: str
    side: Side
    name: str
    supports: tuple[Support, ...]
    is_saddle: bool
    view: View  # where the list shows it: the first view that has it


@dataclass(frozen=True, slots=True)
class Mark:
    """A line on the body: `line` is drawn, `fold` drawn strongly, `soft` is only a shade."""

    weight: Literal["line", "fold", "soft"]
    note: str
    curve: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class ViewDrawing:
    """One view: the closed outline, the marks on it, and the closed curves of each place that is seen."""

    id: View
    name: str
    outline: Curves
    marks: tuple[Mark, ...]
    areas: Mapping[str, Curves]


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells a painting is kept in, and the version of the figure they lie on."""

    figure: int
    width_mm: float
    height_mm: float
    cell_mm: float

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return round(self.height_mm / self.cell_mm), round(self.width_mm / self.cell_mm)

    def centres(self) -> Array:
        """Return the middle (x, y) of each cell, row after row, shape (rows * columns, 2)."""
        rows, columns = self.shape
        x, y = np.meshgrid((np.arange(columns) + 0.5) * self.cell_mm, (np.arange(rows) + 0.5) * self.cell_mm)
        return np.column_stack([x.ravel(), y.ravel()])


@dataclass(frozen=True, slots=True)
class ReadingRules:
    """The numbers of reading.toml; see there for what they mean and where they come from."""

    redraw_jaccard: float
    patch_mm: float
    enough_mm: float
    focal_share: float
    clear_from: float
    clear_to: float
    core_from: float
    core_to: float
    core_reach_mm: float
    yes_from: float
    unsure_from: float
    worst_spread_mm: float
    worst_yes_from: float
    most_strokes: int
    most_points: int
    widest_mm: float
    record_kb: float
    no_clearer_place: str
    both_sides: str
    both_sides_of: tuple[str, ...]
    saddle_signs: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Chart:
    """The whole body chart.

    `cells` gives for each view the index into `order` of the place each cell lies in, -1 outside the body; shape
    (rows, columns).
    """

    grid: Grid
    rules: ReadingRules
    views: Mapping[View, ViewDrawing]
    places: Mapping[str, Place]
    pairs: tuple[Pair, ...]
    cells: Mapping[View, NDArray[np.int16]]

    @property
    def order(self) -> tuple[str, ...]:
        """Ids of the places, as `cells` numbers them and as a list shows them."""
        return tuple(self.places)
