"""The errors of the hip room. Each says what was wrong, the value seen, and what to do next."""

from __future__ import annotations

from deepsix.errors import DeepsixError


class HipError(DeepsixError):
    """Base of the errors of this room."""

    exit_code = 6


class ShapeError(HipError):
    """An array has a shape that cannot be used."""


class PostureError(HipError):
    """A posture holds NaN, or an angle that no hip or knee reaches."""


class UnknownMuscleError(HipError):
    """No muscle part, position or source of that name; the message offers the nearest ones."""


class HipDataError(HipError):
    """A data file of this room is wrong; the message lists every problem with file, line and field."""


class GeometryError(HipError):
    """A path has no length or direction, so the quantity asked for does not exist."""
