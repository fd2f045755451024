"""Read the data files of this room: CSV rows and TOML tables as dictionaries, problems as one list.

Each file is read once; what comes back is shared, so nobody changes it.
"""

from __future__ import annotations

import csv
import difflib
import math
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, NoReturn

from deepsix.hip.errors import HipDataError, UnknownMuscleError

Row = dict[str, str]


def _text(name: str) -> str:
    return (files("deepsix.hip") / "data" / name).read_text(encoding="utf-8")


@cache
def read_csv(name: str) -> list[Row]:
    """Return the rows of a data file, each with its line number under the key `line_number`.

    Raises:
        HipDataError: A row has too many or too few fields.
    """
    reader = csv.DictReader(_text(name).splitlines())
    rows, problems = [], []
    for row in reader:
        if None in row or None in row.values():
            problems.append(f"{name}:{reader.line_num} has {len(row)} fields that do not match the heading")
            continue
        rows.append({**row, "line_number": str(reader.line_num)})
    if problems:
        raise HipDataError("\n".join(problems))
    return rows


@cache
def read_toml(name: str) -> dict[str, Any]:
    """Return a TOML data file as nested dictionaries.

    Raises:
        HipDataError: The file is not valid TOML.
    """
    try:
        return tomllib.loads(_text(name))
    except tomllib.TOMLDecodeError as problem:
        raise HipDataError(f"{name}: {problem}") from None


def number(name: str, row: Mapping[str, str], field: str) -> float:
    """Return one finite number of a CSV row.

    Raises:
        HipDataError: The field is missing, empty or not a finite number.
    """
    try:
        value = float(row[field])
    except (KeyError, ValueError):
        value = math.nan
    if not math.isfinite(value):
        where = f"{name}:{row.get('line_number', '?')} {field}"
        raise HipDataError(f"{where}: {row.get(field)!r} is not a finite number. Give one.")
    return value


def optional_number(name: str, row: Mapping[str, str], field: str) -> float:
    """Return one number of a CSV row, NaN when the field is empty."""
    return number(name, row, field) if row.get(field) else math.nan


def unknown(kind: str, name: str, known: Iterable[str]) -> NoReturn:
    """Raise an error that names the nearest known ids.

    Raises:
        UnknownMuscleError: Always.
    """
    names = sorted(known)
    near = difflib.get_close_matches(name, names, n=4, cutoff=0.4) or names[:8]
    raise UnknownMuscleError(f'No {kind} "{name}". Did you mean: {", ".join(near)}?')
