"""The plan as a page."""

from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient
from icalendar import Calendar
from web_person import Person, SetClock
from web_plans import BONE, NUMB, SORE, settle, text_of

from deepsix import Case, assess, no, yes
from deepsix.knowledge import Knowledge
from deepsix.plan import build_plan
from deepsix.records import Records

ASKED_FIRST = Case(age=30, answers=yes("pain_buttock_deep_centre", "pain_next_day_peak", "worse_stairs_up", "runner"))


def test_without_answers_it_says_so_kindly_and_how_to_begin(person: Person) -> None:
    page = person.open("/plan")
    assert page.status_code == 200
    assert "There is no plan yet" in text_of(page)
    assert re.search(r'<a class="nhsuk-button" href="/"', page.text)


def test_someone_who_has_begun_is_led_on_to_where_they_were(person: Person) -> None:
    person.send("/start")
    person.send("/danger", danger="none")
    assert 'href="/about-you"' in person.open("/plan").text


def test_a_finished_visit_is_kept_once_however_often_the_plan_is_opened(person: Person, records: Records) -> None:
    person.begin(story="Deep ache in my bum when I sit, worst the day after a hilly race.")
    person.answer_all()
    for _ in range(3):
        assert person.open("/plan").status_code == 200
    assert (len(records.assessments()), len(records.plans())) == (1, 1)


def test_it_shows_each_task_of_the_plan_with_steps_stop_rules_and_sources(person: Person, knowledge: Knowledge) -> None:
    settle(person)
    said = text_of(person.open("/plan"))
    plan = build_plan(knowledge, assess(knowledge, SORE))
    assert plan.today
    for task in plan.today:
        for words in (task.title, *task.steps, *task.stop_rules, *(why.text for why in task.why)):
            assert words in said.replace("&#39;", "'")


def test_it_always_says_when_to_get_help_and_whom_to_see(person: Person, knowledge: Knowledge) -> None:
    for case in (SORE, NUMB, Case(age=30, answers=yes(*BONE, "runner"))):
        settle(person, case)
        said = text_of(person.open("/plan"))
        plan = build_plan(knowledge, assess(knowledge, case))
        assert all(entry.text in said for entry in plan.see_someone_if)
        assert all(entry.whom in said for entry in plan.hand_overs)


def test_someone_who_must_be_seen_today_gets_no_exercise(person: Person) -> None:
    settle(person, NUMB)
    page = person.open("/plan")
    assert 'action="/plan/done"' not in page.text
    assert "Do today" not in text_of(page)


def test_a_child_gets_no_stages_no_kit_and_no_reminders_and_the_words_are_for_the_parent(person: Person) -> None:
    settle(person, Case(age=11, answers=yes("pain_groin", "pain_hip_unspecified")))
    shown = text_of(person.open("/plan"))
    assert "the plan holds no exercises" in shown
    assert "“You” means your child here" in shown
    for nonsense in ("Build it up", "What you have at hand", "Calendar file", "Look after it like this"):
        assert nonsense not in shown
    assert "Answer for your child" in text_of(person.open("/checkin"))


def test_in_an_emergency_the_page_of_the_plan_leads_to_whom_to_call(person: Person) -> None:
    person.begin(danger="numb_saddle")
    page = person.open("/plan")
    assert "emergency help now" in text_of(page)
    assert "A few more answers" not in text_of(page)
    assert 'href="/stop"' in page.text


def test_a_tick_is_kept_however_often_it_is_sent_and_can_be_taken_back(person: Person) -> None:
    settle(person)
    person.open("/plan")
    for _ in range(2):
        person.send("/plan/done", remedy="press_deep_buttock_ball", done="yes")
    assert text_of(person.page).count("Done today. Undo") == 1
    person.send("/plan/done", remedy="press_deep_buttock_ball", done="no")
    assert "Undo" not in text_of(person.page)


def test_ticks_are_of_the_day(person: Person, set_clock: SetClock) -> None:
    settle(person)
    person.open("/plan")
    person.send("/plan/done", remedy="press_deep_buttock_ball", done="yes")
    set_clock.pass_days(1)
    assert "Undo" not in text_of(person.open("/plan"))


def test_what_is_not_in_the_plan_cannot_be_ticked(person: Person, records: Records) -> None:
    settle(person)
    person.open("/plan")
    before = len(records.drafts())
    assert person.send("/plan/done", remedy="<script>", done="yes").status_code == 200
    assert len(records.drafts()) == before


def test_the_plan_asks_only_for_what_is_at_hand_and_remembers_it(person: Person, records: Records) -> None:
    settle(person)
    assert 'value="press_deep_buttock_ball"' in person.open("/plan").text
    person.send("/plan/kit", kit=["wall", "chair"])
    assert 'value="press_deep_buttock_ball"' not in person.page.text
    assert 'value="press_deep_buttock_ball"' not in person.open("/plan").text
    assert records.plans()[-1].content["kit"] == ["chair", "wall"]


def test_a_question_that_would_add_to_the_plan_leads_to_that_question(person: Person) -> None:
    settle(person, ASKED_FIRST)
    found = re.search(r'name="question" value="(\w+)"', person.open("/plan").text)
    assert found
    person.send("/plan/again", question=found[1])
    assert person.path == f"/questions/{found[1]}"


def test_answering_it_makes_a_new_assessment_that_follows_the_first(person: Person, records: Records) -> None:
    settle(person, ASKED_FIRST)
    found = re.search(r'name="question" value="(\w+)"', person.open("/plan").text)
    assert found
    person.send("/plan/again", question=found[1])
    person.send(person.path, offered=found[1], answer="no")
    person.answer_all()
    person.open("/plan")
    first, second = records.assessments()
    assert records.case(second.case_id).follows == first.case_id


def test_the_calendar_is_in_the_zone_of_the_browser(person: Person) -> None:
    settle(person)
    page = person.open("/plan/calendar.ics?zone=Europe/Berlin")
    assert page.headers["content-type"].startswith("text/calendar")
    zones = {str(event["DTSTART"].dt.tzinfo) for event in Calendar.from_ical(page.content).walk("VEVENT")}
    assert zones == {"Europe/Berlin"}


@pytest.mark.parametrize("zone", ["Nowhere/Land", "../../etc/passwd", "%00"])
def test_a_zone_that_is_none_gives_a_calendar_all_the_same(person: Person, zone: str) -> None:
    settle(person)
    page = person.open(f"/plan/calendar.ics?zone={zone}")
    assert page.status_code == 200
    assert Calendar.from_ical(page.content).walk("VEVENT")


def test_the_plan_is_found_by_a_browser_without_a_visit(person: Person, client: TestClient) -> None:
    settle(person)
    person.open("/plan")
    client.cookies.clear()
    assert "Do today" in text_of(Person(client).open("/plan"))


def test_a_form_from_elsewhere_ticks_nothing(person: Person, client: TestClient) -> None:
    settle(person)
    person.open("/plan")
    answer = client.post("/plan/done", data={"remedy": "press_deep_buttock_ball", "done": "yes"})
    assert answer.status_code == 403
    assert "Undo" not in text_of(person.open("/plan"))


@pytest.mark.parametrize("path", ["/plan", "/checkin", "/progress", "/my-data", "/training", "/my-data/erase"])
def test_no_page_needs_what_the_content_policy_refuses(person: Person, path: str) -> None:
    settle(person)
    page = person.open(path)
    assert page.status_code == 200
    assert " style=" not in page.text
    assert not re.search(r"<script(?![^>]*src=)", page.text)
    assert page.text.count("<h1") == 1


def test_answers_changed_since_are_told_beside_the_plan(person: Person) -> None:
    visit = settle(person)
    site = person.client.app.state.site  # type: ignore[attr-defined]
    site.keep(person.client.cookies["deepsix_visit"], visit.told(visit.case.with_answers(*no("fever").values())))
    assert "You have changed some answers" in text_of(person.open("/plan"))
