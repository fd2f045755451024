"""The tables of this folder: what files call a sport and a column, and the figures by which a log is read."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

OTHER = "other"


@dataclass(frozen=True, slots=True)
class SpikeBand:
    """How much likelier an injury was after a run this much longer than the longest of the days before.

    `above` and `up_to` are shares (0.1 is 10% longer); `up_to` is infinite for the last band.
    """

    above: float
    up_to: float
    hazard_ratio: float
    low: float
    high: float
    source: str


@cache
def numbers(name: str) -> Mapping[str, float]:
    """Return the figures of a table by id: `reading` or `load_rules`."""
    return {row["id"]: float(row["value"]) for row in rows(f"{name}.csv")}


@dataclass(frozen=True, slots=True)
class FitField:
    """A field of a FIT message: its number, and value = raw / scale - offset."""

    number: int
    scale: float
    offset: float


@cache
def fit_fields(message: str) -> Mapping[str, FitField]:
    """Return the fields that are read of a FIT message, by name."""
    return {
        row["name"]: FitField(int(row["number"]), float(row["scale"]), float(row["offset"]))
        for row in rows("fit_fields.csv")
        if row["message"] == message
    }


@cache
def fit_names(kind: str) -> Mapping[int, str]:
    """Return the names of FIT by number: of `message`, `sport` or `file`."""
    return {int(row["number"]): row["name"] for row in rows("fit_names.csv") if row["list"] == kind}


@cache
def spike_bands() -> tuple[SpikeBand, ...]:
    """Return the bands, the lowest first."""
    return tuple(
        SpikeBand(
            above=float(row["above"]),
            up_to=float(row["up_to"] or "inf"),
            hazard_ratio=float(row["hazard_ratio"]),
            low=float(row["ci_low"]),
            high=float(row["ci_high"]),
            source=row["source"],
        )
        for row in rows("spike_bands.csv")
    )


@cache
def _sports() -> Mapping[str, str]:
    return {row["word"]: row["sport"] for row in rows("sports.csv")}


@cache
def columns() -> Mapping[str, tuple[str, str]]:
    """Return the field and unit of each column heading in small letters."""
    return {row["heading"]: (row["field"], row["unit"]) for row in rows("columns.csv")}


def sport_of(word: str | None) -> str:
    """Return our name of a sport; `other` when it is not one we know.

    >>> sport_of("Trail Run"), sport_of("pottery")
    ('running', 'other')
    """
    return _sports().get((word or "").strip().casefold(), OTHER)


def rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a table in `data/`."""
    text = resources.files("deepsix.intake.training").joinpath("data", name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
