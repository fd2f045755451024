"""Which remedies a person gets: those that fit the likely causes, less those that anything bars, the best fit first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from deepsix.knowledge.care import BACKING_STRENGTHS, STAGES, Remedy
from deepsix.plan.barring import barriers
from deepsix.plan.plan import LeftOut, Stretch
from deepsix.plan.situation import Situation
from deepsix.plan.stretching import best_stretch, target_parts

_FOR_ANYONE = 0.01  # ranks what suits everybody behind what was chosen for a cause; not a probability
_NOT_TASKS = ("see_someone", "avoid")


@dataclass(frozen=True, slots=True)
class Choice:
    """A remedy that fits, how much it matters, and for which likely causes."""

    remedy: Remedy
    weight: float
    causes: tuple[str, ...]
    stage: str
    stretch: Stretch | None = None


@dataclass(frozen=True, slots=True)
class Chosen:
    """What fits and may be given, in order, and what would fit but may not."""

    allowed: tuple[Choice, ...]
    left_out: tuple[LeftOut, ...]


def choose(situation: Situation, kit: frozenset[str], avoid: tuple[Remedy, ...]) -> Chosen:
    """Return the remedies to do, split by whether anything bars them.

    Args:
        avoid: What to leave alone: kinds that it holds come in only after its last stage, or not at all.
    """
    parts = {name: target_parts(situation, name) for name in situation.likely}
    allowed, left_out = [], []
    for remedy in situation.knowledge.remedies.values():
        if remedy.kind in _NOT_TASKS:
            continue
        choice = _fit(situation, remedy, parts)
        if choice is None:
            continue
        barred = barriers(situation, remedy, kit)
        left_out += barred[:1]
        stage = _held_until(remedy, avoid)
        if not barred and stage is not None:
            allowed.append(replace(choice, stage=stage))
    return Chosen(tuple(sorted(allowed, key=_order)), tuple(left_out))


def in_stage(choice: Choice, stage: str) -> bool:
    """Return whether a remedy has its place in a stage."""
    return STAGES.index(choice.stage) <= STAGES.index(stage) <= STAGES.index(choice.remedy.until)


def _held_until(remedy: Remedy, avoid: tuple[Remedy, ...]) -> str | None:
    """Return the stage in which a remedy comes in, or None when what holds it never ends before the remedy does."""
    first = STAGES.index(remedy.stage)
    for holder in avoid:
        if remedy.kind in holder.holds:
            first = max(first, STAGES.index(holder.until) + 1)
    return STAGES[first] if first <= STAGES.index(remedy.until) else None


def for_today(situation: Situation, allowed: tuple[Choice, ...], stage: str) -> list[Choice]:
    """Return what to do today: no more of each kind, and no more exercises in all, than a person will do.

    Exercises that came in with this stage go first, or a full day of earlier ones would keep them out.
    """
    care = situation.knowledge.care
    left = int(care.setting("most_exercises"))
    room = {kind.id: kind.most_in_a_day for kind in care.kinds}
    today: list[Choice] = []
    for choice in sorted(allowed, key=lambda choice: choice.stage != stage):
        kind = choice.remedy.kind
        exercise = care.kind(kind).exercise
        if not in_stage(choice, stage) or room[kind] <= 0 or (exercise and left <= 0):
            continue
        room[kind] -= 1
        left -= exercise
        today.append(choice)
    return _in_order(today, [kind.id for kind in care.kinds])


def _in_order(today: list[Choice], kinds: list[str]) -> list[Choice]:
    """Return the day in the order of kinds, the best fit first within one, but for what comes after another (B11)."""
    names = {choice.remedy.id for choice in today}

    def place(choice: Choice) -> tuple[int, bool, tuple[float, int, str]]:
        return kinds.index(choice.remedy.kind), bool(names.intersection(choice.remedy.after)), _order(choice)

    return sorted(today, key=place)


def _fit(situation: Situation, remedy: Remedy, parts: Mapping[str, tuple[str, ...]]) -> Choice | None:
    if remedy.by_hip:
        return _fit_by_hip(situation, remedy, parts)
    causes = tuple(name for name in situation.likely if name in remedy.conditions)
    if not causes and not remedy.anyone:
        return None
    # What serves few causes says more about this one than what serves half of all, such as a warm pack.
    weight = situation.total(causes) / max(1, len(remedy.conditions)) ** 0.5
    return Choice(remedy, weight + _FOR_ANYONE * remedy.anyone, causes, remedy.stage)


def _fit_by_hip(situation: Situation, remedy: Remedy, parts: Mapping[str, tuple[str, ...]]) -> Choice | None:
    found = []
    for condition, wanted in parts.items():
        ranked = best_stretch(situation.knowledge.care, remedy.picture, wanted) if wanted else None
        if ranked is not None:
            weight = situation.probability[condition] * ranked.score
            found.append(Choice(remedy, weight, (condition,), remedy.stage, ranked.stretch))
    return max(found, key=lambda choice: choice.weight, default=None)


def _order(choice: Choice) -> tuple[float, int, str]:
    strengths = [BACKING_STRENGTHS.index(backing.strength) for backing in choice.remedy.evidence]
    return -round(choice.weight, 6), min(strengths, default=len(BACKING_STRENGTHS)), choice.remedy.id
