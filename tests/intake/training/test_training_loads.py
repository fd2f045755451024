"""What a log says about load: spikes (schuster_brandt_2025), weeks, and the answers that follow."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from deepsix.case import State
from deepsix.intake.training import Session, longest_next_run_m, spikes, training_answers, training_facts
from deepsix.intake.training.loads import is_steep
from deepsix.intake.training.tables import rows, spike_bands
from deepsix.knowledge import Knowledge

START = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
Make = Callable[..., Session]


def log_of(make: Make, last_km: float, last_day: float = 40) -> list[Session]:
    """Ten-kilometre runs every five days for 35 days, then one more."""
    return [*(make(day, 10) for day in range(0, 36, 5)), make(last_day, last_km)]


def answered(sessions: list[Session], day: float) -> set[str]:
    answers = training_answers(training_facts(sessions, START + timedelta(days=day)))
    assert all(answer.state is State.YES for answer in answers), "a log never says no"
    return {answer.finding for answer in answers}


@pytest.mark.parametrize(
    ("last_km", "ratio"), [(10, None), (11, None), (11.1, 1.64), (13, 1.64), (13.1, 1.52), (20, 1.52), (20.1, 2.28)]
)
def test_a_spike_is_a_run_over_a_tenth_longer_than_the_longest_of_30_days(
    run_on: Make, last_km: float, ratio: float | None
):
    assert [spike.band.hazard_ratio for spike in spikes(log_of(run_on, last_km))] == ([] if ratio is None else [ratio])


def test_the_bands_are_those_of_the_evidence_table():
    import csv
    from importlib import resources

    text = resources.files("deepsix.knowledge").joinpath("data", "evidence", "risk_factors.csv").read_text()
    published = [
        (float(row["value"]), float(row["ci_low"]), float(row["ci_high"]))
        for row in csv.DictReader(text.splitlines())
        if row["source"] == "schuster_brandt_2025" and row["value"]
    ]
    assert [(band.hazard_ratio, band.low, band.high) for band in spike_bands()] == published


def test_a_longer_run_more_than_30_days_ago_is_no_excuse(run_on: Make):
    assert len(spikes([run_on(-5, 30), *log_of(run_on, 14)])) == 1
    assert spikes([*log_of(run_on, 14), run_on(12, 14)]) == ()


def test_a_short_log_knows_no_spike(run_on: Make):
    assert spikes([run_on(0, 5), run_on(2, 5), run_on(4, 5), run_on(6, 20)]) == ()
    assert spikes([run_on(0, 5), run_on(38, 5), run_on(40, 20)]) == (), "too few runs in the 30 days"


def test_only_running_counts(run_on: Make):
    rides = [run_on(day, 10, "cycling") for day in range(0, 36, 5)]
    assert spikes([*rides, run_on(40, 100, "cycling")]) == ()


def test_the_order_of_the_files_does_not_matter(run_on: Make):
    log = log_of(run_on, 15)
    assert spikes(log) == spikes(log[::-1])


def test_a_recent_spike_answers_the_question_about_a_rise_in_training(run_on: Make):
    log = log_of(run_on, 15)
    assert "onset_training_increase" in answered(log, 41)
    assert "onset_training_increase" not in answered(log, 39), "it has not happened yet"
    assert "onset_training_increase" not in answered(log, 90), "too long ago"


def test_the_answer_says_what_it_rests_on(run_on: Make):
    answers = training_answers(training_facts(log_of(run_on, 15), START + timedelta(days=41)))
    assert "15.0 km on 2026-02-14, 50% longer than the longest run of the 30 days before (10.0 km)" in answers[0].words


def test_a_steep_week_is_told_and_answers_nothing(run_on: Make):
    log = [run_on(day, 5) for day in (28, 31, 35, 36, 37, 38, 39, 40)]
    facts = training_facts(log, START + timedelta(days=40.5))
    assert facts.week is not None
    assert is_steep(facts.week)
    assert "onset_training_increase" not in {answer.finding for answer in training_answers(facts)}


def test_a_few_kilometres_make_no_week_to_compare_with(run_on: Make):
    assert training_facts([run_on(30, 2), run_on(39, 20)], START + timedelta(days=40)).week is None


def test_runs_in_most_weeks_make_a_runner_and_30_km_a_week_a_lot(run_on: Make):
    assert "runner" in answered([run_on(day, 5) for day in (13, 21, 28, 39)], 40)
    assert answered([run_on(day, 5) for day in (38, 39)], 40) == set()
    assert answered([run_on(day, 31) for day in (15, 22, 29, 36)], 40) == {"runner", "distance_runner_high_load"}


def test_the_next_run_may_be_a_tenth_longer_than_the_longest_that_was_no_spike(run_on: Make):
    log = log_of(run_on, 18)
    assert longest_next_run_m(log, START + timedelta(days=39)) == pytest.approx(11_000)
    assert longest_next_run_m(log, START + timedelta(days=41)) == pytest.approx(11_000), "18 km does not raise it"
    assert longest_next_run_m(log, START + timedelta(days=99)) is None


def test_an_empty_log_says_nothing():
    facts = training_facts([], START)
    assert (facts.spikes, facts.week, facts.km_week) == ((), None, 0)
    assert training_answers(facts) == ()


def test_every_figure_has_a_source_and_every_answer_a_finding(knowledge: Knowledge):
    for name in ("reading.csv", "load_rules.csv", "spike_bands.csv"):
        for row in rows(name):
            assert row["source"] in {*knowledge.sources, "estimate"}
            assert row.get("reason") or row.get("note")
    assert {"onset_training_increase", "distance_runner_high_load", "runner"} <= knowledge.findings.keys()
