"""95% intervals: how far the probabilities move when the parameters move within what is known of them.

Every published figure and every estimate has an interval. Parameters are drawn from logit-normal distributions that
match those intervals (log-normal for ratios), the sets of causes are weighed anew with each draw, and the middle 95%
of the results, shifted to the exact probability, is the interval. Links without an interval of their own (inherited
ones, and those of the unlisted cause) keep their value. The draws are fixed by a seed, so that the same answers
always give the same interval.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from deepsix.diagnosis.network import Array, Evidence, Network
from deepsix.diagnosis.sets import CauseSets, SetModel

DRAWS = 64
SEED = 20_061_115
KEPT_SHARE, MOST_SETS = 0.999, 400
_EDGE = 1e-9


def credible_intervals(evidence: Evidence, sets: CauseSets, marginal: Array, draws: int = DRAWS) -> Array:
    """Return low and high (C, 2) of a central 95% interval for each cause's probability."""
    sets = _worth_weighing(sets)
    spread = _logit(draw_marginals(evidence, sets, draws)) - _logit(sets.marginal())
    low, high = np.quantile(spread, [0.025, 0.975], axis=0)
    middle = _logit(marginal)
    bounds = np.stack([middle + np.minimum(low, 0.0), middle + np.maximum(high, 0.0)], axis=1)
    low, high = 1 / (1 + np.exp(-bounds.T))
    # Rounding, and the edge that keeps logits finite, must not put the probability outside its interval.
    return np.stack([np.minimum(low, marginal), np.maximum(high, marginal)], axis=1)


def _worth_weighing(sets: CauseSets) -> CauseSets:
    """Return the most probable sets, and every cause by itself."""
    small = np.flatnonzero((sets.slots < sets.causes).sum(axis=1) <= 1)
    return sets.chosen(np.union1d(sets.most_likely(KEPT_SHARE, MOST_SETS), small))


def draw_marginals(evidence: Evidence, sets: CauseSets, draws: int) -> Array:
    """Return P(cause) (draws, C) for parameters drawn from their distributions."""
    network = evidence.network
    drawn = _drawn(network, draws)
    strength = np.zeros((len(evidence.odds), len(evidence.present), draws))
    for position, column in enumerate(evidence.present):
        strength[drawn.causes[column], position] = drawn.strength(column, evidence.weight[column])
        strength[network.always_raises[:, column], position] = 1 - _EDGE
    absent_log = np.repeat(evidence.quiet_log_factor[:, None], draws, axis=1)
    for column in evidence.absent:
        absent_log[drawn.causes[column]] += evidence.weight[column] * drawn.absent_log[column]
    model = SetModel(evidence, evidence.odds[:, None] * drawn.prior, strength, absent_log, drawn.leak[evidence.present])
    log_weight = model.log_weight(sets.slots)
    weight = np.exp(log_weight - log_weight.max(axis=0))
    weight /= weight.sum(axis=0)
    return np.clip(model.marginals(sets, weight), _EDGE, 1 - _EDGE)


@dataclass(frozen=True, eq=False)
class _Drawn:
    """All parameters of a network, drawn once: by finding, the causes linked to it and what was drawn for each.

    One draw of the whole network serves every case, so an interval moves with the answers and not with the dice.
    `prior` (C, D) are factors on the odds, `leak` (F, D), `ratio` and `absent_log` by finding (links, D): the ratio
    to the leak and the log of what a "no" does to the odds.
    """

    prior: Array
    leak: Array
    causes: list[NDArray[np.int64]]
    ratio: list[Array]
    absent_log: list[Array]

    def strength(self, column: int, weight: float) -> Array:
        """Return the strengths (links, D) of the causes linked to a finding, discounted as for the posterior."""
        leak = self.leak[column]
        probability = np.minimum(leak * self.ratio[column] ** weight, 1 - _EDGE)
        return np.asarray(np.clip(1 - (1 - probability) / (1 - leak), 0, 1 - _EDGE), dtype=np.float64)


@lru_cache(maxsize=8)
def _drawn(network: Network, draws: int) -> _Drawn:
    rng = np.random.default_rng(SEED)
    prior = np.exp(network.prior_sd[:, None] * rng.standard_normal((len(network.causes), draws)))
    noise = rng.standard_normal((len(network.findings), draws))
    leaks = _expit(_logit(network.leak)[:, None] + network.leak_sd[:, None] * noise)
    causes, ratios, absent_logs = [], [], []
    for column, leak in enumerate(leaks):
        linked = np.flatnonzero((network.probability_sd[:, column] > 0) | (network.strength[:, column] > 0))
        logit, sd = _logit(network.probability[linked, column]), network.probability_sd[linked, column]
        drawn = _expit(logit[:, None] + sd[:, None] * rng.standard_normal((len(linked), draws)))
        probability = np.maximum(drawn, leak)
        causes.append(linked)
        ratios.append(probability / leak)
        absent_logs.append(np.log1p(-probability) - np.log1p(-leak))
    return _Drawn(prior, leaks, causes, ratios, absent_logs)


def _logit(p: Array) -> Array:
    p = np.clip(p, _EDGE, 1 - _EDGE)
    return np.asarray(np.log(p / (1 - p)), dtype=np.float64)


def _expit(x: Array) -> Array:
    return np.asarray(1 / (1 + np.exp(-x)), dtype=np.float64)
