"""Assessing a saved case again: the same result, or what has changed and what changed it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from deepsix.diagnosis.engine import weigh
from deepsix.knowledge.model import Knowledge
from deepsix.records.outcome import are_same, outcome_of, probabilities
from deepsix.records.store import Records
from deepsix.records.values import Outcome, SavedAssessment

WORTH_TELLING = 0.005  # half a percent: less is not seen in whole percents


class Verdict(StrEnum):
    """How a replay compares with what was saved."""

    SAME = "same"
    CHANGED_BY_KNOWLEDGE = "changed_by_knowledge"
    CHANGED_BY_PROGRAM = "changed_by_program"
    CHANGED_BY_BOTH = "changed_by_both"
    CHANGED_UNEXPLAINED = "changed_unexplained"  # same versions, other result: a fault, or a program edited in place


@dataclass(frozen=True, slots=True)
class CauseChange:
    """A cause whose probability moved by half a percent or more. None where it was not, or no longer is, listed."""

    condition: str
    before: float | None
    after: float | None


@dataclass(frozen=True, slots=True)
class Replay:
    """A saved assessment next to the one that comes out now.

    `causes` are the moves worth telling, the largest first. `dropped` are findings the knowledge base no longer has.
    """

    saved: SavedAssessment
    knowledge_version: str
    program_version: str
    outcome: Outcome
    verdict: Verdict
    urgency_before: str
    urgency_after: str
    causes: tuple[CauseChange, ...]
    dropped: tuple[str, ...]


def replay(records: Records, knowledge: Knowledge, number: int, program_version: str) -> Replay:
    """Assess the case of a saved assessment again, in the same setting, and compare.

    Raises:
        NoSuchRecordError: There is no assessment of that number.
    """
    saved = records.assessment(number)
    case = records.case(saved.case_id).case
    dropped = tuple(finding for finding in case.answers if finding not in knowledge.findings)
    outcome = outcome_of(knowledge, weigh(knowledge, case.without(*dropped), saved.setting))
    return Replay(
        saved=saved,
        knowledge_version=knowledge.version,
        program_version=program_version,
        outcome=outcome,
        verdict=_verdict(saved, outcome, knowledge.version, program_version),
        urgency_before=saved.urgency,
        urgency_after=outcome["urgency"]["level"],
        causes=_moves(saved.outcome, outcome),
        dropped=dropped,
    )


def _verdict(saved: SavedAssessment, outcome: Outcome, knowledge_version: str, program_version: str) -> Verdict:
    if are_same(saved.outcome, outcome):
        return Verdict.SAME
    other_knowledge = saved.knowledge_version != knowledge_version
    other_program = saved.program_version != program_version
    if other_knowledge and other_program:
        return Verdict.CHANGED_BY_BOTH
    if other_knowledge:
        return Verdict.CHANGED_BY_KNOWLEDGE
    return Verdict.CHANGED_BY_PROGRAM if other_program else Verdict.CHANGED_UNEXPLAINED


def _moves(before: Outcome, after: Outcome) -> tuple[CauseChange, ...]:
    old, new = probabilities(before), probabilities(after)
    moves = [CauseChange(c, old.get(c), new.get(c)) for c in {**old, **new}]
    told = [m for m in moves if abs((m.after or 0.0) - (m.before or 0.0)) >= WORTH_TELLING]
    return tuple(sorted(told, key=lambda m: (-abs((m.after or 0.0) - (m.before or 0.0)), m.condition)))
