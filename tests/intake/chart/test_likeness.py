"""A painting is compared with pain maps, softly and within a cap, and the comparison never reaches the engine."""

from __future__ import annotations

import csv
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from drawings import OTHERS, TYPICAL, WAYS, Drawing, redrawn_map

from deepsix import Case, assess, load_knowledge
from deepsix.case import PainMap
from deepsix.errors import KnowledgeError
from deepsix.hip.scene import felt_places
from deepsix.intake.chart.chart import Chart
from deepsix.intake.chart.likeness import likeliest, likenesses
from deepsix.intake.chart.loader import CHART_FOLDER
from deepsix.intake.chart.pain_maps import PainPattern, load_pain_maps
from deepsix.intake.chart.painting import pain_map_on
from deepsix.intake.chart.reading import read_painting
from deepsix.knowledge import Knowledge
from deepsix.knowledge.loader import DATA_FOLDER

REDRAWN = 4
COUNTED = {
    "hip_osteoarthritis": ["groin_left", "hip_side_left", "front_thigh_upper_left"],
    "hip_joint": ["groin_left", "buttock_outer_left", "front_thigh_upper_left"],
    "sacroiliac_joint": ["dimple_left", "buttock_upper_left", "low_back_left"],
    "piriformis": ["buttock_middle_right", "calf_right"],
    "nerve_root": ["buttock_middle_right", "calf_right", "outer_calf_right"],
}
# What each region of the computed hip's referral patterns is called on the chart, where it is not one finding's zones.
WIDE = {
    "pain_buttock": {"buttock_upper", "buttock_middle", "buttock_outer", "buttock_lower"},
    "pain_buttock_deep_centre": {"buttock_middle"},
    "pain_hip_joint_deep": {"groin", "hip_front"},
}
MAPS = load_pain_maps(load_knowledge()).maps


def typical_places(chart: Chart, entry: PainPattern) -> list[str]:
    """Return the places of the left side, or the middle, that the map holds most strongly."""
    if entry.id in COUNTED:
        return COUNTED[entry.id]
    most = max(entry.zones.values())
    zones = [zone for zone, weight in entry.zones.items() if weight >= 0.7 * most]
    return [zone if zone in chart.places else f"{zone}_left" for zone in zones]


@pytest.mark.parametrize("everywhere", [True, False], ids=["all is marked", "perhaps not all"])
@pytest.mark.parametrize("entry", MAPS, ids=lambda entry: entry.id)
def test_a_typical_painting_of_each_map_gives_its_group_among_those_shown(
    chart: Chart, knowledge: Knowledge, entry: PainPattern, everywhere: bool
) -> None:
    record = {"places": typical_places(chart, entry), "everywhere": everywhere}
    shown = likeliest(knowledge, chart, pain_map_on(chart, record))
    assert entry.group.id in [likeness.map.group.id for likeness in shown]
    assert len(shown) <= 3


@pytest.mark.parametrize("place", ["ribs_front_left", "mid_back_right", "flank_left", "pubic"])
def test_a_painting_beside_all_maps_is_like_none(chart: Chart, knowledge: Knowledge, place: str) -> None:
    assert likeliest(knowledge, chart, PainMap(places=frozenset({place}))) == ()
    cells = np.argwhere(chart.cells[chart.places[place].view] == chart.order.index(place))
    painted = PainMap({chart.places[place].view: frozenset((int(row), int(column)) for row, column in cells)})
    assert likeliest(knowledge, chart, PainMap()) == ()
    if place != "pubic":  # painted over, it spreads into groin and thigh
        assert likeliest(knowledge, chart, painted) == ()


def held(chart: Chart, knowledge: Knowledge, drawings: tuple[Drawing, ...]) -> tuple[float, float]:
    """Return how often the leading group stays in the lead, and how often among those shown, when drawn again."""
    leads = shown = count = 0
    for number, drawing in enumerate(drawings):
        rng = np.random.default_rng(number)
        first = drawing.pain_map(chart)
        lead = likeliest(knowledge, chart, first)[0].map.group.id
        for how in WAYS:
            for _ in range(REDRAWN):
                again = [x.map.group.id for x in likeliest(knowledge, chart, redrawn_map(chart, first, how, rng))]
                leads, shown, count = leads + (again[:1] == [lead]), shown + (lead in again), count + 1
    return leads / count, shown / count


@pytest.mark.parametrize(("drawings", "least"), [(TYPICAL, 0.9), (OTHERS, 0.75)], ids=["as chosen on", "others"])
def test_drawing_the_same_pain_again_mostly_keeps_the_leading_group(
    chart: Chart, knowledge: Knowledge, drawings: tuple[Drawing, ...], least: float
) -> None:
    leads, shown = held(chart, knowledge, drawings)
    assert leads >= least
    assert shown >= 0.97


def test_no_map_counts_for_more_than_the_cap(chart: Chart, knowledge: Knowledge) -> None:
    for place in chart.places:
        for found in likenesses(knowledge, chart, PainMap(places=frozenset({place}), everywhere=True)):
            assert 1 / 3 - 1e-9 <= found.ratio <= 3 + 1e-9


def test_the_comparison_says_the_same_of_the_other_side(chart: Chart, knowledge: Knowledge) -> None:
    for places in COUNTED.values():
        one, other = (
            likenesses(knowledge, chart, PainMap(places=frozenset(f"{p.rsplit('_', 1)[0]}_{side}" for p in places)))
            for side in ("left", "right")
        )
        assert {(x.map.id, round(x.ratio, 9)) for x in one} == {(x.map.id, round(x.ratio, 9)) for x in other}
        assert {x.side for x in one} == {"left"}
        assert {x.side for x in other} == {"right"}


def test_a_painting_reaches_the_causes_by_its_places_only(chart: Chart, knowledge: Knowledge) -> None:
    pain_map = PainMap(places=frozenset({"buttock_middle_left", "calf_left"}))
    painted = read_painting(chart, pain_map).add_to(Case(40), pain_map)
    assert painted.pain_map is not None
    told = replace(painted, pain_map=None)
    assert assess(knowledge, painted).causes == assess(knowledge, told).causes


def test_the_shares_of_counted_maps_are_those_of_the_evidence_table() -> None:
    with (DATA_FOLDER / "evidence" / "pain_map_frequencies.csv").open(encoding="utf-8", newline="") as handle:
        published = {(float(row["percent"]) / 100, row["source"]) for row in csv.DictReader(handle) if row["percent"]}
    counted = [entry for entry in MAPS if entry.is_counted]
    assert {entry.id for entry in counted} == set(COUNTED)
    assert {(area.share, area.source) for entry in counted for area in entry.areas} <= published


def test_the_muscle_maps_are_the_referral_patterns_of_the_computed_hip(chart: Chart) -> None:
    zones = {place.zone: place for place in chart.places.values()}
    muscles = {entry.id.removesuffix("_felt"): entry for entry in MAPS if entry.id.endswith("_felt")}
    for part, entry in muscles.items():
        regions = felt_places(part)
        assert regions, part
        for zone, weight in entry.zones.items():
            names = {s.finding for s in zones[zone].supports} | {f for f, wide in WIDE.items() if zone in wide}
            assert weight in {regions[name] for name in names & set(regions)}, (part, zone)
        for region in regions:
            told = WIDE.get(region) or {z for z, p in zones.items() if p.supports and p.supports[0].finding == region}
            assert told <= set(entry.zones), (part, region)


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("root_maps.toml", "between_legs = 0.3", "between_leg = 0.3", "is no zone that a finding"),
        ("root_maps.toml", "between_legs = 0.3", "between_legs = 3", "is out of range"),
        ("root_maps.toml", 'group = "roots_sacral"', 'group = "roots"', "is not known"),
        ("root_maps.toml", 'id = "root_s2"', 'id = "root_s1"', "is used twice"),
        ("root_maps.toml", '"murphy_2009"', '"murphy_1809"', "is not known"),
        ("muscle_maps.toml", 'source = "estimate"', 'source = "murphy_2009"', "is not estimate"),
        ("maps.toml", 'area = "greater trochanter"', 'area = "toe"', "is no row with a percentage"),
        ("maps.toml", 'id = "roots_upper"', 'id = "roots_above"', "has no map"),
    ],
)
def test_a_mistake_in_the_maps_is_refused_with_what_to_do(
    tmp_path: Path, knowledge: Knowledge, file: str, old: str, new: str, told: str
) -> None:
    folder = tmp_path / "chart"
    shutil.copytree(CHART_FOLDER, folder)
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(KnowledgeError, match=told):
        load_pain_maps(knowledge, folder)
