"""`deepsix plan` prints the plan, gives it as JSON, writes a calendar, and says what is wrong with its options."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from deepsix.cli.app import app
from deepsix.errors import DeepsixError

STORY = "I am 34 and run. Deep ache in the middle of my right buttock for three weeks, worse sitting and the day after."


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "home" / "records.sqlite"
    monkeypatch.setenv("DEEPSIX_DATABASE", str(path))
    return path


def run(*arguments: str, command: str = "plan") -> str:
    result = CliRunner().invoke(app, [command, *arguments])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.stdout


def test_it_says_what_to_do_and_when_to_see_someone() -> None:
    out = run("--text", STORY, "--day", "2026-03-02")
    for words in ("Do today", "Leave alone", "See someone if", "Go on when", "Sources", "It is not a doctor"):
        assert words in out


def test_json_holds_the_same_tasks() -> None:
    record = json.loads(run("--text", STORY, "--day", "2026-03-02", "--json"))
    assert record["urgency"] == "self_care"
    assert record["today"][0]["remedy"] == "press_deep_buttock_ball"
    assert record["review"] == "2026-03-30"


def test_the_calendar_is_written(tmp_path: Path) -> None:
    file = tmp_path / "plan.ics"
    run("--text", STORY, "--calendar", str(file), "--timezone", "Europe/London")
    assert file.read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")


def test_nothing_told_gives_no_plan() -> None:
    assert "no plan" in run("--text", "hello")


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--text", STORY, "--day", "tomorrow"], "Give it as year-month-day"),
        (["--text", STORY, "--stage", "sprint"], "Choose one of: settle"),
        (["--text", STORY, "--kit", "sauna"], "We do not know sauna"),
        (["--text", STORY, "--calendar", "x.ics", "--timezone", "Mars/Olympus"], "no time zone"),
        ([], "There is no case to plan for"),
        (["1", "--text", STORY], "not both"),
        (["--text", STORY, "--answer", "pain_groyn=no"], "Did you mean pain_groin"),
        (["--text", STORY, "--answer", "pain_groin"], "Write it as pain_groin=no"),
    ],
)
def test_a_wrong_option_is_told(options: list[str], told: str) -> None:
    with pytest.raises(DeepsixError, match=told):
        run(*options)


def test_a_plan_leaves_no_file_unless_it_is_to_be_kept(place: Path) -> None:
    run("--text", STORY)
    with pytest.raises(DeepsixError, match="assess --save"):
        run()
    assert not place.exists()


def test_save_keeps_the_assessment_and_its_plan_in_one_action(place: Path) -> None:
    run("--text", STORY, "--kit", "ball,wall", "--save")
    history = json.loads(run("--json", command="history"))
    assert [change["action"] for change in history["changes"]] == ["case saved", "assessment saved", "plan saved"]
    assert json.loads(run("--json"))["left_out"], "the kit is remembered: what needs a bed is left out"


def test_without_arguments_it_is_todays_plan_of_the_last_saved_assessment() -> None:
    run("--text", STORY, "--save", command="assess")
    first = json.loads(run("--json"))
    assert first["stage"] == "settle"
    run("--stage", "load", "--save")
    assert json.loads(run("--json"))["stage"] == "load"
    assert json.loads(run("1", "--json"))["stage"] == "load"


def test_it_names_the_questions_that_bring_in_running_and_takes_their_answers() -> None:
    plan = json.loads(run("--text", STORY, "--save", "--json"))
    entry = next(entry for entry in plan["unlock"] if entry["remedy"] == "easy_running")
    answers = ",".join(f"{question['finding']}=no" for question in entry["questions"])
    assert "easy_running" not in {name for stage in plan["stages"] for name in stage["remedies"]}
    answered = json.loads(run("--answer", answers, "--json"))
    assert "easy_running" in {name for stage in answered["stages"] for name in stage["remedies"]}
    assert json.loads(run("--json", command="history"))["assessments"][-1]["id"] == 2, "kept as a new assessment"


def test_an_imported_log_limits_how_far_to_run_with_the_source(tmp_path: Path) -> None:
    days = [date.today() - timedelta(days=2 * n) for n in range(1, 20)]
    log = tmp_path / "log.csv"
    log.write_text(
        "date,sport,distance_km\n" + "".join(f"{day},running,{9 if n == 0 else 5}\n" for n, day in enumerate(days))
    )
    run(str(log), command="import")
    run("--text", STORY, "--save")
    plan = json.loads(run("--json"))
    assert [(limit["id"], limit["source"]) for limit in plan["limits"]] == [
        ("longest_run", "schuster_brandt_2025"),
        ("week", "estimate"),
    ]
    assert plan["limits"][0]["metres"] == pytest.approx(5500)
    assert any("80% longer" in why["text"] for why in plan["reasons"])
    out = " ".join(run().split())
    assert "no single run longer than 5.5 km" in out
    assert "Answer these to add more" in out
