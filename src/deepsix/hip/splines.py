"""Cubic splines with the end conditions of Forsythe, Malcolm and Moler, and straight lines beyond the ends.

These are the splines that OpenSim calls SimmSpline, so joint curves published for it mean the same thing
here. The third derivative at either end is taken from the cubic through the four points nearest that end.

Source: Forsythe GE, Malcolm MA, Moler CB. Computer Methods for Mathematical Computations, 1977, chapter 4.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from deepsix.hip.errors import ShapeError
from deepsix.hip.rotations import Array


@dataclass(frozen=True, slots=True)
class CubicSpline:
    """Knots `x` (n,), values `y` (n,) and the slope, quadratic and cubic coefficient of each piece (n-1,)."""

    x: Array
    y: Array
    slope: Array
    quadratic: Array
    cubic: Array

    def __call__(self, at: Array | float) -> Array:
        """Return values at `at`, any shape; beyond the ends the curve goes on straight."""
        return self._evaluate(np.asarray(at, dtype=np.float64))[0]

    def derivative(self, at: Array | float) -> Array:
        """Return dy/dx at `at`, any shape."""
        return self._evaluate(np.asarray(at, dtype=np.float64))[1]

    def _evaluate(self, at: Array) -> tuple[Array, Array]:
        inside = np.clip(at, self.x[0], self.x[-1])
        piece = np.clip(np.searchsorted(self.x, inside, side="right") - 1, 0, self.x.size - 2)
        h = inside - self.x[piece]
        b, c, d = self.slope[piece], self.quadratic[piece], self.cubic[piece]
        value = self.y[piece] + h * (b + h * (c + h * d))
        first = b + h * (2.0 * c + 3.0 * h * d)
        return value + first * (at - inside), first


def cubic_spline(x: Array, y: Array) -> CubicSpline:
    """Return the spline through the points; two points give a straight line.

    Raises:
        ShapeError: Fewer than two points, unequal lengths, or knots that do not increase.
    """
    x, y = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
    if x.ndim != 1 or x.shape != y.shape or x.size < 2 or np.any(np.diff(x) <= 0):
        raise ShapeError(f"A spline needs 2 or more increasing knots and as many values; got {x.shape}, {y.shape}.")
    h, n = np.diff(x), x.size
    secant = np.diff(y) / h
    if n == 2:
        zero = np.zeros(1)
        return CubicSpline(x, y, secant, zero, zero)
    matrix, right = np.zeros((n, n)), np.zeros(n)
    inner = np.arange(1, n - 1)
    matrix[inner, inner - 1], matrix[inner, inner + 1] = h[:-1], h[1:]
    matrix[inner, inner] = 2.0 * (h[:-1] + h[1:])
    right[1:-1] = np.diff(secant)
    matrix[0, 0], matrix[0, 1] = -h[0], h[0]
    matrix[-1, -1], matrix[-1, -2] = -h[-1], h[-1]
    if n > 3:
        first = right[2] / (x[3] - x[1]) - right[1] / (x[2] - x[0])
        last = right[-2] / (x[-1] - x[-3]) - right[-3] / (x[-2] - x[-4])
        right[0] = first * h[0] ** 2 / (x[3] - x[0])
        right[-1] = -last * h[-1] ** 2 / (x[-1] - x[-4])
    sigma = np.linalg.solve(matrix, right)
    slope = secant - h * (sigma[1:] + 2.0 * sigma[:-1])
    return CubicSpline(x, y, slope, np.asarray(3.0 * sigma[:-1], np.float64), np.diff(sigma) / h)
