"""What check-ins mean: change against noise, and what becomes of the plan. `follow_up` is the one way in.

Apart from `plan`, which knows nothing of check-ins, and from `records`, which keeps them: nothing here needs a
database.
Names are imported when they are first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from deepsix.followup.change import Judgement, Verdict, judge_change
    from deepsix.followup.checkin import ActivityGoal, CheckIn, GlobalChange
    from deepsix.followup.following import FollowUp, Standing, follow_up, standing_after
    from deepsix.followup.reopening import ReasonToReopen, reasons_to_reopen

_HOMES = {
    "ActivityGoal": "checkin",
    "CheckIn": "checkin",
    "FollowUp": "following",
    "GlobalChange": "checkin",
    "Judgement": "change",
    "ReasonToReopen": "reopening",
    "Standing": "following",
    "Verdict": "change",
    "follow_up": "following",
    "judge_change": "change",
    "reasons_to_reopen": "reopening",
    "standing_after": "following",
}

__all__ = [
    "ActivityGoal",
    "CheckIn",
    "FollowUp",
    "GlobalChange",
    "Judgement",
    "ReasonToReopen",
    "Standing",
    "Verdict",
    "follow_up",
    "judge_change",
    "reasons_to_reopen",
    "standing_after",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'deepsix.followup' has no attribute {name!r}")
    import importlib

    return getattr(importlib.import_module(f"deepsix.followup.{_HOMES[name]}"), name)
