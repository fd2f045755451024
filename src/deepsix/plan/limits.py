"""How far to run, from the training log. A limit is no leave to run: what bars running does so anyway.

The limit of a single run rests on a study of runners. That of a week does not: the same study found no link between a
rise from week to week and injury, and its words say so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from deepsix.intake.training import Session, longest_next_run_m, training_facts
from deepsix.intake.training.loads import spike_words
from deepsix.intake.training.tables import numbers
from deepsix.knowledge.model import ESTIMATE, Knowledge
from deepsix.plan.plan import Limit, Why

_KM = 1000.0


@dataclass(frozen=True, slots=True)
class LogLimits:
    """The limits, and the runs longer than usual as reasons."""

    limits: tuple[Limit, ...] = ()
    reasons: tuple[Why, ...] = ()


def log_limits(knowledge: Knowledge, sessions: Sequence[Session], at: datetime, may_run: bool) -> LogLimits:
    """Return what a training log limits at a moment.

    Args:
        may_run: Running is in the plan. If not, the limits are said for when it comes back.
    """
    if not sessions:
        return LogLimits()
    words, facts, rules = knowledge.words, training_facts(sessions, at), numbers("load_rules")
    when = words["plan.limit_now" if may_run else "plan.limit_later"]
    limits = []
    next_run_m = longest_next_run_m(sessions, at)
    if next_run_m:
        text = words["plan.limit_run"].format(
            when=when, km=next_run_m / _KM, share=rules["spike_from"], days=rules["spike_window_days"]
        )
        limits.append(Limit("longest_run", next_run_m, text, "schuster_brandt_2025"))
    if facts.km_week > 0:
        week_km = facts.km_week * (1 + rules["week_rise_from"])
        text = words["plan.limit_week"].format(
            when=when, km=week_km, share=rules["week_rise_from"], usual=facts.km_week
        )
        limits.append(Limit("week", week_km * _KM, text, ESTIMATE))
    reasons = tuple(
        Why(words["plan.spike"].format(run=spike_words(spike), ratio=spike.band.hazard_ratio), spike.band.source)
        for spike in facts.spikes
    )
    return LogLimits(tuple(limits), reasons)
