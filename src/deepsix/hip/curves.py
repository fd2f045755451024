"""Active and passive force of a muscle fibre against its length.

Normalised: length by optimal fibre length, force by maximal isometric force. The curves are chains of quintic Bezier
corners, as in Millard et al. 2013; each corner leaves one point with a given slope and reaches the next with another.
They are tabulated once, finely enough that linear interpolation is within 1e-6.

Source: Millard M, Uchida T, Seth A, Delp SL. J Biomech Eng 2013;135:021005. The corner points follow the published
default curves; the tests compare values with OpenSim.
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from deepsix.hip.rotations import Array
from deepsix.hip.tables import read_toml

_SAMPLES: Final = 4001  # a corner; interpolation error below 1e-6
_BINOMIAL: Final = (1.0, 5.0, 10.0, 10.0, 5.0, 1.0)


class Curve(NamedTuple):
    """A tabulated curve; before the first and after the last point it goes on straight."""

    length: Array
    force: Array
    first_slope: float
    last_slope: float

    def __call__(self, at: ArrayLike) -> Array:
        """Return normalised force at normalised length, any shape."""
        x = np.asarray(at, dtype=np.float64)
        inside = np.interp(x, self.length, self.force)
        before = self.first_slope * np.minimum(x - self.length[0], 0.0)
        after = self.last_slope * np.maximum(x - self.length[-1], 0.0)
        return np.asarray(inside + before + after)


class _Node(NamedTuple):
    x: float
    y: float
    slope: float


def _corner(a: _Node, b: _Node, curviness: float) -> tuple[Array, Array]:
    """Return points of the quintic Bezier corner from a to b."""
    sharp = 0.1 + 0.8 * curviness  # the published scaling of curviness 0..1
    meet_x = (b.y - a.y - b.x * b.slope + a.x * a.slope) / (a.slope - b.slope)
    meet_y = (meet_x - b.x) * b.slope + b.y
    x = [a.x, *[a.x + sharp * (meet_x - a.x)] * 2, *[b.x + sharp * (meet_x - b.x)] * 2, b.x]
    y = [a.y, *[a.y + sharp * (meet_y - a.y)] * 2, *[b.y + sharp * (meet_y - b.y)] * 2, b.y]
    u = np.linspace(0.0, 1.0, _SAMPLES)
    basis = np.stack([c * u**k * (1.0 - u) ** (5 - k) for k, c in enumerate(_BINOMIAL)])
    return np.array(x) @ basis, np.array(y) @ basis


def _chain(nodes: list[_Node], curviness: float) -> Curve:
    pieces = [_corner(a, b, curviness) for a, b in pairwise(nodes)]
    x, y = (np.concatenate([p[i] for p in pieces]) for i in (0, 1))
    keep = np.concatenate([[True], np.diff(x) > 0.0])
    return Curve(x[keep], y[keep], nodes[0].slope, nodes[-1].slope)


@cache
def passive_curve() -> Curve:
    """Return passive force of the fibre; zero below its slack length."""
    p = read_toml("settings.toml")["curves"]["passive"]
    slack, full = 1.0 + p["slack_strain"], 1.0 + p["strain_at_full_force"]
    toe = slack + min(0.1 / p["full_stiffness"], 0.1 * (full - slack))
    low = p["low_stiffness"] * (toe - 0.5 * (slack + toe))
    nodes = [_Node(slack, 0.0, 0.0), _Node(toe, low, p["low_stiffness"]), _Node(full, 1.0, p["full_stiffness"])]
    return _chain(nodes, p["curviness"])


@cache
def active_curve() -> Curve:
    """Return active force of the fully activated fibre held at a length."""
    p = read_toml("settings.toml")["curves"]["active"]
    x0, x1, x3, slope = p["shortest"], p["shallow_from"], p["longest"], p["shallow_slope"]
    floor, margin = p["least_force"], 0.05
    shoulder = 1.0 - margin
    y1 = 1.0 - slope * (shoulder - x1)
    steep = _Node(x0 + 0.5 * (x1 - x0), 0.5 * y1, 1.25 * y1 / (x1 - x0))
    x1s = x1 + 0.5 * (shoulder - x1)
    shallow = _Node(x1s, y1 + 0.5 * (1.0 - y1), slope)
    x23 = (1.0 + margin) + 0.5 * (x3 - (1.0 + margin))
    down = _Node(x23, 0.5, -1.0 / ((x3 - margin) - (1.0 + margin)))
    nodes = [_Node(x0, floor, 0.0), steep, shallow, _Node(1.0, 1.0, 0.0), down, _Node(x3, floor, 0.0)]
    return _chain(nodes, p["curviness"])
