"""The simulation does what the plan says: as long and as often as its remedies."""

import pytest

from deepsix.recovery.doses import dose_of
from deepsix.recovery.errors import RecoveryDataError, ScheduleError
from deepsix.recovery.loads import activities
from deepsix.recovery.schedule import usual


@pytest.mark.parametrize("name", [n for n, row in activities().items() if "dose_of" in row])
def test_the_minutes_of_an_activity_are_those_of_its_remedy(knowledge, name):
    remedy = knowledge.remedies[activities()[name]["dose_of"]]
    doses = {dose.id: dose.value for dose in remedy.dose}
    repeats = doses.get("sets", 1) * doses.get("repeats", 1)
    seconds = doses["minutes"] * 60 if "minutes" in doses else repeats * doses.get("hold_s", 6)
    assert activities()[name]["bout_minutes"] == pytest.approx(seconds / 60)


def test_pressing_is_as_short_as_the_articles_say(knowledge):
    """B12: 15 to 20 seconds a spot."""
    dose = knowledge.remedies["press_deep_buttock_ball"].dosed("hold_s")
    assert (dose.low, dose.high) == (15, 20)
    assert activities()["firm_pressure"]["bout_minutes"] <= 3 * 20 / 60


def test_a_remedy_is_put_in_on_as_many_days_as_the_plan_says(knowledge):
    plan = usual("quiet", 14).with_remedy("easy_run", 0, 14)
    days = [d for d in range(14) if any(dict(h).get("easy_run") for h in plan.hours[24 * d : 24 * d + 24])]
    assert len(days) == 2 * knowledge.remedies["easy_running"].dosed("days_a_week").value
    minutes = 60 * sum(dict(h).get("easy_run", 0.0) for h in plan.hours)
    assert minutes == pytest.approx(len(days) * knowledge.remedies["easy_running"].dosed("minutes").value)


def test_a_remedy_of_several_times_a_day_is_put_in_as_often(knowledge):
    plan = usual("quiet", 1)
    more = plan.with_remedy("walking", 0, 1)
    added = sum(dict(h).get("walking", 0.0) for h in more.hours) - sum(dict(h).get("walking", 0.0) for h in plan.hours)
    walk = knowledge.remedies["walk_gently"]
    assert 0 < 60 * added <= walk.dosed("minutes").value * walk.dosed("times_a_day").value


def test_what_has_no_dose_says_so():
    with pytest.raises(RecoveryDataError, match="no remedy"):
        dose_of("nonsense")
    with pytest.raises(RecoveryDataError, match="neither minutes"):
        dose_of("snapping_is_not_harm")
    with pytest.raises(ScheduleError, match="no remedy"):
        usual("quiet", 1).with_remedy("run", 0, 1)
