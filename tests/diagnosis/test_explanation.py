"""Reasons: what each answer did adds up, comes with its source, and what is said to change the answer does."""

from __future__ import annotations

import numpy as np
import pytest
from generated_cases import cases
from hypothesis import given, settings
from hypothesis import strategies as st
from toys import Toy

from deepsix.case import Answer, Case, State, no, yes
from deepsix.diagnosis.engine import assess, weigh
from deepsix.diagnosis.explanation import Explanation, explain, what_would_change
from deepsix.knowledge import Knowledge
from deepsix.knowledge.model import ESTIMATE


def log_odds(p: float) -> float:
    return float(np.log(p / (1 - p)))


def contributions(explanation: Explanation) -> dict[str, float]:
    return {c.finding: c.log_odds for c in (*explanation.speaks_for, *explanation.speaks_against)}


ONE_CAUSE = Toy(
    {"strain": 0.1},
    {"sore": 0.2, "stiff": 0.1, "numb": 0.3, "runs": 0.25},
    {"strain": {"sore": 0.8, "stiff": 0.5, "numb": 0.6}},
    risks={"strain": {"runs": 3.0}},
)


def test_contributions_to_a_single_cause_add_up_to_the_change_of_its_log_odds() -> None:
    toy = ONE_CAUSE.build()
    weighed = weigh(toy, Case(answers={**yes("sore", "runs"), **no("numb")}))
    found = contributions(explain(toy, weighed, "strain"))
    assert set(found) == {"sore", "runs", "numb"}
    change = log_odds(weighed.marginal[weighed.evidence.network.cause_index("strain")]) - log_odds(0.1)
    assert sum(found.values()) == pytest.approx(change, abs=1e-6)


def test_a_contribution_is_the_log_of_the_likelihood_ratio() -> None:
    toy = ONE_CAUSE.build()
    found = contributions(explain(toy, weigh(toy, Case(answers={**yes("sore"), **no("numb")})), "strain"))
    assert found["sore"] == pytest.approx(np.log(0.8 / 0.2), abs=1e-6)
    assert found["numb"] == pytest.approx(np.log((1 - 0.6) / (1 - 0.3)), abs=1e-6)


def test_the_strongest_reason_comes_first() -> None:
    toy = ONE_CAUSE.build()
    reasons = explain(toy, weigh(toy, Case(answers=yes("sore", "stiff", "numb"))), "strain").speaks_for
    assert [c.log_odds for c in reasons] == sorted((c.log_odds for c in reasons), reverse=True)


def test_what_is_unknown_is_said() -> None:
    toy = ONE_CAUSE.build()
    unknown = explain(toy, weigh(toy, Case(answers=yes("sore"))), "strain").unknown
    assert {u.finding for u in unknown} == {"stiff", "numb"}
    stiff = next(u for u in unknown if u.finding == "stiff")
    assert stiff.log_odds_if_yes == pytest.approx(np.log(0.5 / 0.1))
    assert stiff.log_odds_if_no == pytest.approx(np.log(0.5 / 0.9))


@settings(max_examples=20)
@given(data=st.data())
def test_every_reason_has_a_source(knowledge: Knowledge, data: st.DataObject) -> None:
    weighed = weigh(knowledge, data.draw(cases(knowledge.findings)))
    condition = data.draw(st.sampled_from(sorted(knowledge.conditions)))
    explanation = explain(knowledge, weighed, condition)
    for reason in (*explanation.speaks_for, *explanation.speaks_against):
        assert reason.source == ESTIMATE or reason.source in knowledge.sources
        assert reason.reason


@settings(max_examples=20)
@given(data=st.data())
def test_for_and_against_are_told_apart(knowledge: Knowledge, data: st.DataObject) -> None:
    weighed = weigh(knowledge, data.draw(cases(knowledge.findings)))
    explanation = explain(knowledge, weighed, data.draw(st.sampled_from(sorted(knowledge.conditions))))
    assert all(c.log_odds > 0 for c in explanation.speaks_for)
    assert all(c.log_odds < 0 for c in explanation.speaks_against)


def test_a_condition_that_does_not_exist_is_refused(knowledge: Knowledge) -> None:
    with pytest.raises(ValueError, match="not in tuple"):
        explain(knowledge, weigh(knowledge, Case()), "hip_hurts_lots")


CHANGING = [
    Case(45, "male", yes("pain_buttock", "worse_sitting")),
    Case(52, "female", yes("pain_hip_side", "worse_lying_on_side")),
    Case(68, "male", yes("pain_groin", "worse_walking", "stiffness_morning_brief")),
    Case(24, "female", yes("pain_groin", "runner", "worse_running")),
    Case(33, "male", yes("pain_buttock", "fever")),
    Case(12, "male", yes("pain_groin")),
]


@pytest.mark.parametrize("case", CHANGING, ids=lambda case: f"{case.age}, {', '.join(case.answers)}")
def test_what_would_change_the_answer_does_when_it_is_answered(knowledge: Knowledge, case: Case) -> None:
    before = assess(knowledge, case)
    for change in what_would_change(knowledge, weigh(knowledge, case)):
        after = assess(knowledge, case.with_answers(Answer(change.finding, change.answer)))
        if change.urgency is not None:
            assert after.urgency.level >= change.urgency > before.urgency.level, change
        if change.first_cause:
            assert after.causes[0].condition == change.first_cause != before.causes[0].condition, change


def test_only_what_is_open_is_said_to_change_the_answer(knowledge: Knowledge) -> None:
    weighed = weigh(knowledge, CHANGING[0])
    for change in what_would_change(knowledge, weighed):
        assert change.finding not in weighed.closed.case.answers
        assert change.answer in (State.YES, State.NO)
        assert knowledge.findings[change.finding].kind != "exam"
