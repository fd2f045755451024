"""What is asked next: what tells most for its trouble, never twice, never a strain on someone in danger."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from generated_cases import cases, with_yes
from hypothesis import given, settings
from hypothesis import strategies as st
from toys import Toy

from deepsix.case import Answer, Case, Origin, State, yes
from deepsix.diagnosis.engine import weigh
from deepsix.diagnosis.question import Question, finding_gains, limits_of, next_question
from deepsix.knowledge import Knowledge, Urgency
from deepsix.knowledge.model import Page

OPENING_PAGES = 5


def play(knowledge: Knowledge, case: Case, data: st.DataObject) -> tuple[list[Question], Case]:
    """Answer every question at random until the program stops."""
    asked: list[Question] = []
    while (question := next_question(knowledge, weigh(knowledge, case), [q.id for q in asked])) is not None:
        asked.append(question)
        states = data.draw(st.lists(st.sampled_from(State), min_size=len(question.findings), max_size=20))
        if question.kind == "choice":
            states = [State.UNSURE] * len(question.findings)
        case = case.with_answers(
            *(Answer(name, state, Origin.ASKED) for name, state in zip(question.findings, states, strict=False))
        )
    return asked, case


@settings(max_examples=6)
@given(data=st.data())
def test_an_interview_ends_within_its_limit_and_asks_nothing_twice(knowledge: Knowledge, data: st.DataObject) -> None:
    asked, _ = play(knowledge, Case(data.draw(st.sampled_from([None, 12, 45, 80]))), data)
    assert OPENING_PAGES <= len(asked) <= limits_of(knowledge).most_questions == 25
    assert len({q.id for q in asked}) == len(asked)
    findings = [name for q in asked for name in q.findings]
    assert len(set(findings)) == len(findings)


def test_the_first_pages_ask_for_danger(knowledge: Knowledge) -> None:
    opening = [page.id for page in sorted((p for p in knowledge.pages if p.opening), key=lambda p: p.opening)]
    assert "danger" in opening[:3]
    assert next_question(knowledge, weigh(knowledge, Case()), []).id == opening[0]  # type: ignore[union-attr]


def test_what_the_story_told_is_not_asked_again(knowledge: Knowledge) -> None:
    case = Case(answers=yes("pain_groin", "fever"))
    for asked in ([], ["danger"], ["danger", "where_back"]):
        question = next_question(knowledge, weigh(knowledge, case), asked)
        assert question is not None
        assert not {"pain_groin", "fever"} & set(question.findings)


def test_it_stops_when_nothing_would_tell_enough(knowledge: Knowledge) -> None:
    everything = {f: Answer(f, State.UNSURE) for f in knowledge.findings}
    assert next_question(knowledge, weigh(knowledge, Case(answers=everything)), []) is None


def test_it_stops_at_the_most_questions(knowledge: Knowledge) -> None:
    asked = [f"q{n}" for n in range(limits_of(knowledge).most_questions)]
    assert next_question(knowledge, weigh(knowledge, Case()), asked) is None


def everything_offered(knowledge: Knowledge, case: Case) -> list[Question]:
    """Return all questions that come when each is put off, from the tenth on."""
    asked = [p.id for p in knowledge.pages if p.opening] + ["a", "b", "c", "d", "e"]
    offered = []
    weighed = weigh(knowledge, case)
    while (question := next_question(knowledge, weighed, asked)) is not None:
        offered.append(question)
        asked.append(question.id)
    return offered


def has_self_test(knowledge: Knowledge, questions: list[Question]) -> bool:
    return any(knowledge.findings[name].kind == "self_test" for q in questions for name in q.findings)


@pytest.fixture
def ten_times_as_many_questions(knowledge: Knowledge) -> Knowledge:
    from dataclasses import replace

    settings = {**knowledge.settings, "most_questions": 250, "least_gain": 0.0, "trouble_of_self_test": 0.01}
    return replace(knowledge, settings=settings)


SORE_SIDE = yes("pain_hip_side", "worse_lying_on_side", "severity_mild", "onset_gradual", "duration_over_3_months")


def test_self_tests_are_offered_to_someone_who_is_well(ten_times_as_many_questions: Knowledge) -> None:
    knowledge = ten_times_as_many_questions
    assert has_self_test(knowledge, everything_offered(knowledge, Case(52, "female", SORE_SIDE)))


@pytest.mark.parametrize(
    ("age", "sign"),
    [(52, "fever"), (52, "cannot_bear_weight"), (52, "foot_drop"), (12, "limp"), (80, "onset_minor_fall")],
)
def test_no_self_test_is_offered_once_something_asks_for_the_same_day(
    ten_times_as_many_questions: Knowledge, age: int, sign: str
) -> None:
    knowledge = ten_times_as_many_questions
    case = with_yes(Case(age, "female", SORE_SIDE), sign)
    assert not has_self_test(knowledge, everything_offered(knowledge, case))


def test_nor_on_a_thigh_that_may_be_about_to_break(ten_times_as_many_questions: Knowledge) -> None:
    knowledge = ten_times_as_many_questions
    case = Case(69, "female", yes("pain_front_thigh", "bisphosphonate_or_denosumab"))
    assert not has_self_test(knowledge, everything_offered(knowledge, case))


@pytest.mark.parametrize("sex", ["female", "male"])
def test_pages_of_the_other_sex_are_left_out(ten_times_as_many_questions: Knowledge, sex: str) -> None:
    knowledge = ten_times_as_many_questions
    page_sex = {page.id: page.sex for page in knowledge.pages}
    offered = everything_offered(knowledge, Case(30, sex, yes("pain_groin")))  # type: ignore[arg-type]
    assert {page_sex.get(q.id, "") for q in offered} <= {"", sex}


def test_examination_findings_are_for_an_examiner(ten_times_as_many_questions: Knowledge) -> None:
    knowledge = ten_times_as_many_questions
    weighed = weigh(knowledge, Case(52, "female", SORE_SIDE))
    asked = [p.id for p in knowledge.pages]
    alone = next_question(knowledge, weighed, asked)
    examined = next_question(knowledge, weighed, asked, examiner=True)
    assert alone is None or knowledge.findings[alone.findings[0]].kind != "exam"
    assert examined is not None


@settings(max_examples=15)
@given(data=st.data())
def test_every_question_says_why(knowledge: Knowledge, data: st.DataObject) -> None:
    asked = [p.id for p in knowledge.pages if p.opening]
    question = next_question(knowledge, weigh(knowledge, data.draw(cases(knowledge.findings))), asked)
    if question is not None:
        assert question.why
        assert question.ask
        assert question.gain >= limits_of(knowledge).least_gain


TWO_CAUSES = Toy(
    {"strain": 0.2, "wear": 0.3},
    {"sore": 0.1, "stiff": 0.15, "dull": 0.4},
    {"strain": {"sore": 0.8, "dull": 0.5}, "wear": {"sore": 0.3, "stiff": 0.7}},
    urgency={"strain": Urgency.URGENT_SAME_DAY},
)


def joint(finding: str, already: tuple[str, ...] = ()) -> dict[tuple[tuple[bool, bool], bool], float]:
    """Return P(set of causes, answer | what is already known) by counting."""
    table = {}
    for members in product((False, True), repeat=2):
        weight = 1.0
        for (_, prior), is_on in zip(TWO_CAUSES.priors.items(), members, strict=True):
            weight *= prior if is_on else 1 - prior

        def p_yes(name: str, members: tuple[bool, bool] = members) -> float:
            off = 1 - TWO_CAUSES.backgrounds[name]
            for cause, is_on in zip(TWO_CAUSES.priors, members, strict=True):
                if is_on and name in TWO_CAUSES.links[cause]:
                    off *= (1 - TWO_CAUSES.links[cause][name]) / (1 - TWO_CAUSES.backgrounds[name])  # type: ignore[operator]
            return 1 - off

        weight *= float(np.prod([p_yes(name) for name in already]))
        for answer in (False, True):
            table[members, answer] = weight * (p_yes(finding) if answer else 1 - p_yes(finding))
    total = sum(table.values())
    return {key: value / total for key, value in table.items()}


def mutual_information(table: dict[tuple[object, bool], float]) -> float:
    left: dict[object, float] = {}
    right: dict[bool, float] = {}
    for (a, b), p in table.items():
        left[a] = left.get(a, 0.0) + p
        right[b] = right.get(b, 0.0) + p
    return sum(p * np.log(p / (left[a] * right[b])) for (a, b), p in table.items() if p > 0)


@pytest.mark.parametrize("already", [(), ("dull",)])
@pytest.mark.parametrize("finding", ["sore", "stiff"])
def test_a_gain_is_the_mutual_information_of_answer_and_causes(finding: str, already: tuple[str, ...]) -> None:
    toy = TWO_CAUSES.build()
    found = finding_gains(weigh(toy, Case(answers=yes(*already))), [toy.findings[finding]])[0]
    # The sets kept for choosing hold 99.5% of the probability, so a gain may be off by about that share.
    assert found == pytest.approx(mutual_information(joint(finding, already)), rel=0.02, abs=1e-4)  # type: ignore[arg-type]


def test_danger_is_worth_what_the_setting_says() -> None:
    plain, careful = TWO_CAUSES.build(), Toy(**{**TWO_CAUSES.__dict__, "settings": {"worth_of_danger": 3.0}}).build()
    about_danger: dict[tuple[object, bool], float] = {}
    for (members, answer), p in joint("sore").items():
        about_danger[members[0], answer] = about_danger.get((members[0], answer), 0.0) + p
    gains = [finding_gains(weigh(toy, Case()), [toy.findings["sore"]])[0] for toy in (plain, careful)]
    assert gains[1] - gains[0] == pytest.approx(3 * mutual_information(about_danger), rel=0.03, abs=1e-4)


def test_the_page_that_tells_more_for_its_trouble_is_asked() -> None:
    def page(name: str, *findings: str) -> Page:
        return Page(name, f"{name}?", "because", False, 0, "", findings)

    toy = Toy(**{**TWO_CAUSES.__dict__, "pages": (page("weak", "dull"), page("strong", "sore", "stiff"))}).build()
    question = next_question(toy, weigh(toy, Case()), [])
    assert question is not None
    assert question.id == "strong"
