"""How soon to see someone: danger is monotone, silence is not a no, children are seen; cases a clinician can read."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from generated_cases import IN_SETTINGS, cases, danger_signs, with_yes
from hypothesis import given, settings
from hypothesis import strategies as st
from toys import Toy

from deepsix.case import SETTINGS, Answer, Case, Setting, State, no, yes
from deepsix.diagnosis.engine import weigh
from deepsix.diagnosis.urgency import UrgencyAdvice, urgency_advice
from deepsix.knowledge import Knowledge, Urgency

CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "urgency.toml").read_text(encoding="utf-8"))["case"]


def advice(knowledge: Knowledge, case: Case, setting: Setting = "community") -> UrgencyAdvice:
    weighed = weigh(knowledge, case, setting)
    return urgency_advice(knowledge, weighed.closed, weighed.evidence, weighed.sets)


def level(knowledge: Knowledge, case: Case, setting: Setting = "community") -> Urgency:
    return advice(knowledge, case, setting).level


def case_of(record: dict[str, Any]) -> Case:
    answers = {**yes(*record.get("yes", [])), **no(*record.get("no", []))}
    return Case(record.get("age"), record.get("sex"), answers)


@settings(max_examples=60)
@given(data=st.data())
def test_one_more_danger_sign_never_lowers_urgency(knowledge: Knowledge, data: st.DataObject) -> None:
    case = data.draw(cases(knowledge.findings))
    setting = data.draw(IN_SETTINGS)
    sign = data.draw(st.sampled_from(danger_signs(knowledge)))
    if case.state(sign) is State.NO:
        case = case.without(sign)
    assert level(knowledge, with_yes(case, sign), setting) >= level(knowledge, case, setting)


@settings(max_examples=40)
@given(data=st.data())
def test_a_danger_sign_that_contradicts_an_answer_never_lowers_urgency(
    knowledge: Knowledge, data: st.DataObject
) -> None:
    sign = data.draw(st.sampled_from([f for f in danger_signs(knowledge) if knowledge.findings[f].excludes]))
    against = data.draw(st.lists(st.sampled_from(knowledge.findings[sign].excludes), min_size=1, unique=True))
    case = with_yes(data.draw(cases(knowledge.findings, most=6)), *against).without(sign)
    setting = data.draw(IN_SETTINGS)
    assert level(knowledge, with_yes(case, sign), setting) >= level(knowledge, case, setting)


@settings(max_examples=60)
@given(data=st.data())
def test_no_set_of_red_flags_ends_in_self_care(knowledge: Knowledge, data: st.DataObject) -> None:
    flags = data.draw(st.lists(st.sampled_from(danger_signs(knowledge)), min_size=1, max_size=5, unique=True))
    case = with_yes(data.draw(cases(knowledge.findings)), *flags)
    floor = max(knowledge.findings[flag].danger or Urgency.SELF_CARE for flag in flags)
    found = level(knowledge, case, data.draw(IN_SETTINGS))
    assert found >= floor
    assert found > Urgency.SELF_CARE


@given(data=st.data())
def test_unsure_about_a_red_flag_is_the_same_as_not_asked(knowledge: Knowledge, data: st.DataObject) -> None:
    flags = data.draw(st.lists(st.sampled_from(danger_signs(knowledge)), min_size=1, max_size=4, unique=True))
    case = data.draw(cases(knowledge.findings)).without(*flags)
    unsure = case.with_answers(*(Answer(flag, State.UNSURE) for flag in flags))
    setting = data.draw(IN_SETTINGS)
    assert level(knowledge, unsure, setting) == level(knowledge, case, setting)


@given(data=st.data())
def test_an_unanswered_red_flag_leaves_every_cause_where_it_is(knowledge: Knowledge, data: st.DataObject) -> None:
    """In any setting: silence about danger weighs nothing, so taking a "don't know" away changes no probability."""
    flag = data.draw(st.sampled_from(danger_signs(knowledge)))
    case = data.draw(cases(knowledge.findings)).without(flag)
    unsure = case.with_answers(Answer(flag, State.UNSURE))
    setting = data.draw(IN_SETTINGS)
    assert weigh(knowledge, unsure, setting).marginal == pytest.approx(weigh(knowledge, case, setting).marginal)


@settings(max_examples=20)
@given(data=st.data(), age=st.integers(0, 15))
def test_a_child_is_always_seen(knowledge: Knowledge, data: st.DataObject, age: int) -> None:
    drawn = data.draw(cases(knowledge.findings))
    child = Case(age, drawn.sex, drawn.answers)
    assert level(knowledge, child, data.draw(IN_SETTINGS)) >= Urgency.CLINICIAN_SOON


@settings(max_examples=20)
@given(data=st.data(), age=st.integers(0, 15), sign=st.sampled_from(["limp", "fever"]))
def test_a_child_with_a_limp_or_a_fever_is_seen_the_same_day(
    knowledge: Knowledge, data: st.DataObject, age: int, sign: str
) -> None:
    drawn = data.draw(cases(knowledge.findings))
    child = with_yes(Case(age, drawn.sex, drawn.answers), sign)
    assert level(knowledge, child, data.draw(IN_SETTINGS)) >= Urgency.URGENT_SAME_DAY


@settings(max_examples=20)
@given(data=st.data())
def test_every_level_comes_with_a_reason(knowledge: Knowledge, data: st.DataObject) -> None:
    found = advice(knowledge, data.draw(cases(knowledge.findings)))
    if found.level > Urgency.SELF_CARE:
        assert found.reasons[0].level == found.level
        assert found.reasons[0].text


@pytest.mark.parametrize("record", CASES, ids=[record["name"] for record in CASES])
def test_case(knowledge: Knowledge, record: dict[str, Any]) -> None:
    wanted = Urgency.of(record["expect"])
    at_home, in_a_clinic = (advice(knowledge, case_of(record), setting) for setting in ("community", "clinic"))
    right = at_home.level >= wanted if record.get("at_least") else at_home.level == wanted
    assert right, [(r.level.id, r.text) for r in at_home.reasons]
    assert in_a_clinic.level >= wanted  # whoever has come to a clinic is more often ill


def test_every_danger_sign_is_in_a_case(knowledge: Knowledge) -> None:
    covered = {name for record in CASES for name in record.get("yes", [])}
    assert set(danger_signs(knowledge)) <= covered


def test_every_rule_is_in_a_case(knowledge: Knowledge) -> None:
    def applies(rule: Any, record: dict[str, Any]) -> bool:
        said, age = set(record.get("yes", [])), record.get("age")
        in_age = (rule.age_from == 0 and rule.age_to >= 120) or (
            age is not None and rule.age_from <= age <= rule.age_to
        )
        return in_age and set(rule.all_of) <= said and (not rule.any_of or bool(set(rule.any_of) & said))

    missing = [rule.id for rule in knowledge.rules if not any(applies(rule, record) for record in CASES)]
    assert missing == []


def test_every_case_rests_on_a_known_source(knowledge: Knowledge) -> None:
    unknown = {record["source"] for record in CASES} - set(knowledge.sources) - {"estimate", "textbook"}
    assert unknown == set()


def test_a_grave_cause_is_heard_although_it_is_not_the_likeliest() -> None:
    toy = Toy(
        {"strain": 0.3, "infection": 0.02},
        {"hot": 0.05},
        {"strain": {"hot": 0.1}, "infection": {"hot": 0.9}},
        urgency={"infection": Urgency.URGENT_SAME_DAY},
    ).build()
    weighed = weigh(toy, Case(answers=yes("hot")))
    infection = weighed.marginal[weighed.evidence.network.cause_index("infection")]
    assert 0.15 < infection < weighed.marginal[weighed.evidence.network.cause_index("strain")]
    assert level(toy, Case(answers=yes("hot"))) is Urgency.URGENT_SAME_DAY


def test_nothing_known_is_never_self_care(knowledge: Knowledge) -> None:
    for setting in SETTINGS:
        assert level(knowledge, Case(), setting) > Urgency.SELF_CARE


def test_an_ordinary_overload_after_training_is_self_care(knowledge: Knowledge) -> None:
    case = Case(
        30, "male", {**yes("pain_buttock", "onset_after_exercise_session", "pain_next_day_peak", "severity_mild"),
                     **no("fever", "cannot_bear_weight", "bruising", "wakes_at_night")},
    )  # fmt: skip
    assert level(knowledge, case) is Urgency.SELF_CARE
