"""No plan tells somebody both to rest the leg and to keep moving: the safer need wins.

What contradicts is read here from the words a person is shown, not from what the data says of its steps.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from plan_assessments import generated_assessments

from deepsix.diagnosis.assessment import Assessment
from deepsix.knowledge import Knowledge
from deepsix.knowledge.care import STAGES
from deepsix.plan import agreeing, build_plan
from deepsix.plan.plan import Plan

REST = re.compile(
    r"^Rest\b(?! on| there| from| between)|[Rr]est the leg|Do not walk on|Sit or lie still|Lie or sit"
    r"|Lie as it suits you\.|child rest|Walk as little|Walk only|do less with the leg|Do less with the leg|Use crutches"
)
MOVE = re.compile(
    r"[Kk]eep moving|[Ss]tay up and about|[Dd]o not stay in bed|Move as you like|Walk up to the cramp"
    r"|Long ones make you stiff"
)
GENERATED = 1000


def told(plan: Plan) -> Iterator[str]:
    for task in plan.today:
        yield from (task.title, *task.steps)
    for avoid in plan.avoid:
        yield from (avoid.title, *avoid.steps)
    for helper in plan.hand_overs:
        yield from helper.until_seen


def contradicts(plan: Plan) -> bool:
    words = list(told(plan))
    return any(REST.search(text) for text in words) and any(MOVE.search(text) for text in words)


def clashing(plan: Plan) -> Iterator[str]:
    return (text for text in told(plan) if REST.search(text) or MOVE.search(text))


@pytest.fixture(scope="module")
def generated(knowledge: Knowledge) -> list[Assessment]:
    return list(generated_assessments(knowledge, GENERATED, seed=11))


def plans(knowledge: Knowledge, generated: list[Assessment]) -> Iterator[Plan]:
    for number, assessment in enumerate(generated):
        yield build_plan(knowledge, assessment, stage=STAGES[number % len(STAGES)])


def test_no_plan_asks_for_rest_and_for_moving(knowledge: Knowledge, generated: list[Assessment]) -> None:
    made = list(plans(knowledge, generated))
    assert [list(clashing(plan)) for plan in made if contradicts(plan)] == []
    for what in (REST, MOVE):  # the property is not kept by saying neither
        assert sum(any(what.search(text) for text in told(plan)) for plan in made) > GENERATED / 50


def test_without_the_rule_contradictions_would_be_seen(
    knowledge: Knowledge, generated: list[Assessment], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(agreeing, "_LESS_SAFE", "nothing")
    assert any(contradicts(plan) for plan in plans(knowledge, generated))


def test_a_fever_leaves_rest_the_leg_alone_beside_a_stiff_spine(knowledge: Knowledge) -> None:
    germs, spine = (knowledge.remedies[name] for name in ("see_germs", "see_spine_stiff_or_worn"))
    assert agreeing.agreed_steps([spine])[spine.id] == spine.steps
    together = agreeing.agreed_steps([germs, spine])
    assert together[germs.id] == germs.steps
    assert together[spine.id] == spine.steps[1:]


def test_every_step_that_says_so_is_marked_in_the_data(knowledge: Knowledge) -> None:
    for remedy in knowledge.remedies.values():
        if remedy.kind in ("see_someone", "avoid"):
            for step, need in zip(remedy.steps, remedy.needs, strict=True):
                assert not MOVE.search(step) or need == "move", step
                assert not REST.search(step) or need in ("rest", "move"), step


def test_whoever_is_to_be_seen_is_always_told_something_until_then(
    knowledge: Knowledge, generated: list[Assessment]
) -> None:
    for plan in plans(knowledge, generated[:500]):
        assert all(helper.until_seen for helper in plan.hand_overs)
