"""Better, the same or worse: the change between two check-ins, judged against measurement noise.

A change counts when it is at least the published minimal change and, once there are enough check-ins, more than this
person's ratings jump by themselves. "Better" asks for the points and the share (Salaffi 2004: one point, 15%); "worse"
for the points alone, so that getting worse is seen no later than getting better.

Pain is judged on the mean of the ratings told both times (now, worst, next morning): one rating alone jumps more. What
a person says of themselves on the whole is taken as said.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from statistics import fmean, stdev

from deepsix.followup.checkin import CheckIn
from deepsix.followup.rules import ChangeRules, MinimalChange

PAIN_RATINGS = ("pain_now", "pain_worst", "pain_next_morning")


class Verdict(StrEnum):
    """What became of a measure. "Same" means no change beyond noise."""

    MUCH_BETTER = "much_better"
    BETTER = "better"
    SAME = "same"
    WORSE = "worse"
    MUCH_WORSE = "much_worse"

    @property
    def is_better(self) -> bool:
        return self in (Verdict.BETTER, Verdict.MUCH_BETTER)

    @property
    def is_worse(self) -> bool:
        return self in (Verdict.WORSE, Verdict.MUCH_WORSE)


@dataclass(frozen=True, slots=True)
class MeasureChange:
    """One measure: `improvement` in points (negative is worse), and the least improvement that would have counted."""

    measure: str
    improvement: float
    counts_from: float
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Judgement:
    """The change on the whole, and each measure it rests on."""

    overall: Verdict
    measures: tuple[MeasureChange, ...]


def judge_change(rules: ChangeRules, before: CheckIn, now: CheckIn, earlier: Sequence[CheckIn] = ()) -> Judgement:
    """Return how someone is now next to how they were before.

    Args:
        rules: From `load_change_rules()`.
        before, now: The two check-ins.
        earlier: All check-ins of the same trouble so far, in order, for how much this person's ratings jump.
    """
    pain = _measure(rules, "pain", before, now, _pain_pair, earlier)
    goals = _measure(rules, "goals", before, now, _goal_pair, earlier)
    measures = tuple(m for m in (pain, goals, _global(rules, now)) if m is not None)
    return Judgement(_overall([m.verdict for m in measures]), measures)


def _overall(verdicts: Sequence[Verdict]) -> Verdict:
    """Return the change on the whole. Opposite changes are "same", but a measure that is much worse is not hidden."""
    better, worse = [v for v in verdicts if v.is_better], [v for v in verdicts if v.is_worse]
    if worse and (not better or Verdict.MUCH_WORSE in worse):
        return Verdict.MUCH_WORSE if Verdict.MUCH_WORSE in worse else Verdict.WORSE
    if better and not worse:
        return Verdict.MUCH_BETTER if Verdict.MUCH_BETTER in better else Verdict.BETTER
    return Verdict.SAME


Pair = Callable[[CheckIn, CheckIn], tuple[float, float] | None]


def _pain_pair(before: CheckIn, now: CheckIn) -> tuple[float, float] | None:
    """Return the mean pain at both times over the ratings told at both, turned so that more is better."""
    both = [(getattr(before, name), getattr(now, name)) for name in PAIN_RATINGS]
    told = [(b, n) for b, n in both if b is not None and n is not None]
    return (-fmean(b for b, _ in told), -fmean(n for _, n in told)) if told else None


def _goal_pair(before: CheckIn, now: CheckIn) -> tuple[float, float] | None:
    """Return the mean score at both times over the goals with the same words."""
    scores = {goal.words.strip().casefold(): goal.score for goal in before.goals}
    told = [(scores[k], goal.score) for goal in now.goals if (k := goal.words.strip().casefold()) in scores]
    return (fmean(b for b, _ in told), fmean(n for _, n in told)) if told else None


def _measure(
    rules: ChangeRules, name: str, before: CheckIn, now: CheckIn, pair: Pair, earlier: Sequence[CheckIn]
) -> MeasureChange | None:
    figures = pair(before, now)
    if figures is None:
        return None
    improvement = figures[1] - figures[0]
    noise = own_noise(rules, earlier, pair)
    level = abs(figures[0])
    minimal, much = (rules.minimal[name, kind] for kind in ("minimal", "much"))
    better_from = max(_both(minimal, level), noise)
    verdict = _verdict(improvement, better_from, _both(much, level), max(minimal.points, noise), much.points)
    return MeasureChange(name, improvement, better_from, verdict)


def _both(least: MinimalChange, level: float) -> float:
    return max(least.points, least.share * level)


def _verdict(
    improvement: float, better_from: float, much_better_from: float, worse_from: float, much_worse_from: float
) -> Verdict:
    close = 1e-9  # means of whole numbers
    if improvement >= better_from - close:
        return Verdict.MUCH_BETTER if improvement >= much_better_from - close else Verdict.BETTER
    if -improvement >= worse_from - close:
        return Verdict.MUCH_WORSE if -improvement >= much_worse_from - close else Verdict.WORSE
    return Verdict.SAME


def _global(rules: ChangeRules, now: CheckIn) -> MeasureChange | None:
    if now.global_change is None:
        return None
    minimal, much = rules.minimal["global", "minimal"].points, rules.minimal["global", "much"].points
    steps = float(now.global_change.steps)
    return MeasureChange("global", steps, minimal, _verdict(steps, minimal, much, minimal, much))


def own_noise(rules: ChangeRules, checkins: Sequence[CheckIn], pair: Pair) -> float:
    """Return how large a difference between two check-ins chance alone explains for this person, 0 when not known.

    The spread of the steps from one check-in to the next about their own mean, so that steady recovery is not noise.
    """
    steps = [
        figures[1] - figures[0] for before, now in pairwise(checkins) if (figures := pair(before, now)) is not None
    ]
    if len(steps) + 1 < rules.numbers["own_noise_checkins"]:
        return 0.0
    spread = stdev(steps)
    return rules.numbers["own_noise_sd"] * spread if math.isfinite(spread) else 0.0
