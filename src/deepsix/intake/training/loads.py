"""What a training log says that bears on a case: runs longer than usual, weeks that rose, and how much is run.

A run that is more than 10% longer than the longest of the 30 days before it went with more overuse injuries, and a rise
from week to week did not, among 5,205 runners (schuster_brandt_2025). So only the first answers a question; the second
is told. All thresholds are rows of `data/load_rules.csv` and `data/spike_bands.csv`.

A log never answers "no": it need not be complete, and hills, speed and shoes are not in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from deepsix.case import Answer, Origin, State
from deepsix.intake.training.sessions import Session
from deepsix.intake.training.tables import SpikeBand, numbers, spike_bands

RUNNING = "running"
_KM = 1000.0
_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Spike:
    """A run longer than the longest of the days before it; `share` is by how much (0.5 is 50%)."""

    run: Session
    longest_before_m: float
    share: float
    band: SpikeBand


@dataclass(frozen=True, slots=True)
class WeekChange:
    """The running distance of the last seven days next to that of the seven before."""

    last_m: float
    before_m: float
    share: float


@dataclass(frozen=True, slots=True)
class TrainingFacts:
    """What the log says up to a moment.

    Args:
        at: The moment.
        spikes: Runs that were a spike, in the weeks before the moment that count, in order.
        week: None when too little was run to say.
        runs_regularly: In most of the last weeks.
        km_week: Mean over the last weeks, the weeks without a run counted.
    """

    at: datetime
    spikes: tuple[Spike, ...]
    week: WeekChange | None
    runs_regularly: bool
    km_week: float


def training_facts(sessions: Sequence[Session], at: datetime) -> TrainingFacts:
    """Return what a log says up to a moment: when the trouble began, or now."""
    rules = numbers("load_rules")
    runs = _runs(sessions, at)
    since = at - timedelta(days=rules["onset_window_days"])
    weeks = int(rules["runner_weeks"])
    back = [int((at - run.start) / _WEEK) for run in runs]
    lately_m = sum(_way_m(run) for run, weeks_ago in zip(runs, back, strict=True) if weeks_ago < weeks)
    return TrainingFacts(
        at=at,
        spikes=tuple(spike for spike in spikes(runs) if spike.run.start >= since),
        week=_week_change(runs, at),
        runs_regularly=len({w for w in back if w < weeks}) >= rules["runner_weeks_with_run"],
        km_week=lately_m / _KM / weeks,
    )


def spikes(sessions: Sequence[Session]) -> tuple[Spike, ...]:
    """Return every run that was a spike, in order.

    A run counts only when the log goes back far enough before it, and holds enough runs in those days, to say what was
    usual.
    """
    rules = numbers("load_rules")
    window = timedelta(days=rules["spike_window_days"])
    runs = [run for run in _runs(sessions) if _way_m(run)]
    found = []
    for index, run in enumerate(runs):
        before = [r for r in runs[:index] if run.start - r.start <= window]
        is_known = run.start - runs[0].start >= timedelta(days=rules["log_least_days"])
        if not is_known or len(before) < rules["log_least_runs"]:
            continue
        longest_m = max(_way_m(r) for r in before)
        share = round(_way_m(run) / longest_m - 1, 9)  # so that 11 km is exactly 10% more than 10 km
        band = next((b for b in spike_bands() if b.above < share <= b.up_to), None)
        if band is not None:
            found.append(Spike(run, longest_m, share, band))
    return tuple(found)


def longest_next_run_m(sessions: Sequence[Session], at: datetime) -> float | None:
    """Return how long a run can be without being a spike, in metres; None when nothing was run in the days before.

    A run that was a spike itself does not raise what is usual: after one, the limit is that of before.
    """
    rules = numbers("load_rules")
    window = timedelta(days=rules["spike_window_days"])
    runs = _runs(sessions, at)
    leaps = {spike.run for spike in spikes(runs)}
    longest_m = max((_way_m(run) for run in runs if at - run.start <= window and run not in leaps), default=0.0)
    return longest_m * (1 + rules["spike_from"]) if longest_m else None


def training_answers(facts: TrainingFacts) -> tuple[Answer, ...]:
    """Return what the log answers, ready for `Case.with_answers`. The words say what it rests on."""
    answers = []
    if facts.spikes:
        largest = max(facts.spikes, key=lambda spike: spike.share)
        answers.append(_yes("onset_training_increase", spike_words(largest)))
    if facts.km_week >= numbers("load_rules")["high_load_km_week"]:
        answers.append(_yes("distance_runner_high_load", f"{facts.km_week:.0f} km a week"))
    if facts.runs_regularly:
        answers.append(_yes("runner", f"{facts.km_week:.0f} km a week"))
    return tuple(answers)


def spike_words(spike: Spike) -> str:
    """Return a spike in words."""
    way, longest = _way_m(spike.run) / _KM, spike.longest_before_m / _KM
    days = numbers("load_rules")["spike_window_days"]
    return (
        f"{way:.1f} km on {spike.run.start:%Y-%m-%d}, {spike.share:.0%} longer than the longest run "
        f"of the {days:.0f} days before ({longest:.1f} km)"
    )


def _yes(finding: str, words: str) -> Answer:
    return Answer(finding, State.YES, Origin.GIVEN, f"training log: {words}")


def _week_change(runs: Sequence[Session], at: datetime) -> WeekChange | None:
    rules = numbers("load_rules")
    last_m = sum(_way_m(run) for run in runs if at - run.start < _WEEK)
    before_m = sum(_way_m(run) for run in runs if _WEEK <= at - run.start < 2 * _WEEK)
    if before_m < rules["week_rise_least_km"] * _KM:
        return None
    return WeekChange(last_m, before_m, last_m / before_m - 1)


def is_steep(week: WeekChange) -> bool:
    """Return whether a week rose by as much as is often called too much."""
    return week.share > numbers("load_rules")["week_rise_from"]


def _runs(sessions: Sequence[Session], until: datetime | None = None) -> list[Session]:
    """Return the runs up to a moment, by their start."""
    runs = [s for s in sessions if s.sport == RUNNING and (until is None or s.start <= until)]
    return sorted(runs, key=lambda run: run.start)


def _way_m(run: Session) -> float:
    return run.distance_m or 0.0
