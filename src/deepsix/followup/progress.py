"""What a check-in says to the gates of a stage. What was not told is None, and None opens no gate."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from statistics import fmean, median

from deepsix.followup.checkin import CheckIn
from deepsix.followup.rules import ChangeRules
from deepsix.plan.progression import Progress


def progress_of(rules: ChangeRules, checkins: Sequence[CheckIn], since: datetime) -> Progress:
    """Return how it goes by the last of these check-ins.

    Args:
        rules: From `load_change_rules()`.
        checkins: All so far, in order; at least one.
        since: When the stage began.
    """
    now, earlier = checkins[-1], checkins[:-1]
    usual = usual_morning(rules, earlier)
    morning = now.pain_next_morning
    return Progress(
        pain_during=now.pain_during,
        pain_next_morning=morning,
        morning_rise=None if usual is None or morning is None else morning - usual,
        function=function_of(earlier, now),
        days=whole_days(since, now.at),
    )


def usual_morning(rules: ChangeRules, earlier: Sequence[CheckIn]) -> float | None:
    """Return the middle of the last mornings that were told, None when none was."""
    told = [checkin.pain_next_morning for checkin in earlier if checkin.pain_next_morning is not None]
    last = told[-int(rules.numbers["usual_mornings"]) :]
    return float(median(last)) if last else None


def function_of(earlier: Sequence[CheckIn], now: CheckIn) -> float | None:
    """Return the mean score of the own-worded goals; None when one scored the last time is not scored now.

    Without that rule, leaving out the goal that goes badly would move someone on.
    """
    scores = {_key(goal.words): goal.score for goal in now.goals}
    before = next((checkin.goals for checkin in reversed(earlier) if checkin.goals), ())
    if not scores or any(_key(goal.words) not in scores for goal in before):
        return None
    return fmean(scores.values())


def whole_days(since: datetime, at: datetime) -> int:
    """Return the days between two moments, to the nearest whole one: people check in a little earlier or later."""
    return round((at - since) / timedelta(days=1))


def _key(words: str) -> str:
    return words.strip().casefold()
