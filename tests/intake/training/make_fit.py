"""Writes small FIT files for the tests, from the published protocol: a header, definitions, messages and a checksum.

Shares no code with the reader. FIT counts seconds from 1989-12-31.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from datetime import UTC, datetime

EPOCH = datetime(1989, 12, 31, tzinfo=UTC)
UINT8, UINT16, UINT32, ENUM = 0x02, 0x84, 0x86, 0x00
_SIZES = {UINT8: (1, "B"), ENUM: (1, "B"), UINT16: (2, "H"), UINT32: (4, "I")}
_TABLE = (
    0x0000, 0xCC01, 0xD801, 0x1400, 0xF001, 0x3C00, 0x2800, 0xE401,
    0xA001, 0x6C00, 0x7800, 0xB401, 0x5000, 0x9C01, 0x8801, 0x4400,
)  # fmt: skip
RUNNING, CYCLING, ACTIVITY, COURSE = 1, 2, 4, 6

Fields = Sequence[tuple[int, int, int]]  # number, type, value


def checksum(content: bytes) -> int:
    crc = 0
    for byte in content:
        for half in (byte & 0xF, byte >> 4):
            crc = (crc >> 4) & 0x0FFF ^ _TABLE[crc & 0xF] ^ _TABLE[half]
    return crc


def message(number: int, fields: Fields) -> bytes:
    """Return a definition and one message of it."""
    definition = b"".join(struct.pack("<BBB", field, _SIZES[kind][0], kind) for field, kind, _ in fields)
    values = b"".join(struct.pack(f"<{_SIZES[kind][1]}", value) for _, kind, value in fields)
    return struct.pack("<BBBHB", 0x40, 0, 0, number, len(fields)) + definition + b"\x00" + values


def fit_file(*messages: bytes) -> bytes:
    content = b"".join(messages)
    header = struct.pack("<BBHI4s", 14, 0x20, 2132, len(content), b".FIT")
    header += struct.pack("<H", checksum(header))
    return header + content + struct.pack("<H", checksum(header + content))


def stamp(at: datetime) -> int:
    return int((at - EPOCH).total_seconds())


def file_id(kind: int = ACTIVITY) -> bytes:
    return message(0, [(0, ENUM, kind), (1, UINT16, 255)])


def record(at: datetime, distance_m: float, height_m: float = 0.0) -> bytes:
    return message(
        20, [(253, UINT32, stamp(at)), (5, UINT32, round(distance_m * 100)), (2, UINT16, round((height_m + 500) * 5))]
    )


def session(start: datetime, sport: int, duration_s: float, distance_m: float, climb_m: int, strides: int) -> bytes:
    return message(
        18,
        [
            (253, UINT32, stamp(start) + round(duration_s)),
            (2, UINT32, stamp(start)),
            (8, UINT32, round(duration_s * 1000)),
            (9, UINT32, round(distance_m * 100)),
            (10, UINT32, strides),
            (22, UINT16, climb_m),
            (5, ENUM, sport),
        ],
    )
