"""`deepsix checkin`: a few quick questions, or all of it as options; then what changed and what becomes of the plan."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from rich.console import Console
from rich.text import Text

from deepsix.cli import recording
from deepsix.errors import UnknownIdError, did_you_mean
from deepsix.followup.change import Judgement, judge_change
from deepsix.followup.checkin import ActivityGoal, CheckIn, GlobalChange, scale_problem
from deepsix.followup.errors import CheckInError
from deepsix.followup.following import FollowUp
from deepsix.followup.rules import load_change_rules, load_words
from deepsix.knowledge import load_knowledge
from deepsix.knowledge.model import Knowledge
from deepsix.plan.plan import Task
from deepsix.records.following import CheckedIn, check_in, follow_saved
from deepsix.records.store import Records, now_utc, open_records

_FIRST_GOALS = 2  # asked for at the first check-in: three or more take over a minute


def run(
    now: int | None,
    worst: int | None,
    morning: int | None,
    during: int | None,
    done: str,
    change: str | None,
    goals: Sequence[str],
    danger: Sequence[str],
    as_json: bool,
) -> None:
    """Take a check-in from options, or ask when no pain is given; keep it and print what it means."""
    knowledge, console = load_knowledge(), Console(highlight=False)
    with open_records() as records:
        earlier = [saved.checkin for saved in records.checkins()]
        if now is None:
            checkin = _ask(knowledge, earlier, _tasks(records, knowledge), console)
        else:
            checkin = _from_options(knowledge, now, worst, morning, during, done, change, goals, danger)
        told = check_in(records, knowledge, checkin, recording.program_version(), date.today())
    judged = told.followed.judgement if told.followed else _alone(earlier, checkin)
    if as_json:
        print(json.dumps(_record(told, judged), indent=2, ensure_ascii=False))
        return
    _show(knowledge, told, judged, console)


def _tasks(records: Records, knowledge: Knowledge) -> tuple[Task, ...]:
    return follow_saved(records, knowledge, day=date.today()).followed.plan.today if records.latest_assessment() else ()


def _alone(earlier: Sequence[CheckIn], checkin: CheckIn) -> Judgement | None:
    return judge_change(load_change_rules(), earlier[0], checkin, [*earlier, checkin]) if earlier else None


def _from_options(
    knowledge: Knowledge,
    now: int,
    worst: int | None,
    morning: int | None,
    during: int | None,
    done: str,
    change: str | None,
    goals: Sequence[str],
    danger: Sequence[str],
) -> CheckIn:
    if change is not None and change not in list(GlobalChange):
        raise CheckInError(f"The overall change is {change!r}. Give one of: {', '.join(GlobalChange)}.")
    for finding in danger:
        if finding not in knowledge.findings:
            raise UnknownIdError(f"There is no finding {finding!r}. {did_you_mean(finding, knowledge.findings)}")
    return CheckIn(
        at=now_utc(),
        pain_now=now,
        pain_worst=now if worst is None else worst,
        pain_next_morning=morning,
        pain_during=during,
        done=_split(done),
        goals=tuple(_goal(text) for text in goals),
        global_change=GlobalChange(change) if change is not None else None,
        danger_signs=tuple(danger),
    )


def _goal(text: str) -> ActivityGoal:
    words, found, score = text.rpartition("=")
    if not found or not score.strip().isdecimal():
        raise CheckInError('A goal needs its score after "=", such as --goal "walk the dog=4".')
    return ActivityGoal(words.strip(), int(score))


def _split(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _ask(knowledge: Knowledge, earlier: Sequence[CheckIn], tasks: Sequence[Task], console: Console) -> CheckIn:
    """Ask in as few replies as will do. What was said the last time stands beside each question."""
    words, last = load_words()["checkin"], earlier[-1] if earlier else None
    goals = next((checkin.goals for checkin in reversed(earlier) if checkin.goals), ())
    console.print(Text(words["intro"], style="dim"))
    now = None
    while now is None:
        now = _scale(_before(words["pain_now"], last.pain_now if last else None), console)
    worst = _scale(_before(words["pain_worst"], last.pain_worst if last else None), console, least=now)
    morning = _scale(_before(words["pain_next_morning"], last.pain_next_morning if last else None), console)
    done = _ask_done(tasks, console)
    during = _scale(_before(words["pain_during"], last.pain_during if last else None), console) if done else None
    scored = _ask_goals(goals, console)
    return CheckIn(
        at=now_utc(),
        pain_now=now,
        pain_worst=now if worst is None else worst,
        pain_next_morning=morning,
        pain_during=during,
        done=done,
        goals=scored,
        global_change=_ask_change(console) if earlier else None,
        danger_signs=_ask_danger(knowledge, console),
    )


def _before(question: str, last: int | None) -> str:
    return question if last is None else f"{question} {load_words()['checkin']['last_time'].format(score=last)}"


def _ask_done(tasks: Sequence[Task], console: Console) -> tuple[str, ...]:
    """Return what was done: tasks by their number, which become the ids of their remedies, and words of their own."""
    words = load_words()["checkin"]
    if not tasks:
        return _split(console.input(f"{words['done']} "))
    console.print(words["done_tasks"])
    for number, task in enumerate(tasks, start=1):
        console.print(f"  {number} {task.title}")
    while True:
        parts = [part for piece in _split(console.input("> ")) for part in _numbers(piece)]
        chosen = [int(part) for part in parts if part.isdecimal()]
        if all(1 <= number <= len(tasks) for number in chosen):
            named = (tasks[int(part) - 1].remedy if part.isdecimal() else part for part in parts)
            return tuple(dict.fromkeys(named))
        console.print(words["again"])


def _numbers(piece: str) -> list[str]:
    """Return "1 3" as two numbers, and words as they are."""
    return piece.split() if re.fullmatch(r"[\d\s]{1,20}", piece) else [piece]


def _scale(question: str, console: Console, least: int = 0) -> int | None:
    """Ask for a whole number until one is given, or nothing."""
    while True:
        given = console.input(f"{question} ").strip()
        if not given:
            return None
        value = int(given) if re.fullmatch(r"\d{1,4}", given) else -1
        if not scale_problem("", value) and value >= least:
            return value
        console.print(f"{load_words()['checkin']['again']} Give a whole number from {least} to 10.")


def _ask_goals(goals: Sequence[ActivityGoal], console: Console) -> tuple[ActivityGoal, ...]:
    words = load_words()["checkin"]
    scored: list[ActivityGoal] = []
    for goal in goals:
        score = _scale(_before(f"{goal.words}: {words['goal_score']}", goal.score), console)
        if score is not None:
            scored.append(replace(goal, score=score))
    while not goals and len(scored) < _FIRST_GOALS and (text := console.input(f"{words['goal_new']} ").strip()):
        score = _scale(words["goal_score"], console)
        if score is not None:
            scored.append(ActivityGoal(text[:200], score))
    return tuple(scored)


def _ask_change(console: Console) -> GlobalChange | None:
    words, named = load_words()["checkin"], load_words()["change"]
    console.print(words["change"])
    for number, step in enumerate(GlobalChange, start=1):
        console.print(f"  {number} {named[step]}")
    while given := console.input("> ").strip():
        if re.fullmatch(r"[1-7]", given):
            return list(GlobalChange)[int(given) - 1]
        console.print(words["again"])
    return None


def _ask_danger(knowledge: Knowledge, console: Console) -> tuple[str, ...]:
    """Ask for signs of danger. What cannot be read is asked again, never taken as none."""
    words, signs = load_words()["checkin"], load_change_rules().danger_signs
    console.print(Text(words["danger"], style="bold"))
    for number, sign in enumerate(signs, start=1):
        console.print(f"  {number:2d} {knowledge.findings[sign].name}")
    while given := console.input("> ").strip().lower():
        numbers = [int(part) for part in re.findall(r"\d{1,3}", given)]
        if given in ("0", "none", "no"):
            return ()
        if numbers and all(1 <= number <= len(signs) for number in numbers):
            return tuple(dict.fromkeys(signs[number - 1] for number in numbers))
        console.print(words["again"])
    return ()


def _show(knowledge: Knowledge, told: CheckedIn, judged: Judgement | None, console: Console) -> None:
    from deepsix.cli import assessing

    words = load_words()
    console.print()
    if told.again is not None:
        # Nothing about getting better beside a sign of danger.
        console.print(Text(words["reopen"]["danger"], style="bold red"))
        assessing.show(knowledge, told.again, console)
    elif judged is None:
        console.print(words["checkin"]["unsaved_start"])
    else:
        _show_change(judged, console)
    if told.followed is not None and told.again is None:
        _show_way(told.followed, console)
    if told.saved is None:
        console.print(Text(words["checkin"]["no_assessment"], style="dim"))
    console.print(Text(words["checkin"]["saved"].format(id=told.kept.checkin), style="dim"))


def _show_way(followed: FollowUp, console: Console) -> None:
    words = load_words()
    console.print()
    console.print(Text(followed.says, style="bold"))
    for why in followed.reasons:
        console.print(f"  {why.text}")
    if followed.has_moved:
        console.print(words["checkin"]["now_do"])
        for task in followed.plan.today:
            console.print(f"  {task.title}. {task.dose}".rstrip())
    if followed.reopen:
        told = " ".join(reason.words for reason in followed.reopen)
        console.print(Text(f"{words['reopen']['title']}: {told}", style="bold yellow"))
        console.print(words["reopen"]["look"])
    elif followed.way != "done":
        expected = words["checkin"]["expected"].format(day=followed.expected_by.date(), why=followed.expected_why.text)
        console.print(Text(expected, style="dim"))


def _show_change(judged: Judgement, console: Console) -> None:
    words = load_words()
    console.print(Text(words["verdict"][judged.overall.value], style="bold"))
    for m in judged.measures:
        points = f"{m.improvement:+.1f}, counts from {m.counts_from:.1f}"
        console.print(Text(f"  {words['measure'][m.measure]}: {points}", style="dim"))


def _record(told: CheckedIn, judged: Judgement | None) -> dict[str, Any]:
    followed = told.followed
    return {
        "id": told.kept.checkin,
        "overall": judged.overall.value if judged else None,
        "measures": [
            {"measure": m.measure, "improvement": m.improvement, "counts_from": m.counts_from, "verdict": m.verdict}
            for m in (judged.measures if judged else ())
        ],
        "way": followed.way if followed else None,
        "stage": followed.standing.stage if followed else None,
        "reasons": [{"text": why.text, "source": why.source} for why in (followed.reasons if followed else ())],
        "expected_by": followed.expected_by.isoformat() if followed else None,
        "reopen": [
            {"kind": r.kind, "words": r.words, "findings": list(r.findings)}
            for r in (followed.reopen if followed else ())
        ],
        "new_plan": told.kept.plan,
        "new_assessment": told.kept.assessment,
    }
