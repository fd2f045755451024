"""What is saved comes back as it was, with when and how it was given, and every change has its entry."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy.exc import StatementError

from deepsix.case import Answer, Case, Origin, State, no, yes
from deepsix.followup.checkin import ActivityGoal, CheckIn, GlobalChange
from deepsix.intake.training.sessions import Session
from deepsix.records.errors import NoSuchRecordError
from deepsix.records.place import Place
from deepsix.records.store import Records, open_records

STORY = "It hurts – deep in my bum 😖"
OUTCOME = {
    "urgency": {"level": "self_care", "reasons": []},
    "causes": [{"condition": "piriformis_syndrome", "p": 0.1 + 0.2, "low": 1e-17, "high": 0.5}],
    "none_of_these": 0.25,
}
VERSIONS = {"knowledge_version": "k1", "program_version": "0.1.0", "setting": "community"}


def told() -> Case:
    words = Answer("pain_deep_buttock", State.YES, Origin.STORY, "deep in my bum", "left")
    return Case(age=43, sex="female", answers={words.finding: words, **no("fever")}, story=STORY)


def test_a_case_comes_back_as_it_was_told(records: Records):
    saved = records.case(records.save_case(told()))
    assert saved.case == told()
    assert list(saved.case.answers) == ["pain_deep_buttock", "fever"]


def test_a_case_of_which_nothing_is_known_can_be_kept(records: Records):
    assert records.case(records.save_case(Case())).case == Case()


def test_an_answer_that_a_correction_leaves_alone_keeps_the_time_it_was_given(records: Records):
    first = records.case(records.save_case(told()))
    later = told().with_answers(Answer("fever", State.YES)).with_answers(Answer("runner", State.NO))
    second = records.case(records.save_case(later, follows=first.id))
    assert second.follows == first.id
    assert second.given_at["pain_deep_buttock"] == first.given_at["pain_deep_buttock"]
    assert second.given_at["fever"] > first.given_at["fever"]
    assert records.case(first.id) == first, "the case that was corrected stays"


def test_an_assessment_comes_back_to_the_last_digit(records: Records):
    number = records.save_assessment(told(), OUTCOME, **VERSIONS)
    saved = records.assessment(number)
    assert saved.outcome == OUTCOME
    assert (saved.urgency, saved.first_cause) == ("self_care", "piriformis_syndrome")
    assert records.case(saved.case_id).case == told()


def test_a_plan_is_kept_as_it_is(records: Records):
    number = records.save_assessment(told(), OUTCOME, **VERSIONS)
    content = {"stages": [{"name": "settle", "days": 3}], "note": None}
    plan = records.save_plan(number, 2, content)
    assert [(p.id, p.version, p.content) for p in records.plans(number)] == [(plan, 2, content)]
    assert records.plans(number + 1) == ()


def test_a_check_in_comes_back_with_its_goals(records: Records):
    checkin = CheckIn(
        datetime(2026, 3, 3, 7, tzinfo=timezone(timedelta(hours=2))),
        *(2, 5, 3),
        done=("walked 2 km",),
        goals=(ActivityGoal("carry my son upstairs", 4), ActivityGoal("sit through a film", 0)),
        global_change=GlobalChange.A_LITTLE_BETTER,
        danger_signs=("fever",),
    )
    records.save_checkin(checkin)
    assert records.checkins()[0].checkin == checkin


def test_check_ins_come_in_the_order_of_their_time(records: Records):
    day = datetime(2026, 3, 3, tzinfo=UTC)
    for offset in (2, 0, 1):
        records.save_checkin(CheckIn(day + timedelta(days=offset), offset, offset))
    assert [c.checkin.pain_now for c in records.checkins()] == [0, 1, 2]


def test_a_check_in_with_reasons_reopens_its_assessment_in_the_same_breath(records: Records):
    number = records.save_assessment(told(), OUTCOME, **VERSIONS)
    assert records.assessment(number).reopened_at is None
    records.save_checkin(CheckIn(datetime.now(UTC), 8, 9), number, ("worse",))
    assert records.assessment(number).reopened_why == ("worse",)
    assert [c.action for c in records.changes()][-2:] == ["check-in saved", "assessment re-opened"]


def test_the_same_training_is_kept_once(records: Records):
    run = Session(datetime(2026, 3, 1, 7, tzinfo=UTC), "running", 1800.0, 5000.0, 12.5, 5000, "device", "fit")
    ride = Session(run.start, "cycling", 3600.0, file_format="fit")
    assert records.save_sessions([run, ride]) == 2
    assert records.save_sessions([run, run]) == 0
    assert set(records.sessions()) == {run, ride}


def test_the_history_tells_each_change_and_no_words(records: Records):
    number = records.save_assessment(told(), OUTCOME, **VERSIONS)
    records.save_plan(number, 1, {"say": STORY})
    records.save_checkin(CheckIn(datetime.now(UTC), 1, 1, goals=(ActivityGoal("my secret goal", 1),)))
    history = records.changes()
    assert [c.action for c in history] == ["case saved", "assessment saved", "plan saved", "check-in saved"]
    assert [c.at for c in history] == sorted(c.at for c in history)
    assert "bum" not in repr(history)
    assert "secret" not in repr(history)


def test_an_action_that_fails_leaves_nothing_behind(records: Records):
    with pytest.raises(NoSuchRecordError):
        records.save_case(told(), follows=99)
    with pytest.raises(NoSuchRecordError):
        records.save_checkin(CheckIn(datetime.now(UTC), 1, 1), 99)
    with pytest.raises((StatementError, ValueError), match="JSON compliant"):
        records.save_assessment(told(), {**OUTCOME, "none_of_these": float("nan")}, **VERSIONS)
    assert records.count() == 0
    assert records.changes() == ()


def test_a_number_that_is_not_there_lists_those_that_are(records: Records):
    with pytest.raises(NoSuchRecordError, match=r"no assessment 1\. None is saved yet"):
        records.assessment(1)
    one, two = (records.save_assessment(told(), OUTCOME, **VERSIONS) for _ in range(2))
    with pytest.raises(NoSuchRecordError, match=rf"no assessment 77\. Saved ones: {one}, {two}\."):
        records.assessment(77)


def test_what_one_process_saves_the_next_one_finds(place: Place):
    with open_records(place) as records:
        number = records.save_case(Case(answers=yes("runner")))
    with open_records(place) as records:
        assert records.case(number).case.state("runner") is State.YES


def test_the_latest_assessment_is_the_one_saved_last(records: Records) -> None:
    assert records.latest_assessment() is None
    numbers = [records.save_assessment(told(), OUTCOME, **VERSIONS) for _ in range(3)]
    assert records.latest_assessment() == records.assessment(numbers[-1]) == records.assessments()[-1]
