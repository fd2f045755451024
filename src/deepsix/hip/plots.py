"""Length and moment arm of a muscle part against one joint angle: the numbers, and an SVG drawn from them.

The middle line is the mean over sources, the band runs from the lowest to the highest published line.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Final

import numpy as np

from deepsix.hip.anatomy import part_name
from deepsix.hip.posture import ANGLES, checked_range_deg
from deepsix.hip.rotations import Array
from deepsix.hip.states import Interval, muscle_state
from deepsix.hip.tables import unknown

_WIDTH, _HEIGHT, _LEFT, _TOP, _GAP = 460.0, 170.0, 62.0, 26.0, 52.0
_LINE, _BAND, _AXIS = "#005ea5", "#a9c8e6", "#5b6a7a"
_TICKS: Final = 5


@dataclass(frozen=True, slots=True, eq=False)
class AngleCurve:
    """Change of length and moment arm over one angle, the others at rest; arrays of shape (n,), millimetres."""

    part: str
    angle: str
    angle_deg: Array
    length_change_mm: Interval
    moment_arm_mm: Interval


def angle_curve(part: str, angle: str = "flexion_deg", step_deg: float = 5.0) -> AngleCurve:
    """Return the curve of a part over the checked range of one angle.

    Raises:
        UnknownMuscleError: No such part or angle.
    """
    if angle not in ANGLES:
        unknown("angle", angle, ANGLES)
    part_name(part)
    k = ANGLES.index(angle)
    low, high = checked_range_deg()[k]
    values = np.linspace(low, high, round((high - low) / step_deg) + 1)
    postures = np.zeros((values.size, 4))
    postures[:, k] = values
    state = muscle_state(postures, [part])
    return AngleCurve(
        part,
        angle,
        values,
        Interval(*(1e3 * a[:, 0] for a in state.length_change_m)),
        Interval(*(1e3 * a[:, 0, k] for a in state.moment_arm_m)),
    )


def _panel(x: Array, curve: Interval, label: str, top: float) -> str:
    low, high = min(float(curve.low.min()), 0.0), max(float(curve.high.max()), 0.0)
    span = max(high - low, 1.0)

    def across(v: Array | float) -> Array:
        return np.asarray(_LEFT + (np.asarray(v) - x[0]) / (x[-1] - x[0]) * _WIDTH)

    def down(v: Array | float) -> Array:
        return np.asarray(top + _HEIGHT - (np.asarray(v) - low) / span * _HEIGHT)

    def path(values: Array, at: Array) -> str:
        return " ".join(f"{a:.1f},{b:.1f}" for a, b in zip(across(at), down(values), strict=True))

    band = path(curve.low, x) + " " + path(curve.high[::-1], x[::-1])
    zero = float(down(0.0))
    parts = [
        f'<text x="{_LEFT}" y="{top - 8:.0f}" font-size="13">{escape(label)}</text>',
        f'<polygon points="{band}" fill="{_BAND}"/>',
        f'<line x1="{_LEFT}" x2="{_LEFT + _WIDTH}" y1="{zero:.1f}" y2="{zero:.1f}" stroke="{_AXIS}"/>',
        f'<polyline points="{path(curve.middle, x)}" fill="none" stroke="{_LINE}" stroke-width="2.5"/>',
    ]
    for v in np.linspace(low, high, _TICKS):
        parts.append(f'<text x="{_LEFT - 8}" y="{float(down(v)) + 4:.1f}" text-anchor="end">{v:.0f}</text>')
    for v in np.linspace(x[0], x[-1], _TICKS):
        bottom = top + _HEIGHT + 16
        parts.append(f'<text x="{float(across(v)):.1f}" y="{bottom:.1f}" text-anchor="middle">{v:.0f}</text>')
    return "".join(parts)


def plot_part(part: str, angle: str = "flexion_deg") -> str:
    """Return an SVG of length change and moment arm of a part over one angle.

    Raises:
        UnknownMuscleError: No such part or angle.
    """
    curve = angle_curve(part, angle)
    words = angle.removesuffix("_deg").replace("_", " ")
    title = f"{part_name(part)}: length and moment arm against {words}"
    second = _TOP + _HEIGHT + _GAP
    height, width = second + _HEIGHT + 44.0, _LEFT + _WIDTH + 16.0
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" role="img" '
        f'font-family="sans-serif" font-size="11" fill="{_AXIS}"><title>{escape(title)}</title>'
        f"<desc>Mean over published anatomies, band from the lowest to the highest.</desc>"
        + _panel(curve.angle_deg, curve.length_change_mm, "change of length since standing, mm", _TOP)
        + _panel(curve.angle_deg, curve.moment_arm_mm, f"moment arm for {words}, mm", second)
        + f'<text x="{_LEFT + _WIDTH / 2}" y="{height - 8}" text-anchor="middle">{words}, degrees</text></svg>'
    )
