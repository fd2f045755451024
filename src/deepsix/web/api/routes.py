"""The addresses of the API. Each reads what was sent, calls the core, and gives back its record."""

from __future__ import annotations

from importlib.metadata import version
from typing import Annotated, Any

from fastapi import APIRouter

from deepsix.diagnosis.engine import assessment_of
from deepsix.diagnosis.question import next_question
from deepsix.export.assessment_record import assessment_record, explanation_record
from deepsix.knowledge.care import STAGES
from deepsix.plan.building import build_plan
from deepsix.plan.record import plan_record
from deepsix.web.api.sent import (
    SentCase,
    SentForExplanation,
    SentForPlan,
    SentForQuestion,
    known_condition,
    refused,
    sent_as,
    told,
)
from deepsix.web.visiting import ASite

router = APIRouter(prefix="/api/v1")


@router.post("/assess")
def assess(site: ASite, sent: Annotated[SentCase, sent_as(SentCase)]) -> dict[str, Any]:
    """Give the assessment of a case, the same record as `deepsix assess --json`."""
    case, story = told(site.knowledge, sent)
    return assessment_record(site.knowledge, site.weigh(case, sent.setting), story)


@router.post("/explain")
def explain(site: ASite, sent: Annotated[SentForExplanation, sent_as(SentForExplanation)]) -> dict[str, Any]:
    """Give the reasons for and against one condition, the same record as `deepsix explain --json`."""
    knowledge = site.knowledge
    chosen = known_condition(knowledge, sent.condition) if sent.condition is not None else None
    weighed = site.weigh(told(knowledge, sent)[0], sent.setting)
    return explanation_record(knowledge, weighed, chosen or assessment_of(knowledge, weighed).causes[0].condition)


@router.post("/question")
def question(site: ASite, sent: Annotated[SentForQuestion, sent_as(SentForQuestion)]) -> dict[str, Any]:
    """Give the next question, None when nothing left is worth asking. Nothing is remembered: send `asked` along."""
    knowledge = site.knowledge
    weighed = site.weigh(told(knowledge, sent)[0], sent.setting)
    found = next_question(knowledge, weighed, sent.asked, examiner=sent.examiner)
    if found is None:
        return {"question": None}
    findings = [{"id": name, "name": knowledge.findings[name].name} for name in found.findings]
    return {
        "question": {
            "id": found.id,
            "kind": found.kind,
            "ask": found.ask,
            "why": found.why,
            "findings": findings,
            "gain": found.gain,
        }
    }


@router.post("/plan")
def plan(site: ASite, sent: Annotated[SentForPlan, sent_as(SentForPlan)]) -> dict[str, Any]:
    """Give the plan for a case, the same record as `deepsix plan --json`."""
    knowledge = site.knowledge
    items = [name for name, _ in knowledge.care.items]
    if unknown := [name for name in sent.kit or () if name not in items]:
        raise refused("kit", f"We do not know {', '.join(unknown)}. Choose from: {', '.join(items)}.")
    if sent.stage is not None and sent.stage not in STAGES:
        raise refused("stage", f"There is no stage {sent.stage!r}. Choose one of: {', '.join(STAGES)}.")
    assessment = assessment_of(knowledge, site.weigh(told(knowledge, sent)[0], sent.setting))
    day = sent.day or site.clock().astimezone().date()
    return plan_record(knowledge, build_plan(knowledge, assessment, sent.kit, day, sent.stage))


@router.get("/conditions")
def conditions(site: ASite) -> dict[str, Any]:
    """List what may be the cause."""
    return {
        "conditions": [
            {
                "id": entry.id,
                "name": entry.name,
                "clinical_name": entry.clinical_name,
                "icd10cm": entry.icd10cm,
                "family": entry.family,
                "urgency": entry.urgency.id,
                "summary": entry.summary,
            }
            for entry in site.knowledge.conditions.values()
        ]
    }


@router.get("/findings")
def findings(site: ASite) -> dict[str, Any]:
    """List what can be answered or found."""
    return {
        "findings": [
            {
                "id": entry.id,
                "kind": entry.kind,
                "group": entry.group,
                "name": entry.name,
                "question": entry.question,
                "danger": entry.danger.id if entry.danger is not None else None,
            }
            for entry in site.knowledge.findings.values()
        ]
    }


@router.get("/health")
def health(site: ASite) -> dict[str, Any]:
    """Say that it runs, and which versions."""
    return {"ok": True, "version": version("deepsix"), "knowledge_version": site.knowledge.version}
