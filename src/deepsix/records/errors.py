"""The errors of the records room. Each says what was wrong, where, and what to do next; none repeats what was told."""

from __future__ import annotations

from deepsix.errors import DeepsixError


class RecordsError(DeepsixError):
    """Base of the errors of this room."""

    exit_code = 7


class NoSuchRecordError(RecordsError):
    """No record of that number; the message lists those there are."""


class NewerRecordsError(RecordsError):
    """The records were written by a newer deepsix than this one."""


class LockedRecordsError(RecordsError):
    """Another program is writing to the records."""


class NotRecordsError(RecordsError):
    """The file or database holds something other than the records of deepsix."""


class DiskFullError(RecordsError):
    """There is no room left to write. What was saved before is safe."""


class UnreachableRecordsError(RecordsError):
    """The folder, file or server cannot be opened or written to."""
