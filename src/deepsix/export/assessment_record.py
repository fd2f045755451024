"""An assessment as plain values for JSON: the one record that the terminal and the API give for the same case."""

from __future__ import annotations

from typing import Any

from deepsix.case import Case
from deepsix.diagnosis import wording
from deepsix.diagnosis.assessment import Contribution
from deepsix.diagnosis.culprit import culprit_parts
from deepsix.diagnosis.engine import Weighed, assessment_of
from deepsix.diagnosis.explanation import explain, what_would_change
from deepsix.diagnosis.question import next_question
from deepsix.intake.story import Story
from deepsix.knowledge.model import Knowledge


def assessment_record(knowledge: Knowledge, weighed: Weighed, story: Story | None) -> dict[str, Any]:
    """Return the assessment of a weighed case, with the notices of the story it was read from, if there was one."""
    assessment = assessment_of(knowledge, weighed)
    question = next_question(knowledge, weighed, [])
    return {
        "knowledge_version": assessment.knowledge_version,
        "setting": assessment.setting,
        "age": assessment.case.age,
        "sex": assessment.case.sex,
        "urgency": {
            "level": assessment.urgency.level.id,
            "title": wording.urgency_title(knowledge, assessment.urgency.level),
            "text": wording.urgency_text(knowledge, assessment.urgency.level, assessment.case),
            "reasons": [
                {"level": r.level.id, "text": r.text, "findings": list(r.findings), "source": r.source}
                for r in assessment.urgency.reasons
            ],
        },
        "causes": [
            {
                "condition": cause.condition,
                "name": knowledge.conditions[cause.condition].name,
                "p": cause.probability,
                "low": cause.low,
                "high": cause.high,
            }
            for cause in assessment.causes
        ],
        "none_of_these": assessment.none_of_these,
        "exact": assessment.method.exact,
        "error_bound": assessment.method.error_bound,
        "answers": {a.finding: {"state": a.state.value, "words": a.words} for a in assessment.case.answers.values()},
        "explanation": explanation_record(knowledge, weighed, assessment.causes[0].condition),
        "muscles": [
            {
                "part": suspect.part,
                "p": suspect.probability,
                "reasons": [{"evidence": r.evidence, "ratio": r.ratio, "words": r.words} for r in suspect.reasons],
            }
            for suspect in culprit_parts(knowledge, assessment)
        ],
        "changes": [wording.change_words(knowledge, change) for change in what_would_change(knowledge, weighed)],
        "next_question": {"ask": question.ask, "why": question.why, "findings": list(question.findings)}
        if question
        else None,
        "notices": [*(story.notices if story else ()), *assessment.notices],
    }


def explanation_record(knowledge: Knowledge, weighed: Weighed, condition: str) -> dict[str, Any]:
    """Return the reasons for and against one cause, and what is not known.

    Raises:
        ValueError: There is no such condition.
    """
    reasons = explain(knowledge, weighed, condition)
    return {
        "condition": condition,
        "for": [_contribution(knowledge, c, weighed.closed.case) for c in reasons.speaks_for],
        "against": [_contribution(knowledge, c, weighed.closed.case) for c in reasons.speaks_against],
        "unknown": [
            {"finding": u.finding, "log_odds_if_yes": u.log_odds_if_yes, "log_odds_if_no": u.log_odds_if_no}
            for u in reasons.unknown
        ],
    }


def _contribution(knowledge: Knowledge, contribution: Contribution, case: Case) -> dict[str, Any]:
    return {
        "finding": contribution.finding,
        "words": wording.finding_words(knowledge, contribution.finding, case),
        "log_odds": contribution.log_odds,
        "source": contribution.source,
        "cite": wording.source_words(knowledge, contribution.source),
        "population": contribution.population,
        "reason": contribution.reason,
    }
