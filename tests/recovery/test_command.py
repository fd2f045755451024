"""`deepsix forecast`: friendly by default, the same figures as JSON, check-ins from files, clear refusals."""

import json
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest
from typer.testing import CliRunner

from deepsix.cli.app import app
from deepsix.recovery import plots
from deepsix.recovery.errors import ForecastError, RecoveryError
from deepsix.recovery.telling import read_check_ins

QUICK = ["forecast", "--members", "150", "--days", "21"]
ROWS = """date,pain_now,pain_worst,pain_next_morning,done
2025-05-01,4,5,4,
2025-05-03,4,6,5,run:40
2025-05-05,3,5,,swam a bit
"""


def run(*words):
    return CliRunner().invoke(app, [*QUICK, *words])


def test_without_options_it_says_when_and_shows_a_band_and_its_limits():
    found = run()
    assert found.exit_code == 0
    for words in ("Likely better in about", "8 in 10", "day 7:", "not a measurement", "see someone now"):
        assert words in found.stdout


def test_json_holds_the_band_the_days_and_each_what_if():
    found = json.loads(run("--json", "--what-if", "run:saturday", "--what-if", "gentle-stretch:day2").stdout)
    band = found["forecast"]["worst_pain"]
    assert len(band["low"]) == len(band["middle"]) == len(band["high"]) == 21
    assert [w["change"] for w in found["what_if"]] == ["run:saturday", "gentle-stretch:day2"]
    assert found["what_if"][0]["days_later"] > found["what_if"][1]["days_later"]


def test_check_ins_as_csv_and_as_exported_json_say_the_same(tmp_path):
    (tmp_path / "c.csv").write_text(ROWS)
    exported = [
        {"at": "2025-05-01T20:00:00+02:00", "pain_now": 4, "pain_worst": 5, "pain_next_morning": 4, "done": []},
        {"at": "2025-05-03T20:00:00+02:00", "pain_now": 4, "pain_worst": 6, "pain_next_morning": 5, "done": ["run:40"]},
        {"at": "2025-05-05T20:00:00+02:00", "pain_now": 3, "pain_worst": 5, "pain_next_morning": None, "done": []},
    ]
    (tmp_path / "c.json").write_text(json.dumps({"check_ins": exported}))
    assert read_check_ins(tmp_path / "c.csv") == read_check_ins(tmp_path / "c.json")
    found = run("--checkins", str(tmp_path / "c.csv"), "--json")
    assert json.loads(found.stdout)["begins"] == "2025-05-06"


@pytest.mark.parametrize(
    "text",
    ["", "date,pain_now\n", "date,pain_now\nyesterday,4\n", "date,pain_now\n2025-05-01,14\n", "[1, 2]", "{", "\x00"],
)
def test_files_that_hold_no_check_ins_are_refused(tmp_path, text):
    (tmp_path / "bad").write_text(text)
    with pytest.raises(ForecastError):
        read_check_ins(tmp_path / "bad")


def test_a_missing_or_binary_file_is_refused(tmp_path):
    (tmp_path / "binary").write_bytes(bytes(range(128, 256)))
    for name in ("missing", "binary"):
        with pytest.raises(ForecastError, match="cannot be read"):
            read_check_ins(tmp_path / name)


@pytest.mark.parametrize(
    "words",
    [["--days", "3"], ["--pain", "12"], ["--problem", "gout"], ["--plan", "heroic"], ["--what-if", "run"]],
)
def test_impossible_wishes_get_a_clear_error(words):
    found = run(*words)
    assert isinstance(found.exception, RecoveryError)
    assert str(found.exception)


@pytest.mark.parametrize("problem", ["overload", "strain-grade-3", "tendinopathy"])
@pytest.mark.parametrize("muscle", ["six", "gluteus-medius", "semimembranosus"])
def test_every_problem_of_every_muscle_can_be_asked(muscle, problem):
    assert run("--muscle", muscle, "--problem", problem).exit_code == 0


def test_plots_are_well_formed_and_named(monkeypatch, tmp_path):
    monkeypatch.setattr(plots, "_PEOPLE", 20)
    assert plots.main([str(tmp_path)]) == 0
    for name in plots.PLOTS:
        assert ElementTree.parse(tmp_path / f"{name}.svg").getroot().tag.endswith("svg")
    assert plots.main([]) == 2


def test_what_a_change_does_is_said_with_the_day_of_the_week(tmp_path):
    (tmp_path / "c.csv").write_text(ROWS)
    told = run("--checkins", str(tmp_path / "c.csv"), "--what-if", "hard_run:day3:120")
    data = json.loads(run("--checkins", str(tmp_path / "c.csv"), "--what-if", "hard_run:day3:120", "--json").stdout)
    extra = data["what_if"][0]["extra_pain"]
    worst = date.fromisoformat(data["begins"]) + timedelta(days=extra.index(max(extra)))
    names = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
    assert f"points at most, on {names[worst.weekday()]} {worst.day} May." in told.stdout
