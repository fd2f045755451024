"""General denials: "I wasn't injured" says no to a fall, a knock and a crash at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from deepsix.intake.clauses import Clauses
from deepsix.intake.patterns import Matcher, Phrase, Span, phrase_of
from deepsix.intake.scope import is_negated
from deepsix.intake.text import word_set

_INJURY = "injury injured accident trauma hurt_myself hurt_herself hurt_himself fall fell fallen knock knocked bump"
_WHOLE = (
    "normal fine ok okay working_normally working_fine as_usual no_problem unaffected under_control no_problems alright"
)


def _phrases(text: str) -> tuple[Phrase, ...]:
    return tuple(phrase_of(word) for word in text.split())


@dataclass(frozen=True, slots=True)
class Denial:
    """What is said no to when one of the words is denied, or, with `said_fine`, when they are said to be fine."""

    words: tuple[Phrase, ...]
    findings: tuple[str, ...]
    said_fine: bool = False


DENIALS = (
    Denial(_phrases(_INJURY), ("onset_fall_or_blow", "onset_major_trauma", "onset_minor_fall")),
    Denial(_phrases("bladder waterworks"), ("bladder_retention_or_leak",), said_fine=True),
    Denial(_phrases("bowel bowels"), ("bowel_incontinence_new",), said_fine=True),
    Denial(
        _phrases("pass_water pass_urine passing_water passing_urine peeing pee"),
        ("bladder_retention_or_leak",),
        said_fine=True,
    ),
    Denial(_phrases("tingling tingles pins_and_needles"), ("tingling_leg",)),
    Denial(_phrases("leg_pain leg_symptoms"), ("pain_spreads_down_leg", "pain_below_knee")),
    Denial(_phrases("temperature temperatures fevers"), ("fever",)),
    Denial(_phrases("weak weakness"), ("weakness_leg",)),
    Denial(_phrases("click clicks clicking clunk"), ("click_snap_hip",)),
    Denial(_phrases("weight_loss weight_change"), ("weight_loss_unexplained",)),
    Denial(_phrases("drink drinker alcohol drinking"), ("alcohol_heavy",)),
)
_FINE = _phrases(_WHOLE)
_LONG_AGO = word_set("never ever before always past previous previously want afraid scared")


def denied_findings(clauses: Clauses, matcher: Matcher) -> Iterator[tuple[str, Span]]:
    """Yield each finding that a sentence denies in general terms, with where it does."""
    fine = [span for span in matcher.spans(_FINE) if not is_negated(clauses, span)]
    for denial in DENIALS:
        for span in matcher.spans(denial.words):
            if denial.said_fine:
                denied = any(not clauses.apart(span, other) and 0 <= other[0] - span[1] <= 5 for other in fine)
                denied = denied or clauses.words[max(0, span[0] - 2) : span[0]] in (
                    ("i", "can"),
                    ("she", "can"),
                    ("he", "can"),
                )
            else:
                start = clauses.starts[span[0]]
                denied = is_negated(clauses, span) and not any(w in _LONG_AGO for w in clauses.words[start : span[0]])
            if denied:
                yield from ((finding, span) for finding in denial.findings)
                break
