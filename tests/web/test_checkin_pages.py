"""The check-in: taken in one go, kept once, and what it says."""

from __future__ import annotations

import pytest
from web_person import Person, SetClock
from web_plans import BAD, SORE, WELL, check_in, settle, text_of

from deepsix.followup import GlobalChange
from deepsix.records import Records


def test_without_a_plan_it_says_so_kindly(person: Person) -> None:
    page = person.open("/checkin")
    assert page.status_code == 200
    assert "nothing to check in on yet" in text_of(page)


def test_it_asks_for_danger_before_anything_else(person: Person) -> None:
    settle(person)
    page = person.open("/checkin").text
    assert page.index('name="danger"') < page.index('name="pain_now"')


def test_everything_told_is_kept_in_one_action(person: Person, records: Records) -> None:
    settle(person)
    check_in(
        person,
        **WELL,
        done=["press_deep_buttock_ball", "walk_gently"],
        activity_0="slow easy running",
        minutes_0="20",
        activity_1="gardening",
        new_goal_0="run 5 km",
        new_goal_score_0="4",
    )
    (kept,) = records.checkins()
    told = kept.checkin
    assert (told.pain_now, told.pain_worst, told.pain_next_morning, told.pain_during) == (3, 4, 3, 2)
    assert told.done == ("press_deep_buttock_ball", "walk_gently", "easy_run:20", "gardening")
    assert [(goal.words, goal.score) for goal in told.goals] == [("run 5 km", 4)]
    assert kept.assessment_id == records.assessments()[-1].id


def test_what_may_be_left_out_may_be_left_out(person: Person, records: Records) -> None:
    settle(person)
    assert "Saved" in text_of(check_in(person, danger="none", pain_now="0", pain_worst="0"))
    told = records.checkins()[0].checkin
    assert (told.pain_next_morning, told.pain_during, told.done, told.goals, told.global_change) == (
        None,
        None,
        (),
        (),
        None,
    )


@pytest.mark.parametrize(
    ("field", "fields"),
    [
        ("danger", {"danger": []}),
        ("danger", {"danger": ["none", "fever"]}),
        ("pain_now", {"pain_now": ""}),
        ("pain_now", {"pain_now": "11"}),
        ("pain_worst", {"pain_worst": "1"}),
        ("minutes_0", {"activity_0": "run", "minutes_0": "-5"}),
        ("activity_0", {"activity_0": "", "minutes_0": "20"}),
        ("new_goal_score_0", {"new_goal_0": "run"}),
        ("new_goal_0", {"new_goal_0": "x" * 300, "new_goal_score_0": "3"}),
    ],
)
def test_a_mistake_is_named_at_its_field_and_nothing_typed_is_lost(
    person: Person, records: Records, field: str, fields: dict[str, object]
) -> None:
    settle(person)
    page = check_in(person, **{**WELL, "activity_1": "a long walk with the dog", **fields})
    assert page.status_code == 400
    assert f'<a href="#{field}">' in page.text
    assert f'id="{field}"' in page.text
    assert 'value="a long walk with the dog"' in page.text
    assert records.checkins() == ()


def test_a_form_that_is_sent_twice_is_kept_once(person: Person, records: Records) -> None:
    settle(person)
    person.open("/checkin")
    token_page = person.page
    for _ in range(2):
        person.page = token_page
        assert person.send("/checkin", after="0", **WELL).status_code == 200
    assert len(records.checkins()) == 1


def test_the_same_figures_on_another_day_are_another_check_in(
    person: Person, records: Records, set_clock: SetClock
) -> None:
    settle(person)
    check_in(person, **WELL)
    set_clock.pass_days(1)
    check_in(person, **WELL)
    assert len(records.checkins()) == 2


@pytest.mark.parametrize(
    ("first", "then", "verdict"),
    [(BAD, WELL, "etter than at the start"), (WELL, WELL, "About the same"), (WELL, BAD, "orse than at the start")],
)
def test_it_says_better_same_or_worse_and_from_when_a_change_counts(
    person: Person, set_clock: SetClock, first: dict[str, str], then: dict[str, str], verdict: str
) -> None:
    settle(person)
    check_in(person, **first)
    set_clock.pass_days(2)
    said = text_of(check_in(person, **then))
    assert verdict in said
    assert "Salaffi 2004" in said


def test_goals_are_remembered_in_the_persons_own_words(person: Person, set_clock: SetClock, records: Records) -> None:
    settle(person)
    check_in(person, **WELL, new_goal_0="carry my son", new_goal_score_0="2")
    set_clock.pass_days(1)
    assert "carry my son" in person.open("/checkin").text
    check_in(person, **WELL, goal_0="carry my son", goal_score_0="5", change="much_better")
    told = records.checkins()[-1].checkin
    assert (told.goals[0].words, told.goals[0].score, told.global_change) == (
        "carry my son",
        5,
        GlobalChange.MUCH_BETTER,
    )


def test_own_words_cannot_become_part_of_the_page(person: Person, set_clock: SetClock) -> None:
    settle(person)
    page = check_in(person, **WELL, new_goal_0='"><script>alert(1)</script>', new_goal_score_0="2")
    set_clock.pass_days(1)
    for path in ("/checkin", "/progress", "/my-data/checkins/1"):
        page = person.open(path)
        assert "<script>alert" not in page.text
        assert "&lt;script&gt;alert" in page.text


def test_what_was_ticked_on_the_plan_is_ticked_here(person: Person) -> None:
    settle(person)
    person.open("/plan")
    person.send("/plan/done", remedy="press_deep_buttock_ball", done="yes")
    assert 'value="press_deep_buttock_ball" checked' in person.open("/checkin").text


def test_going_well_moves_the_plan_on_and_says_why(person: Person, set_clock: SetClock, records: Records) -> None:
    settle(person)
    for _ in range(3):
        set_clock.pass_days(1)
        page = check_in(person, **WELL)
        if "Go on to the next part" in text_of(page):
            break
    assert "Pain while you do your tasks is 3 or less out of 10." in text_of(page)
    assert records.plans()[-1].content["stage"] == "restore"
    number = page.url.path
    assert "Go on to the next part" in text_of(person.open(number)), "it says the same when it is opened again"


def test_an_emergency_sign_stops_everything_and_leaves_no_exercise(person: Person, records: Records) -> None:
    settle(person)
    check_in(person, **{**WELL, "danger": "numb_saddle"})
    assert person.path == "/stop"
    assert len(records.assessments()) == 2
    assert 'action="/plan/done"' not in person.open("/plan").text


def test_another_sign_of_danger_is_looked_at_at_once(person: Person, records: Records) -> None:
    settle(person)
    page = check_in(person, **{**WELL, "danger": "fever"})
    assert "we looked again at once" in text_of(page)
    assert "etter than" not in text_of(page), "nothing about getting better beside a sign of danger"
    assert records.assessments()[-1].urgency != "self_care"


def test_much_worse_leads_back_to_the_questions(person: Person, set_clock: SetClock) -> None:
    settle(person)
    check_in(person, **WELL)
    set_clock.pass_days(2)
    assert "Time for a fresh look" in text_of(check_in(person, **BAD))
    assert "Time for a fresh look" in text_of(person.open("/plan"))
    person.send("/plan/again")
    assert person.path == "/danger"


def test_a_fresh_look_keeps_what_was_told_even_in_another_browser(person: Person) -> None:
    settle(person)
    person.client.cookies.clear()
    person.open("/checkin")
    check_in(person, **{**WELL, "danger": "fever"})
    site = person.client.app.state.site  # type: ignore[attr-defined]
    assert set(SORE.answers) | {"fever"} <= set(site.visit(person.client.cookies["deepsix_visit"]).case.answers)


def test_there_is_no_answer_to_a_check_in_that_is_not_there(person: Person) -> None:
    settle(person)
    assert person.open("/checkin/99").status_code == 404
