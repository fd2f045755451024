"""When an assessment needs a fresh look."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from deepsix.case import Case, yes
from deepsix.followup.checkin import CheckIn, GlobalChange
from deepsix.followup.reopening import reasons_to_reopen
from deepsix.followup.rules import ChangeRules

Make = Callable[..., CheckIn]


def kinds(rules: ChangeRules, *checkins: CheckIn, case: Case | None = None, days: float | None = None) -> list[str]:
    assessed_at = checkins[0].at
    by = None if days is None else assessed_at + timedelta(days=days)
    return [reason.kind for reason in reasons_to_reopen(rules, case or Case(), assessed_at, checkins, by)]


def test_nothing_asks_for_a_fresh_look_while_it_gets_better(rules: ChangeRules, on_day: Make):
    assert kinds(rules, on_day(0, 6), on_day(3, 5), on_day(60, 2)) == []


def test_a_new_danger_sign_does_at_once_however_much_better_the_rest_is(rules: ChangeRules, on_day: Make):
    assert kinds(rules, on_day(0, 9), on_day(3, 1, danger_signs=("numb_saddle",))) == ["danger_sign"]
    assert kinds(rules, on_day(0, 9, danger_signs=("fever",))) == ["danger_sign"]


def test_a_danger_sign_that_was_weighed_already_is_not_new(rules: ChangeRules, on_day: Make):
    told = Case(answers=yes("fever"))
    assert kinds(rules, on_day(0, 5), on_day(1, 5, danger_signs=("fever",)), case=told) == []


def test_one_bad_day_does_not_but_two_in_a_row_do(rules: ChangeRules, on_day: Make):
    assert kinds(rules, on_day(0, 4), on_day(1, 4), on_day(2, 5)) == []
    assert kinds(rules, on_day(0, 4), on_day(1, 4), on_day(2, 5), on_day(3, 5)) == ["worse"]
    assert kinds(rules, on_day(0, 4), on_day(1, 5), on_day(2, 4)) == []


def test_getting_worse_again_after_getting_better_is_seen(rules: ChangeRules, on_day: Make):
    assert kinds(rules, on_day(0, 8), on_day(5, 3), on_day(6, 5), on_day(7, 6)) == ["worse"]


def test_much_worse_than_at_the_start_does_at_once(rules: ChangeRules, on_day: Make):
    assert kinds(rules, on_day(0, 4), on_day(1, 7)) == ["worse"]
    assert kinds(rules, on_day(0, 4), on_day(1, 4, global_change=GlobalChange.VERY_MUCH_WORSE)) == ["worse"]


def test_no_progress_by_the_expected_time_does(rules: ChangeRules, on_day: Make):
    assert kinds(rules, on_day(0, 5), on_day(13, 5), days=14) == []
    assert kinds(rules, on_day(0, 5), on_day(15, 5), days=14) == ["no_progress"]
    assert kinds(rules, on_day(0, 5), on_day(15, 3), days=14) == []


def test_without_a_plan_the_usual_time_counts(rules: ChangeRules, on_day: Make):
    usual = rules.numbers["expected_days"]
    assert kinds(rules, on_day(0, 5), on_day(usual - 1, 5)) == []
    assert kinds(rules, on_day(0, 5), on_day(usual + 1, 5)) == ["no_progress"]


def test_someone_without_pain_needs_no_progress(rules: ChangeRules, on_day: Make):
    assert kinds(rules, on_day(0, 0), on_day(60, 0)) == []
