"""A plan as plain values for JSON, and nothing else: the same fields as `Plan`, with names next to ids."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from deepsix.knowledge.model import Knowledge
from deepsix.plan.plan import Plan


def plan_record(knowledge: Knowledge, plan: Plan) -> dict[str, Any]:
    """Return a plan as values that `json.dumps` takes."""
    record = asdict(plan)
    record["day"], record["review"] = plan.day.isoformat(), plan.review.isoformat()
    record["urgency"] = plan.urgency.id
    record["see_someone_if"] = [
        {"level": entry.level.id, "text": entry.text, "source": entry.source} for entry in plan.see_someone_if
    ]
    record["causes"] = [{"id": name, "name": knowledge.conditions[name].name} for name in plan.causes]
    return record
