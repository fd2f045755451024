"""What is kept between runs: cases, assessments, plans, check-ins, training, and every change to them.

`open_records()` gives the one way in, `Records`. Values of check-ins and the judging of change need no database and
are imported without one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from deepsix.records.change import Judgement, judge_change
    from deepsix.records.checkin import ActivityGoal, CheckIn, GlobalChange
    from deepsix.records.reopening import reasons_to_reopen
    from deepsix.records.replaying import Replay, replay
    from deepsix.records.store import Records, open_records

__all__ = [
    "ActivityGoal",
    "CheckIn",
    "GlobalChange",
    "Judgement",
    "Records",
    "Replay",
    "judge_change",
    "open_records",
    "reasons_to_reopen",
    "replay",
]

_HOMES = {
    "ActivityGoal": "deepsix.records.checkin",
    "CheckIn": "deepsix.records.checkin",
    "GlobalChange": "deepsix.records.checkin",
    "Judgement": "deepsix.records.change",
    "Records": "deepsix.records.store",
    "Replay": "deepsix.records.replaying",
    "judge_change": "deepsix.records.change",
    "open_records": "deepsix.records.store",
    "reasons_to_reopen": "deepsix.records.reopening",
    "replay": "deepsix.records.replaying",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used, so that a check-in does not load a database."""
    if name not in _HOMES:
        raise AttributeError(f"module 'deepsix.records' has no attribute {name!r}")
    import importlib

    return getattr(importlib.import_module(_HOMES[name]), name)
