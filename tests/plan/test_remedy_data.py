"""The remedy files hang together: pictures exist, doses can be said, everybody gets care, and mistakes are reported."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from deepsix.hip.paths import load_part_names
from deepsix.hip.positions import load_positions
from deepsix.knowledge import Knowledge
from deepsix.knowledge.care import REMEDY_KINDS
from deepsix.knowledge.loader import DATA_FOLDER, read_knowledge
from deepsix.knowledge.model import ESTIMATE, Urgency
from deepsix.plan.dosing import DOSE_IDS

EXERCISES = {"press", "stretch", "move", "load", "strength"}


def test_every_kind_of_remedy_is_there(knowledge: Knowledge) -> None:
    assert {remedy.kind for remedy in knowledge.remedies.values()} == set(REMEDY_KINDS)


def test_every_picture_is_a_position_of_the_computed_hip(knowledge: Knowledge) -> None:
    for remedy in knowledge.remedies.values():
        assert remedy.picture in {"", *load_positions()}, remedy.id


def test_every_stretch_is_chosen_by_the_computed_hip(knowledge: Knowledge) -> None:
    for remedy in knowledge.remedies.values():
        assert remedy.by_hip == (remedy.kind == "stretch"), remedy.id
    for target in knowledge.care.targets:
        assert set(target.parts) <= set(load_part_names())


def test_every_dose_can_be_said(knowledge: Knowledge) -> None:
    for remedy in knowledge.remedies.values():
        assert {dose.id for dose in remedy.dose} <= set(DOSE_IDS), remedy.id


def test_a_number_that_is_our_own_says_why(knowledge: Knowledge) -> None:
    for remedy in knowledge.remedies.values():
        for dose in remedy.dose:
            assert dose.reason, f"{remedy.id} {dose.id}"
        for entry in remedy.evidence:
            assert entry.shown.endswith("."), remedy.id
            assert entry.strength in ("expert", "article") or entry.source != ESTIMATE, remedy.id


def test_every_exercise_has_guards_a_stop_rule_and_a_lowest_age(knowledge: Knowledge) -> None:
    for remedy in knowledge.remedies.values():
        if remedy.kind in EXERCISES:
            bars = {bar.id for bar in remedy.never_with}
            assert {"bone", "infection", "clot_or_blood_flow", "growth", "new_hip"} <= bars, remedy.id
            assert bars & {"nerve", "weak_nerve"}, remedy.id
            assert remedy.stop_rules, remedy.id
            assert remedy.age_from >= 16, remedy.id
            assert remedy.up_to <= Urgency.CLINICIAN_SOON, remedy.id


def test_pressing_is_off_with_signs_of_nerve_bone_clot_infection_or_bleeding(knowledge: Knowledge) -> None:
    signs = {"numbness_leg", "tender_bone", "leg_swollen", "fever", "haemophilia_or_bleeding"}
    for remedy in knowledge.remedies.values():
        if remedy.kind == "press":
            assert signs <= {finding for bar in remedy.never_with for finding in bar.findings}, remedy.id
            asks = {caution.finding for caution in remedy.caution_with if caution.ask_first}
            assert {"anticoagulant", "pregnant"} <= asks, remedy.id


def test_every_condition_a_person_can_look_after_alone_has_care_of_its_own(knowledge: Knowledge) -> None:
    tasks = [r for r in knowledge.remedies.values() if r.kind not in ("see_someone", "avoid", "heat_cold")]
    for condition in knowledge.conditions.values():
        if condition.urgency is Urgency.SELF_CARE:
            fitting = [remedy.id for remedy in tasks if condition.id in remedy.conditions]
            assert fitting, condition.id


def test_every_other_condition_says_whom_to_see(knowledge: Knowledge) -> None:
    helpers = [remedy for remedy in knowledge.remedies.values() if remedy.kind == "see_someone"]
    for condition in knowledge.conditions.values():
        if condition.urgency is not Urgency.SELF_CARE and condition.family not in ("muscle_tendon", "general"):
            own = [h.id for h in helpers if condition.id in h.conditions and h.up_to >= condition.urgency]
            assert own or condition.id == "coccydynia", condition.id


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    shutil.copytree(DATA_FOLDER, folder)
    return folder


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('kind = "press"', 'kind = "pres"', "kind: is 'pres'. Choose one of"),
        ('"tfl_trigger_points", ', '"tfl_trigger_point", ', "'tfl_trigger_point' is not a condition. Did you mean"),
        ('kit = ["ball", ', 'kit = ["bal", ', "'bal' is not an item of plan.toml. Did you mean ball"),
        ('["times_a_day", 1, 1, 2,', '["times_a_day", 3, 1, 2,', "the range 1 to 2 misses 3"),
        ('"szajkowski_2025"', '"szajkowski_1925"', "'szajkowski_1925' is not in sources/"),
        ('["lu_2022", "trial"', '["lu_2022", "rumour"', "'rumour' is no strength"),
        ("stop_rules = ", "stop_rule = ", "stop_rules: is missing"),
        ("threshold = 0.35", "threshold = 35", "threshold: 35 is out of range"),
        ('findings = ["numb_outer_thigh"]', 'findings = ["numb_thigh"]', "'numb_thigh' is not a finding"),
        ('statements = ["B11", ', 'statements = ["B4", "B11", ', "lists B4, which does not say so"),
    ],
)
def test_a_mistake_in_a_remedy_is_told_with_its_file(data: Path, old: str, new: str, told: str) -> None:
    path = data / "remedies" / "press_front_hip_ball.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    lines = [str(problem) for problem in read_knowledge(data)[1]]
    assert any("press_front_hip_ball.toml" in line and told in line for line in lines), lines


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('guards = ["bone", ', 'guards = ["bones", ', "'bones' is not a guard"),
        ('id = "return"\n', 'id = "settle"\n', "stages: are settle, restore, load, settle"),
        ('measure = "pain_during"', 'measure = "mood"', "measure: is 'mood'"),
        ('angle = "flexion"', 'angle = "bend"', "angle: is 'bend'"),
    ],
)
def test_a_mistake_in_the_rules_is_told_with_its_file(data: Path, old: str, new: str, told: str) -> None:
    path = data / "plan.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    lines = [str(problem) for problem in read_knowledge(data)[1]]
    assert any("plan.toml" in line and told.split(": ", 1)[-1] in line for line in lines), lines[:5]
