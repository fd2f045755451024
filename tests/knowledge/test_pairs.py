"""The network still says what the studies behind it say, or says why it does not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from small_data import write_small_data

from deepsix.knowledge import Knowledge, load_knowledge
from deepsix.knowledge.checks import model_pairs, probability_alone, unexplained
from deepsix.knowledge.loader import read_knowledge
from deepsix.knowledge.model import Estimate
from deepsix.knowledge.pairs import COLUMNS


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge()


def test_every_published_pair_is_reproduced_or_says_why_not(knowledge: Knowledge) -> None:
    lost = [f"{pair.published.finding} for {pair.published.condition}" for pair in unexplained(model_pairs(knowledge))]
    assert lost == []


def test_a_pair_that_is_reproduced_needs_no_excuse(knowledge: Knowledge) -> None:
    for pair in model_pairs(knowledge):
        assert not (pair.reproduced and pair.published.differs), pair.published


def test_a_third_of_the_pairs_are_reproduced_outright(knowledge: Knowledge) -> None:
    pairs = model_pairs(knowledge)
    assert len(pairs) >= 120
    assert sum(pair.reproduced for pair in pairs) >= len(pairs) / 3


@pytest.mark.parametrize(
    ("finding", "condition", "source"),
    [
        ("ex_sij_provocation_3plus", "sacroiliac_joint_pain", "van_der_2006"),
        ("ex_slump_positive", "radiculopathy_s1", "mkumbuzi_2012"),
        ("ex_faber_lateral", "gluteal_tendinopathy", "grimaldi_2017"),
        ("ex_trochanter_tender", "gluteal_tendinopathy", "grimaldi_2017"),
        ("ex_ober_positive", "gluteal_tendinopathy", "fearon_2013"),
        ("ex_seated_piriformis_stretch", "deep_gluteal_syndrome", "martin_2014"),
        ("eased_by_leaning_forward", "lumbar_spinal_stenosis", "suri_2010"),
        ("ex_hamstring_stretch_painful", "proximal_hamstring_tendinopathy", "cacchio_2012"),
        ("ex_p4_positive", "pelvic_girdle_pain_pregnancy", "ostgaard_1994"),
    ],
)
def test_the_best_studies_are_reproduced(knowledge: Knowledge, finding: str, condition: str, source: str) -> None:
    found = [
        pair
        for pair in model_pairs(knowledge)
        if (pair.published.finding, pair.published.condition, pair.published.source) == (finding, condition, source)
    ]
    assert any(pair.reproduced for pair in found)


def test_changing_a_condition_breaks_its_pair(knowledge: Knowledge) -> None:
    condition = knowledge.conditions["sacroiliac_joint_pain"]
    links = tuple(
        replace(link, probability=Estimate(0.2, 0.1, 0.3)) if link.finding == "ex_sij_provocation_3plus" else link
        for link in condition.links
    )
    spoiled = replace(knowledge, conditions={**knowledge.conditions, condition.id: replace(condition, links=links)})
    assert {pair.published.finding for pair in unexplained(model_pairs(spoiled))} == {"ex_sij_provocation_3plus"}


def test_causes_that_are_brought_about_add_to_what_a_cause_shows(knowledge: Knowledge) -> None:
    # A nerve root brings trigger points with it: 1 - (1-0.36)(1-0.5*0.812)(1-0.45*0.824) by hand.
    root = knowledge.conditions["radiculopathy_l5"]
    direct = root.link("ex_gluteal_trigger_points")
    assert direct is not None
    total = probability_alone(knowledge, "ex_gluteal_trigger_points", root)
    assert total > direct.probability.value
    assert total == pytest.approx(0.76, abs=0.01)


def test_a_lasting_fact_enters_by_its_share_and_ratio(tmp_path: Path) -> None:
    knowledge, problems = read_knowledge(write_small_data(tmp_path))
    assert problems == []
    # 15% of people run, and runners have 0.8 times the odds: 0.15*0.8 / (0.15*0.8 + 0.85)
    assert probability_alone(knowledge, "runner", knowledge.conditions["worn_hip"]) == pytest.approx(0.12 / 0.97)


HEADER = ",".join(COLUMNS)


def with_pairs(folder: Path, *rows: str, header: str = HEADER) -> Path:
    write_small_data(folder)
    (folder / "evidence").mkdir()
    (folder / "evidence/pairs.csv").write_text("\n".join([header, *rows, ""]), encoding="utf-8")
    return folder


def test_what_the_model_says_follows_from_links_and_backgrounds(tmp_path: Path) -> None:
    row = "pain_groin,worn_hip,0.72,,,0.75,0.70,0.85,,,,adults,,smith_2020,"
    knowledge, problems = read_knowledge(with_pairs(tmp_path, row))
    assert problems == []
    (pair,) = model_pairs(knowledge)
    assert pair.sensitivity == pytest.approx(0.7)  # the link
    assert pair.specificity == pytest.approx(0.8)  # the other cause has the background, 0.2
    assert pair.reproduced  # 0.7 within 0.10 of 0.72, and 0.8 inside 0.70 to 0.85


def test_a_pair_out_of_reach_is_unexplained_until_it_says_why(tmp_path: Path) -> None:
    row = "pain_groin,worn_hip,0.95,0.9,0.99,,,,,,,adults,{why},smith_2020,"
    for folder, why in ((tmp_path / "a", ""), (tmp_path / "b", "Surgical patients; shrunk.")):
        knowledge, _ = read_knowledge(with_pairs(folder, row.format(why=why)))
        (pair,) = model_pairs(knowledge)
        assert not pair.reproduced
        assert pair.why == why
        assert unexplained([pair]) == ([] if why else [pair])


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ("pain_groin,worn_hip,0.7,0.8,0.9,,,,,,,adults,,smith_2020,", "sensitivity"),
        ("pain_groin,worn_hip,often,,,,,,,,,adults,,smith_2020,", "sensitivity"),
        ("pain_groin,worn_hip,,,,,,,,,,adults,,smith_2020,", "sensitivity"),
        ("pain_groin,worn_hip,0.7,,,1.2,,,,,,adults,,smith_2020,", "specificity"),
        ("pain_groin,worn_hip,0.7,,,,,,,,sore_bakc,adults,,smith_2020,", "compared_with"),
        ("pain_gorin,worn_hip,0.7,,,,,,,,,adults,,smith_2020,", "finding_id"),
    ],
)
def test_a_spoiled_pair_is_reported_with_its_line(tmp_path: Path, row: str, field: str) -> None:
    problems = read_knowledge(with_pairs(tmp_path, row))[1]
    assert field in {problem.field for problem in problems}
    assert {(problem.file, problem.line) for problem in problems} == {("evidence/pairs.csv", 2)}


def test_unknown_columns_are_reported(tmp_path: Path) -> None:
    problems = read_knowledge(with_pairs(tmp_path, header="source,finding_id,lr"))[1]
    assert [problem.field for problem in problems] == ["columns"]
