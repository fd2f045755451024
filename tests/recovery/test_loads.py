"""Loads come from the hip room, and schedules hold what was asked for."""

import numpy as np
import pytest

from deepsix.hip.errors import UnknownMuscleError
from deepsix.hip.sharing import load_tasks, share_task
from deepsix.recovery.errors import ScheduleError
from deepsix.recovery.loads import activities, loads_of
from deepsix.recovery.schedule import usual, week_names, what_if
from deepsix.recovery.sharing import coupling_of

PARTS = ["piriformis", "gluteus_medius_middle", "tensor_fasciae_latae", "semimembranosus"]


def test_walking_load_is_the_mean_activation_of_the_hip_room():
    found = share_task(load_tasks()["walking_right"])
    ours = loads_of(PARTS)
    for k, part in enumerate(PARTS):
        expected = found.activation[:, found.parts.index(part)].mean()
        assert ours.effort[ours.activities.index("walking"), k] == pytest.approx(expected)


def test_running_asks_more_than_walking_and_is_the_unit_of_work():
    ours = loads_of(PARTS)
    work = ours.work()
    assert work[ours.activities.index("run")] == pytest.approx(1.0)
    assert (work[ours.activities.index("walking")] < 1.0).all()
    assert (work[ours.activities.index("easy_run")] < work[ours.activities.index("run")]).all()


def test_weak_gluteals_make_piriformis_work_harder():
    weak = {f"gluteus_maximus_{p}": 0.6 for p in ("superior", "middle", "inferior")}
    one, two = loads_of(["piriformis"]), loads_of(["piriformis"], weak)
    k = one.activities.index("run")
    assert two.effort[k, 0] > 1.2 * one.effort[k, 0]


def test_a_tight_muscle_is_stretched_further_in_every_position():
    ours = loads_of(PARTS)
    assert (ours.stretch_tight >= ours.stretch).all()


def test_few_samples_of_the_stride_give_the_same_coupling():
    parts = ["piriformis", "gluteus_maximus_middle"]
    assert coupling_of(parts) == pytest.approx(coupling_of(parts, samples=51), abs=0.08)


def test_every_hour_of_every_week_is_full():
    for week in week_names():
        for hour in usual(week, 14).hours:
            assert sum(share for _, share in hour) == pytest.approx(1.0)
            assert {name for name, _ in hour} <= set(activities())


def test_a_long_session_runs_on_into_the_next_hour():
    plan = usual("quiet", 2).with_session(0, "run", 90, 10)
    taken = [dict(h).get("run", 0.0) for h in plan.hours]
    assert sum(taken) == pytest.approx(1.5)
    assert np.flatnonzero(taken).tolist() == [10, 11]


def test_what_if_finds_the_first_such_weekday():
    plan = usual("quiet", 10, first_weekday=2)
    changed = what_if("run:saturday:60", plan)
    assert [d for d in range(10) if any(dict(h).get("run") for h in changed.hours[24 * d : 24 * d + 24])] == [3]


@pytest.mark.parametrize(
    "words", ["run", "run:someday", "fly:saturday", "run:saturday:long", "run:day99", "run:sunday:0"]
)
def test_unclear_what_ifs_say_how_to_ask(words):
    with pytest.raises(ScheduleError):
        what_if(words, usual("quiet", 10))


def test_unknown_muscles_get_the_nearest_names():
    with pytest.raises(UnknownMuscleError, match="piriformis"):
        loads_of(["piriformes"])
