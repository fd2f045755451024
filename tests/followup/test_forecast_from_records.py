"""`deepsix forecast` learns from the saved check-ins, tasks that were ticked included."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from deepsix.cli.app import app
from deepsix.followup import CheckIn
from deepsix.records import open_records

FIRST = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "home" / "records.sqlite"
    monkeypatch.setenv("DEEPSIX_DATABASE", str(path))
    return path


def keep(*pains: int, done: str = "") -> None:
    with open_records() as records:
        for day, pain in enumerate(pains):
            records.save_checkin(CheckIn(FIRST + timedelta(days=day), pain, pain, pain, (done,) if done else ()))


def forecast(*options: str) -> str:
    found = CliRunner().invoke(app, ["forecast", "--members", "150", "--days", "21", *options])
    assert found.exit_code == 0, found.output
    return found.stdout


def worst(*options: str) -> float:
    middle = json.loads(forecast("--json", *options))["forecast"]["worst_pain"]["middle"]
    return float(sum(middle))


def test_without_saved_check_ins_nothing_is_learnt_and_no_file_made(place: Path) -> None:
    assert "Learnt from" not in forecast()
    assert not place.exists()


def test_saved_check_ins_are_learnt_from() -> None:
    keep(5, 4, 4, 3)
    assert "Learnt from 4 check-ins since 2026-03-02." in forecast()


def test_getting_better_fast_foretells_less_pain_than_staying_sore(place: Path) -> None:
    keep(5, 4, 3, 2)
    fast = worst()
    place.unlink()
    keep(5, 5, 6, 6)
    assert worst() > fast


def test_a_ticked_task_counts_as_what_the_simulation_knows_of_it(place: Path) -> None:
    keep(5, 4, 4, 4)
    without = worst()
    place.unlink()
    keep(5, 4, 4, 4, done="easy_running:60")
    assert worst() != without


def test_a_pain_given_now_is_taken_instead() -> None:
    keep(5, 4)
    assert "Learnt from" not in forecast("--pain", "6")
