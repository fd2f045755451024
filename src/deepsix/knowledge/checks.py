"""Asks whether the network, built from many sources, still reproduces the published pairs behind it.

A noisy-OR network cannot agree with every study: it has one background for each finding, its numbers come
from several studies that differ, and some studies flatter their test. `model_pairs` puts the model's own
sensitivity and specificity beside each published pair and says, where they part, why. A pair that parts from
its study for no stated reason is a fault in a condition file, not in the study.

What the model says is computed here from links and backgrounds alone, so that it shares no code with the
engine that `deepsix assess` uses. Lasting facts (risks) enter by their share of people and their ratio.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from deepsix.knowledge.model import Condition, Estimate, Knowledge, PublishedPair

WITHIN = 0.10  # how near is near enough when the study gives no interval and no numbers to compute one from


@dataclass(frozen=True, slots=True)
class ModelPair:
    """A published pair with what the model says; `why` is '' when both figures are reproduced.

    `*_agrees` is None when the study does not give that figure.
    """

    published: PublishedPair
    sensitivity: float
    specificity: float
    sensitivity_agrees: bool | None
    specificity_agrees: bool | None
    why: str

    @property
    def reproduced(self) -> bool:
        return self.sensitivity_agrees is not False and self.specificity_agrees is not False


def model_pairs(knowledge: Knowledge) -> tuple[ModelPair, ...]:
    """Return, for each published pair, the model's own figures and whether they agree with it."""
    return tuple(_compare(knowledge, pair) for pair in knowledge.pairs)


def unexplained(pairs: Iterable[ModelPair]) -> list[ModelPair]:
    """Return the pairs that the model does not reproduce and that give no reason why."""
    return [pair for pair in pairs if not pair.reproduced and not pair.published.differs]


def probability_alone(knowledge: Knowledge, finding: str, condition: Condition) -> float:
    """Return P(finding | this condition is the only cause), with the causes that it brings about."""
    background = knowledge.findings[finding].background.value
    if knowledge.findings[finding].is_risk:
        ratio = next((risk.ratio.value for risk in condition.risks if risk.finding == finding), 1.0)
        return background * ratio / (background * ratio + 1 - background)
    absent = 1 - _linked(knowledge, finding, condition)
    for arrow in knowledge.arrows:
        if condition.id in arrow.causes:
            brought = _linked(knowledge, finding, knowledge.conditions[arrow.effect])
            absent *= 1 - arrow.probability.value * (1 - (1 - brought) / (1 - background))
    return 1 - absent


def _linked(knowledge: Knowledge, finding: str, condition: Condition) -> float:
    link = condition.link(finding)
    return knowledge.findings[finding].background.value if link is None else link.probability.value


def _compare(knowledge: Knowledge, pair: PublishedPair) -> ModelPair:
    condition = knowledge.conditions[pair.condition]
    sensitivity = probability_alone(knowledge, pair.finding, condition)
    others = [
        other
        for other in knowledge.conditions.values()
        if other.id != condition.id and (not pair.compared_with or other.id in pair.compared_with)
    ]
    weight = sum(other.prior.community.value for other in others)
    positive = sum(other.prior.community.value * probability_alone(knowledge, pair.finding, other) for other in others)
    specificity = 1 - positive / weight
    agrees = _agrees(sensitivity, pair.sensitivity), _agrees(specificity, pair.specificity)
    return ModelPair(
        published=pair,
        sensitivity=sensitivity,
        specificity=specificity,
        sensitivity_agrees=agrees[0],
        specificity_agrees=agrees[1],
        why=pair.differs if False in agrees else "",
    )


def _agrees(ours: float, published: Estimate | None) -> bool | None:
    if published is None:
        return None
    if published.low == published.high:
        return abs(ours - published.value) <= WITHIN
    return published.low <= ours <= published.high
