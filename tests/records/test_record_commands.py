"""The commands about records, given / when / then, in an empty place of their own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from deepsix.cli.app import app
from deepsix.errors import DeepsixError

STORY = "I am 35. It hurts deep in my bum when I sit, worst the day after a hill run."


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "home" / "records.sqlite"
    monkeypatch.setenv("DEEPSIX_DATABASE", str(path))
    return path


def run(*words: str, said: str = "") -> Result:
    return CliRunner().invoke(app, list(words), input=said)


def ok(*words: str, said: str = "") -> str:
    result = run(*words, said=said)
    assert result.exit_code == 0, result.output
    return result.output


def test_without_save_nothing_is_kept(place: Path):
    ok("assess", "--text", STORY)
    assert not place.exists()
    assert "Nothing is saved yet" in ok("history")


def test_what_is_saved_is_listed_and_replayed():
    assert "Saved as assessment 1." in ok("assess", "--text", STORY, "--save")
    assert "assessment saved" in ok("history")
    assert "The same result" in ok("replay", "1")
    assert json.loads(ok("replay", "1", "--json"))["verdict"] == "same"
    assert json.loads(ok("history", "--json"))["assessments"][0]["id"] == 1


def test_saving_does_not_change_the_result_that_is_printed():
    saved = json.loads(run("assess", "--text", STORY, "--save", "--json").stdout)
    assert saved == json.loads(run("assess", "--text", STORY, "--json").stdout)


def test_a_check_in_takes_eight_short_replies():
    ok("assess", "--text", STORY, "--save")
    first = ok("checkin", said="5\n6\n4\nran 5k, sat\n3\nclimb stairs\n4\n\n\n")
    assert "nothing to compare with yet" in first
    second = ok("checkin", said="2\n3\n2\n1 2, walked\n2\n8\n2\n\n")
    assert "Much better" in second
    assert second.count("?") + second.count("as before") <= 9


def test_what_was_said_last_time_stands_beside_each_question_and_goals_are_remembered():
    ok("assess", "--text", STORY, "--save")
    ok("checkin", said="5\n6\n4\nran\n3\nclimb stairs\n4\n\n\n")
    ok("checkin", "--now", "3")
    told = ok("checkin", said="2\n3\n2\n\n8\n2\n\n")
    assert "Pain now, 0 (none) to 10 (the worst there is)? (last time 3)" in " ".join(told.split())
    assert "climb stairs" in told, "although the check-in between told no goal"


def test_ticking_a_task_keeps_the_id_of_its_remedy(tmp_path: Path):
    ok("assess", "--text", STORY, "--save")
    today = json.loads(run("plan", "--json").stdout)["today"]
    ok("checkin", said="5\n6\n4\n9 99, 1\n2, sat\n3\n\n\n")
    ok("export", str(tmp_path / "all.json"))
    done = json.loads((tmp_path / "all.json").read_text())["checkins"][0]["checkin"]["done"]
    assert done == [today[1]["remedy"], "sat"]


def test_a_reply_that_cannot_be_read_is_asked_again():
    told = ok("checkin", said="lots\n11\n3\n2\n4\n\n\n\nhelp\n99\n\n")
    assert told.count("could not be read") >= 5
    assert "Saved as check-in 1." in told


def test_a_danger_sign_in_a_check_in_is_answered_at_once_and_kept():
    ok("assess", "--text", STORY, "--save")
    told = ok("checkin", said="1\n1\n1\n\n\n1, 7\n")
    assert "Get emergency help now" in told
    assert "better" not in told.split("Get emergency help now")[0].split("looked at once")[1]
    history = json.loads(ok("history", "--json"))
    assert [a["urgency"] for a in history["assessments"]] == ["self_care", "emergency"]
    assert history["assessments"][0]["reopened_why"] == ["danger_sign"]


def test_a_danger_sign_without_a_saved_assessment_is_answered_too():
    assert "Get emergency help now" in ok("checkin", "--now", "1", "--danger", "numb_saddle")


def test_a_check_in_from_options_can_be_read_by_a_program():
    ok("checkin", "--now", "6", "--goal", "run=2", "--json")
    told = json.loads(ok("checkin", "--now", "3", "--goal", "run=6", "--change", "much_better", "--json"))
    assert told["overall"] == "much_better"
    assert [m["measure"] for m in told["measures"]] == ["pain", "goals", "global"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--worst", "2"], "below pain now"),
        (["--change", "wors"], "Give one of"),
        (["--goal", "run"], 'score after "="'),
        (["--danger", "numb_sadle"], "Did you mean numb_saddle"),
    ],
)
def test_a_check_in_that_cannot_be_so_keeps_nothing(options: list[str], message: str):
    result = run("checkin", "--now", "5", *options)
    assert isinstance(result.exception, DeepsixError)
    assert message in str(result.exception)
    assert "Nothing is saved yet" in ok("history")


def test_training_is_imported_once_and_counts_in_an_assessment(tmp_path: Path):
    log = tmp_path / "log.csv"
    log.write_text("date,sport,distance_km,duration_min\n2020-01-05,running,10,60\n")
    assert "1 session in log.csv; 1 new." in ok("import", str(log))
    assert "1 session in log.csv; 0 new." in ok("import", str(log))
    told = json.loads(run("assess", "--text", STORY, "--training", "--json").stdout)
    assert "runner" not in told["answers"], "a run years ago says nothing of today"


def test_a_broken_file_among_good_ones_keeps_none(tmp_path: Path):
    good, bad = tmp_path / "good.csv", tmp_path / "bad.gpx"
    good.write_text("date,sport,distance_km\n2020-01-05,running,10\n")
    bad.write_text("<gpx><trk>")
    assert "bad.gpx cannot be used" in str(run("import", str(good), str(bad)).exception)
    assert "Nothing is saved yet" in ok("history")


def test_export_then_erase_leaves_the_file_and_nothing_else(place: Path, tmp_path: Path):
    ok("assess", "--text", STORY, "--save")
    ok("export", str(tmp_path / "all.json"))
    assert "hill run" in (tmp_path / "all.json").read_text()
    assert run("erase").exit_code == 2
    assert "Erased 2 records" in ok("erase", "--yes")
    assert "Nothing is saved yet" in ok("history")
    assert b"hill run" not in b"".join(file.read_bytes() for file in place.parent.iterdir())
