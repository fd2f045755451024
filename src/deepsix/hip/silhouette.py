"""Outlines of flat shadows: where a cloud of points covers the drawing plane, as closed loops to fill and stroke.

Points are dropped on a fine grid, small gaps closed, and the borders of what is covered walked round. Outer borders and
holes come out alike; fill them by the even-odd rule.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from deepsix.hip.rotations import Array

GRID_M: Final = 0.0015
_CLOSING: Final = 2  # grid steps; points of one surface lie nearer to each other than that
_SMALLEST_LOOP: Final = 24  # grid steps round; shorter ones are specks
_SHARES: Final = np.array([(a / 6.0, b / 6.0, (6 - a - b) / 6.0) for a in range(7) for b in range(7 - a)])


def surface_points(points: Array, triangles: NDArray[np.int64]) -> Array:
    """Return points spread over the triangles (t, 3) of a mesh with points (p, d), shape (28 t, d)."""
    corners = points[triangles]
    return np.asarray(np.einsum("sc,tcd->tsd", _SHARES, corners).reshape(-1, points.shape[1]))


def outlines(flat_m: Array, smoothing: int = 3) -> list[Array]:
    """Return the borders of what points (n, 2) in the drawing plane cover, each a loop (k, 2) in metres.

    `smoothing` says how often each border is averaged along its way.
    """
    low = flat_m.min(axis=0) - (2 + _CLOSING) * GRID_M
    cells = np.floor((flat_m - low) / GRID_M).astype(np.int64)
    covered = np.zeros(tuple(cells.max(axis=0) + 4 + _CLOSING), dtype=bool)
    covered[cells[:, 0], cells[:, 1]] = True
    covered = _eroded(_grown(covered, _CLOSING), _CLOSING)
    loops = [loop for loop in _borders(covered) if len(loop) > _SMALLEST_LOOP]
    return [_smoothed(np.array(loop, dtype=np.float64), smoothing) * GRID_M + low for loop in loops]


def _grown(covered: NDArray[np.bool_], times: int) -> NDArray[np.bool_]:
    for _ in range(times):
        grown = covered.copy()
        grown[1:] |= covered[:-1]
        grown[:-1] |= covered[1:]
        grown[:, 1:] |= covered[:, :-1]
        grown[:, :-1] |= covered[:, 1:]
        covered = grown
    return covered


def _eroded(covered: NDArray[np.bool_], times: int) -> NDArray[np.bool_]:
    return np.asarray(~_grown(~covered, times))


def _borders(covered: NDArray[np.bool_]) -> list[list[tuple[int, int]]]:
    """Return the loops of cell corners round all that is covered, with the covered side to one hand."""
    onward: dict[tuple[int, int], list[tuple[int, int]]] = {}

    def add(cells: NDArray[np.bool_], start: tuple[int, int], end: tuple[int, int]) -> None:
        for i, j in np.argwhere(cells).tolist():
            onward.setdefault((i + start[0], j + start[1]), []).append((i + end[0], j + end[1]))

    inside = covered[1:-1, 1:-1]
    add(inside & ~covered[:-2, 1:-1], (1, 2), (1, 1))
    add(inside & ~covered[2:, 1:-1], (2, 1), (2, 2))
    add(inside & ~covered[1:-1, :-2], (1, 1), (2, 1))
    add(inside & ~covered[1:-1, 2:], (2, 2), (1, 2))
    loops = []
    while onward:
        first = next(iter(onward))
        loop, at = [first], first
        while True:
            ways = onward[at]
            following = ways.pop()
            if not ways:
                del onward[at]
            if following == first:
                break
            loop.append(following)
            at = following
        loops.append(loop)
    return loops


def _smoothed(loop: Array, times: int) -> Array:
    for _ in range(times):
        loop = 0.25 * np.roll(loop, 1, axis=0) + 0.5 * loop + 0.25 * np.roll(loop, -1, axis=0)
    return loop[::2]
