"""Plays the program's own interview against the answers a case holds; what the case does not say is unsure."""

from __future__ import annotations

from dataclasses import dataclass

from deepsix.case import Answer, Origin, Setting, State
from deepsix.diagnosis.engine import Weighed, weigh
from deepsix.diagnosis.question import Question, next_question
from deepsix.knowledge.model import Knowledge
from deepsix.study.cases import StudyCase


@dataclass(frozen=True, eq=False)
class Interviewed:
    """The interview's end: what is known then, how many questions it took, and how many facts they found."""

    weighed: Weighed
    questions: int
    facts_found: int


def interview(knowledge: Knowledge, study_case: StudyCase, setting: Setting) -> Interviewed:
    """Return the result of asking until the program stops. The story is not read: only questions are answered."""
    case = study_case.bare()
    asked: list[str] = []
    while True:
        weighed = weigh(knowledge, case, setting)
        question = next_question(knowledge, weighed, asked)
        if question is None:
            found = sum(
                1
                for name, state in study_case.answers.items()
                if state is not State.UNSURE and weighed.closed.case.state(name) is state
            )
            return Interviewed(weighed, len(asked), found)
        asked.append(question.id)
        case = case.with_answers(*replies(study_case, question))


def replies(study_case: StudyCase, question: Question) -> list[Answer]:
    """Return the case's answers to a question; findings the case does not speak of are unsure."""
    return [Answer(name, study_case.answers.get(name, State.UNSURE), Origin.ASKED) for name in question.findings]
