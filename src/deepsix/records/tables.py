"""The tables, as they are now. How they came to be is in `migrations/versions`; a test holds the two together.

Nothing in `cases`, `answers`, `assessments`, `plans`, `checkins` and `sessions` is changed once written: a corrected
case is a new case that follows the old one. The exception is `assessments.reopened_*`. Every row written or changed
has an entry in `changes`, written in the same transaction.

`drafts` is apart: what a person is in the middle of telling on the pages. It changes with every answer, is no record
yet, and is dropped after a while.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)


class Instant(TypeDecorator[datetime]):
    """A moment with its time zone. Kept in UTC, since SQLite keeps no zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A moment without a time zone cannot be kept.")
        return value.astimezone(UTC)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
    }
)


def _id() -> Column[int]:
    return Column("id", Integer, primary_key=True)


def _to(table: str, *, optional: bool = False) -> ForeignKey:
    return ForeignKey(f"{table}.id", ondelete="SET NULL" if optional else "CASCADE")


cases = Table(
    "cases",
    metadata,
    _id(),
    Column("saved_at", Instant, nullable=False),
    Column("follows", Integer, _to("cases", optional=True), index=True),
    Column("age", Integer),
    Column("sex", String(10)),
    Column("story", Text, nullable=False),
    Column("pain_map", JSON(none_as_null=True)),
)

answers = Table(
    "answers",
    metadata,
    _id(),
    Column("case_id", Integer, _to("cases"), nullable=False, index=True),
    Column("finding", String(100), nullable=False),
    Column("state", String(10), nullable=False),
    Column("origin", String(20), nullable=False),
    Column("words", Text, nullable=False),
    Column("side", String(10), nullable=False),
    Column("given_at", Instant, nullable=False),
    UniqueConstraint("case_id", "finding"),
    CheckConstraint("state IN ('yes', 'no', 'unsure')", name="state"),
)

assessments = Table(
    "assessments",
    metadata,
    _id(),
    Column("case_id", Integer, _to("cases"), nullable=False, index=True),
    Column("made_at", Instant, nullable=False),
    Column("knowledge_version", String(100), nullable=False),
    Column("program_version", String(50), nullable=False),
    Column("setting", String(20), nullable=False),
    Column("urgency", String(30), nullable=False),
    Column("first_cause", String(100), nullable=False),
    Column("outcome", JSON, nullable=False),
    Column("reopened_at", Instant),
    Column("reopened_why", JSON),
)

plans = Table(
    "plans",
    metadata,
    _id(),
    Column("assessment_id", Integer, _to("assessments"), nullable=False, index=True),
    Column("made_at", Instant, nullable=False),
    Column("version", Integer, nullable=False),
    Column("content", JSON, nullable=False),
)

checkins = Table(
    "checkins",
    metadata,
    _id(),
    Column("assessment_id", Integer, _to("assessments", optional=True), index=True),
    Column("at", Instant, nullable=False),
    Column("pain_now", Integer, nullable=False),
    Column("pain_worst", Integer, nullable=False),
    Column("pain_next_morning", Integer),
    Column("pain_during", Integer),
    Column("done", JSON, nullable=False),
    Column("global_change", String(30)),
    Column("danger_signs", JSON, nullable=False),
    CheckConstraint("pain_now BETWEEN 0 AND 10", name="pain_now"),
    CheckConstraint("pain_worst BETWEEN 0 AND 10", name="pain_worst"),
    CheckConstraint("pain_next_morning BETWEEN 0 AND 10", name="pain_next_morning"),
)

goals = Table(
    "goals",
    metadata,
    _id(),
    Column("checkin_id", Integer, _to("checkins"), nullable=False, index=True),
    Column("words", Text, nullable=False),
    Column("score", Integer, nullable=False),
    CheckConstraint("score BETWEEN 0 AND 10", name="score"),
)

sessions = Table(
    "sessions",
    metadata,
    _id(),
    Column("start", Instant, nullable=False, index=True),
    Column("sport", String(50), nullable=False),
    Column("duration_s", Float, nullable=False),
    Column("distance_m", Float),
    Column("climb_m", Float),
    Column("steps", Integer),
    Column("steps_from", String(20), nullable=False),
    Column("file_format", String(10), nullable=False),
    Column("imported_at", Instant, nullable=False),
    UniqueConstraint("start", "sport"),
)

changes = Table(
    "changes",
    metadata,
    _id(),
    Column("at", Instant, nullable=False),
    Column("action", String(40), nullable=False),
    Column("subject", String(20), nullable=False),
    Column("subject_id", Integer, nullable=False),
    Column("detail", JSON, nullable=False),
)

drafts = Table(
    "drafts",
    metadata,
    _id(),
    Column("key", String(64), nullable=False),
    Column("saved_at", Instant, nullable=False),
    Column("content", JSON, nullable=False),
    UniqueConstraint("key"),
)
