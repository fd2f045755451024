"""Rotation matrices of the hip and their axes, vectorised over postures.

The thigh is turned relative to the pelvis by R = Rz(flexion) Rx(adduction) Ry(internal rotation), body-fixed,
in
that order, for a right hip: x anterior, y up, z to the right. Flexion, adduction and internal rotation count
    as positive. A point `p` of the thigh at rest lies at `R p` in the pelvis frame.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

AXIS_NAMES: Final = ("x", "y", "z")


def about(axis: str, angle_rad: Array | float) -> Array:
    """Return the rotation matrices about a coordinate axis, shape (..., 3, 3).

    >>> np.round(about("z", np.pi / 2) @ [1.0, 0.0, 0.0], 12).tolist()
    [0.0, 1.0, 0.0]
    """
    angle = np.asarray(angle_rad, dtype=np.float64)
    i = AXIS_NAMES.index(axis)
    j, k = (i + 1) % 3, (i + 2) % 3
    out = np.zeros((*angle.shape, 3, 3))
    cosine, sine = np.cos(angle), np.sin(angle)
    out[..., i, i] = 1.0
    out[..., j, j] = cosine
    out[..., k, k] = cosine
    out[..., k, j] = sine
    out[..., j, k] = -sine
    return out


def body_fixed(axes: tuple[str, str, str], angles_rad: Array) -> Array:
    """Return the product of three body-fixed rotations; `angles_rad` has shape (..., 3)."""
    angles = np.asarray(angles_rad, dtype=np.float64)
    product = about(axes[0], angles[..., 0]) @ about(axes[1], angles[..., 1])
    return np.asarray(product @ about(axes[2], angles[..., 2]))


def hip_rotation(flexion_rad: Array, adduction_rad: Array, internal_rotation_rad: Array) -> Array:
    """Return R of the thigh relative to the pelvis, shape (..., 3, 3)."""
    angles = np.stack(np.broadcast_arrays(flexion_rad, adduction_rad, internal_rotation_rad), axis=-1)
    return body_fixed(("z", "x", "y"), np.asarray(angles, dtype=np.float64))


def hip_axes_in_thigh(flexion_rad: Array, adduction_rad: Array, internal_rotation_rad: Array) -> Array:
    """Return the axes of flexion, adduction and internal rotation in the thigh frame, shape (..., 3, 3).

    Row k is the unit axis about which the thigh turns when coordinate k alone grows: z of the pelvis, x after
        the flexion, y of the thigh, all seen from the thigh.
    """
    rotation = hip_rotation(flexion_rad, adduction_rad, internal_rotation_rad)
    after_flexion = about("y", internal_rotation_rad)
    out = np.empty((*rotation.shape[:-2], 3, 3))
    out[..., 0, :] = rotation[..., 2, :]  # R^T z
    out[..., 1, :] = after_flexion[..., 0, :]  # Ry^T x
    out[..., 2, :] = (0.0, 1.0, 0.0)
    return out
