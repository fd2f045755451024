"""The computable hip: which muscle does what in which posture, which stretch reaches it, and what loads it.

Arrays in, arrays out. Postures are rows of hip flexion, adduction, internal rotation and knee flexion in degrees.
Nothing is read at import; data files are loaded on first use.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from deepsix.hip.anatomy import actions, find_parts, load_anatomy
    from deepsix.hip.figure import posed_figure
    from deepsix.hip.lineset import hip_lines, published_lines
    from deepsix.hip.localiser import localise, press_point_names, region_names, trigger_names
    from deepsix.hip.moment_arms import mechanics
    from deepsix.hip.plots import angle_curve, plot_part
    from deepsix.hip.positions import load_positions, position
    from deepsix.hip.reference import compare_all, summarise
    from deepsix.hip.sharing import load_tasks, share_load, share_task
    from deepsix.hip.solver import best_posture
    from deepsix.hip.statements import statement_verdicts
    from deepsix.hip.states import muscle_state
    from deepsix.hip.stretch import effect_of, rank_stretches, stretch_table

_HOME = {
    "actions": "anatomy",
    "angle_curve": "plots",
    "best_posture": "solver",
    "compare_all": "reference",
    "effect_of": "stretch",
    "find_parts": "anatomy",
    "hip_lines": "lineset",
    "load_anatomy": "anatomy",
    "load_positions": "positions",
    "load_tasks": "sharing",
    "localise": "localiser",
    "mechanics": "moment_arms",
    "muscle_state": "states",
    "plot_part": "plots",
    "posed_figure": "figure",
    "position": "positions",
    "published_lines": "lineset",
    "press_point_names": "localiser",
    "rank_stretches": "stretch",
    "region_names": "localiser",
    "share_load": "sharing",
    "share_task": "sharing",
    "statement_verdicts": "statements",
    "stretch_table": "stretch",
    "summarise": "reference",
    "trigger_names": "localiser",
}

__all__ = [
    "actions",
    "angle_curve",
    "best_posture",
    "compare_all",
    "effect_of",
    "find_parts",
    "hip_lines",
    "load_anatomy",
    "load_positions",
    "load_tasks",
    "localise",
    "mechanics",
    "muscle_state",
    "plot_part",
    "posed_figure",
    "position",
    "press_point_names",
    "published_lines",
    "rank_stretches",
    "region_names",
    "share_load",
    "share_task",
    "statement_verdicts",
    "stretch_table",
    "summarise",
    "trigger_names",
]


def __getattr__(name: str) -> Any:
    if name in _HOME:
        return getattr(importlib.import_module(f"deepsix.hip.{_HOME[name]}"), name)
    raise AttributeError(f"module 'deepsix.hip' has no attribute {name!r}")
