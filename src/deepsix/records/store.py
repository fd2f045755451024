"""The records: one method an action, each in one transaction, each written together with its entry in the history.

    with open_records(clock=...) as records:
        saved = records.save_case(case)

Whatever a method returns was on the disk before it returned. The clock is passed in; frozen values come out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Connection, Engine, Table, func, insert, select, update

from deepsix.case import Case
from deepsix.followup.checkin import CheckIn
from deepsix.intake.training.sessions import Session
from deepsix.records import drafts, erasing, rows, tables
from deepsix.records.database import make_engine, reading, writing
from deepsix.records.migrating import bring_up_to_date
from deepsix.records.place import Place, usual_place
from deepsix.records.values import (
    Change,
    Kept,
    NewAssessment,
    NewPlan,
    Outcome,
    SavedAssessment,
    SavedCase,
    SavedCheckIn,
    SavedDraft,
    SavedPlan,
)

Clock = Callable[[], datetime]
_SESSION_FIELDS = ("start", "sport", "duration_s", "distance_m", "climb_m", "steps", "steps_from", "file_format")


def now_utc() -> datetime:
    """Return the time now, the clock of the shells."""
    return datetime.now(UTC)


def open_records(place: Place | None = None, clock: Clock = now_utc) -> Records:
    """Open the records, making or updating their tables as needed.

    Args:
        place: Where; the user's own unless said (see `usual_place`).
        clock: Gives the time with a zone.

    Raises:
        RecordsError: A kind of it that says why they cannot be opened.
    """
    chosen = place or usual_place()
    engine = make_engine(chosen)
    try:
        bring_up_to_date(engine, chosen)
    except BaseException:
        engine.dispose()
        raise
    return Records(engine, chosen, clock)


class Records:
    """Open records. Close them, or use them in a `with`. May be shared between threads."""

    def __init__(self, engine: Engine, place: Place, clock: Clock) -> None:
        self._engine, self.place, self._clock = engine, place, clock

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()

    # What is written

    def save_case(self, case: Case, follows: int | None = None) -> int:
        """Keep a case and return its number. `follows` is the saved case that this one corrects or adds to.

        Raises:
            NoSuchRecordError: There is no case to follow.
        """
        with writing(self._engine, self.place) as connection:
            return self._save_case(connection, case, follows)

    def save_assessment(
        self, case: Case, outcome: Outcome, *, knowledge_version: str, program_version: str, setting: str,
        follows: int | None = None,
    ) -> int:  # fmt: skip
        """Keep a case with what came out of it, and return the number of the assessment.

        Args:
            case: As told, before anything was concluded from it.
            outcome: From `outcome_of`.
            knowledge_version, program_version, setting: With what it was assessed.
            follows: The saved case that this one corrects or adds to.
        """
        new = NewAssessment(case, outcome, knowledge_version, program_version, setting, follows)
        with writing(self._engine, self.place) as connection:
            return self._save_assessment(connection, new)

    def save_assessment_with_plan(self, new: NewAssessment, plan: NewPlan) -> Kept:
        """Keep an assessment and its plan, both or neither."""
        with writing(self._engine, self.place) as connection:
            number = self._save_assessment(connection, new)
            return Kept(plan=self._save_plan(connection, number, plan), assessment=number)

    def save_plan(self, assessment_id: int, version: int, content: Mapping[str, Any]) -> int:
        """Keep a plan as plain values in the shape `version` stands for, and return its number."""
        with writing(self._engine, self.place) as connection:
            rows.one(connection, tables.assessments, assessment_id, "assessment")
            return self._save_plan(connection, assessment_id, NewPlan(version, content))

    def save_checkin(
        self, checkin: CheckIn, assessment_id: int | None = None, reopen_because: Sequence[str] = ()
    ) -> int:
        """Keep a check-in and return its number; with reasons, re-open its assessment in the same transaction."""
        number = self.save_follow_up(checkin, assessment_id, reopen_because).checkin
        assert number is not None  # a check-in was kept
        return number

    def save_follow_up(
        self,
        checkin: CheckIn,
        assessment_id: int | None = None,
        reopen_because: Sequence[str] = (),
        plan: NewPlan | None = None,
        again: NewAssessment | None = None,
    ) -> Kept:
        """Keep a check-in with all that it brought about, in one transaction.

        Args:
            checkin: How someone is.
            assessment_id: What it belongs to; without one it stands alone, and there is no plan to change.
            reopen_because: Why that assessment needs a fresh look; it is re-opened.
            plan: The plan from here, when the check-in changed it.
            again: A new assessment, when the check-in told of a sign of danger.

        Raises:
            NoSuchRecordError: There is no such assessment.
        """
        with writing(self._engine, self.place) as connection:
            if assessment_id is not None:
                rows.one(connection, tables.assessments, assessment_id, "assessment")
            number = self._save_checkin(connection, checkin, assessment_id)
            if reopen_because and assessment_id is not None:
                self._reopen(connection, assessment_id, reopen_because)
            kept_plan = None
            if plan is not None and assessment_id is not None:
                kept_plan = self._save_plan(connection, assessment_id, plan, number)
            return Kept(number, kept_plan, self._save_assessment(connection, again) if again is not None else None)

    def save_sessions(self, sessions: Iterable[Session]) -> int:
        """Keep training that is not kept yet, and return how much of it was new.

        A session of the same sport and start is the same session, so a file can be imported twice.
        """
        with writing(self._engine, self.place) as connection:
            known = {(s.start, s.sport) for s in self._sessions(connection)}
            fresh = {(s.start, s.sport): s for s in sessions if (s.start, s.sport) not in known}
            for session in fresh.values():
                row = {name: getattr(session, name) for name in _SESSION_FIELDS}
                detail = {"file_format": session.file_format}
                self._insert(
                    connection, tables.sessions, {**row, "imported_at": self._clock()}, "training imported", detail
                )
            return len(fresh)

    def keep_draft(self, key: str, content: Mapping[str, Any]) -> None:
        """Keep what is being told under the key of a visit, in place of what was kept there before."""
        with writing(self._engine, self.place) as connection:
            drafts.keep(connection, key, content, self._clock())

    def drop_drafts_before(self, moment: datetime) -> int:
        """Remove the drafts last changed before a moment, and return how many."""
        with writing(self._engine, self.place) as connection:
            return drafts.drop_before(connection, moment)

    def erase(self) -> None:
        """Remove everything for good; see `erasing.erase_all` for what that means."""
        erasing.erase_all(self._engine, self.place)

    # What is read

    def case(self, number: int) -> SavedCase:
        """Return a saved case. Raises NoSuchRecordError."""
        with reading(self._engine, self.place) as connection:
            return rows.case_of(connection, number)

    def assessment(self, number: int) -> SavedAssessment:
        """Return a saved assessment. Raises NoSuchRecordError."""
        with reading(self._engine, self.place) as connection:
            return rows.assessment_of(rows.one(connection, tables.assessments, number, "assessment"))

    def assessments(self) -> tuple[SavedAssessment, ...]:
        """Return all assessments, the oldest first."""
        with reading(self._engine, self.place) as connection:
            found = connection.execute(select(tables.assessments).order_by(tables.assessments.c.id)).mappings()
            return tuple(rows.assessment_of(row) for row in found)

    def latest_assessment(self) -> SavedAssessment | None:
        """Return the assessment that was saved last, None when there is none."""
        query = select(tables.assessments).order_by(tables.assessments.c.id.desc()).limit(1)
        with reading(self._engine, self.place) as connection:
            found = connection.execute(query).mappings().first()
            return rows.assessment_of(found) if found is not None else None

    def plans(self, assessment_id: int | None = None) -> tuple[SavedPlan, ...]:
        """Return the plans, of one assessment if said, the oldest first."""
        query = select(tables.plans).order_by(tables.plans.c.id)
        if assessment_id is not None:
            query = query.where(tables.plans.c.assessment_id == assessment_id)
        with reading(self._engine, self.place) as connection:
            return tuple(rows.plan_of(row) for row in connection.execute(query).mappings())

    def checkins(self, assessment_id: int | None = None) -> tuple[SavedCheckIn, ...]:
        """Return the check-ins, of one assessment if said, by their time."""
        query = select(tables.checkins).order_by(tables.checkins.c.at, tables.checkins.c.id)
        if assessment_id is not None:
            query = query.where(tables.checkins.c.assessment_id == assessment_id)
        with reading(self._engine, self.place) as connection:
            return rows.checkins_of(connection, query)

    def sessions(self) -> tuple[Session, ...]:
        """Return all training, by its start."""
        with reading(self._engine, self.place) as connection:
            return self._sessions(connection)

    def changes(self) -> tuple[Change, ...]:
        """Return the history: every change, the oldest first."""
        with reading(self._engine, self.place) as connection:
            found = connection.execute(select(tables.changes).order_by(tables.changes.c.id)).mappings()
            return tuple(rows.change_of(row) for row in found)

    def cases(self) -> tuple[SavedCase, ...]:
        """Return all cases, the oldest first."""
        with reading(self._engine, self.place) as connection:
            numbers = connection.execute(select(tables.cases.c.id).order_by(tables.cases.c.id)).scalars().all()
            return tuple(rows.case_of(connection, number) for number in numbers)

    def draft(self, key: str) -> Mapping[str, Any] | None:
        """Return what is being told under the key of a visit, None when there is nothing."""
        with reading(self._engine, self.place) as connection:
            return drafts.find(connection, key)

    def drafts(self) -> tuple[SavedDraft, ...]:
        """Return all that is being told, the oldest first."""
        with reading(self._engine, self.place) as connection:
            return tuple(SavedDraft(saved_at, content) for saved_at, content in drafts.every(connection))

    def count(self) -> int:
        """Return how many records there are, the history not counted."""
        kept = (tables.cases, tables.assessments, tables.plans, tables.checkins, tables.sessions)
        with reading(self._engine, self.place) as connection:
            return sum(connection.execute(select(func.count()).select_from(table)).scalar_one() for table in kept)

    # Parts of the above

    def _sessions(self, connection: Connection) -> tuple[Session, ...]:
        query = select(tables.sessions).order_by(tables.sessions.c.start, tables.sessions.c.id)
        return tuple(rows.session_of(row) for row in connection.execute(query).mappings())

    def _save_case(self, connection: Connection, case: Case, follows: int | None) -> int:
        now = self._clock()
        earlier = rows.case_of(connection, follows) if follows is not None else None
        detail = {"answers": len(case.answers), "follows": follows}
        number = self._insert(connection, tables.cases, rows.case_row(case, now, follows), "case saved", detail)
        if case.answers:
            connection.execute(insert(tables.answers), rows.answer_rows(case, number, now, earlier))
        return number

    def _save_assessment(self, connection: Connection, new: NewAssessment) -> int:
        case_id = self._save_case(connection, new.case, new.follows)
        causes = new.outcome["causes"]
        row = {
            "case_id": case_id,
            "made_at": self._clock(),
            "knowledge_version": new.knowledge_version,
            "program_version": new.program_version,
            "setting": new.setting,
            "urgency": new.outcome["urgency"]["level"],
            "first_cause": causes[0]["condition"] if causes else "",
            "outcome": dict(new.outcome),
        }
        detail = {"case": case_id, "knowledge_version": new.knowledge_version, "setting": new.setting}
        return self._insert(connection, tables.assessments, row, "assessment saved", detail)

    def _save_plan(self, connection: Connection, assessment_id: int, plan: NewPlan, checkin: int | None = None) -> int:
        row = {
            "assessment_id": assessment_id,
            "made_at": self._clock(),
            "version": plan.version,
            "content": dict(plan.content),
        }
        detail = {"assessment": assessment_id} if checkin is None else {"assessment": assessment_id, "checkin": checkin}
        return self._insert(connection, tables.plans, row, "plan saved", detail)

    def _save_checkin(self, connection: Connection, checkin: CheckIn, assessment_id: int | None) -> int:
        row = {
            "assessment_id": assessment_id,
            "at": checkin.at,
            "pain_now": checkin.pain_now,
            "pain_worst": checkin.pain_worst,
            "pain_next_morning": checkin.pain_next_morning,
            "pain_during": checkin.pain_during,
            "done": list(checkin.done),
            "global_change": checkin.global_change.value if checkin.global_change else None,
            "danger_signs": list(checkin.danger_signs),
        }
        number = self._insert(connection, tables.checkins, row, "check-in saved", {"assessment": assessment_id})
        if checkin.goals:
            goals = [{"checkin_id": number, "words": g.words, "score": g.score} for g in checkin.goals]
            connection.execute(insert(tables.goals), goals)
        return number

    def _reopen(self, connection: Connection, number: int, why: Sequence[str]) -> None:
        chosen = update(tables.assessments).where(tables.assessments.c.id == number)
        connection.execute(chosen.values(reopened_at=self._clock(), reopened_why=list(why)))
        self._note(connection, "assessment re-opened", tables.assessments, number, {"because": list(why)})

    def _insert(
        self, connection: Connection, table: Table, row: Mapping[str, Any], action: str, detail: Mapping[str, Any]
    ) -> int:
        key = connection.execute(insert(table).values(**row)).inserted_primary_key
        assert key is not None  # every table has one
        self._note(connection, action, table, int(key[0]), detail)
        return int(key[0])

    def _note(self, connection: Connection, action: str, table: Table, number: int, detail: Mapping[str, Any]) -> None:
        """Write the entry of the history beside the change it tells of."""
        entry = {
            "at": self._clock(),
            "action": action,
            "subject": table.name,
            "subject_id": number,
            "detail": dict(detail),
        }
        connection.execute(insert(tables.changes).values(**entry))
