"""`deepsix forecast` learns from the saved check-ins, tasks that were ticked included."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from deepsix import Case, assess, no, yes
from deepsix.cli.app import app
from deepsix.followup import CheckIn, follow_up
from deepsix.followup.outlook import outlook_of, why_no_outlook
from deepsix.knowledge import Knowledge
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


STORY = "It aches deep in my bum. It hurts when I sit, and it is worst the day after a run. No pins and needles."
SORE = Case(
    age=30,
    answers={
        **yes("pain_buttock_deep_centre", "pain_next_day_peak", "worse_stairs_up", "worse_sitting", "runner"),
        **no("pain_groin", "numbness_leg", "onset_pop_or_tear"),
    },
)


def save_assessment(story: str = STORY) -> None:
    assert CliRunner().invoke(app, ["assess", "--save", "--age", "30", "--text", story]).exit_code == 0


def check_in(*pains: int) -> None:
    for pain in pains:
        done = CliRunner().invoke(app, ["checkin", "--now", str(pain)])
        assert done.exit_code == 0, done.output


def test_with_a_saved_plan_it_is_the_forecast_of_that_plan() -> None:
    save_assessment()
    check_in(5)
    assert "The forecast of your plan" in forecast()
    assert json.loads(forecast("--json"))["plan"] == "saved"


@pytest.mark.parametrize("option", [("--muscle", "psoas"), ("--problem", "tendinopathy"), ("--plan", "walker")])
def test_what_is_named_is_forecast_instead_of_the_saved_plan(option: tuple[str, str]) -> None:
    save_assessment()
    check_in(5)
    assert "The forecast of your plan" not in forecast(*option)
    assert json.loads(forecast("--json", *option))[option[0].removeprefix("--")] == option[1]


def test_before_the_first_check_in_the_plan_has_no_forecast_and_it_says_why() -> None:
    save_assessment()
    assert "begins with your first check-in" in forecast()
    assert json.loads(forecast("--json"))["forecast"] is None


def test_someone_who_has_to_be_seen_first_is_given_no_forecast() -> None:
    save_assessment("My bum hurts and I am numb between my legs.")
    check_in(5)
    said = forecast()
    assert "someone has to see you first" in said
    assert "Likely better" not in said


def told_on(*days: int) -> list[CheckIn]:
    return [CheckIn(FIRST + timedelta(days=day), 4, 5, 4) for day in days]


def test_the_forecast_of_a_plan_begins_after_the_last_check_in_and_learns_from_all(knowledge: Knowledge) -> None:
    followed = follow_up(knowledge, assess(knowledge, SORE), FIRST, told_on(0, 1, 3))
    found = outlook_of(knowledge, followed, told_on(3, 0, 1), UTC, members=100, days=14)
    assert found is not None
    assert found.begins == FIRST.date() + timedelta(days=4)
    assert len(found.told.told) == 3
    assert len(found.found.middle) == 14
    assert found.condition == followed.plan.causes[0]


def test_the_tasks_of_the_plan_are_in_the_days_ahead(knowledge: Knowledge) -> None:
    followed = follow_up(knowledge, assess(knowledge, SORE), FIRST, told_on(0, 1))
    found = outlook_of(knowledge, followed, told_on(0, 1), UTC, members=100, days=14)
    assert found is not None
    ahead = {name for hour in found.ahead.hours for name, _ in hour}
    kinds = {task.kind for task in followed.plan.today}
    assert ("gentle_stretch" in ahead) == ("stretch" in kinds)
    assert ("firm_pressure" in ahead) == ("press" in kinds)
    assert kinds & {"stretch", "press"}


def test_why_there_is_no_forecast_is_said_exactly_when_there_is_none(knowledge: Knowledge) -> None:
    hip = Case(age=70, answers=yes("pain_groin", "stiffness_morning_brief", "st_hip_internal_rotation_less"))
    numb = Case(age=40, answers=yes("numb_saddle", "pain_low_back"))
    for case in (SORE, hip, numb):
        for checkins in ([], told_on(0), told_on(0, 2)):
            followed = follow_up(knowledge, assess(knowledge, case), FIRST, checkins)
            found = outlook_of(knowledge, followed, checkins, UTC, members=100, days=7)
            assert (found is None) == (why_no_outlook(followed, checkins) is not None)
