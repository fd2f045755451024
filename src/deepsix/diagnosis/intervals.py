"""95% intervals: how far the probabilities move when the parameters move within what is known of them.

Every published figure and every estimate has an interval. Parameters are drawn from logit-normal distributions that
match those intervals (log-normal for ratios), the sets of causes are weighed anew with each draw, and the middle 95%
of the results, shifted to the exact probability, is the interval. The draws are fixed by a seed, so that the same
answers always give the same interval.
"""

from __future__ import annotations

import numpy as np

from deepsix.diagnosis.network import Array, Evidence
from deepsix.diagnosis.sets import CauseSets, SetModel

DRAWS = 64
SEED = 20_061_115
KEPT_SHARE = 0.999
_EDGE = 1e-9


def credible_intervals(evidence: Evidence, sets: CauseSets, marginal: Array, draws: int = DRAWS) -> Array:
    """Return low and high (C, 2) of a central 95% interval for each cause's probability."""
    drawn = draw_marginals(evidence, sets, draws)
    centre = _logit(sets.marginal())
    spread = _logit(drawn) - centre
    low, high = np.quantile(spread, [0.025, 0.975], axis=0)
    middle = _logit(marginal)
    bounds = np.stack([middle + np.minimum(low, 0.0), middle + np.maximum(high, 0.0)], axis=1)
    low, high = 1 / (1 + np.exp(-bounds.T))
    # Rounding, and the edge that keeps logits finite, must not put the probability outside its interval.
    return np.stack([np.minimum(low, marginal), np.maximum(high, marginal)], axis=1)


def draw_marginals(evidence: Evidence, sets: CauseSets, draws: int) -> Array:
    """Return P(cause) (draws, C) for parameters drawn from their distributions."""
    network, rng = evidence.network, np.random.default_rng(SEED)
    order = np.argsort(-sets.log_weight)
    share = np.cumsum(sets.weight[order])
    kept = order[: int(np.searchsorted(share, KEPT_SHARE)) + 1]
    singles = np.flatnonzero(sets.members.sum(axis=1) <= 1)
    members = sets.members[np.union1d(kept, singles)]
    present, absent = evidence.present, evidence.absent
    weight = evidence.weight
    result = np.empty((draws, len(evidence.odds)))
    p_logit, p_sd = _logit(network.probability[:, present]), network.probability_sd[:, present]
    a_logit, a_sd = _logit(network.probability[:, absent]), network.probability_sd[:, absent]
    leak_logit = _logit(network.leak)
    quiet_log = evidence.quiet_log_factor
    for draw in range(draws):
        leak = _expit(leak_logit + network.leak_sd * rng.standard_normal(len(leak_logit)))
        p = np.maximum(_expit(p_logit + p_sd * rng.standard_normal(p_sd.shape)), leak[present])
        a = np.maximum(_expit(a_logit + a_sd * rng.standard_normal(a_sd.shape)), leak[absent])
        p = np.where(p_sd > 0, p, leak[present])
        a = np.where(a_sd > 0, a, leak[absent])
        ratio = (p / leak[present]) ** weight[present]
        strength = 1 - (1 - np.minimum(leak[present] * ratio, 1 - _EDGE)) / (1 - leak[present])
        strength = np.where(network.always_raises[:, present], 1 - _EDGE, np.clip(strength, 0, 1 - _EDGE))
        absent_log = (np.log1p(-a) - np.log1p(-leak[absent])) @ weight[absent] + quiet_log
        odds = evidence.odds * np.exp(network.prior_sd * rng.standard_normal(len(evidence.odds)))
        model = SetModel(evidence, odds, strength, absent_log, leak[present])
        log_weight = model.log_weight(members)
        set_weight = np.exp(log_weight - log_weight.max())
        result[draw] = (set_weight / set_weight.sum()) @ model.own_share(members)
    return np.clip(result, _EDGE, 1 - _EDGE)


def _logit(p: Array) -> Array:
    p = np.clip(p, _EDGE, 1 - _EDGE)
    return np.asarray(np.log(p / (1 - p)), dtype=np.float64)


def _expit(x: Array) -> Array:
    return np.asarray(1 / (1 + np.exp(-x)), dtype=np.float64)
