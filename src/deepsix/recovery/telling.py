"""Read check-ins from a file: JSON as exported, or CSV with one check-in a line.

JSON: a list of objects (or an object with such a list under "check_ins" or "checkins"). CSV: a heading and rows.
Fields: `at` or `date` (ISO), `pain_now`, `pain_worst`, `pain_next_morning`; and `done`, activities with minutes such
as "run:40; gentle_stretch:10", which are put into the plan of that day.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from deepsix.recovery.errors import ForecastError, ScheduleError
from deepsix.recovery.learning import Told
from deepsix.recovery.loads import activities
from deepsix.recovery.schedule import Schedule

_MOST_BYTES: Final = 5_000_000  # ten years of daily check-ins are a tenth of this


@dataclass(frozen=True, slots=True)
class CheckIns:
    """Check-ins by day from the first one.

    Attributes:
        first: Date of the first.
        told: Pain by day, day 0 included.
        done: Day, activity and minutes.
    """

    first: date
    told: tuple[Told, ...]
    done: tuple[tuple[int, str, float], ...]

    def put_into(self, schedule: Schedule) -> Schedule:
        """Return the schedule with what was done."""
        for day, name, minutes in self.done:
            if day < schedule.days:
                schedule = schedule.with_session(day, name, minutes)
        return schedule


def read_check_ins(path: Path) -> CheckIns:
    """Return the check-ins of a file; of several on one day the last counts.

    Raises:
        ForecastError: The file cannot be read, is too large, is empty, or a row cannot be used.
    """
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise ForecastError(f"{path.name} is larger than {_MOST_BYTES // 1_000_000} MB. That is no check-in file.")
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as problem:
        raise ForecastError(
            f"{path.name} cannot be read: {problem.__class__.__name__}. Give a JSON or CSV file."
        ) from None
    rows = list(_json_rows(text, path.name) if text.lstrip()[:1] in ("[", "{") else csv.DictReader(io.StringIO(text)))
    if not rows:
        raise ForecastError(f"{path.name} holds no check-ins. It needs rows with date, pain_now and pain_worst.")
    return _by_day(rows, path.name)


def _json_rows(text: str, name: str) -> Iterable[Mapping[str, Any]]:
    try:
        found = json.loads(text)
    except (json.JSONDecodeError, RecursionError):
        raise ForecastError(f"{name} is not valid JSON.") from None
    if isinstance(found, dict):
        found = found.get("check_ins", found.get("checkins"))
    if not isinstance(found, list) or not all(isinstance(r, dict) for r in found):
        raise ForecastError(f"{name} is no list of check-ins.")
    return found


def _day_of(row: Mapping[str, Any], where: str) -> date:
    words = str(row.get("at") or row.get("date") or "")
    try:
        return datetime.fromisoformat(words).date()
    except ValueError:
        raise ForecastError(f"{where}: {words[:40]!r} is no date. Write it as 2025-05-31.") from None


def _pain(row: Mapping[str, Any], field: str, where: str) -> float | None:
    value = row.get(field)
    if value is None or str(value).strip() == "":
        return None
    try:
        pain = float(str(value))
    except ValueError:
        pain = -1.0
    if not 0.0 <= pain <= 10.0:
        raise ForecastError(f"{where}: {field} is no number from 0 to 10.")
    return pain


def _done(row: Mapping[str, Any], where: str) -> list[tuple[str, float]]:
    """Return activities with minutes; own words without minutes, as check-ins hold them, are passed over."""
    given = row.get("done") or ()
    found = []
    for piece in str(given).split(";") if isinstance(given, str) else [str(g) for g in given]:
        name, _, minutes = piece.strip().partition(":")
        key = name.strip().lower().replace(" ", "_").replace("-", "_")
        if key not in activities() or not minutes:
            continue
        try:
            length = float(minutes)
        except ValueError:
            length = 0.0
        if not 0.0 < length <= 300.0:
            raise ScheduleError(f'{where}: write what was done as "run:40; walking:20", minutes up to 300.')
        found.append((key, length))
    return found


def _by_day(rows: list[Mapping[str, Any]], name: str) -> CheckIns:
    days: dict[date, tuple[Mapping[str, Any], str]] = {}
    dated = [(_day_of(r, f"{name} row {k}"), r, f"{name} row {k}") for k, r in enumerate(rows, start=1)]
    for when, row, where in sorted(dated, key=lambda d: d[0]):
        days[when] = (row, where)
    first = min(days)
    told, done = [], []
    for when, (row, where) in days.items():
        day = (when - first).days
        pains = (_pain(row, f, where) for f in ("pain_now", "pain_worst", "pain_next_morning"))
        told.append(Told(day, *pains))
        done += [(day, *piece) for piece in _done(row, where)]
    return CheckIns(first, tuple(told), tuple(done))
