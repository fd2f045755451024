"""The figures of `evaluate`: on a result made by hand, and floors on the published cases that are shipped."""

from __future__ import annotations

import pytest

from deepsix.case import State
from deepsix.diagnosis.assessment import RankedCause
from deepsix.knowledge import Knowledge, Urgency
from deepsix.study.cases import NONE_OF_THESE, SHIPPED_CASES, StudyCase, read_cases
from deepsix.study.evaluate import CaseResult, Evaluation, evaluate, with_none_of_these
from deepsix.study.interviewed import interview, replies
from deepsix.study.statistics import Share


def study_case(name: str = "x", urgency: Urgency | None = Urgency.CLINICIAN_SOON, **answers: State) -> StudyCase:
    return StudyCase(name, 40, "male", "", answers, ("strain",), ("wear",), urgency)


def result(
    rank: int,
    first: float,
    truth: Urgency | None,
    advice: Urgency,
    *,
    questions: int = 0,
    found: int = 0,
    given: int = 0,
    strict: int = 9,
) -> CaseResult:
    ranked = tuple(RankedCause(name, p, 0.0, 1.0) for name, p in (("strain", first), ("other", 1 - first)))
    case = study_case(urgency=truth)
    return CaseResult(case, ranked, rank, strict, advice, questions, found, given, ())


BY_HAND = Evaluation(
    "interview",
    "published",
    (
        result(1, 0.8, Urgency.CLINICIAN_SOON, Urgency.CLINICIAN_SOON, questions=10, found=4, given=5, strict=1),
        result(2, 0.6, Urgency.URGENT_SAME_DAY, Urgency.CLINICIAN_SOON, questions=14, found=1, given=5, strict=4),
        result(4, 0.5, Urgency.SELF_CARE, Urgency.EMERGENCY, questions=20, found=0, given=0),
        result(9, 0.9, None, Urgency.SELF_CARE, questions=12, found=3, given=10),
    ),
)


@pytest.mark.parametrize(("k", "count"), [(1, 1), (3, 2), (5, 3)])
def test_a_case_counts_when_a_right_cause_is_among_the_first(k: int, count: int) -> None:
    assert BY_HAND.top(k) == Share(count, 4)


def test_the_strict_figures_count_the_truth_alone() -> None:
    assert BY_HAND.strict_top(1) == Share(1, 4)
    assert BY_HAND.strict_top(5) == Share(2, 4)


def test_urgency_is_judged_where_the_truth_is_known() -> None:
    assert BY_HAND.urgency_exact == Share(1, 3)
    assert BY_HAND.over_triage == Share(1, 3)
    assert [r.rank for r in BY_HAND.hazardous_under_triage] == [2]


def test_brier_score_is_about_the_first_cause() -> None:
    assert BY_HAND.brier == pytest.approx((0.2**2 + 0.6**2 + 0.5**2 + 0.9**2) / 4)


def test_questions_and_facts() -> None:
    assert BY_HAND.questions_median == 13
    assert BY_HAND.fact_recall == 8 / 20
    assert BY_HAND.facts_a_question == 8 / 56


def test_nothing_to_score_gives_noughts_instead_of_an_error() -> None:
    empty = Evaluation("answers", "published", ())
    assert (empty.brier, empty.questions_median, empty.fact_recall, empty.top(1).value) == (0.0, 0.0, 0.0, 0.0)


def test_none_of_these_has_its_place_in_the_ranking(knowledge: Knowledge) -> None:
    from deepsix.case import Case
    from deepsix.diagnosis.engine import assess

    ranked = with_none_of_these(assess(knowledge, Case(40, "male")))
    assert len(ranked) == len(knowledge.conditions) + 1
    assert NONE_OF_THESE in [cause.condition for cause in ranked]
    assert [c.probability for c in ranked] == sorted((c.probability for c in ranked), reverse=True)


def test_an_acceptable_cause_is_as_right_as_the_truth(knowledge: Knowledge) -> None:
    answers = {"pain_hip_side": State.YES, "worse_lying_on_side": State.YES, "tender_outer_hip": State.YES}
    case = StudyCase("x", 54, "female", "", answers, ("hip_fracture",), ("gluteal_tendinopathy",), None)
    found = evaluate(knowledge, [case], "answers", "community").results[0]
    assert found.rank == 1
    assert found.strict_rank > 1


SCIATICA = StudyCase(
    "s1",
    44,
    "male",
    "",
    {
        "pain_buttock": State.YES,
        "pain_calf_back": State.YES,
        "numb_outer_foot_sole": State.YES,
        "worse_cough_sneeze": State.YES,
        "fever": State.NO,
    },
    ("radiculopathy_s1",),
    (),
    None,
)


def test_the_player_answers_from_the_case_and_is_unsure_of_the_rest(knowledge: Knowledge) -> None:
    outcome = interview(knowledge, SCIATICA, "community")
    told = outcome.weighed.closed.told.answers
    assert told["pain_buttock"].state is State.YES
    assert told["fever"].state is State.NO
    assert {a.state for name, a in told.items() if name not in SCIATICA.answers} == {State.UNSURE}
    assert 0 < outcome.questions <= 25


def test_the_player_counts_the_facts_it_found(knowledge: Knowledge) -> None:
    outcome = interview(knowledge, SCIATICA, "community")
    closed = outcome.weighed.closed.case
    assert outcome.facts_found == sum(closed.state(name) is state for name, state in SCIATICA.answers.items())
    assert outcome.facts_found >= 4


def test_the_story_is_not_read_in_the_interview(knowledge: Knowledge) -> None:
    from dataclasses import replace

    silent = replace(SCIATICA, answers={}, narrative="I have a fever and my groin hurts.")
    assert "fever" not in [
        name
        for name, a in interview(knowledge, silent, "community").weighed.closed.case.answers.items()
        if a.state is State.YES
    ]


def test_a_reply_covers_every_finding_of_the_question(knowledge: Knowledge) -> None:
    from deepsix.case import Case
    from deepsix.diagnosis.engine import weigh
    from deepsix.diagnosis.question import next_question

    question = next_question(knowledge, weigh(knowledge, Case()), [])
    assert question is not None
    assert [a.finding for a in replies(SCIATICA, question)] == list(question.findings)


@pytest.mark.parametrize(
    # Floors, a few cases of 33 below what is reached now. They catch a step back; they are not what we aim for.
    ("given", "top1", "top3"),
    [("answers", 0.55, 0.75), ("narrative", 0.33, 0.55)],
)
def test_the_shipped_cases_do_not_fall_below_what_was_reached(
    knowledge: Knowledge, given: str, top1: float, top3: float
) -> None:
    found = evaluate(knowledge, read_cases(SHIPPED_CASES, knowledge).cases, given)  # type: ignore[arg-type]
    assert found.hazardous_under_triage == ()
    assert found.top(1).value >= top1
    assert found.top(3).value >= top3
    assert found.over_triage.value <= 0.3
    assert found.brier <= 0.27


def test_no_danger_is_missed_in_the_shipped_cases_at_home(knowledge: Knowledge) -> None:
    found = evaluate(knowledge, read_cases(SHIPPED_CASES, knowledge).cases, "answers", "community")
    assert [r.case.id for r in found.hazardous_under_triage] == []


def test_no_danger_is_missed_in_the_interview(knowledge: Knowledge) -> None:
    urgent = [
        case
        for case in read_cases(SHIPPED_CASES, knowledge).cases
        if case.urgency is not None and case.urgency >= Urgency.URGENT_SAME_DAY
    ]
    assert urgent
    found = evaluate(knowledge, urgent, "interview")
    assert [r.case.id for r in found.hazardous_under_triage] == []
    assert max(r.questions for r in found.results) <= 25
