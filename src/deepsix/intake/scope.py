"""Whether a mention is so, not so, over, unsure, or about somebody else: `state_of`.

Rules over the sentence round the mention. A negation reaches forward to the end of its clause; lists joined by commas,
"or" and "and" stay inside it ("no numbness, tingling or weakness"), a new subject ends it ("no fever, and my hip hurts").
"""

from __future__ import annotations

from enum import StrEnum

from deepsix.intake.patterns import Span
from deepsix.intake.text import Sentence


class Reading(StrEnum):
    """How the story puts a finding."""

    PRESENT = "present"
    ABSENT = "absent"
    PAST = "past"
    UNCERTAIN = "uncertain"
    OTHER_PERSON = "other_person"


_NEGATIONS = frozenset(
    {"no", "not", "never", "without", "none", "neither", "nor", "cannot", "denies", "denied", "nothing", "free", "nobody", "hardly", "barely"}
)  # fmt: skip
_NOT_NEGATING_AFTER_NOT = frozenset({"only", "just", "sure", "until", "to", "so", "even"})
_BREAKS = frozenset({"but", "although", "though", "however", "except", "apart", "yet", "whereas", "instead", ";", "–", "—", ":", "until", "unless"})  # fmt: skip
_SUBJECTS = frozenset({"i", "my", "it", "he", "she", "his", "her", "they", "their", "we", "the", "there", "this", "that", "these", "now", "then", "its"})  # fmt: skip
_JOINS = frozenset({",", "and", "so", "because", "as", "which", "while", "since", "-"})
_PAST = (
    ("used", "to"), ("in", "the", "past"), ("no", "longer"), ("years", "ago", "i", "had"), ("went", "away"), ("has", "gone"),
    ("have", "gone"), ("mostly", "gone"), ("cleared", "up"), ("got", "better"), ("previously",), ("last", "year"), ("has", "settled"),
    ("have", "settled"), ("went", "off"), ("when", "i", "was", "younger"), ("as", "a", "child"), ("as", "a", "kid"), ("back", "then"),
    ("last", "time"), ("at", "first"), ("it", "used"), ("once", "had"), ("i", "had", "before"), ("all", "gone"), ("has", "resolved"),
)  # fmt: skip
_HEDGES = (
    ("not", "sure"), ("could", "it", "be"), ("could", "this", "be"), ("might", "be"), ("may", "be"), ("maybe",), ("perhaps",), ("possibly",),
    ("worried",), ("should", "i"), ("wonder",), ("wondering",), ("is", "it", "possible"), ("not", "certain"), ("do", "not", "know", "if"),
    ("do", "not", "know", "whether"), ("afraid", "it"), ("can", "it", "be"), ("if", "i", "had"), ("sometimes", "helps"), ("unsure",),
)  # fmt: skip
_OTHERS = frozenset(
    "mum mom mother dad father sister brother aunt uncle grandmother grandfather gran nan granny friend neighbour neighbor "
    "colleague husband wife partner boyfriend girlfriend cousin mate people everyone someone somebody others anyone your yours".split()
)


def state_of(sentence: Sentence, span: Span, *, history: bool = False, about_child: bool = False) -> Reading:
    """Return how a sentence puts the mention at `span` (token positions, end exclusive).

    Args:
        history: The finding is a past event or lasting fact by nature, so the past tense does not end it.
        about_child: A parent writes, so "he", "she" and "my son" are the patient.
    """
    words = [token.word for token in sentence.tokens]
    clause = _clause(words, span)
    if not about_child and _is_others(words, clause, span):
        return Reading.OTHER_PERSON
    if _negated(words, clause[0], span):
        return Reading.ABSENT
    if not history and _holds(words, clause, _PAST):
        return Reading.PAST
    if _holds(words, clause, _HEDGES):
        return Reading.UNCERTAIN
    return Reading.PRESENT


def _clause(words: list[str], span: Span) -> Span:
    """Return the stretch round a span that no break word interrupts."""
    start, end = span
    while start > 0 and words[start - 1] not in _BREAKS and not _new_subject(words, start - 1):
        start -= 1
    while end < len(words) and words[end] not in _BREAKS and not _new_subject(words, end):
        end += 1
    return start, end


def _new_subject(words: list[str], index: int) -> bool:
    """True where a comma or "and" is followed by a new subject."""
    return words[index] in _JOINS and index + 1 < len(words) and words[index + 1] in _SUBJECTS


def _negated(words: list[str], start: int, span: Span) -> bool:
    """True when a negation before the span, in its clause, reaches it. Those inside the span belong to the pattern."""
    for index in range(span[0] - 1, start - 1, -1):
        word = words[index]
        if word not in _NEGATIONS:
            continue
        following = words[index + 1] if index + 1 < len(words) else ""
        if word == "not" and following in _NOT_NEGATING_AFTER_NOT:
            continue
        if word == "no" and following in ("matter", "doubt", "wonder", "longer", "idea"):
            continue
        if word == "free" and following not in ("of", "from"):
            continue
        return True
    after = words[span[1] : span[1] + 4]
    return bool(after) and (
        after[:2] in (["is", "absent"], ["is", "fine"], ["is", "normal"], ["are", "fine"], ["are", "normal"])
        or after[:3] in (["is", "not", "there"], ["feels", "fine"], ["not", "a", "problem"])
        or after[:1] == ["free"]
    )


def _holds(words: list[str], clause: Span, phrases: tuple[tuple[str, ...], ...]) -> bool:
    inside = words[clause[0] : clause[1]]
    return any(
        tuple(inside[i : i + len(phrase)]) == phrase for phrase in phrases for i in range(len(inside) - len(phrase) + 1)
    )


def _is_others(words: list[str], clause: Span, span: Span) -> bool:
    """True when the clause's last person before the mention is somebody else."""
    for index in range(span[0] - 1, clause[0] - 1, -1):
        if words[index] in ("i", "me"):
            return False
        if words[index] in _OTHERS:
            return True
    return False
