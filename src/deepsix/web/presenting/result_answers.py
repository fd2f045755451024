"""The page of answers: everything that was told, in the order it was told, each with the way to change it."""

from __future__ import annotations

from dataclasses import dataclass

from deepsix.case import Case, Origin, State
from deepsix.knowledge.model import Knowledge
from deepsix.web import sides
from deepsix.web.presenting.asking_data import asking
from deepsix.web.visit import Asked, Visit


@dataclass(frozen=True, slots=True)
class AnswerView:
    """One thing that was told: what was asked, what was answered, and where to change it.

    `kind` is told, with the names of what fits in `answers`, or none, yes, no, unsure or unsaid.
    """

    id: str
    ask: str
    kind: str
    answers: tuple[str, ...]
    address: str


@dataclass(frozen=True, slots=True)
class AnswersView:
    """All that was told, station by station. `age` and `sex` are "" when not told."""

    age: str
    sex: str
    danger: AnswerView | None
    story: str
    understood: tuple[tuple[str, str], ...]
    painted: tuple[str, ...]
    has_map: bool
    questions: tuple[AnswerView, ...]


def answers_view(knowledge: Knowledge, visit: Visit) -> AnswersView:
    """Return everything that was told in a visit."""
    case = visit.case
    danger = next(entry for entry in knowledge.pages if entry.id == "danger")
    names = knowledge.findings
    of_origin = {
        origin: [a for a in case.answers.values() if a.origin is origin] for origin in (Origin.STORY, Origin.CHART)
    }
    return AnswersView(
        age="" if case.age is None else str(case.age),
        sex=case.sex or "",
        danger=_answer(knowledge, case, "danger", danger.ask, danger.findings, "/danger")
        if "danger" in visit.seen
        else None,
        story=case.story,
        understood=tuple((names[a.finding].name, a.state.value) for a in of_origin[Origin.STORY]),
        painted=tuple(names[a.finding].name for a in of_origin[Origin.CHART] if a.state is State.YES),
        has_map=case.pain_map is not None,
        questions=tuple(_asked(knowledge, case, asked) for asked in visit.asked),
    )


def _asked(knowledge: Knowledge, case: Case, asked: Asked) -> AnswerView:
    page = next((entry for entry in knowledge.pages if entry.id == asked.id), None)
    address = f"/questions/{asked.id}"
    if asked.id == sides.QUESTION:
        words = asking()[sides.QUESTION]
        told = words["answers"].get(sides.chosen_side(case))
        return AnswerView(asked.id, words["ask"], "told" if told else "unsaid", (told,) if told else (), address)
    if page is not None:
        return _answer(knowledge, case, asked.id, page.ask, asked.findings, address)
    finding = knowledge.findings[asked.id]
    state = case.state(asked.id)
    kind = state.value if state is not None else "unsaid"
    return AnswerView(asked.id, finding.question, kind, (), address)


def _answer(
    knowledge: Knowledge, case: Case, name: str, ask: str, findings: tuple[str, ...], address: str
) -> AnswerView:
    states = {finding: case.state(finding) for finding in findings}
    told = tuple(knowledge.findings[finding].name for finding, state in states.items() if state is State.YES)
    if told:
        kind = "told"
    elif State.NO in states.values():
        kind = "none"
    else:
        kind = "unsure" if State.UNSURE in states.values() else "unsaid"
    return AnswerView(name, ask, kind, told, address)
