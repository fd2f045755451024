"""What an activity does: worse, eased or fine, alone and in lists."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "worse"),
    [
        ("It hurts when I squat, sit or drive.", {"worse_squatting", "worse_sitting", "worse_driving"}),
        ("Sitting, squatting and stairs hurt.", {"worse_sitting", "worse_squatting", "worse_stairs_up"}),
        ("Running makes my groin worse.", {"worse_running"}),
        ("I can't sit for more than ten minutes.", {"worse_sitting"}),
        ("It aches at night and when I turn over in bed.", {"worse_at_night", "worse_turning_in_bed"}),
        ("I find it hard to put on my socks.", {"difficulty_socks_shoes"}),
        ("Crossing my legs is sore.", {"worse_crossing_legs"}),
    ],
)
def test_activities_that_hurt(read, text, worse):
    found = read(text)
    assert worse <= {finding for finding, states in found.items() if states == {"present"}}


@pytest.mark.parametrize(
    ("text", "absent", "present"),
    [
        ("Walking is fine but sitting kills me.", "worse_walking", "worse_sitting"),
        ("No problem with stairs, but running hurts.", "worse_stairs_up", "worse_running"),
        ("It doesn't hurt to cycle, but squatting is painful.", "worse_cycling", "worse_squatting"),
        ("Cycling is fine, jogging isn't.", "worse_cycling", "worse_running"),
        ("Coughing makes no odds. Stairs are murder.", "worse_cough_sneeze", "worse_stairs_up"),
    ],
)
def test_fine_belongs_to_its_own_activity(read, text, absent, present):
    found = read(text)
    assert found[absent] == {"absent"}
    assert found[present] == {"present"}


@pytest.mark.parametrize(
    ("text", "finding", "state"),
    [
        ("Walking about eases it.", "eased_by_walking", "present"),
        ("It is better when I lie down.", "eased_by_lying", "present"),
        ("Ibuprofen did nothing.", "eased_by_nsaid", "absent"),
        ("Heat makes it worse.", "eased_by_heat", "absent"),
        ("A hot bath helps.", "eased_by_heat", "present"),
        ("Resting doesn't help.", "eased_by_rest", "absent"),
    ],
)
def test_what_eases(read, text, finding, state):
    assert read(text).get(finding) == {state}


@pytest.mark.parametrize(
    "text",
    [
        "I run three times a week and my hip hurts.",
        "It doesn't stop me running.",
        "I walked to the clinic about my sore groin.",
        "I did couch to 5k last spring.",
    ],
)
def test_an_activity_that_is_only_mentioned_is_not_a_trigger(read, text):
    assert not {f for f in read(text) if f in ("worse_running", "worse_walking", "worse_sitting")}
