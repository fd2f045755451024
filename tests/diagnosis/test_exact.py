"""The exact sum against two things that share no code with it: counting every set of causes, and pyAgrum."""

from __future__ import annotations

import warnings
from dataclasses import replace
from types import ModuleType

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from toys import brute_force, random_sum

from deepsix.diagnosis import exact

TOLERANCE = 1e-9  # what the issue asks for; observed differences are about 1e-15


@st.composite
def problems(draw: st.DrawFn, *, arrow: bool, none_factor: float = 1.0) -> exact.Sum:
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    causes, findings = draw(st.integers(2, 6)), draw(st.integers(0, 6))
    return random_sum(rng, causes, findings, arrow=arrow, none_factor=none_factor)


def assert_same(found: exact.Posterior, expected: exact.Posterior) -> None:
    np.testing.assert_allclose(found.marginal, expected.marginal, rtol=0, atol=TOLERANCE)
    assert abs(found.none - expected.none) <= TOLERANCE


@given(problems(arrow=False))
def test_without_an_arrow_it_equals_the_sum_over_all_sets(problem: exact.Sum) -> None:
    assert_same(exact.posterior(problem), brute_force(problem))


@given(problems(arrow=True))
def test_with_an_arrow_it_equals_the_sum_over_all_sets(problem: exact.Sum) -> None:
    assert_same(exact.posterior(problem), brute_force(problem))


@given(problems(arrow=True, none_factor=0.3))
def test_weighing_down_no_cause_at_all_equals_the_sum_over_all_sets(problem: exact.Sum) -> None:
    assert_same(exact.posterior(problem), brute_force(problem))


@given(problems(arrow=True), st.randoms(use_true_random=False))
def test_the_order_of_findings_does_not_matter(problem: exact.Sum, shuffler: object) -> None:
    order = list(range(len(problem.leak)))
    shuffler.shuffle(order)  # type: ignore[attr-defined]
    shuffled = replace(problem, strength=problem.strength[:, order], leak=problem.leak[order])
    assert_same(exact.posterior(shuffled), exact.posterior(problem))


@given(problems(arrow=True, none_factor=0.5))
def test_log_total_is_the_log_of_the_weight_that_is_shared_out(problem: exact.Sum) -> None:
    none = float(np.prod(problem.leak)) * problem.none_factor
    assert exact.log_total(problem) == pytest.approx(np.log(none / brute_force(problem).none), abs=1e-9)


def test_many_findings_lose_no_digits() -> None:
    """With alternating signs a sum of 14 findings has lost everything; here one cause explains them all."""
    n = 14
    problem = exact.Sum(
        np.array([1e-6]), np.ones(1), np.full((1, n), 0.9), np.full(n, 1e-4), np.zeros(1, bool), np.zeros(1)
    )
    p_on, p_off = (1 - (1 - 1e-4) * 0.1) ** n, 1e-4**n
    expected_off = p_off / (p_off + 1e-6 * p_on)
    assert exact.posterior(problem).none == pytest.approx(expected_off, rel=1e-12)


def test_a_cause_that_no_finding_touches_keeps_its_prior() -> None:
    problem = exact.Sum(
        np.array([0.25, 0.5]), np.ones(2), np.array([[0.8], [0.0]]), np.array([0.1]), np.zeros(2, bool), np.zeros(2)
    )
    assert exact.posterior(problem).marginal[1] == pytest.approx(0.5 / 1.5, abs=1e-15)


@pytest.fixture(scope="module")
def gum() -> ModuleType:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its wrapper warns about itself while it is imported
        return pytest.importorskip("pyagrum", reason="pyAgrum is not installed: pip install 'deepsix[test]'")


def pyagrum_posterior(gum: ModuleType, problem: exact.Sum, absent_strength: np.ndarray) -> np.ndarray:
    """Return P(cause on of itself) from a Bayesian network with present findings and one absent finding a cause."""
    net = gum.BayesNet()
    priors = problem.odds / problem.absent / (1 + problem.odds / problem.absent)

    def variable(name: str) -> object:
        return gum.LabelizedVariable(name, "", 2)

    for c, prior in enumerate(priors):
        net.add(variable(f"own{c}"))
        net.cpt(f"own{c}").fillWith([1 - float(prior), float(prior)])
    net.addOR(variable("started"))
    for c in np.flatnonzero(problem.starts_arrow):
        net.addArc(f"own{c}", "started")
    for c, b in enumerate(problem.arrow_strength):
        net.addNoisyORNet(variable(f"cause{c}"), 0.0)
        net.addWeightedArc(f"own{c}", f"cause{c}", 1.0)
        if b > 0 and problem.starts_arrow.any():
            net.addWeightedArc("started", f"cause{c}", float(b))
    evidence = {}
    for f, leak in enumerate(problem.leak):
        net.addNoisyORNet(variable(f"present{f}"), float(leak))
        for c in np.flatnonzero(problem.strength[:, f]):
            net.addWeightedArc(f"cause{c}", f"present{f}", float(problem.strength[c, f]))
        evidence[f"present{f}"] = 1
    for c, strength in enumerate(absent_strength):
        net.addNoisyORNet(variable(f"absent{c}"), 0.2)
        net.addWeightedArc(f"cause{c}", f"absent{c}", float(strength))
        evidence[f"absent{c}"] = 0
    inference = gum.LazyPropagation(net)
    inference.setEvidence(evidence)
    inference.makeInference()
    return np.array([inference.posterior(f"own{c}")[1] for c in range(len(priors))])


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("arrow", [False, True], ids=["no_arrow", "arrow"])
def test_it_equals_pyagrum_on_the_same_network(gum: ModuleType, seed: int, arrow: bool) -> None:
    problem = random_sum(np.random.default_rng(seed), causes=7, findings=6, arrow=arrow)
    found = exact.posterior(problem).marginal
    expected = pyagrum_posterior(gum, problem, 1 - problem.absent)
    np.testing.assert_allclose(found, expected, rtol=0, atol=TOLERANCE)
