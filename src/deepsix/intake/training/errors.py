"""The error of a training file that cannot be used."""

from __future__ import annotations

from deepsix.errors import DeepsixError


class TrainingFileError(DeepsixError):
    """A training file is broken, empty, too large, hostile, or of another kind. Nothing of it was kept."""

    exit_code = 8
