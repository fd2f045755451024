"""Why: what each answer did to a cause, what is not known, and what would change the answer.

What an answer did is the cause's log-odds with it less those without it, all else the same, over the weighed sets of
causes. So an answer that two causes could explain counts as far as this cause explains it. Age, sex, lasting facts and
the profile (how long, how it began, how bad) act on a cause's odds directly, and are given as that factor.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from deepsix.case import Answer, State
from deepsix.diagnosis.assessment import Contribution
from deepsix.diagnosis.engine import Weighed, weigh
from deepsix.diagnosis.network import Array, absent_logs, profile_log_ratio
from deepsix.diagnosis.question import answer_probability, finding_gains
from deepsix.diagnosis.sets import product_over
from deepsix.diagnosis.urgency import urgency_advice, urgency_of_weights
from deepsix.knowledge.model import ESTIMATE, Knowledge, Urgency, age_band

MOST_UNKNOWN = 5
MOST_CHANGES = 5
_CHANGES_LOOKED_AT = 40
_KEPT_SHARE = 0.995
_NEGLIGIBLE = 0.05  # log-odds, about one part in twenty: below this an answer is left out of the reasons


@dataclass(frozen=True, slots=True)
class Unknown:
    """A finding not yet answered that matters for a cause: the change of its log-odds by a yes and by a no."""

    finding: str
    log_odds_if_yes: float
    log_odds_if_no: float


@dataclass(frozen=True, slots=True)
class Change:
    """A finding not yet answered, and what a yes or no would put first or raise the urgency to ('' = no change)."""

    finding: str
    answer: State
    first_cause: str
    urgency: Urgency | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything that speaks for and against one cause, the strongest first, and what is not known."""

    condition: str
    speaks_for: tuple[Contribution, ...]
    speaks_against: tuple[Contribution, ...]
    unknown: tuple[Unknown, ...]


def explain(knowledge: Knowledge, weighed: Weighed, condition: str) -> Explanation:
    """Return the reasons for and against a condition.

    Raises:
        ValueError: The network has no such condition.
    """
    contributions = [c for c in _contributions(knowledge, weighed, condition) if abs(c.log_odds) >= _NEGLIGIBLE]
    contributions.sort(key=lambda c: -abs(c.log_odds))
    return Explanation(
        condition,
        tuple(c for c in contributions if c.log_odds > 0),
        tuple(c for c in contributions if c.log_odds < 0),
        _unknown(knowledge, weighed, condition),
    )


def _contributions(knowledge: Knowledge, weighed: Weighed, condition: str) -> list[Contribution]:
    evidence, sets = weighed.evidence, weighed.sets
    network = evidence.network
    index = network.cause_index(condition)
    entry = knowledge.conditions[condition]
    own = (sets.own_share * (sets.slots == index)).sum(axis=1)
    with_all = _log_odds(sets.marginal()[index])
    found: list[Contribution] = []

    missed = _with_nobody(1 - evidence.present_strength)
    explained = 1 - product_over(missed, sets.slots) * (1 - network.leak[evidence.present])
    for column, log_yes in zip(evidence.present, np.log(explained).T, strict=True):
        without = _marginal_without(sets.log_weight - log_yes, own)
        found.append(_from_link(knowledge, condition, network.findings[column], with_all - without))
    not_there = product_over(_with_nobody(np.exp(absent_logs(network, evidence.absent))), sets.slots)
    for column, log_no in zip(evidence.absent, np.log(not_there).T, strict=True):
        without = _marginal_without(sets.log_weight - log_no * evidence.weight[column], own)
        found.append(_from_link(knowledge, condition, network.findings[column], with_all - without))

    case = weighed.closed.case
    for column, log_ratio in profile_log_ratio(network, case).items():
        finding, value = network.findings[column], float(log_ratio[index])
        value += sum(c.log_odds for c in found if c.finding == finding)
        found = [c for c in found if c.finding != finding]
        found.append(_from_link(knowledge, condition, finding, value))
    for risk in entry.risks:
        state, j = case.state(risk.finding), network.risks.index(risk.finding)
        if state in (State.YES, State.NO):
            scale = risk.ratio.value * network.risk_share[j] + 1 - network.risk_share[j]
            value = float(np.log((max(risk.ratio.value, 1e-3) if state is State.YES else 1.0) / scale))
            found.append(Contribution(risk.finding, value, risk.source, risk.population, risk.reason))
    prior = entry.prior
    if case.age is not None:
        value = float(np.log(network.age_factor[index, age_band(case.age)]))
        found.append(Contribution("age", value, prior.age_source, prior.population, prior.age_reason))
    if case.sex is not None:
        value = float(np.log(network.sex_factor[index, 0 if case.sex == "female" else 1]))
        found.append(Contribution("sex", value, prior.sex_source, prior.population, prior.sex_reason))
    return found


def _from_link(knowledge: Knowledge, condition: str, finding: str, log_odds: float) -> Contribution:
    link = knowledge.conditions[condition].link(finding)
    if link is None:
        reason = "Other causes explain this better." if log_odds < 0 else knowledge.findings[finding].background_reason
        return Contribution(finding, log_odds, ESTIMATE, "", reason)
    return Contribution(finding, log_odds, link.source, link.population, link.reason)


def _with_nobody(factor: Array) -> Array:
    return np.concatenate([factor, np.ones_like(factor[:1])])


def _marginal_without(log_weight: Array, own: Array) -> float:
    weight = np.exp(log_weight - log_weight.max())
    return _log_odds(float(weight @ own / weight.sum()))


def _log_odds(p: float) -> float:
    p = min(max(p, 1e-12), 1 - 1e-12)
    return float(np.log(p / (1 - p)))


def _unknown(knowledge: Knowledge, weighed: Weighed, condition: str) -> tuple[Unknown, ...]:
    network = weighed.evidence.network
    index, case = network.cause_index(condition), weighed.closed.case
    column = {name: i for i, name in enumerate(network.findings)}
    entries = []
    for link in knowledge.conditions[condition].links:
        if link.finding in case.answers or knowledge.findings[link.finding].kind == "exam":
            continue
        i = column[link.finding]
        yes = float(np.log(network.probability[index, i] / network.leak[i]))
        no = float(np.log((1 - network.probability[index, i]) / (1 - network.leak[i])))
        entries.append(Unknown(link.finding, yes, no))
    entries.sort(key=lambda u: -(abs(u.log_odds_if_yes) + abs(u.log_odds_if_no)))
    return tuple(entries[:MOST_UNKNOWN])


def what_would_change(knowledge: Knowledge, weighed: Weighed) -> tuple[Change, ...]:
    """Return unanswered findings whose yes or no would put another cause first or raise the urgency.

    Candidates come from the weighed sets, which is quick; each is then answered in full, so that nothing is promised
    that would not happen. Examination findings are left out: the list is for the person.
    """
    level, changes = _level(knowledge, weighed), []
    for finding, answer in _may_change(knowledge, weighed):
        told = weighed.closed.told.with_answers(Answer(finding, answer))
        after = weigh(knowledge, told, weighed.evidence.network.setting)
        new_level = _level(knowledge, after)
        cause = _first_cause(after) if _first_cause(after) != _first_cause(weighed) else ""
        raised = new_level if new_level > level else None
        if cause or raised is not None:
            changes.append(Change(finding, answer, cause, raised))
        if len(changes) == MOST_CHANGES:
            break
    return tuple(changes)


def _level(knowledge: Knowledge, weighed: Weighed) -> Urgency:
    return urgency_advice(knowledge, weighed.closed, weighed.evidence, weighed.sets).level


def _first_cause(weighed: Weighed) -> str:
    return weighed.evidence.network.causes[int(np.argmax(weighed.marginal[:-1]))]


def _may_change(knowledge: Knowledge, weighed: Weighed) -> Iterator[tuple[str, State]]:
    """Yield the answers, the most telling first, that change the first cause or the harm as far as the sets show."""
    case = weighed.closed.case
    sets = weighed.sets.chosen(weighed.sets.most_likely(_KEPT_SHARE, len(weighed.sets.slots)))
    open_findings = [f for f in knowledge.findings.values() if f.id not in case.answers and f.kind != "exam"]
    gains = np.array(finding_gains(weighed, open_findings))
    chosen = [open_findings[i] for i in np.argsort(-gains, kind="stable")[:_CHANGES_LOOKED_AT]]
    yes = answer_probability(weighed, sets, chosen)
    first = int(np.argmax(sets.marginal()[:-1]))
    level = urgency_of_weights(knowledge, weighed.evidence, sets, sets.weight)
    for position, finding in enumerate(chosen):
        for answer, likelihood in ((State.YES, yes[:, position]), (State.NO, 1 - yes[:, position])):
            weight = sets.weight * likelihood
            weight = weight / weight.sum()
            new_level = urgency_of_weights(knowledge, weighed.evidence, sets, weight)
            if (
                int(np.argmax(sets.marginal(weight)[:-1])) != first
                or new_level > level
                or (answer is State.YES and finding.danger is not None)
            ):
                yield finding.id, answer
