"""A question as the page shows it: its answers to tick, what is left to settle, and how the causes moved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from deepsix.diagnosis import wording
from deepsix.diagnosis.engine import Weighed
from deepsix.diagnosis.network import NONE_OF_THESE
from deepsix.diagnosis.question import limits_of
from deepsix.diagnosis.urgency import spoken_reasons
from deepsix.knowledge.model import Knowledge, Urgency
from deepsix.web.presenting.asking_data import asking, questions_left, tick_labels

SHOWN_CAUSES = 4
_KEPT_FROM = 0.005  # a cause less probable than this before the answer counts as new when it comes up


class Option(NamedTuple):
    """One answer to tick: its value, what stands beside the box, and a line of help."""

    value: str
    label: str
    help: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """What is left: the fewest and the most questions that usually still come, and the share that is done (0 to 1)."""

    fewest: int
    most: int
    done: float


@dataclass(frozen=True, slots=True)
class MovingCause:
    """A likely cause now and before the last answer. `moved` is up, down, same or new; places count from 0."""

    id: str
    name: str
    chance: str
    value: float
    chance_before: str
    value_before: float
    place_before: int
    moved: str


def tick_options(knowledge: Knowledge, question: str, findings: tuple[str, ...]) -> list[Option]:
    """Return the findings of a question to tick, in the order given, with an answer in between where one is needed."""
    between = asking()["in_between"].get(question)
    options = []
    for name in findings:
        finding = knowledge.findings[name]
        label = tick_labels().get(name, finding.name[0].upper() + finding.name[1:])
        options.append(Option(name, label, finding.help))
        if between and between["after"] == name:
            options.append(Option("none", between["label"]))
    return options


def progress_of(knowledge: Knowledge, asked: int, is_last: bool = False) -> Progress:
    """Return what is left before the question that is now put, after `asked` others.

    The figures are the middle six tenths of how many more came in interviews that were played. This question counts as
    one of those left, so it is never fewer than one.
    """
    table = questions_left()
    ceiling = max(limits_of(knowledge).most_questions - asked, 1)
    low, high = table[asked] if asked < len(table) else (1, ceiling)
    low, high = min(max(low, 1), ceiling), min(max(high, 1), ceiling)
    if is_last:
        low = high = 1
    return Progress(low, high, asked / (asked + (low + high) / 2))


def chances_of(weighed: Weighed) -> tuple[tuple[str, float], ...]:
    """Return the causes with their chances, as far as they are worth remembering."""
    causes = weighed.evidence.network.causes
    pairs = ((name, float(p)) for name, p in zip(causes, weighed.marginal, strict=True) if name != NONE_OF_THESE)
    return tuple(sorted((pair for pair in pairs if pair[1] >= _KEPT_FROM), key=lambda pair: -pair[1]))


def moving_causes(
    knowledge: Knowledge, weighed: Weighed, before: tuple[tuple[str, float], ...]
) -> tuple[MovingCause, ...]:
    """Return the likeliest causes and how each stood before the last answer; without a before, none has moved."""
    was: Mapping[str, float] = dict(before)
    places = {name: place for place, (name, _) in enumerate(before)}
    moving = []
    for place, (name, value) in enumerate(chances_of(weighed)[:SHOWN_CAUSES]):
        old = was.get(name, value if not before else 0.0)
        words, old_words = wording.chance(knowledge, value), wording.chance(knowledge, old)
        if before and name not in was:
            moved = "new"
        else:
            moved = "same" if words == old_words else "up" if value > old else "down"
        place_before = places.get(name, SHOWN_CAUSES if before else place)
        moving.append(
            MovingCause(
                name,
                knowledge.conditions[name].name,
                words,
                value,
                old_words,
                old,
                min(place_before, SHOWN_CAUSES),
                moved,
            )
        )
    return tuple(moving)


def needs_someone_today(knowledge: Knowledge, weighed: Weighed) -> list[str]:
    """Return why someone should be seen today, in words, when what was said alone asks for it; else nothing."""
    reasons = spoken_reasons(knowledge, weighed.closed.case)
    return [reason.text for reason in reasons if reason.level is Urgency.URGENT_SAME_DAY]
