"""The page of the hip: complete without scripts, and safe to embed."""

from __future__ import annotations

import gzip
import json
import re
from xml.etree import ElementTree

import pytest

from deepsix.hip.localiser import localise
from deepsix.hip.paths import load_part_names
from deepsix.hip.scene import load_shapes, scene
from deepsix.web.assets import BUILT, load_assets
from deepsix.web.presenting.hip import does_words, hip_view, hip_words, stretch_words
from deepsix.web.rendering import make_templates

EVERY_PART = set(load_part_names())


@pytest.fixture(scope="module")
def suspects():
    return localise({"sitting": True, "driving": True}, ["pain_buttock_deep_centre"])[:3]


def rendered(knowledge, view) -> str:
    assets = load_assets()
    template = make_templates().get_template("parts/hip3d.html")
    return template.render(hip=view, asset=assets.address, words=knowledge.words)


def test_every_muscle_is_in_the_list_with_how_stretched_it_is(person):
    page = person.open("/hip").text
    assert set(re.findall(r'data-part="(\w+)"', page)) == EVERY_PART
    assert set(re.findall(r'data-stretch-of="(\w+)">as long as when you stand<', page)) == EVERY_PART


def test_every_muscle_is_in_a_flat_drawing(person):
    page = person.open("/hip").text
    drawings = re.findall(r'<svg class="flat-hip".*?</svg>', page, flags=re.S)
    assert {part for d in drawings for part in re.findall(r'data-flat="(\w+)"', d)} == EVERY_PART
    for drawing in drawings:
        title = ElementTree.fromstring(drawing).find("title")
        assert title is not None
        assert title.text
        assert drawing.count("flat-hip__bone") >= 3


def test_another_posture_changes_words_and_drawing_without_scripts(person):
    standing = person.open("/hip").text
    sitting = person.open("/hip?posture=sitting_upright").text
    told = dict(re.findall(r'data-stretch-of="(\w+)">([^<]+)<', sitting))
    assert told["gluteus_maximus_inferior"] in {
        "well stretched",
        "as long as is comfortable",
        "longer than is comfortable",
    }
    assert told["psoas"] == "shorter than when you stand"
    path = r'data-flat="gluteus_maximus_inferior" d="([^"]+)"'
    assert re.findall(path, standing) != re.findall(path, sitting)


def test_an_unknown_posture_is_standing(person):
    answer = person.open("/hip?posture=<script>alert(1)</script>")
    assert answer.status_code == 200
    assert "alert(1)" not in answer.text


def test_the_left_hip_is_the_mirror_image(person):
    assert 'transform="matrix(-1 0 0 1' in person.open("/hip?side=left").text
    assert 'transform="matrix(-1 0 0 1' not in person.open("/hip").text


def test_nothing_runs_or_is_styled_inline(person):
    page = person.open("/hip").text
    scripts = re.findall(r"<script([^>]*)>", page)
    assert all("src=" in told or 'type="application/json"' in told for told in scripts)
    assert not re.search(r"<style|\sstyle=|\son\w+=", page)


def test_the_page_stays_light(person):
    assert len(gzip.compress(person.open("/hip").content)) < 45_000


def test_the_scene_is_sent_to_be_kept(person):
    address = re.search(r'data-scene="([^"]+)"', person.open("/hip").text)
    assert address
    answer = person.open(address[1])
    assert answer.json() == json.loads(json.dumps(scene()))
    assert "immutable" in answer.headers["cache-control"]


def test_the_script_is_about_150_kilobytes():
    script = (BUILT / load_assets().names["hip3d.js"]).read_bytes()
    assert len(gzip.compress(script, 9)) < 155_000


def test_the_likeliest_muscle_leads_the_list_with_its_chance_and_reasons(knowledge, suspects):
    view = hip_view(knowledge, load_assets(), suspects)
    page = rendered(knowledge, view)
    assert [row.id for row in view.culprits] == [s.part for s in suspects]
    first = re.findall(r'data-part="(\w+)"', page)[0]
    assert first == suspects[0].part
    assert view.culprits[0].chance.capitalize() in page
    assert view.culprits[0].why
    assert page.count(f'data-part="{first}"') == 1
    assert "flat-hip__muscle--marked" in page


def test_the_options_tell_the_script_the_probabilities(knowledge, suspects):
    page = rendered(knowledge, hip_view(knowledge, load_assets(), suspects, side="left"))
    options = json.loads(re.findall(r'<script type="application/json">(.*?)</script>', page, flags=re.S)[0])
    assert options["culprits"] == {s.part: s.probability for s in suspects}
    assert options["side"] == "left"
    assert len(options["peel_words"]) == len(scene()["layers"]) + 1


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (-1.0, "shorter"),
        (0.0, "as long as when you stand"),
        (0.3, "a little"),
        (0.7, "well"),
        (1.0, "as long as is comfortable"),
    ],
)
def test_stretch_is_told_in_words(share, words):
    assert words in stretch_words(share, fibre=1.0, too_far_from=1.4)


def test_too_far_is_said_whatever_the_share():
    assert stretch_words(0.0, fibre=1.5, too_far_from=1.4) == hip_words()["stretch"]["too_far"]


def test_only_settled_actions_are_told():
    assert does_words("psoas").startswith("lifts the knee to the front")
    assert "out to the side" in does_words("gluteus_medius_middle")
    assert all(does_words(part) == does_words(part).lower() for part in load_shapes())
