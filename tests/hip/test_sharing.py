"""Load sharing against an independent solver, and what has to hold for any sharing."""

import numpy as np
import pytest

from deepsix.hip.errors import PostureError, ShapeError, UnknownMuscleError
from deepsix.hip.sharing import load_tasks, resample, share_load, share_task, solve


@pytest.mark.parametrize("power", [2, 3])
def test_sharing_equals_a_general_optimiser(power):
    optimize = pytest.importorskip("scipy.optimize", reason="SciPy is not installed")
    rng = np.random.default_rng(4)
    capability = rng.normal(0.0, 30.0, (3, 3, 9))
    wanted = np.einsum("nkp,np->nk", capability, rng.uniform(0.1, 0.6, (3, 9)))
    ours, reserve = solve(capability, wanted, power)
    assert np.abs(reserve).max() < 0.05
    for n in range(3):
        theirs = optimize.minimize(
            lambda a: (a**power).sum(),
            np.full(9, 0.3),
            jac=lambda a: power * a ** (power - 1),
            bounds=[(0, 1)] * 9,
            constraints={"type": "eq", "fun": lambda a, n=n: capability[n] @ a - wanted[n]},
            options={"ftol": 1e-12, "maxiter": 500},
            method="SLSQP",
        )
        assert ours[n] == pytest.approx(theirs.x, abs=5e-3)


@pytest.mark.parametrize("task", sorted(load_tasks()))
def test_shared_moments_add_up_to_the_measured_ones(task):
    given = load_tasks()[task]
    found = share_task(given)
    assert ((found.activation >= 0) & (found.activation <= 1)).all()
    assert np.abs(found.reserve_nm).max() < 0.5


def test_no_moment_needs_no_muscle():
    found = share_load([[30, 0, 0, 20]], [[0, 0, 0]])
    assert found.activation.max() < 1e-6


def test_weak_gluteus_medius_makes_the_other_abductors_work_harder():
    task = load_tasks()["walking_right"]
    weak = {f"gluteus_medius_{p}": 0.5 for p in ("anterior", "middle", "posterior")}
    whole, without = share_task(task), share_task(task, strength=weak)
    for part in ("gluteus_minimus_anterior", "gluteus_minimus_middle", "tensor_fasciae_latae", "piriformis"):
        assert without.peak(part) > whole.peak(part)


def test_shortened_fibres_change_what_a_muscle_can_give():
    task = load_tasks()["running_right"]
    assert share_task(task, shortened={"gluteus_medius_anterior": 0.3}).peak(
        "gluteus_minimus_anterior"
    ) != pytest.approx(share_task(task).peak("gluteus_minimus_anterior"))


def test_resampling_keeps_the_ends():
    task = load_tasks()["running_right"]
    more = resample(task, 100)
    assert len(more.postures_deg) == 100
    assert more.postures_deg[[0, -1]] == pytest.approx(task.postures_deg[[0, -1]])


def test_bad_input_gets_a_clear_error():
    with pytest.raises(ShapeError, match="one row a posture"):
        share_load([[0, 0, 0]], [[1, 2]])
    with pytest.raises(PostureError, match="NaN"):
        share_load([[0, 0, 0]], [[np.nan, 0, 0]])
    with pytest.raises(UnknownMuscleError):
        share_load([[0, 0, 0]], [[0, 0, 0]], strength={"glute": 0.5})
    with pytest.raises(PostureError, match="mass"):
        share_task(load_tasks()["walking_right"], mass_kg=7500)
    with pytest.raises(ShapeError, match="2 or 3"):
        solve(np.ones((1, 3, 2)), np.ones((1, 3)), power=4)
