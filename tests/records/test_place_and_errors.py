"""Where the records are, who may read them, and what is said when they cannot be used."""

from __future__ import annotations

import logging
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import event

from deepsix.case import Case
from deepsix.followup.checkin import CheckIn
from deepsix.records import database
from deepsix.records.errors import (
    DiskFullError,
    LockedRecordsError,
    NewerRecordsError,
    NotRecordsError,
    UnreachableRecordsError,
)
from deepsix.records.place import Place, usual_place
from deepsix.records.store import Records, open_records

SECRET = "numb since the thing with the ladder"


def _mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_the_records_are_in_the_data_folder_of_the_user(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert usual_place({}).path == tmp_path / "deepsix" / "records.sqlite"


def test_one_setting_moves_them():
    assert usual_place({"DEEPSIX_DATABASE": "/x/y.sqlite"}).path == Path("/x/y.sqlite")
    assert usual_place({"DEEPSIX_DATABASE": "sqlite:////x/y.sqlite"}).path == Path("/x/y.sqlite")
    server = usual_place({"DEEPSIX_DATABASE": "postgresql://me:secret@host/deepsix"})
    assert (server.path, server.url.drivername) == (None, "postgresql+psycopg")
    assert "secret" not in str(server)


@pytest.mark.parametrize("setting", ["mysql://me@host/x", "sqlite://", "postgresql://me:pa ss@@:x"])
def test_a_setting_that_cannot_be_used_is_told_without_a_password(setting: str):
    with pytest.raises(UnreachableRecordsError) as caught:
        usual_place({"DEEPSIX_DATABASE": setting})
    assert "DEEPSIX_DATABASE" in str(caught.value)
    assert "pa ss" not in str(caught.value)


def test_only_the_owner_may_read_the_folder_and_every_file(file_records: Records, file_place: Place):
    file_records.save_case(Case(story=SECRET))
    assert file_place.path is not None
    files = list(file_place.path.parent.iterdir())
    assert len(files) == 3, "the write-ahead log and its index are there too"
    assert _mode(file_place.path.parent) == 0o700
    assert {_mode(file) for file in files} == {0o600}


def test_a_file_that_others_could_read_is_made_private(file_place: Place):
    open_records(file_place).close()
    assert file_place.path is not None
    file_place.path.chmod(0o644)
    open_records(file_place).close()
    assert _mode(file_place.path) == 0o600


def test_the_database_is_set_up_to_lose_nothing(file_place: Place):
    engine = database.make_engine(file_place)
    with database.reading(engine, file_place) as connection:
        read = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "temp_store")
        }
    engine.dispose()
    assert read == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1, "temp_store": 2}


def test_another_kind_of_file_is_refused_and_left_alone(file_place: Place):
    assert file_place.path is not None
    file_place.path.parent.mkdir()
    file_place.path.write_bytes(b"dear diary, " * 1000)
    with pytest.raises(NotRecordsError, match="not a file of deepsix records"):
        open_records(file_place)
    assert file_place.path.read_bytes() == b"dear diary, " * 1000


def test_the_database_of_another_program_is_refused(file_place: Place):
    assert file_place.path is not None
    file_place.path.parent.mkdir()
    with sqlite3.connect(file_place.path) as other:
        other.execute("CREATE TABLE bookmarks (x)")
    other.close()
    with pytest.raises(NotRecordsError, match="another program"):
        open_records(file_place)


def test_records_of_a_newer_deepsix_are_refused(file_place: Place):
    open_records(file_place).close()
    assert file_place.path is not None
    with sqlite3.connect(file_place.path) as newer:
        newer.execute("UPDATE deepsix_version SET version_num = '9999'")
    newer.close()
    with pytest.raises(NewerRecordsError, match=r"newer deepsix.*pip install --upgrade"):
        open_records(file_place)


def _use(place: Place) -> None:
    with open_records(place) as records:
        records.changes()
        records.save_case(Case())


def test_a_damaged_file_is_told_with_a_way_out(file_place: Place):
    open_records(file_place).close()
    assert file_place.path is not None
    content = bytearray(file_place.path.read_bytes())
    content[4096:20480] = b"\xff" * (20480 - 4096)
    file_place.path.write_bytes(content)
    with pytest.raises(NotRecordsError, match="damaged"):
        _use(file_place)


def test_records_in_use_are_told_after_a_wait(file_place: Place, monkeypatch: pytest.MonkeyPatch):
    with open_records(file_place) as records:
        event.listen(records._engine, "connect", lambda c, _: c.execute("PRAGMA busy_timeout = 50"))
        records._engine.dispose()
        other = sqlite3.connect(str(file_place.path), isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LockedRecordsError, match="in use by another program"):
            records.save_case(Case())
        other.execute("ROLLBACK")
        other.close()
        records.save_case(Case())


def test_a_full_disk_is_told_and_nothing_before_it_is_lost(file_place: Place):
    with open_records(file_place) as records:
        kept = records.save_case(Case(story="before"))
        pages = sqlite3.connect(str(file_place.path)).execute("PRAGMA page_count").fetchone()[0]
        event.listen(records._engine, "connect", lambda c, _: c.execute(f"PRAGMA max_page_count = {pages + 1}"))
        records._engine.dispose()
        with pytest.raises(DiskFullError, match="disk is full"):
            records.save_case(Case(story=SECRET * 10_000))
        assert [case.id for case in records.cases()] == [kept]


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path):
    (tmp_path / "file").write_text("")
    with pytest.raises(UnreachableRecordsError, match="cannot be opened"):
        open_records(Place.of_file(tmp_path / "file" / "records.sqlite"))


def test_a_server_that_is_not_there_is_told_without_its_password():
    pytest.importorskip("psycopg", reason="the driver of PostgreSQL is an extra")
    with pytest.raises(UnreachableRecordsError) as caught:
        open_records(Place.of_setting("postgresql://me:hunter2@127.0.0.1:1/none"))
    assert "hunter2" not in str(caught.value)


def test_neither_logs_nor_errors_hold_what_was_told(file_place: Place, caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.DEBUG)
    with open_records(file_place) as records:
        records.save_case(Case(story=SECRET))
        records.save_checkin(CheckIn(datetime.now(UTC), 1, 1, done=(SECRET,)))
        with sqlite3.connect(str(file_place.path)) as other:
            other.execute("DROP TABLE answers")
            other.execute("ALTER TABLE cases DROP COLUMN story")
        other.close()
        with pytest.raises(Exception) as caught:  # noqa: PT011 - any, as long as it is silent about the story
            records.save_case(Case(story=SECRET))
    assert SECRET not in caplog.text
    assert SECRET not in str(caught.value)
    assert caught.value.__cause__ is None, "the error of the driver is not dragged along"
