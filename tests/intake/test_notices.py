"""What the person is told when a story cannot be used, or only in part."""

from __future__ import annotations

import time

import pytest

from deepsix.intake.notices import EMPTY, NOT_ENGLISH, is_english, place_elsewhere


@pytest.mark.parametrize("text", ["", "   \n", "12345", "?!"])
def test_nothing_to_read_asks_for_a_sentence(story, text):
    told = story(text)
    assert told.notices == (EMPTY,)
    assert not told.mentions


@pytest.mark.parametrize(
    "text",
    [
        "Ich habe seit zwei Monaten starke Schmerzen in der linken Hüfte und kann nachts nicht schlafen.",
        "J'ai mal à la hanche droite depuis trois semaines et je boite quand je monte les escaliers.",
        "Tengo un dolor fuerte en la nalga izquierda desde hace un mes y me cuesta sentarme.",
        "У меня болит правое бедро уже третью неделю, особенно ночью и при ходьбе.",
        "右の股関節が三週間前から痛くて、夜も眠れません。",
    ],
)
def test_other_languages_get_a_way_on(story, text):
    assert not is_english(text)
    assert NOT_ENGLISH in story(text).notices


@pytest.mark.parametrize(
    "text",
    [
        "Left hip pain 3 weeks, worse stairs, better rest, no fever.",
        "me arse is killin me since the match on sunday so it is",
    ],
)
def test_clipped_and_dialect_english_is_english(text):
    assert is_english(text)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("My shoulder hurts when I reach up.", "shoulder"),
        ("I have a tight pain in my chest.", "chest"),
        ("My wrist is swollen.", "wrist"),
    ],
)
def test_other_parts_of_the_body_are_out_of_scope_and_said_so(story, text, place):
    notice = " ".join(story(text).notices)
    assert place in notice
    assert "doctor" in notice


def test_chest_pain_points_to_emergency_help(story):
    assert "emergency" in " ".join(story("A crushing pain in my chest since this morning.").notices)


def test_our_own_places_stay_in_scope_when_others_hurt_too():
    assert place_elsewhere("My shoulders and my hips are stiff in the mornings") == ""


def test_a_story_of_a_million_characters_is_read_in_part_and_says_so(story):
    text = "My hip hurts when I walk. " * 40_000
    start = time.perf_counter()
    told = story(text)
    assert time.perf_counter() - start < 10
    assert "first 20,000 characters" in told.notices[0]
    assert "worse_walking" in {mention.finding for mention in told.mentions}


def test_a_story_without_signs_says_what_to_write(story):
    assert "one by one" in story("I would like some help with this please, thank you very much.").notices[0]
