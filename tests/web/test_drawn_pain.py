"""The person's drawing beside the pain maps it is like: on the result page and on the report, as a hint only."""

from __future__ import annotations

import re
from html import unescape

import pytest
from fastapi.testclient import TestClient

from deepsix.case import Case, no, yes
from deepsix.intake.chart.likeness import likeliest
from deepsix.intake.chart.loader import load_chart
from deepsix.intake.chart.painting import pain_map_on
from deepsix.intake.chart.reading import read_painting
from deepsix.knowledge import Knowledge
from deepsix.web.visit import COOKIE, Visit, new_key

BUTTOCK = {"strokes": [{"view": "back", "width_mm": 80, "points": [[305, 435]]}], "depth": "deep"}
LISTED = {"places": ["groin_left", "hip_side_left"], "worst": {"place": "groin_left"}}
NOWHERE = {"places": ["pubic"]}


def painted(knowledge: Knowledge, record: dict[str, object]) -> Case:
    danger = next(page for page in knowledge.pages if page.id == "danger")
    pain_map = pain_map_on(load_chart(knowledge), record)
    told = Case(40, "female", {**yes("worse_sitting"), **no(*danger.findings)})
    return read_painting(load_chart(knowledge), pain_map).add_to(told, pain_map)


def section(client: TestClient, case: Case, path: str, heading: str) -> str:
    """Return the part of a page under a heading, "" when it is not there."""
    client.cookies.set(COOKIE, key := new_key())
    client.app.state.site.keep(key, Visit(case, ("danger", "about-you", "words", "where")))  # type: ignore[attr-defined]
    found = re.search(
        rf'<section aria-labelledby="{heading}">.*?</section>', in_order(client.get(path).text), re.DOTALL
    )
    return found[0] if found else ""


def in_order(html: str) -> str:
    return re.sub(r'<section class="[^"]*" aria-labelledby', "<section aria-labelledby", html)


def words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


@pytest.mark.parametrize("record", [BUTTOCK, LISTED], ids=["painted", "ticked"])
def test_the_result_shows_the_drawing_beside_the_maps_it_is_like(
    client: TestClient, knowledge: Knowledge, record: dict[str, object]
) -> None:
    case = painted(knowledge, record)
    assert case.pain_map is not None
    names = [x.map.group.name for x in likeliest(knowledge, load_chart(knowledge), case.pain_map)]
    part = section(client, case, "/result", "drawing")
    text = words(part)
    assert f"looks most like pain from {names[0]}" in text
    assert all(name in text for name in names)
    assert part.count("<svg") == len(names) + 1
    assert "hint only" in text
    assert "you have" not in text.lower()


def test_each_figure_says_in_words_what_it_shows(client: TestClient, knowledge: Knowledge) -> None:
    part = section(client, painted(knowledge, BUTTOCK), "/result", "drawing")
    labels = re.findall(r'<svg[^>]* role="img" aria-label="([^"]+)"', part)
    assert len(labels) == part.count("<svg")
    assert all(": " in label for label in labels)
    assert "middle of the right buttock" in labels[0]
    clips = re.findall(r'clipPath id="([^"]+)"', part)
    assert len(set(clips)) == len(clips) == len(labels)


def test_a_drawing_like_no_map_says_so(client: TestClient, knowledge: Knowledge) -> None:
    part = section(client, painted(knowledge, NOWHERE), "/result", "drawing")
    assert "does not look like any of the pain maps" in words(part)
    assert part.count("<svg") == 1


@pytest.mark.parametrize("record", [BUTTOCK, LISTED, NOWHERE])
def test_the_report_has_the_drawing_and_its_places(
    client: TestClient, knowledge: Knowledge, record: dict[str, object]
) -> None:
    case = painted(knowledge, record)
    assert case.pain_map is not None
    part = section(client, case, "/report", "r-drawing")
    text = words(part)
    chart = load_chart(knowledge)
    meant = [place for place in read_painting(chart, case.pain_map).places if place.state == "yes"]
    assert meant
    assert all(chart.places[place.place].name in text.replace("Middle", "middle").lower() for place in meant)
    for likeness in likeliest(knowledge, chart, case.pain_map):
        assert f"{likeness.map.group.clinical_name} (×{likeness.ratio:.1f}" in text
    assert "not weighed" in text
    assert "<svg" in part
    assert ("Felt deep inside" in text) == (record is BUTTOCK)


@pytest.mark.parametrize(("path", "heading"), [("/result", "drawing"), ("/report", "r-drawing")])
def test_without_a_drawing_nothing_of_it_is_shown(
    client: TestClient, knowledge: Knowledge, path: str, heading: str
) -> None:
    case = Case(40, "female", yes("pain_buttock", "worse_sitting"))
    assert section(client, case, path, heading) == ""


def test_another_drawing_of_the_same_places_is_shown_as_it_was_drawn(client: TestClient, knowledge: Knowledge) -> None:
    wider = {**BUTTOCK, "strokes": [{"view": "back", "width_mm": 90, "points": [[305, 435]]}]}
    one, other = (section(client, painted(knowledge, record), "/result", "drawing") for record in (BUTTOCK, wider))
    paint = re.compile(r'class="body__paint"[^>]* d="([^"]+)"')
    assert paint.findall(one) != paint.findall(other)
