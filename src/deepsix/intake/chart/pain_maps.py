"""The pain maps a painting is compared with: counted in people, felt-pain patterns of muscles, and nerve roots.

Read strictly: an area that is no row of the evidence table, a zone or group that is not there, a map without areas and
an id used twice are refused, all in one list.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from deepsix.intake.chart.chart import Chart
from deepsix.intake.chart.loader import CHART_FOLDER, load_chart
from deepsix.knowledge.loader import DATA_FOLDER
from deepsix.knowledge.model import ESTIMATE, Knowledge
from deepsix.knowledge.problems import Problem, nearest, raise_if_any
from deepsix.knowledge.reader import DataFile, Table

KINDS: Final = ("joint", "muscle", "nerve root")
_ESTIMATED: Final = ("muscle_maps.toml", "root_maps.toml")


@dataclass(frozen=True, slots=True)
class MapGroup:
    """Maps that a drawing cannot tell apart. `name` follows "pain from"."""

    id: str
    kind: str
    name: str
    clinical_name: str


@dataclass(frozen=True, slots=True)
class MapArea:
    """An area of a pain map: its zones, the share of people who mark it, that share at large, and the source."""

    zones: frozenset[str]
    share: float
    at_large: float
    source: str


@dataclass(frozen=True, slots=True)
class PainPattern:
    """How often people with one cause mark each area. `condition` is empty where the map is of none or of several."""

    id: str
    name: str
    group: MapGroup
    condition: str
    areas: tuple[MapArea, ...]

    @property
    def is_counted(self) -> bool:
        """Whether people were counted; otherwise it is an estimate."""
        return all(area.source != ESTIMATE for area in self.areas)

    @property
    def zones(self) -> dict[str, float]:
        """Each zone of the map with the share of its area."""
        weights: dict[str, float] = {}
        for area in self.areas:
            for zone in area.zones:
                weights[zone] = max(weights.get(zone, 0.0), area.share)
        return weights


@dataclass(frozen=True, slots=True)
class Comparing:
    """The numbers of `[compare]` in maps.toml."""

    least_share: float
    most_share: float
    estimate_trust: float
    elsewhere_ratio: float
    most_ratio: float
    unmarked_weight: float
    least_to_show: float
    most_shown: int


@dataclass(frozen=True, eq=False)
class PainMaps:
    """All pain maps and how a painting is compared with them."""

    maps: tuple[PainPattern, ...]
    groups: Mapping[str, MapGroup]
    comparing: Comparing


@lru_cache(maxsize=4)
def load_pain_maps(knowledge: Knowledge, folder: Path = CHART_FOLDER) -> PainMaps:
    """Return the checked pain maps; read once for each knowledge base.

    Raises:
        KnowledgeError: Listing every problem found.
    """
    problems: list[Problem] = []
    reading = _Reading(knowledge, load_chart(knowledge))
    file = DataFile(folder / "maps.toml", folder, problems)
    for table in file.tables("group"):
        reading.take_group(table)
    maps = [reading.counted_map(table) for table in file.tables("map")]
    comparing = _comparing(file.table().sub("compare"))
    for name in _ESTIMATED:
        other = DataFile(folder / name, folder, problems)
        reading.check_about(other.table().sub("about"))
        maps += [reading.estimated_map(table) for table in other.tables("map")]
    seen: set[str] = set()
    for entry in maps:
        if entry.id in seen:
            file.note((f'"{entry.id}"',), "map.id", f"{entry.id!r} is used twice.", "Give each map an id of its own.")
        seen.add(entry.id)
    for unused in reading.groups.keys() - {entry.group.id for entry in maps}:
        file.note((f'"{unused}"',), "group", f"{unused!r} has no map.", "Remove it, or name it in a map.")
    raise_if_any(problems)
    return PainMaps(tuple(maps), MappingProxyType(reading.groups), comparing)


class _Reading:
    """What the tables of maps are checked against."""

    def __init__(self, knowledge: Knowledge, chart: Chart) -> None:
        self.knowledge = knowledge
        self.groups: dict[str, MapGroup] = {}
        self.supports = {place.zone: tuple(s.finding for s in place.supports) for place in chart.places.values()}
        with (DATA_FOLDER / "evidence" / "pain_map_frequencies.csv").open(encoding="utf-8", newline="") as handle:
            self.rows = {
                (r["condition_or_structure"], r["body_area"], r["source"]): r["percent"] for r in csv.DictReader(handle)
            }

    def take_group(self, table: Table) -> None:
        id_ = table.text("id")
        if id_ in self.groups:
            table.note("id", "is used twice.", "Give each group an id of its own.")
        self.groups[id_] = MapGroup(id_, table.choice("kind", KINDS), table.text("name"), table.text("clinical_name"))
        table.close()

    def check_about(self, table: Table) -> None:
        table.text("reason")
        if table.text("source") != ESTIMATE:
            table.note("source", "is not estimate.", "Counted maps belong into maps.toml, one row of evidence an area.")
        for source in table.texts("sources", required=False):
            if source not in self.knowledge.sources:
                table.note("sources", f"{source!r} is not known.", nearest(source, self.knowledge.sources))
        table.close()

    def counted_map(self, table: Table) -> PainPattern:
        areas = tuple(self._counted_area(area) for area in table.tables("areas"))
        condition = table.text("condition", required=False)
        if condition and condition not in self.knowledge.conditions:
            table.note("condition", f"{condition!r} is not known.", nearest(condition, self.knowledge.conditions))
        return self._map(table, condition, areas)

    def estimated_map(self, table: Table) -> PainPattern:
        zones = table.sub("zones")
        table.text("part", required=False)
        areas = []
        for zone in zones.content:
            share = zones.number(zone, 0.01, 1.0)
            if not self.supports.get(zone):
                zones.note(zone, "is no zone that a finding of place belongs to.", nearest(zone, self.supports))
                continue
            areas.append(MapArea(frozenset({zone}), share, self._at_large(self.supports[zone][:1]), ESTIMATE))
        return self._map(table, "", tuple(areas))

    def _map(self, table: Table, condition: str, areas: tuple[MapArea, ...]) -> PainPattern:
        id_, name, group = table.text("id"), table.text("name"), table.text("group")
        if group not in self.groups:
            table.note("group", f"{group!r} is not known.", nearest(group, self.groups))
        if not areas:
            table.note("id", "has no area.", "Name at least one zone, or one row of the evidence table.")
        table.close()
        return PainPattern(id_, name, self.groups.get(group, MapGroup(group, "", "", "")), condition, areas)

    def _counted_area(self, table: Table) -> MapArea:
        key = (table.text("structure"), table.text("area"), table.text("source"))
        findings = table.texts("findings")
        known = [finding for finding in findings if finding in self.knowledge.findings]
        for finding in findings:
            if finding not in self.knowledge.findings:
                table.note("findings", f"{finding!r} is not known.", nearest(finding, self.knowledge.findings))
        if not self.rows.get(key):
            fix = "Copy it from evidence/pain_map_frequencies.csv."
            table.note("area", f"{key!r} is no row with a percentage.", fix)
        table.close()
        zones = frozenset(zone for zone, supports in self.supports.items() if set(supports) & set(known))
        return MapArea(zones, float(self.rows.get(key) or 50.0) / 100.0, self._at_large(known), key[2])

    def _at_large(self, findings: Iterable[str]) -> float:
        """Return how often the area is marked in hip and buttock pain at large: as often as its commonest place.

        The places of an area lie beside one another and are mostly marked together, so they do not add up.
        """
        return max((self.knowledge.findings[finding].background.value for finding in findings), default=1.0)


def _comparing(table: Table) -> Comparing:
    table.text("reason")
    comparing = Comparing(
        least_share=table.number("least_share", 0.001, 0.5),
        most_share=table.number("most_share", 0.5, 0.999),
        estimate_trust=table.number("estimate_trust", 0, 1),
        elsewhere_ratio=table.number("elsewhere_ratio", 0.05, 1),
        most_ratio=table.number("most_ratio", 1, 10),
        unmarked_weight=table.number("unmarked_weight", 0, 1),
        least_to_show=table.number("least_to_show", 1, 10),
        most_shown=int(table.number("most_shown", 1, 5)),
    )
    table.close()
    return comparing
