"""Shares with intervals, the Brier score, and the reliability of stated probabilities, against figures from print."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deepsix.study.reliability_plot import reliability_svg
from deepsix.study.statistics import Bin, Share, brier_score, reliability


@pytest.mark.parametrize(
    ("count", "total", "low", "high"),
    [
        # Newcombe 1998, Stat Med 17:857, table I, method 3 (score without continuity correction).
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_intervals_are_those_that_newcombe_published(count: int, total: int, low: float, high: float) -> None:
    assert Share(count, total).interval == pytest.approx((low, high), abs=5e-5)  # printed with four decimals


@given(st.integers(0, 500), st.integers(1, 500))
def test_the_interval_holds_the_share(count: int, total: int) -> None:
    share = Share(min(count, total), total)
    low, high = share.interval
    assert 0 <= low <= share.value + 1e-12
    assert share.value - 1e-12 <= high <= 1


def test_a_share_of_nothing_is_unknown() -> None:
    assert Share(0, 0).interval == (0.0, 1.0)
    assert Share(0, 0).value == 0.0


def test_brier_score_of_a_worked_example() -> None:
    # Rain forecasts of 0.7, 0.3, 0.9 and 0 with rain, none, none and none: (0.09 + 0.09 + 0.81 + 0) / 4.
    assert brier_score([0.7, 0.3, 0.9, 0.0], [True, False, False, False]) == pytest.approx(0.2475)


def test_brier_score_of_nothing_is_0() -> None:
    assert brier_score([], []) == 0.0


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=60))
def test_every_prediction_is_in_one_bin(pairs: list[tuple[float, bool]]) -> None:
    bins = reliability([p for p, _ in pairs], [hit for _, hit in pairs])
    assert sum(b.hits.total for b in bins) == len(pairs)
    assert sum(b.hits.count for b in bins) == sum(hit for _, hit in pairs)


def test_a_bin_has_the_mean_of_what_was_stated_in_it() -> None:
    assert reliability([0.05, 0.15, 1.0], [True, False, True]) == (
        Bin(pytest.approx(0.1), Share(1, 2)),
        Bin(1.0, Share(1, 1)),
    )


def test_the_plot_shows_a_point_for_each_bin_and_escapes_its_title() -> None:
    svg = reliability_svg([Bin(0.1, Share(1, 10)), Bin(0.9, Share(8, 9))], "answers <all> & more")
    assert svg.count("<circle") == 2
    assert "8 of 9 stated at about 0.90" in svg
    assert "answers &lt;all&gt; &amp; more" in svg
