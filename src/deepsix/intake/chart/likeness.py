"""Which pain maps a painting is like: shown to the person, never weighed.

The figures of the counted maps already stand in the network as links between causes and findings of place. Weighing
the likeness as well would count the same evidence twice; and the other maps are estimates.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from deepsix.case import PainMap
from deepsix.intake.chart.chart import Chart, Side
from deepsix.intake.chart.pain_maps import Comparing, PainPattern, load_pain_maps
from deepsix.intake.chart.reading import Score, place_scorer
from deepsix.knowledge.model import ESTIMATE, Knowledge

_SIDES: tuple[Side, ...] = ("left", "right")


@dataclass(frozen=True, slots=True)
class Likeness:
    """How many times likelier a painting is under a map than in hip and buttock pain at large, within the cap.

    `side` is the side of the body on which it was compared.
    """

    map: PainPattern
    ratio: float
    side: Side


def likenesses(knowledge: Knowledge, chart: Chart, pain_map: PainMap) -> tuple[Likeness, ...]:
    """Return each map with its likeness on the side that was painted more, the most like first.

    An area counts by how much it was meant, after the painting was blurred by as much as a redrawn one moves. Against
    what: how often the place is marked at large (the background of its findings). Paint beside all areas of a map
    speaks against it. The logarithms are averaged, so that a map with many areas does not count for more than one with
    few, and the whole is capped.
    """
    pain_maps = load_pain_maps(knowledge)
    zones: dict[str, set[Side]] = {}
    for place in chart.places.values():
        zones.setdefault(place.zone, set()).add(place.side)
    on_side = {side: _ZoneScores(place_scorer(chart, pain_map), zones, side) for side in _SIDES}
    side = max(_SIDES, key=lambda side: on_side[side].total())
    found = [Likeness(entry, _ratio(entry, on_side[side], pain_maps.comparing), side) for entry in pain_maps.maps]
    return tuple(sorted(found, key=lambda likeness: -likeness.ratio))


def likeliest(knowledge: Knowledge, chart: Chart, pain_map: PainMap) -> tuple[Likeness, ...]:
    """Return the few likenesses to show, the most like first: one a group, and none that is hardly one."""
    comparing = load_pain_maps(knowledge).comparing
    best: dict[str, Likeness] = {}
    for likeness in likenesses(knowledge, chart, pain_map):
        if likeness.ratio >= comparing.least_to_show:
            best.setdefault(likeness.map.group.id, likeness)
    return tuple(best.values())[: comparing.most_shown]


class _ZoneScores:
    """How much zones were meant on one side, each set worked out once. Zones of the middle belong to both sides."""

    def __init__(self, score: Score, zones: dict[str, set[Side]], side: Side) -> None:
        self._score, self._side = score, side
        self._places = {
            zone: f"{zone}_{side}" if side in sides else zone for zone, sides in zones.items() if {side, ""} & sides
        }
        self._known: dict[frozenset[str], float] = {}

    def of(self, zones: frozenset[str]) -> float:
        if zones not in self._known:
            self._known[zones] = self._score(frozenset(self._places[zone] for zone in zones))
        return self._known[zones]

    def within(self, zones: frozenset[str]) -> float:
        """Return how many of these zones were meant."""
        return sum(self.of(frozenset({zone})) for zone in zones)

    def beside(self, zones: frozenset[str]) -> float:
        """Return how many zones beside these were meant."""
        return sum(self.of(frozenset({zone})) for zone in self._places if zone not in zones)

    def total(self) -> float:
        return self.beside(frozenset())


def _ratio(entry: PainPattern, scores: _ZoneScores, comparing: Comparing) -> float:
    covered = frozenset(zone for area in entry.areas for zone in area.zones)
    beside = scores.beside(covered)
    log, weight = beside * math.log(comparing.elsewhere_ratio), beside
    for area in entry.areas:
        share = min(max(area.share, comparing.least_share), comparing.most_share)
        trust = comparing.estimate_trust if area.source == ESTIMATE else 1.0
        marked = scores.of(area.zones)
        blank = (1.0 - marked) * comparing.unmarked_weight
        meant = max(marked, scores.within(area.zones))  # paint counts by zones, in an area as beside all areas
        for_it, against = math.log(share / area.at_large), math.log((1 - share) / (1 - area.at_large))
        log += trust * (meant * for_it + blank * against)
        weight += meant + blank
    cap = math.log(comparing.most_ratio)
    return math.exp(min(max(log / max(weight, 1e-9), -cap), cap))
