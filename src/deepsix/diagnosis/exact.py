"""Exact posterior of a noisy-OR network by running over "which present findings are explained so far".

Absent findings have been folded into the causes' odds beforehand. The sum over all 2^C sets of causes then becomes a
walk through the causes: the state is the set of present findings explained so far (n bits), each cause either stays
off or, when on, explains each of its findings with the link's strength. All terms are non-negative, so no digits
cancel (the textbook Quickscore sum alternates signs and loses them all by about 16 findings). Cost: links * 2^n.

One more bit, when there is an arrow, remembers whether any cause that starts it is on.

Symbols: l leak, s strength, f forward vectors (what the causes so far explain), g backward vectors (how likely the
remaining causes are to explain the rest).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from deepsix.diagnosis.network import Array


@dataclass(frozen=True, eq=False)
class Sum:
    """What is summed: causes' odds (C,), strengths (C, n) and leaks (n,) of the n present findings, the arrow.

    `arrow_strength` (C,) is P(effect | an arrow's cause is on) beyond the effect's own prior; `absent` (C,) the
    factor on a cause being on from absent findings, already included in `odds`; `none_factor` multiplies the weight of
    no cause at all.
    """

    odds: Array
    absent: Array
    strength: Array
    leak: Array
    starts_arrow: NDArray[np.bool_]
    arrow_strength: Array
    none_factor: float = 1.0


@dataclass(frozen=True, eq=False)
class Posterior:
    """Probability (C,) that each cause is on of itself, and the probability that none is on.

    A cause that another one switched on through the arrow is part of that other one, and not counted again.
    """

    marginal: Array
    none: float


def posterior(problem: Sum) -> Posterior:
    """Return the exact posterior. Memory grows as C * 2^n: keep n at 14 or less for 150 causes."""
    order, on, off = _plan(problem)
    uses_arrow = bool(on.shape[1] == 2)
    touched = [np.flatnonzero(problem.strength[c]) for c in order]
    forward = _forward(problem, order, on, off, touched)
    backward = np.zeros_like(forward[0])
    backward[:, -1] = 1.0
    free = _free(problem, order)
    total = float(forward[-1][:, -1].sum())
    # Causes that nothing touches are summed out of `total`; put them back to re-weigh the one set without any cause.
    whole = total * float(np.prod(1 + problem.odds[free]))
    alone = float(np.prod(problem.leak))
    reweighed = whole + alone * (problem.none_factor - 1)
    marginal = problem.odds / (1 + problem.odds) * (whole / reweighed)
    for position in range(len(order) - 1, -1, -1):
        c, bits, before = order[position], touched[position], forward[position]
        source = np.stack([backward[1], backward[1]]) if uses_arrow and problem.starts_arrow[c] else backward
        reached = _expect(source, bits, problem.strength[c])
        marginal[c] = problem.odds[c] * float((before * reached).sum()) / total * (whole / reweighed)
        backward = backward * off[c][:, None] + reached * on[c][:, None]
    return Posterior(marginal, alone * problem.none_factor / reweighed)


def log_total(problem: Sum) -> float:
    """Return the log of the weight of all sets of causes together, where no cause at all has prior weight 1."""
    order, on, off = _plan(problem)
    touched = [np.flatnonzero(problem.strength[c]) for c in order]
    total = float(_forward(problem, order, on, off, touched)[-1][:, -1].sum())
    whole = total * float(np.prod(1 + problem.odds[_free(problem, order)]))
    return float(np.log(whole + np.prod(problem.leak) * (problem.none_factor - 1)))


def _free(problem: Sum, order: NDArray[np.int64]) -> NDArray[np.bool_]:
    free = np.ones(len(problem.odds), dtype=bool)
    free[order] = False
    return free


def _forward(
    problem: Sum, order: NDArray[np.int64], on: Array, off: Array, touched: list[NDArray[np.int64]]
) -> list[Array]:
    """Return the forward vector before each cause and after the last; rows: arrow's bit, columns: explained sets."""
    start = np.zeros((on.shape[1], 1 << len(problem.leak)))
    start[0] = _outer(problem.leak)
    forward = [start]
    for c, bits in zip(order, touched, strict=True):
        before = forward[-1]
        explained = _explain(before, bits, problem.strength[c]) * on[c][:, None]
        after = before * off[c][:, None]
        if on.shape[1] == 2 and problem.starts_arrow[c]:
            after[1] += explained[0] + explained[1]
        else:
            after += explained
        forward.append(after)
    return forward


def _plan(problem: Sum) -> tuple[NDArray[np.int64], Array, Array]:
    """Return the causes to walk through, and the factors (C, bits) for each being on and off by the arrow's bit.

    Causes that touch no present finding and no arrow are independent of the rest: their odds are their answer.
    """
    is_effect = problem.arrow_strength > 0
    uses_arrow = bool(is_effect.any() and problem.starts_arrow.any())
    touches = problem.strength.any(axis=1)
    if uses_arrow:
        touches = touches | is_effect | problem.starts_arrow
    order = np.flatnonzero(touches)
    if not uses_arrow:
        return order, problem.odds[:, None], np.ones((len(problem.odds), 1))
    order = order[np.argsort(~problem.starts_arrow[order], kind="stable")]
    b = problem.arrow_strength
    on = np.stack([problem.odds, problem.odds + b * problem.absent], axis=1)
    off = np.stack([np.ones_like(b), 1 - b], axis=1)
    return order, on, off


def _outer(leak: Array) -> Array:
    """Return P(exactly this set is explained by leaks alone) for all 2^n sets; bit i of the index is finding i."""
    vector = np.ones(1)
    for value in leak:
        vector = np.concatenate([vector * (1 - value), vector * value])
    return vector


def _explain(vector: Array, bits: NDArray[np.int64], strength: Array) -> Array:
    """Return the distribution after one cause has had its chance to explain each finding in `bits`."""
    result = vector.copy()
    for bit in bits:
        pairs = result.reshape(result.shape[0], -1, 2, 1 << int(bit))
        pairs[:, :, 1] += strength[bit] * pairs[:, :, 0]
        pairs[:, :, 0] *= 1 - strength[bit]
    return result


def _expect(vector: Array, bits: NDArray[np.int64], strength: Array) -> Array:
    """Return, for each state, the expected value of `vector` after one cause has had its chance."""
    result = vector.copy()
    for bit in bits:
        pairs = result.reshape(result.shape[0], -1, 2, 1 << int(bit))
        pairs[:, :, 0] *= 1 - strength[bit]
        pairs[:, :, 0] += strength[bit] * pairs[:, :, 1]
    return result
