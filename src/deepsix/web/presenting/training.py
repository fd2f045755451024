"""The training page: what was read from a file, and what the log says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from deepsix.case import Case
from deepsix.diagnosis import wording
from deepsix.intake.training import Session, longest_next_run_m, training_answers, training_facts
from deepsix.intake.training.loads import is_steep, spike_words
from deepsix.knowledge.model import Knowledge
from deepsix.records.words import load_words
from deepsix.web.presenting.my_data import SessionView, distance_words, session_views, time_words

SHOWN = 12
_KM = 1000.0


@dataclass(frozen=True, slots=True)
class ReadView:
    """What a file held: how many sessions, how many of them new, and their sums."""

    name: str
    sessions: int
    fresh: int
    distance: str
    time: str
    climb: str


def read_record(name: str, sessions: Sequence[Session], fresh: int) -> dict[str, str | int]:
    """Return what a file held as plain values, to be shown on the next page."""
    climbs = [session.climb_m for session in sessions if session.climb_m is not None]
    ways = [session.distance_m for session in sessions if session.distance_m is not None]
    return {
        "name": name,
        "sessions": len(sessions),
        "fresh": fresh,
        "distance": distance_words(sum(ways)) if ways else "",
        "time": time_words(sum(session.duration_s for session in sessions)),
        "climb": f"{sum(climbs):.0f} m" if climbs else "",
    }


@dataclass(frozen=True, slots=True)
class LogView:
    """What the log says: long runs with their source, the weeks, the next run, and what is news to the case."""

    sessions: tuple[SessionView, ...]
    count: int
    spikes: tuple[str, ...]
    week: str
    is_steep: bool
    steep_words: str
    next_run: str
    news: tuple[str, ...]


def log_view(knowledge: Knowledge, sessions: Sequence[Session], case: Case | None, now: datetime) -> LogView:
    """Return what a training log says at a moment; `case` is what the result rests on, None when there is none."""
    words, facts = load_words()["training"], training_facts(sessions, now)
    next_run_m = longest_next_run_m(sessions, now)
    known = case.answers if case is not None else {}
    return LogView(
        sessions=session_views(tuple(sessions[: -SHOWN - 1 : -1])),
        count=len(sessions),
        spikes=tuple(
            words["spike"].format(
                words=spike_words(spike),
                ratio=spike.band.hazard_ratio,
                low=spike.band.low,
                high=spike.band.high,
                source=wording.source_words(knowledge, spike.band.source),
            )
            for spike in facts.spikes
        ),
        week=words["week"].format(last=facts.week.last_m / _KM, before=facts.week.before_m / _KM) if facts.week else "",
        is_steep=facts.week is not None and is_steep(facts.week),
        steep_words=words["week_steep"],
        next_run=words["next_run"].format(km=next_run_m / _KM) if next_run_m is not None else "",
        news=tuple(
            f"{knowledge.findings[answer.finding].name} ({answer.words})"
            for answer in training_answers(facts)
            if answer.finding not in known
        ),
    )
