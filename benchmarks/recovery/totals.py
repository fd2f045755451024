"""Totals of real training files beside those of readers that share no code with ours: one row a session.

    python benchmarks/recovery/totals.py FOLDER

FIT: the `session` messages as fitdecode decodes them. GPX: gpxpy's way and climb, and its time without pauses. TCX: the
sums over laps, by the element tree of the standard library. Climb of TCX has no independent total; it is printed alone.
Files of runs and rides are personal: none are kept in the repository.
"""

from __future__ import annotations

import argparse
import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import UTC
from pathlib import Path
from xml.etree import ElementTree

import fitdecode
import gpxpy

from deepsix.intake.training import TrainingFileError, read_training_file

READ = {".fit", ".gpx", ".tcx"}


@dataclass(frozen=True)
class Totals:
    """Totals as another reader has them; None where it has none."""

    distance_m: float | None
    duration_s: float | None
    climb_m: float | None


def of_fit(path: Path) -> Iterator[Totals]:
    with fitdecode.FitReader(str(path)) as reader:
        for frame in reader:
            if frame.frame_type == fitdecode.FIT_FRAME_DATA and frame.name == "session":
                names = ("total_distance", "total_timer_time", "total_ascent")
                yield Totals(*(frame.get_value(name, fallback=None) for name in names))


def of_gpx(path: Path) -> Iterator[Totals]:
    for track in gpxpy.parse(path.read_text(encoding="utf-8-sig")).tracks:
        if track.get_time_bounds().start_time is not None:
            yield Totals(track.length_2d(), track.get_duration(), track.get_uphill_downhill().uphill)


def of_tcx(path: Path) -> Iterator[Totals]:
    for activity in ElementTree.parse(path).getroot().iterfind(".//{*}Activity"):
        laps = activity.findall("{*}Lap")
        sums = [
            [float(found.text or 0) for lap in laps if (found := lap.find(f"{{*}}{name}")) is not None]
            for name in ("DistanceMeters", "TotalTimeSeconds")
        ]
        if any(sums):
            yield Totals(*(sum(values) if values else None for values in sums), None)


def differ(ours: float | None, theirs: float | None) -> str:
    if ours is None or theirs is None:
        return f"{'' if ours is None else f'{ours:.1f}':>9} {'':>9} {'':>7}"
    share = f"{(ours - theirs) / theirs:+.1%}" if theirs else ("same" if ours == theirs else f"{ours - theirs:+.1f}")
    return f"{ours:9.1f} {theirs:9.1f} {share:>7}"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=Path)
    folder: Path = options.parse_args().folder
    print(
        f"{'file':42} {'way m':>9} {'theirs':>9} {'':7} {'time s':>9} {'theirs':>9} {'':7} {'climb m':>9} {'theirs':>9}"
    )
    read = refused = unpaired = 0
    for path in sorted(p for p in folder.rglob("*") if p.suffix.lower() in READ):
        theirs: list[Totals] = []
        # gpxpy cannot take times with a zone from times without one (TypeError).
        with contextlib.suppress(fitdecode.FitError, gpxpy.gpx.GPXException, ElementTree.ParseError, TypeError):
            theirs = list({".fit": of_fit, ".gpx": of_gpx, ".tcx": of_tcx}[path.suffix.lower()](path))
        try:
            ours = read_training_file(path, UTC)
        except TrainingFileError as problem:
            refused += 1
            print(f"{path.name:42} refused ({len(theirs)} there for the other reader): {str(problem)[-70:]}")
            continue
        if len(ours) != len(theirs):
            unpaired += 1
            print(f"{path.name:42} {len(ours)} sessions, the other reader has {len(theirs)}")
            continue
        for one, other in zip(ours, theirs, strict=True):
            read += 1
            pairs = [(getattr(one, f.name), getattr(other, f.name)) for f in fields(Totals)]
            print(f"{path.name:42} " + " ".join(differ(*pair) for pair in pairs))
    print(f"{read} sessions compared, {refused} files refused, {unpaired} files with another number of sessions")


if __name__ == "__main__":
    main()
