"""How long it has lasted, who hurts, how old, which side, and past facts that still count."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("My hip has hurt for three weeks.", "duration_1_to_6_weeks"),
        ("The pain started two days ago.", "duration_under_1_week"),
        ("I've had this ache in my groin for half a year.", "duration_over_3_months"),
        ("For the last couple of months my buttock has been sore.", "duration_6_weeks_to_3_months"),
        ("I've had back pain for over ten years.", "duration_over_1_year"),
        ("I'm 30 and my hip has clicked and hurt since I was 19.", "duration_over_1_year"),
        ("I fell off my bike yesterday and my hip hurts.", "duration_under_1_week"),
    ],
)
def test_the_length_of_this_trouble_is_banded(read, text, finding):
    assert finding in read(text)


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("My hip aches on stairs. Five months maybe.", "duration_over_3_months"),
        ("I slipped on the ice. That was ten days ago.", "duration_1_to_6_weeks"),
        ("A lump came up after the tackle. Twelve days on there's still a bruise.", "duration_1_to_6_weeks"),
        ("My groin burns after every match. This is month five.", "duration_over_3_months"),
        ("Six months and two physios later my buttock still hurts.", "duration_over_3_months"),
        ("Nine days of this groin pain.", "duration_1_to_6_weeks"),
        ("My buttock has ached since last summer.", "duration_over_3_months"),
        ("On Tuesday my foot slipped and my groin went.", "duration_under_1_week"),
    ],
)
def test_clipped_lengths_count_as_well(read, text, finding):
    assert finding in read(text)


@pytest.mark.parametrize(
    ("text", "not_band"),
    [
        ("My hip started to hurt last week. I had my knee operated on six years ago.", "duration_over_1_year"),
        ("I rested for six months but the pain started again two weeks ago.", "duration_over_3_months"),
        ("My groin has hurt for ten days. I have been married for twenty years.", "duration_over_1_year"),
        ("I'd had a niggly hip for years. Nine days ago something tore in it.", "duration_over_1_year"),
    ],
)
def test_lengths_of_other_things_do_not_count(read, text, not_band):
    assert not_band not in read(text)


def test_a_parent_writes_about_a_child_who_is_the_patient(story):
    told = story("My daughter is 8. She has limped since Sunday and says her knee hurts.")
    assert told.about == "child"
    assert told.about_child
    assert told.age == 8
    assert {a.finding for a in told.answers() if a.state.value == "yes"} >= {"limp", "pain_knee"}


def test_somebody_writes_for_their_mother(story):
    told = story(
        "My mum fell in the kitchen this morning. She can't put any weight on her leg and her foot is turned out."
    )
    assert told.about == "other"
    assert "cannot_bear_weight" in {a.finding for a in told.answers() if a.state.value == "yes"}


def test_the_writer_hurts_even_when_a_child_is_mentioned(story):
    assert story("I was lifting my daughter and my back went. She is 3.").about == "self"


@pytest.mark.parametrize(
    ("text", "finding", "side"),
    [
        ("I have pain in my left buttock.", "pain_buttock", "left"),
        ("My right groin aches and it is right in the crease.", "pain_groin", "right"),
        ("Both hips hurt.", "pain_hip_unspecified", "both"),
        ("My groin aches right at the front.", "pain_groin", ""),
    ],
)
def test_the_side_goes_with_the_place(story, text, finding, side):
    answers = {answer.finding: answer for answer in story(text).answers()}
    assert answers[finding].side == side


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("I had a slipped disc operated on years ago.", "disc_prolapse_known"),
        ("I used to smoke twenty a day.", "smoker"),
        ("I had low back pain in the past.", "low_back_trouble_history"),
    ],
)
def test_a_lasting_fact_told_in_the_past_is_a_yes(story, text, finding):
    assert finding in {a.finding for a in story(text).answers() if a.state.value == "yes"}


def test_no_injury_says_no_to_falls_and_crashes(story):
    answers = {a.finding: a.state.value for a in story("I haven't had an injury. My hip hurts.").answers()}
    assert answers["onset_fall_or_blow"] == answers["onset_major_trauma"] == "no"


def test_answers_keep_the_persons_own_words(story):
    text = "There's a sharp pain deep in my left buttock."
    for mention in story(text).mentions:
        if mention.words:
            assert text[mention.start : mention.end].lower() == mention.words.lower()
