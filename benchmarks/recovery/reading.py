"""How long training files take to read and how much memory, by kind and size; files are made up and thrown away.

    python benchmarks/recovery/reading.py [--mb 1 10 100]

Each file is read in a process of its own, so that the peak is that of one file. FIT without a summary is one whose
recording broke off: then every point is decoded. Needs Linux, for the peak.
"""

from __future__ import annotations

import argparse
import struct
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from deepsix.intake.training.fit_layout import crc

START = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
STAMP = int((START - datetime(1989, 12, 31, tzinfo=UTC)).total_seconds())
READ = """
import sys, time
from pathlib import Path
from deepsix.intake.training import TrainingFileError, read_training_file
def peak_mb():
    lines = Path("/proc/self/status").read_text().splitlines()  # of this process alone, unlike getrusage after a fork
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024
before = peak_mb()
began = time.perf_counter()
try:
    what = f"{len(read_training_file(Path(sys.argv[1]), told=lambda done: None))} session"
except TrainingFileError as problem:
    what = str(problem).split("cannot be used. ")[-1]
took = time.perf_counter() - began
print(f"{took:7.2f} s {peak_mb() - before:6.1f} MB of memory  {what}")
"""


def fit(path: Path, size: int, has_summary: bool = True) -> None:
    """A second a point: time, distance, height, heart rate, cadence, place, power, temperature."""
    fields = bytes(
        (253, 4, 0x86, 5, 4, 0x86, 2, 2, 0x84, 3, 1, 2, 4, 1, 2, 0, 4, 0x85, 1, 4, 0x85, 7, 2, 0x84, 13, 1, 1)
    )
    content = bytearray(struct.pack("<BBBHB", 0x40, 0, 0, 20, 9) + fields)
    seconds = max(size // 24, 1)
    for n in range(seconds):
        content += struct.pack(
            "<BIIHBBiiHb", 0, STAMP + n, n * 300, 2600 + n % 50, 140, 80, 620000000, 61000000, 250, 18
        )
    if has_summary:
        content += struct.pack("<BBBHB", 0x40, 0, 0, 18, 4) + bytes((2, 4, 0x86, 8, 4, 0x86, 9, 4, 0x86, 5, 1, 0))
        content += struct.pack("<BIIIB", 0, STAMP, seconds * 1000, seconds * 300, 1)
    header = struct.pack("<BBHI4s", 12, 0x20, 2132, len(content), b".FIT")
    path.write_bytes(header + content + crc(bytes(content), crc(header)).to_bytes(2, "little"))


def cut_fit(path: Path, size: int) -> None:
    fit(path, size, has_summary=False)


def _text(path: Path, size: int, head: str, rows: Iterator[str], tail: str) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write(head)
        while file.tell() < size:
            file.writelines(next(rows) for _ in range(100))
        file.write(tail)


def _time(n: int) -> str:
    return (START + timedelta(seconds=n)).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def gpx(path: Path, size: int) -> None:
    cadence = '<t:TrackPointExtension xmlns:t="t"><t:hr>140</t:hr><t:cad>80</t:cad></t:TrackPointExtension>'
    rows = (
        f'<trkpt lat="{52 + n % 5000 * 3e-5:.7f}" lon="5.1234567"><ele>{10 + n % 30}.2</ele><time>{_time(n)}</time>'
        f"<extensions>{cadence}</extensions></trkpt>\n"
        for n in count()
    )
    _text(path, size, "<gpx><trk><type>running</type><trkseg>", rows, "</trkseg></trk></gpx>")


def tcx(path: Path, size: int) -> None:
    rows = (
        f"<Trackpoint><Time>{_time(n)}</Time><Position><LatitudeDegrees>{52 + n % 5000 * 3e-5:.7f}</LatitudeDegrees>"
        "<LongitudeDegrees>5.1234567</LongitudeDegrees></Position>"
        f"<AltitudeMeters>{10 + n % 30}.2</AltitudeMeters><DistanceMeters>{3 * n}</DistanceMeters></Trackpoint>\n"
        for n in count()
    )
    head = '<TrainingCenterDatabase><Activities><Activity Sport="Running"><Lap><TotalTimeSeconds>60</TotalTimeSeconds>'
    _text(path, size, head + "<Track>", rows, "</Track></Lap></Activity></Activities></TrainingCenterDatabase>")


def other_names(path: Path, size: int) -> None:
    _text(path, size, "<gpx>", (f"<a{n}/>" for n in count()), "</gpx>")


def csv(path: Path, size: int) -> None:
    rows = (f"{_time(60 * n)},running,5.{n % 100},30,12,4900\n" for n in count())
    _text(path, size, "date,sport,distance_km,duration_min,climb_m,steps\n", rows, "")


KINDS: dict[str, Callable[[Path, int], None]] = {
    "FIT": fit,
    "FIT without a summary": cut_fit,
    "GPX": gpx,
    "TCX": tcx,
    "CSV": csv,
    "GPX of endless names": other_names,
}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--mb", type=int, nargs="+", default=[1, 10, 100])
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for name, make in KINDS.items():
            for megabytes in asked.mb:
                path = Path(folder) / "file"
                make(path, megabytes * 1_000_000)
                read = subprocess.run(
                    [sys.executable, "-c", READ, str(path)], capture_output=True, text=True, check=True
                )
                print(f"{name:22} {megabytes:4} MB {read.stdout.rstrip()}", flush=True)


if __name__ == "__main__":
    main()
