"""The figures by which change is judged and the words that are said, read from `data/`."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class MinimalChange:
    """The least change that counts: in points and as a share of the figure before, both needed for "better"."""

    points: float
    share: float


@dataclass(frozen=True, slots=True)
class ChangeRules:
    """Minimal changes by (measure, "minimal" or "much"), numbers by id, and the danger signs a check-in asks for."""

    minimal: Mapping[tuple[str, str], MinimalChange]
    numbers: Mapping[str, float]
    danger_signs: tuple[str, ...]


@cache
def load_change_rules() -> ChangeRules:
    """Return the rules as they are shipped."""
    return ChangeRules(
        minimal={
            (row["measure"], row["change"]): MinimalChange(float(row["points"]), float(row["share"]))
            for row in data_rows("minimal_changes.csv")
        },
        numbers={row["id"]: float(row["value"]) for row in data_rows("rules.csv")},
        danger_signs=tuple(row["finding"] for row in data_rows("danger_signs.csv")),
    )


def data_rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a table in `data/`."""
    text = resources.files("deepsix.followup").joinpath("data", name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


@cache
def load_words() -> Mapping[str, Mapping[str, str]]:
    """Return what is said to a person, by topic and key."""
    text = resources.files("deepsix.followup").joinpath("data", "words.toml").read_text(encoding="utf-8")
    words: Mapping[str, Mapping[str, str]] = tomllib.loads(text)
    return words
