"""Whether a mention is so, not so, over, unsure, or about somebody else: `reading_of`.

Rules over the clause round the mention. A negation reaches forward to the end of its clause; lists joined by commas,
"or" and "and" stay inside it ("no numbness, tingling or weakness"). Two negations cancel ("can't walk without a limp").
"""

from __future__ import annotations

from enum import StrEnum

from deepsix.intake.clauses import Clauses
from deepsix.intake.patterns import Span
from deepsix.intake.text import word_set


class Reading(StrEnum):
    """How the story puts a finding."""

    PRESENT = "present"
    ABSENT = "absent"
    PAST = "past"
    UNCERTAIN = "uncertain"
    OTHER_PERSON = "other_person"


_NEGATIONS = word_set(
    """
    no not never without none neither nor denies denied nothing free hardly barely negative lacks avoided
    """
)
# "I can't sit for the pain" denies the sitting, not the pain. After these words a negation denies one verb only ...
_ABLE = word_set("can cannot could will would able dare unable")
# ... unless the verb is one of noticing: "I can't find a lump".
_NOTICING = word_set("feel find see recall remember think say detect notice spot name")
_AFTER_NOT = word_set(
    """
    only just sure until so even certain long because that quite to much stop stopped prevent prevented hinder
    affect affected interfere keep kept very
    """
)
_STAYS = (
    ("go", "away"),
    ("gone", "away"),
    ("going", "away"),
    ("go", "off"),
    ("let", "up"),
    ("get", "better"),
    ("got", "better"),
)
_HINDRANCES = word_set(
    """
    cannot not never unable struggle struggling hard difficult impossible hardly barely
    """
)
_VERBS = word_set("am is was are were have has had get got went goes")
_AFTER_NO = word_set("matter doubt wonder longer idea more sooner one good go joy luck")
_REACH = 9  # words a negation reaches past when no list carries it on
_UNNEGATED = word_set("because that when whenever if who which since after when while where what why")

_PAST = """
    used_to in_the_past previously when_i_was_younger as_a_child as_a_kid as_a_teenager back_then years_ago
    last_year it_went_away has_gone_away have_gone_away has_gone_now have_gone_now has_now_gone all_gone
    mostly_gone cleared_up has_settled have_settled has_resolved resolved went_off once_had i_had_before
    had_it_before a_year_ago in_my_twenties the_previous no_longer before_that before_this before_all_this
    until_then months_ago_i_had in_my_thirties last_time
"""
_HEDGES = """
    not_sure could_it_be could_this_be could_be_a could_be_the could_be_from could_be_because could_be_due
    could_be_that might_be might_have may_be may_have maybe perhaps possibly probably worried should_i wonder
    wondering is_it_possible not_certain unsure suspect do_not_know_if do_not_know_whether afraid_it can_it_be
    if_i_had sometimes_helps i_guess seem_to_have suspected in_case hoping fear scared
"""
_STILL = frozenset(("am", "do", "suffer", "still", "now", "anyway", "is", "get"))
_OTHERS = word_set(
    """
    mum mom mam mother dad father sister brother aunt uncle grandmother grandfather gran nan granny friend
    friends neighbour neighbor colleague husband wife partner boyfriend girlfriend cousin mate buddy pal
    people everyone someone somebody others anyone women men yours folks lady bloke guy
    """
)
# Somebody else beside these is a helper or a witness, not the one who hurts.
_HELPERS = word_set(
    """
    says said told asked reckons thinks thought dig dug press pressed pushed presses with by gave drove who
    """
)
_SELF = word_set("i me my mine myself we our")


def _phrases(texts: str) -> dict[str, tuple[tuple[str, ...], ...]]:
    table: dict[str, list[tuple[str, ...]]] = {}
    for text in texts.split():
        words = tuple(text.split("_"))
        table.setdefault(words[0], []).append(words)
    return {first: tuple(found) for first, found in table.items()}


_PAST_BY_FIRST, _HEDGE_BY_FIRST = _phrases(_PAST), _phrases(_HEDGES)


def reading_of(clauses: Clauses, span: Span, *, lasting: bool = False, for_another: bool = False) -> Reading:
    """Return how a sentence puts the mention at `span` (token positions, end exclusive).

    Args:
        lasting: The finding is a past event or lasting fact by nature, so the past tense does not end it.
        for_another: Somebody writes for the patient, so "he", "she" and "my son" are the patient.
    """
    if not for_another and is_others(clauses, span):
        return Reading.OTHER_PERSON
    if is_negated(clauses, span):
        return Reading.ABSENT
    return told_as(clauses, span, lasting=lasting)


def told_as(clauses: Clauses, span: Span, *, lasting: bool = False) -> Reading:
    """Return whether a mention that is not denied is over, unsure or present."""
    start, end = clauses.around(span)
    words = clauses.words[start:end]
    over = (_holds(words, _PAST_BY_FIRST) and not _runs_till_now(words)) or words[-2:] in (
        ("has", "gone"),
        ("have", "gone"),
    )
    if not lasting and over and not any(word in _STILL for word in words):
        return Reading.PAST
    if words[:1] == ("if",) and start > 0:
        words = clauses.words[clauses.starts[start - 1] : end]  # "I wonder | if it is swollen"
    if _holds(words, _HEDGE_BY_FIRST):
        return Reading.UNCERTAIN
    return Reading.PRESENT


def _runs_till_now(words: tuple[str, ...]) -> bool:
    """True for "in the past few months" and for "five years ago it began": when it began, not when it ended."""
    text = " ".join(words)
    if "can no longer" in text:
        return True
    if "in the past" in text:
        following = text.split("in the past", 1)[1].split()[:2]
        return any(word in _STRETCHES for word in following)
    return "ago" in words and any(word in _BEGINNINGS for word in words)


_STRETCHES = word_set("few two three four five six couple several day days week weeks month months year years")
_BEGINNINGS = word_set("started began begun noticed developed since came first")


def is_negated(clauses: Clauses, span: Span) -> bool:
    """True when a negation before the span reaches it. Those inside the span belong to the pattern."""
    words = clauses.words
    start = clauses.starts[span[0]]
    if words[span[0]] in _NEGATIONS:  # "the tablets do nothing and no position helps": a no of its own
        start = max(start, span[0] - 1)
    for index in range(span[0] - 1, start - 1, -1):
        if _denies(words, index, span, clauses.ends[span[1] - 1]):
            return not _cancelled(words, index, start)
    after = words[span[1] : min(span[1] + 5, clauses.ends[span[1] - 1])]
    return bool(after) and _denied_after(after)


def _cancelled(words: tuple[str, ...], index: int, start: int) -> bool:
    """True for the second of two negations: "cannot walk without", "hard to sit without", "never without"."""
    before = words[start:index]
    if words[index] == "without":
        return any(word in _HINDRANCES for word in before)
    return words[index] in ("no", "never") and before[-1:] == ("not",)


def _denies(words: tuple[str, ...], index: int, span: Span, clauses_end: int) -> bool:
    word = words[index]
    following = words[index + 1] if index + 1 < len(words) else ""
    between = words[index + 1 : span[0]]
    modal = word == "cannot" or (word == "not" and index > 0 and words[index - 1] in _ABLE)
    if modal or (word == "unable" and following == "to"):
        # only "cannot feel any numbness", not "cannot sleep for the pain" or "cannot feel my foot"
        return bool(between) and len(between) <= 5 and (between[0] in _NOTICING or _points(between))
    if word not in _NEGATIONS:
        return False
    if word == "not" and (following in _AFTER_NOT or words[index + 1 : index + 3] in _STAYS):
        return False
    if words[span[0]] in _UNNEGATED or "bar" in between:
        return False  # "I have not run since my last race", "no trouble, bar some stiffness"
    if word in ("not", "without") and "," in between and not _is_list(words, index, clauses_end):
        return False
    if word in ("no", "nothing") and following in _AFTER_NO:
        return False
    if word == "free" and following not in ("of", "from"):
        return False
    if any(w in _UNNEGATED for w in between):
        return False
    last_mark = max((i for i, w in enumerate(between) if w in (",", "or", "and", "nor")), default=-1)
    reach = between[last_mark + 1 :]
    if last_mark >= 0 and any(w in _VERBS for w in reach):
        return False  # a verb after the mark: the list is over
    return len(reach) <= _REACH


def _points(words: tuple[str, ...]) -> bool:
    """True for "cannot put my finger on it"."""
    return words[:1] in (("put",), ("point",), ("lay",)) and len(words) < 4


_NOT_SO = tuple(
    phrase.replace("_", " ")
    for phrase in sorted(
        word_set(
            """
            is_absent is_fine are_fine is_normal are_normal is_not_there feels_fine not_a_problem is_ok
            is_not_a_problem is_not_an_issue was_ruled_out has_been_ruled_out were_ruled_out :_no :_none
            were_normal was_normal was_clear never_happened is_okay not_present free
            """
        )
    )
)


def _is_list(words: tuple[str, ...], start: int, end: int) -> bool:
    return any(word in ("or", "nor") for word in words[start:end])


def _denied_after(after: tuple[str, ...]) -> bool:
    text = " ".join(after)
    return text.startswith(_NOT_SO)


def _holds(words: tuple[str, ...], table: dict[str, tuple[tuple[str, ...], ...]]) -> bool:
    return any(
        words[index : index + len(phrase)] == phrase
        for index, word in enumerate(words)
        for phrase in table.get(word, ())
    )


def is_others(clauses: Clauses, span: Span) -> bool:
    """True when the last person before the mention, in its clause, is somebody else: "my mum had a hip replaced"."""
    words, start = clauses.words, clauses.starts[span[0]]
    for index in range(span[0] - 1, start - 1, -1):
        word = words[index]
        if word in ("i", "me", "myself"):
            return False
        if word == "my" and not any(w in _OTHERS for w in words[index + 1 : index + 4]):
            return False
        if word in _OTHERS:
            following = words[index + 1 : index + 3]
            return not any(w in _HELPERS for w in following) and words[index - 1 : index] not in (
                ("by",),
                ("when",),
                ("to",),
            )
    return words[start : start + 2] in (("if", "you"), ("if", "yours"), ("if", "your"))
