"""A case as plain values and back, for drafts and files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from deepsix.case import Answer, Case, Origin, State
from deepsix.intake.chart.record import pain_map_from_record, pain_map_record


def case_record(case: Case) -> dict[str, Any]:
    """Return a case as plain values: nothing is lost."""
    return {
        "age": case.age,
        "sex": case.sex,
        "story": case.story,
        "pain_map": None if case.pain_map is None else pain_map_record(case.pain_map),
        "answers": [[a.finding, a.state.value, a.origin.value, a.words, a.side] for a in case.answers.values()],
    }


def case_from_record(record: Mapping[str, Any]) -> Case:
    """Return the case of plain values that `case_record` made."""
    answers = (
        Answer(finding, State(state), Origin(origin), words, side)
        for finding, state, origin, words, side in record["answers"]
    )
    given = {answer.finding: answer for answer in answers}
    painted = record.get("pain_map")  # drafts from before there was a chart have none
    pain_map = None if painted is None else pain_map_from_record(painted)
    return Case(record["age"], record["sex"], given, record["story"], pain_map)
