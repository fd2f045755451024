"""A check-in holds what can be so, and says what cannot without repeating anyone's words."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from deepsix.followup.checkin import ActivityGoal, CheckIn, GlobalChange
from deepsix.followup.errors import CheckInError

AT = datetime(2026, 3, 2, tzinfo=UTC)


def test_a_check_in_needs_only_the_pain_now_and_the_worst():
    assert CheckIn(AT, 0, 0).pain_next_morning is None


@pytest.mark.parametrize("value", [-1, 11, 2.5, True, "3", None])
def test_pain_is_a_whole_number_from_0_to_10(value: object):
    with pytest.raises(CheckInError, match="whole number from 0 to 10"):
        CheckIn(AT, value, 10)  # type: ignore[arg-type]


def test_the_worst_of_the_day_is_not_below_the_pain_now():
    with pytest.raises(CheckInError, match=r"Worst pain \(3\) is below pain now \(5\)"):
        CheckIn(AT, 5, 3)


def test_every_problem_is_told_at_once():
    with pytest.raises(CheckInError) as caught:
        CheckIn(datetime(2026, 3, 2), 12, -1, 99, goals=(ActivityGoal(" ", 3), ActivityGoal("run", 12)))
    assert len(str(caught.value).splitlines()) == 6


def test_goals_are_few_short_and_different():
    with pytest.raises(CheckInError, match="Keep the 5 that matter most"):
        CheckIn(AT, 1, 1, goals=tuple(ActivityGoal(f"goal {n}", 1) for n in range(6)))
    with pytest.raises(CheckInError, match="same words"):
        CheckIn(AT, 1, 1, goals=(ActivityGoal("Run", 1), ActivityGoal("run ", 2)))


def test_a_problem_with_words_does_not_repeat_them():
    with pytest.raises(CheckInError) as caught:
        CheckIn(AT, 1, 1, done=("secret " * 50,), goals=(ActivityGoal("secret " * 50, 1),))
    assert "secret" not in str(caught.value)


def test_the_steps_of_the_global_change_go_from_3_to_minus_3():
    assert [change.steps for change in GlobalChange] == [3, 2, 1, 0, -1, -2, -3]
