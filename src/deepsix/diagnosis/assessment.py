"""The answer to one case: ranked causes with intervals, urgency, and the numbers behind each. Frozen values only."""

from __future__ import annotations

from dataclasses import dataclass

from deepsix.case import Case, Setting
from deepsix.diagnosis.urgency import UrgencyAdvice


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one answer did to one cause: the change of its log-odds, natural logarithm, and where that comes from."""

    finding: str
    log_odds: float
    source: str
    population: str
    reason: str


@dataclass(frozen=True, slots=True)
class RankedCause:
    """A cause with its probability and central 95% interval."""

    condition: str
    probability: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Method:
    """How the probabilities were summed. `error_bound` is the most any of them can be off (0 when exact)."""

    exact: bool
    error_bound: float


@dataclass(frozen=True, slots=True)
class Assessment:
    """The result for one case.

    `causes` holds every condition, the most probable first. `none_of_these` is the probability that no listed
    cause is at work. `case` is the closed case: the answers with all they imply.
    """

    case: Case
    setting: Setting
    knowledge_version: str
    causes: tuple[RankedCause, ...]
    none_of_these: float
    urgency: UrgencyAdvice
    method: Method
    notices: tuple[str, ...]

    def cause(self, condition: str) -> RankedCause:
        """Return one condition's entry.

        Raises:
            KeyError: No such condition.
        """
        for cause in self.causes:
            if cause.condition == condition:
                return cause
        raise KeyError(condition)
