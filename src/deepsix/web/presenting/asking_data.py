"""The words and figures of the interview that are kept as data beside the pages."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

_DATA = files("deepsix.web") / "data"


@cache
def tick_labels() -> Mapping[str, str]:
    """Return what stands beside the box of each finding, in the person's own voice."""
    return dict(tomllib.loads((_DATA / "tick_labels.toml").read_text(encoding="utf-8")))


@cache
def asking() -> Mapping[str, Any]:
    """Return the words of asking.toml, by its sections."""
    return tomllib.loads((_DATA / "asking.toml").read_text(encoding="utf-8"))


@cache
def questions_left() -> tuple[tuple[int, int], ...]:
    """Return, by how many questions were asked, the fewest and the most that usually still come."""
    with (_DATA / "questions_left.csv").open(encoding="utf-8") as file:
        return tuple((int(row["low"]), int(row["high"])) for row in csv.DictReader(file))
