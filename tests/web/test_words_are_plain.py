"""A reader of 9 to 11 can follow: school grades 4 to 6 of the Flesch-Kincaid formula, and mostly short sentences.

Grades of few sentences jump about, so the data is held by kind, and each page as a whole.
"""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient
from sample_people import EVERY_PAGE, PEOPLE, Opened, go_way
from web_person import Person
from web_reading import LONG_SENTENCE, by_kind, grade_of, reading_of, sentences_of, sentences_of_page, syllables

from deepsix.knowledge import Knowledge

# Grade 6 is a reading age of 11. What the articles claim is held to be near their words, and has harder limits.
GRADE, SHORT_SHARE, LONGEST = 6.0, 0.6, 30
LIMITS = {
    "claims": (8.5, 0.25, 45),
    # Shown on demand only, to people who want the evidence in the words of the field.
    "comments on claims": (11.5, 0.1, 45),
    "urgency": (6.0, 0.4, 30),
    "notes": (6.0, 0.55, 30),
}
# Grades of whole pages; those to learn from have the names of muscles and causes in them.
PAGE_GRADE = 6.0
PAGE_LIMITS = {"learn-claims": 8.0, "learn-condition": 7.0, "learn-muscle": 7.0, "learn-glossary": 7.0}
# For clinicians; or with so few sentences that a grade says nothing.
NOT_HELD = {"report", "examine", "my-data-record"}
FEW_SENTENCES = 6


@pytest.fixture(scope="module")
def sentences(knowledge: Knowledge) -> dict[str, list[str]]:
    return by_kind(knowledge)


KINDS = ("words.toml", "questions", "self-tests", "causes", "notes", "remedies", "what was shown", "urgency")
KINDS += ("signs to watch", "stages", "recovery", "claims", "comments on claims")


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_said_is_plain(sentences: dict[str, list[str]], kind: str) -> None:
    grade, short_share, longest = LIMITS.get(kind, (GRADE, SHORT_SHARE, LONGEST))
    reading = reading_of(sentences[kind])
    worst = "\n".join(reading.worst)
    assert reading.grade <= grade, f"{kind}: grade {reading.grade:.1f}. The hardest:\n{worst}"
    assert reading.short_share >= short_share, f"{kind}: {reading.short_share:.0%} have at most {LONG_SENTENCE} words"
    assert reading.longest <= longest, f"{kind}: a sentence of {reading.longest} words. The hardest:\n{worst}"


def test_every_kind_of_text_is_held(sentences: dict[str, list[str]]) -> None:
    assert set(sentences) == set(KINDS)


@pytest.fixture
def people(client: TestClient) -> dict[str, dict[str, str]]:
    """The cookies of people at each place of the way."""
    found: dict[str, dict[str, str]] = {"nobody": {}}
    for who in PEOPLE:
        client.cookies.clear()
        go_way(who, Person(client))
        found[who] = dict(client.cookies.items())
    return found


def open_page(client: TestClient, people: dict[str, dict[str, str]], page: Opened) -> str:
    client.cookies.clear()
    client.cookies.update(people[page.who])
    return str(client.get(page.address).text)


def test_every_page_is_plain(client: TestClient, people: dict[str, dict[str, str]]) -> None:
    hard = {}
    for page in EVERY_PAGE:
        found = sentences_of_page(open_page(client, people, page))
        if page.name in NOT_HELD or len(found) < FEW_SENTENCES:
            continue
        reading = reading_of(found)
        limit = PAGE_LIMITS.get(page.name, PAGE_GRADE)
        if reading.grade > limit:
            hard[page.address] = f"grade {reading.grade:.1f} over {limit}\n" + "\n".join(reading.worst)
    assert not hard, "\n\n".join(f"{path}: {told}" for path, told in hard.items())


def test_the_grade_is_that_of_the_formula() -> None:
    # 0.39 x 10 + 11.8 x 1.5 - 15.59
    assert grade_of(words=100, sentences=10, syllable_count=150) == pytest.approx(6.01)


BY_THE_DICTIONARY = {"hip": 1, "buttock": 2, "muscle": 2, "walked": 1, "needed": 2, "stretches": 2, "people": 2}
BY_THE_DICTIONARY |= {"exercise": 3, "usually": 4, "physiotherapist": 6, "painful": 2, "the": 1, "area": 3}


@pytest.mark.parametrize(("word", "count"), BY_THE_DICTIONARY.items())
def test_syllables_are_near_those_of_a_dictionary(word: str, count: int) -> None:
    assert abs(syllables(word) - count) <= 1


def test_labels_and_names_are_no_sentences() -> None:
    assert sentences_of("Worse on stairs") == []
    page = (
        "<main><h1>Learn</h1><p>It hurts. Rest a little now.</p><ul class='sources'><li>A hard cite.</li></ul></main>"
    )
    assert sentences_of_page(page) == ["Rest a little now."]


def test_a_hard_text_is_called_hard() -> None:
    hard = "Degenerative tendinopathy necessitates progressive mechanotransductive rehabilitation programmes."
    assert reading_of([hard]).grade > 15
    assert reading_of(["The cat sat on the mat."]).grade < 1
