"""Which published pain maps a painting is like: shown to the person, never weighed.

The figures of the maps already stand in the network as links between causes and findings of place. Weighing the
likeness as well would count the same evidence twice.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from deepsix.case import PainMap
from deepsix.intake.chart.chart import Chart
from deepsix.intake.chart.loader import CHART_FOLDER
from deepsix.intake.chart.reading import finding_scores
from deepsix.knowledge.loader import DATA_FOLDER
from deepsix.knowledge.model import Knowledge
from deepsix.knowledge.problems import Problem, nearest, raise_if_any
from deepsix.knowledge.reader import DataFile, Table

KINDS = ("joint", "muscle", "nerve root")


@dataclass(frozen=True, slots=True)
class MapArea:
    """An area of a pain map: the findings of place it is, the published share of people who marked it, the source."""

    findings: tuple[str, ...]
    share: float
    source: str


@dataclass(frozen=True, slots=True)
class PublishedMap:
    """How often people with one cause mark each area. `condition` is empty where the map is of several."""

    id: str
    name: str
    kind: str
    condition: str
    areas: tuple[MapArea, ...]


@dataclass(frozen=True, slots=True)
class Comparing:
    """The numbers of `[compare]` in maps.toml."""

    least_share: float
    most_share: float
    most_ratio: float
    unmarked_weight: float


@dataclass(frozen=True, slots=True)
class Likeness:
    """How many times likelier a painting is under a map than in hip and buttock pain at large, within the cap."""

    map: PublishedMap
    ratio: float


@lru_cache(maxsize=4)
def load_maps(knowledge: Knowledge, folder: Path = CHART_FOLDER) -> tuple[tuple[PublishedMap, ...], Comparing]:
    """Return the published maps, their shares taken from the evidence table.

    Raises:
        KnowledgeError: A row, finding or condition is not there; all problems are listed.
    """
    problems: list[Problem] = []
    file = DataFile(folder / "maps.toml", folder, problems)
    with (DATA_FOLDER / "evidence" / "pain_map_frequencies.csv").open(encoding="utf-8", newline="") as handle:
        rows = {
            (r["condition_or_structure"], r["body_area"], r["source"]): r["percent"] for r in csv.DictReader(handle)
        }
    maps = []
    for table in file.tables("map"):
        areas = tuple(_area(area, rows, knowledge) for area in table.tables("areas"))
        condition = table.text("condition", required=False)
        if condition and condition not in knowledge.conditions:
            table.note("condition", f"{condition!r} is not known.", nearest(condition, knowledge.conditions))
        maps.append(PublishedMap(table.text("id"), table.text("name"), table.choice("kind", KINDS), condition, areas))
        table.close()
    compare = file.table().sub("compare")
    compare.text("reason")
    comparing = Comparing(
        least_share=compare.number("least_share", 0.001, 0.5),
        most_share=compare.number("most_share", 0.5, 0.999),
        most_ratio=compare.number("most_ratio", 1, 10),
        unmarked_weight=compare.number("unmarked_weight", 0, 1),
    )
    compare.close()
    raise_if_any(problems)
    return tuple(maps), comparing


def _area(table: Table, rows: Mapping[tuple[str, str, str], str], knowledge: Knowledge) -> MapArea:
    key = (table.text("structure"), table.text("area"), table.text("source"))
    findings = table.texts("findings")
    for finding in findings:
        if finding not in knowledge.findings:
            table.note("findings", f"{finding!r} is not known.", nearest(finding, knowledge.findings))
    if not rows.get(key):
        table.note("area", f"{key!r} is no row with a percentage.", "Copy it from evidence/pain_map_frequencies.csv.")
    table.close()
    return MapArea(findings, float(rows.get(key) or 50.0) / 100.0, key[2])


def likenesses(knowledge: Knowledge, chart: Chart, pain_map: PainMap) -> tuple[Likeness, ...]:
    """Return each published map with its likeness, the most like first.

    An area counts by how much it was meant. Against what: how often the place is marked at large, which is an estimate
    (the background of its findings). The logarithms of the areas are averaged, so that a map with many areas does not
    count for more than one with few, and the whole is capped.
    """
    maps, comparing = load_maps(knowledge)
    scores = finding_scores(chart, pain_map)
    found = []
    for published in maps:
        logs, weights = [], []
        for area in published.areas:
            marked = max(scores.get(finding, 0.0) for finding in area.findings)
            share = float(np.clip(area.share, comparing.least_share, comparing.most_share))
            at_large = 1.0 - float(np.prod([1 - knowledge.findings[f].background.value for f in area.findings]))
            blank = (1.0 - marked) * (1.0 if pain_map.everywhere else comparing.unmarked_weight)
            logs.append(marked * np.log(share / at_large) + blank * np.log((1 - share) / (1 - at_large)))
            weights.append(marked + blank)
        mean = float(np.sum(logs) / max(np.sum(weights), 1e-9))
        cap = float(np.log(comparing.most_ratio))
        found.append(Likeness(published, float(np.exp(np.clip(mean, -cap, cap)))))
    return tuple(sorted(found, key=lambda likeness: -likeness.ratio))
