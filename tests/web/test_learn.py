"""Pages to learn from: every condition, muscle and claim has one, and search finds it by any of its names."""

from __future__ import annotations

import html
import re

import pytest
from web_person import Person

from deepsix.hip.anatomy import load_anatomy
from deepsix.hip.stretch import rank_stretches
from deepsix.knowledge.model import STATEMENT_IDS, Knowledge
from deepsix.web.presenting.learn_claims import claims
from deepsix.web.presenting.learn_condition import condition_view
from deepsix.web.presenting.learn_index import search
from deepsix.web.presenting.learn_muscle import muscle_view
from deepsix.web.presenting.learn_words import glossary


def read(person: Person, path: str) -> str:
    """The words of a page, without its marks."""
    answer = person.open(path)
    assert answer.status_code == 200, path
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


def test_every_condition_has_a_page_with_its_names_and_sources(person: Person, knowledge: Knowledge) -> None:
    for condition in knowledge.conditions.values():
        words = read(person, f"/learn/conditions/{condition.id}")
        for needed in (condition.clinical_name, condition.icd10cm, condition.summary, "How common it is"):
            assert needed in words, condition.id
        view = condition_view(knowledge, condition.id)
        assert all(source.cite in words for source in view.sources)


def test_every_muscle_has_a_page_and_a_drawing(person: Person) -> None:
    for muscle, facts in load_anatomy().items():
        words = read(person, f"/learn/muscles/{muscle}")
        assert facts.origin[1:] in words
        assert 'class="body__muscle' in person.page.text


def test_a_page_that_is_not_there_says_so(person: Person) -> None:
    for path in ("/learn/conditions/nonsense", "/learn/muscles/nonsense", "/learn/nonsense"):
        assert person.open(path).status_code == 404


@pytest.mark.parametrize(
    ("query", "address"),
    [
        ("piriformis syndrome", "/learn/conditions/piriformis_syndrome"),
        ("Coxarthrosis", "/learn/conditions/hip_osteoarthritis"),
        ("deep gluteal", "/learn/conditions/deep_gluteal_syndrome"),
        ("M70.88", "/learn/conditions/deep_rotator_overload"),
        ("TFL", "/learn/muscles/tensor_fasciae_latae"),
        ("bursa", "/learn/glossary#bursa"),
    ],
)
def test_search_finds_by_lay_name_other_name_code_or_word(knowledge: Knowledge, query: str, address: str) -> None:
    assert address in [entry.address for entry in search(knowledge, query)][:6]


def test_every_name_of_every_condition_finds_it(knowledge: Knowledge) -> None:
    for condition in knowledge.conditions.values():
        for name in (condition.name, condition.clinical_name, *condition.synonyms):
            found = [entry.address for entry in search(knowledge, name)]
            assert f"/learn/conditions/{condition.id}" in found, name


@pytest.mark.parametrize("query", ["", "   ", "zzzz", "<script>alert(1)</script>", "%", "'; --"])
def test_search_for_nothing_or_nonsense_is_harmless(person: Person, query: str) -> None:
    answer = person.client.get("/learn", params={"q": query})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text


def test_a_search_longer_than_any_name_is_turned_away(person: Person) -> None:
    assert person.client.get("/learn", params={"q": "x" * 300}).status_code == 400


def test_search_keeps_what_was_typed(person: Person) -> None:
    assert 'value="gout &#34;attack&#34;"' in person.client.get("/learn", params={"q": 'gout "attack"'}).text


def test_every_statement_of_the_articles_is_on_the_page_of_claims(person: Person, knowledge: Knowledge) -> None:
    words = read(person, "/learn/claims")
    for identity in STATEMENT_IDS:
        statement = knowledge.statements[identity]
        assert f'id="{identity}"' in person.page.text
        assert statement.text in words
        assert statement.comment in words


def test_a_claim_stands_as_its_sources_do(knowledge: Knowledge) -> None:
    standing = {claim.id: claim.standing for claim in claims(knowledge)}
    assert standing["A6"] == "mixed"  # parvaresh_2019 speaks on both sides
    assert standing["A22"] == "opposed"
    assert standing["B21"] == "article_only"
    assert standing["A2"] == "supported"


def test_claims_can_be_narrowed_and_nonsense_shows_all(person: Person) -> None:
    some = re.findall(r'<article [^>]*claim--(\w+)"', person.open("/learn/claims?show=mixed").text)
    assert set(some) == {"mixed"}
    assert len(re.findall("<article ", person.open("/learn/claims?show=nonsense").text)) == len(STATEMENT_IDS)


def test_links_between_the_pages_lead_somewhere(person: Person) -> None:
    targets: set[str] = set()
    for path in ("/learn", "/learn/claims", "/learn/conditions/deep_rotator_overload", "/learn/muscles/piriformis"):
        targets |= set(re.findall(r'href="(/learn[^"]*)"', person.open(path).text))
    assert len(targets) > 40
    for target in sorted(targets):
        path, _, anchor = target.partition("#")
        answer = person.open(path)
        assert answer.status_code == 200, target
        assert not anchor or f'id="{anchor}"' in answer.text, target


def test_the_stretches_of_a_muscle_are_in_the_order_that_is_computed(knowledge: Knowledge) -> None:
    shares = [row.share for row in muscle_view(knowledge, "piriformis").parts[0].stretched]
    computed = sorted((effect.comfort_share for effect in rank_stretches("piriformis")), reverse=True)
    assert shares == pytest.approx(computed[: len(shares)])


def test_piriformis_turns_the_leg_out_straight_and_in_when_bent(knowledge: Knowledge) -> None:
    standing, bent = (actions for _, actions in muscle_view(knowledge, "piriformis").parts[0].does)
    assert "Turns the leg out" in [action.does for action in standing]
    assert "Turns the leg in" in [action.does for action in bent]


def test_what_hurts_in_a_place_is_drawn_there(knowledge: Knowledge) -> None:
    views = {figure.view: figure.shows for figure in condition_view(knowledge, "coccydynia").figures}
    assert "tailbone" in views["back"]
    groin = condition_view(knowledge, "adductor_strain").figures
    assert groin[0].view == "front"


def test_every_word_explained_is_short_and_its_own(knowledge: Knowledge) -> None:
    names = [term.name for term in glossary()]
    assert len(set(names)) == len(names)
    assert all(len(term.text.split()) <= 40 for term in glossary())
