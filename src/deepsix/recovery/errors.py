"""The errors of the recovery room. Each says what was wrong, the value seen, and what to do next."""

from __future__ import annotations

from deepsix.errors import DeepsixError


class RecoveryError(DeepsixError):
    """Base of the errors of this room."""

    exit_code = 7


class RecoveryDataError(RecoveryError):
    """A data file of this room is wrong; the message lists every problem with file and field."""


class ScheduleError(RecoveryError):
    """A schedule, activity or what-if cannot be used; the message says what can."""


class ForecastError(RecoveryError):
    """A forecast was asked for with values that cannot be: a pain above 10, no members, check-ins out of order."""
