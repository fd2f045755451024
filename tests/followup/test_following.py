"""Check-ins change the plan: on, stay, back, see someone, done; and when the assessment needs a fresh look."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deepsix import Case, assess, no, yes
from deepsix.diagnosis.assessment import Assessment
from deepsix.followup import ActivityGoal, CheckIn, FollowUp, Standing, Verdict, follow_up
from deepsix.followup.progress import function_of, usual_morning
from deepsix.followup.rules import ChangeRules, load_words
from deepsix.knowledge import Knowledge, Urgency
from deepsix.knowledge.care import MEASURES, STAGES
from deepsix.plan import build_plan

START = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
OVERLOAD = yes("pain_buttock_deep_centre", "worse_sitting", "runner", "pain_next_day_peak", "worse_running")
WALK = ActivityGoal("walk the dog", 8)
Make = Callable[..., CheckIn]
Follow = Callable[..., FollowUp]


@pytest.fixture(scope="module")
def overload(knowledge: Knowledge) -> Assessment:
    return assess(knowledge, Case(34, "male", {**OVERLOAD, **no("fever", "numb_saddle")}))


@pytest.fixture
def follow(knowledge: Knowledge, overload: Assessment) -> Follow:
    """Return the follow-up of the overload in a stage that began with the assessment."""

    def run(stage: str, *checkins: CheckIn, **more: object) -> FollowUp:
        return follow_up(knowledge, overload, START, checkins, Standing(stage, START), **more)  # type: ignore[arg-type]

    return run


@pytest.fixture
def good(on_day: Make) -> Make:
    """Return a maker of check-ins that open every gate but that of the days."""

    def make(day: float, **more: object) -> CheckIn:
        told: dict[str, object] = {"pain_next_morning": 1, "pain_during": 1, "goals": (WALK,)}
        return on_day(day, 1, **{**told, **more})

    return make


# Going on


def test_two_calm_days_take_the_plan_on_from_settling(follow: Follow, good: Make) -> None:
    followed = follow("settle", good(1), good(2))
    assert (followed.way, followed.standing) == ("on", Standing("restore", START + timedelta(days=2)))
    assert followed.plan.stage == "restore"
    assert followed.has_moved


def test_one_calm_day_is_not_enough(follow: Follow, good: Make) -> None:
    followed = follow("settle", good(0.5), good(1))
    assert (followed.way, followed.standing.stage) == ("stay", "settle")
    assert "2 days" in followed.reasons[0].text


@pytest.mark.parametrize("untold", ["pain_during", "pain_next_morning", "goals"])
def test_an_unanswered_question_never_moves_anyone_on(follow: Follow, good: Make, untold: str) -> None:
    nothing = () if untold == "goals" else None
    followed = follow("restore", good(1), good(9, **{untold: nothing}))
    assert (followed.way, followed.standing.stage) == ("stay", "restore")
    assert any(why.text in load_words()["gate"].values() for why in followed.reasons), (
        "the reason says what was not told"
    )


def test_leaving_out_the_goal_that_goes_badly_does_not_move_anyone_on(follow: Follow, good: Make) -> None:
    both = (ActivityGoal("run", 0), ActivityGoal("sit", 9))
    assert follow("restore", good(1, goals=both), good(9, goals=both[1:])).way == "stay"


def test_the_first_morning_told_has_no_usual_one_to_stand_beside(follow: Follow, good: Make) -> None:
    assert follow("settle", good(5)).way == "stay"


def test_nobody_goes_on_while_something_asks_for_a_fresh_look(follow: Follow, good: Make, on_day: Make) -> None:
    worse = on_day(9, 5, pain_next_morning=1, pain_during=1, goals=(WALK,))
    followed = follow("restore", good(1), worse)
    assert [reason.kind for reason in followed.reopen] == ["worse"]
    assert followed.way == "stay"


def test_all_gates_of_the_last_stage_mean_done(follow: Follow, good: Make) -> None:
    well = (ActivityGoal("walk the dog", 10),)
    followed = follow("return", good(1, goals=well), good(2, goals=well))
    assert (followed.way, followed.standing.stage) == ("done", "return")
    assert not followed.has_moved


# Going back


def test_a_bad_next_morning_takes_the_plan_back_a_stage(follow: Follow, good: Make) -> None:
    followed = follow("load", good(1), good(2), good(3, pain_next_morning=3))
    assert (followed.way, followed.standing.stage, followed.plan.stage) == ("back", "restore", "restore")
    assert followed.reasons[0].source == "silbernagel_2007"


def test_a_morning_is_bad_next_to_the_usual_one_of_this_person(follow: Follow, good: Make) -> None:
    used_to_four = [good(day, pain_next_morning=4) for day in (1, 2, 3)]
    assert follow("load", *used_to_four, good(4, pain_next_morning=5)).way == "stay"
    assert follow("load", *used_to_four, good(4, pain_next_morning=6)).way == "back"


def test_much_pain_during_the_tasks_takes_it_back_too(follow: Follow, good: Make, on_day: Make) -> None:
    hurt = on_day(2, 1, 6, pain_next_morning=1, pain_during=6, goals=(WALK,))
    assert follow("load", good(1), hurt).way == "back"


def test_two_check_ins_on_one_day_do_not_go_back_twice(follow: Follow, good: Make) -> None:
    bad = {"pain_next_morning": 4}
    followed = follow("return", good(1), good(2, **bad), good(2.2, **bad))
    assert followed.standing == Standing("load", START + timedelta(days=2))


def test_asking_again_without_a_new_check_in_changes_nothing(
    knowledge: Knowledge, overload: Assessment, good: Make
) -> None:
    checkins = [good(1), good(2), good(3, pain_next_morning=3)]
    first = follow_up(knowledge, overload, START, checkins, Standing("load", START))
    again = follow_up(knowledge, overload, START, checkins, first.standing)
    assert again.way is None
    assert again.standing == first.standing
    assert again.plan == first.plan


# Seeing someone


def test_a_very_bad_morning_while_settling_is_to_be_looked_at(follow: Follow, good: Make, on_day: Make) -> None:
    followed = follow("settle", good(1), on_day(2, 8, pain_next_morning=8))
    assert followed.way == "see_someone"
    assert followed.standing.stage == "settle"


def test_no_calm_after_two_weeks_of_settling_is_to_be_looked_at(follow: Follow, on_day: Make) -> None:
    sore = {"pain_next_morning": 5, "pain_during": 5}
    assert follow("settle", on_day(1, 5, **sore), on_day(13, 5, **sore)).way == "stay"
    assert follow("settle", on_day(1, 5, **sore), on_day(14, 5, **sore)).way == "see_someone"


def test_a_new_sign_of_danger_is_weighed_at_once_however_good_the_rest(follow: Follow, good: Make) -> None:
    followed = follow("restore", good(1), good(9, danger_signs=("numb_saddle",)))
    assert followed.way == "see_someone"
    assert followed.plan.urgency is Urgency.EMERGENCY
    assert followed.plan.today == ()
    assert followed.reopen[0].kind == "danger_sign"
    assert followed.reasons, "the reasons are those of the urgency"


# The fresh look


def test_worse_by_more_than_noise_re_opens_the_assessment(follow: Follow, on_day: Make) -> None:
    assert follow("settle", on_day(0, 4), on_day(1, 5)).reopen == ()
    followed = follow("settle", on_day(0, 4), on_day(1, 5), on_day(2, 5))
    assert [reason.kind for reason in followed.reopen] == ["worse"]
    assert followed.judgement is not None
    assert followed.judgement.overall is Verdict.WORSE


def test_no_progress_by_the_expected_day_re_opens_it(follow: Follow, on_day: Make) -> None:
    by = follow("settle").expected_by
    days = (by - START).days
    assert follow("settle", on_day(0, 5), on_day(days - 1, 5)).reopen == ()
    assert [r.kind for r in follow("settle", on_day(0, 5), on_day(days, 5)).reopen] == ["no_progress"]
    assert follow("settle", on_day(0, 5), on_day(days, 3)).reopen == ()


@pytest.mark.parametrize(
    ("answers", "age", "cause", "days", "source"),
    [
        (OVERLOAD, 34, "deep_rotator_overload", 28, "estimate"),
        (
            yes("pain_hip_side", "worse_lying_on_side", "worse_stairs_up", "tender_outer_hip"),
            55,
            "gluteal_tendinopathy",
            56,
            "mellor_2018",
        ),
        (yes("pain_groin", "onset_pop_or_tear", "ex_adductor_tender"), 25, "adductor_strain", 21, "serner_2020"),
    ],
)
def test_the_expected_day_comes_from_the_recovery_time_of_the_likeliest_cause(
    knowledge: Knowledge, answers: dict[str, object], age: int, cause: str, days: int, source: str
) -> None:
    assessed = assess(knowledge, Case(age, "female", answers))  # type: ignore[arg-type]
    assert assessed.causes[0].condition == cause
    followed = follow_up(knowledge, assessed, START, [])
    assert followed.expected_by == START + timedelta(days=days)
    assert followed.expected_why.source == source
    assert followed.plan.review == (START + timedelta(days=days)).date()


def test_every_published_recovery_time_is_one_of_the_evidence_tables(knowledge: Knowledge) -> None:
    for recovery in knowledge.care.recoveries:
        assert recovery.source == "estimate" or recovery.source in knowledge.sources
        assert recovery.conditions
        assert recovery.text
    named = [name for recovery in knowledge.care.recoveries for name in recovery.conditions]
    assert len(named) == len(set(named)), "a condition has one recovery time"


# The parts


def test_without_check_ins_it_is_the_plan_to_begin_with(knowledge: Knowledge, overload: Assessment) -> None:
    followed = follow_up(knowledge, overload, START, [])
    assert (followed.way, followed.says, followed.reasons, followed.judgement) == (None, "", (), None)
    assert followed.plan == build_plan(knowledge, overload, None, START.date())


def test_the_plan_is_that_of_the_day_asked_for_and_its_review_stays(follow: Follow, good: Make) -> None:
    followed = follow("settle", good(1), day=date(2026, 3, 10))
    assert followed.plan.day == date(2026, 3, 10)
    assert followed.plan.review == followed.expected_by.date()


def test_the_usual_morning_is_the_middle_one_of_the_last_told(rules: ChangeRules, on_day: Make) -> None:
    mornings = [9, 9, 2, 2, None, 3, 2, 8, 2]
    assert usual_morning(rules, [on_day(d, 3, 9, pain_next_morning=m) for d, m in enumerate(mornings)]) == 2
    assert usual_morning(rules, [on_day(0, 3)]) is None


def test_function_is_the_mean_of_the_goals(on_day: Make) -> None:
    assert function_of([], on_day(1, 3, goals=(ActivityGoal("run", 2), ActivityGoal("sit", 6)))) == 4
    assert function_of([], on_day(1, 3)) is None


def test_every_way_and_measure_has_words() -> None:
    words = load_words()
    assert set(words["way"]) == {"on", "stay", "back", "see_someone", "done"}
    assert set(MEASURES) <= set(words["gate"])


scale = st.none() | st.integers(0, 10)


@given(stage=st.sampled_from(STAGES), told=st.lists(st.tuples(scale, scale, scale), min_size=1, max_size=6))
def test_no_check_ins_move_further_than_one_stage_each_nor_on_without_answers(
    knowledge: Knowledge, overload: Assessment, stage: str, told: list[tuple[int | None, int | None, int | None]]
) -> None:
    checkins = [
        CheckIn(
            START + timedelta(days=day),
            0,
            10,
            pain_next_morning=morning,
            pain_during=during,
            goals=() if goal is None else (ActivityGoal("run", goal),),
        )
        for day, (morning, during, goal) in enumerate(told, start=1)
    ]
    here = Standing(stage, START)
    for count in range(1, len(checkins) + 1):
        followed = follow_up(knowledge, overload, START, checkins[:count], here)
        step = STAGES.index(followed.standing.stage) - STAGES.index(here.stage)
        assert abs(step) <= 1
        if step == 1:
            assert None not in told[count - 1][:2]
        here = followed.standing
