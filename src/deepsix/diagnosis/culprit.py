"""Which muscle part, when a muscular cause leads: the computed hip asked with the person's own answers.

The acts that hurt, the places that hurt and the places that are sore to press go to `hip.localise`, whose reasons come
from computed stretch and load ("in a low car seat piriformis is at 94% of its comfortable length").
"""

from __future__ import annotations

from deepsix.case import Case, State
from deepsix.diagnosis.assessment import Assessment
from deepsix.hip.localiser import Suspect, localise, press_point_names, region_names
from deepsix.knowledge.model import Knowledge

SHOWN = 3


def culprit_parts(knowledge: Knowledge, assessment: Assessment, shown: int = SHOWN) -> tuple[Suspect, ...]:
    """Return the likeliest muscle parts; none when the leading cause is not in a muscle or nothing bears on it."""
    return suspect_parts(knowledge, assessment.case, assessment.causes[0].condition, shown)


def suspect_parts(knowledge: Knowledge, case: Case, leading: str, shown: int = SHOWN) -> tuple[Suspect, ...]:
    """Return the likeliest muscle parts of a closed case with its leading cause, as `culprit_parts` does."""
    if knowledge.conditions[leading].family not in knowledge.mechanics.families:
        return ()
    hurts: dict[str, bool] = {}
    for finding, act in knowledge.mechanics.acts.items():
        state = case.state(finding)
        if state is State.YES or (state is State.NO and act not in hurts):
            hurts[act] = state is State.YES
    felt = {name for name in region_names() if case.state(name) is State.YES}
    general = {other for name in felt for other in knowledge.findings[name].implies}
    regions = sorted(felt - general)
    tender: dict[str, bool] = {}
    for finding, place in knowledge.mechanics.press.items():
        state = case.state(finding)
        if place in press_point_names() and state is State.YES:
            tender[place] = True
    if not hurts and not regions and not tender:
        return ()
    return tuple(localise(hurts, regions, tender)[:shown])
