"""A saved assessment is followed: each check-in keeps all it changes at once, or nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from deepsix import Case, assess, no, yes
from deepsix.diagnosis.engine import weigh
from deepsix.followup import ActivityGoal, CheckIn, Standing
from deepsix.followup.keeping import PLAN_SHAPE, plan_content, standing_of
from deepsix.knowledge import Knowledge
from deepsix.plan.building import start_stage
from deepsix.plan.situation import situation_of
from deepsix.records.errors import NoSuchRecordError
from deepsix.records.following import check_in, follow_saved, new_assessment
from deepsix.records.store import Records
from deepsix.records.values import NewPlan

OVERLOAD = yes("pain_buttock_deep_centre", "worse_sitting", "runner", "pain_next_day_peak", "worse_running")
FIRST = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def followed(records: Records, knowledge: Knowledge) -> Records:
    """Records with an assessment and its plan, kept at 8:00 on 2 March."""
    new = new_assessment(knowledge, weigh(knowledge, Case(34, "male", OVERLOAD)), "0")
    number = records.save_assessment_with_plan(new, NewPlan(0, {"of": "another shape"})).assessment
    here = follow_saved(records, knowledge, number, kit=["ball", "wall"])
    assert number is not None
    records.save_plan(number, PLAN_SHAPE, plan_content(knowledge, here.followed, here.kit))
    return records


@pytest.fixture
def told(followed: Records, knowledge: Knowledge) -> Callable[..., object]:
    def tell(day: float, **more: object):  # type: ignore[no-untyped-def]
        good: dict[str, object] = {
            "pain_next_morning": 1,
            "pain_during": 1,
            "goals": (ActivityGoal("walk the dog", 8),),
        }
        checkin = CheckIn(FIRST + timedelta(days=day), 1, 1, **{**good, **more})  # type: ignore[arg-type]
        return check_in(followed, knowledge, checkin, "0")

    return tell


def test_a_check_in_that_moves_the_plan_keeps_the_new_plan_with_its_reasons(
    followed: Records, told: Callable[..., object]
):
    told(1)
    assert len(followed.plans()) == 2, "one calm day changes nothing"
    told(2)
    newest = followed.plans()[-1].content
    assert (newest["stage"], newest["way"]) == ("restore", "on")
    assert newest["reasons"], "the plan says why"
    assert newest["plan"]["stage"] == "restore"
    assert newest["kit"] == ["ball", "wall"]


def test_the_history_says_which_check_in_changed_the_plan(followed: Records, told: Callable[..., object]):
    told(1)
    told(2)
    saved, changed = followed.changes()[-2:]
    assert (saved.action, changed.action) == ("check-in saved", "plan saved")
    assert changed.detail["checkin"] == saved.subject_id


def test_a_plan_that_cannot_be_kept_keeps_the_check_in_out_too(
    followed: Records, told: Callable[..., object], monkeypatch: pytest.MonkeyPatch
):
    told(1)
    before = followed.count()

    def break_off(*_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(Records, "_save_plan", break_off)
    with pytest.raises(KeyboardInterrupt):
        told(2)
    assert followed.count() == before


def test_the_next_check_in_goes_on_from_the_kept_plan(
    followed: Records, knowledge: Knowledge, told: Callable[..., object]
):
    told(1)
    told(2)
    told(4, pain_next_morning=5)
    assert [standing_of(plan.content).stage for plan in followed.plans()[1:]] == ["settle", "restore", "settle"]
    assert follow_saved(followed, knowledge).followed.plan.stage == "settle"


def test_a_new_sign_of_danger_keeps_check_in_reopening_and_new_assessment_at_once(
    followed: Records, told: Callable[..., object]
):
    kept = told(1, danger_signs=("numb_saddle",)).kept  # type: ignore[attr-defined]
    assert followed.assessment(kept.assessment).urgency == "emergency"
    assert followed.assessments()[0].reopened_why == ("danger_sign",)
    assert followed.case(followed.assessment(kept.assessment).case_id).follows == followed.assessments()[0].case_id


def test_without_a_saved_assessment_a_check_in_stands_alone(records: Records, knowledge: Knowledge):
    alone = check_in(records, knowledge, CheckIn(FIRST, 3, 3), "0")
    assert (alone.saved, alone.followed, alone.again) == (None, None, None)
    with pytest.raises(NoSuchRecordError, match="keeps one"):
        follow_saved(records, knowledge)


def test_looking_at_the_plan_keeps_nothing(followed: Records, knowledge: Knowledge):
    before = followed.count()
    follow_saved(followed, knowledge)
    assert followed.count() == before


def in_stage(records: Records, knowledge: Knowledge, stage: str) -> None:
    """Keep a plan of the assessment saved last that has brought the person to a stage."""
    here = follow_saved(records, knowledge, standing=Standing(stage, FIRST))
    records.save_plan(here.saved.id, PLAN_SHAPE, plan_content(knowledge, here.followed, here.kit))


def assess_again(records: Records, knowledge: Knowledge, case: Case) -> Standing:
    """Keep a new assessment that follows the one saved last, and return where the person is then."""
    before = records.latest_assessment()
    assert before is not None
    new = new_assessment(knowledge, weigh(knowledge, case), "0", before.case_id)
    number = records.save_assessment(
        new.case, new.outcome, knowledge_version="k", program_version="0", setting="community", follows=new.follows
    )
    here = follow_saved(records, knowledge)
    assert here.saved.id == number
    assert here.followed.judgement is None  # check-ins have begun anew
    return here.followed.standing


TOLD = Case(34, "male", OVERLOAD)


def test_answers_that_only_add_leave_the_stage_as_it_was(followed: Records, knowledge: Knowledge):
    in_stage(followed, knowledge, "load")
    assert assess_again(followed, knowledge, TOLD.with_answers(*no("pain_groin").values())).stage == "load"


def test_a_fresh_look_begins_where_its_answers_say(followed: Records, knowledge: Knowledge):
    in_stage(followed, knowledge, "load")
    changed = Case(34, "male", {**OVERLOAD, **no("worse_running")})
    assert assess_again(followed, knowledge, changed).stage == "settle"


def test_a_fresh_look_takes_nobody_further(followed: Records, knowledge: Knowledge):
    in_stage(followed, knowledge, "settle")
    mild = Case(34, "male", {**OVERLOAD, **no("worse_running"), **yes("severity_mild", "duration_1_to_6_weeks")})
    assert start_stage(situation_of(knowledge, assess(knowledge, mild))) != "settle"
    assert assess_again(followed, knowledge, mild).stage == "settle"


def test_after_a_sign_of_danger_in_a_check_in_nobody_goes_on_in_a_late_stage(
    followed: Records, told: Callable[..., object], knowledge: Knowledge
):
    in_stage(followed, knowledge, "return")
    told(9, danger_signs=("numb_saddle",))
    assert follow_saved(followed, knowledge).followed.plan.today == ()
    assert follow_saved(followed, knowledge).followed.standing.stage == "settle"
    assert assess_again(followed, knowledge, TOLD).stage == "settle"  # and once it has been looked at
