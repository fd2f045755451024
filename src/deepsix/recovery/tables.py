"""Read and check the data files of this room. Each is read once; what comes back is shared, so nobody changes it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any, Final

from deepsix.recovery.errors import RecoveryDataError

_BASES: Final = {"published", "fitted", "judgement"}
_PARAMETER: Final = {"value", "low", "high", "unit", "varies", "basis", "source", "reason"}


@cache
def read_table(name: str) -> dict[str, Any]:
    """Return a data file as nested dictionaries.

    Raises:
        RecoveryDataError: The file is not valid TOML.
    """
    try:
        return tomllib.loads((files("deepsix.recovery") / "data" / name).read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as problem:
        raise RecoveryDataError(f"{name}: {problem}") from None


def _basis_problems(where: str, row: dict[str, Any], sources: dict[str, Any]) -> Iterator[str]:
    if row.get("basis") not in _BASES:
        yield f"{where} basis: {row.get('basis')!r} is none of {', '.join(sorted(_BASES))}"
    if (row.get("basis") == "fitted") != ("fitted_to" in row):
        yield f"{where} fitted_to: give it exactly when basis is fitted"
    if row.get("basis") == "published" and row.get("source") not in sources:
        yield f"{where} source: {row.get('source')!r} is not in sources.toml"
    if "source" in row and row["source"] not in {*sources, "estimate"}:
        yield f"{where} source: {row['source']!r} is neither in sources.toml nor estimate"
    if not row.get("reason"):
        yield f"{where} reason: say where the number comes from"


def data_problems(parameters: dict[str, Any], problems: dict[str, Any], sources: dict[str, Any]) -> list[str]:
    """Return everything that is wrong with the tables of parameters and problems, one line each."""
    found = []
    for key, row in parameters.items():
        where = f"parameters.toml [{key}]"
        found += [f"{where} {field}: missing" for field in sorted(_PARAMETER - row.keys())]
        found += [f"{where} {field}: unknown" for field in sorted(row.keys() - _PARAMETER - {"fitted_to"})]
        if not 0.0 < row.get("low", 0.0) <= row.get("value", 0.0) <= row.get("high", 0.0):
            found.append(
                f"{where}: needs 0 < low <= value <= high; has {[row.get(f) for f in ('low', 'value', 'high')]}"
            )
        if row.get("varies") not in {"person", "all", "start"}:
            found.append(f"{where} varies: {row.get('varies')!r} is none of person, all, start")
        found += _basis_problems(where, row, sources)
    for key, row in problems.items():
        where = f"problems.toml [{key}]"
        for field in ("healing_days", "uneven_share", "loading_days"):
            if field in row and not 0.0 < row[field][1] <= row[field][0] <= row[field][2]:
                found.append(f"{where} {field}: give middle, low, high")
        if not 0.0 <= row.get("tissue_share", -1.0) <= 1.0:
            found.append(f"{where} tissue_share: give a share from 0 to 1")
        found += _basis_problems(where, row, sources)
    return found


@cache
def parameters() -> dict[str, dict[str, Any]]:
    """Return the rows of parameters.toml, checked together with problems.toml.

    Raises:
        RecoveryDataError: Something is wrong; the message lists all of it.
    """
    rows = read_table("parameters.toml")
    if found := data_problems(rows, read_table("problems.toml"), read_table("sources.toml")):
        raise RecoveryDataError("\n".join(found))
    return rows


def constant(name: str) -> float:
    """Return the middle value of a parameter."""
    return float(parameters()[name]["value"])
