"""What sets a condition apart, against draws from the network and against what everybody knows."""

from __future__ import annotations

import numpy as np
import pytest

from deepsix.diagnosis.network import compile_network
from deepsix.diagnosis.typical import look_alikes, signs, usual_probabilities
from deepsix.knowledge.model import Knowledge


def test_what_is_usual_is_what_drawn_people_have(knowledge: Knowledge) -> None:
    network = compile_network(knowledge)
    draws = np.random.default_rng(6)
    prior = network.prior_odds / (1 + network.prior_odds)
    people = draws.random((20_000, len(prior))) < prior
    hidden = (people @ np.log1p(-network.strength)) + np.log1p(-network.leak)
    drawn = draws.random(hidden.shape) < -np.expm1(hidden)
    apart = [i for columns in network.profile for i in columns]
    rest = np.setdiff1d(np.arange(len(network.findings)), apart)
    # Four standard errors of 20,000 draws.
    assert usual_probabilities(network)[rest] == pytest.approx(drawn.mean(axis=0)[rest], abs=4 * 0.5 / 141)


def test_findings_that_exclude_each_other_share_one_whole(knowledge: Knowledge) -> None:
    network = compile_network(knowledge)
    usual = usual_probabilities(network)
    assert all(usual[list(columns)].sum() <= 1.0 for columns in network.profile)


@pytest.mark.parametrize(
    ("condition", "first_few"),
    [
        ("gluteal_tendinopathy", "worse_lying_on_side"),
        ("septic_arthritis_hip", "fever"),
        ("deep_rotator_overload", "pain_next_day_peak"),
        ("meralgia_paraesthetica", "numb_outer_thigh"),
    ],
)
def test_the_clearest_signs_are_those_it_is_known_for(knowledge: Knowledge, condition: str, first_few: str) -> None:
    assert first_few in [sign.finding for sign in signs(knowledge, condition)][:8]


def test_a_sign_counts_for_when_there_and_against_when_not(knowledge: Knowledge) -> None:
    for sign in signs(knowledge, "hip_osteoarthritis"):
        assert (sign.yes > 0) == (sign.no < 0) == (sign.probability.value > sign.usual)


@pytest.mark.parametrize(
    ("condition", "other"),
    [
        ("gluteal_tendinopathy", "trochanteric_bursitis"),
        ("radiculopathy_l5", "radiculopathy_s1"),
        ("deep_rotator_overload", "piriformis_syndrome"),
        ("femoral_neck_stress_fracture", "femoral_shaft_stress_fracture"),
    ],
)
def test_it_is_mixed_up_with_what_feels_the_same(knowledge: Knowledge, condition: str, other: str) -> None:
    assert other in [found.condition for found in look_alikes(knowledge, condition, 6)]


def test_what_tells_two_apart_points_the_way_it_is_said_to(knowledge: Knowledge) -> None:
    network = compile_network(knowledge)
    for identity in ("hip_osteoarthritis", "sacroiliac_joint_pain", "septic_arthritis_hip"):
        for other in look_alikes(knowledge, identity, 6):
            row, their = network.cause_index(identity), network.cause_index(other.condition)
            for names, sign in ((other.own, 1), (other.other, -1)):
                columns = [network.findings.index(name) for name in names]
                assert (sign * (network.probability[row] - network.probability[their])[columns] > 0).all()
                assert all(knowledge.findings[name].kind != "exam" for name in names)


def test_nothing_is_its_own_look_alike(knowledge: Knowledge) -> None:
    assert all(c not in [o.condition for o in look_alikes(knowledge, c, 6)] for c in knowledge.conditions)
