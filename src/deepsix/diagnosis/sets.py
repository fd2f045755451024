"""The most probable sets of causes, weighed one by one: the posterior in a form one can ask further questions of.

A few hundred sets (none, every single cause, the best pairs, triples and fours) hold nearly all the probability. With
their weights, "what if this finding were so?", "what did that finding do?" and "how wide is the interval?" are sums
over the sets. What the sets leave out is bounded by comparing them with the exact sum over the most telling findings.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from deepsix.diagnosis.network import Array, Evidence

PAIR_CANDIDATES = 36
TRIPLE_SEEDS, TRIPLE_CANDIDATES = 60, 24
MOST_CAUSES = 4  # in a set
FOUR_SEEDS, FOUR_CANDIDATES = 40, 16
KEPT_TRIPLES, KEPT_FOURS = 400, 200


Slots = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class CauseSets:
    """Sets of causes with log weights (S,), not normalised.

    `slots` (S, k) holds the numbers of each set's members; the number C, "nobody", fills the rows up. `own_share`
    (S, k) is the share of each that is on of itself, not switched on by another through the arrow; 0 for nobody.
    """

    causes: int
    slots: Slots
    log_weight: Array
    own_share: Array

    @cached_property
    def members(self) -> NDArray[np.bool_]:
        """Whether each cause is in each set (S, C)."""
        members = np.zeros((len(self.slots), self.causes + 1), dtype=bool)
        members[np.arange(len(self.slots))[:, None], self.slots] = True
        return members[:, :-1]

    @cached_property
    def own(self) -> Array:
        """The share (S, C) of each cause in each set that is on of itself."""
        own = np.zeros((len(self.slots), self.causes + 1))
        own[np.arange(len(self.slots))[:, None], self.slots] = self.own_share
        return own[:, :-1]

    @cached_property
    def weight(self) -> Array:
        """Probability of each set given that it is one of these."""
        weight = np.exp(self.log_weight - self.log_weight.max())
        return np.asarray(weight / weight.sum(), dtype=np.float64)

    def marginal(self, weight: Array | None = None) -> Array:
        """Return P(cause on of itself) (C,) under the sets' weights, or under other weights of the same sets."""
        share = (self.weight if weight is None else weight)[:, None] * self.own_share
        marginal = np.bincount(self.slots.ravel(), share.ravel(), self.causes + 1)[:-1]
        return np.asarray(marginal, dtype=np.float64)

    def level(self, urgency: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the highest urgency (S,) among each set's members, 0 for none; `urgency` (C,) is by cause."""
        return np.asarray(np.append(urgency, 0)[self.slots].max(axis=1), dtype=np.int64)

    def chosen(self, kept: NDArray[np.int64]) -> CauseSets:
        """Return only the sets at these positions."""
        return CauseSets(self.causes, self.slots[kept], self.log_weight[kept], self.own_share[kept])

    def most_likely(self, share: float, most: int) -> NDArray[np.int64]:
        """Return the positions of the fewest sets that hold `share` of the probability, but of no more than `most`."""
        order = np.argsort(-self.log_weight, kind="stable")[:most]
        return order[: int(np.searchsorted(np.cumsum(self.weight[order]), share)) + 1]


def likely_sets(evidence: Evidence) -> CauseSets:
    """Return the most probable sets for a case, best-first by size."""
    model = SetModel(evidence)
    causes = len(evidence.odds)
    none = np.full((1, 1), causes, dtype=np.int64)
    singles = np.arange(causes, dtype=np.int64)[:, None]
    single_weight = model.log_weight(singles)
    best = np.argsort(-single_weight, kind="stable")
    pairs = _extend(singles[best[:PAIR_CANDIDATES]], best[:PAIR_CANDIDATES])
    pair_weight = model.log_weight(pairs)
    seeds = pairs[np.argsort(-pair_weight, kind="stable")[:TRIPLE_SEEDS]]
    triples, triple_weight = _best(model, _extend(seeds, best[:TRIPLE_CANDIDATES]), KEPT_TRIPLES)
    fours, four_weight = _best(model, _extend(triples[:FOUR_SEEDS], best[:FOUR_CANDIDATES]), KEPT_FOURS)
    slots = np.concatenate([_filled(part, causes) for part in (none, singles, pairs, triples, fours)])
    weights = [model.log_weight(none), single_weight, pair_weight, triple_weight, four_weight]
    return CauseSets(causes, slots, np.concatenate(weights), model.own_share(slots))


def _filled(slots: Slots, nobody: int) -> Slots:
    return np.pad(slots, ((0, 0), (0, MOST_CAUSES - slots.shape[1])), constant_values=nobody)


def _extend(slots: Slots, candidates: NDArray[np.int64]) -> Slots:
    """Return every set that adds one candidate to one of the sets, each once."""
    added = np.tile(candidates, len(slots))[:, None]
    grown = np.concatenate([np.repeat(slots, len(candidates), axis=0), added], axis=1)
    grown.sort(axis=1)
    grown = grown[(grown[:, 1:] != grown[:, :-1]).all(axis=1)]
    digits = int(candidates.max(initial=0) + slots.max(initial=0)) + 1
    _, first = np.unique(grown @ (digits ** np.arange(grown.shape[1])), return_index=True)
    return np.asarray(grown[np.sort(first)], dtype=np.int64)


def _best(model: SetModel, slots: Slots, keep: int) -> tuple[Slots, Array]:
    weight = model.log_weight(slots)
    order = np.argsort(-weight, kind="stable")[:keep]
    return slots[order], weight[order]


class SetModel:
    """Weighs sets of causes against one case: log of prior times likelihood, with parameters that can be varied.

    Parameters are the case's own unless given. They may be many draws at once, along one more axis D: odds (C, D),
    strength (C, n, D), absent_log (C, D) and leak (n, D); log weights are then (S, D).
    """

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
        self.odds = evidence.odds if odds is None else odds
        leak = network.leak[evidence.present] if leak is None else leak
        strength = evidence.present_strength if strength is None else strength
        absent_log = evidence.absent_log_factor if absent_log is None else absent_log
        # The last row is that of "nobody", who fills up small sets and changes nothing.
        self.missed_by_all = 1 - leak
        self.missed = np.concatenate([1 - strength, np.ones_like(strength[:1])])
        self.log_factor = np.concatenate([np.log(self.odds) + absent_log, np.zeros_like(absent_log[:1])])
        self.none_log = evidence.none_log_factor

    def log_weight(self, slots: Slots, only: NDArray[np.int64] | None = None) -> Array:
        """Return log P(set and findings) (S,), relative to the prior of no cause, for sets given by their `slots`.

        `only` limits the present findings to those at these positions.
        """
        chosen = slice(None) if only is None else only
        missed = product_over(self.missed[:, chosen], slots)
        missed *= self.missed_by_all[chosen]
        np.subtract(1, missed, out=missed)
        total = np.log(missed, out=missed).sum(axis=1)
        for slot in slots.T:
            total += self.log_factor[slot]
        nobody = len(self.odds)
        total[(slots == nobody).all(axis=1)] += self.none_log
        for effect, started in self._effects(slots):
            odds, b = self.odds[effect], self.network.arrow_strength[effect]
            total[started] += np.log1p(-b)
            total[started & (slots == effect).any(axis=1)] += np.log((odds + b) / odds) - np.log1p(-b)
        return np.asarray(total, dtype=np.float64)

    def own_share(self, slots: Slots) -> Array:
        """Return (S, k): 1 for each member on of itself, less for one that an arrow may have switched on."""
        share = (slots < len(self.odds)).astype(np.float64)
        for effect, started in self._effects(slots):
            odds, b = self.odds[effect], self.network.arrow_strength[effect]
            share[(slots == effect) & started[:, None]] = odds / (odds + b)
        return share

    def marginals(self, sets: CauseSets, weight: Array) -> Array:
        """Return P(cause on of itself) (D, C) under the weights (S, D) of the sets in every draw."""
        marginal = weight.T @ sets.members.astype(np.float64)  # booleans would not use BLAS
        for effect, started in self._effects(sets.slots):
            odds, b = self.odds[effect], self.network.arrow_strength[effect]
            marginal[:, effect] -= weight[started & sets.members[:, effect]].sum(axis=0) * b / (odds + b)
        return np.asarray(marginal, dtype=np.float64)

    def _effects(self, slots: Slots) -> list[tuple[int, NDArray[np.bool_]]]:
        """Return each effect of an arrow, with whether (S,) each set holds a cause that starts an arrow."""
        effects = np.flatnonzero(self.network.arrow_strength)
        if not len(effects):
            return []
        started = np.asarray(np.append(self.network.starts_arrow, False)[slots].any(axis=1))
        return [(int(effect), started) for effect in effects]


def product_over(factor: Array, slots: Slots) -> Array:
    """Return the product (S, ...) over each set's members of `factor` (C + 1, ...), whose last row is nobody's."""
    result = factor[slots[:, 0]]
    for slot in slots.T[1:]:
        result *= factor[slot]
    return result


def finding_probability(evidence: Evidence, sets: CauseSets, columns: NDArray[np.int64]) -> Array:
    """Return P(finding present | set) (S, n) for findings not yet counted."""
    network = evidence.network
    missed = 1 - np.minimum(network.strength[:, columns], 1 - 1e-12)
    missed = product_over(np.concatenate([missed, np.ones_like(missed[:1])]), sets.slots)
    return np.asarray(1 - missed * (1 - network.leak[columns]), dtype=np.float64)
