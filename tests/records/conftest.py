"""Records in an empty place of their own: an SQLite file, and PostgreSQL too when DEEPSIX_TEST_POSTGRES names one."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from deepsix.records.place import Place
from deepsix.records.store import Records, open_records

POSTGRES = os.environ.get("DEEPSIX_TEST_POSTGRES", "")
START = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


class Clock:
    """A clock that moves on by one second each time it is read."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def file_place(tmp_path: Path) -> Place:
    """A file that is not there yet, in a folder that is not there yet."""
    return Place.of_file(tmp_path / "deepsix" / "records.sqlite")


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, file_place: Place) -> Iterator[Place]:
    """An empty place on each database."""
    if request.param == "sqlite":
        yield file_place
        return
    if not POSTGRES:
        pytest.skip("DEEPSIX_TEST_POSTGRES is not set to the address of a PostgreSQL database")
    schema = f"deepsix_test_{uuid.uuid4().hex[:12]}"
    whole = Place.of_setting(POSTGRES)
    engine = create_engine(whole.url)
    with engine.begin() as connection:
        connection.execute(text(f"CREATE SCHEMA {schema}"))
    yield Place(whole.url.update_query_dict({"options": f"-csearch_path={schema}"}), None)
    with engine.begin() as connection:
        connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
    engine.dispose()


@pytest.fixture
def records(place: Place, clock: Clock) -> Iterator[Records]:
    with open_records(place, clock) as opened:
        yield opened


@pytest.fixture
def file_records(file_place: Place, clock: Clock) -> Iterator[Records]:
    with open_records(file_place, clock) as opened:
        yield opened
