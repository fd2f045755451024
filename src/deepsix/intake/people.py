"""Who the story is about: age, sex, and whether somebody writes for the patient."""

from __future__ import annotations

import re
from typing import Literal

from deepsix.intake.text import plain

_AGE = (
    re.compile(r"\b(\d{1,3})[ -]?(?:year|yr|y)s?[ -]?(?:old|o)\b", re.I),
    re.compile(
        r"\b(?:i am|i'm|im|aged|age|she is|he is|she's|he's|who is|who's|turned)\s+(?:a |an |now |only |just )?(\d{1,3})\b"
        r"(?!\s*(?:weeks|months|days|miles|km|minutes|stone|kg|%|th|st|nd|rd))",
        re.I,
    ),
    re.compile(
        r"\b(?:son|daughter|boy|girl|child|mum|mom|mother|dad|father|husband|wife|gran|nan),? (?:is |who is |aged )?(\d{1,3})\b",
        re.I,
    ),
    re.compile(r"\b(?:wo)?man of (\d{2})\b", re.I),
    re.compile(r"\b(?:fe)?male,? (?:aged? )?(\d{2})\b", re.I),
    re.compile(r"\b(\d{2})\s?(?:m|f|male|female|yo)\b", re.I),
)
_FEMALE = re.compile(
    r"\b(?:i'm|i am|as) (?:a |an )?(?:[\w-]+ ){0,6}?(?:woman|lady|female|girl|mum|mother|grandmother)\b|\bpregnant\b|\bpregnancy\b"
    r"|\bmy period|\bmy (?:[\w-]+ )*(?:daughter|wife|mum|mother|granddaughter)\b(?= (?:is|has|who|,))|\bmy (?:[\w-]+ )?daughter\b"
    r"|\bvagina\w*\b|\bmenopaus|\b\d\d[ -]year[ -]old (?:[\w-]+ ){0,2}(?:woman|lady|female|girl)\b|^female\b|\bmidwife\b",
    re.I,
)
_MALE = re.compile(
    r"\b(?:i'm|i am|as) (?:a |an )?(?:[\w-]+ ){0,6}?(?:man|male|guy|bloke|boy|father|dad|grandfather)\b|\bmy (?:[\w-]+ )?son\b"
    r"|\btesticles?\b|\bmy prostate\b|\berections?\b|\bscrotum\b|\b\d\d[ -]year[ -]old (?:[\w-]+ ){0,2}(?:man|male|guy|boy)\b|^male\b",
    re.I,
)
_CHILD = re.compile(
    r"\b(?:my|our) (?:[\w-]+ ){0,4}(?:son|daughter|boy|girl|child|kid|toddler|baby|grandson|granddaughter|little one)\b",
    re.I,
)
_RELATIVE = re.compile(
    r"\b(?:my|our) (?:[\w-]+ ){0,3}(?:mum|mom|mam|mother|dad|father|wife|husband|partner|gran|granny|nan|grandmother|grandfather|"
    r"grandad|sister|brother|friend|aunt|uncle|neighbour)\b",
    re.I,
)
_THIRD = re.compile(r"\b(?:he|she|his|her|him|hers)\b", re.I)
_OWN_TROUBLE = re.compile(
    r"\b(?:my|me) (?:[\w-]+ ){0,3}(?:hips?|buttocks?|bum|butt|groin|thighs?|legs?|back|knees?|pain|glutes?|hamstrings?|tailbone|bottom)\b"
    r"|\bi(?:'ve| have| had| get| got| feel| felt|'m| am) (?:[\w-]+ ){0,4}(?:pain|ache|aches|sore|sciatica|stiff|numb|limping)",
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
