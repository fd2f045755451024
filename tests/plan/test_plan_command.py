"""`deepsix plan` prints the plan, gives it as JSON, writes a calendar, and says what is wrong with its options."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from deepsix.cli.app import app
from deepsix.errors import DeepsixError

STORY = "I am 34 and run. Deep ache in the middle of my right buttock for three weeks, worse sitting and the day after."


def run(*arguments: str) -> str:
    result = CliRunner().invoke(app, ["plan", *arguments])
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
    ],
)
def test_a_wrong_option_is_told(options: list[str], told: str) -> None:
    with pytest.raises(DeepsixError, match=told):
        run(*options)
