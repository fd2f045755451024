"""The page of the body chart, without scripts and with what a script sends."""

from __future__ import annotations

import json

from web_person import Person


def to_the_chart(person: Person) -> None:
    person.send("/start")
    person.send("/danger", danger="none")
    person.send("/about-you", age="40", sex="male")
    assert person.path == "/where"


def test_places_can_be_ticked_without_scripts_and_are_still_there_on_going_back(person: Person) -> None:
    to_the_chart(person)
    person.send("/where", places=["sit_bone_left"], worst_place="sit_bone_left", depth="deep", everywhere="yes")
    assert person.path == "/words"
    again = person.open("/where").text
    assert 'value="sit_bone_left" aria-label="left sit bone" checked' in again
    assert '<option value="sit_bone_left" selected>' in again


def test_what_the_script_sends_is_taken_instead_of_the_list(person: Person) -> None:
    to_the_chart(person)
    painting = {"painted": {"back": [[row, 19, 22] for row in range(27, 31)]}, "places": []}
    person.send("/where", painting=json.dumps(painting), places=["sacrum"])
    kept = person.open("/where").text
    assert '"painted":{"back":[[27,19,22]' in kept.replace(" ", "")
    assert 'value="sacrum" aria-label="flat bone at the base of the spine" checked' not in kept


def test_nothing_marked_is_asked_again_and_can_be_skipped(person: Person) -> None:
    to_the_chart(person)
    again = person.send("/where")
    assert again.status_code == 400
    assert 'href="#painting"' in again.text
    person.send("/where", skip="yes")
    assert person.path == "/words"


def test_a_broken_or_huge_painting_gets_a_message(person: Person) -> None:
    to_the_chart(person)
    assert "not JSON" in person.send("/where", painting="{").text
    assert "at most 200 kB" in person.send("/where", painting="x" * 900_000).text


def test_a_painted_saddle_leads_to_its_danger_signs(person: Person) -> None:
    to_the_chart(person)
    shown = person.send("/where", places=["between_legs"])
    assert person.path == "/where/saddle"
    assert "sexual_numbness_new" in shown.text
    assert person.send("/where/saddle").status_code == 400
    person.send("/where/saddle", signs=["numb_saddle"])
    assert person.path == "/stop"


def test_nothing_of_the_page_breaks_the_content_policy(person: Person) -> None:
    to_the_chart(person)
    text = person.open("/where").text
    assert "style=" not in text
    assert "onclick" not in text
