"""Better, the same or worse, judged against measurement noise (Salaffi 2004: one point and 15%, two points and 33%)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deepsix.followup.change import Verdict, judge_change, own_noise
from deepsix.followup.change import _pain_pair as pain
from deepsix.followup.checkin import ActivityGoal, CheckIn, GlobalChange
from deepsix.followup.rules import ChangeRules, data_rows, load_change_rules, load_words
from deepsix.knowledge import Knowledge

AT = datetime(2026, 3, 2, tzinfo=UTC)
Make = Callable[..., CheckIn]


@pytest.mark.parametrize(
    ("before", "now", "verdict"),
    [
        (5, 5, Verdict.SAME),
        (5, 4, Verdict.BETTER),
        (5, 3, Verdict.MUCH_BETTER),
        (9, 8, Verdict.SAME),  # one point is only 11% of 9
        (9, 7, Verdict.BETTER),  # two points, but only 22%
        (9, 6, Verdict.MUCH_BETTER),
        (4, 5, Verdict.WORSE),
        (9, 10, Verdict.WORSE),  # getting worse needs the points alone
        (3, 5, Verdict.MUCH_WORSE),
        (0, 1, Verdict.WORSE),
        (1, 0, Verdict.BETTER),
    ],
)
def test_pain_by_the_published_figures(rules: ChangeRules, on_day: Make, before: int, now: int, verdict: Verdict):
    assert judge_change(rules, on_day(0, before), on_day(7, now)).overall is verdict


def test_pain_is_the_mean_of_the_ratings_told_both_times(rules: ChangeRules, on_day: Make):
    before, now = on_day(0, 3, 6), on_day(7, 3, 5, pain_next_morning=9)
    assert judge_change(rules, before, now).measures[0].improvement == pytest.approx(0.5)
    assert judge_change(rules, before, now).overall is Verdict.SAME


def test_goals_are_compared_by_their_words(rules: ChangeRules, on_day: Make):
    before = on_day(0, 5, goals=(ActivityGoal("Walk the dog", 3), ActivityGoal("sit", 9)))
    now = on_day(7, 5, goals=(ActivityGoal("walk the dog ", 6), ActivityGoal("run", 0)))
    judged = judge_change(rules, before, now)
    assert [(m.measure, m.improvement) for m in judged.measures] == [("pain", 0), ("goals", 3)]
    assert judged.overall is Verdict.MUCH_BETTER


def test_what_they_say_on_the_whole_counts_as_said(rules: ChangeRules, on_day: Make):
    now = on_day(7, 5, global_change=GlobalChange.A_LITTLE_WORSE)
    assert judge_change(rules, on_day(0, 5), now).overall is Verdict.WORSE


def test_opposite_changes_are_the_same_on_the_whole(rules: ChangeRules, on_day: Make):
    now = on_day(7, 4, global_change=GlobalChange.A_LITTLE_WORSE)
    assert judge_change(rules, on_day(0, 5), now).overall is Verdict.SAME


def test_much_worse_is_not_hidden_by_something_better(rules: ChangeRules, on_day: Make):
    now = on_day(7, 2, global_change=GlobalChange.MUCH_WORSE)
    assert judge_change(rules, on_day(0, 8), now).overall is Verdict.MUCH_WORSE


def test_ratings_that_jump_by_themselves_need_a_larger_change(rules: ChangeRules, on_day: Make):
    jumpy = [on_day(day, pain) for day, pain in enumerate([5, 7, 4, 7, 4, 6])]
    assert own_noise(rules, jumpy, pain) > 3
    assert judge_change(rules, jumpy[0], on_day(7, 4), jumpy).overall is Verdict.SAME
    assert judge_change(rules, jumpy[0], on_day(7, 4)).overall is Verdict.BETTER


def test_steady_recovery_is_not_noise(rules: ChangeRules, on_day: Make):
    steady = [on_day(day, 8 - day) for day in range(7)]
    assert own_noise(rules, steady, pain) == pytest.approx(0)


def test_few_check_ins_tell_nothing_of_noise(rules: ChangeRules, on_day: Make):
    assert own_noise(rules, [on_day(0, 9), on_day(1, 1), on_day(2, 9), on_day(3, 1)], pain) == 0


@given(before=st.integers(0, 10), now=st.integers(0, 10), less=st.integers(0, 10))
def test_less_pain_is_never_judged_worse_than_more(before: int, now: int, less: int):
    rules, order = load_change_rules(), list(Verdict)
    first = CheckIn(AT, before, before)
    more, fewer = (judge_change(rules, first, CheckIn(AT, p, p)).overall for p in (max(now, less), min(now, less)))
    assert order.index(fewer) <= order.index(more)


def test_every_figure_has_a_source_that_exists(knowledge: Knowledge):
    import tomllib
    from importlib import resources

    text = resources.files("deepsix.followup").joinpath("data", "sources.toml").read_text(encoding="utf-8")
    known = {*knowledge.sources, *tomllib.loads(text), "estimate"}
    for name in ("minimal_changes.csv", "rules.csv", "danger_signs.csv"):
        for row in data_rows(name):
            assert row["source"] in known, f"{name}: {row['source']}"
            assert row.get("note") or row.get("reason"), f"{name}: no reason"


def test_every_danger_sign_asked_for_is_one_of_the_knowledge_base(knowledge: Knowledge, rules: ChangeRules):
    assert all(knowledge.findings[sign].danger is not None for sign in rules.danger_signs)


def test_every_verdict_and_change_has_words():
    words = load_words()
    assert set(words["verdict"]) == set(Verdict)
    assert set(words["change"]) == set(GlobalChange)
