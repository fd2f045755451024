"""Broken, empty, huge and hostile files get a clear refusal, quickly and in little memory."""

from __future__ import annotations

import contextlib
import gzip
import time
import tracemalloc
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import make_fit
import pytest
from hypothesis import given
from hypothesis import strategies as st

from deepsix.intake.training import Session, TrainingFileError, read_training_file, reading

Read = Callable[[str, str | bytes], tuple[Session, ...]]
START = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
MB = 1024 * 1024
FIT = make_fit.fit_file(
    make_fit.file_id(), make_fit.record(START, 0), make_fit.session(START, make_fit.RUNNING, 1800, 5000, 42, 2500)
)
BOMB = (
    '<?xml version="1.0"?><!DOCTYPE gpx [<!ENTITY a "lol">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]><gpx><trk><name>&j;</name></trk></gpx>"
)
OTHER_FILE = '<?xml version="1.0"?><!DOCTYPE gpx [<!ENTITY x SYSTEM "file:///etc/passwd">]><gpx><name>&x;</name></gpx>'
OTHER_DTD = '<?xml version="1.0"?><!DOCTYPE gpx SYSTEM "http://127.0.0.1:1/x.dtd"><gpx/>'


@pytest.mark.parametrize("content", [b"", b"\n \n", b"\0\0\0", b"\xef\xbb\xbf"])
def test_an_empty_file_is_told(read: Read, content: bytes):
    with pytest.raises(TrainingFileError, match=r"run\.gpx cannot be used\. It is empty"):
        read("run.gpx", content)


def test_a_file_that_is_not_there_is_told(tmp_path: Path):
    with pytest.raises(TrainingFileError, match="no such file"):
        read_training_file(tmp_path / "none.fit")
    with pytest.raises(TrainingFileError, match="not a file"):
        read_training_file(tmp_path)


@pytest.mark.parametrize("content", [BOMB, OTHER_FILE, OTHER_DTD], ids=["bomb", "other file", "other dtd"])
def test_entities_and_document_types_are_refused(read: Read, content: str):
    with pytest.raises(TrainingFileError, match="document type or entities"):
        read("run.gpx", content)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("<gpx>" + "<a>" * 100_000, "nested more than"),
        ('<gpx a="' + "a" * 8 * MB + '"/>', "longer than 1 MB"),
        ("<gpx><!--" + "a" * 8 * MB + "--></gpx>", "longer than 1 MB"),
        ("<gpx " + " ".join(f'a{n}="1"' for n in range(500_000)) + "/>", "longer than 1 MB"),
        ("<gpx><trk><name>" + "a" * 8 * MB + "</name></trk></gpx>", "no track with times"),
    ],
    ids=["deep", "attribute", "comment", "attributes", "text"],
)
def test_endless_pieces_cost_neither_time_nor_memory(write, content: str, message: str):
    path = write("run.gpx", content)
    del content
    tracemalloc.start()
    begun = time.perf_counter()
    with pytest.raises(TrainingFileError, match=message):
        read_training_file(path)
    _, peak_bytes = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak_bytes < 4 * MB
    assert time.perf_counter() - begun < 5


def test_memory_does_not_grow_with_the_file(write):
    point = '<trkpt lat="52.0" lon="5.0"><ele>3</ele><time>2026-01-05T08:00:00Z</time></trkpt>'
    peaks = []
    for count in (500, 5_000):
        path = write("run.gpx", f"<gpx><trk><trkseg>{point * count}</trkseg></trk></gpx>")
        tracemalloc.start()
        with pytest.raises(TrainingFileError):  # it never gets anywhere
            read_training_file(path)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] + MB / 2


def test_a_file_over_the_limit_is_refused_before_it_is_read(write, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(reading.LARGEST_BYTES, "fit", 100)
    with pytest.raises(TrainingFileError, match="at most 0 MB of FIT"):
        read_training_file(write("run.fit", FIT))


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.gpx", "<gpx><trk><trkseg>", "not whole XML"),
        ("a.gpx", "<html><body>Log in</body></html>", "neither GPX nor TCX"),
        ("a.gpx", "<gpx/>", "no track with times"),
        ("a.gpx", '<?xml version="1.0" encoding="klingon"?><gpx/>', "XML|encoding"),
        ("a.tcx", "<TrainingCenterDatabase/>", "no activity"),
        ("a.fit", FIT[:-30], "damaged or was cut short"),
        ("a.fit", FIT[:-1] + b"\x00", "damaged"),
        ("a.fit", make_fit.fit_file(make_fit.file_id(make_fit.COURSE)), "of kind 'course'"),
        ("a.csv", "hello\nthere\n", "does not name a date"),
        ("a.csv", "date,distance_km\n", "no rows"),
        ("a.csv", "date,distance_km\n05/01/2026,5\n", "row 2: its date cannot be read"),
        ("a.csv", "date,distance_km\n2026-01-05,nan\n", "row 2: it has neither"),
        ("a.csv", "date," + "a" * 100_000, "line of more than 64 kB"),
        ("a.csv", b"date,distance_km\n\xff\xfe\xfa\n", "not text in UTF-8"),
        ("a.bin", b"MZ\x90\x00\x03\x00" * 50, "not text"),
        ("a.gpx.gz", gzip.compress(b"<gpx/>"), "packed with gzip"),
        ("a.zip", b"PK\x03\x04....", "packed with zip"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(read: Read, name: str, content: str | bytes, message: str):
    with pytest.raises(TrainingFileError, match=message):
        read(name, content)


def test_many_bad_rows_are_counted_and_the_first_few_named(read: Read):
    with pytest.raises(TrainingFileError, match=r"row 2: .*row 4: .*and 7 more rows"):
        read("a.csv", "date,distance_km\n" + "soon,5\n" * 10)


@given(st.data())
def test_a_damaged_fit_file_is_read_or_refused_and_never_worse(tmp_path_factory: pytest.TempPathFactory, data):
    at = data.draw(st.integers(0, len(FIT) - 1))
    content = bytearray(FIT)
    content[at] ^= data.draw(st.integers(1, 255))
    # Half of the time the checksum is put right, so that the damage reaches the messages.
    if data.draw(st.booleans()) and 14 <= at < len(FIT) - 2:
        content[-2:] = make_fit.checksum(bytes(content[:-2])).to_bytes(2, "little")
    path = tmp_path_factory.mktemp("fit") / "run.fit"
    path.write_bytes(content)
    with contextlib.suppress(TrainingFileError):
        read_training_file(path)


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(tmp_path_factory: pytest.TempPathFactory, content: bytes):
    path = tmp_path_factory.mktemp("any") / "file"
    path.write_bytes(content)
    with pytest.raises(TrainingFileError):
        read_training_file(path)


def test_endless_different_names_are_refused(write):
    """The parser keeps every name it has seen, so they have to end before the memory does."""
    content = "<gpx>" + "".join(f"<a{n}/>" for n in range(300_000)) + "</gpx>"
    with pytest.raises(TrainingFileError, match="different names"):
        read_training_file(write("names.gpx", content))
    content = "<gpx>" + "".join(f'<a b{n}=""/>' for n in range(300_000)) + "</gpx>"
    with pytest.raises(TrainingFileError, match="different names"):
        read_training_file(write("attributes.gpx", content))


@pytest.mark.parametrize(("name", "content"), [("a.fit", FIT), ("a.csv", b"date,distance_km\n2026-01-05,5\n")])
def test_progress_is_told_up_to_the_end(write, name: str, content: bytes):
    told: list[int] = []
    path = write(name, content)
    assert read_training_file(path, told=told.append) == read_training_file(path)
    assert told[0] > 0
    assert max(told) == len(content)
