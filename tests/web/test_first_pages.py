"""The way from the first page to the result, without scripts."""

from __future__ import annotations

import re

import pytest
from web_person import Person, SetClock

from deepsix.records.store import Records

RUNNER = "Deep ache in my bum when I sit, worst the day after a hill run. No pins and needles."


def test_the_first_page_names_the_signs_of_danger_before_anything_is_asked(person: Person) -> None:
    text = person.page.text
    assert text.index("feeling between your legs") < text.index("<form")


def test_saddle_numbness_stops_everything_on_the_second_page(person: Person) -> None:
    person.begin(danger="numb_saddle")
    assert person.path == "/stop"
    assert "emergency" in person.page.text


def test_nothing_ticked_is_asked_again_with_the_way_to_the_field(person: Person) -> None:
    person.send("/start")
    again = person.send("/danger")
    assert again.status_code == 400
    assert 'href="#danger"' in again.text


def test_a_story_is_shown_as_understood_and_can_be_put_right(person: Person) -> None:
    person.send("/start")
    person.send("/danger", danger="none")
    person.send("/about-you", age="35", sex="female")
    shown = person.send("/words", story=RUNNER)
    assert person.path == "/understood"
    name = re.search(r'name="(\w+)" type="radio" value="yes" checked', shown.text)
    assert name
    person.send("/understood", **{name[1]: "unsaid"})
    assert f'name="{name[1]}" type="radio" value="yes" checked' not in person.open("/understood").text


def test_answering_everything_leads_to_a_result(person: Person) -> None:
    person.begin(story=RUNNER)
    person.answer_all()
    assert person.path == "/result"
    assert "Your result" in person.page.text


@pytest.mark.parametrize("age", ["-3", "121", "thirty", "3.5", "٣"])
def test_an_age_that_is_none_is_refused_and_stays_in_its_field(person: Person, age: str) -> None:
    person.send("/start")
    person.send("/danger", danger="none")
    again = person.send("/about-you", age=age, sex="female")
    assert again.status_code == 400
    assert f'value="{age}"' in again.text


def test_back_shows_what_was_answered(person: Person) -> None:
    person.begin()
    first = person.path
    offered = re.findall(r'name="offered" value="(\w+)"', person.page.text)
    person.send(first, offered=offered, answer=offered[0])
    assert re.search(f'value="{offered[0]}" checked', person.open(first).text)


def test_a_form_sent_twice_changes_nothing_more(person: Person, records: Records) -> None:
    person.begin()
    first, page = person.path, person.page
    offered = re.findall(r'name="offered" value="(\w+)"', page.text)
    person.send(first, offered=offered, answer="none")
    after = person.path
    person.page = page
    person.send(first, offered=offered, answer="none")
    assert person.path == after


def test_a_visit_is_still_there_after_the_program_was_started_again(person: Person, client: object) -> None:
    person.begin(age="61")
    assert 'value="61"' in person.open("/about-you").text


def test_an_old_visit_is_dropped_and_the_person_is_told(person: Person, records: Records, set_clock: SetClock) -> None:
    person.begin()
    set_clock.pass_days(31)
    records.drop_drafts_before(set_clock.now)
    assert "no longer have the answers" in person.open("/result").text
