"""The layout of FIT files: messages by number, with those fields that somebody asks for, and nothing else decoded.

A file is a header, messages and a checksum; several files may follow each other. A definition says which fields the
messages of a local number have and how long they are, so messages that nobody asks for are passed over by their
length. Sizes and byte orders are those of the published FIT protocol. A piece of the file is held at a time.
"""

from __future__ import annotations

import struct
import sys
from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import IO, Final, NamedTuple

from deepsix.intake.training.errors import TrainingFileError

DAMAGED: Final = "It is damaged or was cut short. Copy it from the watch again."
TIMESTAMP: Final = 253  # the same field number in every message
_PIECE_BYTES: Final = 256 * 1024
_HEADER_BYTES: Final = 12
_CHECKED_HEADER_BYTES: Final = 14
# The whole numbers of up to four bytes: every field that is read here is one.
_NO_VALUE: Final = {
    # base type: format of struct, and the value that stands for "not there"
    0x00: ("B", 0xFF),
    0x01: ("b", 0x7F),
    0x02: ("B", 0xFF),
    0x83: ("h", 0x7FFF),
    0x84: ("H", 0xFFFF),
    0x85: ("i", 0x7FFFFFFF),
    0x86: ("I", 0xFFFFFFFF),
    0x0A: ("B", 0),
    0x8B: ("H", 0),
    0x8C: ("I", 0),
}


class Message(NamedTuple):
    """A message: its number in the profile, and its raw values by field number; fields without a value are absent."""

    number: int
    values: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class _Field:
    number: int
    offset: int
    form: struct.Struct
    absent: int


@dataclass(frozen=True, slots=True)
class _Layout:
    """What a definition says of the messages of its local number; `fields` holds those asked for."""

    number: int
    size: int
    is_wanted: bool
    fields: tuple[_Field, ...]
    stamp: _Field | None


def messages(file: IO[bytes], wanted: Mapping[int, frozenset[int]]) -> Iterator[Message]:
    """Yield the messages asked for, in the order of the file.

    Args:
        file: Open at its beginning.
        wanted: Field numbers by message number.

    Raises:
        TrainingFileError: The file breaks off, a checksum is wrong, or a message has no definition.
    """
    header = file.read(_HEADER_BYTES)
    while header:
        left, checksum = _header(file, header)
        reader = _Reader(wanted)
        while left or reader.rest:
            piece = file.read(min(left, _PIECE_BYTES))
            if not piece:
                raise TrainingFileError(DAMAGED)
            left -= len(piece)
            checksum = crc(piece, checksum)
            yield from reader.read(piece)
        if file.read(2) != checksum.to_bytes(2, "little"):
            raise TrainingFileError(DAMAGED)
        header = file.read(_HEADER_BYTES)


def _header(file: IO[bytes], header: bytes) -> tuple[int, int]:
    """Return the bytes of messages that follow a header, and the checksum of the header."""
    if (
        len(header) < _HEADER_BYTES
        or header[8:12] != b".FIT"
        or header[0] not in (_HEADER_BYTES, _CHECKED_HEADER_BYTES)
    ):
        raise TrainingFileError(DAMAGED)
    checksum = crc(header)
    if header[0] == _CHECKED_HEADER_BYTES:
        stated = file.read(2)
        # 0 means that the device did not work one out.
        if len(stated) < 2 or (stated != b"\0\0" and stated != checksum.to_bytes(2, "little")):
            raise TrainingFileError(DAMAGED)
        checksum = crc(stated, checksum)
    return struct.unpack_from("<I", header, 4)[0], checksum


class _Reader:
    """Reads messages from pieces of one file; `rest` is the beginning of a message that the next piece completes."""

    def __init__(self, wanted: Mapping[int, frozenset[int]]) -> None:
        self._wanted = wanted
        self._layouts: list[_Layout | None] = [None] * 16
        self._stamp = 0
        self.rest = b""

    def read(self, piece: bytes) -> Iterator[Message]:
        """Yield the messages that end in this piece."""
        held, at = self.rest + piece, 0
        size, layouts = len(held), self._layouts
        while at < size:
            head = held[at]
            if head & 0xC0 == 0x40:
                after = self._define(held, at)
                if after > size:
                    break
                at = after
                continue
            layout = layouts[(head >> 5) & 0x03 if head & 0x80 else head & 0x0F]
            if layout is None:
                raise TrainingFileError(DAMAGED)
            after = at + 1 + layout.size
            if after > size:
                break
            if layout.stamp is not None:
                self._stamp = _value(layout.stamp, held, at + 1) or self._stamp
            elif head & 0x80:
                self._stamp += ((head & 0x1F) - self._stamp) & 0x1F
            if layout.is_wanted:
                yield self._message(layout, held, at + 1, head)
            at = after
        self.rest = held[at:]

    def _message(self, layout: _Layout, held: bytes, at: int, head: int) -> Message:
        found = {f.number: value for f in layout.fields if (value := _value(f, held, at)) is not None}
        if head & 0x80 and self._stamp:
            found[TIMESTAMP] = self._stamp
        return Message(layout.number, found)

    def _define(self, held: bytes, at: int) -> int:
        """Take in a definition and return where it ends, which is past what is held when it is not there whole."""
        beyond = len(held) + 1
        if at + 6 > len(held):
            return beyond
        head, order = held[at], "<>"[held[at + 2] & 1]
        number = struct.unpack_from(f"{order}H", held, at + 3)[0]
        first, after = at + 6, at + 6 + 3 * held[at + 5]
        own = after
        if head & 0x20:
            if after >= len(held):
                return beyond
            own, after = after, after + 1 + 3 * held[after]
        if after > len(held):
            return beyond
        fields, offset, stamp = [], 0, None
        asked = self._wanted.get(number, frozenset())
        for k in range(first, own, 3):
            field, length, kind = held[k], held[k + 1], held[k + 2]
            if field in asked or field == TIMESTAMP:
                made = _field(field, offset, length, kind, order)
                fields += [made] if made is not None and field in asked else []
                stamp = made if made is not None and field == TIMESTAMP else stamp
            offset += length
        # Fields of developers come last: a count, then number, size and developer of each.
        offset += sum(held[own + 2 : after : 3]) if head & 0x20 else 0
        self._layouts[head & 0x0F] = _Layout(number, offset, number in self._wanted, tuple(fields), stamp)
        return after


def _field(number: int, offset: int, length: int, kind: int, order: str) -> _Field | None:
    """Return a field that holds one whole number; None for all else, and for lengths that do not fit the type."""
    if kind not in _NO_VALUE:
        return None
    code, absent = _NO_VALUE[kind]
    form = struct.Struct(order + code)
    return _Field(number, offset, form, absent) if form.size == length else None


def _value(field: _Field, held: bytes, at: int) -> int | None:
    value: int = field.form.unpack_from(held, at + field.offset)[0]
    return None if value == field.absent else value


@cache
def _steps() -> tuple[array[int], array[int]]:
    """Return what one byte, and what two bytes at once, do to the checksum."""
    one = array("H", [0]) * 256
    for byte in range(256):
        value = byte
        for _ in range(8):
            value = (value >> 1) ^ (0xA001 if value & 1 else 0)
        one[byte] = value
    two = array("H", ((low := one[k & 0xFF] ^ (k >> 8)) >> 8 ^ one[low & 0xFF] for k in range(0x10000)))
    return one, two


def crc(content: bytes, before: int = 0) -> int:
    """Return the checksum of FIT (CRC-16 with the polynomial 0xA001) after more content.

    Two bytes a step: the checksum is 16 bits wide, so a step is one look-up.

    >>> hex(crc(b"123456789"))
    '0xbb3d'
    """
    one, two = _steps()
    even = len(content) & ~1
    words = array("H", content[:even])
    if sys.byteorder == "big":
        words.byteswap()
    for word in words:
        before = two[before ^ word]
    return before >> 8 ^ one[(before ^ content[-1]) & 0xFF] if len(content) > even else before
