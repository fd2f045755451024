"""Pain during, pain next morning, function and time open and shut the gates of a stage."""

from __future__ import annotations

import pytest

from deepsix.knowledge import Knowledge
from deepsix.knowledge.care import STAGES
from deepsix.plan import Progress, next_stage

CALM = Progress(pain_during=1, pain_next_morning=1, morning_rise=0, function=9, days=20)


@pytest.mark.parametrize(("stage", "to"), [("settle", "restore"), ("restore", "load"), ("load", "return")])
def test_who_is_calm_goes_on_one_stage_at_a_time(knowledge: Knowledge, stage: str, to: str) -> None:
    step = next_stage(knowledge.care, stage, CALM)
    assert (step.way, step.stage) == ("on", to)


def test_who_is_calm_in_the_last_stage_is_done(knowledge: Knowledge) -> None:
    assert next_stage(knowledge.care, "return", CALM).way == "done"


@pytest.mark.parametrize("stage", STAGES)
def test_what_was_not_told_moves_nobody_on(knowledge: Knowledge, stage: str) -> None:
    step = next_stage(knowledge.care, stage, Progress())
    assert (step.way, step.stage) == ("stay", stage)
    assert step.gates


@pytest.mark.parametrize("stage", ["restore", "load", "return"])
@pytest.mark.parametrize("worse", [{"pain_during": 6}, {"morning_rise": 2}])
def test_a_rise_next_morning_or_much_pain_goes_back(knowledge: Knowledge, stage: str, worse: dict[str, float]) -> None:
    step = next_stage(knowledge.care, stage, Progress(**{"function": 9.0, "days": 20.0, **worse}))
    assert (step.way, step.stage) == ("back", STAGES[STAGES.index(stage) - 1])


def test_going_back_comes_before_going_on(knowledge: Knowledge) -> None:
    both = Progress(pain_during=1, pain_next_morning=4, morning_rise=3, function=9, days=20)
    assert next_stage(knowledge.care, "load", both).way == "back"


@pytest.mark.parametrize("stage", STAGES)
def test_a_stage_that_does_not_work_in_time_ends_in_seeing_someone(knowledge: Knowledge, stage: str) -> None:
    stuck = Progress(pain_during=4, pain_next_morning=4, morning_rise=1, function=3, days=85)
    assert next_stage(knowledge.care, stage, stuck).way == "see_someone"


def test_time_alone_does_not_hold_back_who_is_well(knowledge: Knowledge) -> None:
    late = Progress(pain_during=0, pain_next_morning=0, morning_rise=0, function=10, days=400)
    assert next_stage(knowledge.care, "restore", late).way == "on"


def test_severe_pain_in_the_morning_is_looked_at(knowledge: Knowledge) -> None:
    assert next_stage(knowledge.care, "settle", Progress(pain_next_morning=9)).way == "see_someone"


def test_an_unknown_stage_is_refused(knowledge: Knowledge) -> None:
    with pytest.raises(KeyError):
        next_stage(knowledge.care, "sprint", CALM)
