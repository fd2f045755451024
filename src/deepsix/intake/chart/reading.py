"""What a painting says: how sure each finding of place is, and which danger signs have to be settled.

People who draw the same pain again overlap with their first drawing by 42% only. So the painting is blurred by as much
as a redrawn one moves, and a place counts by how much of the blur it holds. Between "clearly meant" and "clearly not"
the answer is unsure, and is asked. Nothing here is evidence of its own: what is read becomes the same answers that a
person could give to a question, and the network and its sources stay the one truth.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal, Protocol

import numpy as np

from deepsix.case import Answer, Case, Cell, Depth, Origin, PainMap, Sex, Spot, State, View
from deepsix.intake.chart.chart import Chart, Side
from deepsix.intake.chart.curves import Array

_SIDES: tuple[Side, ...] = ("left", "right")
Graded = dict[str, list[tuple[State | None, Side, float]]]


@dataclass(frozen=True, slots=True)
class PlaceScore:
    """How much a place was meant, from 0 to 1, and whether that is clear (yes) or not (unsure)."""

    place: str
    score: float
    state: State


@dataclass(frozen=True, slots=True)
class Painting:
    """What a pain map says.

    `answers` are yes, no and unsure, one a finding. `places` are those that were meant, the surest first. `ask_first`
    are danger signs that the painting makes it necessary to ask, and never answers.
    """

    answers: tuple[Answer, ...]
    places: tuple[PlaceScore, ...]
    ask_first: tuple[str, ...]

    def add_to(self, case: Case, pain_map: PainMap) -> Case:
        """Return the case with the map and what it says. What was said in words stands; an older painting does not."""
        kept = case.without(*(f for f, answer in case.answers.items() if answer.origin is Origin.CHART))
        fresh = [answer for answer in self.answers if answer.finding not in kept.answers]
        return replace(kept, pain_map=pain_map).with_answers(*fresh)

    def still_to_ask(self, case: Case) -> tuple[str, ...]:
        """Return the danger signs of `ask_first` that nobody has answered with yes or no."""
        return tuple(f for f in self.ask_first if case.state(f) in (None, State.UNSURE))


class Score(Protocol):
    """How much a set of places was meant; `focal` when passing through does not count as meaning it."""

    def __call__(self, places: frozenset[str], *, focal: bool = False) -> float: ...


@dataclass(frozen=True, slots=True)
class _Region:
    """The places of one side that speak for one finding alike."""

    finding: str
    side: Side
    places: frozenset[str]
    most: State
    depth: Depth | None
    sex: Sex | None
    focal: bool


def redraw_spread_mm(jaccard: float, patch_mm: float) -> float:
    """Return the spread, in each direction, of the move that makes a round patch overlap itself by this Jaccard index.

    >>> round(redraw_spread_mm(0.42, 100))
    26
    """
    shift = np.linspace(0.0, 1.0, 10_001)  # in widths of the patch
    common = (2 / np.pi) * (np.arccos(shift) - shift * np.sqrt(1 - shift**2))  # two equal circles, share of one
    overlap = common / (2 - common)
    moved = patch_mm * float(np.interp(-jaccard, -overlap, shift))
    return moved / float(np.sqrt(np.pi / 2))  # the mean length of a move with spread 1 in both directions


def read_painting(chart: Chart, pain_map: PainMap, sex: Sex | None = None) -> Painting:
    """Return what a pain map says.

    Args:
        sex: Of the person, when known: some places are asked about in one sex only.
    """
    score = place_scorer(chart, pain_map)
    graded: Graded = {}
    for region in _regions(chart):
        if region.sex is not None and sex not in (region.sex, None):
            continue
        value = score(region.places, focal=region.focal)
        graded.setdefault(region.finding, []).append((_state(chart, pain_map, region, value), region.side, value))
    for pair in chart.pairs:
        for side in _SIDES:
            both = [frozenset(f"{zone}_{side}" for zone in zones) for zones in (pair.first, pair.second)]
            value = min(score(places) for places in both)
            whole = _Region(pair.finding, side, frozenset(), pair.most, pair.depth, None, False)
            graded.setdefault(pair.finding, []).append((_state(chart, pain_map, whole, value), side, value))
    answers = [*_answers(chart, pain_map, graded), *_both_sides(chart, pain_map, score)]
    return Painting(tuple(answers), _places(chart, score), _ask_first(chart, pain_map))


def _state(chart: Chart, pain_map: PainMap, region: _Region, value: float) -> State | None:
    """Return yes, unsure, or None where the region was not meant."""
    if value < chart.rules.unsure_from:
        return None
    is_sure = value >= chart.rules.yes_from and region.most is State.YES
    return State.YES if is_sure and region.depth in (None, pain_map.depth) else State.UNSURE


def _answers(chart: Chart, pain_map: PainMap, graded: Graded) -> Iterable[Answer]:
    # Where paint cannot say yes, no paint cannot say no.
    can_say_no = {region.finding for region in _regions(chart) if region.most is State.YES}
    can_say_no |= {pair.finding for pair in chart.pairs if pair.most is State.YES}
    if pain_map.everywhere and any(state is State.YES for found in graded.values() for state, _, _ in found):
        yield Answer(chart.rules.no_clearer_place, State.NO, Origin.CHART)
    for finding, found in graded.items():
        states = {state for state, _, _ in found}
        if State.YES in states:
            state = State.YES
        elif State.UNSURE in states:
            state = State.UNSURE
        elif pain_map.everywhere and not pain_map.is_empty and finding in can_say_no:
            state = State.NO
        else:
            continue
        sides = {side for given, side, _ in found if given is state} if state is not State.NO else set()
        yield Answer(finding, state, Origin.CHART, side=_one_side(sides))


def _one_side(sides: set[Side]) -> Literal["left", "right", "both", ""]:
    if {"left", "right"} <= sides:
        return "both"
    return "left" if "left" in sides else "right" if "right" in sides else ""


def _both_sides(chart: Chart, pain_map: PainMap, score: Score) -> Iterable[Answer]:
    """Yield whether hip or leg hurts on both sides. Pain in the middle of the back is on neither."""
    zones = chart.rules.both_sides_of
    weaker, stronger = sorted(score(frozenset(f"{zone}_{side}" for zone in zones)) for side in ("left", "right"))
    if weaker >= chart.rules.yes_from:
        yield Answer(chart.rules.both_sides, State.YES, Origin.CHART, side="both")
    elif weaker >= chart.rules.unsure_from:
        yield Answer(chart.rules.both_sides, State.UNSURE, Origin.CHART)
    elif pain_map.everywhere and stronger >= chart.rules.yes_from:
        yield Answer(chart.rules.both_sides, State.NO, Origin.CHART)


def _places(chart: Chart, score: Score) -> tuple[PlaceScore, ...]:
    rules = chart.rules
    scores = {name: score(frozenset({name})) for name in chart.places}
    meant = [
        PlaceScore(name, value, State.YES if value >= rules.yes_from else State.UNSURE)
        for name, value in scores.items()
        if value >= rules.unsure_from
    ]
    return tuple(sorted(meant, key=lambda place: -place.score))


def _ask_first(chart: Chart, pain_map: PainMap) -> tuple[str, ...]:
    """Return the signs to settle when a single cell, a tick or the worst spot lies on the saddle."""
    saddle = {place.id for place in chart.places.values() if place.is_saddle}
    touched = pain_map.places | {pain_map.worst_place}
    for view, cells in pain_map.painted.items():
        touched |= {place_at(chart, view, cell) for cell in cells}
    if pain_map.worst is not None:
        cell_mm = chart.grid.cell_mm
        row, column = int(pain_map.worst.y_mm // cell_mm), int(pain_map.worst.x_mm // cell_mm)
        touched |= {place_at(chart, pain_map.worst.view, (row, column))}
    return chart.rules.saddle_signs if saddle & touched else ()


def place_at(chart: Chart, view: View, cell: Cell) -> str:
    """Return the id of the place a cell lies in, empty beside the body."""
    row, column = cell
    cells = chart.cells[view]
    index = int(cells[row, column]) if row < cells.shape[0] and column < cells.shape[1] else -1
    return chart.order[index] if index >= 0 else ""


@lru_cache(maxsize=4)
def _regions(chart: Chart) -> tuple[_Region, ...]:
    """Return the places that speak alike for a finding on one side, taken together."""
    grouped: dict[tuple[str, Side, State, Depth | None, Sex | None, bool], set[str]] = {}
    for place in chart.places.values():
        for support in place.supports:
            key = (support.finding, place.side, support.most, support.depth, support.sex, support.focal)
            grouped.setdefault(key, set()).add(place.id)
    return tuple(
        _Region(finding, side, frozenset(places), most, depth, sex, focal)
        for (finding, side, most, depth, sex, focal), places in grouped.items()
    )


def place_scorer(chart: Chart, pain_map: PainMap) -> Score:
    """Return how much any set of places was meant, from 0 to 1: ticked, holding the worst spot, or filled by the blur.

    A set is filled when the clear part of the blurred painting covers all of it, or a patch that is enough; a small
    painting also counts by the share of it that lies in the set. The view that shows it best counts.
    """
    rules, grid = chart.rules, chart.grid
    spread = redraw_spread_mm(rules.redraw_jaccard, rules.patch_mm)
    enough = (rules.enough_mm / grid.cell_mm) ** 2
    order = {name: index for index, name in enumerate(chart.order)}
    blurred: dict[View, tuple[Array, Array]] = {}
    for view, cells in pain_map.painted.items():
        paint = _blurred(chart, view, cells, spread)
        if paint.sum() > 0:
            blurred[view] = paint, _clear(chart, paint)
    pin = _pin(chart, pain_map.worst, rules.worst_spread_mm) if pain_map.worst else None
    ticked = pain_map.places | {pain_map.worst_place}

    def score(places: frozenset[str], *, focal: bool = False) -> float:
        if ticked & places:
            return 1.0
        wanted = [order[name] for name in places]
        best = 0.0
        for view, (paint, clear) in blurred.items():
            held = np.isin(chart.cells[view], wanted)
            size = max(int(held.sum()), enough / 2)  # a sliver seen from the edge is not filled by a little blur
            filled = float(clear[held].sum()) / min(size, enough)
            share = float(paint[held].sum() / paint.sum())
            if focal and share < rules.focal_share:
                filled = min(filled, (rules.unsure_from + rules.yes_from) / 2)
            best = max(best, filled, share)
        if pin is not None:
            view, chance = pin
            pinned = float(chance[np.isin(chart.cells[view], wanted)].sum())
            best = max(best, pinned * rules.yes_from / rules.worst_yes_from)
        return min(best, 1.0)

    return score


def _blurred(chart: Chart, view: View, cells: frozenset[Cell], spread_mm: float) -> Array:
    """Return the chance of each cell to be painted when the same pain is drawn again, 0 beside the body."""
    painted = np.zeros(chart.grid.shape)
    for cell in cells:
        painted[cell] = 1.0
    down, across = (_bell(n, spread_mm / chart.grid.cell_mm) for n in chart.grid.shape)
    return np.asarray(down @ painted @ across * (chart.cells[view] >= 0))


def _clear(chart: Chart, paint: Array) -> Array:
    """Return which part of a blurred painting is its core, from 0 to 1: likely in itself, and not the edge of more.

    Beside a long stroke a little blur adds up over its length, and a stroke drawn twice as wide has twice the edge.
    What is clearly less than the most within reach is edge.
    """
    rules = chart.rules
    reach = round(rules.core_reach_mm / chart.grid.cell_mm)
    padded = np.pad(paint, reach)
    windows = np.lib.stride_tricks.sliding_window_view(padded, (2 * reach + 1, 2 * reach + 1))
    most = np.maximum(windows.max(axis=(2, 3)), 1e-12)
    core = np.clip((paint / most - rules.core_from) / (rules.core_to - rules.core_from), 0.0, 1.0)
    likely = np.clip((paint - rules.clear_from) / (rules.clear_to - rules.clear_from), 0.0, 1.0)
    return np.asarray(core * likely)


def _pin(chart: Chart, worst: Spot, spread_mm: float) -> tuple[View, Array]:
    """Return where the worst spot may be meant to lie: a bell curve round the pin on the body, summing to 1."""
    away = np.square(chart.grid.centres() - [worst.x_mm, worst.y_mm]).sum(axis=1).reshape(chart.grid.shape)
    chance = np.exp(-away / (2 * spread_mm**2)) * (chart.cells[worst.view] >= 0)
    total = float(chance.sum())
    return worst.view, chance / total if total > 0 else chance


def _bell(count: int, spread: float) -> Array:
    """Return the matrix (count, count) that blurs along one direction; each row sums to 1."""
    away = np.arange(count)[:, None] - np.arange(count)[None, :]
    weight = np.exp(-(away**2) / (2 * spread**2))
    return np.asarray(weight / weight.sum(axis=1, keepdims=True))
