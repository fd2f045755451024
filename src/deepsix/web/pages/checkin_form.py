"""The form of a check-in: what was typed, what is wrong with it, and the check-in it makes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from starlette.datastructures import FormData

from deepsix.followup import ActivityGoal, CheckIn, GlobalChange
from deepsix.followup.checkin import HIGHEST, MOST_CHARACTERS, MOST_GOALS
from deepsix.followup.rules import load_change_rules
from deepsix.web.presenting.checkin import ACTIVITY_ROWS, activity_key

MOST_MINUTES = 600
_PAINS = ("pain_now", "pain_worst", "pain_next_morning", "pain_during")
_SCALE = frozenset(str(number) for number in range(HIGHEST + 1))


@dataclass(frozen=True, slots=True)
class Typed:
    """What is in the form, so that nothing is lost when it is shown again. Pairs are words with minutes or a score."""

    danger: frozenset[str] = frozenset()
    pain: Mapping[str, str] = field(default_factory=dict)
    done: frozenset[str] = frozenset()
    activities: tuple[tuple[str, str], ...] = ()
    goals: Mapping[str, str] = field(default_factory=dict)
    new_goals: tuple[tuple[str, str], ...] = ()
    change: str = ""


def typed_of(form: FormData) -> Typed:
    """Return what a form holds."""

    def text(name: str) -> str:
        return str(form.get(name, "")).strip()

    goals = [(text(f"goal_{n}"), text(f"goal_score_{n}")) for n in range(MOST_GOALS)]
    return Typed(
        danger=frozenset(str(value) for value in form.getlist("danger")),
        pain={name: text(name) for name in _PAINS},
        done=frozenset(str(value) for value in form.getlist("done")),
        activities=tuple((text(f"activity_{n}"), text(f"minutes_{n}")) for n in range(ACTIVITY_ROWS)),
        goals={words: score for words, score in goals if words},
        new_goals=tuple((text(f"new_goal_{n}"), text(f"new_goal_score_{n}")) for n in range(MOST_GOALS)),
        change=text("change"),
    )


def problems_of(typed: Typed) -> dict[str, str]:
    """Return what is wrong, by the id of the field."""
    problems = {}
    if not typed.danger:
        problems["danger"] = "Tick what is new, or “None of these”"
    elif "none" in typed.danger and len(typed.danger) > 1:
        problems["danger"] = "Tick what is new, or “None of these”, not both"
    if typed.pain["pain_now"] not in _SCALE:
        problems["pain_now"] = "Choose how much it hurts now"
    if typed.pain["pain_worst"] not in _SCALE:
        problems["pain_worst"] = "Choose the worst pain of the last 24 hours"
    elif typed.pain["pain_now"] in _SCALE and int(typed.pain["pain_worst"]) < int(typed.pain["pain_now"]):
        problems["pain_worst"] = "The worst of the last 24 hours cannot be less than the pain now"
    for number, (words, minutes) in enumerate(typed.activities):
        if minutes and not words:
            problems[f"activity_{number}"] = "Say what you did in these minutes"
        elif minutes and not (minutes.isascii() and minutes.isdigit() and 0 < int(minutes) <= MOST_MINUTES):
            problems[f"minutes_{number}"] = f"Enter minutes from 1 to {MOST_MINUTES}, in whole numbers"
        elif len(words) > MOST_CHARACTERS - 5:
            problems[f"activity_{number}"] = "Say what you did in fewer words"
    for number, (words, score) in enumerate(typed.new_goals):
        if len(words) > MOST_CHARACTERS:
            problems[f"new_goal_{number}"] = "Say it in fewer words"
        elif words and score not in _SCALE:
            problems[f"new_goal_score_{number}"] = "Choose how well you can do it"
        elif words and words.casefold() in _named_before(typed, number):
            problems[f"new_goal_{number}"] = "This is there already. Say something else, or leave it empty"
    return problems


def _named_before(typed: Typed, number: int) -> set[str]:
    """Return the goals named before this new one, as they are told apart."""
    return {words.casefold() for words in (*typed.goals, *(words for words, _ in typed.new_goals[:number]))}


def checkin_of(typed: Typed, at: datetime) -> CheckIn:
    """Return the check-in of a form without problems. What was not asked for is passed over.

    Raises:
        CheckInError: It cannot be so all the same, as in a form that no page of ours sends.
    """
    pain = {name: int(value) if value in _SCALE else None for name, value in typed.pain.items()}
    signs = load_change_rules().danger_signs
    scored = [*typed.goals.items(), *typed.new_goals]
    named = [(activity_key(words), minutes) for words, minutes in typed.activities if words]
    return CheckIn(
        at=at,
        pain_now=pain["pain_now"] or 0,
        pain_worst=pain["pain_worst"] or 0,
        pain_next_morning=pain["pain_next_morning"],
        pain_during=pain["pain_during"],
        done=(*sorted(typed.done), *(f"{words}:{minutes}" if minutes else words for words, minutes in named)),
        goals=tuple(ActivityGoal(words, int(score)) for words, score in scored if words and score in _SCALE),
        global_change=GlobalChange(typed.change) if typed.change in list(GlobalChange) else None,
        danger_signs=tuple(sign for sign in signs if sign in typed.danger),
    )
