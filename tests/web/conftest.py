"""A browser without a window: the pages in this process, over empty records."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from web_person import Person, SetClock

from deepsix.knowledge import Knowledge
from deepsix.records.place import Place
from deepsix.records.store import Records, open_records
from deepsix.web.app import create_app


@pytest.fixture
def set_clock() -> SetClock:
    return SetClock()


@pytest.fixture
def records(tmp_path: Path, set_clock: SetClock) -> Iterator[Records]:
    """Empty records in a place of their own."""
    with open_records(Place.of_file(tmp_path / "records.sqlite"), set_clock) as opened:
        yield opened


@pytest.fixture
def client(knowledge: Knowledge, records: Records, set_clock: SetClock) -> Iterator[TestClient]:
    with TestClient(create_app(knowledge, records, set_clock)) as opened:
        yield opened


@pytest.fixture
def person(client: TestClient) -> Person:
    return Person(client)
