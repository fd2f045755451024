"""Every number says where it came from, and every source can be looked up."""

from __future__ import annotations

import csv
import re

import pytest

from deepsix.knowledge import Knowledge, load_knowledge
from deepsix.knowledge.loader import DATA_FOLDER
from deepsix.knowledge.model import ESTIMATE

_SHAPES = {
    "doi": r"10\.\d{4,9}/\S+",
    "pmid": r"\d{5,8}",
    "pmc": r"PMC\d{5,8}",
    "url": r"https?://[^\s/]+\.[a-z]{2,}(/\S*)?",
    "ref": r"\S.*",
}
# Summaries written by a program are not sources, whatever they quote.
_NOT_SOURCES = ("droracle", "chatgpt", "openevidence", "perplexity")


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge()


def used_keys(knowledge: Knowledge) -> set[str]:
    used: set[str] = set()
    for condition in knowledge.conditions.values():
        prior = condition.prior
        used |= {prior.source, prior.age_source, prior.sex_source}
        used |= {part.source for part in (*condition.links, *condition.risks, *condition.disagreements)}
    used |= {part.source for part in (*knowledge.rules, *knowledge.arrows, *knowledge.pairs)}
    for statement in knowledge.statements.values():
        used |= {*statement.supporting, *statement.opposing}
    for note in knowledge.notes.values():
        used |= set(note.sources)
    return used - {ESTIMATE, ""}


def test_every_key_that_is_used_exists(knowledge: Knowledge) -> None:
    assert used_keys(knowledge) <= set(knowledge.sources)


def test_every_row_of_every_table_has_a_source(knowledge: Knowledge) -> None:
    for path in DATA_FOLDER.glob("evidence/*.csv"):
        with path.open(encoding="utf-8", newline="") as handle:
            for row in csv.DictReader(handle):
                assert row["source"] in knowledge.sources, f"{path.name}: {row}"


def test_every_source_has_a_cite(knowledge: Knowledge) -> None:
    for source in knowledge.sources.values():
        assert len(source.cite.strip()) > 5, source.key


def test_identifiers_look_like_what_they_claim_to_be(knowledge: Knowledge) -> None:
    for source in knowledge.sources.values():
        for place in filter(None, source.where.split("; ")):
            kind, _, value = place.partition(":")
            assert re.fullmatch(_SHAPES[kind], value), f"{source.key}: {place}"


def test_a_malformed_doi_would_be_seen() -> None:
    for wrong in ("doi.org/10.1000/x", "10.1000", "10.1/x", "10.1000/ x"):
        assert not re.fullmatch(_SHAPES["doi"], wrong)


def test_no_source_is_a_summary_written_by_a_program(knowledge: Knowledge) -> None:
    for source in knowledge.sources.values():
        assert not any(name in (source.cite + source.where).lower() for name in _NOT_SOURCES), source.key


def test_no_two_keys_name_the_same_work(knowledge: Knowledge) -> None:
    # Quoting one work from another is no duplicate: the second key says who is quoted.
    quoted = {"strong_davila_1957", "isu_2018"}
    seen: dict[str, str] = {}
    for source in knowledge.sources.values():
        for place in filter(None, source.where.lower().split("; ")):
            if source.key not in quoted:
                assert place not in seen, f"{source.key} and {seen.get(place)} both name {place}"
                seen[place] = source.key


def test_what_we_read_of_a_source_is_one_of_a_few_words(knowledge: Knowledge) -> None:
    assert {source.read for source in knowledge.sources.values()} <= {"", "abstract", "page", "secondary"}


def test_an_estimate_always_gives_its_reason(knowledge: Knowledge) -> None:
    for condition in knowledge.conditions.values():
        for part in (*condition.links, *condition.risks):
            assert len(part.reason.split()) >= 2, f"{condition.id}: {part.finding}"
