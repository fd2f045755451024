"""The drawn figure and its zones: complete, mirrored, and refused when the data are wrong."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from deepsix.case import VIEWS
from deepsix.errors import KnowledgeError
from deepsix.intake.chart.chart import Chart
from deepsix.intake.chart.curves import bezier_pieces, inside
from deepsix.intake.chart.drawing import view_svg
from deepsix.intake.chart.loader import CHART_FOLDER, load_chart
from deepsix.knowledge import Knowledge


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(CHART_FOLDER, tmp_path / "chart"))


def changed(folder: Path, file: str, old: str, new: str) -> Path:
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder


def test_there_are_25_to_40_zones_with_names_of_their_own(chart: Chart) -> None:
    assert 25 <= len({place.zone for place in chart.places.values()}) <= 40
    assert len({place.name for place in chart.places.values()}) == len(chart.places)


def test_every_finding_of_place_can_be_painted(chart: Chart, knowledge: Knowledge) -> None:
    painted = {s.finding for p in chart.places.values() for s in p.supports} | {p.finding for p in chart.pairs}
    sites = {
        finding.id
        for finding in knowledge.findings.values()
        if finding.group.startswith("site_") and finding.group not in ("site_elsewhere", "site_spread")
    }
    # Not places: how the parts compare, and having no clear place.
    assert sites - painted == {"pain_leg_worse_than_back", "pain_hip_unspecified"}


def test_nearly_every_cell_on_the_body_lies_in_a_place(chart: Chart) -> None:
    for view in VIEWS:
        body = inside(np.array([p for c in chart.views[view].outline for p in c]), chart.grid.centres())
        placed = chart.cells[view].ravel() >= 0
        assert (placed & body).sum() >= 0.99 * body.sum()


def test_the_left_view_is_the_right_one_mirrored(chart: Chart) -> None:
    left, right = chart.cells["left"], chart.cells["right"][:, ::-1]
    names = np.array([*chart.order, ""])
    swapped = np.char.replace(names, "_right", "_left")
    assert (names[left] == swapped[right]).all()


def test_left_and_right_are_named_as_the_person_has_them(chart: Chart) -> None:
    row, middle = 29, chart.grid.shape[1] // 2  # at the height of the buttocks and groins
    assert chart.order[chart.cells["back"][row, middle + 5]].endswith("_right")  # from behind, right is right
    assert chart.order[chart.cells["front"][row, middle + 5]].endswith("_left")  # from the front it is mirrored


def test_a_curve_goes_through_the_points_that_were_placed() -> None:
    points = [(0.0, 0.0), (10.0, 3.0), (12.0, 40.0), (5.0, 41.0)]
    pieces = bezier_pieces(points)
    assert [tuple(piece[0]) for piece in pieces] + [tuple(pieces[-1][3])] == points


def test_a_zone_that_leaves_a_gap_is_reported_with_its_place(folder: Path, knowledge: Knowledge) -> None:
    changed(folder, "figure_back.toml", 'calf = ["Ya", "Yb", "Zb", "Za"]\n', "")
    with pytest.raises(KnowledgeError, match=r"figure_back\.toml.*no zone covers"):
        load_chart(knowledge, folder)


def test_zones_that_overlap_are_reported(folder: Path, knowledge: Knowledge) -> None:
    changed(folder, "figure_back.toml", 'calf = ["Ya", "Yb"', 'calf = ["Y0", "Yb"')
    with pytest.raises(KnowledgeError, match="both cover"):
        load_chart(knowledge, folder)


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("zones.toml", '"pain_low_back"', '"pain_low_bak"', "pain_low_back"),
        ("zones.toml", "paired = false", "paired = true", "side"),
        ("zones.toml", 'id = "groin"', 'id = "groyne"', "groin"),
        ("zones.toml", "saddle = true", "sadle = true", "not a key that belongs here"),
        ("reading.toml", "jaccard = 0.42", "jaccard = 42", "out of range"),
        ("reading.toml", "shoulder_redraw_2023", "somewhere", "not known"),
        ("figure_right.toml", '"N1-R1"', '"N1-R9"', "two corners"),
    ],
)
def test_wrong_data_are_refused_with_what_to_do(
    folder: Path, knowledge: Knowledge, file: str, old: str, new: str, said: str
) -> None:
    with pytest.raises(KnowledgeError, match=said):
        load_chart(knowledge, changed(folder, file, old, new))


def test_the_drawing_holds_no_style_that_a_strict_page_would_refuse(chart: Chart) -> None:
    svg = "".join(view_svg(chart, view) for view in VIEWS)
    assert "style=" not in svg
    assert "<style" not in svg
    assert "on" + "click" not in svg


def test_places_can_be_lit_and_named_for_a_screen_reader(chart: Chart) -> None:
    svg = view_svg(chart, "back", lit=["sit_bone_left"], label="The back")
    assert 'role="img" aria-label="The back"' in svg
    assert svg.count("figure__zone--on") == 1
