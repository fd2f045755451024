"""CSV: one session a row. Reads the lists that Garmin and Strava export, and our own columns.

Our own: `date` (or `start`), `sport`, `distance_km`, `duration_min`, `climb_m`, `steps`. Other headings that are known
are in `data/columns.csv`. Where a list gives a column twice (Strava: distance in km, then in m), the first counts.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import IO

from deepsix.intake.training.errors import TrainingFileError
from deepsix.intake.training.points import moment, not_negative, session
from deepsix.intake.training.sessions import Session
from deepsix.intake.training.tables import columns, sport_of

LONGEST_LINE = 64 * 1024
MOST_ROWS = 100_000
MOST_NAMED = 3
_METRES = {"m": 1.0, "km": 1000.0, "mi": 1609.344}  # the international mile, exactly
_SECONDS = {"s": 1.0, "min": 60.0}
_STRAVA_DATES = ("%b %d, %Y, %I:%M:%S %p", "%d %b %Y, %H:%M:%S", "%b %d, %Y, %H:%M:%S")
_THOUSANDS = re.compile(r"\d{1,3}(,\d{3})+(\.\d+)?")
_CLOCK = re.compile(r"(?:(\d+):)?(\d{1,2}):(\d{1,2}(?:\.\d+)?)")


@dataclass(frozen=True, slots=True)
class _Column:
    index: int
    unit: str


def read_csv(file: IO[bytes], zone: tzinfo) -> tuple[Session, ...]:
    """Return the sessions of a CSV file, in the order of its rows.

    Raises:
        TrainingFileError: It is not CSV, lacks a column, or rows cannot be read; the first few are named.
    """
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    try:
        return _read(_lines(text), zone)
    finally:
        text.detach()  # the file belongs to the caller


def _read(lines: Iterator[str], zone: tzinfo) -> tuple[Session, ...]:
    sessions: list[Session] = []
    problems: list[str] = []
    first = next(lines, "")
    separator = ";" if first.count(";") > first.count(",") else ","
    try:
        headings = _headings(next(csv.reader([first], delimiter=separator), []))
        for number, row in enumerate(csv.reader(lines, delimiter=separator), start=2):
            if number > MOST_ROWS:
                raise TrainingFileError(f"It has more than {MOST_ROWS} rows. Export fewer at a time.")
            if not any(cell.strip() for cell in row):
                continue
            found = _session(row, headings, zone, separator)
            if isinstance(found, Session):
                sessions.append(found)
            else:
                problems.append(f"row {number}: {found}")
    except csv.Error as error:
        raise TrainingFileError(f"It is not CSV that can be read ({error}). Export it again.") from None
    if problems:
        more = f"; and {len(problems) - MOST_NAMED} more rows" if len(problems) > MOST_NAMED else ""
        raise TrainingFileError(f"{'; '.join(problems[:MOST_NAMED])}{more}. Put them right and try again.")
    if not sessions:
        raise TrainingFileError("It has headings and no rows, so there is no training in it.")
    return tuple(sessions)


def _lines(text: io.TextIOWrapper) -> Iterator[str]:
    """Give the lines of a file, none longer than can be held."""
    try:
        while line := text.readline(LONGEST_LINE):
            if len(line) == LONGEST_LINE:
                raise TrainingFileError("It has a line of more than 64 kB, as no list of training has.")
            if "\0" in line:
                raise TrainingFileError("It is not text. Give a FIT, GPX, TCX or CSV file.")
            yield line
    except UnicodeDecodeError:
        raise TrainingFileError(
            "It is not text in UTF-8. Give a FIT, GPX or TCX file, or save the CSV as UTF-8."
        ) from None


def _headings(row: list[str]) -> dict[str, _Column]:
    """Return which column holds which field; the first counts when there are two."""
    found: dict[str, _Column] = {}
    for index, heading in enumerate(row):
        field, unit = columns().get(heading.strip().casefold(), ("", ""))
        if field and field not in found:
            found[field] = _Column(index, unit)
    if "start" not in found or not {"distance", "duration", "elapsed"} & found.keys():
        raise TrainingFileError(
            "Its first row does not name a date and a distance or duration. "
            "Name the columns date, sport, distance_km, duration_min, climb_m, steps."
        )
    return found


def _session(row: list[str], headings: Mapping[str, _Column], zone: tzinfo, separator: str) -> Session | str:
    """Return the session of a row, or what is wrong with it."""

    def cell(field: str) -> str:
        column = headings.get(field)
        return row[column.index].strip() if column and column.index < len(row) else ""

    def figure(field: str) -> float | None:
        return not_negative(_plain(cell(field), separator))

    start = _start(cell("start"), zone)
    if start is None:
        return "its date cannot be read; write it like 2026-01-31 or 2026-01-31 07:30"
    sport = sport_of(cell("sport"))
    way = figure("distance")
    distance_m = way * _metres(headings["distance"].unit, sport) if way is not None else None
    passed = [(f, _duration(cell(f), headings[f].unit)) for f in ("duration", "elapsed") if cell(f)]
    duration_s = next((seconds for _, seconds in passed if seconds), None)
    if distance_m is None and duration_s is None:
        return "it has neither a distance nor a duration"
    steps, cadence = figure("steps"), figure("cadence")
    return session(
        start=start,
        sport=sport,
        duration_s=duration_s or 0.0,
        distance_m=distance_m,
        climb_m=figure("climb"),
        counted=round(steps) if steps else None,
        from_cadence=round(cadence * duration_s / 60) if cadence and duration_s else None,
        file_format="csv",
    )


def _start(text: str, zone: tzinfo) -> datetime | None:
    if found := moment(text, zone):
        return found
    for form in _STRAVA_DATES:
        try:
            # Strava writes these in UTC.
            return datetime.strptime(text, form).replace(tzinfo=UTC)
        except ValueError:
            continue
    return None


def _metres(unit: str, sport: str) -> float:
    if unit == "km_or_pool_m":
        unit = "m" if sport == "swimming" else "km"
    return _METRES[unit]


def _plain(text: str, separator: str) -> str:
    """Return a figure with a point and no thousands.

    >>> _plain("1,024", ","), _plain("5,2", ";")
    ('1024', '5.2')
    """
    if separator == ";":
        return text.replace(",", ".")
    return text.replace(",", "") if _THOUSANDS.fullmatch(text) else text


def _duration(text: str, unit: str) -> float | None:
    """Return seconds from h:m:s, m:s, or a figure in the unit of the column (seconds unless said)."""
    if clock := _CLOCK.fullmatch(text):
        hours, minutes, seconds = clock.groups()
        return int(hours or 0) * 3600 + int(minutes) * 60 + float(seconds)
    value = not_negative(text.replace(",", "."))
    return value * _SECONDS.get(unit, 1.0) if value is not None else None
