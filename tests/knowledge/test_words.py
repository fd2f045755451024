"""What a person reads is plain: short sentences, common words, no diagnosis told as a fact."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

import pytest
from reading_age import grade, syllables, words

from deepsix.knowledge import Knowledge, load_knowledge

HIGHEST_MEAN = 6.0  # US school grade; 6 is about age 11
HIGHEST_SINGLE = 8.0
# Safety reasons and page reasons hold clinical words that a rule turns on, so one may be a little harder.
HIGHEST_SINGLE_OF_KIND = {"rule reason": 9.5, "page why": 9.5}
SHORT = 8  # one hard word decides the grade of a shorter string, so only the mean holds for those
# Names of the body, of medicines and of helpers that have no shorter word count as two syllables.
UNAVOIDABLE = {
    "aspirin", "ibuprofen", "buttock", "caesarean", "calcium", "cholesterol", "emergency", "genitals", "groin",
    "haemophilia", "hernia", "infected", "infection", "infections", "injury", "injuries", "ligament", "medicine",
    "physiotherapist", "pregnancy", "psoriasis", "testicle", "testicles", "vitamin", "ciprofloxacin", "piriformis",
    "ankylosing", "spondylitis", "ulcerative", "colitis",
}  # fmt: skip

KINDS = (
    "condition name", "condition summary", "disagreement", "finding name", "finding question", "finding why",
    "finding help", "test step", "test stop", "test remark", "rule reason", "page ask", "page why", "note title",
    "note text",
)  # fmt: skip


def person_facing(knowledge: Knowledge) -> Iterator[tuple[str, str, str]]:
    """Yield kind, id and text of everything a person may read. Examination findings are for clinicians."""
    for condition in knowledge.conditions.values():
        yield "condition name", condition.id, condition.name
        yield "condition summary", condition.id, condition.summary
        for disagreement in condition.disagreements:
            yield "disagreement", f"{condition.id}/{disagreement.statement}", disagreement.text
    for finding in knowledge.findings.values():
        if finding.kind != "exam":
            yield "finding name", finding.id, finding.name
            yield "finding question", finding.id, finding.question
        yield "finding why", finding.id, finding.why
        yield "finding help", finding.id, finding.help
        yield "test stop", finding.id, finding.stop
        yield "test remark", finding.id, finding.self_done
        for step in finding.steps:
            yield "test step", finding.id, step
    for rule in knowledge.rules:
        yield "rule reason", rule.id, rule.reason
    for page in knowledge.pages:
        yield "page ask", page.id, page.ask
        yield "page why", page.id, page.why
    for note in knowledge.notes.values():
        yield "note title", note.id, note.title
        yield "note text", note.id, note.text


def fair_grade(text: str) -> float:
    """Return the grade with unavoidable words counted as if they were short ones."""
    pattern = re.compile(rf"\b({'|'.join(sorted(UNAVOIDABLE))})\b", re.IGNORECASE)
    return grade(pattern.sub("muscle", text))


@pytest.fixture(scope="module")
def texts() -> dict[str, list[tuple[str, str]]]:
    by_kind: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for kind, identity, text in person_facing(load_knowledge()):
        if text:
            by_kind[kind].append((identity, text))
    return by_kind


def too_hard(texts: Iterable[tuple[str, str]], limit: float) -> list[str]:
    return [
        f"{fair_grade(text):.1f} {identity}: {text}"
        for identity, text in texts
        if len(words(text)) > SHORT and fair_grade(text) > limit
    ]


def test_every_kind_of_text_is_measured(texts: dict[str, list[tuple[str, str]]]) -> None:
    assert set(texts) == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_of_text_reads_at_grade_6_on_average(texts: dict[str, list[tuple[str, str]]], kind: str) -> None:
    grades = [fair_grade(text) for _, text in texts[kind] if len(words(text)) >= 3]
    assert sum(grades) / len(grades) <= HIGHEST_MEAN


@pytest.mark.parametrize("kind", KINDS)
def test_no_single_text_is_much_harder(texts: dict[str, list[tuple[str, str]]], kind: str) -> None:
    assert too_hard(texts[kind], HIGHEST_SINGLE_OF_KIND.get(kind, HIGHEST_SINGLE)) == []


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"rule reason", "page why"}))
def test_nearly_every_text_reads_at_grade_6(texts: dict[str, list[tuple[str, str]]], kind: str) -> None:
    longer = [text for text in texts[kind] if len(words(text[1])) > SHORT]
    assert len(too_hard(longer, HIGHEST_MEAN)) <= 0.03 * len(longer)


def test_a_hard_text_would_be_seen() -> None:
    hard = (
        "Inflammatory degeneration of the acetabular labrum predisposes individuals to intra-articular symptomatology."
    )
    assert too_hard([("x", hard)], HIGHEST_SINGLE)


def test_nobody_is_told_that_they_have_a_disease(texts: dict[str, list[tuple[str, str]]]) -> None:
    statements = {"condition name", "condition summary", "disagreement", "rule reason", "note text", "finding why"}
    told = re.compile(r"\byou(?:'ve| have| must have|'re suffering)\b", re.IGNORECASE)
    for kind in statements:
        for identity, text in texts[kind]:
            assert not told.search(text), f"{kind} {identity}: {text}"


def test_no_words_that_frighten_or_do_not_translate(texts: dict[str, list[tuple[str, str]]]) -> None:
    unwanted = re.compile(r"wear and tear|crumbl|bone on bone|slipped out|flare|out of the blue|rule of thumb", re.I)
    for kind, pairs in texts.items():
        for identity, text in pairs:
            assert not unwanted.search(text), f"{kind} {identity}: {text}"


def test_questions_are_questions_and_sentences_end(texts: dict[str, list[tuple[str, str]]]) -> None:
    for identity, text in texts["finding question"]:
        assert text.endswith("?"), identity
    for kind in ("condition summary", "finding why", "note text", "rule reason", "test stop", "test step"):
        for identity, text in texts[kind]:
            assert text.endswith((".", "!", "?")), f"{kind} {identity}"


def test_a_condition_name_is_a_plain_phrase_and_not_its_clinical_name() -> None:
    for condition in load_knowledge().conditions.values():
        assert condition.name[0].islower() or condition.name.split()[0] in ("Paget's", "Perthes"), condition.id
        assert condition.name.lower() != condition.clinical_name.lower(), condition.id
        assert not condition.name.endswith("."), condition.id


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("hip", 1), ("buttock", 2), ("muscles", 2), ("stairs", 1), ("sciatica", 4), ("piriformis", 4),
        ("people", 2), ("area", 3), ("quiet", 2), ("walked", 1), ("tested", 2), ("changes", 2), ("bones", 1),
        ("emergency", 4), ("physiotherapist", 6), ("joint", 1), ("infection", 3), ("squeeze", 1), ("exercise", 3),
        ("someone", 2), ("thigh", 1), ("movement", 2), ("careful", 2), ("sometimes", 2), ("bruised", 1),
        ("handled", 2), ("pulled", 1), ("stretches", 2), ("whole", 1), ("serious", 3), ("fluid", 2), ("science", 2),
        ("period", 3), ("million", 2), ("hours", 1), ("ankle", 2),
    ],
)  # fmt: skip
def test_syllables_are_counted_as_they_are_said(word: str, count: int) -> None:
    assert syllables(word) == count


def test_the_grade_follows_the_published_formula() -> None:
    # 6 words, 1 sentence, 7 syllables: 0.39*6 + 11.8*7/6 - 15.59
    assert grade("The sore hip hurts at midnight.") == pytest.approx(0.39 * 6 + 11.8 * 7 / 6 - 15.59)
