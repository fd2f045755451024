"""Shares with their intervals, and how well stated probabilities hold."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

_Z95 = 1.959964


@dataclass(frozen=True, slots=True)
class Share:
    """`count` of `total`, with a 95% Wilson interval."""

    count: int
    total: int

    @property
    def value(self) -> float:
        return self.count / self.total if self.total else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Return the Wilson score interval; Wilson 1927, J Am Stat Assoc 22:209.

        >>> tuple(round(limit, 3) for limit in Share(8, 10).interval)
        (0.49, 0.943)
        """
        n = self.total
        if n == 0:
            return 0.0, 1.0
        p, z2 = self.value, _Z95**2
        centre = (p + z2 / (2 * n)) / (1 + z2 / n)
        half = _Z95 * math.sqrt(p * (1 - p) / n + z2 / (4 * n * n)) / (1 + z2 / n)
        return max(0.0, centre - half), min(1.0, centre + half)


@dataclass(frozen=True, slots=True)
class Bin:
    """Predictions of about the same probability: their mean, how many there are, how many came true."""

    mean_probability: float
    hits: Share


def brier_score(probabilities: Sequence[float], hits: Sequence[bool]) -> float:
    """Return the mean squared difference between stated probability and outcome; 0 is best.

    >>> brier_score([1.0, 0.5], [True, False])
    0.125
    """
    if not probabilities:
        return 0.0
    return sum((p - hit) ** 2 for p, hit in zip(probabilities, hits, strict=True)) / len(probabilities)


def reliability(probabilities: Sequence[float], hits: Sequence[bool], bins: int = 5) -> tuple[Bin, ...]:
    """Return predictions in `bins` equal ranges of probability, leaving out empty ranges."""
    result = []
    for index in range(bins):
        low, high = index / bins, (index + 1) / bins
        inside = [
            (p, hit)
            for p, hit in zip(probabilities, hits, strict=True)
            if low <= p < high or (index == bins - 1 and p == 1.0)
        ]
        if inside:
            mean = sum(p for p, _ in inside) / len(inside)
            result.append(Bin(mean, Share(sum(hit for _, hit in inside), len(inside))))
    return tuple(result)
