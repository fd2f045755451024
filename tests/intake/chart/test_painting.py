"""Pain maps as they come in: kept without loss, and refused with what to do when they are none."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deepsix.case import VIEWS, Case, Depth, PainMap, Spot, State
from deepsix.errors import CaseError, CaseFileError
from deepsix.intake.chart.chart import Chart
from deepsix.intake.chart.painting import pain_map_from_json, pain_map_on, rasterise
from deepsix.intake.chart.record import pain_map_from_record, pain_map_record
from deepsix.knowledge import Knowledge
from deepsix.records.cases import case_from_record, case_record
from deepsix.records.place import Place
from deepsix.records.store import open_records
from deepsix.study.cases import read_case_file

CELLS = st.frozensets(st.tuples(st.integers(0, 87), st.integers(0, 31)), max_size=60)
SPOTS = st.builds(Spot, st.sampled_from(VIEWS), st.floats(0, 480), st.floats(0, 1320))
MAPS = st.builds(
    PainMap,
    st.dictionaries(st.sampled_from(VIEWS), CELLS),
    st.frozensets(st.sampled_from(["groin_left", "sacrum", "calf_right"])),
    st.none() | SPOTS,
    depth=st.none() | st.sampled_from(Depth),
    everywhere=st.booleans(),
)


@given(MAPS)
def test_a_pain_map_comes_back_from_json_as_it_was(pain_map: PainMap) -> None:
    assert pain_map_from_record(json.loads(json.dumps(pain_map_record(pain_map)))) == pain_map


@given(MAPS)
def test_a_draft_keeps_the_pain_map(pain_map: PainMap) -> None:
    case = Case(40, "male", story="a", pain_map=pain_map)
    assert case_from_record(json.loads(json.dumps(case_record(case)))) == case


def test_records_keep_the_pain_map(tmp_path: Path) -> None:
    pain_map = PainMap({"back": frozenset({(29, 20)})}, frozenset({"groin_left"}), depth=Depth.DEEP)
    with open_records(Place.of_file(tmp_path / "r.sqlite")) as records:
        number = records.save_case(Case(40, pain_map=pain_map))
        assert records.case(number).case.pain_map == pain_map


def test_a_case_file_may_hold_strokes(tmp_path: Path, knowledge: Knowledge) -> None:
    stroke = {"view": "right", "width_mm": 70, "points": [[240, 455]]}
    path = tmp_path / "case.json"
    path.write_text(json.dumps({"age": 50, "pain_map": {"strokes": [stroke]}}), encoding="utf-8")
    case = read_case_file(path, knowledge)
    assert case.state("pain_hip_side") is State.YES
    assert case.answers["pain_hip_side"].side == "right"


def test_what_is_answered_in_a_case_file_stands_over_the_painting(tmp_path: Path, knowledge: Knowledge) -> None:
    path = tmp_path / "case.json"
    path.write_text(
        json.dumps({"answers": {"pain_groin": "no"}, "pain_map": {"places": ["groin_left"]}}), encoding="utf-8"
    )
    assert read_case_file(path, knowledge).state("pain_groin") is State.NO


def test_a_case_file_with_a_wrong_painting_says_so(tmp_path: Path, knowledge: Knowledge) -> None:
    path = tmp_path / "case.json"
    path.write_text(json.dumps({"pain_map": {"places": ["groin_lef"]}}), encoding="utf-8")
    with pytest.raises(CaseFileError, match="groin_left"):
        read_case_file(path, knowledge)


def test_a_stroke_covers_the_cells_under_it_and_nothing_beside_the_body(chart: Chart) -> None:
    cells = rasterise(chart, [{"view": "back", "width_mm": 60, "points": [[100, 440], [480, 440]]}])["back"]
    assert {row for row, _ in cells} <= {27, 28, 29, 30}  # 440 mm lies in row 29; 30 mm to both sides
    assert all(chart.cells["back"][cell] >= 0 for cell in cells)


def test_a_dot_finer_than_a_cell_still_marks_one(chart: Chart) -> None:
    assert len(rasterise(chart, [{"view": "back", "width_mm": 1, "points": [[301, 441]]}])["back"]) == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x" * 10_000_000, "at most 200 kB"),
        ('{"worst": {"view": "back", "x_mm": NaN, "y_mm": 3}}', "NaN"),
        ('{"worst": {"view": "back", "x_mm": Infinity, "y_mm": 3}}', "Infinity"),
        ("[1", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ('{"figure": ' + "9" * 5_000 + "}", "too long"),
        ("[]", "not an object"),
    ],
)
def test_what_is_no_painting_is_refused_at_once(chart: Chart, text: str, said: str) -> None:
    with pytest.raises(CaseError, match=said):
        pain_map_from_json(chart, text)


STROKE = {"view": "back", "width_mm": 30, "points": [[300, 440]]}


@pytest.mark.parametrize(
    ("record", "said"),
    [
        ({"painted": {"back": [[88, 0, 1]]}}, "Rows go from 0 to 87"),
        ({"painted": {"back": [[1, 0, 32]]}}, "columns from 0 to 31"),
        ({"painted": {"back": [[-1, 0, 1]]}}, "whole numbers from 0"),
        ({"painted": {"back": [[1, 5, 4]]}}, "first not after last"),
        ({"painted": {"back": [[1, 0, 10**9]]}}, "whole numbers"),
        ({"painted": {"back": [[1, 0.5, 1]]}}, "whole numbers"),
        ({"painted": {"back": [[True, 0, 1]]}}, "whole numbers"),
        ({"painted": {"back": [3]}}, "not runs"),
        ({"painted": [1]}, "not runs"),
        ({"painted": {"top": [[1, 0, 1]]}}, "Choose from: back, front"),
        ({"places": "groin_left"}, "list of texts"),
        ({"places": ["groin_lef"]}, "Did you mean groin_left"),
        ({"worst": {"view": "back", "x_mm": 500, "y_mm": 10}}, "from 0 to 480"),
        ({"worst": {"view": "back", "x_mm": "3", "y_mm": 10}}, "number of millimetres"),
        ({"worst": {"view": "top", "x_mm": 3, "y_mm": 10}}, "view 'top'"),
        ({"worst": {"place": 3}}, "not a text"),
        ({"worst": [1]}, "not an object"),
        ({"depth": "very"}, "deep, skin, cannot_tell"),
        ({"everywhere": "yes"}, "true or false"),
        ({"figure": 2}, "Paint it anew"),
        ({"colour": "red"}, "has 'colour'"),
        ({"strokes": [{**STROKE, "view": "top"}]}, "needs a view"),
        ({"strokes": [{**STROKE, "width_mm": float("nan")}]}, "number of millimetres"),
        ({"strokes": [{**STROKE, "width_mm": 0}]}, "more than 0"),
        ({"strokes": [{**STROKE, "points": []}]}, "needs points"),
        ({"strokes": [{**STROKE, "points": [[1e300, 3]]}]}, "far off"),
        ({"strokes": [STROKE] * 2_001}, "at most 2000"),
        ({"strokes": [{**STROKE, "points": [[300, 440]] * 20_001}]}, "more than 20000"),
    ],
)
def test_what_is_wrong_in_a_painting_is_named(chart: Chart, record: Any, said: str) -> None:
    with pytest.raises(CaseError, match=said):
        pain_map_on(chart, record)
