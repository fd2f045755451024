"""What a story cannot be used for, said kindly: empty, too long, not in English, or about another part of the body."""

from __future__ import annotations

from collections.abc import Sequence

from deepsix.intake.text import stem, tokens_of, word_set

LONGEST_STORY = 20_000  # characters read; what comes after is left out, and said so
_FEW_WORDS = 8  # below this a language cannot be told
_STOP_SHARE = (
    0.2  # English prose has about half stop words, clipped notes about a quarter; other languages under a tenth
)
_STOP_WORDS = word_set(
    """
    i i'm i've my me it it's its is was are were be been am the a an and or but so if when while of in on at
    to for from with by as that this these there then than have has had do does did don't can can't cannot
    could not no up down out off over after before he she his her him they we you your what which who how all
    any some more most very just only since about into would will pain hurts left right weeks week months day
    days worse better hip back leg
    """
)
_OURS = frozenset(
    stem(word)
    for word in word_set(
        """
        hip buttock bum butt glute gluteal piriformis groin thigh hamstring pelvis pelvic sacrum sacroiliac
        tailbone coccyx back lumbar spine leg sciatica sciatic trochanter pubic adductor backside bottom
        cheek rear arse ass sit testicle vagina perineum quad flank saddle limp knee calf sitbone sitting
        walk walking crotch rump behind
        """
    )
)
_ELSEWHERE = {
    "shoulder": "shoulder",
    "elbow": "elbow",
    "wrist": "wrist",
    "hand": "hand finger thumb",
    "neck": "neck",
    "head": "head headache migraine",
    "jaw": "jaw",
    "teeth": "tooth teeth toothache",
    "ear": "ear earache",
    "eye": "eye",
    "throat": "throat",
    "chest": "chest",
    "breast": "breast",
    "ribs": "rib",
    "arm": "arm",
    "ankle": "ankle",
    "foot": "foot heel toe",
    "stomach": "stomach tummy belly",
    "nose": "nose",
    "skin": "skin",
}
_PLACE_OF = {stem(word): place for place, words in _ELSEWHERE.items() for word in words.split()}
_URGENT_PLACES = frozenset({"chest", "head"})

EMPTY = "We did not find any words to read. Please tell us in a sentence or two where it hurts and what brings it on."
NOT_ENGLISH = (
    "We can only read English, and this does not look like English. If you can, please write it in English, or skip "
    "the story and answer the questions one by one. If you feel very ill, call your local emergency number."
)


def is_english(text: str) -> bool:
    """True when a text is English as far as its small words tell. Very short texts pass.

    >>> is_english("Seit drei Wochen habe ich starke Schmerzen in der linken Hüfte, vor allem nachts im Bett.")
    False
    """
    words = [token.word for token in tokens_of(text) if token.word[0].isalpha()]
    letters = sum(character.isalpha() for character in text)
    foreign = sum(character.isalpha() and ord(character) > 0x24F for character in text)
    if letters and foreign / letters > 0.3:
        return False
    if len(words) < _FEW_WORDS:
        return True
    return sum(word in _STOP_WORDS for word in words) / len(words) >= _STOP_SHARE


def place_elsewhere(text: str) -> str:
    """Return the part of the body a story is about when that is none of ours, else ''.

    >>> place_elsewhere("My left shoulder hurts when I reach up")
    'shoulder'
    """
    stems = [token.stem for token in tokens_of(text)]
    if any(value in _OURS for value in stems):
        return ""
    return next((_PLACE_OF[value] for value in stems if value in _PLACE_OF), "")


def notices_for(text: str, mentions: Sequence[object]) -> tuple[str, ...]:
    """Return what the person should know about how their story was read; the mentions are those found in it."""
    if not any(character.isalpha() for character in text):
        return (EMPTY,)
    notices = []
    if len(text) > LONGEST_STORY:
        notices.append(
            f"Your story is very long. We read the first {LONGEST_STORY:,} characters. "
            "Please put the main points first."
        )
    shown = text[:LONGEST_STORY]
    if not is_english(shown):
        return (*notices, NOT_ENGLISH)
    place = place_elsewhere(shown)
    if place:
        notices.append(_elsewhere(place))
    elif not mentions:
        notices.append(
            "We could not read any signs from your story. That is all right: answer the questions one by one "
            "instead, or write where it hurts, when it began and what makes it worse or better."
        )
    return tuple(notices)


def _elsewhere(place: str) -> str:
    urgent = (
        " If it is sudden or severe, or you feel very ill, call your local emergency number now."
        if place in _URGENT_PLACES
        else ""
    )
    return (
        f"This seems to be about your {place}. This program only knows about pain in the hip, buttock, groin and "
        f"upper leg, so it cannot help here. Please ask a doctor, a physiotherapist or a pharmacist.{urgent}"
    )
