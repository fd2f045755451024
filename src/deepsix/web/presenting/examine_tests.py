"""The examination findings that would tell most about a case, with what each would do to its likeliest causes."""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from deepsix.diagnosis import wording
from deepsix.diagnosis.engine import Weighed
from deepsix.diagnosis.question import finding_gains
from deepsix.knowledge.model import ESTIMATE, Finding, Knowledge

_CAUSES_LOOKED_AT = 6
_NATS_A_BIT = math.log(2)


@dataclass(frozen=True, slots=True)
class EffectView:
    """What a test would do to one cause: likelihood ratios as the model holds them, and their source."""

    condition: str
    clinical_name: str
    if_positive: str
    if_negative: str
    cite: str
    is_estimate: bool
    population: str
    reason: str


@dataclass(frozen=True, slots=True)
class TestView:
    """A test not done yet. `bits` is what it is expected to tell, with danger counted as in the questions."""

    finding: str
    name: str
    method: str
    bits: str
    effects: tuple[EffectView, ...]


def bits(gain: float) -> str:
    """Return an expected gain, given in nats, as bits.

    >>> bits(0.6931)
    '1.00'
    """
    return f"{gain / _NATS_A_BIT:.2f}"


def telling_tests(
    knowledge: Knowledge, weighed: Weighed, most: int, without: Collection[str] = ()
) -> tuple[TestView, ...]:
    """Return the examination findings not answered yet that would tell most, the most telling first.

    Args:
        most: How many.
        without: Tests that cannot be done here.
    """
    answered = weighed.closed.case.answers
    tests = [
        f for f in knowledge.findings.values() if f.kind == "exam" and f.id not in answered and f.id not in without
    ]
    gains = finding_gains(weighed, tests)
    order = sorted(range(len(tests)), key=lambda i: -gains[i])[:most]
    return tuple(
        TestView(
            finding=tests[i].id,
            name=tests[i].name,
            method=tests[i].method,
            bits=bits(gains[i]),
            effects=effects_of(knowledge, weighed, tests[i]),
        )
        for i in order
    )


def effects_of(knowledge: Knowledge, weighed: Weighed, finding: Finding, most: int = 2) -> tuple[EffectView, ...]:
    """Return what a finding would do to those of the likeliest causes that it is linked to, the greatest first."""
    network = weighed.evidence.network
    if finding.id not in network.findings:
        return ()
    column = network.findings.index(finding.id)
    leak = float(network.leak[column])
    found = []
    for index in np.argsort(-weighed.marginal[:-1], kind="stable")[:_CAUSES_LOOKED_AT]:
        condition = knowledge.conditions[network.causes[index]]
        link = condition.link(finding.id)
        if link is None:
            continue
        there = float(network.probability[index, column])
        positive, negative = there / leak, (1 - there) / (1 - leak)
        view = EffectView(
            condition=condition.id,
            clinical_name=condition.clinical_name,
            if_positive=ratio_words(positive),
            if_negative=ratio_words(negative),
            cite=wording.source_words(knowledge, link.source),
            is_estimate=link.source == ESTIMATE,
            population=link.population,
            reason=link.reason,
        )
        found.append((float(weighed.marginal[index]) * (abs(math.log(positive)) + abs(math.log(negative))), view))
    found.sort(key=lambda entry: -entry[0])
    return tuple(view for _, view in found[:most])


def ratio_words(ratio: float) -> str:
    """Return a likelihood ratio with two digits that count.

    >>> ratio_words(12.3), ratio_words(2.34), ratio_words(0.432)
    ('12', '2.3', '0.43')
    """
    if ratio >= 10:
        return f"{ratio:.0f}"
    return f"{ratio:.1f}" if ratio >= 1 else f"{ratio:.2f}"
