"""Results in plain words. The words themselves are in `knowledge/data/words.toml`."""

from __future__ import annotations

from deepsix.case import Case, State
from deepsix.diagnosis.assessment import Assessment, Contribution
from deepsix.diagnosis.explanation import Change
from deepsix.knowledge.model import ESTIMATE, Knowledge, Urgency

_STRONG, _CLEAR = 1.5, 0.6  # log-odds: about 4.5 times and 1.8 times


def chance(knowledge: Knowledge, p: float) -> str:
    """Return a probability as a number of people, such as "about 3 in 10".

    Below 1 in 20 out of 100, above 19 in 20 "nearly certain"; in between out of 10 or 20, whichever is nearer.
    """
    words = knowledge.words
    if p >= 0.975:
        return words["chance.nearly_certain"]
    if p < 0.01:
        return words["chance.less"]
    n, of = _nearest_fraction(p)
    return words["chance.about"].format(n=n, of=of)


def _nearest_fraction(p: float) -> tuple[int, int]:
    if p < 0.075:
        return max(1, round(p * 100)), 100
    tenths = round(p * 10)
    if abs(p - tenths / 10) <= 0.03 and 0 < tenths < 10:
        return tenths, 10
    return min(max(round(p * 20), 1), 19), 20


def chance_range(knowledge: Knowledge, low: float, high: float) -> str:
    """Return an interval as percentages, such as "between 12% and 40%"."""
    return knowledge.words["chance.range"].format(low=f"{100 * low:.0f}%", high=f"{100 * high:.0f}%")


def urgency_title(knowledge: Knowledge, level: Urgency) -> str:
    return knowledge.words[f"urgency_{level.id}.title"]


def urgency_text(knowledge: Knowledge, level: Urgency, case: Case) -> str:
    """Return what to do; for a child the words go to the parent."""
    return knowledge.words[f"urgency_{level.id}.{'child' if case.is_child else 'do'}"]


def strength(knowledge: Knowledge, log_odds: float) -> str:
    """Return how strongly an answer speaks for or against a cause."""
    side = "for" if log_odds > 0 else "against"
    size = abs(log_odds)
    prefix = "strong_" if size >= _STRONG else "" if size >= _CLEAR else "slight_"
    return knowledge.words[f"strength.{prefix}{side}"]


def finding_words(knowledge: Knowledge, finding: str, case: Case) -> str:
    """Return a finding as the person answered it: "numb leg", "no numb leg", or the age or sex given."""
    if finding == "age":
        return f"age {case.age}"
    if finding == "sex":
        return str(case.sex)
    name = knowledge.findings[finding].name
    return name if case.state(finding) is not State.NO else f"not: {name}"


def source_words(knowledge: Knowledge, source: str) -> str:
    """Return a source as it is cited, or "our estimate"."""
    if source == ESTIMATE:
        return "our estimate"
    entry = knowledge.sources.get(source)
    return f"{entry.cite} ({entry.where})" if entry and entry.where else entry.cite if entry else source


def reason_words(knowledge: Knowledge, contribution: Contribution, case: Case) -> str:
    """Return one reason: what, how strongly, and the likelihood ratio it amounts to."""
    what = finding_words(knowledge, contribution.finding, case)
    ratio = 2.718281828459045**contribution.log_odds
    size = f"x{ratio:.1f}" if ratio >= 1 else f"/{1 / ratio:.1f}"
    return f"{what} ({strength(knowledge, contribution.log_odds)}, {size})"


def change_words(knowledge: Knowledge, change: Change) -> str:
    """Return what an answer not yet given would change."""
    said = "yes" if change.answer is State.YES else "no"
    finding = knowledge.findings[change.finding].name
    if change.urgency is not None:
        urgency = urgency_title(knowledge, change.urgency)
        return knowledge.words[f"change.{said}_urgency"].format(
            finding=finding, urgency=urgency[0].lower() + urgency[1:]
        )
    cause = (
        knowledge.conditions[change.first_cause].name
        if change.first_cause in knowledge.conditions
        else "something else"
    )
    return knowledge.words[f"change.{said}_cause"].format(finding=finding, cause=cause)


def lead_words(knowledge: Knowledge, assessment: Assessment) -> str:
    """Return the sentence that sums up the ranking."""
    first = assessment.causes[0]
    if first.probability < knowledge.settings["least_to_name"]:
        return knowledge.words["result.cannot_tell"]
    name = knowledge.conditions[first.condition].name
    return knowledge.words["result.lead"].format(
        name=name[0].upper() + name[1:], chance=chance(knowledge, first.probability)
    )
