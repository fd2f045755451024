"""Lengths and moment arms a second: ours, MuJoCo and OpenSim on the same lines and postures, in one run.

    python benchmarks/hip/run.py [--postures 10000] [--repeat 5]

Peers that are not installed are left out and named. One core: set OMP_NUM_THREADS=1 if BLAS is threaded.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))

import peers

from deepsix.hip import kernels
from deepsix.hip.lineset import CYLINDER, LineSet, hip_lines, published_lines
from deepsix.hip.moment_arms import inside_surface, mechanics
from deepsix.hip.posture import checked_range_deg
from deepsix.hip.sharing import load_tasks, resample, share_task
from deepsix.hip.stretch import stretch_table

OPENSIM_POSTURES = 60  # it is thousands of times slower; its rate does not depend on the count


def best_of(repeat: int, work: Callable[[], object]) -> float:
    """Return the shortest time of several, in seconds."""
    times = []
    for _ in range(repeat):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def row(name: str, rate: float, peer: float | None = None, note: str = "") -> None:
    """Print one line of the table."""
    ratio = f"{rate / peer:8.1f}x" if peer else " " * 9
    print(f"{name:46s} {rate:12,.0f} /s {ratio}  {note}")


def ours(lines: LineSet, postures: np.ndarray, repeat: int) -> dict[str, float]:
    """Return postures a second of each of our engines."""
    rates = {"numpy": len(postures) / best_of(repeat, lambda: mechanics(lines, postures, "numpy"))}
    if kernels.is_available():
        mechanics(lines, postures[:2], "compiled")
        rates["compiled"] = len(postures) / best_of(repeat, lambda: mechanics(lines, postures, "compiled"))
    return rates


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--postures", type=int, default=10_000)
    parser.add_argument("--repeat", type=int, default=5)
    options = parser.parse_args()
    low, high = checked_range_deg().T
    postures = np.random.default_rng(1).uniform(low, high, (options.postures, 4))

    lines = peers.comparable(published_lines(sense="shorter"), knee=False)
    wraps = int((lines.wrap_shape == CYLINDER).sum())
    print(f"Hip-only lines of all sources: {len(lines)} lines, {wraps} wrapped; lengths and 3 moment arms")
    rates = ours(lines, postures, options.repeat)
    mujoco_rate = None
    if importlib.util.find_spec("mujoco"):
        model = peers.mujoco_model(lines)
        mujoco_rate = len(postures) / best_of(2, lambda: peers.mujoco_mechanics(model, postures))
        length, arms = peers.mujoco_mechanics(model, postures[:500])
        found, outside = mechanics(lines, postures[:500], "numpy"), ~inside_surface(lines, postures[:500])
        worst = (
            np.abs(length - found.length_m)[outside].max(),
            np.abs(arms - found.moment_arm_m[..., :3])[outside].max(),
        )
        row("MuJoCo", mujoco_rate, None, f"lengths agree to {worst[0]:.1e} m, moment arms to {worst[1]:.1e} m")
    else:
        print("MuJoCo is not installed")
    for engine, rate in rates.items():
        row(f"ours, {engine}", rate, mujoco_rate)

    lines = peers.comparable(published_lines("rajagopal_2016", sense="shorter"), knee=True)
    wraps = int((lines.wrap_shape == CYLINDER).sum())
    print(f"Rajagopal 2016, knee included: {len(lines)} lines, {wraps} wrapped; lengths and 4 moment arms")
    rates, opensim_rate = ours(lines, postures, options.repeat), None
    if importlib.util.find_spec("opensim"):
        model, state = peers.opensim_model(lines)
        few = postures[:OPENSIM_POSTURES]
        opensim_rate = len(few) / best_of(1, lambda: peers.opensim_mechanics(model, state, few))
        length, arms = peers.opensim_mechanics(model, state, few)
        found, outside = mechanics(lines, few, "numpy"), ~inside_surface(lines, few)
        straight = outside & (lines.wrap_shape != CYLINDER)
        gap = np.abs(length - found.length_m)
        note = f"lengths agree to {gap[straight].max():.1e} m, wrapped ones to {gap[outside].max():.1e} m"
        row("OpenSim", opensim_rate, None, note)
    else:
        print("OpenSim is not installed")
    for engine, rate in rates.items():
        row(f"ours, {engine}", rate, opensim_rate)

    lines = hip_lines()
    print(f"All lines results rest on: {len(lines)} lines, {int((lines.wrap_shape == CYLINDER).sum())} wrapped")
    for engine, rate in ours(lines, postures, options.repeat).items():
        row(f"ours, {engine}", rate)

    stretch_table()
    print(f"Stretch table, all positions and parts: {best_of(3, stretch_table):.3f} s")
    task = resample(load_tasks()["running_right"], 100)
    print(f"Running cycle of 100 frames shared among all parts: {best_of(3, lambda: share_task(task)):.3f} s")


if __name__ == "__main__":
    main()
