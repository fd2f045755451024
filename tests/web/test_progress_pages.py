"""Progress: charts with their tables, the forecast, and "what if?"."""

from __future__ import annotations

import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from typer.testing import CliRunner
from web_person import Person, SetClock
from web_plans import BAD, NUMB, SORE, WELL, check_in, settle, text_of

from deepsix import yes
from deepsix.cli.app import app


@pytest.fixture
def followed(person: Person, set_clock: SetClock) -> Person:
    """Someone with three check-ins, two goals and some activity."""
    settle(person)
    check_in(person, **BAD, new_goal_0="run 5 km", new_goal_score_0="2", new_goal_1="sit", new_goal_score_1="4")
    for score in ("4", "6"):
        set_clock.pass_days(1)
        goals = {"goal_0": "run 5 km", "goal_score_0": score, "goal_1": "sit", "goal_score_1": score}
        check_in(person, **WELL, **goals, activity_0="walking", minutes_0="30")
    return person


def charts(page: str) -> list[ElementTree.Element]:
    return [ElementTree.fromstring(found) for found in re.findall(r'<svg class="chart".*?</svg>', page, re.S)]


def test_before_the_first_check_in_it_says_what_will_be_here(person: Person) -> None:
    settle(person)
    assert "After your first check-in" in text_of(person.open("/progress"))


def test_without_a_plan_it_says_so_kindly(person: Person) -> None:
    assert "no progress to show yet" in text_of(person.open("/progress"))


def test_the_table_holds_every_check_in(followed: Person) -> None:
    rows = re.findall(r'<th scope="row"><a href="/checkin/(\d+)">', followed.open("/progress").text)
    assert rows == ["3", "2", "1"]


def test_each_chart_has_a_name_and_one_mark_for_each_figure_told(followed: Person) -> None:
    page = followed.open("/progress").text
    pain, goals, load = charts(page)
    assert all(chart.get("role") == "img" and chart.get("aria-label") for chart in (pain, goals, load))
    assert page.count("chart__mark--pain-now") == 3 + 1  # and one in the legend
    assert page.count("chart__mark--goal-0") == 3 + 1
    assert len(load.findall(".//rect")) == 2


def test_series_differ_in_shape_and_not_only_in_colour(followed: Person) -> None:
    pain = charts(followed.open("/progress").text)[0]
    marks = {
        el.get("class", "").split("--")[-1]: el.tag + str(len(el.get("d", "")))
        for el in pain.iter()
        if "mark" in el.get("class", "")
    }
    assert len(set(marks.values())) == len(marks) == 3


def test_the_band_lies_between_none_and_the_worst_and_round_its_middle(followed: Person) -> None:
    pain = charts(followed.open("/progress").text)[0]
    band = next(el for el in pain.iter() if el.get("class") == "chart__band")
    middle = next(el for el in pain.iter() if el.get("class") == "chart__middle")
    corners = [tuple(map(float, pair.split())) for pair in re.findall(r"[\d.]+ [\d.]+", band.get("d", ""))]
    half = len(corners) // 2
    high, low = corners[:half], corners[: half - 1 : -1]
    across = [tuple(map(float, pair.split(","))) for pair in middle.get("points", "").split()]
    assert len(across) == half > 20
    for (x, top), (_, bottom), (at, y) in zip(high, low, across, strict=True):
        assert x == at
        assert top <= y <= bottom


def test_it_says_better_same_or_worse(followed: Person) -> None:
    assert "etter than at the start" in text_of(followed.open("/progress"))


def test_what_if_says_what_a_run_would_do(followed: Person) -> None:
    said = text_of(followed.open("/progress?what=run&day=saturday&minutes=60"))
    assert "Usual running, 60 minutes" in said
    assert "It means" in said or "It hardly" in said


def test_what_the_plan_forbids_is_refused_kindly_and_never_simulated(person: Person) -> None:
    settle(person, SORE.with_answers(*yes("pain_groin").values()))
    check_in(person, **WELL)
    page = person.open("/progress?what=run&day=saturday&minutes=60")
    assert "Not now." in text_of(page)
    assert "points at most" not in text_of(page)


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("what=run&day=saturday&minutes=abc", "minutes"),
        ("what=fly&day=sunday&minutes=5", "what"),
        ("what=run&day=x&minutes=5", "day"),
    ],
)
def test_a_mistake_in_what_if_is_named_at_its_field(followed: Person, query: str, field: str) -> None:
    page = followed.open(f"/progress?{query}")
    assert page.status_code == 200
    assert f'<a href="#{field}">' in page.text


def test_someone_who_must_be_seen_today_gets_no_forecast(person: Person) -> None:
    settle(person, NUMB)
    check_in(person, **WELL)
    page = person.open("/progress")
    assert "chart__band" not in page.text
    assert "There is no forecast" in text_of(page)


def test_the_terminal_gives_the_same_forecast_of_the_saved_plan(
    followed: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = followed.open("/progress?what=run&day=saturday&minutes=60")
    shown = re.findall(r"<td>(\d+)</td><td>(\d+) to (\d+)</td>", page.text)
    monkeypatch.setenv("DEEPSIX_DATABASE", str(tmp_path / "records.sqlite"))
    told = CliRunner().invoke(app, ["forecast", "--json"])
    band = json.loads(told.stdout)["forecast"]["worst_pain"]
    weeks = zip(*(band[name][::7] for name in ("middle", "low", "high")), strict=True)
    assert [tuple(f"{value:.0f}" for value in week) for week in weeks] == shown
    assert len(shown) >= 4
    in_words = CliRunner().invoke(app, ["forecast", "--what-if", "run:saturday:60"]).stdout
    assert re.search(r'<p class="lead">(.*?)</p>', page.text)[1] in in_words  # type: ignore[index]
    said = re.search(r"It (?:means|hardly).*", in_words)
    assert said
    assert said[0].strip() in text_of(page)
