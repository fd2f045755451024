"""Smooth curves through hand-placed points: as an SVG path and as a dense line.

Each curve is a centripetal Catmull-Rom spline written as cubic Beziers: it goes through every point that was placed,
without loops or overshoot between points that lie unevenly. Points are (x, y) in millimetres, y downwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

Point = tuple[float, float]
Array = NDArray[np.float64]

_STEPS: Final = 12  # points along each piece of a dense line; pieces are some 50 mm, so about 4 mm apart


def bezier_pieces(points: Sequence[Point], closed: bool = False) -> list[Array]:
    """Return the cubic pieces, each (4, 2): start, two handles, end.

    >>> bezier_pieces([(0.0, 0.0), (9.0, 0.0)])[0].tolist()
    [[0.0, 0.0], [3.0, 0.0], [6.0, 0.0], [9.0, 0.0]]
    """
    placed = np.asarray(points, dtype=np.float64)
    if closed:
        line = np.vstack([placed[-1], placed, placed[:2]])
    else:  # the ends go straight on
        line = np.vstack([2 * placed[0] - placed[1], placed, 2 * placed[-1] - placed[-2]])
    pieces = []
    for before, start, end, after in zip(line, line[1:], line[2:], line[3:], strict=False):
        # Centripetal: parameters grow with the root of the way, so that close points do not make loops.
        d1, d2, d3 = (max(float(np.sqrt(np.linalg.norm(v))), 1e-9) for v in (start - before, end - start, after - end))
        m1 = d2 * ((start - before) / d1 - (end - before) / (d1 + d2) + (end - start) / d2)
        m2 = d2 * ((end - start) / d2 - (after - start) / (d2 + d3) + (after - end) / d3)
        pieces.append(np.stack([start, start + m1 / 3, end - m2 / 3, end]))
    return pieces


def path_of(curves: Sequence[Sequence[Point]], closed: bool = False) -> str:
    """Return the `d` of an SVG path that follows the curves one after the other, each starting where the last ended.

    A corner is where one curve ends and the next begins. `closed` adds the line back to the start.
    """
    steps = [f"M{_text(curves[0][0])}"]
    for curve in curves:
        if len(curve) == 2:
            steps.append(f"L{_text(curve[1])}")
        else:
            steps += [f"C{_text(a)} {_text(b)} {_text(c)}" for _, a, b, c in bezier_pieces(curve)]
    return "".join(steps) + ("Z" if closed else "")


def dense_line(curves: Sequence[Sequence[Point]]) -> Array:
    """Return points (n, 2) along the curves, close enough together to count as the curve itself."""
    t = np.linspace(0.0, 1.0, _STEPS, endpoint=False)[:, None]
    parts = [
        (1 - t) ** 3 * a + 3 * (1 - t) ** 2 * t * b + 3 * (1 - t) * t**2 * c + t**3 * d
        for curve in curves
        for a, b, c, d in bezier_pieces(curve)
    ]
    return np.vstack([*parts, np.asarray(curves[-1][-1], dtype=np.float64)[None]])


def inside(ring: Array, points: Array) -> NDArray[np.bool_]:
    """Return which of the points (n, 2) lie inside a ring (m, 2), by counting the edges to their right.

    >>> square = np.array([[0.0, 0.0], [2.0, 0.0], [2.0, 2.0], [0.0, 2.0]])
    >>> inside(square, np.array([[1.0, 1.0], [3.0, 1.0]])).tolist()
    [True, False]
    """
    result = np.zeros(len(points), dtype=np.bool_)
    near = np.flatnonzero(((points >= ring.min(axis=0)) & (points <= ring.max(axis=0))).all(axis=1))
    start, end = ring, np.roll(ring, -1, axis=0)
    levels, level_of = np.unique(points[near, 1], return_inverse=True)
    for number, y in enumerate(levels):  # the points come in rows, and a row shares its crossings
        crosses = (start[:, 1] > y) != (end[:, 1] > y)
        a, b = start[crosses], end[crosses]
        at_x = np.sort(a[:, 0] + (y - a[:, 1]) * (b[:, 0] - a[:, 0]) / (b[:, 1] - a[:, 1]))
        row = near[level_of == number]
        result[row] = (len(at_x) - np.searchsorted(at_x, points[row, 0], side="right")) % 2 == 1
    return result


def _text(point: Array | Point) -> str:
    return f"{round(float(point[0]), 1):g} {round(float(point[1]), 1):g}"
