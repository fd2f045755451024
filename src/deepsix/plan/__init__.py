"""From an assessment to what to do: `build_plan`, and `next_stage` when check-ins come in. The front door."""

from deepsix.plan.building import build_plan
from deepsix.plan.plan import Plan
from deepsix.plan.progression import Progress, next_stage

__all__ = ["Plan", "Progress", "build_plan", "next_stage"]
