"""The exact sum, compiled by Numba: the same answers, tens of times faster on many problems.

Numba is an optional extra and takes half a second to import, so only `exact.posteriors`, `exact.posterior_stack` and
`exact.what_answers_do` come here, for many problems at once.

The walk is that of `exact`, with a state that holds only what it has to. A finding's bit is added when the first cause
that can explain it comes up, and once the last one has passed, the finding must be explained: its bit is dropped.
Causes are ordered so that few bits are open at a time. Problems that share their links are walked eight at a time, one
in each lane of the vector registers. The arrow is one more bit: its causes explain it with certainty, its effects read
it, and at the end both its values count.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba
import numpy as np
from numpy.typing import NDArray

from deepsix.diagnosis.network import Array

LANES = 8
_ALONE, _SIDE_BY_SIDE = (0,), (0,) * LANES  # how many lanes, as the length of a tuple: known when compiling
_F = TypeVar("_F", bound=Callable[..., Any])


def _compile(function: _F) -> _F:
    # Sums may be reordered: all terms are non-negative, so this costs no digits.
    return cast(_F, numba.njit(cache=True, nogil=True, error_model="numpy", fastmath={"reassoc", "contract"})(function))


def walk_one(
    odds: Array,
    absent: Array,
    strength: Array,
    leak: Array,
    starts_arrow: NDArray[np.bool_],
    arrow_strength: Array,
    none_factor: float,
) -> tuple[Array, float, float]:
    """Return the marginals (C,), P(none) and log total of one problem; arguments as in `exact.Sum`."""
    w, a, s, q = (np.ascontiguousarray(each)[..., None] for each in (odds, absent, strength, leak))
    marginal, none, log_total = _run(_ALONE, w, a, s, q, starts_arrow, arrow_strength, none_factor)
    return marginal[:, 0], float(none[0]), float(log_total[0])


def walk(
    odds: Array,
    absent: Array,
    strength: Array,
    leak: Array,
    starts_arrow: NDArray[np.bool_],
    arrow_strength: Array,
    none_factor: float,
) -> tuple[Array, Array, Array]:
    """Return marginals (m, C), P(none) (m,) and log totals (m,) of m problems.

    Args:
        odds, absent, strength, leak: As in `exact.Sum`, with a first axis of m, or of 1 where they are shared.
    """
    many = max(len(odds), len(absent), len(strength), len(leak))
    causes = strength.shape[1]
    marginal, none, log_total = np.empty((many, causes)), np.empty(many), np.empty(many)
    for first in range(0, many, LANES):
        lanes = np.minimum(np.arange(first, first + LANES), many - 1)
        w, a, s, q = (
            np.ascontiguousarray(np.moveaxis(each[lanes % len(each)], 0, -1)) for each in (odds, absent, strength, leak)
        )
        results = _run(_SIDE_BY_SIDE, w, a, s, q, starts_arrow, arrow_strength, none_factor)
        kept = slice(first, min(first + LANES, many))
        for whole, result in zip((marginal, none, log_total), results, strict=True):
            whole[kept] = result.T[: kept.stop - first]
    return marginal, none, log_total


@_compile
def _open_bits(touched: int, closed_or_open: int) -> int:
    fresh, count = touched & ~closed_or_open, 0
    while fresh:
        fresh &= fresh - 1
        count += 1
    return count


@_compile
def _plan(touch: Any, bits: int, first_causes: int) -> Any:
    """Return the order of the causes (as rows of `touch`), and by position the bits added and dropped after it.

    `touch` holds for each cause the findings it touches, as a bit mask. The next finding to close is the one whose
    causes open the fewest new bits. The first `first_causes` rows start the arrow and come before all others.
    """
    causes = len(touch)
    order = np.empty(causes, np.int64)
    added = np.zeros(causes, np.int64)
    dropped = np.zeros(causes, np.int64)
    waits = np.ones(causes, np.bool_)
    opened, done = 0, 0
    while done < causes:
        first = done < first_causes
        wanted, least = 0, 1 << 62
        for bit in range(bits):
            needed, any_waits = 0, False
            for c in range(causes):
                if waits[c] and (touch[c] >> bit) & 1 and (not first or c < first_causes):
                    needed |= touch[c]
                    any_waits = True
            if any_waits and _open_bits(needed, opened) < least:
                wanted, least = bit, _open_bits(needed, opened)
        while True:
            best, least = -1, 1 << 62
            for c in range(causes):
                if waits[c] and (touch[c] >> wanted) & 1 and (not first or c < first_causes):
                    fresh = _open_bits(touch[c], opened)
                    if fresh < least:
                        best, least = c, fresh
            if best < 0:
                break
            waits[best] = False
            order[done] = best
            added[done] = touch[best] & ~opened
            opened |= touch[best]
            done += 1
    later = 0
    for position in range(causes - 1, -1, -1):
        dropped[position] = touch[order[position]] & ~later
        later |= touch[order[position]]
    return order, added, dropped


@_compile
def _places(added: Any, dropped: Any, bits: int) -> Any:
    """Return where each bit stands while each cause is passed, where it stands when dropped, and the states then."""
    walked = len(added)
    place = np.full((walked, bits), -1, np.int64)
    drop_at = np.full((walked, bits), -1, np.int64)
    size = np.empty(walked, np.int64)
    now = np.full(bits, -1, np.int64)
    opened = 0
    for position in range(walked):
        for f in range(bits):
            if (added[position] >> f) & 1:
                now[f] = opened
                opened += 1
        place[position] = now
        size[position] = 1 << opened
        for f in range(bits):
            if (dropped[position] >> f) & 1:
                drop_at[position, f] = now[f]
                for other in range(bits):
                    if now[other] > now[f]:
                        now[other] -= 1
                now[f] = -1
                opened -= 1
    return place, drop_at, size


# From here on `width` is a tuple whose length is the number of lanes, and a state vector is flat, [state, lane].
# `chance` and `share` hold a value for each lane.


@_compile
def _explain(width: Any, state: Any, size: int, bit: int, chance: Any) -> None:
    lanes = len(width)
    half = lanes << bit
    for start in range(0, size * lanes, 2 * half):
        if lanes == 1:
            s = chance[0]
            for i in range(start, start + half):
                state[i + half] += s * state[i]
                state[i] *= 1 - s
        else:
            for i in range(start, start + half, lanes):
                for lane in range(lanes):
                    state[i + half + lane] += chance[lane] * state[i + lane]
                    state[i + lane] *= 1 - chance[lane]


@_compile
def _expect(width: Any, state: Any, size: int, bit: int, chance: Any) -> None:
    lanes = len(width)
    half = lanes << bit
    for start in range(0, size * lanes, 2 * half):
        if lanes == 1:
            s = chance[0]
            for i in range(start, start + half):
                state[i] = (1 - s) * state[i] + s * state[i + half]
        else:
            for i in range(start, start + half, lanes):
                for lane in range(lanes):
                    low, s = state[i + lane], chance[lane]
                    state[i + lane] = (1 - s) * low + s * state[i + half + lane]


@_compile
def _mix(width: Any, result: Any, before: Any, after: Any, size: int, off: Any, on: Any, arrow_bit: int) -> None:
    """Set result to off * before + on * after; `off` and `on` are [arrow's bit, lane], bit -1 counts as 0."""
    lanes = len(width)
    if arrow_bit < 0:
        for i in range(0, size * lanes, lanes):
            for lane in range(lanes):
                result[i + lane] = off[0, lane] * before[i + lane] + on[0, lane] * after[i + lane]
        return
    for state in range(size):
        bit = (state >> arrow_bit) & 1
        for lane in range(lanes):
            i = state * lanes + lane
            result[i] = off[bit, lane] * before[i] + on[bit, lane] * after[i]


@_compile
def _dot(width: Any, result: Any, before: Any, after: Any, size: int) -> None:
    lanes = len(width)
    result[:] = 0.0
    if lanes == 1:
        total = 0.0
        for i in range(size):
            total += before[i] * after[i]
        result[0] = total
    else:
        for i in range(0, size * lanes, lanes):
            for lane in range(lanes):
                result[lane] += before[i + lane] * after[i + lane]


@_compile
def _add_bit(width: Any, state: Any, bit: int, share: Any) -> None:
    lanes = len(width)
    length = lanes << bit
    for i in range(0, length, lanes):
        for lane in range(lanes):
            state[length + i + lane] = state[i + lane] * share[lane]
            state[i + lane] *= 1 - share[lane]


@_compile
def _take_bit_off(width: Any, state: Any, bit: int, share: Any) -> None:
    """Undo `add_bit` for a backward vector: the expected value over the bit."""
    lanes = len(width)
    length = lanes << bit
    for i in range(0, length, lanes):
        for lane in range(lanes):
            low = (1 - share[lane]) * state[i + lane]
            state[i + lane] = low + share[lane] * state[length + i + lane]


@_compile
def _drop_bit(width: Any, state: Any, size: int, bit: int, both: bool) -> None:
    """Keep what has the bit set; with `both`, add what has not."""
    lanes = len(width)
    half, kept = lanes << bit, 0
    for start in range(0, size * lanes, 2 * half):
        for i in range(start, start + half):
            state[kept] = state[i + half] + (state[i] if both else 0.0)
            kept += 1


@_compile
def _put_bit_back(width: Any, state: Any, size: int, bit: int, both: bool) -> None:
    """Undo `drop_bit` for a backward vector of `size` states with the bit: without it nothing can come of it."""
    lanes = len(width)
    half, kept = lanes << bit, size * lanes // 2
    for start in range(size * lanes - 2 * half, -1, -2 * half):  # from the end, so as not to overwrite
        for i in range(half - 1, -1, -1):
            kept -= 1
            state[start + half + i] = state[kept]
    for start in range(0, size * lanes, 2 * half):
        for i in range(start, start + half):
            state[i] = state[i + half] if both else 0.0


@_compile
def _touches(width: Any, strength: Any, starts: Any, arrow: Any) -> Any:
    """Return the causes to walk, those that start the arrow first, what each touches, and how many start it."""
    lanes = len(width)
    causes, findings = strength.shape[0], strength.shape[1]
    uses_arrow = starts.any() and (arrow > 0).any()
    names, touch = np.empty(causes, np.int64), np.empty(causes, np.int64)
    walked, first_causes = 0, 0
    for is_first in (True, False):
        for c in range(causes):
            if (uses_arrow and starts[c]) != is_first:
                continue
            mask = 0
            for f in range(findings):
                for lane in range(lanes):
                    if strength[c, f, lane] > 0:
                        mask |= 1 << f
            if uses_arrow and (starts[c] or arrow[c] > 0):
                mask |= 1 << findings
            if mask:
                names[walked], touch[walked] = c, mask
                walked += 1
        if is_first:
            first_causes = walked
    return names[:walked], touch[:walked], first_causes


@_compile
def _run(
    width: Any, odds: Any, absent: Any, strength: Any, leak: Any, starts: Any, arrow: Any, none_factor: float
) -> Any:
    lanes = len(width)
    causes, findings = strength.shape[0], strength.shape[1]
    names, touch, first_causes = _touches(width, strength, starts, arrow)
    order, added, dropped = _plan(touch, findings + 1, first_causes)
    names, touch = names[order], touch[order]
    walked, arrow_bit = len(names), findings
    place, drop_at, size = _places(added, dropped, findings + 1)
    begin = np.zeros(walked + 1, np.int64)
    begin[1:] = np.cumsum(size) * lanes
    most = 2 * lanes * max(1, size.max() if walked else 1)

    uses_arrow = first_causes > 0
    share = np.zeros((findings + 1, lanes))  # the arrow's bit has no leak
    share[:findings] = leak
    certain = np.ones(lanes)
    off, on = np.ones((walked, 2, lanes)), np.empty((walked, 2, lanes))
    effect_bit = np.full(walked, -1, np.int64)
    for position in range(walked):
        c = names[position]
        for lane in range(lanes):
            on[position, 0, lane] = odds[c, lane]
            on[position, 1, lane] = odds[c, lane] + arrow[c] * absent[c, lane]
            off[position, 1, lane] = 1 - arrow[c]
        if uses_arrow and arrow[c] > 0:
            effect_bit[position] = place[position, arrow_bit]

    forward, state, moved = np.empty(begin[walked]), np.empty(most), np.empty(most)
    state[:lanes] = 1.0
    for position in range(walked):
        c, n = names[position], size[position]
        for f in range(findings + 1):
            if (added[position] >> f) & 1:
                _add_bit(width, state, place[position, f], share[f])
        before = forward[begin[position] : begin[position + 1]]
        before[:] = state[: n * lanes]
        moved[: n * lanes] = before
        for f in range(findings):
            if (touch[position] >> f) & 1:
                _explain(width, moved, n, place[position, f], strength[c, f])
        if uses_arrow and starts[c]:
            _explain(width, moved, n, place[position, arrow_bit], certain)
        _mix(width, state, before, moved, n, off[position], on[position], effect_bit[position])
        for f in range(findings + 1):
            if (dropped[position] >> f) & 1:
                _drop_bit(width, state, n, drop_at[position, f], f == arrow_bit)
                n //= 2

    # What nothing touches is independent of the rest: findings only a leak explains, causes as they were.
    free, alone, is_walked, linked = np.ones(lanes), np.ones(lanes), np.zeros(causes, np.bool_), 0
    for position in range(walked):
        linked |= touch[position]
        is_walked[names[position]] = True
    for f in range(findings):
        alone *= leak[f]
        if not (linked >> f) & 1:
            free *= leak[f]
    for c in range(causes):
        if not is_walked[c]:
            for lane in range(lanes):
                free[lane] *= 1 + odds[c, lane]
    whole = state[:lanes] * free
    reweighed = whole + alone * (none_factor - 1)
    marginal, scale, summed = np.empty((causes, lanes)), free / reweighed, np.empty(lanes)
    for c in range(causes):
        if not is_walked[c]:
            marginal[c] = odds[c] / (1 + odds[c]) * (whole / reweighed)

    state[:lanes] = 1.0
    n = 1
    for position in range(walked - 1, -1, -1):
        c = names[position]
        for f in range(findings, -1, -1):
            if (dropped[position] >> f) & 1:
                n *= 2
                _put_bit_back(width, state, n, drop_at[position, f], f == arrow_bit)
        moved[: n * lanes] = state[: n * lanes]
        if uses_arrow and starts[c]:
            _expect(width, moved, n, place[position, arrow_bit], certain)
        for f in range(findings):
            if (touch[position] >> f) & 1:
                _expect(width, moved, n, place[position, f], strength[c, f])
        _dot(width, summed, forward[begin[position] : begin[position + 1]], moved, n)
        for lane in range(lanes):
            marginal[c, lane] = odds[c, lane] * summed[lane] * scale[lane]
        _mix(width, state, state, moved, n, off[position], on[position], effect_bit[position])
        for f in range(findings, -1, -1):
            if (added[position] >> f) & 1:
                _take_bit_off(width, state, place[position, f], share[f])
                n //= 2
    return marginal, alone * none_factor / reweighed, np.log(reweighed)
