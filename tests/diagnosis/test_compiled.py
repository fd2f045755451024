"""The compiled sum against counting every set of causes, and against the NumPy path it stands in for."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from toys import brute_force, random_sum

from deepsix.diagnosis import exact

TOLERANCE = 1e-12  # all terms are non-negative, so only rounding is left

SHAPES = [(2, 0, False), (5, 1, True), (6, 4, False), (6, 6, True), (10, 8, False), (10, 8, True)]


@pytest.fixture(params=["NumPy", "compiled"])
def path(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param == "compiled":
        pytest.importorskip("numba", reason="Numba, the optional extra `fast`, is not installed")
    monkeypatch.setattr(exact, "WORTH_COMPILING", 1 if request.param == "compiled" else 1 << 60)
    return str(request.param)


def problems(count: int, causes: int, findings: int, arrow: bool) -> list[exact.Sum]:
    rng = np.random.default_rng(causes * 100 + findings)
    return [random_sum(rng, causes, findings, arrow=arrow, none_factor=0.4) for _ in range(count)]


def draws(problem: exact.Sum, count: int) -> exact.Sum:
    """Return a stack of the problem with its parameters moved, links kept."""
    rng = np.random.default_rng(count)
    causes, findings = problem.strength.shape
    return replace(
        problem,
        odds=problem.odds * rng.uniform(0.5, 2.0, (count, causes)),
        absent=problem.absent[None],
        strength=problem.strength * rng.uniform(0.5, 1.0, (count, causes, findings)),
        leak=problem.leak * rng.uniform(0.5, 1.0, (count, findings)),
    )


@pytest.mark.parametrize("shape", SHAPES)
def test_each_of_many_problems_equals_the_sum_over_all_sets(path: str, shape: tuple[int, int, bool]) -> None:
    several = problems(4, *shape)
    for problem, found in zip(several, exact.posteriors(several), strict=True):
        expected = brute_force(problem)
        np.testing.assert_allclose(found.marginal, expected.marginal, rtol=0, atol=TOLERANCE)
        assert found.none == pytest.approx(expected.none, abs=TOLERANCE)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("count", [1, 8, 11])
def test_a_stack_of_draws_equals_the_draws_one_by_one(path: str, shape: tuple[int, int, bool], count: int) -> None:
    stack = draws(problems(1, *shape)[0], count)
    marginal, none = exact.posterior_stack(stack)
    for i in range(count):
        one = replace(stack, odds=stack.odds[i], absent=stack.absent[0], strength=stack.strength[i], leak=stack.leak[i])
        expected = exact.posterior(one)
        np.testing.assert_allclose(marginal[i], expected.marginal, rtol=0, atol=TOLERANCE)
        assert none[i] == pytest.approx(expected.none, abs=TOLERANCE)


@pytest.mark.parametrize("shape", SHAPES)
def test_once_loaded_the_kernels_serve_single_problems_alike(
    shape: tuple[int, int, bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("numba", reason="Numba, the optional extra `fast`, is not installed")
    monkeypatch.setattr(exact, "_kernels_are_loaded", False)  # as it was is put back afterwards
    for problem in problems(4, *shape):
        by_numpy = exact.posterior(problem), exact.log_total(problem)
        assert exact.load_kernels()
        by_kernels = exact.posterior(problem), exact.log_total(problem)
        np.testing.assert_allclose(by_kernels[0].marginal, brute_force(problem).marginal, rtol=0, atol=TOLERANCE)
        assert by_kernels[0].none == pytest.approx(by_numpy[0].none, abs=TOLERANCE)
        assert by_kernels[1] == pytest.approx(by_numpy[1], abs=TOLERANCE)
        exact._kernels_are_loaded = False


@pytest.mark.parametrize("arrow", [False, True])
def test_what_an_answer_does_equals_the_posterior_with_that_answer(path: str, arrow: bool) -> None:
    whole = problems(1, 7, 6, arrow)[0]
    now = replace(whole, strength=whole.strength[:, :4], leak=whole.leak[:4])
    effects = exact.what_answers_do(now, whole.strength[:, 4:], whole.leak[4:])
    for i in (0, 1):
        asked = [0, 1, 2, 3, 4 + i]
        after_yes = replace(whole, strength=whole.strength[:, asked], leak=whole.leak[asked])
        kept = 1 - whole.strength[:, 4 + i]
        after_no = replace(now, odds=now.odds * kept, absent=now.absent * kept)
        # A yes is the whole less the no: a few digits go with that.
        np.testing.assert_allclose(effects.if_yes[i], brute_force(after_yes).marginal, rtol=0, atol=1e-11)
        np.testing.assert_allclose(effects.if_no[i], brute_force(after_no).marginal, rtol=0, atol=TOLERANCE)
        assert effects.yes[i] == pytest.approx(np.exp(exact.log_total(after_yes) - exact.log_total(now)), abs=1e-11)


def test_a_problem_with_many_open_findings_equals_the_numpy_path(path: str) -> None:
    rng = np.random.default_rng(5)
    problem = random_sum(rng, 60, 11, arrow=True, none_factor=0.7)
    found, expected = exact.posteriors([problem])[0], exact.posterior(problem)
    np.testing.assert_allclose(found.marginal, expected.marginal, rtol=0, atol=TOLERANCE)


def test_few_problems_are_left_to_numpy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exact, "_arguments", lambda problem: pytest.fail("a short command must not import Numba"))
    assert len(exact.posteriors(problems(2, 4, 3, False))) == 2
