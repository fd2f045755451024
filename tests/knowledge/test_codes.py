"""Every condition carries an ICD-10-CM code that exists and can be billed, so a letter can be filed."""

from __future__ import annotations

import warnings

import pytest

with warnings.catch_warnings():
    # The package reads its own files in a way Python has given up; that is not ours to mend.
    warnings.simplefilter("ignore", DeprecationWarning)
    import simple_icd_10_cm as icd

from deepsix.knowledge import Knowledge, load_knowledge


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge()


def test_every_code_exists_and_is_specific_enough(knowledge: Knowledge) -> None:
    for condition in knowledge.conditions.values():
        assert icd.is_valid_item(condition.icd10cm), f"{condition.id}: {condition.icd10cm}"
        assert icd.is_leaf(condition.icd10cm), f"{condition.id}: {condition.icd10cm} has subdivisions"


def test_a_code_that_does_not_exist_would_be_seen() -> None:
    assert not icd.is_valid_item("M16.99")


def test_no_code_names_a_side_because_we_do_not_know_it(knowledge: Knowledge) -> None:
    for condition in knowledge.conditions.values():
        words = icd.get_description(condition.icd10cm).lower().replace(",", " ").split()
        assert "right" not in words, condition.id
        assert "left" not in words, condition.id


@pytest.mark.parametrize(
    ("condition", "chapter"),
    [
        ("hip_osteoarthritis", "M16"),
        ("polymyalgia_rheumatica", "M35"),
        ("cauda_equina_syndrome", "G83"),
        ("appendicitis", "K35"),
        ("hip_fracture", "S72"),
        ("shingles", "B02"),
        ("deep_vein_thrombosis", "I82"),
    ],
)
def test_well_known_conditions_stand_in_their_category(knowledge: Knowledge, condition: str, chapter: str) -> None:
    assert knowledge.conditions[condition].icd10cm.startswith(chapter)
