"""The room as a whole: its front door, its data, its pictures and its commands."""

import ast
import json
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from typer.testing import CliRunner

import deepsix.hip as hip
from deepsix.hip.anatomy import actions, anatomy_sources, find_parts, load_anatomy, muscle_of
from deepsix.hip.commands import app
from deepsix.hip.errors import UnknownMuscleError
from deepsix.hip.paths import load_part_names
from deepsix.hip.plots import angle_curve, plot_part
from deepsix.hip.positions import load_positions

ROOM = Path(hip.__file__).parent


def test_the_room_imports_nothing_of_ours_but_the_errors():
    for file in ROOM.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [a.name for a in node.names] if isinstance(node, ast.Import) else []
            ours = [n for n in names if n.startswith("deepsix")]
            assert all(n == "deepsix.errors" or n.startswith("deepsix.hip") for n in ours), (file.name, ours)


def test_importing_the_room_loads_no_numbers():
    code = "import sys, deepsix.hip; sys.exit('numpy' in sys.modules or 'deepsix.hip.paths' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_everything_at_the_front_door_is_there():
    for name in hip.__all__:
        assert callable(getattr(hip, name)), name
    with pytest.raises(AttributeError):
        _ = hip.nonsense


def test_every_part_has_facts_from_a_known_source_and_an_honest_mark_of_what_was_read():
    facts = load_anatomy()
    for part in load_part_names():
        assert facts[muscle_of(part)].sources
    assert all(set(f.sources) <= set(anatomy_sources()) for f in facts.values())
    assert "gluteus minimus" in facts["gluteus_medius"].variations  # B28: the source gives most of it there


def test_the_statements_of_anatomy_are_carried():
    carried = {s for f in load_anatomy().values() for s in f.statements}
    assert {"A5", "B27", "B28", "B29"} <= carried


def test_names_are_found_however_they_are_written():
    assert find_parts("Gluteus minimus posterior") == ("gluteus_minimus_posterior",)
    assert len(find_parts("six")) == 6
    assert len(find_parts("adductor-magnus")) == 4
    with pytest.raises(UnknownMuscleError):
        find_parts("biceps brachii")


def test_actions_change_with_posture():
    standing = {a.words for a in actions("piriformis", [[0, 0, 0]])}
    flexed = {a.words for a in actions("piriformis", [[90, 0, 0]])}
    assert "turns out" in standing
    assert "turns in" in flexed


@pytest.mark.parametrize("view", ["side", "back"])
def test_every_position_has_a_picture_that_names_its_angles(view):
    for place in load_positions().values():
        for side in ("right", "left"):
            root = ElementTree.fromstring(hip.posed_figure(place, view, side, "piriformis"))
            text = "".join(root.itertext())
            assert place.name in text
            assert f"flexion {place.angles_deg[0]:g}" in text


def test_left_and_right_pictures_from_behind_are_mirror_images():
    place = load_positions()["pigeon"]
    sizes = {hip.posed_figure(place, "back", s).split('viewBox="')[1].split('"')[0] for s in ("left", "right")}
    assert len(sizes) == 1


def test_a_plot_is_drawn_from_the_numbers_beside_it():
    curve = angle_curve("piriformis")
    assert curve.angle_deg.size == curve.length_change_mm.middle.size
    ElementTree.fromstring(plot_part("piriformis", "adduction_deg"))
    with pytest.raises(UnknownMuscleError):
        angle_curve("piriformis", "flexing")


@pytest.mark.parametrize(
    "words",
    [
        ["muscle", "piriformis", "--flexion", "90"],
        ["stretch", "gluteus-minimus-posterior"],
        ["locate", "--hurts", "sitting", "--region", "pain_buttock"],
        ["check"],
    ],
)
def test_commands_run_and_give_json(words):
    runner = CliRunner()
    assert runner.invoke(app, words).exit_code == 0
    found = runner.invoke(app, [*words, "--json"])
    assert found.exit_code == 0
    assert json.loads(found.stdout)


def test_pictures_are_written_where_asked(tmp_path):
    runner = CliRunner()
    assert runner.invoke(app, ["muscle", "piriformis", "--plot", str(tmp_path / "plot.svg")]).exit_code == 0
    assert runner.invoke(app, ["stretch", "piriformis", "--picture", str(tmp_path / "pose.svg")]).exit_code == 0
    for name in ("plot.svg", "pose.svg"):
        ElementTree.parse(tmp_path / name)


def test_a_posture_outside_the_checked_range_is_said_to_be():
    found = CliRunner().invoke(app, ["muscle", "piriformis", "--flexion", "145"])
    assert "outside the checked range" in found.stdout


def test_a_picture_brings_its_colours_and_a_class_for_the_page_to_recolour_it():
    root = ElementTree.fromstring(hip.posed_figure(load_positions()["standing"]))
    drawn = [piece for piece in root.iter() if "fill" in piece.attrib]
    assert drawn
    assert all(piece.attrib["class"].startswith("posed__") for piece in drawn)


def test_feet_that_stand_are_flat_and_a_hand_comes_to_the_knee_it_reaches_for():
    squat = load_positions()["squat_parallel"]
    at_ease, on_knee = (hip.posed_figure(squat, hands=(hand, "")) for hand in ("", "knee"))
    assert at_ease != on_knee
    assert "style=" not in on_knee
