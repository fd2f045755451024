"""Whom to see, with what in hand (B25): the hand-overs of a plan, and what to leave alone until then."""

from __future__ import annotations

from collections.abc import Iterator

from deepsix.knowledge.care import STAGES, Remedy
from deepsix.knowledge.model import Urgency
from deepsix.plan.plan import Avoid, HandOver, Why
from deepsix.plan.situation import Situation

_PER_GRAVITY = 100.0  # one step of danger outweighs any number of signs


def hand_overs(situation: Situation) -> tuple[HandOver, ...]:
    """Return whom to see, the best fit first. There is always one, in self-care for later if it does not go away."""
    care = situation.knowledge.care
    ranked = every = sorted(_fitting(situation), key=lambda pair: (-pair[0], pair[1].id))
    if situation.urgency >= Urgency.URGENT_SAME_DAY:  # beside a grave helper no lesser one
        ranked = [pair for pair in ranked if pair[0] // _PER_GRAVITY == ranked[0][0] // _PER_GRAVITY]
    most = care.kind("see_someone").most_in_a_day
    picked = [remedy for _, remedy in ranked[:most]]
    own = _own_helper(situation, [remedy for _, remedy in every])
    if own is not None and own not in picked:
        picked = [*picked[: most - 1], own]
    return tuple(_hand_over(remedy) for remedy in picked)


def _own_helper(situation: Situation, ranked: list[Remedy]) -> Remedy | None:
    """Return the best helper for the likeliest cause when that is why someone has to be seen this soon.

    Signs can point elsewhere, such as a lump in the groin beside a torn tendon there; then both are named.
    """
    if not situation.likely or situation.urgency is Urgency.SELF_CARE:
        return None
    lead = situation.likely[0]
    if situation.knowledge.conditions[lead].urgency < situation.urgency:
        return None
    return next((remedy for remedy in ranked if lead in remedy.conditions), None)


def avoided(situation: Situation) -> tuple[Remedy, ...]:
    """Return what to leave alone: for the likely causes, for grave ones that are possible, and for signs there are."""
    care = situation.knowledge.care
    ranked: list[tuple[float, Remedy]] = []
    for remedy in situation.knowledge.remedies.values():
        if remedy.kind != "avoid":
            continue
        signs = len(situation.there(remedy.signs))
        grave = situation.total(_needing(situation, remedy, Urgency.URGENT_SAME_DAY))
        likely = situation.total(name for name in situation.likely if name in remedy.conditions)
        if situation.urgency >= Urgency.URGENT_SAME_DAY:
            likely = 0.0  # in the hours until someone is seen only what is grave matters
        if signs or likely or remedy.anyone or grave >= care.setting("avoid_grave_from"):
            ranked.append((signs + grave + likely, remedy))
    ranked.sort(key=lambda pair: (-round(pair[0], 6), pair[1].id))
    return tuple(remedy for _, remedy in ranked)


def avoid_now(situation: Situation, avoid: tuple[Remedy, ...], stage: str) -> tuple[Avoid, ...]:
    """Return what to leave alone in a stage, in words; no more than a person will read."""
    most = situation.knowledge.care.kind("avoid").most_in_a_day
    now = [remedy for remedy in avoid if STAGES.index(stage) <= STAGES.index(remedy.until)]
    return tuple(Avoid(r.id, r.title, r.steps, backing(r)) for r in now[:most])


def backing(remedy: Remedy) -> tuple[Why, ...]:
    """Return what the sources of a remedy showed."""
    return tuple(Why(entry.shown, entry.source, entry.strength) for entry in remedy.evidence)


def _fitting(situation: Situation) -> Iterator[tuple[float, Remedy]]:
    """Yield the helpers that fit with their weight: signs count most, then how probable their causes are."""
    least = situation.knowledge.care.setting("hand_over_from")
    for remedy in situation.knowledge.remedies.values():
        if remedy.kind != "see_someone" or not _right_age(situation, remedy):
            continue
        if not remedy.from_level <= situation.urgency <= remedy.up_to:
            continue
        if situation.urgency is Urgency.SELF_CARE:
            if remedy.anyone:
                yield situation.total(name for name in situation.likely if name in remedy.conditions), remedy
            continue
        signs = situation.there(remedy.signs)
        total = situation.total(_needing(situation, remedy, Urgency.CLINICIAN_SOON))
        if signs or total >= least:
            grave = max((_danger(situation, sign) for sign in signs), default=0)
            yield _PER_GRAVITY * grave + len(signs) + total, remedy
        elif remedy.anyone:
            yield 0.0, remedy


def _needing(situation: Situation, remedy: Remedy, level: Urgency) -> Iterator[str]:
    """Yield those of a remedy's conditions that need a level of help or a higher one."""
    known = situation.knowledge.conditions
    return (name for name in remedy.conditions if known[name].urgency >= level)


def _danger(situation: Situation, finding: str) -> int:
    danger = situation.knowledge.findings[finding].danger
    return int(danger) if danger is not None else 0


def _right_age(situation: Situation, remedy: Remedy) -> bool:
    return situation.case.age is None or situation.case.age >= remedy.age_from


def _hand_over(remedy: Remedy) -> HandOver:
    return HandOver(remedy.id, remedy.title, remedy.whom, remedy.steps, remedy.bring, remedy.ask, backing(remedy))
