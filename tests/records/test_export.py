"""One open file with everything."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from deepsix.case import Answer, Case, Origin, State
from deepsix.followup.checkin import ActivityGoal, CheckIn, GlobalChange
from deepsix.intake.training.sessions import Session
from deepsix.records.errors import UnreachableRecordsError
from deepsix.records.exporting import export_all
from deepsix.records.store import Records

AT = datetime(2026, 3, 2, tzinfo=UTC)


def _fill(records: Records) -> None:
    words = Answer("fever", State.YES, Origin.STORY, "füverish", "left")
    outcome = {"urgency": {"level": "self_care"}, "causes": []}
    number = records.save_assessment(
        Case(answers={"fever": words}), outcome, knowledge_version="k", program_version="p", setting="community"
    )
    records.save_plan(number, 3, {"stage": 1})
    records.save_checkin(CheckIn(AT, 1, 2, goals=(ActivityGoal("run", 3),), global_change=GlobalChange.SAME), number)
    records.save_sessions([Session(AT, "running", 60.0, 200.0)])


def test_it_holds_everything_that_was_saved(records: Records, tmp_path: Path):
    _fill(records)
    export_all(records, tmp_path / "out.json", AT)
    told = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert (told["format"], told["version"], told["exported_at"]) == ("deepsix-records", 1, AT.isoformat())
    assert told["cases"][0]["case"]["answers"]["fever"]["words"] == "füverish"
    assert told["cases"][0]["given_at"].keys() == {"fever"}
    assert told["assessments"][0]["knowledge_version"] == "k"
    assert told["plans"][0]["content"] == {"stage": 1}
    assert told["checkins"][0]["checkin"]["goals"] == [{"words": "run", "score": 3}]
    assert told["checkins"][0]["checkin"]["global_change"] == "same"
    assert told["training"][0]["distance_m"] == 200.0
    assert len(told["history"]) == len(records.changes())


def test_only_the_owner_may_read_it(records: Records, tmp_path: Path):
    export_all(records, tmp_path / "out.json", AT)
    assert (tmp_path / "out.json").stat().st_mode & 0o777 == 0o600


def test_a_file_that_is_there_is_not_written_over_unasked(records: Records, tmp_path: Path):
    (tmp_path / "out.json").write_text("mine")
    with pytest.raises(UnreachableRecordsError, match="--replace"):
        export_all(records, tmp_path / "out.json", AT)
    assert (tmp_path / "out.json").read_text() == "mine"
    export_all(records, tmp_path / "out.json", AT, replace=True)
    assert json.loads((tmp_path / "out.json").read_text())["cases"] == []


def test_a_place_that_cannot_be_written_is_told(records: Records, tmp_path: Path):
    with pytest.raises(UnreachableRecordsError, match="cannot be written"):
        export_all(records, tmp_path / "none" / "out.json", AT)
    assert list(tmp_path.glob("*.json")) == []


def test_what_is_being_told_is_in_it_without_the_key_of_the_browser(records: Records, tmp_path: Path):
    records.keep_draft("a key of a browser", {"story": "It began on a hill."})
    export_all(records, tmp_path / "out.json", AT)
    told = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert [draft["content"] for draft in told["drafts"]] == [{"story": "It began on a hill."}]
    assert "a key of a browser" not in json.dumps(told)
