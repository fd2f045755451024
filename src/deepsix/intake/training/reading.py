"""Reading a training file of any kind: its kind is told from its first bytes, not from its name."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, tzinfo
from pathlib import Path
from typing import IO, Any

from deepsix.intake.training.csv_log import read_csv
from deepsix.intake.training.errors import TrainingFileError
from deepsix.intake.training.fit import read_fit
from deepsix.intake.training.sessions import Session
from deepsix.intake.training.xml_log import read_xml

_MB = 1024 * 1024
# A day of recording every second is about 5 MB of FIT and 20 MB of GPX. The readers hold little of a file at a time, so
# these limits bound the time it takes; benchmarks/recovery/reading.py prints it.
LARGEST_BYTES = {"fit": 256 * _MB, "xml": 256 * _MB, "csv": 32 * _MB}
_HEAD_BYTES = 2048
_PIECE_BYTES = 64 * 1024
_PACKED = {b"\x1f\x8b": "gzip", b"PK\x03\x04": "zip", b"BZh": "bzip2", b"\xfd7zXZ": "xz", b"7z\xbc\xaf": "7-Zip"}


class _Watched(io.RawIOBase):
    """A file that says after each piece how far it has been read."""

    def __init__(self, file: IO[bytes], told: Callable[[int], None]) -> None:
        self._file, self._told = file, told

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        return self._file.seek(offset, whence)

    def readinto(self, buffer: Any, /) -> int:
        piece = self._file.read(len(buffer))
        buffer[: len(piece)] = piece
        self._told(self._file.tell())
        return len(piece)


def read_training_file(
    path: Path, zone: tzinfo = UTC, told: Callable[[int], None] | None = None
) -> tuple[Session, ...]:
    """Return the sessions of a FIT, GPX, TCX or CSV file, in the order of the file.

    Args:
        path: The file.
        zone: For times that name no zone (some GPX, most CSV).
        told: Called now and then with the bytes read so far, to show progress.

    Raises:
        TrainingFileError: It is not there, empty, too large, broken, hostile, or of another kind.
    """
    try:
        if not path.is_file():
            raise TrainingFileError("There is no such file." if not path.exists() else "It is not a file.")
        with path.open("rb") as file:
            watched = file if told is None else io.BufferedReader(_Watched(file, told), _PIECE_BYTES)
            return _read(watched, path.stat().st_size, zone)
    except OSError as error:
        raise TrainingFileError(f"{path.name} cannot be read: {error.strerror}.") from None
    except TrainingFileError as error:
        raise TrainingFileError(f"{path.name} cannot be used. {error}") from None


def _read(file: IO[bytes], size_bytes: int, zone: tzinfo) -> tuple[Session, ...]:
    head = file.read(_HEAD_BYTES)
    file.seek(0)
    if not head.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise TrainingFileError("It is empty.")
    kind = kind_of(head)
    if size_bytes > LARGEST_BYTES[kind]:
        raise TrainingFileError(
            f"It has {size_bytes / _MB:.0f} MB; at most {LARGEST_BYTES[kind] // _MB} MB of {kind.upper()} are read. "
            "Export fewer activities at a time."
        )
    if kind == "fit":
        return read_fit(file)
    return read_xml(file, zone) if kind == "xml" else read_csv(file, zone)


def kind_of(head: bytes) -> str:
    """Return fit, xml (GPX or TCX) or csv from the first bytes of a file.

    Raises:
        TrainingFileError: It is packed.

    >>> kind_of(b"<?xml version='1.0'?><gpx>"), kind_of(b"date,sport")
    ('xml', 'csv')
    """
    for magic, name in _PACKED.items():
        if head.startswith(magic):
            raise TrainingFileError(f"It is packed with {name}. Unpack it first.")
    if head[8:12] == b".FIT":
        return "fit"
    # UTF-16 has a zero beside every letter.
    text = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return "xml" if text.startswith(b"<") else "csv"
