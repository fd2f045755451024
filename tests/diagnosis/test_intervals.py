"""95% intervals: they hold the probability, they repeat, and they are as wide as what is known about the numbers."""

from __future__ import annotations

import numpy as np
import pytest
from generated_cases import cases
from hypothesis import given, settings
from hypothesis import strategies as st
from toys import Toy

from deepsix.case import Case, yes
from deepsix.diagnosis.assessment import RankedCause
from deepsix.diagnosis.engine import assess, weigh
from deepsix.diagnosis.intervals import credible_intervals
from deepsix.knowledge import Knowledge
from deepsix.knowledge.model import Estimate


def interval(knowledge: Knowledge, case: Case, cause: str) -> RankedCause:
    return assess(knowledge, case).cause(cause)


def width_of_logit(cause: RankedCause) -> float:
    return float(np.log(cause.high / (1 - cause.high)) - np.log(cause.low / (1 - cause.low)))


@settings(max_examples=20)
@given(data=st.data())
def test_the_interval_holds_the_probability(knowledge: Knowledge, data: st.DataObject) -> None:
    for cause in assess(knowledge, data.draw(cases(knowledge.findings, most=20))).causes:
        assert cause.low <= cause.probability <= cause.high


def test_the_same_answers_give_the_same_interval(knowledge: Knowledge) -> None:
    case = Case(45, "female", yes("pain_hip_side", "worse_lying_on_side"))
    assert assess(knowledge, case).causes == assess(knowledge, case).causes


ONE_CAUSE = {"strain": {"sore": Estimate(0.8, 0.75, 0.84)}}


def test_a_wider_parameter_makes_a_wider_interval() -> None:
    widths = []
    for low, high in ((0.79, 0.81), (0.7, 0.87), (0.4, 0.96)):
        toy = Toy({"strain": 0.1}, {"sore": 0.2}, {"strain": {"sore": Estimate(0.8, low, high)}}).build()
        widths.append(width_of_logit(interval(toy, Case(answers=yes("sore")), "strain")))
    assert widths == sorted(widths)
    assert widths[-1] > 1.5 * widths[0]


def test_parameters_known_exactly_leave_next_to_no_interval() -> None:
    toy = Toy({"strain": 0.1}, {"sore": 0.2}, {"strain": {"sore": 0.8}}).build()
    # Each of the three numbers is known to 1%; together that is some 0.03 of log-odds either way.
    assert width_of_logit(interval(toy, Case(answers=yes("sore")), "strain")) < 0.15


def draw_logit(rng: np.random.Generator, value: float, low: float, high: float, draws: int) -> np.ndarray:
    def logit(p: float) -> float:
        return float(np.log(p / (1 - p)))

    sd = (logit(high) - logit(low)) / (2 * 1.959964)
    return 1 / (1 + np.exp(-(logit(value) + sd * rng.standard_normal(draws))))


def test_one_cause_agrees_with_drawing_the_parameters_directly() -> None:
    """Bayes' rule over 200,000 draws of prior, background and P(sore | strain), against 2,000 draws of the program."""
    toy = Toy({"strain": 0.1}, {"sore": 0.2}, ONE_CAUSE).build()
    weighed = weigh(toy, Case(answers=yes("sore")))
    found = credible_intervals(weighed.evidence, weighed.sets, weighed.marginal, draws=2000)[0]
    rng = np.random.default_rng(7)
    prior = draw_logit(rng, 0.1, 0.099, 0.101, 200_000)
    background = draw_logit(rng, 0.2, 0.198, 0.202, 200_000)
    likelihood = draw_logit(rng, *(getattr(ONE_CAUSE["strain"]["sore"], f) for f in ("value", "low", "high")), 200_000)
    odds = prior / (1 - prior) * likelihood / background
    expected = np.quantile(odds / (1 + odds), [0.025, 0.975])
    # The ends of a 95% interval from 2,000 draws are themselves uncertain by about 5% of its width.
    np.testing.assert_allclose(found, expected, atol=0.1 * (expected[1] - expected[0]))


def test_more_is_known_about_a_case_with_sourced_numbers_than_with_estimates() -> None:
    sourced = Toy({"a": 0.1, "b": 0.1}, {"x": 0.1}, {"a": {"x": Estimate(0.6, 0.55, 0.65)}}).build()
    guessed = Toy({"a": 0.1, "b": 0.1}, {"x": 0.1}, {"a": {"x": Estimate(0.6, 0.2, 0.9)}}).build()
    case = Case(answers=yes("x"))
    assert width_of_logit(interval(sourced, case, "a")) < width_of_logit(interval(guessed, case, "a"))


@pytest.mark.parametrize("cause", ["gluteal_tendinopathy", "hip_osteoarthritis", "radiculopathy_s1"])
def test_no_cause_is_stated_more_surely_than_its_prior_is_known_when_nothing_was_said(
    knowledge: Knowledge, cause: str
) -> None:
    prior = knowledge.conditions[cause].prior.community
    found = interval(knowledge, Case(), cause)
    published = np.log(prior.high / (1 - prior.high)) - np.log(prior.low / (1 - prior.low))
    # 64 draws give the ends of the interval to within about a quarter of its width.
    assert width_of_logit(found) >= 0.6 * published
