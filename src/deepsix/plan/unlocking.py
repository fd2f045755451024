"""Which questions, answered no, would bring a remedy into the plan that waits for answers.

What is offered has been tried: the case is weighed again with every one of them answered no, and the remedy has to
come in. So the list is never a promise that the next plan breaks. A yes to any of them keeps the remedy out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from deepsix.case import Answer, Origin, Setting, State
from deepsix.diagnosis.engine import weigh
from deepsix.knowledge.care import Remedy
from deepsix.knowledge.model import Urgency
from deepsix.plan.barring import barriers
from deepsix.plan.choosing import choose
from deepsix.plan.handover import avoided
from deepsix.plan.plan import Question, Unlock
from deepsix.plan.situation import Situation, situation_weighed

# What happens and what hurts can be told with a plain no. How it began, its course and its kind cannot.
_PLAIN = ("signs", "triggers", "where", "history")
_MORE_AT_A_TIME = 2  # questions added before trying again: one at a time would be slow, all at once would ask too much


def unlocks(situation: Situation, setting: Setting, kit: frozenset[str], left_out: Iterable[str]) -> tuple[Unlock, ...]:
    """Return the remedies among those left out that a few answers would bring in, each with its questions."""
    if situation.urgency >= Urgency.URGENT_SAME_DAY:
        return ()
    remedies = situation.knowledge.remedies
    waiting = [remedies[name] for name in left_out if remedies[name].must_be_no]
    return tuple(unlock for remedy in waiting if (unlock := _unlock(situation, setting, kit, remedy)) is not None)


def _unlock(situation: Situation, setting: Setting, kit: frozenset[str], remedy: Remedy) -> Unlock | None:
    case, findings = situation.case, situation.knowledge.findings
    if any(entry.cause not in ("answer_first", "bar", "urgency") for entry in barriers(situation, remedy, kit)):
        return None
    if any(situation.there(bar.findings) for bar in remedy.never_with):
        return None
    needed = [name for name in remedy.must_be_no if case.state(name) is not State.NO]
    if any(case.state(name) is State.YES for name in needed):
        return None
    most = int(situation.knowledge.care.setting("unlock_questions"))
    more = [name for name in _telling(situation, remedy) if name not in needed]
    every = [*needed, *more][:most]
    for count in range(len(needed), len(every) + _MORE_AT_A_TIME, _MORE_AT_A_TIME):
        asked = every[:count]
        if asked and _brings_in(situation, setting, kit, remedy, asked):
            return Unlock(remedy.id, remedy.title, tuple(Question(name, findings[name].question) for name in asked))
    return None


def _brings_in(
    situation: Situation, setting: Setting, kit: frozenset[str], remedy: Remedy, asked: Iterable[str]
) -> bool:
    answered = situation.case.with_answers(*(Answer(name, State.NO, Origin.ASKED) for name in asked))
    then = situation_weighed(situation.knowledge, weigh(situation.knowledge, answered, setting))
    allowed = choose(then, kit, avoided(then)).allowed
    return any(choice.remedy.id == remedy.id for choice in allowed)


def _telling(situation: Situation, remedy: Remedy) -> list[str]:
    """Return unanswered findings whose no speaks most against what bars the remedy, the most telling first."""
    weight: dict[str, float] = {}
    for finding, amount in _weights(situation, remedy):
        if situation.knowledge.findings[finding].file in _PLAIN and situation.case.state(finding) is None:
            weight[finding] = weight.get(finding, 0.0) + amount
    return sorted(weight, key=lambda finding: (-weight[finding], finding))


def _weights(situation: Situation, remedy: Remedy) -> Iterator[tuple[str, float]]:
    for bar in remedy.never_with:
        if situation.total(bar.conditions) < bar.threshold:
            continue
        for name in bar.conditions:
            for link in situation.knowledge.conditions[name].links:
                more_often = link.probability.value - situation.knowledge.findings[link.finding].background.value
                yield link.finding, situation.probability.get(name, 0.0) * more_often
