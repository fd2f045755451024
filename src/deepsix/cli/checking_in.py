"""`deepsix checkin`: a few quick questions, or all of it as options; then what changed and whether to look again."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from rich.console import Console
from rich.text import Text

from deepsix.case import Answer, Case, Origin, State
from deepsix.cli import recording
from deepsix.diagnosis.engine import Weighed, weigh
from deepsix.errors import UnknownIdError, did_you_mean
from deepsix.followup.change import Judgement, judge_change
from deepsix.followup.checkin import ActivityGoal, CheckIn, GlobalChange, scale_problem
from deepsix.followup.errors import CheckInError
from deepsix.followup.reopening import ReasonToReopen, reasons_to_reopen
from deepsix.followup.rules import load_change_rules, load_words
from deepsix.knowledge import load_knowledge
from deepsix.knowledge.model import Knowledge
from deepsix.records.store import Records, now_utc, open_records
from deepsix.records.values import SavedAssessment

_FIRST_GOALS = 2  # asked for at the first check-in: three or more take over a minute


def run(
    now: int | None,
    worst: int | None,
    morning: int | None,
    done: str,
    change: str | None,
    goals: Sequence[str],
    danger: Sequence[str],
    as_json: bool,
) -> None:
    """Take a check-in from options, or ask when no pain is given; keep it and print what it means."""
    knowledge, console = load_knowledge(), Console(highlight=False)
    with open_records() as records:
        assessment = next(reversed(records.assessments()), None)
        earlier = [saved.checkin for saved in records.checkins(assessment.id if assessment else None)]
        if now is None:
            checkin = _ask(knowledge, earlier[-1].goals if earlier else (), console)
        else:
            checkin = _from_options(knowledge, now, worst, morning, done, change, goals, danger)
        reasons = _reasons(records, assessment, [*earlier, checkin])
        number = records.save_checkin(
            checkin, assessment.id if assessment else None, [reason.kind for reason in reasons]
        )
        again = _look_again(records, knowledge, assessment, checkin)
    judged = judge_change(load_change_rules(), earlier[0], checkin, [*earlier, checkin]) if earlier else None
    if as_json:
        print(json.dumps(_record(number, judged, reasons, again), indent=2))
        return
    _show(knowledge, number, assessment, judged, reasons, again, console)


def _reasons(
    records: Records, assessment: SavedAssessment | None, checkins: Sequence[CheckIn]
) -> tuple[ReasonToReopen, ...]:
    if assessment is None:
        return ()
    case = records.case(assessment.case_id).case
    return reasons_to_reopen(load_change_rules(), case, assessment.made_at, checkins)


def _look_again(
    records: Records, knowledge: Knowledge, assessment: SavedAssessment | None, checkin: CheckIn
) -> tuple[int | None, Weighed] | None:
    """Assess at once when there is a danger sign, new or not; keep that when it adds to a saved assessment."""
    if not checkin.danger_signs:
        return None
    case = records.case(assessment.case_id).case if assessment else Case()
    known = case.without(*(finding for finding in case.answers if finding not in knowledge.findings))
    new = [sign for sign in checkin.danger_signs if known.state(sign) is not State.YES]
    told = known.with_answers(*(Answer(sign, State.YES, Origin.ASKED) for sign in new))
    weighed = weigh(knowledge, told, assessment.setting if assessment else "community")
    if assessment is None or not new:
        return None, weighed
    return recording.save_weighed(knowledge, weighed, follows=assessment.case_id), weighed


def _from_options(
    knowledge: Knowledge,
    now: int,
    worst: int | None,
    morning: int | None,
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


def _ask(knowledge: Knowledge, goals: Sequence[ActivityGoal], console: Console) -> CheckIn:
    words = load_words()["checkin"]
    console.print(Text(words["intro"], style="dim"))
    now = _scale(words["pain_now"], console)
    while now is None:
        now = _scale(words["pain_now"], console)
    worst = _scale(words["pain_worst"], console, least=now)
    morning = _scale(words["pain_next_morning"], console)
    done = _split(console.input(f"{words['done']} "))
    scored = _ask_goals(goals, console)
    return CheckIn(
        at=now_utc(),
        pain_now=now,
        pain_worst=now if worst is None else worst,
        pain_next_morning=morning,
        done=done,
        goals=scored,
        global_change=_ask_change(console),
        danger_signs=_ask_danger(knowledge, console),
    )


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
        score = _scale(f"{goal.words}: {words['goal_score']}", console)
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


def _show(
    knowledge: Knowledge,
    number: int,
    assessment: SavedAssessment | None,
    judged: Judgement | None,
    reasons: Sequence[ReasonToReopen],
    again: tuple[int | None, Weighed] | None,
    console: Console,
) -> None:
    from deepsix.cli import assessing

    words = load_words()
    console.print()
    if again is not None:
        # Nothing about getting better beside a sign of danger.
        console.print(Text(words["reopen"]["danger"], style="bold red"))
        assessing.show(knowledge, again[1], console)
    elif judged is None:
        console.print(words["checkin"]["unsaved_start"])
    else:
        _show_change(judged, console)
    if reasons and again is None:
        console.print(Text(f"{words['reopen']['title']}: {' '.join(r.words for r in reasons)}", style="bold yellow"))
        console.print(words["reopen"]["look"])
    if assessment is None:
        console.print(Text(words["checkin"]["no_assessment"], style="dim"))
    console.print(Text(words["checkin"]["saved"].format(id=number), style="dim"))


def _show_change(judged: Judgement, console: Console) -> None:
    words = load_words()
    console.print(Text(words["verdict"][judged.overall.value], style="bold"))
    for m in judged.measures:
        points = f"{m.improvement:+.1f}, counts from {m.counts_from:.1f}"
        console.print(Text(f"  {words['measure'][m.measure]}: {points}", style="dim"))


def _record(
    number: int, judged: Judgement | None, reasons: Sequence[ReasonToReopen], again: tuple[int | None, Weighed] | None
) -> dict[str, Any]:
    return {
        "id": number,
        "overall": judged.overall.value if judged else None,
        "measures": [
            {"measure": m.measure, "improvement": m.improvement, "counts_from": m.counts_from, "verdict": m.verdict}
            for m in (judged.measures if judged else ())
        ],
        "reopen": [{"kind": r.kind, "words": r.words, "findings": list(r.findings)} for r in reasons],
        "new_assessment": again[0] if again else None,
    }
