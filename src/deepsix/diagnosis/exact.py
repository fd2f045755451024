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

import importlib.util
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
from numpy.typing import NDArray

from deepsix.diagnosis.network import Array

BITS_AT_ONCE = 5  # findings whose joint chance is one matrix: 32 by 32 is still a quick product

WORTH_COMPILING = 64  # problems; below this NumPy is done before Numba is imported
_WORTH_KERNELS = 6  # findings; below this NumPy is as quick as the kernels, loaded or not
_kernels_are_loaded = False  # set by `load_kernels` only


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
    if _kernels_serve(problem):
        marginal, none, _ = _walk_one(problem)
        return Posterior(marginal, none)
    walk = _plan(problem)
    forward = _forward(problem, walk)
    free = _free(problem, walk.order)
    total = float(forward[-1][:, -1].sum())
    # Causes that nothing touches are summed out of `total`; put them back to re-weigh the one set without any cause.
    whole = total * float(np.prod(1 + problem.odds[free]))
    alone = float(np.prod(problem.leak))
    reweighed = whole + alone * (problem.none_factor - 1)
    marginal = problem.odds / (1 + problem.odds) * (whole / reweighed)
    backward = np.zeros_like(forward[0])
    backward[:, -1] = 1.0
    scale = whole / reweighed / total
    for position in range(len(walk.order) - 1, -1, -1):
        c = walk.order[position]
        source = backward[[1, 1]] if walk.uses_arrow and problem.starts_arrow[c] else backward
        reached = _expect(source, walk.chances[position])
        marginal[c] = problem.odds[c] * float(np.vdot(forward[position], reached)) * scale
        backward = backward * walk.off[position] + reached * walk.on[position]
    return Posterior(marginal, alone * problem.none_factor / reweighed)


def posteriors(problems: Sequence[Sum]) -> list[Posterior]:
    """Return the exact posterior of each of many problems: compiled when Numba is installed, else one by one."""
    if len(problems) < WORTH_COMPILING or not can_compile():
        return [posterior(problem) for problem in problems]
    return [Posterior(marginal, none) for marginal, none, _ in map(_walk_one, problems)]


def posterior_stack(problem: Sum) -> tuple[Array, Array]:
    """Return marginals (m, C) and P(none) (m,) of m problems that share their links, such as parameter draws.

    `odds`, `absent`, `strength` and `leak` of the problem have one more axis in front, of m, or of 1 where shared.
    """
    if _many(problem) >= WORTH_COMPILING and can_compile():
        marginal, none, _ = _walk(problem)
        return marginal, none
    results = [posterior(each) for each in _each(problem)]
    return np.array([r.marginal for r in results]), np.array([r.none for r in results])


@dataclass(frozen=True, eq=False)
class AnswerEffects:
    """For each of m findings: P(yes) (m,), and the marginals (m, C) after a yes and after a no."""

    yes: Array
    if_yes: Array
    if_no: Array


def what_answers_do(problem: Sum, strength: Array, leak: Array) -> AnswerEffects:
    """Return what a yes and a no to each of m more findings would do; `strength` (C, m), `leak` (m,).

    A no only scales the odds, so it costs no further bit; a yes is what the no leaves of the whole.
    """
    kept = (1 - strength).T
    folded = replace(_one_of(problem), odds=problem.odds * kept, absent=problem.absent * kept)
    if len(kept) >= WORTH_COMPILING and can_compile():
        marginal, _, log_now = _walk_one(problem)
        if_no, _, total_no = _walk(folded)
    else:
        marginal, log_now = posterior(problem).marginal, log_total(problem)
        if_no = np.array([posterior(each).marginal for each in _each(folded)])
        total_no = np.array([log_total(each) for each in _each(folded)])
    no = (1 - leak) * np.exp(total_no - log_now)
    if_yes = (marginal - no[:, None] * if_no) / (1 - no)[:, None]
    return AnswerEffects(1 - no, np.clip(if_yes, 0.0, 1.0), if_no)


@cache
def can_compile() -> bool:
    """Return whether Numba is installed."""
    return importlib.util.find_spec("numba") is not None


def load_kernels() -> bool:
    """Load the compiled kernels, so that single problems use them too; False when Numba is not installed.

    Loading takes half a second, so nothing does it for one problem. A server that will see many does, once.
    """
    global _kernels_are_loaded
    if can_compile():
        bits, none = _WORTH_KERNELS, np.zeros(2)
        _walk_one(Sum(none, none, np.zeros((2, bits)), np.ones(bits), np.zeros(2, dtype=np.bool_), none))
        _kernels_are_loaded = True
    return _kernels_are_loaded


def _kernels_serve(problem: Sum) -> bool:
    return _kernels_are_loaded and len(problem.leak) >= _WORTH_KERNELS


def _walk_one(problem: Sum) -> tuple[Array, float, float]:
    from deepsix.diagnosis import compiled  # half a second the first time, so only where it pays

    return compiled.walk_one(*_arguments(problem))


def _walk(problem: Sum) -> tuple[Array, Array, Array]:
    from deepsix.diagnosis import compiled

    return compiled.walk(*_arguments(problem))


def _arguments(problem: Sum) -> tuple[Array, Array, Array, Array, NDArray[np.bool_], Array, float]:
    p = problem
    return p.odds, p.absent, p.strength, p.leak, p.starts_arrow, p.arrow_strength, p.none_factor


def _one_of(problem: Sum) -> Sum:
    return replace(
        problem,
        odds=problem.odds[None],
        absent=problem.absent[None],
        strength=problem.strength[None],
        leak=problem.leak[None],
    )


def _many(problem: Sum) -> int:
    return max(len(problem.odds), len(problem.absent), len(problem.strength), len(problem.leak))


def _each(problem: Sum) -> Iterator[Sum]:
    for i in range(_many(problem)):
        yield replace(
            problem,
            odds=problem.odds[i % len(problem.odds)],
            absent=problem.absent[i % len(problem.absent)],
            strength=problem.strength[i % len(problem.strength)],
            leak=problem.leak[i % len(problem.leak)],
        )


def log_total(problem: Sum) -> float:
    """Return the log of the weight of all sets of causes together, where no cause at all has prior weight 1."""
    if _kernels_serve(problem):
        return _walk_one(problem)[2]
    walk = _plan(problem)
    total = float(_forward(problem, walk)[-1][:, -1].sum())
    whole = total * float(np.prod(1 + problem.odds[_free(problem, walk.order)]))
    return float(np.log(whole + np.prod(problem.leak) * (problem.none_factor - 1)))


@dataclass(frozen=True, eq=False)
class _Walk:
    """The causes to walk through, in order; by position the factors (rows, 1) for being on and off, and `chances`.

    The n bits are cut into groups of a few. `chances` holds, for each group a cause touches, the sizes of the state
    before and after the group, and the matrix [explained after, explained before] of the cause's chance at its bits:
    one product does what would take several steps, bit by bit.
    """

    order: NDArray[np.int64]
    uses_arrow: bool
    on: Array
    off: Array
    chances: list[list[tuple[int, Array, int]]]


def _plan(problem: Sum) -> _Walk:
    """Return how to walk. Causes that touch no present finding and no arrow are left out: their odds are their answer.

    Causes that start an arrow come first, so that the arrow's bit is known when its effect is met.
    """
    is_effect = problem.arrow_strength > 0
    uses_arrow = bool(is_effect.any() and problem.starts_arrow.any())
    touches = problem.strength.any(axis=1)
    if not uses_arrow:
        order = np.flatnonzero(touches)
        odds = problem.odds[order]
        return _Walk(order, False, odds[:, None, None], np.ones((len(order), 1, 1)), _chances(problem.strength[order]))
    order = np.flatnonzero(touches | is_effect | problem.starts_arrow)
    order = order[np.argsort(~problem.starts_arrow[order], kind="stable")]
    b, odds = problem.arrow_strength[order], problem.odds[order]
    on = np.stack([odds, odds + b * problem.absent[order]], axis=1)
    off = np.stack([np.ones_like(b), 1 - b], axis=1)
    return _Walk(order, True, on[:, :, None], off[:, :, None], _chances(problem.strength[order]))


def _chances(strength: Array) -> list[list[tuple[int, Array, int]]]:
    causes, findings = strength.shape
    groups = np.array_split(np.arange(findings), max(1, -(-findings // BITS_AT_ONCE)))
    chances: list[list[tuple[int, Array, int]]] = [[] for _ in range(causes)]
    for bits in groups:
        matrix = np.ones((causes, 1, 1))
        for bit in bits:
            s, size = strength[:, bit, None, None], matrix.shape[1]
            grown = np.zeros((causes, 2 * size, 2 * size))
            grown[:, :size, :size] = matrix * (1 - s)
            grown[:, size:, :size] = matrix * s
            grown[:, size:, size:] = matrix
            matrix = grown
        before, after = 1 << (findings - 1 - int(bits[-1])) if len(bits) else 1, 1 << int(bits[0]) if len(bits) else 1
        for position in np.flatnonzero(strength[:, bits].any(axis=1)):
            chances[position].append((before, matrix[position], after))
    return chances


def _free(problem: Sum, order: NDArray[np.int64]) -> NDArray[np.bool_]:
    free = np.ones(len(problem.odds), dtype=bool)
    free[order] = False
    return free


def _forward(problem: Sum, walk: _Walk) -> list[Array]:
    """Return the forward vector before each cause and after the last; rows: arrow's bit, columns: explained sets."""
    start = np.zeros((2 if walk.uses_arrow else 1, 1 << len(problem.leak)))
    start[0] = _outer(problem.leak)
    forward = [start]
    for position, c in enumerate(walk.order):
        before = forward[-1]
        explained = _explain(before, walk.chances[position]) * walk.on[position]
        after = before * walk.off[position]
        if walk.uses_arrow and problem.starts_arrow[c]:
            after[1] += explained[0] + explained[1]
        else:
            after += explained
        forward.append(after)
    return forward


def _outer(leak: Array) -> Array:
    """Return P(exactly this set is explained by leaks alone) for all 2^n sets; bit i of the index is finding i."""
    vector = np.ones(1)
    for value in leak:
        vector = np.concatenate([vector * (1 - value), vector * value])
    return vector


def _explain(vector: Array, chances: list[tuple[int, Array, int]]) -> Array:
    """Return the distribution (rows, 2^n) after one cause has had its chance to explain the findings it touches."""
    result = vector
    for before, matrix, after in chances:
        # The lowest bits need no third axis, and a plain product is twice as quick as a stack of small ones.
        result = result.reshape(-1, len(matrix)) @ matrix.T if after == 1 else _across(result, matrix, before, after)
    return result.reshape(vector.shape)


def _expect(vector: Array, chances: list[tuple[int, Array, int]]) -> Array:
    """Return, for each state, the expected value of `vector` after one cause has had its chance."""
    result = vector
    for before, matrix, after in chances:
        result = result.reshape(-1, len(matrix)) @ matrix if after == 1 else _across(result, matrix.T, before, after)
    return result.reshape(vector.shape)


def _across(vector: Array, matrix: Array, before: int, after: int) -> Array:
    return np.asarray(np.matmul(matrix, vector.reshape(-1, len(matrix), after)), dtype=np.float64)
