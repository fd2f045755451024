"""Who takes over when a part loses strength: the load sharing of the hip room, made linear."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from deepsix.hip.sharing import load_tasks, resample, share_task
from deepsix.recovery.tables import constant

Array = NDArray[np.float64]

_STEP = 0.2  # loss of strength at which the slope is taken; soreness costs about that much
_SAMPLES = 21  # postures of the stride that are shared out; see test_few_samples_of_the_stride_give_the_same_coupling


def coupling_of(parts: Sequence[str], samples: int = _SAMPLES) -> Array:
    """Return how much more each part works in running for each unit of strength another has lost, (p, p).

    Row i, column j: relative change of the work of part i by the loss of part j. The column of a part itself is 0:
    static optimisation unloads a weak muscle, people with a sore one often cannot. Takes some 20 ms a part.

    Raises:
        UnknownMuscleError: No such part.
    """
    task = resample(load_tasks()["running_right"], samples)
    whole = share_task(task)
    columns = [whole.parts.index(p) for p in parts]
    least = constant("least_running")
    before = whole.activation.mean(axis=0)[columns]
    gain = np.zeros((len(parts), len(parts)))
    for j, part in enumerate(parts):
        after = share_task(task, strength={part: 1.0 - _STEP}).activation.mean(axis=0)[columns]
        gain[:, j] = (after - before) / np.maximum(before, least) / _STEP
    np.fill_diagonal(gain, 0.0)
    return gain
