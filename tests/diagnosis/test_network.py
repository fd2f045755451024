"""What goes into the network comes out of it: published probabilities, ratios, shares, discounts; and who is asked."""

from __future__ import annotations

import random

import numpy as np
import pytest
from generated_cases import cases
from hypothesis import given
from hypothesis import strategies as st
from toys import Toy, sure, with_sds

from deepsix.case import Answer, Case, State, no, yes
from deepsix.diagnosis.engine import assess, weigh
from deepsix.diagnosis.network import compile_network, prior_odds
from deepsix.errors import CaseError
from deepsix.knowledge import Knowledge
from deepsix.knowledge.model import AGE_BANDS


def odds_of(knowledge: Knowledge, case: Case, cause: str) -> float:
    p = assess(knowledge, case).cause(cause).probability
    return p / (1 - p)


def likelihood_ratio(knowledge: Knowledge, answers: dict[str, Answer], cause: str) -> float:
    return odds_of(knowledge, Case(answers=answers), cause) / odds_of(knowledge, Case(), cause)


def test_every_published_probability_comes_back_from_the_compiled_network(knowledge: Knowledge) -> None:
    network = compile_network(knowledge)
    profiled = {network.findings[i] for columns in network.profile for i in columns}
    for condition in knowledge.conditions.values():
        row = network.cause_index(condition.id)
        for link in condition.links:
            column, background = (
                network.findings.index(link.finding),
                network.leak[network.findings.index(link.finding)],
            )
            if link.finding in profiled:
                continue
            alone = 1 - (1 - background) * (1 - network.strength[row, column])
            expected = max(link.probability.value, background)  # a cause never makes a finding rarer
            assert alone == pytest.approx(expected, abs=1e-8), (condition.id, link.finding)


def test_one_cause_and_one_finding_follow_bayes_rule() -> None:
    toy = Toy({"strain": 0.1}, {"sore": 0.2}, {"strain": {"sore": 0.8}}).build()
    assert likelihood_ratio(toy, yes("sore"), "strain") == pytest.approx(0.8 / 0.2, rel=1e-6)
    assert likelihood_ratio(toy, no("sore"), "strain") == pytest.approx(0.2 / 0.8, rel=1e-6)


def test_risk_ratios_average_to_the_prior(knowledge: Knowledge) -> None:
    network = compile_network(knowledge)
    for j, risk in enumerate(network.risks):
        with_it, without = prior_odds(network, Case(answers=yes(risk))), prior_odds(network, Case(answers=no(risk)))
        average = network.risk_share[j] * with_it + (1 - network.risk_share[j]) * without
        np.testing.assert_allclose(average, network.prior_odds, rtol=1e-9, err_msg=risk)


def test_a_risk_multiplies_the_odds_by_its_ratio() -> None:
    toy = Toy({"strain": 0.1}, {"runs": 0.3, "sore": 0.2}, risks={"strain": {"runs": 4.0}}).build()
    ratio = odds_of(toy, Case(answers=yes("runs")), "strain") / odds_of(toy, Case(answers=no("runs")), "strain")
    assert ratio == pytest.approx(4.0, rel=1e-9)


def test_age_factors_are_those_of_the_data_file(knowledge: Knowledge) -> None:
    network = compile_network(knowledge)
    for band, (first, last) in enumerate(AGE_BANDS):
        expected = network.prior_odds * network.age_factor[:, band]
        for age in (first, last):
            np.testing.assert_allclose(prior_odds(network, Case(age=age)), expected, rtol=1e-12)


TWINS = Toy(
    {"strain": 0.05},
    {"sitting": 0.2, "driving": 0.2},
    {"strain": {"sitting": 0.8, "driving": 0.8}},
    groups={"sitting": "sitting", "driving": "sitting"},
)


@pytest.mark.parametrize("exponent", [1.0, 0.7, 0.0])
def test_two_findings_of_a_group_count_together_as_two_to_the_exponent(exponent: float) -> None:
    TWINS.settings = {"present_exponent": exponent, "absent_exponent": exponent}
    toy = TWINS.build()
    both = likelihood_ratio(toy, yes("sitting", "driving"), "strain")
    assert both == pytest.approx(4.0 ** (2**exponent), rel=1e-6)
    neither = likelihood_ratio(toy, no("sitting", "driving"), "strain")
    assert neither == pytest.approx(0.25 ** (2**exponent), rel=1e-6)


def test_a_sign_of_danger_is_never_discounted(knowledge: Knowledge) -> None:
    evidence = weigh(knowledge, Case(answers=yes("fever", "chills_or_sweats", "feels_very_unwell"))).evidence
    np.testing.assert_array_equal(evidence.weight[evidence.present], 1.0)


def test_an_unlisted_special_finding_takes_after_the_general_one() -> None:
    toy = Toy(
        {"strain": 0.05},
        {"buttock": 0.2, "deep_buttock": 0.1},
        {"strain": {"buttock": 0.8}},
        implies={"deep_buttock": ["buttock"]},
        settings={"inherited_exponent": 0.5},
    ).build()
    # The general ratio is 4; half way on the log scale is 2. The general yes that follows is not counted again.
    assert likelihood_ratio(toy, yes("deep_buttock"), "strain") == pytest.approx(2.0, rel=1e-6)


LENGTHS = Toy(
    {"strain": 0.05, "wear": 0.05},
    {"days": 0.2, "weeks": 0.3, "months": 0.4},
    {"strain": {"days": 0.7, "weeks": 0.2, "months": 0.1}, "wear": {"months": 0.9}},
    profiles={"length": ("days", "weeks", "months")},
    excludes={"days": ["weeks", "months"], "weeks": ["days", "months"], "months": ["days", "weeks"]},
    groups={"days": "length", "weeks": "length", "months": "length"},
)


def test_answers_that_exclude_each_other_move_odds_by_their_share() -> None:
    toy = LENGTHS.build()
    assert likelihood_ratio(toy, yes("days"), "strain") == pytest.approx(0.7 / 0.2, rel=1e-6)
    assert likelihood_ratio(toy, yes("months"), "strain") == pytest.approx(0.1 / 0.4, rel=1e-6)


def test_shares_a_condition_does_not_give_are_filled_in_from_the_background() -> None:
    network = compile_network(LENGTHS.build())
    shares = network.probability[network.cause_index("wear")]
    days, weeks = (shares[network.findings.index(name)] for name in ("days", "weeks"))
    left = 1 - 0.9
    assert days == pytest.approx(left * 0.2 / (0.2 + 0.3 + 0.1))
    assert weeks == pytest.approx(left * 0.3 / (0.2 + 0.3 + 0.1))


def test_shares_never_add_up_to_more_than_one(knowledge: Knowledge) -> None:
    network = compile_network(knowledge)
    for columns in network.profile:
        total = network.probability[:, list(columns)].sum(axis=1)
        # Each share is at least 0.005, so that no answer rules a cause out; that may add a little.
        assert total.max() <= 1 + 0.005 * len(columns)


@given(data=st.data())
def test_unsure_moves_no_probability(knowledge: Knowledge, data: st.DataObject) -> None:
    case = data.draw(cases(knowledge.findings, states=(State.YES, State.NO)))
    open_ones = sorted(set(knowledge.findings) - set(weigh(knowledge, case).closed.case.answers))
    unsure = data.draw(st.lists(st.sampled_from(open_ones), unique=True, max_size=8))
    more = case.with_answers(*(Answer(name, State.UNSURE) for name in unsure))
    np.testing.assert_array_equal(weigh(knowledge, more).marginal, weigh(knowledge, case).marginal)


@given(data=st.data())
def test_the_order_of_answers_does_not_matter(knowledge: Knowledge, data: st.DataObject) -> None:
    case = data.draw(cases(knowledge.findings))
    shuffled = list(case.answers.items())
    random.Random(data.draw(st.integers())).shuffle(shuffled)
    other = Case(case.age, case.sex, dict(shuffled))
    assert assess(knowledge, other).causes == assess(knowledge, case).causes
    assert assess(knowledge, other).urgency.level == assess(knowledge, case).urgency.level


@given(data=st.data())
def test_probabilities_are_between_0_and_1(knowledge: Knowledge, data: st.DataObject) -> None:
    case = data.draw(cases(knowledge.findings, most=20))
    assessment = assess(knowledge, case, data.draw(st.sampled_from(["community", "clinic", "published"])))
    for cause in assessment.causes:
        assert 0 <= cause.low <= cause.probability <= cause.high <= 1
    assert 0 <= assessment.none_of_these <= 1


def test_an_unknown_finding_is_refused_with_the_nearest_names(knowledge: Knowledge) -> None:
    with pytest.raises(CaseError, match=r"There is no finding 'fevr'.*Did you mean fever") as raised:
        assess(knowledge, Case(answers=yes("fevr", "worse_siting")))
    assert "worse_sitting" in str(raised.value)  # all of them are named at once


def test_one_network_is_compiled_for_each_setting(knowledge: Knowledge) -> None:
    assert compile_network(knowledge, "clinic") is compile_network(knowledge, "clinic")
    assert compile_network(knowledge, "clinic") is not compile_network(knowledge, "community")


def test_a_wider_interval_leaves_the_probability_where_it_is() -> None:
    toy = Toy({"strain": 0.1}, {"sore": 0.2}, {"strain": {"sore": 0.8}}).build()
    wide = with_sds(toy, "strain", "sore", type(sure(0.8))(0.8, 0.3, 0.95))
    case = Case(answers=yes("sore"))
    assert odds_of(wide, case, "strain") == pytest.approx(odds_of(toy, case, "strain"), rel=1e-12)
