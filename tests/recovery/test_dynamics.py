"""What holds for any course: closed forms, balance, bounds, and the same again for the same seed."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deepsix.recovery.dynamics import State, irritability_after, pain_of, simulate
from deepsix.recovery.loads import activities, loads_of
from deepsix.recovery.people import draw_people, middle_person
from deepsix.recovery.schedule import Schedule, usual
from deepsix.recovery.sharing import coupling_of
from deepsix.recovery.starting import sore, well

ASLEEP = Schedule(((("sleep", 1.0),),) * 24 * 3)


def with_damage(person, loads, damage):
    start = well(person, loads)
    values = {f: getattr(start, f) for f in State.__dataclass_fields__}
    return State(**(values | {"damage": start.damage + damage}))


def test_irritability_after_damage_follows_the_closed_form_when_nothing_is_tight(piriformis):
    person = middle_person(uneven_share=1.0)
    calm = type(person)(
        {**dict(person.values), "self_irritation": np.zeros((1, 1)) + 1e-12},
        person.healing_days,
        person.uneven_share,
        person.loading_days,
        person.problem,
    )
    course = simulate(calm, piriformis, ASLEEP, with_damage(calm, piriformis, 0.5), record_hours=True)
    hours = np.arange(1.0, 73.0)
    d, i = (float(person.values[k][0, 0]) for k in ("damage_hours", "irritability_hours"))
    assert course.hourly[:, 0] == pytest.approx(pain_of(0.5 * irritability_after(hours, d, i)), abs=1e-9)


def test_the_closed_form_peaks_where_its_derivative_is_zero():
    d, i = 24.0, 34.0
    hours = np.linspace(0, 120, 12001)
    assert hours[irritability_after(hours, d, i).argmax()] == pytest.approx(np.log(i / d) * d * i / (i - d), abs=0.02)


def test_an_injury_left_alone_fades_with_its_healing_time(piriformis):
    person = middle_person("strain_grade_3")
    start = sore(person, piriformis, 3.0)
    end = simulate(person, piriformis, ASLEEP, start).end
    assert end.injury == pytest.approx(start.injury * np.exp(-3.0 / person.healing_days))


def test_well_people_who_sleep_stay_well(piriformis):
    people = draw_people(50, "overload", np.random.default_rng(1))
    course = simulate(people, piriformis, ASLEEP, well(people, piriformis), np.random.default_rng(2))
    assert course.worst.max() == 0.0


def test_more_running_never_hurts_less(piriformis):
    person = middle_person(uneven_share=1.0)
    plans = [usual("quiet", 6).with_session(1, "run", m) for m in (30, 60, 90, 120, 150)]
    peaks = [simulate(person, piriformis, p, well(person, piriformis)).worst.max() for p in plans]
    assert peaks == sorted(peaks)
    assert peaks[0] == 0.0
    assert peaks[-1] > 2.0


def test_the_same_seed_gives_the_same_course(piriformis):
    people = draw_people(20, "overload", np.random.default_rng(1))
    start = sore(people, piriformis, 5.0, np.random.default_rng(2))
    one, two = (
        simulate(people, piriformis, usual("runner", 10), start, np.random.default_rng(3)).worst for _ in range(2)
    )
    assert (one == two).all()


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 6), st.sampled_from(sorted(activities())), st.floats(1, 300), st.integers(6, 22)),
        max_size=8,
    ),
    st.floats(0.0, 10.0),
)
def test_no_plan_takes_pain_or_tightening_out_of_range(sessions, pain):
    loads = loads_of(["piriformis"])
    people = draw_people(8, "overload", np.random.default_rng(5))
    plan = usual("quiet", 7)
    for day, name, minutes, hour in sessions:
        plan = plan.with_session(day, name, minutes, hour)
    start = sore(people, loads, pain, np.random.default_rng(6))
    course = simulate(people, loads, plan, start, np.random.default_rng(7))
    assert np.isfinite(course.worst).all()
    assert (course.worst >= 0).all()
    assert (course.worst <= 10).all()
    assert (course.morning <= course.worst + 1e-9).all()
    for field in State.__dataclass_fields__:
        value = getattr(course.end, field)
        assert np.isfinite(value).all()
        assert field == "wobble" or (value >= 0).all()
    assert (course.end.tightening <= 1).all()


def test_people_do_not_depend_on_who_else_is_simulated(piriformis):
    people = draw_people(6, "overload", np.random.default_rng(1))
    start = sore(people, piriformis, 5.0, np.random.default_rng(2))
    rows = np.array([4, 1])
    whole = simulate(people, piriformis, usual("runner", 7), start)
    some = simulate(people.chosen(rows), piriformis, usual("runner", 7), start.chosen(rows))
    assert some.worst == pytest.approx(whole.worst[:, rows])


def test_a_sore_gluteus_maximus_hands_work_to_the_deep_muscles():
    parts = ["piriformis", "gluteus_maximus_superior", "gluteus_maximus_middle", "gluteus_maximus_inferior"]
    loads, person = loads_of(parts), middle_person(uneven_share=1.0)
    start = sore(person, loads, 8.0, sore_parts=np.array([False, True, True, True]))
    plan = usual("quiet", 2).with_session(0, "run", 40)
    alone = simulate(person, loads, plan, start)
    together = simulate(person, loads, plan, start, coupling=coupling_of(parts))
    assert together.end.tiredness[0, 0] > 1.1 * alone.end.tiredness[0, 0]
