"""How a hip muscle goes from load to pain and back: a simulation over hours and weeks, with forecast and learning.

Arrays in, arrays out. Nothing is read at import; data files are loaded on first use. What it is not: a measured
prediction. Most numbers are judgements and say so; see docs/guide/recovery.md.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from deepsix.recovery.dynamics import simulate
    from deepsix.recovery.forecasting import compare, forecast, learn_from, look_ahead, prepare, prepare_learnt
    from deepsix.recovery.learning import Told
    from deepsix.recovery.loads import loads_of
    from deepsix.recovery.people import draw_people, middle_person
    from deepsix.recovery.schedule import Schedule, usual, what_if
    from deepsix.recovery.sharing import coupling_of
    from deepsix.recovery.starting import sore, well

_HOME = {
    "Schedule": "schedule",
    "Told": "learning",
    "compare": "forecasting",
    "coupling_of": "sharing",
    "draw_people": "people",
    "forecast": "forecasting",
    "learn_from": "forecasting",
    "loads_of": "loads",
    "look_ahead": "forecasting",
    "middle_person": "people",
    "prepare": "forecasting",
    "prepare_learnt": "forecasting",
    "simulate": "dynamics",
    "sore": "starting",
    "usual": "schedule",
    "well": "starting",
    "what_if": "schedule",
}

__all__ = [
    "Schedule",
    "Told",
    "compare",
    "coupling_of",
    "draw_people",
    "forecast",
    "learn_from",
    "loads_of",
    "look_ahead",
    "middle_person",
    "prepare",
    "prepare_learnt",
    "simulate",
    "sore",
    "usual",
    "well",
    "what_if",
]


def __getattr__(name: str) -> Any:
    if name in _HOME:
        return getattr(importlib.import_module(f"deepsix.recovery.{_HOME[name]}"), name)
    raise AttributeError(f"module 'deepsix.recovery' has no attribute {name!r}")
