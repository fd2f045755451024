"""The bones: read, smoothed without shrinking, written small, and lying where our muscles end."""

from __future__ import annotations

import importlib.util
import json
import struct
import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from deepsix.hip.lineset import hip_lines
from deepsix.hip.scene import load_shapes
from deepsix.hip.silhouette import surface_points
from deepsix.web.assets import BUILT, load_assets
from deepsix.web.presenting.hip_flat import read_bones

FRONTEND = Path(__file__).parents[2] / "frontend"


@pytest.fixture(scope="module")
def bones() -> ModuleType:
    """The module of the build, which is not part of the package."""
    spec = importlib.util.spec_from_file_location("bones", FRONTEND / "bones.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["bones"] = module
    spec.loader.exec_module(module)
    return module


def ball(bones: ModuleType, radius_m: float = 0.05):
    """An octahedron whose corners lie on a ball."""
    corners = [(1, 0, 0), (-1, 0, 0), (0, 1, 0), (0, -1, 0), (0, 0, 1), (0, 0, -1)]
    sides = [(0, 2, 4), (2, 1, 4), (1, 3, 4), (3, 0, 4), (2, 0, 5), (1, 2, 5), (3, 1, 5), (0, 3, 5)]
    return bones.Mesh([tuple(radius_m * c for c in p) for p in corners], sides, sides)


def stl(triangles: list[list[tuple[float, float, float]]]) -> bytes:
    """A binary STL file."""
    body = b"".join(struct.pack("<12fH", 0, 0, 0, *(x for p in t for x in p), 0) for t in triangles)
    return b"\0" * 80 + struct.pack("<I", len(triangles)) + body


def test_smoothing_keeps_the_size_and_rounds_the_corners(bones):
    smoothed = bones.smooth(ball(bones), 2)
    assert len(smoothed.triangles) == 16 * 8
    radii = np.linalg.norm(smoothed.points, axis=1)
    assert radii.max() / radii.min() < 1.25  # 1.73 before: corner to middle of a side
    equal_ball_m = 0.05 * np.pi ** (-1 / 3)  # the radius of a ball with the volume of the octahedron
    assert radii.mean() == pytest.approx(equal_ball_m, rel=0.1)


def test_a_smoothed_surface_stays_closed(bones):
    smoothed = bones.smooth(ball(bones), 1)
    for triangles in (smoothed.triangles, smoothed.coarse):
        assert all(len(opposite) == 2 for opposite in bones._edges(triangles).values())


def test_joined_corners_and_empty_triangles(bones):
    a, b, c, d = (0.0, 0.0, 0.0), (0.1, 0.0, 0.0), (0.0, 0.1, 0.0), (0.0, 0.0, 0.1)
    mesh = bones.read_stl(stl([[a, b, c], [b, d, c], [a, a, b]]))
    assert len(mesh.points) == 4
    assert len(mesh.triangles) == 2


def test_what_is_written_is_read_again(bones, tmp_path):
    mesh = bones.smooth(ball(bones), 1)
    bone = bones.BONES[0]._replace(name="ball")
    (tmp_path / "b.bin").write_bytes(bones.pack([(bone, mesh), (bone._replace(body="femur"), mesh)]))
    first, second = read_bones(tmp_path / "b.bin")
    assert (first.name, first.body, second.body) == ("ball", "pelvis", "femur")
    np.testing.assert_allclose(second.points_m, mesh.points, atol=bones.STEP_M)
    np.testing.assert_array_equal(second.triangles, mesh.triangles)


def test_another_mesh_than_the_one_looked_at_is_refused(bones):
    with pytest.raises(bones.BonesError, match="sha256"):
        bones._checked({f"{bones.FOLDER}/{bones.BONES[0].file}": b"other"}, bones.BONES[0])


def test_the_built_bones_are_small_and_come_with_their_notices():
    names = json.loads((BUILT / "assets.json").read_text(encoding="utf-8"))
    assert (BUILT / names["bones.bin"]).stat().st_size < 150_000
    assert "Apache License" in (BUILT / "bones-LICENSE.txt").read_text(encoding="utf-8")
    assert "Rajagopal" in (BUILT / "bones-NOTICE.txt").read_text(encoding="utf-8")


def test_the_lines_drawn_end_on_the_bones():
    meshes = read_bones(BUILT / load_assets().names["bones.bin"])
    clouds: dict[str, np.ndarray] = {}
    for mesh in meshes:
        spread = surface_points(mesh.points_m, mesh.triangles)
        if mesh.name == "pelvis":
            spread = np.concatenate([spread, spread * [1, 1, -1] + [0, 0, 2 * -0.07726]])
        clouds[mesh.body] = np.concatenate([clouds.get(mesh.body, np.zeros((0, 3))), spread])
    lines, gaps_mm = hip_lines(), {}
    for part, shape in load_shapes().items():
        line = lines.lines[lines.row(shape.line)]
        for end in (line.points[0], line.points[-1]):
            if end.body in ("pelvis", "femur"):
                gap = np.linalg.norm(clouds[end.body] - end.position_m, axis=1).min()
                gaps_mm[part, end.kind] = 1000.0 * float(gap)
    values = np.array(list(gaps_mm.values()))
    print(f"ends {values.size}, mean {values.mean():.1f} mm, 95% {np.percentile(values, 95):.1f} mm")
    assert values.mean() < 4.0
    assert np.percentile(values, 95) < 12.0
