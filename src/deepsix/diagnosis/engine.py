"""From a case to an assessment: `assess`. The order of the steps, and nothing else, is here."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from deepsix.case import Case, Setting
from deepsix.diagnosis import exact
from deepsix.diagnosis.assessment import Assessment, Method, RankedCause
from deepsix.diagnosis.closure import Closed, close
from deepsix.diagnosis.intervals import credible_intervals
from deepsix.diagnosis.network import NONE_OF_THESE, Array, Evidence, compile_network, evidence_of
from deepsix.diagnosis.sets import CauseSets, SetModel, likely_sets
from deepsix.diagnosis.urgency import UrgencyAdvice, urgency_advice
from deepsix.knowledge.model import Knowledge

EXACT_FINDINGS = 14  # present findings summed over exactly; the time doubles with each, to some 50 ms and 40 MB here


@dataclass(frozen=True, eq=False)
class Weighed:
    """A case with everything the engine worked out about it, for whoever asks the next question."""

    closed: Closed
    evidence: Evidence
    sets: CauseSets
    marginal: Array
    is_exact: bool

    @cached_property
    def method(self) -> Method:
        """How the probabilities were summed. The bound takes as long as all the rest, so only who asks waits for it."""
        if self.is_exact:
            return Method(True, 0.0)
        return Method(False, _most_left_out(self.evidence, self.sets))

    @cached_property
    def ranking(self) -> tuple[tuple[str, int], ...]:
        """Every condition with its row in `marginal`, the most probable first."""
        order = np.lexsort((np.arange(len(self.marginal)), -self.marginal))
        causes = self.evidence.network.causes
        return tuple((causes[i], int(i)) for i in order if causes[i] != NONE_OF_THESE)

    @cached_property
    def intervals(self) -> Array:
        """Low and high end of each cause's 95% interval, worked out once for all who ask."""
        return credible_intervals(self.evidence, self.sets, self.marginal)


def weigh(knowledge: Knowledge, case: Case, setting: Setting = "community") -> Weighed:
    """Return the posterior of a case in all its forms.

    Raises:
        CaseError: The case names a finding that does not exist.
    """
    closed = close(knowledge, case)
    evidence = evidence_of(compile_network(knowledge, setting), closed.case)
    sets = likely_sets(evidence)
    everything = np.arange(len(evidence.present))
    if len(everything) <= EXACT_FINDINGS:
        result = exact.posterior(_sum_over(evidence, everything))
        return Weighed(closed, evidence, sets, result.marginal, True)
    marginal = _not_lowered(knowledge, case, evidence, sets.marginal())
    return Weighed(closed, evidence, sets, marginal, False)


def _not_lowered(knowledge: Knowledge, case: Case, evidence: Evidence, marginal: Array) -> Array:
    """Return the probabilities with no cause of the arrow below what it is without the findings that never lower it.

    The exact sum keeps this by itself. Over chosen sets another choice of sets could break it (B7).
    """
    network = evidence.network
    points = evidence.present[network.always_raises[:, evidence.present].any(axis=0)]
    if not len(points):
        return marginal
    without = weigh(knowledge, case.without(*(network.findings[i] for i in points)), network.setting).marginal
    return np.where(network.starts_arrow, np.maximum(marginal, without), marginal)


def assess(knowledge: Knowledge, case: Case, setting: Setting = "community") -> Assessment:
    """Return the ranked causes, their intervals and the urgency for a case.

    Args:
        knowledge: From `load_knowledge()`.
        case: What the person told us. Findings that are not in it count as not asked.
        setting: `community` (someone at home), `clinic`, or `published` (a flattened mix, for published cases).

    Raises:
        CaseError: The case names a finding that does not exist.
    """
    return assessment_of(knowledge, weigh(knowledge, case, setting))


def assessment_of(knowledge: Knowledge, weighed: Weighed) -> Assessment:
    """Return the assessment of a case that has been weighed."""
    network, intervals = weighed.evidence.network, weighed.intervals
    causes = tuple(
        RankedCause(name, float(weighed.marginal[i]), float(intervals[i, 0]), float(intervals[i, 1]))
        for name, i in weighed.ranking
    )
    return Assessment(
        case=weighed.closed.case,
        setting=network.setting,
        knowledge_version=knowledge.version,
        causes=causes,
        none_of_these=none_probability(weighed.sets),
        urgency=urgency_of(knowledge, weighed),
        method=weighed.method,
        notices=weighed.closed.notices,
    )


def urgency_of(knowledge: Knowledge, weighed: Weighed) -> UrgencyAdvice:
    """Return how soon to see someone in a case that has been weighed."""
    return urgency_advice(knowledge, weighed.closed, weighed.evidence, weighed.sets)


def none_probability(sets: CauseSets) -> float:
    """Return the probability that no listed cause is at work. The last cause stands for all that are not listed."""
    return float(sets.weight[(sets.slots >= sets.causes - 1).all(axis=1)].sum())


def _sum_over(evidence: Evidence, chosen: NDArray[np.int64]) -> exact.Sum:
    """Return the exact problem over the present findings at these positions of `evidence.present`."""
    network = evidence.network
    absent = np.exp(evidence.absent_log_factor)
    return exact.Sum(
        odds=evidence.odds * absent,
        absent=absent,
        strength=evidence.present_strength[:, chosen],
        leak=network.leak[evidence.present[chosen]],
        starts_arrow=network.starts_arrow,
        arrow_strength=network.arrow_strength,
        none_factor=float(np.exp(evidence.none_log_factor)),
    )


def _most_left_out(evidence: Evidence, sets: CauseSets) -> float:
    """Return the most that the sets of causes left out could change any probability.

    The exact sum over the most telling findings gives the weight of all sets as far as those findings go. The sets
    left out hold at most what our sets leave of it, times the highest probability any set gives the other findings.
    """
    strength, leak = evidence.present_strength, evidence.network.leak[evidence.present]
    telling = (strength * (1 - leak) / leak).max(axis=0)
    order = np.argsort(-telling, kind="stable")
    first, others = np.sort(order[:EXACT_FINDINGS]), np.sort(order[EXACT_FINDINGS:])
    problem = _sum_over(evidence, first)
    everything = exact.log_total(problem)
    ours = SetModel(evidence).log_weight(sets.slots, first)
    left = max(-np.expm1(_log_sum(ours) - everything), 0.0)
    ceiling = np.prod(1 - (1 - leak[others]) * np.prod(1 - strength[:, others], axis=0))
    ratio = left * ceiling * np.exp(everything - _log_sum(sets.log_weight))
    return float(ratio / (1 + ratio))


def _log_sum(logs: Array) -> float:
    highest = float(logs.max())
    return highest + float(np.log(np.exp(logs - highest).sum()))
