"""The three-compartment model against stepping its equations and against what was published about it."""

import numpy as np
import pytest

from deepsix.recovery.fatigue import endurance_s, held, mean_fatigue, rested

F, R, REST = 0.0097, 0.00091, 15.0


def stepped(load_at, seconds, dt=0.05):
    """The differential equations as published, by Euler steps: active follows the load while resting muscle is left."""
    tired, course = 0.0, []
    for k in range(round(seconds / dt)):
        load = load_at(k * dt)
        active = min(load, 1.0 - tired)
        tired += dt * (F * active - (R if load > 0 else R * REST) * tired)
        course.append(tired)
    return np.array(course)


@pytest.mark.parametrize(("load", "seconds"), [(0.3, 100), (0.5, 80), (0.5, 300), (0.9, 200), (0.08, 900)])
def test_holding_a_load_follows_the_published_equations(load, seconds):
    active, tired = held(load, seconds, F, R)
    assert tired == pytest.approx(stepped(lambda t: load, seconds)[-1], abs=2e-3)
    assert active == pytest.approx(min(load, 1 - tired), abs=2e-3)


def test_nothing_is_resting_when_endurance_ends():
    time = endurance_s(0.4, F, R)
    assert held(0.4, time, F, R)[1] == pytest.approx(0.6)


def test_endurance_falls_with_load_and_low_loads_can_be_held_for_ever():
    times = endurance_s(np.array([0.05, 0.2, 0.4, 0.6, 0.8]), F, R)
    assert np.isinf(times[0])
    assert (np.diff(times[1:]) < 0).all()


def test_the_ankle_endures_longest_and_the_shoulder_least_as_published():
    ankle, shoulder = endurance_s(0.5, 0.00589, 0.00058), endurance_s(0.5, 0.0182, 0.00168)
    assert ankle > 2.5 * shoulder


def test_rest_brings_recovery_r_times_faster():
    assert rested(0.5, 60.0, R, REST) == pytest.approx(rested(0.5, 60.0 * REST, R))


def test_averaging_over_strides_matches_stepping_through_them():
    course = stepped(lambda t: 0.3 if t % 1.0 < 0.4 else 0.0, 600)
    ours = mean_fatigue(0.3 * 0.4, 0.6, 600.0, F, R, REST)
    assert ours == pytest.approx(course.mean(), rel=0.02)
