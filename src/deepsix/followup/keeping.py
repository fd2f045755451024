"""A plan as it is kept: plain values with where the person stands, why, and what they have at hand.

{"stage", "since", "way", "reasons": [{"text", "source", "strength"}], "kit": [...] or null, "plan": as `plan_record`}
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from deepsix.followup.following import FollowUp, Standing
from deepsix.knowledge.model import Knowledge
from deepsix.plan.record import plan_record

PLAN_SHAPE = 1  # the number of the shape above


def plan_content(knowledge: Knowledge, followed: FollowUp, kit: Iterable[str] | None = None) -> dict[str, Any]:
    """Return what is kept of a plan. `kit` is what the person has; None stands for everything."""
    return {
        "stage": followed.standing.stage,
        "since": followed.standing.since.isoformat(),
        "way": followed.way,
        "reasons": [asdict(reason) for reason in followed.reasons],
        "kit": None if kit is None else sorted(kit),
        "plan": plan_record(knowledge, followed.plan),
    }


def standing_of(content: Mapping[str, Any]) -> Standing:
    """Return where a kept plan left the person."""
    return Standing(content["stage"], datetime.fromisoformat(content["since"]))


def kit_of(content: Mapping[str, Any]) -> list[str] | None:
    """Return the kit a kept plan was made for, None for everything."""
    kit = content["kit"]
    return None if kit is None else list(kit)
