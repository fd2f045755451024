"""How long this trouble has lasted, read from a story."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from deepsix.intake.people import age_years
from deepsix.intake.text import NUMBERS, Sentence, sentences_of, word_set
from deepsix.intake.told_lengths import told_lengths

_DAYS = {
    "hour": 1 / 24, "day": 1.0, "night": 1.0, "week": 7.0, "wk": 7.0, "fortnight": 14.0, "weekend": 3.0, "month": 30.4,
    "mth": 30.4, "year": 365.25, "yr": 365.25, "decade": 3652.5,
}  # fmt: skip
_SIX_WEEKS, _THREE_MONTHS, _ONE_YEAR = 42.0, 91.5, 365.0
_WEEKDAYS = word_set("monday tuesday wednesday thursday friday saturday sunday")
# Lengths beside these belong to something else: a treatment, a rest, another event, somebody's age.
_OTHER_COURSE = word_set(
    """
    surgery operation operated replacement replaced physiotherapy physio therapy pt knee old age married
    marathon marathons cancer smoked smoking vegan career worked working job rested rest resting holiday
    treatment childhood until till crutches tablets running cycling playing dancing every each per wait
    waiting appointment birth baby pregnant row crash course quit stopped gave later retired retirement daily
    weekly better improved relief repair rheumatoid diabetic diabetes asthma dodgy teaching teacher widowed
    dialysis vegan pregnancy child children born attack attacks bypass stroke
    """
)
_BEGAN = word_set(
    """
    started start starting began begun begin came coming come noticed developed appeared hurt injured fell
    felt pulled strained tore twisted slipped landed hit kicked had woke first onset happened did tweaked got
    broke crept reached ran went been shot lifted popped grabbed slammed knocked ached turned sat pivoted
    clouted screams stabbed tripped stepped planted
    """
)
_TROUBLE = word_set(
    """
    pain pains painful hurt hurts hurting ache aches aching sore soreness trouble problem problems symptoms it
    this bothering bothered struggling suffering suffered suffer limping limp numb numbness burning burned
    tingling niggle discomfort stiff stiffness hip buttock bum butt groin thigh leg back hamstring tailbone
    sciatica history duration injury weak weakness swelling
    """
)
_AHEAD = word_set("hope hoping will next till until again tomorrow coming see")
_OTHERS = word_set("buddy friend mum mom dad husband wife mate brother sister neighbour")
_PAIN = word_set("pain pains ache aching ached aches hurt hurting hurts sore seized shot limp limping painful")
_FOR = word_set("for over past last nearly almost about around roughly approximately than these")
_AGO = word_set("ago back earlier")


@dataclass(frozen=True, slots=True)
class _Length:
    days: float
    weight: int
    position: int


def duration_days(text: str, over: frozenset[int] = frozenset()) -> float | None:
    """Return how many days this trouble has lasted, as far as the story says, or None.

    The best supported length wins, the first among equals: "started 3 weeks ago" and "for 3 weeks I have had" are
    better support than a bare "3 weeks of it". Sentences in `over` tell of an earlier bout and are left out.
    """
    since = _SINCE_AGE.search(text)
    age = age_years(text)
    if since and age and age > int(since.group(1)):
        return (age - int(since.group(1))) * _DAYS["year"]
    sentences = sentences_of(text)
    lengths = [
        length for number, sentence in enumerate(sentences) if number not in over for length in _lengths(sentence)
    ]
    rest = text
    for number in over:
        start, end = sentences[number].tokens[0].start, sentences[number].tokens[-1].end
        rest = rest[:start] + " " * (end - start) + rest[end:]
    lengths += [_Length(days, 3, position) for days, position in told_lengths(rest)]
    best = max(lengths, key=lambda length: length.weight, default=None)
    if best is None and _LONG_TIME.search(rest):
        return _LONG_TIME_DAYS
    return best.days if best else None


_LONG_TIME = re.compile(
    r"\b(?:for|been|it's been) (?:a |such a )(?:very |really |so |good )?long (?:time|while)\b|\bfor ages\b", re.I
)
_LONG_TIME_DAYS = 200.0  # people do not say it of weeks; nothing tells it from years


def _lengths(sentence: Sentence) -> list[_Length]:
    words = tuple(token.word for token in sentence.tokens)
    found = []
    for index in range(len(words)):
        days = _days_at(words, index)
        if days is None:
            continue
        length = _weigh(words, index, days)
        if length is not None:
            found.append(length)
    return found


def _days_at(words: tuple[str, ...], index: int) -> float | None:
    """Return the length in days that ends at a word, or None."""
    word, before = words[index], words[max(0, index - 3) : index]
    if word in ("yesterday", "overnight", "tonight"):
        return 1.0
    if word in _WEEKDAYS:
        if any(w in _AHEAD for w in words[max(0, index - 8) : index]):
            return None
        return 6.0 if before[-1:] == ("last",) else 4.0
    if word in ("morning", "afternoon", "evening") and before[-1:] in (("this",), ("yesterday",)):
        return 1.0
    if word == "now" and before[-1:] == ("just",):
        return 0.1
    if word == "night" and before[-1:] == ("last",):
        return 1.0
    unit = word[:-1] if word.endswith("s") else word
    if unit not in _DAYS or index == 0:
        return None
    amount = _amount(words, index)
    return None if amount is None else amount * _DAYS[unit]


def _amount(words: tuple[str, ...], index: int) -> float | None:
    """Return the number before a unit: "three", "a couple of", "half a", "8 or 9", "the last"."""
    plural = words[index].endswith("s")
    values = []
    for back in range(1, 6):
        if index - back < 0:
            break
        word = words[index - back]
        if re.fullmatch(r"\d+(\.\d+)?", word):
            values.append(float(word))
        elif word == "half":
            if (
                plural
                and words[index - back - 1 : index - back] == ("a",)
                and (whole := words[index - back - 3]) in NUMBERS
            ):
                return NUMBERS[whole] + 0.5  # "three and a half months"
            values = [0.5] if not plural else [v + 0.5 for v in values] or [0.5]
        elif word in NUMBERS and not (word in ("a", "an") and (values or plural)):
            values.append(float(NUMBERS[word]))
        elif word in (
            "or",
            "to",
            "-",
            "of",
            "good",
            "full",
            "more",
            "so",
            "solid",
            "long",
            "whole",
            "and",
            "a",
            "an",
            "the",
        ):
            continue
        elif word in ("past", "last", "this") and not values:
            return 1.0 if not plural else 3.0
        elif word == "many":
            values.append(5.0)
        else:
            break
    if values:
        return max(values)
    if plural and (words[index - 1] in ("for", "of", "over") or words[index - 2 : index] == (words[index], "and")):
        return 3.0
    return None


def _weigh(words: tuple[str, ...], index: int, days: float) -> _Length | None:
    low, high = _clause(words, index)
    before, after = words[max(0, index - 6) : index], words[index + 1 : index + 5]
    if (
        any(word in _OTHER_COURSE for word in (*before[-4:], *after[:3]))
        or after[:2] == ("in", "a")
        or after[:1] == ("off",)
    ):
        return None
    if any(word in _OTHERS for word in words[:index]) and not any(word in ("i", "my") for word in words[low:high]):
        return None
    if any(pair in (("would", "had"), ("had", "had")) for pair in pairwise(words[low:index])):
        return None  # "I'd had a sore hip for years": before this trouble
    if words[index - 1] == "last" and words[index - 2 : index - 1] not in (("the",), ("this",)):
        recent = days < _THREE_MONTHS and any(word in _BEGAN or word in _TROUBLE for word in words)
        return _Length(max(days, 8.0) if days >= 7 else days, 2, index) if recent else None
    if any(word in _AGO for word in after[:3]) and after[:1] != ("of",):
        near = words[low : index + 12]
        if any(word in _OTHER_COURSE for word in words[low : min(high, index + 9)]):
            return None
        hurts = any(word in _PAIN for word in words[low : index + 12])
        hurts = hurts or any(word in _PAIN for word in words[:low])
        began = any(word in _BEGAN for word in (*words[:low], *near))
        lasts = 2 * any(pair in (("ever", "since"), ("since", "then")) for pair in pairwise(words[index:]))
        return _Length(days, (3 if began else 2) + hurts + lasts, index)
    if words[index] in _WEEKDAYS and any(word in _BEGAN or word == "could" for word in words[index : index + 9]):
        return _Length(days, 2, index)
    if not any(word in _TROUBLE for word in words) and words[:2] not in (("since", "then"), ("ever", "since")):
        return None
    if any(
        phrase in " ".join(after)
        for phrase in (
            "history",
            "of this",
            "of it now",
            "now",
            "of pain",
            "duration",
            "at this stage",
            "this has been",
        )
    ):
        return _Length(days, 3, index)
    told = " ".join(before)
    if any(told.endswith(lead) or f"{lead} " in told for lead in ("best part of", "going on", "must be", "been at me")):
        return _Length(days, 3, index)
    if words[index].startswith(("hour", "minute")) and "for" not in before[-4:]:
        return None
    if any(word in _FOR for word in before[-5:]):
        present = any(word in ("have", "has", "having", "been") for word in words[max(0, index - 14) : index + 9])
        since = any(word in ("was", "were", "did") for word in words[low:high])
        return _Length(days, 3 if present else 1 if since else 2, index)
    if "since" in before[-5:]:
        return _Length(days, 3, index)
    if any(word in ("have", "has") for word in words) and days >= 1 and after[:2] in _HELD:
        return _Length(days, 2, index)
    if days <= 8 and not words[index].startswith(("day", "week", "hour")):
        started = any(word in _BEGAN for word in words[: index + 12])
        return _Length(days, 2, index) if started else None
    return None


_HELD = (("i", "have"), ("he", "has"), ("she", "has"), ("it", "has"))


def _clause(words: tuple[str, ...], index: int) -> tuple[int, int]:
    """Return the stretch round a word up to the next comma, semicolon or "but" on either side."""
    marks = [i for i, word in enumerate(words) if word in (",", ";", "but")]
    low = max((mark + 1 for mark in marks if mark < index), default=0)
    return low, min((mark for mark in marks if mark > index), default=len(words))


_SINCE_AGE = re.compile(r"\bsince (?:i|he|she) was (?:about |around )?(\d{1,2})\b", re.I)


def duration_findings(days: float) -> tuple[str, ...]:
    """Return the ids of the bands that a length in days falls into.

    >>> duration_findings(400)
    ('duration_over_1_year', 'duration_over_3_months')
    """
    if days < 7:
        return ("duration_under_1_week",)
    if days <= _SIX_WEEKS:
        return ("duration_1_to_6_weeks",)
    if days <= _THREE_MONTHS:
        return ("duration_6_weeks_to_3_months",)
    if days >= _ONE_YEAR:
        return ("duration_over_1_year", "duration_over_3_months")
    return ("duration_over_3_months",)
