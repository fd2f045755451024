"""What sets a condition apart: the signs that raise or lower it most, and the conditions it is mixed up with.

For pages that explain a condition, not for working out a case: nothing here knows a person. A sign is weighed by how
often it is there with the condition against how often it is there among all people with such pain, both sexes and all
ages together. Findings of a clinician's hands count as signs but not as likeness, since people mix up what they feel.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from deepsix.case import Setting
from deepsix.diagnosis.network import Network, compile_network
from deepsix.knowledge.model import Estimate, Knowledge

Array = NDArray[np.float64]
_FLOOR: Final = 1e-4


@dataclass(frozen=True, slots=True)
class Sign:
    """One finding of a condition.

    Attributes:
        finding: Its id.
        probability: P(finding | this condition is the cause), as in the data.
        usual: P(finding) among people with such pain.
        yes, no: Log likelihood ratio against people with such pain, when it is there and when it is not.
        source: Key of the source of `probability`.
    """

    finding: str
    probability: Estimate
    usual: float
    yes: float
    no: float
    source: str


@dataclass(frozen=True, slots=True)
class LookAlike:
    """A condition that feels like another; `own` and `other` are findings that tell the two apart, clearest first."""

    condition: str
    own: tuple[str, ...]
    other: tuple[str, ...]


@lru_cache(maxsize=4)
def usual_probabilities(network: Network) -> Array:
    """Return P(finding) among people with such pain, shape (findings,): causes at their priors, each by itself.

    The arrow between causes is left out. Of findings that exclude each other it is the mean share over causes.
    """
    prior = network.prior_odds / (1 + network.prior_odds)
    usual = 1 - (1 - network.leak) * np.prod(1 - prior[:, None] * network.strength, axis=0)
    for columns in network.profile:
        members = list(columns)
        usual[members] = prior @ network.probability[:, members] / prior.sum()
    return np.asarray(usual)


def signs(knowledge: Knowledge, condition: str, setting: Setting = "community") -> tuple[Sign, ...]:
    """Return every finding that the data links to a condition, that which raises it most first.

    Raises:
        KeyError: No such condition.
    """
    network = compile_network(knowledge, setting)
    usual = usual_probabilities(network)
    found = []
    for link in knowledge.conditions[condition].links:
        if link.finding not in network.findings:
            continue
        base = float(np.clip(usual[network.findings.index(link.finding)], _FLOOR, 1 - _FLOOR))
        p = float(np.clip(link.probability.value, _FLOOR, 1 - _FLOOR))
        yes, no = float(np.log(p / base)), float(np.log((1 - p) / (1 - base)))
        found.append(Sign(link.finding, link.probability, base, yes, no, link.source))
    # By what a sign is worth to somebody who has the condition: how far it moves, times how often it is there.
    return tuple(sorted(found, key=lambda sign: (-sign.probability.value * sign.yes, sign.finding)))


@lru_cache(maxsize=4)
def _distances(network: Network) -> Array:
    """Return how ill the pain of each cause (row) is explained by each other (column): Kullback-Leibler, in nats.

    Findings of one group travel together, so of each group only the finding that differs most counts.
    """
    felt = np.array([network.knowledge.findings[name].kind != "exam" for name in network.findings])
    p = np.clip(network.probability[:-1], _FLOOR, 1 - _FLOOR)
    groups = sorted({group for group, is_felt in zip(network.group, felt, strict=True) if is_felt})
    total = np.zeros((len(p), len(p)))
    for group in groups:
        columns = [i for i, name in enumerate(network.group) if name == group and felt[i]]
        own, other = p[:, None, columns], p[None, :, columns]
        total += (own * np.log(own / other) + (1 - own) * np.log((1 - own) / (1 - other))).max(axis=2)
    return total


def look_alikes(
    knowledge: Knowledge, condition: str, count: int, setting: Setting = "community", telling: int = 2
) -> tuple[LookAlike, ...]:
    """Return the conditions that somebody with this one is most easily taken to have, the likeliest first.

    Raises:
        ValueError: No such condition.
    """
    network = compile_network(knowledge, setting)
    row = network.cause_index(condition)
    prior = network.prior_odds[:-1] / (1 + network.prior_odds[:-1])
    score = np.log(prior) - _distances(network)[row]
    score[row] = -np.inf
    felt = np.array([knowledge.findings[name].kind != "exam" for name in network.findings])
    p = np.clip(network.probability, _FLOOR, 1 - _FLOOR)
    found = []
    for other in np.argsort(-score, kind="stable")[:count]:
        # The share of people in whom it would tell: rare signs that hardly anyone has come last.
        gain = np.where(felt, p[row] * np.log(p[row] / p[other]), 0.0)
        loss = np.where(felt, p[other] * np.log(p[other] / p[row]), 0.0)
        found.append(
            LookAlike(network.causes[other], _clearest(network, gain, telling), _clearest(network, loss, telling))
        )
    return tuple(found)


def _clearest(network: Network, worth: Array, count: int) -> tuple[str, ...]:
    """Return the findings worth most, one a group; those worth next to nothing are left out."""
    chosen: dict[str, str] = {}
    for column in np.argsort(-worth, kind="stable"):
        if worth[column] < 0.05 or len(chosen) == count:
            break
        chosen.setdefault(network.group[column], network.findings[column])
    return tuple(chosen.values())
