"""Whether what a sentence says is so, not so, over, unsure, or about somebody else."""

from __future__ import annotations

import pytest

PRESENT, ABSENT, PAST, UNSURE, OTHER = {"present"}, {"absent"}, {"past"}, {"uncertain"}, {"other_person"}


@pytest.mark.parametrize(
    ("text", "finding", "expected"),
    [
        ("My foot is numb.", "numbness_leg", PRESENT),
        ("There is no numbness in my leg.", "numbness_leg", ABSENT),
        ("No fever, tingling or numbness.", "numbness_leg", ABSENT),
        ("No numbness, no fever and no tingling.", "fever", ABSENT),
        ("I haven't had any fever, but my groin aches.", "pain_groin", PRESENT),
        ("I haven't had any fever, but my groin aches.", "fever", ABSENT),
        ("My leg is not weak.", "weakness_leg", ABSENT),
        ("I can't walk without limping.", "limp", PRESENT),
        ("I struggle to get to the shops without limping.", "limp", PRESENT),
        ("I walk without a limp.", "limp", ABSENT),
        ("I can't sleep for the burning pain.", "quality_burning", PRESENT),
        ("I cannot feel any numbness.", "numbness_leg", ABSENT),
        ("It won't go down into the leg but it stays sharp.", "quality_sharp", PRESENT),
        ("My lower back just won't go when I lean over.", "pain_low_back", PRESENT),
        ("A deep ache, worst the day after a hilly race.", "pain_next_day_peak", PRESENT),
        ("The pain does not go down the leg.", "pain_spreads_down_leg", ABSENT),
        ("I take metformin for diabetes.", "diabetes", PRESENT),
        ("I'm not diabetic.", "diabetes", ABSENT),
    ],
)
def test_negation_reaches_its_clause_and_lists_but_no_further(read, text, finding, expected):
    assert read(text).get(finding) == expected


@pytest.mark.parametrize(
    ("text", "finding", "expected"),
    [
        ("I used to limp badly.", "limp", PAST),
        ("My mum had a fever and chills.", "fever", OTHER),
        ("A friend of mine had numbness in her foot.", "numbness_leg", OTHER),
        ("Could it be gout?", "gout_history", UNSURE),
        ("I wonder if there is some swelling round the hip.", "swelling_local", UNSURE),
        ("The doctor pressed on my groin and it was sharp.", "quality_sharp", PRESENT),
    ],
)
def test_past_hedged_and_other_peoples_signs_are_not_present(read, text, finding, expected):
    assert expected <= read(text).get(finding, set())
    assert "present" not in read(text).get(finding, set()) or expected == PRESENT


def test_an_earlier_bout_that_cleared_up_is_past_and_what_hurts_now_is_present(read):
    found = read("Two years ago my groin was burning and I limped. It cleared up. Now I have pain in my buttock.")
    assert found["limp"] == PAST
    assert found["quality_burning"] == PAST
    assert found["pain_buttock"] == PRESENT
    assert found["course_recurrent_episodes"] == PAST


def test_a_story_told_in_the_past_tense_is_still_this_trouble(read):
    found = read("I slipped on ice and came down hard on my buttock. A bruise came out and I limped home.")
    assert found["bruising"] == PRESENT
    assert found["limp"] == PRESENT
    assert found["onset_fall_or_blow"] == PRESENT


@pytest.mark.parametrize(
    "text",
    [
        "I'm scared of losing control of my bladder.",
        "I am hoping I never wet myself.",
        "My bladder and bowels are fine.",
        "My aunt had cancer and my neighbour lost control of his bladder.",
        "There's no numbness between my legs.",
    ],
)
def test_danger_signs_are_not_read_from_fear_denial_or_other_people(story, text):
    yes = {answer.finding for answer in story(text).answers() if answer.state.value == "yes"}
    assert not yes & {"bladder_retention_or_leak", "bowel_incontinence_new", "numb_saddle", "cancer_history"}


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("Since last night I can't pass urine.", "bladder_retention_or_leak"),
        ("I'm numb between my legs.", "numb_saddle"),
        ("I've had a fever and shivers for two days.", "fever"),
        ("I had breast cancer in 2015.", "cancer_history"),
    ],
)
def test_plain_danger_signs_are_read(story, text, finding):
    assert finding in {answer.finding for answer in story(text).answers() if answer.state.value == "yes"}


@pytest.mark.parametrize("text", ["My temp was 38.9 last night.", "He is running 102.", "39.1 on the thermometer."])
def test_a_fever_told_as_a_number_is_read(read, text):
    assert "present" in read(text)["fever"]


@pytest.mark.parametrize("text", ["My temperature is 36.8.", "I was running 38 miles a week.", "I am 39."])
def test_other_numbers_are_no_fever(read, text):
    assert "fever" not in read(text)


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("My groin is fine and so are the stairs, but the buttock aches.", "pain_groin"),
        ("My buttock aches. My lower back doesn't hurt.", "pain_low_back"),
        ("It aches in the buttock; the groin isn't sore.", "pain_groin"),
        ("My hip hurts. No tingling.", "tingling_leg"),
        ("My hip hurts. There's no leg pain.", "pain_spreads_down_leg"),
    ],
)
def test_a_place_said_to_be_well_is_a_no(read, text, finding):
    assert read(text)[finding] == ABSENT


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("I have to strain to get a flow going.", "bladder_retention_or_leak"),
        ("I can't tell when I'm peeing any more.", "bladder_retention_or_leak"),
        ("Wiping feels like wiping through cotton wool.", "numb_saddle"),
        ("My trousers hang off me.", "weight_loss_unexplained"),
        ("My left leg is fat and tight from the ankle up.", "leg_swollen"),
        ("My foot has gone cold and white.", "leg_cold_pale"),
        ("My wee came out like tea.", "dark_urine"),
        ("My toes catch on the carpet.", "foot_drop"),
        ("The redness has doubled since breakfast.", "skin_dark_spreading"),
        ("I went grey and clammy and slid down the wall.", "faint_or_collapse"),
    ],
)
def test_danger_signs_told_in_a_roundabout_way_are_read(read, text, finding):
    assert "present" in read(text).get(finding, set())


@pytest.mark.parametrize(
    "text",
    [
        "I can feel it all when I wipe.",
        "I ran 38 miles this month.",
        "I push through the pain to get going.",
        "My trousers are tight and my period came on time.",
        "The doctor checked for a hernia and found none.",
        "The skin is its normal colour.",
    ],
)
def test_loose_words_are_no_danger_sign(knowledge, story, text):
    yes = {answer.finding for answer in story(text).answers() if answer.state.value == "yes"}
    assert not {finding for finding in yes if knowledge.findings[finding].danger}


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("The pain starts at the back of my thigh and runs to the outer calf.", "runner"),
        ("Groin pain that starts in my belly and runs into my testicle.", "worse_running"),
        ("Sudden movements and twisting hurt.", "onset_sudden"),
        ("I have pins and needles after sitting.", "quality_sharp"),
        ("I had a steroid injection over the bony point on the side of my hip.", "steroid_long_term"),
        ("Squeezing my legs together gives me pain.", "weakness_leg"),
        ("Rolling onto my left side wakes me.", "sits_to_one_side"),
    ],
)
def test_a_word_is_read_in_the_sense_it_has_there(read, text, finding):
    assert "present" not in read(text).get(finding, set())


def test_no_pins_and_needles_says_nothing_of_sharp_pain(read):
    assert "quality_sharp" not in read("No pins and needles, no back pain.")
