"""What a plan needs of an assessment: the likely causes, how probable a group of them is, which signs are there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from deepsix.case import Case, State
from deepsix.diagnosis.assessment import Assessment
from deepsix.diagnosis.engine import Weighed, urgency_of
from deepsix.knowledge.model import Knowledge, Urgency


@dataclass(frozen=True)
class Situation:
    """One person's case as far as care depends on it. `probability` is in order, the likeliest cause first."""

    knowledge: Knowledge
    case: Case
    urgency: Urgency
    probability: Mapping[str, float]
    likely: tuple[str, ...]

    @property
    def leading(self) -> str:
        """The likeliest cause, however unlikely."""
        return next(iter(self.probability))

    def is_there(self, finding: str) -> bool:
        """Return whether a finding counts as there: a yes, and for a sign of danger "unsure" as well."""
        state = self.case.state(finding)
        return state is State.YES or (state is State.UNSURE and self.knowledge.findings[finding].danger is not None)

    def there(self, findings: Iterable[str]) -> tuple[str, ...]:
        """Return those of the findings that are there."""
        return tuple(finding for finding in findings if self.is_there(finding))

    def total(self, conditions: Iterable[str]) -> float:
        """Return the sum of the probabilities: at least the chance that any of them is at work, so on the safe side."""
        return sum(self.probability.get(condition, 0.0) for condition in conditions)

    def age_within(self, first: int, last: int, oldest: int = 120) -> bool:
        """Return whether the age fits. A limit on age never fits someone whose age is not known."""
        if first <= 0 and last >= oldest:
            return True
        return self.case.age is not None and first <= self.case.age <= last


def situation_of(knowledge: Knowledge, assessment: Assessment) -> Situation:
    """Return the situation of an assessed case."""
    probability = {cause.condition: cause.probability for cause in assessment.causes}
    return _situation(knowledge, assessment.case, assessment.urgency.level, probability)


def situation_weighed(knowledge: Knowledge, weighed: Weighed) -> Situation:
    """Return the situation of a case that has been weighed. Same as when it is assessed, without its intervals."""
    probability = {name: float(weighed.marginal[row]) for name, row in weighed.ranking}
    return _situation(knowledge, weighed.closed.case, urgency_of(knowledge, weighed).level, probability)


def _situation(knowledge: Knowledge, case: Case, urgency: Urgency, probability: Mapping[str, float]) -> Situation:
    care = knowledge.care
    likely = [name for name, value in probability.items() if value >= care.setting("likely")]
    return Situation(knowledge, case, urgency, probability, tuple(likely[: int(care.setting("most_causes"))]))
