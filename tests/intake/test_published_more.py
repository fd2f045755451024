"""The further published cases hold together: every id exists, every case has a source, a cause and a story."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from deepsix.study.cases import SHIPPED_CASES, read_cases

CASES = Path(__file__).parents[1] / "cases" / "published_more.jsonl"
RECORDS = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]


def test_every_finding_and_condition_of_the_cases_exists(knowledge):
    found = read_cases(CASES, knowledge)
    assert found.notices == ()
    assert len(found.cases) == len(RECORDS)


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record["id"])
def test_a_case_names_its_source_its_cause_and_its_urgency(record):
    assert record["source"]["title"]
    assert record["source"]["url"].startswith("http")
    assert record["truth"]
    assert record["urgency"]
    assert not set(record["truth"]) & set(record["acceptable"])
    assert len(record["narrative"].split()) >= 30


def test_no_case_is_told_twice_or_shipped_already():
    shipped = [json.loads(line) for line in SHIPPED_CASES.read_text(encoding="utf-8").splitlines()]
    known = {record["source"]["url"] for record in shipped} | {record["source"]["doi_or_pmid"] for record in shipped}
    assert len({record["id"] for record in RECORDS}) == len(RECORDS)
    assert len({record["narrative"] for record in RECORDS}) == len(RECORDS)
    for record in RECORDS:
        assert record["source"]["url"] not in known
        assert record["source"]["doi_or_pmid"] is None or record["source"]["doi_or_pmid"] not in known
