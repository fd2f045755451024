"""Words that mean something else in company, conditions that are no course, and parts that share a place."""

from __future__ import annotations

import pytest

PRESENT, ABSENT = {"present"}, {"absent"}


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("The hip pain comes and goes with my cycle.", "worse_cycling"),
        ("I cannot put weight on the leg.", "recent_weight_gain_or_loss"),
        ("My groin hurts and my blood pressure is low.", "vascular_disease"),
        ("My groin hurts. I teach at a secondary school.", "cancer_history"),
        ("I was pulling a heavy pallet and my back hurts.", "quality_tight_cramp"),
        ("The bending exercises made my hip worse.", "deep_diving_or_decompression"),
        ("The pain is getting worse all the time.", "course_constant"),
        ("Walking hurts and I cannot walk far any more.", "cannot_bear_weight"),
    ],
)
def test_a_word_is_read_in_the_sense_it_has_there(read, text, finding):
    assert finding not in read(text)


def test_a_cycle_of_the_body_is_a_period(read):
    assert read("The hip pain comes on with my cycle.").get("pain_cyclic_with_periods") == PRESENT
    assert read("Cycling makes my hip worse.").get("worse_cycling") == PRESENT


@pytest.mark.parametrize(
    "text",
    [
        "My hip hurts. It gets worse at night.",
        "If I stay still for long the hip pain gets worse.",
        "My hip hurts. It gets worse when I walk.",
    ],
)
def test_worse_at_an_hour_or_with_an_act_is_no_course(read, text):
    assert "course_worsening" not in read(text)


@pytest.mark.parametrize(
    "text",
    [
        "My hip is getting worse.",
        "My hip got worse and worse over the last weeks.",
        "My hip has been hurting more and more.",
        "The pain is getting worse and it wakes me at night.",
    ],
)
def test_worse_over_time_is_a_course(read, text):
    assert read(text).get("course_worsening") == PRESENT


def test_parts_that_share_a_place_are_each_read(read):
    found = read("I have pain in the front and outside of my left thigh.")
    assert found.get("pain_front_thigh") == PRESENT
    assert found.get("pain_outer_thigh") == PRESENT


@pytest.mark.parametrize(
    ("text", "finding", "expected"),
    [
        ("Painkillers do nothing and no position helps.", "pain_constant_unrelenting_rest", PRESENT),
        ("My hip started hurting without any reason, slowly.", "onset_gradual", PRESENT),
        ("My groin aches but I cannot put my finger on it.", "pain_one_spot", ABSENT),
        ("In the past few months my hip pain has got steadily worse.", "course_worsening", PRESENT),
        ("It has gone numb where you sit on a saddle.", "numb_saddle", PRESENT),
        ("It is difficult to pee.", "bladder_retention_or_leak", PRESENT),
        ("Both legs hurt badly.", "both_legs_nerve_symptoms", PRESENT),
        ("A big lump has come up in my right groin.", "lump_groin", PRESENT),
        ("I can no longer stand on my right leg.", "cannot_bear_weight", PRESENT),
    ],
)
def test_a_no_reaches_what_it_denies_and_danger_is_heard_in_plain_words(read, text, finding, expected):
    assert read(text).get(finding) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("For three and a half months my thigh has hurt.", {"duration_over_3_months"}),
        ("My hip hurts. I had a heart attack five years ago.", set()),
        ("My hip hurts. My child was born eight years ago.", set()),
        ("My hip has hurt for a very long time now.", {"duration_over_3_months"}),
        ("This morning I fell. Seven months ago I fell and ever since the hip has ached.", {"duration_over_3_months"}),
    ],
)
def test_how_long_is_the_length_of_this_trouble(read, text, expected):
    assert {finding for finding in read(text) if finding.startswith("duration_")} == expected


def test_the_length_of_morning_stiffness_outweighs_the_bare_word(story):
    answers = {answer.finding for answer in story("In the morning my hip is stiff for several hours.").answers()}
    assert "stiffness_morning_over_30_min" in answers
    assert "stiffness_morning_brief" not in answers
