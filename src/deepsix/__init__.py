"""deepsix works out why a hip or buttock hurts, says how sure it is and why, and how soon to see someone.

>>> from deepsix import Case, assess, load_knowledge, yes
>>> knowledge = load_knowledge()
>>> case = Case(age=52, sex="female", answers=yes("pain_hip_side", "worse_lying_on_side", "worse_stairs_up"))
>>> assess(knowledge, case).causes[0].condition
'gluteal_tendinopathy'
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from deepsix.case import Answer, Case, Origin, State, no, yes
    from deepsix.diagnosis.assessment import Assessment
    from deepsix.diagnosis.engine import assess
    from deepsix.errors import DeepsixError
    from deepsix.intake.story import read_story
    from deepsix.knowledge.loader import load_knowledge
    from deepsix.knowledge.model import Knowledge, Urgency
    from deepsix.plan.building import build_plan
    from deepsix.plan.plan import Plan

__all__ = [
    "Answer",
    "Assessment",
    "Case",
    "DeepsixError",
    "Knowledge",
    "Origin",
    "Plan",
    "State",
    "Urgency",
    "assess",
    "build_plan",
    "load_knowledge",
    "no",
    "read_story",
    "yes",
]

_HOMES = {
    "Answer": "deepsix.case",
    "Assessment": "deepsix.diagnosis.assessment",
    "Case": "deepsix.case",
    "DeepsixError": "deepsix.errors",
    "Knowledge": "deepsix.knowledge.model",
    "Origin": "deepsix.case",
    "Plan": "deepsix.plan.plan",
    "State": "deepsix.case",
    "Urgency": "deepsix.knowledge.model",
    "assess": "deepsix.diagnosis.engine",
    "build_plan": "deepsix.plan.building",
    "load_knowledge": "deepsix.knowledge.loader",
    "no": "deepsix.case",
    "read_story": "deepsix.intake.story",
    "yes": "deepsix.case",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used, so that `import deepsix` stays quick."""
    if name not in _HOMES:
        raise AttributeError(f"module 'deepsix' has no attribute {name!r}")
    import importlib

    return getattr(importlib.import_module(_HOMES[name]), name)
