"""What answers carry with them, and what happens to answers that cannot both hold."""

from __future__ import annotations

import pytest
from generated_cases import cases, danger_signs, with_yes
from hypothesis import given
from hypothesis import strategies as st

from deepsix.case import Answer, Case, Origin, State, no, yes
from deepsix.diagnosis.closure import close
from deepsix.errors import CaseError
from deepsix.knowledge import Knowledge


def closed(knowledge: Knowledge, answers: dict[str, Answer]) -> Case:
    return close(knowledge, Case(answers=answers)).case


def test_a_special_finding_makes_the_general_one_a_yes(knowledge: Knowledge) -> None:
    assert closed(knowledge, yes("pain_buttock_deep_centre")).state("pain_buttock") is State.YES


def test_yes_runs_through_several_steps(knowledge: Knowledge) -> None:
    case = closed(knowledge, yes("ex_hop_test_positive"))
    assert case.state("st_hop_pain") is State.YES
    assert case.state("worse_jumping_hopping") is State.YES


def test_no_to_the_general_finding_is_no_to_the_special_ones(knowledge: Knowledge) -> None:
    case = closed(knowledge, no("pain_buttock"))
    assert case.state("pain_buttock_deep_centre") is State.NO


def test_yes_excludes_what_cannot_be_so_as_well(knowledge: Knowledge) -> None:
    case = closed(knowledge, yes("duration_over_3_months"))
    assert case.state("duration_under_1_week") is State.NO
    assert case.state("duration_over_1_year") is None  # may be so as well


def test_unsure_implies_nothing(knowledge: Knowledge) -> None:
    answers = {"pain_buttock_deep_centre": Answer("pain_buttock_deep_centre", State.UNSURE)}
    assert set(closed(knowledge, answers).answers) == {"pain_buttock_deep_centre"}


def test_answers_that_cannot_both_hold_count_as_unsure_and_are_named(knowledge: Knowledge) -> None:
    result = close(knowledge, Case(answers=yes("duration_under_1_week", "duration_over_3_months")))
    assert result.case.state("duration_under_1_week") is State.UNSURE
    assert result.case.state("duration_over_3_months") is State.UNSURE
    assert len(result.notices) == 1
    assert "They cannot both be so" in result.notices[0]


def test_a_sign_of_danger_stays_a_yes_when_another_answer_contradicts_it(knowledge: Knowledge) -> None:
    result = close(knowledge, Case(answers=yes("onset_major_trauma", "onset_minor_fall")))
    assert result.case.state("onset_major_trauma") is State.YES
    assert result.case.state("onset_minor_fall") is State.UNSURE
    assert knowledge.findings["onset_minor_fall"].name in result.notices[0]


def test_yes_to_the_special_outweighs_no_to_the_general_and_says_so(knowledge: Knowledge) -> None:
    result = close(knowledge, Case(answers={**yes("pain_sit_bone", "ex_temperature_raised"), **no("fever")}))
    assert result.case.state("fever") is State.YES
    assert "counted both as yes" in result.notices[0]


def test_what_was_told_is_kept_as_it_was(knowledge: Knowledge) -> None:
    case = Case(answers=yes("pain_buttock_deep_centre"))
    assert close(knowledge, case).told is case


def test_origin_and_words_of_an_answer_are_kept(knowledge: Knowledge) -> None:
    answer = Answer("fever", State.YES, Origin.STORY, "burning up", "left")
    assert close(knowledge, Case(answers={"fever": answer})).case.answers["fever"] == answer


def test_an_unknown_finding_is_refused(knowledge: Knowledge) -> None:
    with pytest.raises(CaseError, match="There is no finding 'hip_hurts_lots'"):
        close(knowledge, Case(answers=yes("hip_hurts_lots")))


@given(data=st.data())
def test_closing_twice_is_closing_once(knowledge: Knowledge, data: st.DataObject) -> None:
    once = close(knowledge, data.draw(cases(knowledge.findings))).case
    twice = close(knowledge, once)
    assert {name: a.state for name, a in twice.case.answers.items()} == {n: a.state for n, a in once.answers.items()}


@given(data=st.data())
def test_no_sign_of_danger_that_was_told_is_ever_taken_back(knowledge: Knowledge, data: st.DataObject) -> None:
    case = data.draw(cases(knowledge.findings))
    sign = data.draw(st.sampled_from(danger_signs(knowledge)))
    assert close(knowledge, with_yes(case, sign)).case.state(sign) is State.YES
