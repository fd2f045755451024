"""`deepsix forecast`: read the question, ask the recovery room once, print the answer."""

from __future__ import annotations

import json
import math
from dataclasses import asdict
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import typer

from deepsix.diagnosis.assessment import Assessment
from deepsix.diagnosis.engine import assess
from deepsix.followup.telling import told_of
from deepsix.hip.anatomy import find_parts, part_name
from deepsix.knowledge import load_knowledge
from deepsix.records.following import known_case, latest
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


def run(
    muscle: str,
    days: int,
    pain: float | None,
    problem: str,
    plan: str,
    habit: str,
    changes: list[str],
    check_ins: Path | None,
    members: int,
    seed: int,
    as_json: bool,
    today: date,
) -> None:
    """Print the forecast; see `deepsix forecast --help`."""
    if not 7 <= days <= MOST_DAYS:
        raise ForecastError(f"{days} days cannot be forecast. Give 7 to {MOST_DAYS}.")
    if not 100 <= members <= 20_000:
        raise ForecastError(f"{members} simulated people are too few or too many. Give 100 to 20000.")
    key = problem.strip().lower().replace("-", "_").replace(" ", "_")
    told = read_check_ins(check_ins) if check_ins is not None else None
    if told is None and pain is None:
        told = _saved()
    past, start = _past(told, today)
    schedule = usual(plan, past + days, start.weekday())
    first_pain = _first_pain(told)
    if told is not None:
        schedule = told.put_into(schedule)
    later = told.told[1:] if told is not None else ()
    begun = pain if first_pain is None else first_pain
    ensemble = prepare_learnt(find_parts(muscle), schedule, later, key, begun, members, seed, habit)
    ahead = schedule.part(ensemble.day, ensemble.day + days)
    now = type(ensemble)(ensemble.people, ensemble.loads, ensemble.state, 0, ensemble.seed)
    found = look_ahead(now, ahead)
    knowledge, assessment = load_knowledge(), _assessed()
    against = {words: permission(knowledge, assessment, asked_activity(words)) for words in changes}
    asked = [words for words in changes if not against[words].is_refused]
    compared = [(words, compare(now, ahead, what_if(words, ahead))) for words in asked]
    week = forbidden(knowledge, assessment, ahead)
    begins = start + timedelta(days=ensemble.day)
    if as_json:
        data = _as_data(muscle, key, plan, begins, found, compared)
        typer.echo(json.dumps(data | {"against": {k: asdict(v) for k, v in (week | against).items()}}, indent=2))
    else:
        for line in permission_lines(week, against):
            typer.echo(f"{line}\n")
        _print(muscle, key, plan, begun, begins, told, found, compared, ahead)


def _assessed() -> Assessment | None:
    """Return the assessment saved last, as it comes out today; None when none is. To look makes no file."""
    place = usual_place()
    if place.path is not None and not place.path.exists():
        return None
    with open_records(place) as records:
        saved = latest(records)
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
        assessment = latest(records)
        checkins = [saved.checkin for saved in records.checkins(assessment.id if assessment else None)]
    zone = datetime.now().astimezone().tzinfo
    assert zone is not None  # astimezone sets it
    return told_of(load_knowledge(), checkins, zone) if checkins else None


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


def _print(
    muscle: str,
    problem: str,
    plan: str,
    pain: float | None,
    begins: date,
    told: CheckIns | None,
    found: Forecast,
    compared: list[tuple[str, Comparison]],
    ahead: Schedule,
) -> None:
    parts = find_parts(muscle)
    name = part_name(parts[0]).split(",")[0] if len(parts) < 6 else "the six deep rotators"
    kind = read_table("problems.toml")[problem]
    doing = read_table("weeks.toml")["week"][plan]["name"]
    start = float(kind["start_pain"]) if pain is None else pain
    echo = typer.echo
    echo(f"{name[0].upper()}{name[1:]}: {kind['name']}, worst pain {start:g} of 10 at the start, then {doing}.")
    if told is not None:
        count = len(told.told)
        echo(f"Learnt from {count} check-in{'' if count == 1 else 's'} since {told.first.isoformat()}.")
    echo("")
    echo(summary(found))
    echo("")
    echo(f"Worst pain of the day from {begins.isoformat()} ({ahead.days} days); o middle, : 8 in 10 people")
    echo(chart(found))
    for line in week_lines(found):
        echo(f"  {line}")
    for words, comparison in compared:
        echo("")
        echo(f"What if {words}? " + what_if_words(comparison, "It"))
    echo("")
    echo(LIMITS)


def _finite(value: float) -> float | None:
    return None if math.isinf(value) else value


def _as_data(
    muscle: str, problem: str, plan: str, begins: date, found: Forecast, compared: list[tuple[str, Comparison]]
) -> dict[str, Any]:
    def one(f: Forecast) -> dict[str, Any]:
        return {
            "worst_pain": {k: [round(float(v), 3) for v in getattr(f, k)] for k in ("low", "middle", "high")},
            "days_to_better": {str(q): _finite(f.better_after(q)) for q in (0.1, 0.5, 0.9)},
            "share_better_by_the_end": round(f.share_better(len(f.middle)), 3),
        }

    return {
        "muscle": muscle,
        "parts": list(find_parts(muscle)),
        "problem": problem,
        "plan": plan,
        "begins": begins.isoformat(),
        "forecast": one(found),
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
