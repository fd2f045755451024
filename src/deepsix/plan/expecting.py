"""By when it should be clearly better: the published recovery time of the likeliest cause that has one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from deepsix.knowledge.model import ESTIMATE
from deepsix.plan.plan import Why
from deepsix.plan.situation import Situation


@dataclass(frozen=True, slots=True)
class Expectation:
    """Days from the assessment until it should be clearly better, for which cause ('' for none), and why."""

    days: int
    condition: str
    why: Why


def expectation(situation: Situation) -> Expectation:
    """Return how long care may take before no progress needs a fresh look.

    The likeliest cause counts, not the slowest: if it was that, it should be better by then.
    """
    care = situation.knowledge.care
    for name in situation.likely:
        for recovery in care.recoveries:
            if name in recovery.conditions:
                return Expectation(recovery.days, name, Why(recovery.text, recovery.source))
    days = int(care.setting("review_after_days"))
    text = situation.knowledge.words["plan.review_usual"].format(days=days)
    return Expectation(days, "", Why(text, ESTIMATE))


def review_day(expected: Expectation, begun: date, day: date) -> date:
    """Return the next day on which such a time since the beginning is over; `day` itself counts."""
    spans = max(1, -((begun - day).days // expected.days))
    return begun + timedelta(days=spans * expected.days)
