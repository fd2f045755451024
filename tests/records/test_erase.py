"""Erasing leaves no record and no byte of what was told."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime

import pytest

from deepsix.case import Answer, Case, Origin, State
from deepsix.followup.checkin import ActivityGoal, CheckIn
from deepsix.records.errors import LockedRecordsError
from deepsix.records.place import Place
from deepsix.records.store import Records, open_records
from deepsix.records.tables import metadata

TOLD = ("quokka-story", "quokka-words", "quokka-goal", "quokka-done", "quokka-plan")


def _fill(records: Records) -> None:
    words = Answer("fever", State.YES, Origin.STORY, TOLD[1])
    case = Case(age=43, answers={"fever": words}, story=TOLD[0] * 500)
    outcome = {"urgency": {"level": "self_care"}, "causes": []}
    number = records.save_assessment(case, outcome, knowledge_version="k", program_version="p", setting="community")
    records.save_plan(number, 1, {"say": TOLD[4]})
    records.save_checkin(CheckIn(datetime.now(UTC), 1, 2, done=(TOLD[3],), goals=(ActivityGoal(TOLD[2], 3),)), number)


def _bytes(place: Place) -> bytes:
    assert place.path is not None
    return b"".join(file.read_bytes() for file in sorted(place.path.parent.iterdir()))


def test_nothing_is_left_of_it(records: Records):
    _fill(records)
    records.erase()
    assert records.count() == 0
    assert records.changes() == ()


def test_no_byte_of_any_file_holds_what_was_told(file_records: Records, file_place: Place):
    _fill(file_records)
    assert all(words.encode() in _bytes(file_place) for words in TOLD), "it was in the files before"
    file_records.erase()
    assert not any(words.encode() in _bytes(file_place) for words in TOLD)
    assert b"quokka" not in _bytes(file_place)
    file_records.close()
    assert b"quokka" not in _bytes(file_place)


def test_what_was_saved_after_many_changes_is_gone_too(file_records: Records, file_place: Place):
    for _ in range(30):
        _fill(file_records)
    file_records.close()  # carried over from the write-ahead log to the file
    file_records.erase()
    assert b"quokka" not in _bytes(file_place)


def test_the_records_can_be_used_again_afterwards(records: Records):
    _fill(records)
    records.erase()
    _fill(records)
    assert records.count() == 4


def test_a_program_that_keeps_the_file_open_is_named(file_place: Place):
    records = open_records(file_place)
    _fill(records)
    reader = sqlite3.connect(str(file_place.path), isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM cases").fetchone()
    with pytest.raises(LockedRecordsError):
        records.erase()
    reader.close()
    records.erase()
    records.close()
    assert b"quokka" not in _bytes(file_place)


def test_every_table_is_erased():
    """`erase_all` goes over all tables of the metadata, so a new table cannot be forgotten."""
    assert {t.name for t in metadata.sorted_tables} >= {"cases", "answers", "checkins", "goals", "sessions", "changes"}
