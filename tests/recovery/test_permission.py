"""No forecast of a run for somebody who must not run: the plan's rules come first."""

import json

import pytest
from typer.testing import CliRunner

from deepsix import Case, assess, no, yes
from deepsix.cli.app import app
from deepsix.plan import build_plan
from deepsix.recovery.loads import activities
from deepsix.recovery.permission import forbidden, guard_of, permission
from deepsix.recovery.schedule import usual

BONE = ("pain_builds_with_impact", "pain_earlier_each_run", "worse_weight_bearing", "pain_groin")
STRESS = Case(age=30, answers={**yes("runner", *BONE)})
SORE = Case(
    age=30,
    answers={
        **yes("pain_buttock_deep_centre", "pain_next_day_peak", "worse_stairs_up", "worse_sitting", "runner"),
        **no(*BONE, "numbness_leg", "onset_pop_or_tear"),
    },
)
QUICK = ["forecast", "--members", "100", "--days", "14"]


@pytest.mark.parametrize("name", ["run", "hard_run", "easy_run", "squats", "strength_work"])
def test_loading_a_bone_that_may_be_hurt_is_refused(knowledge, name):
    found = permission(knowledge, assess(knowledge, STRESS), name)
    assert found.is_refused
    assert any("bone" in text for text in found.refused)


def test_what_everybody_does_needs_no_permission(knowledge):
    assert guard_of("sitting") is None
    assert permission(knowledge, assess(knowledge, STRESS), "sitting").refused == ()


def test_open_questions_come_first(knowledge):
    asked = Case(age=30, answers=yes("pain_buttock_deep_centre", "runner"))
    assert "pain in the groin" in " ".join(permission(knowledge, assess(knowledge, asked), "run").first)


def test_without_an_assessment_it_says_what_nobody_has_checked(knowledge):
    found = permission(knowledge, None, "run")
    assert not found.is_refused
    assert "bone" in found.first[0]


@pytest.mark.parametrize("danger", ["pain_builds_with_impact", "fever", "leg_swollen", "cannot_bear_weight"])
def test_more_danger_never_permits_more(knowledge, danger):
    with_danger = SORE.with_answers(*yes(danger).values())
    for name in activities():
        if permission(knowledge, assess(knowledge, SORE), name).is_refused:
            assert permission(knowledge, assess(knowledge, with_danger), name).is_refused


def test_what_is_in_the_plan_for_today_is_never_refused(knowledge):
    for case in (SORE, Case(age=50, answers={**yes("pain_hip_side", "worse_lying_on_side"), **no("pain_groin")})):
        assessment = assess(knowledge, case)
        given = {task.remedy for task in build_plan(knowledge, assessment).today}
        for name in activities():
            if guard_of(name) in given:
                assert not permission(knowledge, assessment, name).is_refused


def test_a_week_with_running_in_it_is_looked_at_too(knowledge):
    found = forbidden(knowledge, assess(knowledge, STRESS), usual("runner", 7))
    assert found["run"].is_refused


def test_what_if_i_run_on_saturday_is_refused_when_a_bone_may_be_hurt(knowledge, tmp_path, monkeypatch):
    monkeypatch.setenv("DEEPSIX_DATABASE", str(tmp_path / "records.sqlite"))
    story = "My groin hurts, it builds the longer I run, and whenever I put weight on the leg."
    assert CliRunner().invoke(app, ["assess", "--save", "--text", story]).exit_code == 0
    told = CliRunner().invoke(app, [*QUICK, "--what-if", "run:saturday"])
    assert "What if run:saturday? Not now." in told.stdout
    assert "people feel it" not in told.stdout
    data = json.loads(CliRunner().invoke(app, [*QUICK, "--what-if", "run:saturday", "--json"]).stdout)
    assert data["what_if"] == []
    assert data["against"]["run:saturday"]["refused"]
