"""Training files on the pages."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from web_person import MORNING, Person
from web_plans import SORE, settle, text_of

from deepsix import Case
from deepsix.records import Records

CSV = "date,sport,distance_km,duration_min\n"
BOMB = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbbbbbbbb">]><gpx>&b;</gpx>'


def upload(person: Person, name: str, content: str | bytes) -> Any:
    """Send a file from the page, as a browser does."""
    token = re.search(r'name="form_token" value="(\w+)"', person.open("/training").text)
    assert token
    person.page = person.client.post("/training", data={"form_token": token[1]}, files={"file": (name, content)})
    return person.page


def runs(*kilometres: float) -> str:
    """A log with a run every other day up to yesterday, the last one last."""
    days = [MORNING - timedelta(days=1 + 2 * n) for n in range(len(kilometres))][::-1]
    return CSV + "".join(f"{day:%Y-%m-%d},running,{km},{km * 6:g}\n" for day, km in zip(days, kilometres, strict=True))


def test_it_says_what_it_read(person: Person, records: Records) -> None:
    said = text_of(upload(person, "my runs.csv", runs(5, 6, 7)))
    assert "We read my runs.csv" in said
    assert "18.0 km" in said
    assert len(records.sessions()) == 3


def test_a_file_that_is_sent_twice_adds_nothing(person: Person, records: Records) -> None:
    upload(person, "runs.csv", runs(5, 6))
    assert "nothing changed" in text_of(upload(person, "runs.csv", runs(5, 6)))
    assert len(records.sessions()) == 2


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.gpx", ""),
        ("bomb.gpx", BOMB),
        ("broken.gpx", "<gpx><trk><trkseg><trkpt"),
        ("login.tcx", "<html><body>Log in</body></html>"),
        ("packed.fit", b"PK\x03\x04rest"),
        ("cut.fit", b"\x0e\x10\x00\x00\xff\x00\x00\x00.FIT\x00\x00"),
        ("<script>alert(1)</script>.csv", "a,b\n1,2\n"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_its_name_and_a_reason(
    person: Person, records: Records, name: str, content: str | bytes
) -> None:
    page = upload(person, name, content)
    assert page.status_code == 400
    assert '<a href="#file">' in page.text
    assert "cannot be used" in text_of(page)
    assert "<script>alert" not in page.text
    assert records.sessions() == ()


def test_no_file_at_all_is_said_at_the_field(person: Person) -> None:
    person.open("/training")
    assert '<a href="#file">' in person.send("/training").text


def test_nothing_of_the_file_stays_behind(person: Person, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    upload(person, "runs.csv", runs(5, 6))
    upload(person, "bomb.gpx", BOMB)
    assert list((tmp_path / "temporary").iterdir()) == []


def test_a_run_longer_than_usual_is_told_and_can_be_used(person: Person, records: Records) -> None:
    settle(person, Case(age=SORE.age, answers={k: v for k, v in SORE.answers.items() if k != "runner"}))
    page = upload(person, "runs.csv", runs(*[5.0] * 18, 9.0))
    assert "80% longer" in text_of(page)
    assert "new to your result" in text_of(page)
    person.send("/training/use")
    visit = person.client.app.state.site.visit(person.client.cookies["deepsix_visit"])  # type: ignore[attr-defined]
    assert visit.case.answers["onset_training_increase"].words.startswith("training log")


def test_the_log_limits_how_far_to_run_in_the_plan(person: Person) -> None:
    settle(person)
    upload(person, "runs.csv", runs(*[5.0] * 12))
    assert "no single run longer than 5.5 km" in text_of(person.open("/plan"))
