"""When an assessment needs a fresh look: new danger signs, getting worse, or no progress by the expected time.

- **Danger**: a danger sign that the case does not hold yet. At once, whatever else is better.
- **Worse**: much worse than at the first check-in; or worse, on two check-ins in a row, than on the one before them.
  One bad day after activity is common and does not count.
- **No progress**: the expected time has passed and nothing is better beyond noise.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from deepsix.case import Case, State
from deepsix.followup.change import Verdict, judge_change
from deepsix.followup.checkin import CheckIn
from deepsix.followup.rules import ChangeRules

DANGER, WORSE, NO_PROGRESS = "danger_sign", "worse", "no_progress"


@dataclass(frozen=True, slots=True)
class ReasonToReopen:
    """One reason: its kind, in plain words, and the findings that are new."""

    kind: str
    words: str
    findings: tuple[str, ...] = ()


def reasons_to_reopen(
    rules: ChangeRules,
    case: Case,
    assessed_at: datetime,
    checkins: Sequence[CheckIn],
    expected_by: datetime | None = None,
) -> tuple[ReasonToReopen, ...]:
    """Return why the assessment of a case needs a fresh look after the last of these check-ins, the gravest first.

    Args:
        rules: From `load_change_rules()`.
        case: What was assessed.
        assessed_at: When.
        checkins: All since then, in order, the newest last. At least one.
        expected_by: When the plan or forecast expects it to be better; the usual time unless said.
    """
    by = expected_by or assessed_at + timedelta(days=rules.numbers["expected_days"])
    found = (_danger(case, checkins[-1]), _worse(rules, checkins), _no_progress(rules, checkins, by))
    return tuple(reason for reason in found if reason is not None)


def _danger(case: Case, now: CheckIn) -> ReasonToReopen | None:
    new = tuple(sign for sign in now.danger_signs if case.state(sign) is not State.YES)
    return ReasonToReopen(DANGER, "There is a new sign that needs care soon.", new) if new else None


def _worse(rules: ChangeRules, checkins: Sequence[CheckIn]) -> ReasonToReopen | None:
    first, now = checkins[0], checkins[-1]
    if judge_change(rules, first, now, checkins).overall is Verdict.MUCH_WORSE:
        return ReasonToReopen(WORSE, "It is much worse than at the start.")
    row = int(rules.numbers["worse_in_a_row"])
    if len(checkins) <= row:
        return None
    before = checkins[-row - 1]
    if all(judge_change(rules, before, later, checkins).overall.is_worse for later in checkins[-row:]):
        return ReasonToReopen(WORSE, f"It has been worse {row} check-ins in a row.")
    return None


def _no_progress(rules: ChangeRules, checkins: Sequence[CheckIn], by: datetime) -> ReasonToReopen | None:
    first, now = checkins[0], checkins[-1]
    if now.at < by or now.pain_worst < rules.minimal["pain", "minimal"].points:
        return None
    if judge_change(rules, first, now, checkins).overall.is_better:
        return None
    return ReasonToReopen(NO_PROGRESS, "It should be getting better by now, and it is not.")
