"""Who the story is about: age, sex, and whether somebody writes for the patient."""

from __future__ import annotations

import re
from typing import Literal

from deepsix.intake.text import plain

_KIN = "son|daughter|boy|girl|child|mum|mom|mother|dad|father|husband|wife|gran|nan"
_AGE = (
    re.compile(r"\b(\d{1,3})[ -]?(?:year|yr|y)s?[ -]?(?:old|o)\b", re.I),
    re.compile(
        r"\b(?:i am|i'm|im|aged|age|she is|he is|she's|he's|who is|who's|turned)\s+"
        r"(?:a |an |now |only |just )?(\d{1,3})\b(?!\s*(?:weeks|months|days|miles|km|minutes|stone|kg|%|th|st|nd|rd))",
        re.I,
    ),
    re.compile(rf"\b(?:{_KIN}),? (?:is |who is |aged )?(\d{{1,3}})\b", re.I),
    re.compile(r"\b(?:wo)?man of (\d{2})\b", re.I),
    re.compile(r"\b(?:fe)?male,? (?:aged? )?(\d{2})\b", re.I),
    re.compile(r"\b(\d{2})\s?(?:m|f|male|female|yo)\b", re.I),
)


def _says(nouns: str, *signs: str) -> re.Pattern[str]:
    """Return a pattern for "I am a ... <noun>", "43-year-old <noun>" and signs that only one sex has."""
    told = rf"\b(?:i'm|i am|as) (?:a |an )?(?:[\w-]+ ){{0,6}}?(?:{nouns})\b"
    aged = rf"\b\d\d[ -]year[ -]old (?:[\w-]+ ){{0,2}}(?:{nouns})\b"
    return re.compile("|".join((told, aged, *signs)), re.I)


_FEMALE = _says(
    "woman|lady|female|girl|mum|mother|grandmother",
    r"\bpregnant\b|\bpregnancy\b|\bmy period|\bvagina\w*\b|\bmenopaus|^female\b|\bmidwife\b",
    r"\bmy (?:[\w-]+ )?daughter\b|\bmy (?:[\w-]+ )*(?:wife|mum|mother|granddaughter)\b(?= (?:is|has|who|,))",
)
_MALE = _says(
    "man|male|guy|bloke|boy|father|dad|grandfather",
    r"\bmy (?:[\w-]+ )?son\b|\btesticles?\b|\bmy prostate\b|\berections?\b|\bscrotum\b|^male\b",
)
_CHILDREN = "son|daughter|boy|girl|child|kid|toddler|baby|grandson|granddaughter|little one"
_ADULTS = (
    "mum|mom|mam|mother|dad|father|wife|husband|partner|gran|granny|nan|grandmother|grandfather|grandad|sister|brother|"
    "friend|aunt|uncle|neighbour"
)
_CHILD = re.compile(rf"\b(?:my|our) (?:[\w-]+ ){{0,4}}(?:{_CHILDREN})\b", re.I)
_RELATIVE = re.compile(rf"\b(?:my|our) (?:[\w-]+ ){{0,3}}(?:{_ADULTS})\b", re.I)
_THIRD = re.compile(r"\b(?:he|she|his|her|him|hers)\b", re.I)
_PLACES = "hips?|buttocks?|bum|butt|groin|thighs?|legs?|back|knees?|pain|glutes?|hamstrings?|tailbone|bottom"
_OWN_TROUBLE = re.compile(
    rf"\b(?:my|me) (?:[\w-]+ ){{0,3}}(?:{_PLACES})\b"
    r"|\bi(?:'ve| have| had| get| got| feel| felt|'m| am) (?:[\w-]+ ){0,4}"
    r"(?:pain|ache|aches|sore|sciatica|stiff|numb|limping)",
    re.I,
)
_EARLY = 350  # characters in which a story says who it is about

About = Literal["self", "child", "other"]


def age_years(text: str) -> int | None:
    """Return the age a story gives, or None."""
    for pattern in _AGE:
        for match in pattern.finditer(plain(text)):
            age = int(match.group(1))
            if 0 < age <= 110:
                return age
    return None


def sex_of(text: str) -> Literal["female", "male"] | None:
    """Return the sex when a story says so, or None."""
    female, male = _FEMALE.search(plain(text)), _MALE.search(plain(text))
    if bool(female) == bool(male):
        return None
    return "female" if female else "male"


def who_hurts(text: str) -> About:
    """Return whom a story is about: the writer, the writer's child, or another person the writer speaks for.

    >>> who_hurts("My son is 9 and he has limped since Monday. His knee hurts.")
    'child'
    >>> who_hurts("My son plays football with me. My hip hurts when he makes me run.")
    'self'
    """
    text = plain(text)
    if _OWN_TROUBLE.search(text) or not _THIRD.search(text):
        return "self"
    opening = text[:_EARLY]
    if _CHILD.search(opening):
        return "child"
    return "other" if _RELATIVE.search(opening) and len(_THIRD.findall(text)) >= 2 else "self"
