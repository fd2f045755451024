"""How soon to see someone: the highest of what the rules say and of what the possible causes could cost.

Three voices, and the most urgent of them wins:

1. every danger sign that was answered yes sets a floor of its own;
2. rules set a floor for combinations, age and pregnancy;
3. expected harm: when the causes that need a level are probable enough, that level is advised. The rarer and
   graver the level, the lower the probability that is enough.

More signs of danger can never lower the result. For 1 and 2 this is plain. For 3 the danger signs could compete as
explanations, and what one implies could speak for a harmless cause. So the case is weighed without any danger sign and
with each one alone, and the highest counts: adding a sign only adds a candidate to the maximum.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from deepsix.case import Case, Setting, State
from deepsix.diagnosis.closure import Closed, close
from deepsix.diagnosis.network import Array, Evidence, evidence_of
from deepsix.diagnosis.sets import CauseSets, likely_sets
from deepsix.knowledge.model import ESTIMATE, Knowledge, Urgency

RED_FLAGS = "red_flags_table"  # where each danger sign's level comes from


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


def urgency_advice(knowledge: Knowledge, closed: Closed, evidence: Evidence, sets: CauseSets) -> UrgencyAdvice:
    """Return the advice for a closed case, given its evidence and sets."""
    reasons = spoken_reasons(knowledge, closed.case)
    if not any(reason.level is Urgency.EMERGENCY for reason in reasons):  # nothing is left to raise
        reasons += harm_reasons(knowledge, closed.told, evidence, sets)
    if not any(answer.state is State.YES for answer in closed.case.answers.values()):
        text = knowledge.words["result.too_little"]
        reasons.append(UrgencyReason(Urgency.CLINICIAN_SOON, text, (), ESTIMATE))
    reasons.sort(key=lambda reason: -reason.level)
    level = max((reason.level for reason in reasons), default=Urgency.SELF_CARE)
    return UrgencyAdvice(level, tuple(reasons))


def unasked_dangers(knowledge: Knowledge, case: Case) -> list[str]:
    """Return the danger signs of the first page that were not answered with yes or no: nobody has ruled them out."""
    page = next(page for page in knowledge.pages if page.id == "danger")
    return [knowledge.findings[f].name for f in page.findings if case.state(f) in (None, State.UNSURE)]


def spoken_reasons(knowledge: Knowledge, case: Case) -> list[UrgencyReason]:
    """Return the reasons that rest on what was said alone: danger signs and rules."""
    return [*sign_reasons(knowledge, case), *rule_reasons(knowledge, case)]


def is_emergency(knowledge: Knowledge, case: Case) -> bool:
    """Return whether what was said calls for emergency help, so that no question is worth the wait."""
    return any(reason.level is Urgency.EMERGENCY for reason in spoken_reasons(knowledge, case))


def sign_reasons(knowledge: Knowledge, case: Case) -> list[UrgencyReason]:
    """Return a reason for each danger sign that was answered yes."""
    reasons = []
    for answer in case.answers.values():
        finding = knowledge.findings[answer.finding]
        if finding.danger is not None and answer.state is State.YES:
            text = f"You told us about {finding.name}."
            reasons.append(UrgencyReason(finding.danger, text, (finding.id,), RED_FLAGS))
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


def harm_reasons(knowledge: Knowledge, told: Case, evidence: Evidence, sets: CauseSets) -> list[UrgencyReason]:
    """Return a reason for each level whose causes together are probable enough to act on."""
    needed = probability_of_level(knowledge, told, evidence, sets)
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
    return Urgency(int(levels_of_weights(knowledge, evidence, sets, weight[:, None])[0]))


def levels_of_weights(knowledge: Knowledge, evidence: Evidence, sets: CauseSets, weights: Array) -> NDArray[np.int64]:
    """Return the level (m,) that expected harm alone asks for under each of many weights (S, m) of the sets."""
    level_of_set = sets.level(evidence.network.urgency)
    levels = np.full(weights.shape[1], int(Urgency.SELF_CARE), dtype=np.int64)
    for level, threshold in harm_thresholds(knowledge, evidence.network.setting).items():
        levels[weights[level_of_set >= level].sum(axis=0) >= threshold] = int(level)  # from the lowest level up
    return levels


def probability_of_level(knowledge: Knowledge, told: Case, evidence: Evidence, sets: CauseSets) -> Array:
    """Return the probability (4,) that some cause needs at least each level, the highest over danger signs.

    Args:
        told: The case before it was closed: what a danger sign implies has to go when the sign goes.
        evidence, sets: Of the whole case; all there is to weigh when no danger sign was answered yes.
    """
    network = evidence.network
    signs = [
        answer
        for name, answer in told.answers.items()
        if answer.state is State.YES and knowledge.findings[name].danger is not None
    ]
    if not signs:
        return _tail(evidence, sets)
    result = np.zeros(len(Urgency))
    without = told.without(*(sign.finding for sign in signs))
    for case in (without, *(without.with_answers(sign) for sign in signs)):
        alone = evidence_of(network, close(knowledge, case).case)
        result = np.maximum(result, _tail(alone, likely_sets(alone)))
    return result


def _tail(evidence: Evidence, sets: CauseSets) -> Array:
    level_of_set = sets.level(evidence.network.urgency)
    return np.array([sets.weight[level_of_set >= level].sum() for level in Urgency])
