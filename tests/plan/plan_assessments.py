"""Generated assessments: any mix of answers, ages, sexes, advice and probabilities, likelier or not.

They do not come from the engine, so that mixes it would never give are tried as well. Half of them aim at one remedy:
a cause it is for is likely, and often something that bars it is there, or just not.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

from deepsix.case import Answer, Case, State
from deepsix.diagnosis.assessment import Assessment, Method, RankedCause
from deepsix.diagnosis.urgency import UrgencyAdvice, UrgencyReason
from deepsix.knowledge import Knowledge, Urgency
from deepsix.knowledge.care import Remedy


def generated_assessments(knowledge: Knowledge, count: int, seed: int) -> Iterator[Assessment]:
    """Yield so many assessments; the same seed gives the same ones."""
    chance = random.Random(seed)
    remedies = [r for r in knowledge.remedies.values() if r.kind not in ("see_someone", "avoid")]
    for _ in range(count):
        yield _one(knowledge, chance, chance.choice(remedies) if chance.random() < 0.5 else None)


def random_case(knowledge: Knowledge, chance: random.Random) -> Case:
    """Return a case with random answers, age and sex, for the engine to assess."""
    names = chance.sample(sorted(knowledge.findings), chance.randint(0, 10))
    answers = {name: Answer(name, chance.choice(list(State))) for name in names}
    return Case(_age(chance), chance.choice([None, "female", "male"]), answers)


def _one(knowledge: Knowledge, chance: random.Random, aim: Remedy | None) -> Assessment:
    probability = {name: chance.random() ** 6 * 0.005 for name in knowledge.conditions}
    for name in chance.sample(sorted(probability), chance.randint(0, 3)):
        probability[name] = chance.random()
    case = random_case(knowledge, chance)
    if aim is not None:
        case = _aimed(knowledge, chance, aim, case, probability)
    ranked = sorted(probability.items(), key=lambda item: (-item[1], item[0]))
    level = chance.choices(list(Urgency), weights=(5, 3, 1, 1))[0] if aim is None else aim.up_to
    return Assessment(
        case=case,
        setting="community",
        knowledge_version=knowledge.version,
        causes=tuple(RankedCause(name, p, 0.0, 1.0) for name, p in ranked),
        none_of_these=0.0,
        urgency=UrgencyAdvice(level, (UrgencyReason(level, "Generated.", (), "estimate"),)),
        method=Method(True, 0.0),
        notices=(),
    )


def _aimed(knowledge: Knowledge, chance: random.Random, aim: Remedy, case: Case, probability: dict[str, float]) -> Case:
    wanted = aim.conditions or tuple(c for target in knowledge.care.targets for c in target.conditions)
    if wanted:
        probability[chance.choice(wanted)] = chance.uniform(0.1, 1.0)
    answers = [Answer(name, State.NO) for name in aim.must_be_no]
    if answers and chance.random() < 0.5:
        answers[chance.randrange(len(answers))] = Answer(chance.choice(aim.must_be_no), chance.choice(list(State)))
    bars = [*aim.never_with, *knowledge.care.posture_bars]
    if bars and chance.random() < 0.6:
        bar = chance.choice(bars)
        if bar.conditions and chance.random() < 0.5:
            probability[chance.choice(bar.conditions)] = bar.threshold * chance.uniform(0.5, 1.5) % 1.0
        elif bar.findings:
            answers.append(Answer(chance.choice(bar.findings), chance.choice(list(State))))
    if aim.caution_with and chance.random() < 0.3:
        answers.append(Answer(chance.choice(aim.caution_with).finding, chance.choice(list(State))))
    few = dict(chance.sample(sorted(case.answers.items()), min(2, len(case.answers))))
    age = case.age if chance.random() < 0.2 else chance.randint(16, 80)
    return Case(age, case.sex, few).with_answers(*answers)


def _age(chance: random.Random) -> int | None:
    return None if chance.random() < 0.15 else chance.randint(5, 95)
