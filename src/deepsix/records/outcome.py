"""An assessment as plain values: what is kept of it, and how two of them compare.

{"urgency": {"level", "reasons": [{"level", "text", "findings", "source"}]},
 "causes": [{"condition", "p", "low", "high"}],          every condition, the likeliest first
 "none_of_these", "exact", "error_bound", "notices": [],
 "reasons": {condition: [{"finding", "log_odds", "source", "population", "reason"}]}}   of the first few causes
"""

from __future__ import annotations

from typing import Any

from deepsix.diagnosis.engine import Weighed, assessment_of
from deepsix.diagnosis.explanation import explain
from deepsix.knowledge.model import Knowledge
from deepsix.records.values import Outcome

REASONS_FOR = 5  # causes whose reasons are kept, as many as are shown
# Sums of some 1e5 products differ by about 1e-12 between processors; what is shown has whole percents.
SAME_WITHIN = 1e-9


def outcome_of(knowledge: Knowledge, weighed: Weighed) -> dict[str, Any]:
    """Return the assessment of a weighed case, with the reasons for its first causes, as plain values."""
    assessment = assessment_of(knowledge, weighed)
    return {
        "urgency": {
            "level": assessment.urgency.level.id,
            "reasons": [
                {"level": r.level.id, "text": r.text, "findings": list(r.findings), "source": r.source}
                for r in assessment.urgency.reasons
            ],
        },
        "causes": [
            {"condition": c.condition, "p": c.probability, "low": c.low, "high": c.high} for c in assessment.causes
        ],
        "none_of_these": assessment.none_of_these,
        "exact": assessment.method.exact,
        "error_bound": assessment.method.error_bound,
        "notices": list(assessment.notices),
        "reasons": {c.condition: _reasons(knowledge, weighed, c.condition) for c in assessment.causes[:REASONS_FOR]},
    }


def _reasons(knowledge: Knowledge, weighed: Weighed, condition: str) -> list[dict[str, Any]]:
    why = explain(knowledge, weighed, condition)
    return [
        {
            "finding": c.finding,
            "log_odds": c.log_odds,
            "source": c.source,
            "population": c.population,
            "reason": c.reason,
        }
        for c in (*why.speaks_for, *why.speaks_against)
    ]


def probabilities(outcome: Outcome) -> dict[str, float]:
    """Return the probability of each condition of an outcome."""
    return {cause["condition"]: float(cause["p"]) for cause in outcome["causes"]}


def are_same(one: Outcome, other: Outcome) -> bool:
    """Return whether two outcomes agree: the urgency, the conditions, and every figure within `SAME_WITHIN`."""
    if one["urgency"]["level"] != other["urgency"]["level"]:
        return False
    figures, others = _figures(one), _figures(other)
    return figures.keys() == others.keys() and all(abs(v - others[k]) <= SAME_WITHIN for k, v in figures.items())


def _figures(outcome: Outcome) -> dict[tuple[str, str], float]:
    figures = {(c["condition"], key): float(c[key]) for c in outcome["causes"] for key in ("p", "low", "high")}
    return {**figures, ("", "none_of_these"): float(outcome["none_of_these"])}
