"""Retold examinations: what was done, and how it came out."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "finding", "state"),
    [
        ("The physio bent my knee up and turned it in, and that nipped in the groin.", "ex_fadir_positive", "present"),
        ("The GP rolled my leg inwards and it hurt.", "ex_internal_rotation_painful", "present"),
        ("The GP rolled my leg inwards without any pain.", "ex_internal_rotation_painful", "absent"),
        ("The surgeon turned my leg in and it would not go.", "ex_internal_rotation_reduced", "present"),
        ("It made me jump when the nurse lifted my straight leg.", "ex_slr_positive", "present"),
        ("The doctor lifted my straight leg and it was fine.", "ex_slr_positive", "absent"),
        ("The doctor lifted my straight leg; nothing.", "ex_slr_positive", None),
        ("She is my physio. She had me squeeze her fist between my knees and I yelped.", "ex_adductor_squeeze_painful",
         "present"),
        ("The osteopath had me push my leg out sideways against her hand and it was weak.", "ex_abductor_weak",
         "present"),
        ("Bending my knee against resistance is fine.", "ex_resisted_knee_flexion_painful", "absent"),
    ],
)  # fmt: skip
def test_a_movement_is_read_with_its_result(read, text, finding, state):
    assert read(text).get(finding) == ({state} if state else None)


@pytest.mark.parametrize(
    ("text", "finding", "state"),
    [
        ("When I press on the pubic bone it is sore.", "tender_pubic_bone", "present"),
        ("The pubic bone isn't tender.", "tender_pubic_bone", "absent"),
        ("My sit bone hurts when somebody presses it.", "tender_sit_bone", "present"),
        ("She pressed the tip of my spine and I leapt.", "tender_tailbone", "present"),
        ("The doctor pressed the outer hip and I hit the ceiling.", "ex_trochanter_tender", "present"),
    ],
)
def test_a_place_is_tender_when_it_hurts_to_press(read, text, finding, state):
    assert read(text).get(finding) == {state}


def test_without_an_examiner_a_movement_is_no_examination(read):
    assert "ex_internal_rotation_painful" not in read("Turning my leg in hurts.")


def test_the_examiner_may_be_named_in_the_sentence_before(read):
    found = read("I saw a physio on Monday. Turning the leg in was very sore.")
    assert found["ex_internal_rotation_painful"] == {"present"}


def test_without_a_result_nothing_is_read(read):
    assert "ex_slr_positive" not in read("The doctor lifted my straight leg and wrote something down.")


def test_a_result_after_but_belongs_to_something_else(read):
    assert "ex_slr_positive" not in read("The doctor lifted my straight leg but my neck hurt.")
