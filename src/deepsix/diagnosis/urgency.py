"""How soon to see someone: the highest of what the rules say and of what the possible causes could cost.

Three voices, and the most urgent of them wins:

1. every danger sign that was answered yes sets a floor of its own;
2. rules set a floor for combinations, age and pregnancy;
3. expected harm: when the causes that need a level are probable enough, that level is advised. The rarer and
   graver the level, the lower the probability that is enough.

More signs of danger can never lower the result. For 1 and 2 this is plain. For 3 the danger signs could compete as
explanations, so the causes are weighed without any danger sign and with each one alone, and the highest counts: adding
a sign only adds a candidate to the maximum.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from deepsix.case import Case, Setting, State
from deepsix.diagnosis.network import Array, Evidence
from deepsix.diagnosis.sets import CauseSets, finding_probability
from deepsix.knowledge.model import ESTIMATE, Knowledge, Urgency


@dataclass(frozen=True, slots=True)
class UrgencyReason:
    """One voice in the choice: the level it asks for, why in plain words, the findings and the source."""

    level: Urgency
    text: str
    findings: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class UrgencyAdvice:
    """The level advised, and every reason that asks for it or for a lower one, the most urgent first."""

    level: Urgency
    reasons: tuple[UrgencyReason, ...]


def urgency_advice(knowledge: Knowledge, case: Case, evidence: Evidence, sets: CauseSets) -> UrgencyAdvice:
    """Return the advice for a closed case."""
    reasons = [*sign_reasons(knowledge, case), *rule_reasons(knowledge, case)]
    reasons += harm_reasons(knowledge, evidence, sets)
    if not any(answer.state is State.YES for answer in case.answers.values()):
        text = knowledge.words["result.too_little"]
        reasons.append(UrgencyReason(Urgency.CLINICIAN_SOON, text, (), ESTIMATE))
    reasons.sort(key=lambda reason: -reason.level)
    level = max((reason.level for reason in reasons), default=Urgency.SELF_CARE)
    return UrgencyAdvice(level, tuple(reasons))


def unasked_dangers(knowledge: Knowledge, case: Case) -> list[str]:
    """Return the danger signs of the first page that were not answered with yes or no: nobody has ruled them out."""
    page = next(page for page in knowledge.pages if page.id == "danger")
    return [knowledge.findings[f].name for f in page.findings if case.state(f) in (None, State.UNSURE)]


def sign_reasons(knowledge: Knowledge, case: Case) -> list[UrgencyReason]:
    """Return a reason for each danger sign that was answered yes."""
    reasons = []
    for answer in case.answers.values():
        finding = knowledge.findings[answer.finding]
        if finding.danger is not None and answer.state is State.YES:
            text = f"You told us about {finding.name}."
            reasons.append(UrgencyReason(finding.danger, text, (finding.id,), "red_flags"))
    return reasons


def rule_reasons(knowledge: Knowledge, case: Case) -> list[UrgencyReason]:
    """Return a reason for each rule that applies. A rule about age needs the age to be known."""
    reasons = []
    for rule in knowledge.rules:
        if (rule.age_from > 0 or rule.age_to < 120) and case.age is None:
            continue
        if case.age is not None and not rule.age_from <= case.age <= rule.age_to:
            continue
        met = [f for f in (*rule.all_of, *rule.any_of) if case.state(f) is State.YES]
        if all(f in met for f in rule.all_of) and (not rule.any_of or any(f in met for f in rule.any_of)):
            reasons.append(UrgencyReason(rule.level, rule.reason, tuple(dict.fromkeys(met)), rule.source))
    return reasons


def harm_reasons(knowledge: Knowledge, evidence: Evidence, sets: CauseSets) -> list[UrgencyReason]:
    """Return a reason for each level whose causes together are probable enough to act on."""
    needed = probability_of_level(evidence, sets)
    reasons = []
    for level, threshold in harm_thresholds(knowledge, evidence.network.setting).items():
        if needed[level] >= threshold:
            share = f"about {100 * needed[level]:.0f} in 100"
            text = f"Causes that need this fit well enough ({share}) to make it the safer choice."
            reasons.append(UrgencyReason(level, text, (), ESTIMATE))
    return reasons


def harm_thresholds(knowledge: Knowledge, setting: Setting) -> dict[Urgency, float]:
    """Return, by level above self-care, how probable the causes that need it have to be before it is advised."""
    levels = (Urgency.CLINICIAN_SOON, Urgency.URGENT_SAME_DAY, Urgency.EMERGENCY)
    return {level: knowledge.settings[f"harm_threshold_{level.id}_{setting}"] for level in levels}


def urgency_of_weights(knowledge: Knowledge, evidence: Evidence, sets: CauseSets, weight: Array) -> Urgency:
    """Return the level that expected harm alone asks for under some weights of the sets."""
    level_of_set = np.where(sets.members, evidence.network.urgency, 0).max(axis=1)
    advised = [
        level
        for level, threshold in harm_thresholds(knowledge, evidence.network.setting).items()
        if weight[level_of_set >= level].sum() >= threshold
    ]
    return max(advised, default=Urgency.SELF_CARE)


def probability_of_level(evidence: Evidence, sets: CauseSets) -> Array:
    """Return the probability (4,) that some cause needs at least each level, the highest over danger signs.

    The weights of the sets include all danger signs; dividing them out gives the weights without any, and
    multiplying one back in those with that one alone.
    """
    network = evidence.network
    signs = evidence.present[network.is_danger[evidence.present]]
    level_of_set = np.where(sets.members, network.urgency, 0).max(axis=1)
    base = sets.log_weight
    candidates = [base]
    if len(signs):
        log_sign = np.log(finding_probability(evidence, sets, signs))
        base = base - log_sign.sum(axis=1)
        candidates = [base, *(base + column for column in log_sign.T)]
    result = np.zeros(len(Urgency))
    for log_weight in candidates:
        weight = np.exp(log_weight - log_weight.max())
        weight /= weight.sum()
        tail = np.array([weight[level_of_set >= level].sum() for level in Urgency])
        result = np.maximum(result, tail)
    return result
