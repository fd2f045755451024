"""The most probable sets of causes, weighed one by one: the posterior in a form one can ask further questions of.

A few hundred sets (none, every single cause, the best pairs, triples and fours) hold nearly all the probability. With
their weights, "what if this finding were so?", "what did that finding do?" and "how wide is the interval?" are sums
over the sets. What the sets leave out is bounded by comparing them with the exact sum over the most telling findings.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from deepsix.diagnosis.network import Array, Evidence

PAIR_CANDIDATES = 36
TRIPLE_SEEDS, TRIPLE_CANDIDATES = 60, 24
FOUR_SEEDS, FOUR_CANDIDATES = 40, 16
KEPT_TRIPLES, KEPT_FOURS = 400, 200


@dataclass(frozen=True, eq=False)
class CauseSets:
    """Sets of causes as rows of `members` (S, C) with log weights (S,), not normalised.

    `own` (S, C) is the share of each member that is on of itself, not switched on by another through the arrow.
    """

    members: NDArray[np.bool_]
    log_weight: Array
    own: Array

    @property
    def weight(self) -> Array:
        """Probability of each set given that it is one of these."""
        weight = np.exp(self.log_weight - self.log_weight.max())
        return np.asarray(weight / weight.sum(), dtype=np.float64)

    def marginal(self, weight: Array | None = None) -> Array:
        """Return P(cause on of itself) (C,) under the sets' weights, or under other weights of the same sets."""
        return np.asarray((self.weight if weight is None else weight) @ self.own, dtype=np.float64)


def likely_sets(evidence: Evidence) -> CauseSets:
    """Return the most probable sets for a case, best-first by size."""
    model = SetModel(evidence)
    causes = len(evidence.odds)
    none = np.zeros((1, causes), dtype=bool)
    singles = np.eye(causes, dtype=bool)
    single_weight = model.log_weight(singles)
    best = np.argsort(-single_weight, kind="stable")
    pairs = _extend(singles[best[:PAIR_CANDIDATES]], best[:PAIR_CANDIDATES])
    pair_weight = model.log_weight(pairs)
    seeds = pairs[np.argsort(-pair_weight, kind="stable")[:TRIPLE_SEEDS]]
    triples, triple_weight = _best(model, _extend(seeds, best[:TRIPLE_CANDIDATES]), KEPT_TRIPLES)
    fours, four_weight = _best(model, _extend(triples[:FOUR_SEEDS], best[:FOUR_CANDIDATES]), KEPT_FOURS)
    members = np.concatenate([none, singles, pairs, triples, fours])
    weights = [model.log_weight(none), single_weight, pair_weight, triple_weight, four_weight]
    return CauseSets(members, np.concatenate(weights), model.own_share(members))


def _extend(sets: NDArray[np.bool_], candidates: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return every set that adds one candidate to one of the sets, each once."""
    grown = np.repeat(sets, len(candidates), axis=0)
    columns = np.tile(candidates, len(sets))
    rows = np.arange(len(grown))
    fresh = ~grown[rows, columns]
    grown[rows, columns] = True
    packed = np.packbits(grown[fresh], axis=1)
    _, first = np.unique(packed.view([("", packed.dtype)] * packed.shape[1]).ravel(), return_index=True)
    return np.asarray(grown[fresh][np.sort(first)], dtype=bool)


def _best(model: SetModel, sets: NDArray[np.bool_], keep: int) -> tuple[NDArray[np.bool_], Array]:
    weight = model.log_weight(sets)
    order = np.argsort(-weight, kind="stable")[:keep]
    return sets[order], weight[order]


class SetModel:
    """Weighs sets of causes against one case: log of prior times likelihood, with parameters that can be varied."""

    def __init__(
        self,
        evidence: Evidence,
        odds: Array | None = None,
        strength: Array | None = None,
        absent_log: Array | None = None,
        leak: Array | None = None,
    ) -> None:
        network = evidence.network
        self.network = network
        self.leak_log = np.log1p(-(network.leak[evidence.present] if leak is None else leak))
        strength = evidence.present_strength if strength is None else strength
        self.off_log = np.log1p(-strength)
        self.absent_log = evidence.absent_log_factor if absent_log is None else absent_log
        self.odds = evidence.odds if odds is None else odds
        self.none_log = evidence.none_log_factor

    def log_weight(self, members: NDArray[np.bool_], only: NDArray[np.int64] | None = None) -> Array:
        """Return log P(set and findings) (S,), relative to the prior of no cause, for sets as rows of (S, C).

        `only` limits the present findings to those at these positions.
        """
        chosen = slice(None) if only is None else only
        on = members.astype(np.float64)  # a product of booleans and floats would not use BLAS
        explained = -np.expm1(on @ self.off_log[:, chosen] + self.leak_log[chosen])
        none = np.where(members.any(axis=1), 0.0, self.none_log)
        total = self.log_prior(members) + none + on @ self.absent_log + np.log(explained).sum(axis=1)
        return np.asarray(total, dtype=np.float64)

    def log_prior(self, members: NDArray[np.bool_]) -> Array:
        """Return the log prior (S,) of each set relative to the empty one, arrows between causes included."""
        network = self.network
        log_odds = np.log(self.odds)
        plain = np.asarray(members.astype(np.float64) @ log_odds, dtype=np.float64)
        effects = np.flatnonzero(network.arrow_strength)
        if not len(effects):
            return plain
        b = network.arrow_strength[effects]
        started = np.asarray(members[:, network.starts_arrow].any(axis=1))
        switched_on = np.log((self.odds[effects] + b) / self.odds[effects])
        shift = np.where(members[:, effects], switched_on, np.log1p(-b)).sum(axis=1)
        return np.asarray(plain + started * shift, dtype=np.float64)

    def own_share(self, members: NDArray[np.bool_]) -> Array:
        """Return (S, C): 1 for each member on of itself, less for one that an arrow may have switched on."""
        network, share = self.network, members.astype(np.float64)
        effects = np.flatnonzero(network.arrow_strength)
        if len(effects):
            b = network.arrow_strength[effects]
            started = np.asarray(members[:, network.starts_arrow].any(axis=1))
            own = self.odds[effects] / (self.odds[effects] + b)
            share[:, effects] *= np.where(started[:, None], own, 1.0)
        return share


def finding_probability(evidence: Evidence, sets: CauseSets, columns: NDArray[np.int64]) -> Array:
    """Return P(finding present | set) (S, n) for findings not yet counted."""
    network = evidence.network
    off = np.log1p(-np.minimum(network.strength[:, columns], 1 - 1e-12))
    return np.asarray(
        -np.expm1(sets.members.astype(np.float64) @ off + np.log1p(-network.leak[columns])), dtype=np.float64
    )
