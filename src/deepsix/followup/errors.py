"""The errors of the follow-up. None repeats what was told."""

from __future__ import annotations

from deepsix.errors import DeepsixError


class CheckInError(DeepsixError):
    """A check-in holds something that cannot be used; the message lists every problem."""

    exit_code = 2
