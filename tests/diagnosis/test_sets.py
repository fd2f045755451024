"""The weighed sets of causes against the exact sum, and the stated bound on what they leave out."""

from __future__ import annotations

import numpy as np
import pytest
from generated_cases import cases, with_yes
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from deepsix.case import Case, State, yes
from deepsix.diagnosis import engine, exact
from deepsix.diagnosis.network import compile_network, evidence_of
from deepsix.diagnosis.sets import likely_sets
from deepsix.knowledge import Knowledge

FEW_FINDINGS = 8  # stands in for EXACT_FINDINGS, so that the exact sum can still be had to compare with
MOST_EXACT = 12


def exact_marginal(weighed: engine.Weighed) -> np.ndarray:
    everything = np.arange(len(weighed.evidence.present))
    return exact.posterior(engine._sum_over(weighed.evidence, everything)).marginal


SCIATICA = ("pain_buttock", "pain_back_thigh", "pain_calf_back", "tingling_leg", "worse_sitting", "worse_cough_sneeze")


def test_on_a_textbook_case_the_sets_agree_with_the_exact_sum(knowledge: Knowledge) -> None:
    weighed = engine.weigh(knowledge, Case(45, "male", yes(*SCIATICA)))
    # The sets keep all but a few parts in a hundred of the probability: an ordinary case has few causes at once.
    np.testing.assert_allclose(weighed.sets.marginal(), exact_marginal(weighed), atol=0.05)
    assert weighed.method.exact


@settings(max_examples=5)
@given(data=st.data())
def test_the_bound_holds_when_there_are_too_many_findings_for_the_exact_sum(
    knowledge: Knowledge, data: st.DataObject
) -> None:
    usual = [f.id for f in knowledge.findings.values() if f.kind == "symptom" and f.danger is None]
    case = data.draw(cases(usual, most=25, states=(State.YES, State.YES, State.NO)))
    condition = knowledge.conditions[data.draw(st.sampled_from(sorted(knowledge.conditions)))]
    likely = sorted(condition.links, key=lambda link: -link.probability.value)[:22]
    case = with_yes(case, *(link.finding for link in likely if link.finding not in case.answers))
    evidence = evidence_of(compile_network(knowledge), engine.close(knowledge, case).case)
    too_many = [evidence.network.findings[i] for i in evidence.present[MOST_EXACT:]]
    case = engine.close(knowledge, case).case.without(*too_many)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "EXACT_FINDINGS", FEW_FINDINGS)
        weighed = engine.weigh(knowledge, case)
        method = weighed.method
    assume(not method.exact and len(weighed.evidence.present) <= MOST_EXACT + 3)
    difference = np.abs(weighed.marginal - exact_marginal(weighed)).max()
    assert 0 < difference <= method.error_bound


def test_no_set_is_weighed_twice(knowledge: Knowledge) -> None:
    evidence = evidence_of(compile_network(knowledge), Case(45, "male", yes(*SCIATICA)))
    members = likely_sets(evidence).members
    assert len(np.unique(members, axis=0)) == len(members)


def test_weights_are_probabilities(knowledge: Knowledge) -> None:
    weighed = engine.weigh(knowledge, Case(45, "male", yes(*SCIATICA)))
    assert weighed.sets.weight.sum() == 1.0 or abs(weighed.sets.weight.sum() - 1) < 1e-12
    assert ((weighed.sets.own >= 0) & (weighed.sets.own <= weighed.sets.members)).all()
