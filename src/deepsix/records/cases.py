"""A case as plain values and back, for drafts and files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from deepsix.case import Answer, Case, Origin, State


def case_record(case: Case) -> dict[str, Any]:
    """Return a case as plain values: nothing is lost."""
    return {
        "age": case.age,
        "sex": case.sex,
        "story": case.story,
        "answers": [[a.finding, a.state.value, a.origin.value, a.words, a.side] for a in case.answers.values()],
    }


def case_from_record(record: Mapping[str, Any]) -> Case:
    """Return the case of plain values that `case_record` made."""
    answers = (
        Answer(finding, State(state), Origin(origin), words, side)
        for finding, state, origin, words, side in record["answers"]
    )
    return Case(record["age"], record["sex"], {answer.finding: answer for answer in answers}, record["story"])
