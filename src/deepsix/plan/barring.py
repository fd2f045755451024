"""What takes a remedy out of a plan. Each rule can only take away, so of two needs in conflict the safer one wins."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from deepsix.case import State
from deepsix.hip.positions import load_positions
from deepsix.knowledge.care import Bar, Remedy
from deepsix.knowledge.model import ESTIMATE
from deepsix.plan.plan import LeftOut
from deepsix.plan.situation import Situation


def barriers(situation: Situation, remedy: Remedy, kit: frozenset[str]) -> list[LeftOut]:
    """Return every reason why a remedy may not be given now, the gravest kind first; none when it may."""
    return [
        *_too_urgent(situation, remedy),
        *_too_young(situation, remedy),
        *_bars(situation, remedy),
        *_posture(situation, remedy),
        *_answer_first(situation, remedy),
        *_ask_first(situation, remedy),
        *_kit(situation, remedy, kit),
    ]


def applies(situation: Situation, bar: Bar) -> tuple[str, ...]:
    """Return the findings and conditions for which a bar applies, or nothing when it does not."""
    signs = situation.there(bar.findings)
    if situation.total(bar.conditions) < bar.threshold:
        return signs
    leading = sorted(bar.conditions, key=lambda condition: -situation.probability.get(condition, 0.0))
    return (*signs, *leading[:2])


def _left_out(remedy: Remedy, cause: str, text: str, because: Iterable[str] = (), source: str = ESTIMATE) -> LeftOut:
    return LeftOut(remedy.id, remedy.title, cause, text, tuple(because), source)


def _too_urgent(situation: Situation, remedy: Remedy) -> Iterator[LeftOut]:
    if situation.urgency > remedy.up_to:
        yield _left_out(remedy, "urgency", situation.knowledge.words["plan.not_before_seen"])


def _too_young(situation: Situation, remedy: Remedy) -> Iterator[LeftOut]:
    if situation.case.age is not None and situation.case.age < remedy.age_from:
        text = situation.knowledge.words["plan.not_before_age"].format(age=remedy.age_from)
        yield _left_out(remedy, "age", text)


def _bars(situation: Situation, remedy: Remedy) -> Iterator[LeftOut]:
    for bar in remedy.never_with:
        if because := applies(situation, bar):
            yield _left_out(remedy, "bar", bar.reason, because, bar.source)


def _posture(situation: Situation, remedy: Remedy) -> Iterator[LeftOut]:
    position = load_positions().get(remedy.picture)
    if position is None or position.kind != "stretch":
        return
    for bar in situation.knowledge.care.posture_bars:
        if bar.forbids(position.angles_deg) and (because := applies(situation, bar)):
            yield _left_out(remedy, "bar", bar.reason, because, bar.source)


def _answer_first(situation: Situation, remedy: Remedy) -> Iterator[LeftOut]:
    open_questions = [name for name in remedy.must_be_no if situation.case.state(name) is not State.NO]
    if open_questions:
        names = "; ".join(situation.knowledge.findings[name].name for name in open_questions)
        text = situation.knowledge.words["plan.answer_first"].format(findings=names)
        yield _left_out(remedy, "answer_first", text, open_questions)


def _ask_first(situation: Situation, remedy: Remedy) -> Iterator[LeftOut]:
    for caution in remedy.caution_with:
        if caution.ask_first and situation.is_there(caution.finding):
            yield _left_out(remedy, "ask_first", caution.text, (caution.finding,), caution.source)


def _kit(situation: Situation, remedy: Remedy, kit: frozenset[str]) -> Iterator[LeftOut]:
    names = dict(situation.knowledge.care.items)
    missing = [entry for entry in remedy.kit if not kit.intersection(entry)]
    if missing:
        needed = "; ".join(" or ".join(names[item] for item in entry) for entry in missing)
        yield _left_out(remedy, "kit", situation.knowledge.words["plan.needs_kit"].format(kit=needed))
