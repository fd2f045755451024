"""When to go on, back, or to see someone: the gates of the stages read against how the person is doing.

Gates are data. Pain during the tasks, pain the next morning (A2), function and time decide; what was not told can never
move anyone on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from deepsix.knowledge.care import STAGES, CareRules, Gate

Way = Literal["on", "stay", "back", "see_someone", "done"]


@dataclass(frozen=True, slots=True)
class Progress:
    """How it went, None where it was not told.

    Attributes:
        pain_during: Worst pain while doing the tasks, 0 to 10.
        pain_next_morning: Pain on the morning after, 0 to 10.
        morning_rise: That pain less the usual pain in the morning, in points.
        function: How well the person does what matters to them, 0 (not at all) to 10 (as before).
        days: Whole days spent in the stage so far.
    """

    pain_during: float | None = None
    pain_next_morning: float | None = None
    morning_rise: float | None = None
    function: float | None = None
    days: float | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """Where to go from a stage, and the gates that say so: those that opened, or when staying those still shut."""

    stage: str
    way: Way
    gates: tuple[Gate, ...]


def next_stage(care: CareRules, stage: str, progress: Progress) -> Step:
    """Return the step to take. Seeing someone comes before going back, and going back before going on.

    Raises:
        KeyError: No such stage.
    """
    if stage not in STAGES:
        raise KeyError(stage)
    gates = next(entry.gates for entry in care.stages if entry.id == stage)
    on = [gate for gate in gates if gate.direction == "on"]
    shut = tuple(gate for gate in on if not _holds(gate, progress))
    back = tuple(gate for gate in gates if gate.direction == "back" and _holds(gate, progress))
    see = tuple(gate for gate in gates if gate.direction == "see_someone" and _holds(gate, progress))
    place = STAGES.index(stage)
    if any(gate.measure != "days" for gate in see) or (see and shut):  # time alone does not hold back who is well
        return Step(stage, "see_someone", see)
    if back:
        return Step(STAGES[max(0, place - 1)], "back", back)
    if shut:
        return Step(stage, "stay", shut)
    if place + 1 == len(STAGES):
        return Step(stage, "done", tuple(on))
    return Step(STAGES[place + 1], "on", tuple(on))


def _holds(gate: Gate, progress: Progress) -> bool:
    value: float | None = getattr(progress, gate.measure)
    if value is None:
        return False
    return value <= gate.value if gate.relation == "at_most" else value >= gate.value
