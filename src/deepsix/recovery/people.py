"""Draw simulated people: one row of hidden numbers each, log-normal between the low and high of the data."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from deepsix.recovery.errors import ForecastError
from deepsix.recovery.tables import parameters, read_table

Array = NDArray[np.float64]

_NINE_IN_TEN: Final = 2.0 * 1.6449  # standard deviations between the 5th and the 95th percentile of a normal
_OUTERMOST: Final = 2.6  # standard deviations; further out is drawn in, so that no member is absurd


@dataclass(frozen=True, slots=True, eq=False)
class People:
    """Hidden numbers of m people: every array is (m, 1).

    Attributes:
        values: By name of parameter, those of the data that vary between people.
        healing_days: Time constant of injured tissue; infinite where none is injured.
        uneven_share: How many times its share on a balanced hip the sore part does.
        loading_days: Time constant with which a tendon that has got used to loading heals by it; infinite where loading
            heals nothing.
        problem: Key of the data this is about.
    """

    values: Mapping[str, Array]
    healing_days: Array
    uneven_share: Array
    loading_days: Array
    problem: str

    @property
    def count(self) -> int:
        """Return the number of people."""
        return len(self.healing_days)

    def chosen(self, rows: NDArray[np.intp]) -> People:
        """Return the people of these rows; a row may come more than once."""
        picked = {k: v[rows] for k, v in self.values.items()}
        own = (self.healing_days[rows], self.uneven_share[rows], self.loading_days[rows])
        return People(picked, *own, self.problem)


def spread(low: float, high: float) -> float:
    """Return the standard deviation of the logarithm that puts nine in ten between low and high.

    >>> round(spread(0.5, 2.0), 3)
    0.421
    """
    return math.log(high / low) / _NINE_IN_TEN


def _draw(rng: np.random.Generator, count: int, value: float, low: float, high: float) -> Array:
    normal = np.clip(rng.standard_normal((count, 1)), -_OUTERMOST, _OUTERMOST)
    return np.asarray(value * np.exp(spread(low, high) * normal))


def draw_people(count: int, problem: str, rng: np.random.Generator, wider: float = 1.0) -> People:
    """Return people who differ as the data says.

    Args:
        count: How many.
        problem: Key of problems.toml.
        rng: Random generator.
        wider: Times the spread of the data; for asking what happens when people differ more than assumed.

    Raises:
        ForecastError: No people, or no such problem.
    """
    kinds = read_table("problems.toml")
    if count < 1:
        raise ForecastError(f"{count} people were asked for. Give at least 1.")
    if problem not in kinds:
        raise ForecastError(f"There is no problem {problem!r}. Choose one of: {', '.join(kinds)}.")
    kind = kinds[problem]

    def drawn(value: float, low: float, high: float) -> Array:
        return _draw(rng, count, value, value * (low / value) ** wider, value * (high / value) ** wider)

    values = {
        key: drawn(row["value"], row["low"], row["high"])
        for key, row in parameters().items()
        if row["varies"] == "person"
    }
    healing = drawn(*kind["healing_days"]) if "healing_days" in kind else np.full((count, 1), np.inf)
    uneven = drawn(*kind["uneven_share"]) if "uneven_share" in kind else np.ones((count, 1))
    loading = drawn(*kind["loading_days"]) if "loading_days" in kind else np.full((count, 1), np.inf)
    return People(values, healing, uneven, loading, problem)


def middle_person(problem: str = "overload", uneven_share: float | None = None) -> People:
    """Return one person with every number at its middle; `uneven_share` replaces that of the problem."""
    kind = read_table("problems.toml")[problem]
    values = {k: np.full((1, 1), float(r["value"])) for k, r in parameters().items() if r["varies"] == "person"}
    healing, loading = (np.full((1, 1), float(kind.get(k, (np.inf,))[0])) for k in ("healing_days", "loading_days"))
    share = kind.get("uneven_share", (1.0,))[0] if uneven_share is None else uneven_share
    return People(values, healing, np.full((1, 1), float(share)), loading, problem)
