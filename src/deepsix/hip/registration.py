"""Put all sources on one pelvis and one thigh, and scale those to a person's height.

The specimens differ in size by 10 to 20 percent, and their pelvis frames differ in tilt by up to 10 degrees,
which shifts what "0 degrees of flexion" means. Shared landmarks of the pelvis give, for each source, the tilt
and sagittal size that bring it nearest to the reference (least squares about the hip centre, in the sagittal
plane); the distance between the hip centres gives its width; the distance from hip to knee centre gives the
size of the thigh.

What it leaves out: shape. Two pelvises of one size and tilt still differ, and that difference is real spread
    between people, carried on as the interval over sources.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from deepsix.hip.errors import HipDataError, PostureError
from deepsix.hip.paths import Line, Point, Wrap, load_sources
from deepsix.hip.rotations import Array, about
from deepsix.hip.tables import number, read_csv, read_toml


@dataclass(frozen=True, slots=True)
class Fit:
    """How one source is brought onto the reference skeleton.

    Attributes:
        pelvis_scale: Sagittal size factor of the pelvis.
        width_scale: Size factor of the pelvis from side to side.
        tilt_deg: Turn of the pelvis about z; positive turns its front up.
        thigh_scale: Size factor of thigh, patella and shank.
        residual_m: Root mean square distance left between landmarks in the sagittal plane.
    """

    pelvis_scale: float
    width_scale: float
    tilt_deg: float
    thigh_scale: float
    residual_m: float

    @property
    def pelvis_matrix(self) -> Array:
        """Maps pelvis points of the source onto the reference pelvis, shape (3, 3)."""
        sizes = np.diag([self.pelvis_scale, self.pelvis_scale, self.width_scale])
        return np.asarray(about("z", np.deg2rad(self.tilt_deg)) @ sizes)


IDENTITY = Fit(1.0, 1.0, 0.0, 1.0, 0.0)


@dataclass(frozen=True, slots=True)
class Skeleton:
    """The reference skeleton: which source it is and the body height it stands for."""

    source: str
    height_m: float
    lowest_height_m: float
    greatest_height_m: float


@cache
def reference_skeleton() -> Skeleton:
    """Return the skeleton that all sources are put on."""
    raw = read_toml("settings.toml")["skeleton"]
    return Skeleton(str(raw["source"]), *(float(raw[f]) for f in ("height_m", "lowest_m", "greatest_m")))


@cache
def _landmarks() -> dict[str, dict[str, Array]]:
    found: dict[str, dict[str, Array]] = {}
    for row in read_csv("landmarks.csv"):
        xyz = np.array([number("landmarks.csv", row, f) for f in ("x_m", "y_m", "z_m")])
        found.setdefault(row["source"], {})[row["landmark"]] = xyz
    return found


@cache
def fit_source(source: str) -> Fit:
    """Return how `source` is brought onto the reference skeleton.

    Raises:
        HipDataError: The source has no landmarks.
    """
    reference = reference_skeleton().source
    if source == reference:
        return IDENTITY
    if source not in _landmarks():
        raise HipDataError(f"landmarks.csv has no rows for {source}. Add them, or compute on published paths.")
    here, there = _landmarks()[source], _landmarks()[reference]
    shared = [n for n in here if n in there and n not in ("left_hip_centre", "knee_centre")]
    a = np.array([complex(*here[n][:2]) for n in shared])
    b = np.array([complex(*there[n][:2]) for n in shared])
    turn = np.vdot(a, b) / np.vdot(a, a).real
    width = abs(there["left_hip_centre"][2] / here["left_hip_centre"][2])
    thigh = np.linalg.norm(there["knee_centre"]) / np.linalg.norm(here["knee_centre"])
    left = float(np.sqrt(np.mean(np.abs(turn * a - b) ** 2)))
    return Fit(float(abs(turn)), float(width), float(np.rad2deg(np.angle(turn))), float(thigh), left)


def height_factor(height_m: float | None) -> float:
    """Return a person's size relative to the reference skeleton; None means the reference itself.

    Raises:
        PostureError: The height is not one a person has.
    """
    skeleton = reference_skeleton()
    if height_m is None:
        return 1.0
    if not skeleton.lowest_height_m <= height_m <= skeleton.greatest_height_m:
        raise PostureError(
            f"The height is {height_m} m. Give metres from {skeleton.lowest_height_m} to "
            f"{skeleton.greatest_height_m}, such as 1.72."
        )
    return height_m / skeleton.height_m


def register_line(line: Line, fit: Fit, factor: float = 1.0) -> Line:
    """Return the line on the reference skeleton, everything multiplied by `factor`.

    A cylinder or ellipsoid of the pelvis is turned, and its radii grow by the mean of the three size factors,
    so it stays a cylinder or ellipsoid; on the reference source itself nothing changes.
    """
    pelvis = factor * fit.pelvis_matrix
    thigh = factor * fit.thigh_scale

    def moved(body: str, xyz: tuple[float, float, float]) -> tuple[float, float, float]:
        out = pelvis @ np.array(xyz) if body == "pelvis" else thigh * np.array(xyz)
        return float(out[0]), float(out[1]), float(out[2])

    points: tuple[Point, ...] = tuple(replace(p, position_m=moved(p.body, p.position_m)) for p in line.points)
    wrap: Wrap | None = line.wrap
    if wrap is not None:
        mean = factor * (2.0 * fit.pelvis_scale + fit.width_scale) / 3.0 if wrap.body == "pelvis" else thigh
        turn = wrap.rotation_deg
        if wrap.body == "pelvis" and fit.tilt_deg:
            turn = _euler_xyz_deg(about("z", np.deg2rad(fit.tilt_deg)) @ wrap.frame)
        wrap = replace(
            wrap,
            centre_m=moved(wrap.body, wrap.centre_m),
            rotation_deg=turn,
            radii_m=tuple(r * mean for r in wrap.radii_m),
        )
    return replace(line, points=points, wrap=wrap)


def _euler_xyz_deg(matrix: Array) -> tuple[float, float, float]:
    """Return body-fixed x, y, z angles of a rotation matrix."""
    y = np.arcsin(np.clip(matrix[0, 2], -1.0, 1.0))
    x = np.arctan2(-matrix[1, 2], matrix[2, 2])
    z = np.arctan2(-matrix[0, 1], matrix[0, 0])
    return float(np.rad2deg(x)), float(np.rad2deg(y)), float(np.rad2deg(z))


def all_fits() -> dict[str, Fit]:
    """Return the fit of every geometry that has a knee, that is, every source of paths."""
    return {s.id: fit_source(s.id) for s in load_sources().values() if s.knee}
