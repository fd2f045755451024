"""How someone is today: pain, what was done, their own goals, and how they are on the whole. Frozen and checked.

Pain is 0 (none) to 10 (the worst there is). A goal is an activity in the person's own words with how well they can do
it: 0 (not at all) to 10 (as before), as in the Patient-Specific Functional Scale.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from deepsix.followup.errors import CheckInError

MOST_GOALS = 5
MOST_CHARACTERS = 200
LOWEST, HIGHEST = 0, 10


class GlobalChange(StrEnum):
    """How someone is on the whole since the start, on the seven steps of the global impression of change."""

    VERY_MUCH_BETTER = "very_much_better"
    MUCH_BETTER = "much_better"
    A_LITTLE_BETTER = "a_little_better"
    SAME = "same"
    A_LITTLE_WORSE = "a_little_worse"
    MUCH_WORSE = "much_worse"
    VERY_MUCH_WORSE = "very_much_worse"

    @property
    def steps(self) -> int:
        """Return the steps away from "same": 3 for very much better to -3 for very much worse."""
        return 3 - list(GlobalChange).index(self)


@dataclass(frozen=True, slots=True)
class ActivityGoal:
    """An activity in the person's own words, and how well they can do it now: 0 not at all, 10 as before."""

    words: str
    score: int


@dataclass(frozen=True, slots=True)
class CheckIn:
    """How someone is at a moment.

    Args:
        at: When, with a time zone.
        pain_now, pain_worst: 0-10; the worst is of the last 24 hours and at least the pain now.
        pain_next_morning: 0-10, pain this morning after what was done yesterday; None when not told.
        done: What was done since the last check-in, in short words. A task of the plan is told by the id of its remedy,
            an activity of the simulation by its name; minutes may follow a colon, as in "easy_running:20".
        goals: Up to 5 activities.
        global_change: None when not told.
        danger_signs: Ids of findings that are new since the last check-in.
        pain_during: 0-10, the worst while doing the tasks of the plan; None when not told or none was done.

    Raises:
        CheckInError: Something cannot be so; the message lists every problem.
    """

    at: datetime
    pain_now: int
    pain_worst: int
    pain_next_morning: int | None = None
    done: tuple[str, ...] = ()
    goals: tuple[ActivityGoal, ...] = ()
    global_change: GlobalChange | None = None
    danger_signs: tuple[str, ...] = ()
    pain_during: int | None = None

    def __post_init__(self) -> None:
        if problems := _problems(self):
            raise CheckInError("\n".join(problems))


def _problems(checkin: CheckIn) -> list[str]:
    problems = []
    if not isinstance(checkin.at, datetime) or checkin.at.tzinfo is None:
        problems.append("The time of the check-in needs a time zone.")
    pains = {"Pain now": checkin.pain_now, "Worst pain": checkin.pain_worst}
    if checkin.pain_next_morning is not None:
        pains["Pain this morning"] = checkin.pain_next_morning
    if checkin.pain_during is not None:
        pains["Pain during the tasks"] = checkin.pain_during
    problems += [problem for name, value in pains.items() if (problem := scale_problem(name, value))]
    if not problems and checkin.pain_worst < checkin.pain_now:
        problems.append(
            f"Worst pain ({checkin.pain_worst}) is below pain now ({checkin.pain_now}). "
            "The worst of the last 24 hours is at least the pain now."
        )
    if checkin.global_change is not None and not isinstance(checkin.global_change, GlobalChange):
        problems.append(f"The overall change is none of: {', '.join(GlobalChange)}.")
    problems += _goal_problems(checkin.goals)
    problems += [problem for words in checkin.done if (problem := _words_problem("What was done", words))]
    return problems


def _goal_problems(goals: Sequence[ActivityGoal]) -> list[str]:
    problems = []
    if len(goals) > MOST_GOALS:
        problems.append(f"There are {len(goals)} goals. Keep the {MOST_GOALS} that matter most.")
    for number, goal in enumerate(goals, start=1):
        problems += [p for p in (_words_problem(f"Goal {number}", goal.words),) if p]
        problems += [p for p in (scale_problem(f"Goal {number}", goal.score),) if p]
    named = [goal.words.strip().casefold() for goal in goals if isinstance(goal.words, str)]
    if len(set(named)) < len(named):
        problems.append("Two goals have the same words. Leave one out.")
    return problems


def scale_problem(name: str, value: object) -> str:
    """Return what is wrong with a figure from 0 to 10, or ''.

    >>> scale_problem("Pain now", 11)
    'Pain now is 11. Give a whole number from 0 to 10.'
    """
    if isinstance(value, bool) or not isinstance(value, int) or not LOWEST <= value <= HIGHEST:
        return f"{name} is {value!r}. Give a whole number from {LOWEST} to {HIGHEST}."
    return ""


def _words_problem(name: str, words: object) -> str:
    """The words themselves are never repeated: a message can end up in a log."""
    if not isinstance(words, str) or not words.strip():
        return f"{name} has no words. Say the activity in your own words."
    if len(words) > MOST_CHARACTERS:
        return f"{name} is {len(words)} characters long. Keep it to {MOST_CHARACTERS}."
    return ""
