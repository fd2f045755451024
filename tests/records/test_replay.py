"""A saved assessment comes out the same again, or it is said what changed it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from deepsix.case import Answer, Case, State, no, yes
from deepsix.diagnosis.engine import weigh
from deepsix.knowledge import Knowledge
from deepsix.knowledge.model import Urgency
from deepsix.records.errors import NoSuchRecordError
from deepsix.records.outcome import are_same, outcome_of
from deepsix.records.replaying import Verdict, replay
from deepsix.records.store import Records

CASE = Case(
    age=52, sex="female", answers={**yes("pain_hip_side", "worse_lying_on_side", "worse_stairs_up"), **no("pain_groin")}
)


def saved(records: Records, knowledge: Knowledge, case: Case = CASE, setting: str = "community") -> int:
    outcome = outcome_of(knowledge, weigh(knowledge, case, setting))  # type: ignore[arg-type]
    return records.save_assessment(
        case, outcome, knowledge_version=knowledge.version, program_version="1.0", setting=setting
    )


@pytest.fixture
def newer_knowledge(knowledge: Knowledge) -> Knowledge:
    """A knowledge base in which gluteal tendinopathy has become a tenth as common, and needs care soon."""
    condition = knowledge.conditions["gluteal_tendinopathy"]
    rarer = replace(condition.prior.community, value=condition.prior.community.value / 10, low=0.0001)
    changed = replace(condition, prior=replace(condition.prior, community=rarer), urgency=Urgency.CLINICIAN_SOON)
    return replace(knowledge, version="newer", conditions={**knowledge.conditions, condition.id: changed})


def test_the_same_knowledge_gives_the_same_result(file_records: Records, knowledge: Knowledge):
    again = replay(file_records, knowledge, saved(file_records, knowledge), "1.0")
    assert again.verdict is Verdict.SAME
    assert are_same(again.outcome, again.saved.outcome)
    assert again.causes == ()


def test_the_setting_it_was_made_in_is_used_again(file_records: Records, knowledge: Knowledge):
    assert replay(file_records, knowledge, saved(file_records, knowledge, setting="clinic"), "1.0").verdict == "same"


def test_a_newer_knowledge_base_is_named_with_what_it_changes(
    file_records: Records, knowledge: Knowledge, newer_knowledge: Knowledge
):
    again = replay(file_records, newer_knowledge, saved(file_records, knowledge), "1.0")
    assert again.verdict is Verdict.CHANGED_BY_KNOWLEDGE
    assert (again.saved.knowledge_version, again.knowledge_version) == (knowledge.version, "newer")
    first = again.causes[0]
    assert first.condition == "gluteal_tendinopathy"
    assert first.before is not None
    assert first.after is not None
    assert first.after < first.before


def test_a_newer_program_with_the_same_result_is_the_same(file_records: Records, knowledge: Knowledge):
    assert replay(file_records, knowledge, saved(file_records, knowledge), "2.0").verdict is Verdict.SAME


def test_a_change_is_laid_to_whatever_changed_version(
    file_records: Records, knowledge: Knowledge, newer_knowledge: Knowledge
):
    number = saved(file_records, knowledge)
    assert replay(file_records, newer_knowledge, number, "2.0").verdict is Verdict.CHANGED_BY_BOTH
    silently = replace(newer_knowledge, version=knowledge.version)
    assert replay(file_records, silently, number, "2.0").verdict is Verdict.CHANGED_BY_PROGRAM
    assert replay(file_records, silently, number, "1.0").verdict is Verdict.CHANGED_UNEXPLAINED


def test_a_finding_that_is_no_longer_known_is_left_out_and_named(file_records: Records, knowledge: Knowledge):
    case = CASE.with_answers(Answer("worse_on_the_moon", State.YES))
    outcome = outcome_of(knowledge, weigh(knowledge, CASE))
    versions = {"knowledge_version": "old", "program_version": "1.0", "setting": "community"}
    again = replay(file_records, knowledge, file_records.save_assessment(case, outcome, **versions), "1.0")
    assert again.dropped == ("worse_on_the_moon",)


def test_reasons_are_kept_with_their_sources(file_records: Records, knowledge: Knowledge):
    outcome = file_records.assessment(saved(file_records, knowledge)).outcome
    reasons = outcome["reasons"][outcome["causes"][0]["condition"]]
    assert {"finding", "log_odds", "source", "population", "reason"} == set(reasons[0])
    assert len(outcome["causes"]) == len(knowledge.conditions)


def test_a_number_that_is_not_there_is_told(file_records: Records, knowledge: Knowledge):
    with pytest.raises(NoSuchRecordError, match="no assessment 5"):
        replay(file_records, knowledge, 5, "1.0")
