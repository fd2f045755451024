"""A painting is compared with published pain maps, within a cap, and the comparison never reaches the engine."""

from __future__ import annotations

import csv

import pytest

from deepsix.case import PainMap
from deepsix.intake.chart.chart import Chart
from deepsix.intake.chart.likeness import likenesses, load_maps
from deepsix.intake.chart.painting import pain_map_on
from deepsix.knowledge import Knowledge
from deepsix.knowledge.loader import DATA_FOLDER

LIKE = {
    "hip_osteoarthritis": ["groin_left", "hip_side_left", "front_thigh_upper_left"],
    "sacroiliac_joint": ["dimple_left", "buttock_upper_left", "low_back_left"],
    "piriformis": ["buttock_middle_right", "calf_right"],
}


@pytest.mark.parametrize(("id_", "places"), LIKE.items())
def test_a_typical_painting_is_most_like_its_own_map(
    chart: Chart, knowledge: Knowledge, id_: str, places: list[str]
) -> None:
    found = likenesses(knowledge, chart, pain_map_on(chart, {"places": places, "everywhere": True}))
    assert found[0].map.id == id_
    assert found[0].ratio > 1


def test_no_map_counts_for_more_than_the_cap(chart: Chart, knowledge: Knowledge) -> None:
    for place in chart.places:
        for found in likenesses(knowledge, chart, PainMap(places=frozenset({place}), everywhere=True)):
            assert 1 / 3 - 1e-9 <= found.ratio <= 3 + 1e-9


def test_the_shares_are_those_of_the_evidence_table(knowledge: Knowledge) -> None:
    with (DATA_FOLDER / "evidence" / "pain_map_frequencies.csv").open(encoding="utf-8", newline="") as handle:
        published = {(float(row["percent"]) / 100, row["source"]) for row in csv.DictReader(handle) if row["percent"]}
    maps, _ = load_maps(knowledge)
    assert {(area.share, area.source) for entry in maps for area in entry.areas} <= published
