"""The three-compartment model of muscle fatigue with rest recovery, in closed form.

Muscle is active (A), fatigued (F) or resting (R), as shares of the whole. A controller keeps the active share at the
load while resting muscle is left; active muscle tires at rate `fatigue_rate`, fatigued muscle recovers at rate
`recovery_rate`, and `rest_multiplier` times faster while no load is held (Xia and Frey Law 2008; Looft 2018):

    dF/dt = fatigue_rate * A - recovery_rate * F            (under load)
    dF/dt = - rest_multiplier * recovery_rate * F           (at rest)

While the load is met A is the load, so both are exponentials. Rates are per second, loads shares of capacity. The
model forgets a bout within minutes of rest; what lasts for days is elsewhere (`dynamics`).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]


def endurance_s(load: ArrayLike, fatigue_rate: ArrayLike, recovery_rate: ArrayLike) -> Array:
    """Return how long a steady load can be held from rest, in seconds; infinite when it can be held for ever.

    >>> round(float(endurance_s(0.5, 0.0097, 0.00091)))
    108
    """
    load, up, down = (np.asarray(v, dtype=np.float64) for v in (load, fatigue_rate, recovery_rate))
    with np.errstate(divide="ignore", invalid="ignore"):
        left = 1.0 - down * (1.0 - load) / (up * load)
        return np.asarray(np.where(left > 0.0, -np.log(np.maximum(left, 1e-300)) / down, np.inf))


def held(load: ArrayLike, seconds: ArrayLike, fatigue_rate: ArrayLike, recovery_rate: ArrayLike) -> tuple[Array, Array]:
    """Return the active and the fatigued share after holding a steady load from rest for some seconds.

    Past the endurance time nothing is resting: the active share is what is not fatigued, and falls.
    """
    load, t = np.asarray(load, dtype=np.float64), np.asarray(seconds, dtype=np.float64)
    up, down = np.asarray(fatigue_rate, dtype=np.float64), np.asarray(recovery_rate, dtype=np.float64)
    limit = endurance_s(load, up, down)
    met = up * load / down * -np.expm1(-down * np.minimum(t, limit))
    past = np.maximum(t - limit, 0.0)
    final = up / (up + down)
    tired = np.where(t > limit, final + (1.0 - load - final) * np.exp(-(up + down) * past), met)
    return np.where(t > limit, 1.0 - tired, load), tired


def rested(
    fatigued: ArrayLike, seconds: ArrayLike, recovery_rate: ArrayLike, rest_multiplier: ArrayLike = 1.0
) -> Array:
    """Return the fatigued share after resting for some seconds."""
    fading = np.asarray(recovery_rate) * np.asarray(rest_multiplier) * np.asarray(seconds)
    return np.asarray(np.asarray(fatigued) * np.exp(-fading))


def mean_fatigue(
    load: ArrayLike,
    rest_share: ArrayLike,
    seconds: ArrayLike,
    fatigue_rate: ArrayLike,
    recovery_rate: ArrayLike,
    rest_multiplier: ArrayLike,
) -> Array:
    """Return the fatigued share, averaged over a bout of work that comes and goes, begun fresh.

    Args:
        load: Mean load over the cycle, such as a stride.
        rest_share: Share of the cycle in which the muscle rests.
        seconds: Length of the bout, above 0.

    The cycle is short beside the time the model takes, so the rates are averaged over it; within half a percent of
    stepping through each cycle, see test_averaging_over_strides_matches_stepping_through_them. Capped at what is left
    beside the load.
    """
    load, rest = np.asarray(load, dtype=np.float64), np.asarray(rest_share, dtype=np.float64)
    down = np.asarray(recovery_rate) * (1.0 - rest + np.asarray(rest_multiplier) * rest)
    steady = np.asarray(fatigue_rate) * load / down
    passed = down * np.asarray(seconds, dtype=np.float64)
    return np.asarray(np.minimum(steady * (1.0 + np.expm1(-passed) / passed), 1.0 - load))
