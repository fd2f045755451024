"""What is kept: seen, taken along, and erased for good."""

from __future__ import annotations

import json
from pathlib import Path

from web_person import Person
from web_plans import SORE, WELL, check_in, settle, text_of

from deepsix.records import Records


def test_with_nothing_kept_it_says_so(person: Person) -> None:
    person.client.cookies.clear()
    assert "Nothing is kept yet" in text_of(person.open("/my-data"))


def test_it_lists_everything_and_says_where_the_file_is(person: Person, records: Records) -> None:
    settle(person)
    person.open("/plan")
    check_in(person, **WELL)
    page = person.open("/my-data")
    for heading in ("Results", "Plans", "Check-ins", "History"):
        assert f"<h2>{heading}</h2>" in page.text
    assert str(records.place) in page.text
    assert len(records.changes()) == page.text.count("<time datetime=") - 3  # beside a result, a plan and a check-in


def test_each_record_can_be_read_in_full(person: Person) -> None:
    settle(person)
    person.open("/plan")
    check_in(person, **WELL, new_goal_0="run 5 km", new_goal_score_0="4")
    assert SORE.story in text_of(person.open("/my-data/assessments/1"))
    assert "Press deep in the buttock with a ball" in text_of(person.open("/my-data/plans/1"))
    assert "run 5 km: 4" in text_of(person.open("/my-data/checkins/1"))


def test_what_is_not_there_is_a_page_that_is_not_there(person: Person) -> None:
    for path in ("/my-data/assessments/7", "/my-data/plans/7", "/my-data/checkins/7", "/my-data/secrets/1"):
        assert person.open(path).status_code == 404


def test_the_download_holds_all_of_it_drafts_included(person: Person, records: Records) -> None:
    settle(person)
    person.open("/plan")
    check_in(person, **WELL)
    page = person.open("/my-data/export")
    assert "attachment" in page.headers["content-disposition"]
    told = json.loads(page.text)
    counted = sum(len(told[kind]) for kind in ("cases", "assessments", "plans", "checkins", "training"))
    assert counted == records.count()
    assert told["cases"][0]["case"]["story"] == SORE.story
    assert any(draft["content"].get("case", {}).get("story") == SORE.story for draft in told["drafts"])


def test_nothing_is_erased_without_the_tick(person: Person, records: Records) -> None:
    settle(person)
    person.open("/my-data/erase")
    page = person.send("/my-data/erase")
    assert page.status_code == 400
    assert '<a href="#sure">' in page.text
    assert records.count() > 0


def test_after_erasing_no_byte_of_it_is_left(person: Person, records: Records) -> None:
    settle(person)
    person.open("/plan")
    person.open("/my-data/erase")
    assert "Everything is erased" in text_of(person.send("/my-data/erase", sure="yes"))
    assert records.place.path is not None
    for file in Path(records.place.path).parent.iterdir():
        assert SORE.story.encode() not in file.read_bytes()
    assert "Nothing is kept yet" in text_of(person.open("/my-data"))
    assert "There is no plan yet" in text_of(person.open("/plan"))


def test_what_was_held_in_memory_goes_too(person: Person) -> None:
    settle(person)
    person.open("/plan")
    person.open("/my-data/erase")
    person.send("/my-data/erase", sure="yes")
    site = person.client.app.state.site  # type: ignore[attr-defined]
    assert (len(site._made), len(site._weighed)) == (0, 0)


def test_a_form_of_a_tab_from_before_changes_nothing(person: Person, records: Records) -> None:
    settle(person)
    old = person.open("/plan")
    person.open("/my-data/erase")
    person.send("/my-data/erase", sure="yes")
    person.page = old
    assert person.send("/plan/done", remedy="press_deep_buttock_ball", done="yes").status_code == 403
    assert records.drafts() == ()
