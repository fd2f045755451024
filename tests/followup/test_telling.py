"""Check-ins as the simulation reads them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, timedelta, timezone

import pytest

from deepsix.followup import CheckIn
from deepsix.followup.rules import data_rows
from deepsix.followup.telling import activity_of, dose_minutes, told_of
from deepsix.knowledge import Knowledge
from deepsix.knowledge.care import REMEDY_KINDS
from deepsix.recovery.learning import Told
from deepsix.recovery.loads import activities

Make = Callable[..., CheckIn]


@pytest.mark.parametrize(
    ("words", "activity"),
    [
        ("run:40", ("run", 40.0)),
        ("Gentle stretch: 10", ("gentle_stretch", 10.0)),
        ("easy_running:25", ("easy_run", 25.0)),
        ("easy_running", ("easy_run", 15.0)),  # once, 15 minutes
        ("walk_gently", ("walking", 20.0)),  # twice, 10 minutes
        ("press_deep_buttock_ball", ("firm_pressure", 1.0)),  # 3 times 20 seconds
        ("soft_seat", None),
        ("swam a bit", None),
        ("run", None),
        ("run:400", None),
    ],
)
def test_what_was_done_becomes_an_activity_with_minutes(
    knowledge: Knowledge, words: str, activity: tuple[str, float] | None
) -> None:
    assert activity_of(knowledge, words) == activity


def test_a_task_without_a_time_takes_as_long_as_its_activity_usually_does(knowledge: Knowledge) -> None:
    usual = activities()["progressive_loading"]["bout_minutes"]
    assert activity_of(knowledge, "strength_side_hip") == ("progressive_loading", usual)


def test_pain_is_told_by_day_and_the_last_of_a_day_counts(knowledge: Knowledge, on_day: Make) -> None:
    told = told_of(
        knowledge, [on_day(2, 3, 4, done=("run:40",)), on_day(0, 5), on_day(2.1, 2, 6, done=("run:10",))], UTC
    )
    assert told is not None
    assert told.first == date(2026, 3, 2)
    assert told.told == (Told(0, 5, 5, None), Told(2, 2, 6, None))
    assert told.done == ((2, "run", 40.0), (2, "run", 10.0))


def test_an_evening_counts_for_the_day_the_person_is_in(knowledge: Knowledge, on_day: Make) -> None:
    late = on_day(0.5, 5)  # 20:00 in UTC, 4:00 of the next day eight hours further east
    there, here = (told_of(knowledge, [late], zone) for zone in (timezone(timedelta(hours=8)), UTC))
    assert there is not None
    assert here is not None
    assert there.first - here.first == timedelta(days=1)


def test_no_check_ins_tell_nothing(knowledge: Knowledge) -> None:
    assert told_of(knowledge, [], UTC) is None


def test_every_row_names_a_task_and_an_activity_that_exist(knowledge: Knowledge) -> None:
    for row in data_rows("activities.csv"):
        kind, _, name = row["what"].rpartition(":")
        assert name in (REMEDY_KINDS if kind else knowledge.remedies)
        assert activities()[row["activity"]]["bout_minutes"] > 0
        assert row["reason"]


def test_a_dose_without_a_time_has_no_minutes(knowledge: Knowledge) -> None:
    assert dose_minutes(knowledge.remedies["soft_seat"]) is None
