"""Small made-up networks whose answers can be found by counting every possibility."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product

import numpy as np

from deepsix.diagnosis import exact
from deepsix.knowledge.model import (
    CausalArrow,
    Condition,
    Estimate,
    Finding,
    Knowledge,
    Link,
    Mechanics,
    Page,
    Prior,
    Risk,
    Source,
    Urgency,
    UrgencyRule,
)

PLAIN_SETTINGS = {
    "leak_scale": 1.0,
    "present_exponent": 1.0,
    "absent_exponent": 1.0,
    "profile_exponent": 1.0,
    "inherited_exponent": 0.5,
    "published_flatness": 1.0,
    "published_causes_a_case": 1.0,
    "most_questions": 25.0,
    "least_gain": 0.0,
    "least_gain_of_option": 0.0,
    "trouble_of_option": 0.0,
    "trouble_of_self_test": 1.0,
    "self_tests_after": 0.0,
    "fewest_questions": 0.0,
    "least_change": 0.0,
    "worth_of_danger": 0.0,
    "least_to_name": 0.2,
} | {
    f"{name}_{setting}": value
    for setting in ("community", "clinic", "published")
    for name, value in {
        "none_of_these": 1e-9,
        "silence": 0.0,
        "silence_of_risks": 0.0,
        "harm_threshold_clinician_soon": 0.5,
        "harm_threshold_urgent_same_day": 0.15,
        "harm_threshold_emergency": 0.08,
    }.items()
}


def sure(value: float) -> Estimate:
    """Return an estimate known to within one part in a hundred."""
    return Estimate(value, value * 0.99, min(value * 1.01, 1.0))


@dataclass
class Toy:
    """A knowledge base in the making: prior by cause, background by finding, P(finding | cause) by both."""

    priors: Mapping[str, float]
    backgrounds: Mapping[str, float]
    links: Mapping[str, Mapping[str, float | Estimate]] = field(default_factory=dict)
    risks: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    urgency: Mapping[str, Urgency] = field(default_factory=dict)
    danger: Mapping[str, Urgency] = field(default_factory=dict)
    groups: Mapping[str, str] = field(default_factory=dict)
    implies: Mapping[str, Sequence[str]] = field(default_factory=dict)
    excludes: Mapping[str, Sequence[str]] = field(default_factory=dict)
    profiles: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    arrows: tuple[CausalArrow, ...] = ()
    pages: tuple[Page, ...] = ()
    rules: tuple[UrgencyRule, ...] = ()
    settings: Mapping[str, float] = field(default_factory=dict)

    def build(self) -> Knowledge:
        risk_facts = {name for ratios in self.risks.values() for name in ratios}
        return Knowledge(
            version="toy",
            sources={"toy_2000": Source("toy_2000", "Toy 2000")},
            findings={name: self._finding(name, share, name in risk_facts) for name, share in self.backgrounds.items()},
            conditions={name: self._condition(name, share) for name, share in self.priors.items()},
            arrows=self.arrows,
            rules=self.rules,
            pages=self.pages,
            statements={},
            notes={},
            pairs=(),
            settings=PLAIN_SETTINGS | dict(self.settings),
            group_weights={},
            profiles=self.profiles,
            words={"result.too_little": "too little"},
            mechanics=Mechanics({}, {}, frozenset()),
            lexicon={},
            word_classes={},
        )

    def _finding(self, name: str, background: float, is_risk: bool) -> Finding:
        return Finding(
            id=name,
            kind="history" if is_risk else "symptom",
            group=self.groups.get(name, name),
            name=name,
            question=f"{name}?",
            why="toy",
            help="",
            background=sure(background),
            background_reason="toy",
            danger=self.danger.get(name),
            implies=tuple(self.implies.get(name, ())),
            excludes=tuple(self.excludes.get(name, ())),
            steps=(),
            stop="",
            self_done="",
            self_done_source="",
            method="",
            file="history" if is_risk else "signs",
        )

    def _condition(self, name: str, prior: float) -> Condition:
        values = {
            finding: value if isinstance(value, Estimate) else sure(value)
            for finding, value in self.links.get(name, {}).items()
        }
        return Condition(
            id=name,
            name=name,
            clinical_name=name,
            synonyms=(),
            icd10cm="M25.5",
            family="joint",
            urgency=self.urgency.get(name, Urgency.SELF_CARE),
            statements=(),
            summary=name,
            prior=Prior(
                sure(prior), sure(prior), "toy_2000", "toy", "toy", (1.0,) * 7, "toy_2000", "toy", 1.0, 1.0,
                "toy_2000", "toy",
            ),
            risks=tuple(
                Risk(finding, sure(ratio), "odds ratio", "toy_2000", "toy", "toy")
                for finding, ratio in self.risks.get(name, {}).items()
            ),
            links=tuple(Link(finding, value, "toy_2000", "toy", "toy") for finding, value in values.items()),
            disagreements=(),
        )  # fmt: skip


def with_sds(toy: Knowledge, condition: str, finding: str, estimate: Estimate) -> Knowledge:
    """Return the knowledge base with another interval for one link."""
    entry = toy.conditions[condition]
    links = tuple(replace(link, probability=estimate) if link.finding == finding else link for link in entry.links)
    return replace(toy, conditions={**toy.conditions, condition: replace(entry, links=links)})


def random_sum(
    rng: np.random.Generator, causes: int, findings: int, *, arrow: bool, none_factor: float = 1.0
) -> exact.Sum:
    """Return a random problem: sparse strengths, absent findings folded in, perhaps an arrow onto the last causes."""
    strength = rng.uniform(0.05, 0.95, (causes, findings)) * (rng.random((causes, findings)) < 0.6)
    absent = rng.uniform(0.3, 1.0, causes)
    starts, effects = np.zeros(causes, dtype=bool), np.zeros(causes)
    if arrow:
        starts[: causes // 2] = rng.random(causes // 2) < 0.7
        effects[-min(2, causes - causes // 2) :] = rng.uniform(0.1, 0.9)
    odds = rng.uniform(0.005, 0.6, causes) * absent
    return exact.Sum(odds, absent, strength, rng.uniform(0.01, 0.4, findings), starts, effects, none_factor)


def brute_force(problem: exact.Sum) -> exact.Posterior:
    """Return the posterior by adding up every set of causes, each effect on of itself, by the arrow, or off."""
    causes = len(problem.odds)
    marginal, none, total = np.zeros(causes), 0.0, 0.0
    for own in product((False, True), repeat=causes):
        started = any(o and s for o, s in zip(own, problem.starts_arrow, strict=True))
        open_effects = [c for c in range(causes) if started and problem.arrow_strength[c] > 0 and not own[c]]
        for switched in product((False, True), repeat=len(open_effects)):
            by_arrow = dict(zip(open_effects, switched, strict=True))
            on = np.array([own[c] or by_arrow.get(c, False) for c in range(causes)])
            weight = float(np.prod(problem.odds[list(own)]))
            for c, is_on in by_arrow.items():
                b = problem.arrow_strength[c]
                weight *= b * problem.absent[c] if is_on else 1 - b
            if not on.any():
                weight *= problem.none_factor
            off = np.prod(np.where(on[:, None], 1 - problem.strength, 1.0), axis=0)
            weight *= float(np.prod(1 - (1 - problem.leak) * off))
            total += weight
            marginal += weight * np.array(own)
            none += weight * (not on.any())
    return exact.Posterior(marginal / total, none / total)
