"""Generated cases over the real knowledge base: random answers, ages and sexes."""

from __future__ import annotations

from collections.abc import Iterable

from hypothesis import strategies as st

from deepsix.case import SETTINGS, Answer, Case, State
from deepsix.knowledge import Knowledge

AGES = st.one_of(st.none(), st.integers(0, 100))
SEXES = st.sampled_from([None, "female", "male"])
IN_SETTINGS = st.sampled_from(SETTINGS)


@st.composite
def cases(
    draw: st.DrawFn, findings: Iterable[str], *, most: int = 12, states: tuple[State, ...] = tuple(State)
) -> Case:
    """Draw a case with up to `most` answers among some findings."""
    names = draw(st.lists(st.sampled_from(sorted(findings)), unique=True, max_size=most))
    answers = {name: Answer(name, draw(st.sampled_from(states))) for name in names}
    return Case(draw(AGES), draw(SEXES), answers)


def danger_signs(knowledge: Knowledge) -> list[str]:
    return sorted(f.id for f in knowledge.findings.values() if f.danger is not None)


def with_yes(case: Case, *findings: str) -> Case:
    return case.with_answers(*(Answer(name, State.YES) for name in findings))
