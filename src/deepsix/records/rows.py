"""Between rows and frozen values. All SQL that reads is here; all that writes is in `store`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, Table, select

from deepsix.case import Answer, Case, Origin, State
from deepsix.followup.checkin import ActivityGoal, CheckIn, GlobalChange
from deepsix.intake.chart.record import pain_map_from_record, pain_map_record
from deepsix.intake.training.sessions import Session
from deepsix.records import tables
from deepsix.records.errors import NoSuchRecordError
from deepsix.records.values import Change, SavedAssessment, SavedCase, SavedCheckIn, SavedPlan

_MOST_NAMED = 20  # numbers listed in a message


def one(connection: Connection, table: Table, number: int, name: str) -> RowMapping:
    """Return the row of a number.

    Raises:
        NoSuchRecordError: There is none; the message lists those there are.
    """
    row = connection.execute(select(table).where(table.c.id == number)).mappings().first()
    if row is not None:
        return row
    latest = connection.execute(select(table.c.id).order_by(table.c.id.desc()).limit(_MOST_NAMED)).scalars().all()
    saved = f"Saved ones: {', '.join(map(str, reversed(latest)))}." if latest else "None is saved yet."
    raise NoSuchRecordError(f"There is no {name} {number}. {saved}")


def case_of(connection: Connection, number: int) -> SavedCase:
    """Return a saved case with its answers in the order they were saved."""
    row = one(connection, tables.cases, number, "case")
    query = select(tables.answers).where(tables.answers.c.case_id == number).order_by(tables.answers.c.id)
    found = connection.execute(query).mappings().all()
    answers = {
        a["finding"]: Answer(a["finding"], State(a["state"]), Origin(a["origin"]), a["words"], a["side"]) for a in found
    }
    return SavedCase(
        id=row["id"],
        saved_at=row["saved_at"],
        follows=row["follows"],
        case=Case(
            age=row["age"],
            sex=row["sex"],
            answers=answers,
            story=row["story"],
            pain_map=pain_map_from_record(row["pain_map"]) if row["pain_map"] else None,
        ),
        given_at={a["finding"]: a["given_at"] for a in found},
    )


def assessment_of(row: RowMapping) -> SavedAssessment:
    """Return the value of a row."""
    return SavedAssessment(**{**row, "reopened_why": tuple(row["reopened_why"] or ())})


def plan_of(row: RowMapping) -> SavedPlan:
    """Return the value of a row."""
    return SavedPlan(**row)


def change_of(row: RowMapping) -> Change:
    """Return the value of a row."""
    return Change(**row)


def checkins_of(connection: Connection, query: Select[Any]) -> tuple[SavedCheckIn, ...]:
    """Return the check-ins a query over that table finds, with their goals."""
    rows = connection.execute(query).mappings().all()
    by_checkin: dict[int, list[ActivityGoal]] = {row["id"]: [] for row in rows}
    chosen = select(tables.goals).where(tables.goals.c.checkin_id.in_(list(by_checkin))).order_by(tables.goals.c.id)
    for goal in connection.execute(chosen).mappings():
        by_checkin[goal["checkin_id"]].append(ActivityGoal(goal["words"], goal["score"]))
    return tuple(SavedCheckIn(row["id"], row["assessment_id"], _checkin(row, by_checkin[row["id"]])) for row in rows)


def _checkin(row: RowMapping, goals: Sequence[ActivityGoal]) -> CheckIn:
    return CheckIn(
        at=row["at"],
        pain_now=row["pain_now"],
        pain_worst=row["pain_worst"],
        pain_next_morning=row["pain_next_morning"],
        pain_during=row["pain_during"],
        done=tuple(row["done"]),
        goals=tuple(goals),
        global_change=GlobalChange(row["global_change"]) if row["global_change"] else None,
        danger_signs=tuple(row["danger_signs"]),
    )


def session_of(row: RowMapping) -> Session:
    """Return the value of a row."""
    names = ("start", "sport", "duration_s", "distance_m", "climb_m", "steps", "steps_from", "file_format")
    return Session(**{name: row[name] for name in names})


def case_row(case: Case, saved_at: datetime, follows: int | None) -> dict[str, Any]:
    """Return the row of a case without its answers."""
    return {
        "saved_at": saved_at,
        "follows": follows,
        "age": case.age,
        "sex": case.sex,
        "story": case.story,
        "pain_map": pain_map_record(case.pain_map) if case.pain_map else None,
    }


def answer_rows(case: Case, number: int, now: datetime, earlier: SavedCase | None) -> list[dict[str, Any]]:
    """Return the rows of a case's answers. One that the earlier case holds unchanged keeps the time it was given."""
    known: Mapping[str, Answer] = earlier.case.answers if earlier else {}
    times = earlier.given_at if earlier else {}
    return [
        {
            "case_id": number,
            "finding": finding,
            "state": answer.state.value,
            "origin": answer.origin.value,
            "words": answer.words,
            "side": answer.side,
            "given_at": times[finding] if known.get(finding) == answer else now,
        }
        for finding, answer in case.answers.items()
    ]
