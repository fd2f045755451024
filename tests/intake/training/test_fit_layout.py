"""The reader of the FIT layout against fitdecode, which shares no code with it, and against the published protocol."""

from __future__ import annotations

import io
import struct
from datetime import UTC, datetime, timedelta

import fitdecode
import make_fit
import pytest
from hypothesis import given
from hypothesis import strategies as st

from deepsix.intake.training import TrainingFileError, read_training_file
from deepsix.intake.training.fit_layout import TIMESTAMP, crc, messages
from deepsix.intake.training.tables import fit_fields, fit_names

START = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
WANTED = {18: frozenset({2, 5, 8, 9, 10, 18, 22}), 20: frozenset({TIMESTAMP, 2, 5, 78})}
TYPES = {"B": 0x02, "b": 0x01, "H": 0x84, "h": 0x83, "I": 0x86, "i": 0x85, "f": 0x88}


def definition(local: int, number: int, fields: list[tuple[int, str, int]], order: str, own: bytes = b"") -> bytes:
    """Fields are number, type and how many."""
    head = struct.pack(f"{order}BBBHB", 0x40 | bool(own) << 5 | local, 0, order == ">", number, len(fields))
    return head + b"".join(bytes((n, struct.calcsize(c) * k, TYPES[c])) for n, c, k in fields) + own


# Fields that nobody knows can be anything; fitdecode itself stumbles over lists and floats where the profile has none.
KNOWN = st.tuples(st.sampled_from((2, 5, 9, 10, 18, 22, 78)), st.sampled_from("BbHhIi"), st.just(1))
UNKNOWN = st.tuples(st.sampled_from((230, 231, 232)), st.sampled_from(list(TYPES)), st.sampled_from((1, 3)))
FIELDS = st.lists(KNOWN | UNKNOWN, max_size=6, unique_by=lambda field: field[0])


@st.composite
def streams(draw: st.DrawFn) -> bytes:
    """Return messages of known and unknown numbers, local numbers used again, both byte orders, lists of numbers."""
    content = b""
    for _ in range(draw(st.integers(1, 5))):
        local, order, fields = draw(st.integers(0, 15)), draw(st.sampled_from("<>")), draw(FIELDS)
        content += definition(local, draw(st.sampled_from([18, 20, 21, 0xFF01])), fields, order)
        size = sum(struct.calcsize(c) * k for _, c, k in fields)
        for _ in range(draw(st.integers(0, 3))):
            telling = st.lists(st.sampled_from((0x00, 0x7F, 0xFF)), min_size=size, max_size=size).map(bytes)
            content += bytes((local,)) + draw(telling | st.binary(min_size=size, max_size=size))
    return make_fit.fit_file(content)


@given(streams())
def test_messages_hold_what_an_independent_reader_finds(content: bytes):
    theirs = []
    with fitdecode.FitReader(io.BytesIO(content), processor=None, check_crc=fitdecode.CrcCheck.RAISE) as reader:
        for frame in reader:
            if frame.frame_type == fitdecode.FIT_FRAME_DATA and frame.global_mesg_num in WANTED:
                raw = {f.field_def.def_num: f.raw_value for f in frame.fields if f.field_def is not None}
                wanted = WANTED[frame.global_mesg_num]
                theirs.append((frame.global_mesg_num, {k: v for k, v in raw.items() if k in wanted and type(v) is int}))
    assert [(m.number, dict(m.values)) for m in messages(io.BytesIO(content), WANTED)] == theirs


def test_fields_of_developers_are_passed_over():
    own = bytes((2, 0, 4, 0, 1, 2, 0))  # two of them, 4 and 2 bytes long
    content = definition(3, 20, [(5, "I", 1)], "<", own)
    content += b"".join(b"\x03" + struct.pack("<I6x", metres) for metres in (700, 900))
    assert [m.values[5] for m in messages(io.BytesIO(make_fit.fit_file(content)), WANTED)] == [700, 900]


def test_a_short_time_in_the_head_of_a_message_counts_on_from_the_last_whole_one(read):
    """The protocol: five bits, which roll over every 32 seconds."""
    stamp = make_fit.stamp(START)
    content = make_fit.file_id() + make_fit.record(START, 0) + definition(1, 20, [(5, "I", 1)], "<")
    for seconds in (10, 30, 50):
        content += bytes((0x80 | 1 << 5 | (stamp + seconds) & 0x1F,)) + struct.pack("<I", seconds * 300)
    (session,) = read("run.fit", make_fit.fit_file(content))
    assert (session.start, session.duration_s, session.distance_m) == (START, 50, 150)


def test_files_one_after_another_are_all_read(read):
    files = [
        make_fit.fit_file(make_fit.file_id(), make_fit.session(START + timedelta(days=n), 1, 60, 200, 0, 0))
        for n in range(3)
    ]
    assert len(read("three.fit", b"".join(files))) == 3
    with pytest.raises(TrainingFileError, match="damaged"):
        read("two.fit", b"".join(files)[:-40])


def test_messages_that_pieces_of_the_file_cut_in_two_are_whole(tmp_path, monkeypatch: pytest.MonkeyPatch):
    points = [make_fit.record(START + timedelta(seconds=n), n) for n in range(50)]
    path = tmp_path / "run.fit"
    path.write_bytes(make_fit.fit_file(make_fit.file_id(), *points))
    whole = read_training_file(path)
    for size in (1, 7, 64):
        monkeypatch.setattr("deepsix.intake.training.fit_layout._PIECE_BYTES", size)
        assert read_training_file(path) == whole


def test_a_message_without_a_definition_is_damage(read):
    with pytest.raises(TrainingFileError, match="damaged"):
        read("run.fit", make_fit.fit_file(b"\x05\x00\x00"))


@given(st.binary(max_size=200), st.integers(0, 200))
def test_the_checksum_is_that_of_the_protocol_however_it_is_cut(content: bytes, cut: int):
    assert crc(content[cut:], crc(content[:cut])) == crc(content) == make_fit.checksum(content)


def test_numbers_of_messages_fields_and_sports_are_those_of_the_profile():
    profile = fitdecode.profile
    by_name = {m.name: m for m in profile.MESSAGE_TYPES.values()}
    assert all(by_name[name].mesg_num == number for number, name in fit_names("message").items())
    for name in fit_names("message").values():
        for field, row in fit_fields(name).items():
            theirs = by_name[name].fields[row.number]
            assert (theirs.name, theirs.scale or 1, theirs.offset or 0) == (field, row.scale, row.offset)
    for kind in ("sport", "file"):
        enum = profile.FIELD_TYPES[kind].enum
        assert {n: enum[n] for n in fit_names(kind)} == dict(fit_names(kind))
