"""Small training files made by the tests."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from deepsix.intake.training import Session, read_training_file

START = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
Written = Callable[[str, str | bytes], Path]


@pytest.fixture
def write(tmp_path: Path) -> Written:
    """Return a writer of files by name and content."""

    def made(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return made


@pytest.fixture
def read(write: Written) -> Callable[[str, str | bytes], tuple[Session, ...]]:
    """Return a reader of content under a name."""
    return lambda name, content: read_training_file(write(name, content))


@pytest.fixture
def run_on() -> Callable[..., Session]:
    """Return a maker of runs: the day, and kilometres."""

    def made(day: float, km: float, sport: str = "running") -> Session:
        return Session(START + timedelta(days=day), sport, km * 360, km * 1000)

    return made
