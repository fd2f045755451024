"""Postures of hip and knee as arrays, checked once at the edge.

A posture is four angles in degrees: flexion, adduction and internal rotation of the hip, and flexion of the
    knee. Extension, abduction and external rotation are negative. The angles are anatomical, so they mean the
    same for a left
leg: the geometry of a left hip is the mirror image, and lengths and moment arms are equal.
"""

from __future__ import annotations

from functools import cache
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from deepsix.hip.errors import PostureError, ShapeError
from deepsix.hip.rotations import Array
from deepsix.hip.tables import read_toml

ANGLES: Final = ("flexion_deg", "adduction_deg", "internal_rotation_deg", "knee_flexion_deg")


@cache
def _ranges(kind: str) -> Array:
    raw = read_toml("settings.toml")["range"]
    return np.array([raw[name][kind] for name in ANGLES], dtype=np.float64)


def checked_range_deg() -> Array:
    """Return the lowest and highest angle looked at, shape (4, 2)."""
    return _ranges("checked").copy()


def as_postures(postures_deg: ArrayLike) -> Array:
    """Return postures as a float array of shape (n, 4), columns as in `ANGLES`.

    Three columns are accepted and mean a straight knee; a single posture may be given as a flat list.

    Raises:
        ShapeError: Not 3 or 4 numbers a posture.
        PostureError: NaN or infinity, or an angle no joint reaches.

    >>> as_postures([90, 0, 0]).tolist()
    [[90.0, 0.0, 0.0, 0.0]]
    """
    try:
        given = np.asarray(postures_deg, dtype=np.float64)
    except (TypeError, ValueError):
        raise ShapeError("Postures have to be numbers: flexion, adduction, internal rotation, knee.") from None
    if given.ndim == 1:
        given = given[None, :]
    if given.ndim != 2 or given.shape[1] not in (3, 4):
        raise ShapeError(
            f"Postures have shape {given.shape}; expected (n, 4) for {', '.join(ANGLES)}, or (n, 3) without the knee."
        )
    if given.shape[1] == 3:
        given = np.column_stack([given, np.zeros(given.shape[0])])
    if not np.isfinite(given).all():
        row, column = np.argwhere(~np.isfinite(given))[0]
        raise PostureError(f"Posture {row} has {ANGLES[column]} = {given[row, column]}. Give a number of degrees.")
    low, high = _ranges("possible").T
    wrong = (given < low) | (given > high)
    if wrong.any():
        row, column = np.argwhere(wrong)[0]
        raise PostureError(
            f"Posture {row} has {ANGLES[column]} = {given[row, column]:g}, which no joint reaches. "
            f"Give {low[column]:g} to {high[column]:g} degrees."
        )
    return np.ascontiguousarray(given)


def is_checked(postures_deg: ArrayLike) -> NDArray[np.bool_]:
    """Return, for each posture, whether all its angles are in the range the geometry was looked at."""
    low, high = _ranges("checked").T
    given = as_postures(postures_deg)
    return np.asarray(((given >= low) & (given <= high)).all(axis=1))
