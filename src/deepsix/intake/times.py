"""How long it has lasted, and how old the person is, read from a story."""

from __future__ import annotations

import re

from deepsix.intake.text import NUMBERS, Sentence, plain, sentences_of

_DAYS = {"day": 1.0, "week": 7.0, "month": 30.4, "year": 365.25, "hour": 1 / 24, "fortnight": 14.0, "night": 1.0, "weekend": 3.0}
_SIX_WEEKS, _THREE_MONTHS, _ONE_YEAR = 42.0, 91.0, 365.0
_OTHER_COURSE = frozenset(
    "surgery operation operated replacement physiotherapy therapy knee age old ligament married pregnant marathon"
    " marathons cancer smoked smoking vegan career worked working job rested rest holiday course treatment childhood until".split()
)
_PAIN_WORDS = frozenset(
    "pain painful hurt hurts hurting ache aching aches sore soreness started start began begun came problem trouble symptoms"
    " it bothering bothered struggling suffering suffered since had have has limping injured injury burned burning numb".split()
)


def duration_days(text: str) -> float | None:
    """Return how many days the trouble has lasted, as far as the story says, or None.

    The longest span that a sentence about the pain gives; spans that belong to something else (an operation, a job, a
    course of treatment) do not count.
    """
    best: float | None = None
    for sentence in sentences_of(text):
        for days, position in _spans(sentence):
            words = [token.word for token in sentence.tokens]
            near = words[max(0, position - 14) : position + 14]
            if any(word in _OTHER_COURSE for word in words[max(0, position - 5) : position + 6]):
                continue
            if not any(word in _PAIN_WORDS for word in near):
                continue
            if best is None or days > best:
                best = days
    return best


def _spans(sentence: Sentence) -> list[tuple[float, int]]:
    words = [token.word for token in sentence.tokens]
    found = []
    for index, word in enumerate(words):
        unit = word.rstrip("s") if word not in ("hours",) else "hour"
        if unit not in _DAYS or index == 0:
            if word == "yesterday":
                found.append((1.0, index))
            continue
        amount = _amount(words, index)
        if amount is None:
            continue
        before = words[max(0, index - 5) : index]
        after = words[index + 1 : index + 4]
        counts = (
            any(w in ("for", "over", "past", "last", "since", "about", "nearly", "almost", "around", "after", "within") for w in before)
            or any(w in ("ago", "now", "of", "history") for w in after)
            or (after[:1] and after[0] in ("later", "on"))
        )
        if counts and not (word.startswith("year") and after[:1] == ["old"]):
            found.append((amount * _DAYS[unit], index))
    return found


def _amount(words: list[str], index: int) -> float | None:
    for back in (1, 2, 3):
        if index - back < 0:
            break
        word = words[index - back]
        if re.fullmatch(r"\d+(\.\d+)?", word):
            return float(word)
        if word in NUMBERS:
            if word == "half" and index - back + 1 < index:
                return 0.5
            if word in ("a", "an") and words[index - 1] in ("couple", "few"):
                continue
            return float(NUMBERS[word])
        if word in ("many", "past", "last", "this") and back == 1:
            return {"many": 5.0}.get(word, 1.0)
        if word in ("months", "weeks", "years", "days"):
            break
    if words[index] in ("weeks", "months", "years", "days") and words[index - 1] in ("for", "of", "over"):
        return 4.0
    return None


def duration_finding(days: float) -> str:
    """Return the finding id of the band that a length in days falls into."""
    if days < 7:
        return "duration_under_1_week"
    if days <= _SIX_WEEKS:
        return "duration_1_to_6_weeks"
    if days <= _THREE_MONTHS:
        return "duration_6_weeks_to_3_months"
    return "duration_over_1_year" if days >= _ONE_YEAR else "duration_over_3_months"


_AGE = (
    re.compile(r"\b(\d{1,3})[ -]?(?:year|yr|y)s?[ -]?(?:old|o)\b", re.I),
    re.compile(r"\b(?:i am|i'm|im|aged|age|she is|he is|she's|he's|turned)\s+(?:a |an |now |only |just )?(\d{1,3})\b(?!\s*(?:weeks|months|days|miles|km|minutes|stone|kg|%))", re.I),
    re.compile(r"\b(\d{2})\s?(?:m|f|male|female|yo)\b", re.I),
)
_FEMALE = re.compile(r"\b(?:i'm|i am|as) (?:a |an )?(?:[\w-]+ ){0,6}?(?:woman|lady|female|girl|mum|mother|grandmother)\b|\bpregnant\b|\bmy period|\bmy (?:daughter|wife)\b(?= (?:is|has|who|,))|\bmy (?:[\w-]+ )?(?:daughter)\b|\bvaginal?\b|\bmenopaus", re.I)
_MALE = re.compile(r"\b(?:i'm|i am|as) (?:a |an )?(?:[\w-]+ ){0,6}?(?:man|male|guy|bloke|boy|father|dad|grandfather)\b|\bmy (?:[\w-]+ )?son\b|\btesticles?\b|\bprostate\b|\berections?\b|\bscrotum\b", re.I)
_CHILD = re.compile(r"\bmy (?:[\w-]+ ){0,4}(?:son|daughter|boy|girl|child|kid|toddler|baby|grandson|granddaughter)\b", re.I)


def age_years(text: str) -> int | None:
    """Return the age a story gives, or None."""
    for pattern in _AGE:
        for match in pattern.finditer(plain(text)):
            age = int(match.group(1))
            if 0 < age <= 110:
                return age
    return None


def sex_of(text: str) -> str | None:
    """Return 'female' or 'male' when a story says so, or None."""
    female, male = _FEMALE.search(plain(text)), _MALE.search(plain(text))
    if bool(female) == bool(male):
        return None
    return "female" if female else "male"


def is_about_child(text: str) -> bool:
    """True when a parent seems to write about a child."""
    match = _CHILD.search(plain(text))
    return bool(match) and bool(re.search(r"\b(?:he|she|his|her)\b", text, re.I))
