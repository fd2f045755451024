"""Scores the program on cases whose cause is known: `evaluate`.

A cause counts as right when it is the truth or one a fair judge would also accept. Figures:

- `top1`, `top3`, `top5`: share of cases with a right cause among the first 1, 3, 5;
- `brier`: mean squared difference between the probability of the first cause and whether it was right;
- hazardous under-triage: the truth is urgent or an emergency, the advice lower than urgent;
- over-triage: the advice is more urgent than the truth;
- fact recall: share of a case's yes and no answers that the program found for itself (from the story by reading, in
  the interview by asking).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from deepsix.case import Setting, State
from deepsix.diagnosis.assessment import Assessment, RankedCause
from deepsix.diagnosis.engine import Weighed, assessment_of, weigh
from deepsix.diagnosis.network import NONE_OF_THESE
from deepsix.intake.story import read_story
from deepsix.knowledge.model import Knowledge, Urgency
from deepsix.study.cases import StudyCase
from deepsix.study.interviewed import interview
from deepsix.study.statistics import Bin, Share, brier_score, reliability

Given = Literal["narrative", "answers", "interview"]
GIVEN: tuple[Given, ...] = get_args(Given)


@dataclass(frozen=True, slots=True)
class CaseResult:
    """What the program made of one case. `rank` is that of the first right cause, `strict_rank` of the truth itself."""

    case: StudyCase
    ranked: tuple[RankedCause, ...]
    rank: int
    strict_rank: int
    urgency: Urgency
    questions: int
    facts_found: int
    facts_given: int
    notices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The results of all cases, and the figures over them."""

    given: Given
    setting: Setting
    results: tuple[CaseResult, ...]

    def top(self, k: int) -> Share:
        """Return the share of cases with a right cause among the first k."""
        return Share(sum(r.rank <= k for r in self.results), len(self.results))

    def strict_top(self, k: int) -> Share:
        """Return the share of cases with the truth itself among the first k."""
        return Share(sum(r.strict_rank <= k for r in self.results), len(self.results))

    @property
    def brier(self) -> float:
        return brier_score([r.ranked[0].probability for r in self.results], [r.rank == 1 for r in self.results])

    def reliability(self, causes_a_case: int = 5) -> tuple[Bin, ...]:
        """Return how often causes came true by stated probability, over the first few causes of every case."""
        stated, hits = [], []
        for result in self.results:
            right = {*result.case.truth, *result.case.acceptable}
            for cause in result.ranked[:causes_a_case]:
                stated.append(cause.probability)
                hits.append(cause.condition in right)
        return reliability(stated, hits)

    @property
    def with_urgency(self) -> tuple[tuple[CaseResult, Urgency], ...]:
        return tuple((r, r.case.urgency) for r in self.results if r.case.urgency is not None)

    @property
    def urgency_exact(self) -> Share:
        return Share(sum(r.urgency == truth for r, truth in self.with_urgency), len(self.with_urgency))

    @property
    def over_triage(self) -> Share:
        return Share(sum(r.urgency > truth for r, truth in self.with_urgency), len(self.with_urgency))

    @property
    def hazardous_under_triage(self) -> tuple[CaseResult, ...]:
        """Return the cases whose truth is urgent or an emergency and whose advice was lower than urgent."""
        cut = Urgency.URGENT_SAME_DAY
        return tuple(r for r, truth in self.with_urgency if truth >= cut and r.urgency < cut)

    @property
    def fact_recall(self) -> float:
        given = sum(r.facts_given for r in self.results)
        return sum(r.facts_found for r in self.results) / given if given else 0.0

    @property
    def questions_median(self) -> float:
        counts = sorted(r.questions for r in self.results)
        if not counts:
            return 0.0
        middle = len(counts) // 2
        return float(counts[middle]) if len(counts) % 2 else (counts[middle - 1] + counts[middle]) / 2

    @property
    def facts_a_question(self) -> float:
        questions = sum(r.questions for r in self.results)
        return sum(r.facts_found for r in self.results) / questions if questions else 0.0


def evaluate(
    knowledge: Knowledge,
    cases: Sequence[StudyCase],
    given: Given,
    setting: Setting = "published",
    on_case: Callable[[int], None] = lambda done: None,
) -> Evaluation:
    """Return how the program does on cases.

    Args:
        given: What the program gets: the story alone, all answers, or only answers to its own questions.
        on_case: Called with the number of cases done, for a progress bar.
    """
    results = []
    for done, case in enumerate(cases, start=1):
        results.append(_result(knowledge, case, given, setting))
        on_case(done)
    return Evaluation(given, setting, tuple(results))


def _result(knowledge: Knowledge, case: StudyCase, given: Given, setting: Setting) -> CaseResult:
    questions = 0
    notices: tuple[str, ...] = ()
    weighed: Weighed
    if given == "interview":
        outcome = interview(knowledge, case, setting)
        weighed, questions = outcome.weighed, outcome.questions
    elif given == "narrative":
        story = read_story(knowledge, case.narrative)
        weighed, notices = weigh(knowledge, story.add_to(case.bare()), setting), story.notices
    else:
        weighed = weigh(knowledge, case.from_answers(), setting)
    assessment = assessment_of(knowledge, weighed)
    ranked = with_none_of_these(assessment)
    right = {*case.truth, *case.acceptable}
    facts = {name: state for name, state in case.answers.items() if state is not State.UNSURE}
    found = sum(weighed.closed.case.state(name) is state for name, state in facts.items())
    return CaseResult(
        case=case,
        ranked=ranked,
        rank=_rank(ranked, right),
        strict_rank=_rank(ranked, set(case.truth)),
        urgency=assessment.urgency.level,
        questions=questions,
        facts_found=found,
        facts_given=len(facts),
        notices=(*notices, *assessment.notices),
    )


def with_none_of_these(assessment: Assessment) -> tuple[RankedCause, ...]:
    """Return the ranking with "none of these" in its place among the causes."""
    none = assessment.none_of_these
    entry = RankedCause(NONE_OF_THESE, none, 0.0, 1.0)
    return tuple(sorted((*assessment.causes, entry), key=lambda cause: -cause.probability))


def _rank(ranked: Sequence[RankedCause], right: set[str]) -> int:
    """Return the 1-based place of the first right cause; one past the end when none is."""
    return next((i for i, c in enumerate(ranked, start=1) if c.condition in right), len(ranked) + 1)
