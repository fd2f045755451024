"""`deepsix forecast`: read the question, ask once (for the saved plan or for what was named), print the answer."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta, tzinfo
from pathlib import Path
from typing import Any

import typer

from deepsix.diagnosis.assessment import Assessment
from deepsix.diagnosis.engine import assess
from deepsix.followup.outlook import outlook_of, what_if_of, why_no_outlook
from deepsix.followup.rules import load_words
from deepsix.followup.telling import told_of
from deepsix.hip.anatomy import find_parts, part_name
from deepsix.knowledge import load_knowledge
from deepsix.knowledge.model import Knowledge
from deepsix.records.following import follow_saved, known_case
from deepsix.records.place import usual_place
from deepsix.records.store import open_records
from deepsix.recovery.errors import ForecastError
from deepsix.recovery.forecasting import Comparison, Forecast, compare, look_ahead, prepare_learnt
from deepsix.recovery.permission import forbidden, permission
from deepsix.recovery.schedule import Schedule, asked_activity, usual, what_if
from deepsix.recovery.tables import read_table
from deepsix.recovery.telling import CheckIns, read_check_ins
from deepsix.recovery.wording import LIMITS, chart, permission_lines, summary, week_lines, what_if_words

MOST_DAYS = 365
USUAL_DAYS = 42


@dataclass(frozen=True, slots=True)
class Subject:
    """What is forecast when it is not the saved plan."""

    muscle: str
    problem: str
    plan: str
    habit: str


@dataclass(frozen=True, slots=True)
class Asked:
    """How far to look, what to try, with how many, and how to say it."""

    days: int | None
    changes: tuple[str, ...]
    members: int
    seed: int
    as_json: bool

    def check(self) -> None:
        """Raise ForecastError when it cannot be done."""
        if self.days is not None and not 7 <= self.days <= MOST_DAYS:
            raise ForecastError(f"{self.days} days cannot be forecast. Give 7 to {MOST_DAYS}.")
        if not 100 <= self.members <= 20_000:
            raise ForecastError(f"{self.members} simulated people are too few or too many. Give 100 to 20000.")


@dataclass(frozen=True, slots=True)
class Told:
    """A forecast with all that is said about it: its subject in a line and as data, and what was learnt from."""

    head: str
    data: dict[str, Any]
    check_ins: CheckIns | None
    begins: date
    found: Forecast
    ahead: Schedule
    compare: Callable[[str], Comparison]


def of_saved_plan(asked: Asked) -> bool:
    """Print the forecast of the saved plan, or why there is none; return False when no assessment is saved."""
    asked.check()
    place = usual_place()
    if place.path is not None and not place.path.exists():  # to look makes no file
        return False
    knowledge, words = load_knowledge(), load_words()["outlook"]
    with open_records(place) as records:
        if records.latest_assessment() is None:
            return False
        here = follow_saved(records, knowledge, day=date.today())
        checkins = [entry.checkin for entry in records.checkins(here.saved.id)]
    followed = here.followed
    outlook = outlook_of(
        knowledge, followed, checkins, _zone(), days=asked.days, members=asked.members, seed=asked.seed
    )
    if outlook is None:
        why = why_no_outlook(followed, checkins)
        assert why is not None  # else there were one
        _tell_none(knowledge, asked, followed.assessment, f"{words[why]} {words['another']}")
        return True
    cause = knowledge.conditions[outlook.condition].name
    head = words["of_plan"].format(cause=cause, muscle=_name(outlook.muscle), problem=_kind(outlook.problem)["name"])
    data = {"condition": outlook.condition, **_subject(outlook.muscle, outlook.problem), "plan": "saved"}
    told = Told(
        head, data, outlook.told, outlook.begins, outlook.found, outlook.ahead, lambda words: what_if_of(outlook, words)
    )
    _tell(knowledge, followed.assessment, asked, told)
    return True


def run(subject: Subject, asked: Asked, pain: float | None, check_ins: Path | None, today: date) -> None:
    """Print the forecast of a muscle and a problem; see `deepsix forecast --help`."""
    asked.check()
    days = asked.days or USUAL_DAYS
    key = subject.problem.strip().lower().replace("-", "_").replace(" ", "_")
    told = read_check_ins(check_ins) if check_ins is not None else None
    if told is None and pain is None:
        told = _saved()
    past, start = _past(told, today)
    schedule = usual(subject.plan, past + days, start.weekday())
    first_pain = _first_pain(told)
    if told is not None:
        schedule = told.put_into(schedule)
    later = told.told[1:] if told is not None else ()
    begun = pain if first_pain is None else first_pain
    parts = find_parts(subject.muscle)
    ensemble = prepare_learnt(parts, schedule, later, key, begun, asked.members, asked.seed, subject.habit)
    ahead = schedule.part(ensemble.day, ensemble.day + days)
    now = replace(ensemble, day=0)
    head = _headline(subject, key, begun)
    data = {**_subject(subject.muscle, key), "plan": subject.plan}
    begins = start + timedelta(days=ensemble.day)
    _tell(
        load_knowledge(),
        _assessed(),
        asked,
        Told(
            head,
            data,
            told,
            begins,
            look_ahead(now, ahead),
            ahead,
            lambda words: compare(now, ahead, what_if(words, ahead)),
        ),
    )


def _assessed() -> Assessment | None:
    """Return the assessment saved last, as it comes out today; None when none is. To look makes no file."""
    place = usual_place()
    if place.path is not None and not place.path.exists():
        return None
    with open_records(place) as records:
        saved = records.latest_assessment()
        if saved is None:
            return None
        knowledge = load_knowledge()
        return assess(knowledge, known_case(records, knowledge, saved), saved.setting)


def _saved() -> CheckIns | None:
    """Return the saved check-ins of the assessment saved last; to look makes no file."""
    place = usual_place()
    if place.path is not None and not place.path.exists():
        return None
    with open_records(place) as records:
        assessment = records.latest_assessment()
        checkins = [saved.checkin for saved in records.checkins(assessment.id if assessment else None)]
    return told_of(load_knowledge(), checkins, _zone()) if checkins else None


def _zone() -> tzinfo:
    zone = datetime.now().astimezone().tzinfo
    assert zone is not None  # astimezone sets it
    return zone


def _past(told: CheckIns | None, today: date) -> tuple[int, date]:
    if told is None:
        return 0, today
    return told.told[-1].day + 1, told.first


def _first_pain(told: CheckIns | None) -> float | None:
    if told is None:
        return None
    first = told.told[0]
    pain = next((p for p in (first.worst, first.now, first.morning) if p is not None), None)
    if pain is None:
        raise ForecastError("The first check-in tells no pain. Give pain_worst or pain_now.")
    return pain


def _headline(subject: Subject, problem: str, pain: float | None) -> str:
    name, kind = _name(subject.muscle), _kind(problem)
    doing = read_table("weeks.toml")["week"][subject.plan]["name"]
    start = float(kind["start_pain"]) if pain is None else pain
    return f"{name[0].upper()}{name[1:]}: {kind['name']}, worst pain {start:g} of 10 at the start, then {doing}."


def _name(muscle: str) -> str:
    parts = find_parts(muscle)
    return part_name(parts[0]).split(",")[0] if len(parts) < 6 else "the six deep rotators"


def _kind(problem: str) -> dict[str, Any]:
    return dict(read_table("problems.toml")[problem])


def _subject(muscle: str, problem: str) -> dict[str, Any]:
    return {"muscle": muscle, "parts": list(find_parts(muscle)), "problem": problem}


def _tell_none(knowledge: Knowledge, asked: Asked, assessment: Assessment, why: str) -> None:
    """Print why there is no forecast; what must not be done is still said."""
    against = {words: permission(knowledge, assessment, asked_activity(words)) for words in asked.changes}
    if asked.as_json:
        told: dict[str, Any] = {
            "forecast": None,
            "why": why,
            "what_if": [],
            "against": {k: asdict(v) for k, v in against.items()},
        }
        typer.echo(json.dumps(told, indent=2))
        return
    for line in (*permission_lines({}, against), why):
        typer.echo(line)


def _tell(knowledge: Knowledge, assessment: Assessment | None, asked: Asked, told: Told) -> None:
    """Print a forecast, after what the rules of the plan say against anything in it."""
    against = {words: permission(knowledge, assessment, asked_activity(words)) for words in asked.changes}
    compared = [(words, told.compare(words)) for words in asked.changes if not against[words].is_refused]
    week = forbidden(knowledge, assessment, told.ahead)
    if asked.as_json:
        data = _as_data(told, compared)
        typer.echo(json.dumps(data | {"against": {k: asdict(v) for k, v in (week | against).items()}}, indent=2))
        return
    for line in permission_lines(week, against):
        typer.echo(f"{line}\n")
    _print(told, compared)


def _print(told: Told, compared: list[tuple[str, Comparison]]) -> None:
    echo = typer.echo
    echo(told.head)
    if told.check_ins is not None:
        count = len(told.check_ins.told)
        echo(f"Learnt from {count} check-in{'' if count == 1 else 's'} since {told.check_ins.first.isoformat()}.")
    echo("")
    echo(summary(told.found))
    echo("")
    echo(f"Worst pain of the day from {told.begins.isoformat()} ({told.ahead.days} days); o middle, : 8 in 10 people")
    echo(chart(told.found))
    for line in week_lines(told.found):
        echo(f"  {line}")
    for words, comparison in compared:
        echo("")
        echo(f"What if {words}? " + what_if_words(comparison, "It", told.begins))
    echo("")
    echo(LIMITS)


def _finite(value: float) -> float | None:
    return None if math.isinf(value) else value


def _as_data(told: Told, compared: list[tuple[str, Comparison]]) -> dict[str, Any]:
    def one(f: Forecast) -> dict[str, Any]:
        return {
            "worst_pain": {k: [round(float(v), 3) for v in getattr(f, k)] for k in ("low", "middle", "high")},
            "days_to_better": {str(q): _finite(f.better_after(q)) for q in (0.1, 0.5, 0.9)},
            "share_better_by_the_end": round(f.share_better(len(f.middle)), 3),
        }

    return {
        **told.data,
        "begins": told.begins.isoformat(),
        "forecast": one(told.found),
        "what_if": [
            {
                "change": words,
                "forecast": one(c.changed),
                "extra_pain": [round(float(v), 3) for v in c.extra_pain],
                "days_later": round(c.days_later, 2),
                "share_worse": round(c.share_worse, 3),
                "share_later": round(c.share_later, 3),
            }
            for words, c in compared
        ],
        "limits": LIMITS,
    }
