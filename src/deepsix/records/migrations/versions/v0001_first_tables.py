"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def _id() -> sa.Column[int]:
    return sa.Column("id", sa.Integer, primary_key=True)


def _to(table: str, *, optional: bool = False) -> sa.ForeignKey:
    return sa.ForeignKey(f"{table}.id", ondelete="SET NULL" if optional else "CASCADE")


def upgrade() -> None:
    """Make all tables."""
    op.create_table(
        "cases",
        _id(),
        sa.Column("saved_at", _MOMENT, nullable=False),
        sa.Column("follows", sa.Integer, _to("cases", optional=True), index=True),
        sa.Column("age", sa.Integer),
        sa.Column("sex", sa.String(10)),
        sa.Column("story", sa.Text, nullable=False),
    )
    op.create_table(
        "answers",
        _id(),
        sa.Column("case_id", sa.Integer, _to("cases"), nullable=False, index=True),
        sa.Column("finding", sa.String(100), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("origin", sa.String(20), nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("side", sa.String(10), nullable=False),
        sa.Column("given_at", _MOMENT, nullable=False),
        sa.UniqueConstraint("case_id", "finding"),
        sa.CheckConstraint("state IN ('yes', 'no', 'unsure')", name="state"),
    )
    op.create_table(
        "assessments",
        _id(),
        sa.Column("case_id", sa.Integer, _to("cases"), nullable=False, index=True),
        sa.Column("made_at", _MOMENT, nullable=False),
        sa.Column("knowledge_version", sa.String(100), nullable=False),
        sa.Column("program_version", sa.String(50), nullable=False),
        sa.Column("setting", sa.String(20), nullable=False),
        sa.Column("urgency", sa.String(30), nullable=False),
        sa.Column("first_cause", sa.String(100), nullable=False),
        sa.Column("outcome", sa.JSON, nullable=False),
        sa.Column("reopened_at", _MOMENT),
        sa.Column("reopened_why", sa.JSON),
    )
    op.create_table(
        "plans",
        _id(),
        sa.Column("assessment_id", sa.Integer, _to("assessments"), nullable=False, index=True),
        sa.Column("made_at", _MOMENT, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("content", sa.JSON, nullable=False),
    )
    op.create_table(
        "checkins",
        _id(),
        sa.Column("assessment_id", sa.Integer, _to("assessments", optional=True), index=True),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("pain_now", sa.Integer, nullable=False),
        sa.Column("pain_worst", sa.Integer, nullable=False),
        sa.Column("pain_next_morning", sa.Integer),
        sa.Column("done", sa.JSON, nullable=False),
        sa.Column("global_change", sa.String(30)),
        sa.Column("danger_signs", sa.JSON, nullable=False),
        *(
            sa.CheckConstraint(f"{name} BETWEEN 0 AND 10", name=name)
            for name in ("pain_now", "pain_worst", "pain_next_morning")
        ),
    )
    op.create_table(
        "goals",
        _id(),
        sa.Column("checkin_id", sa.Integer, _to("checkins"), nullable=False, index=True),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("score", sa.Integer, nullable=False),
        sa.CheckConstraint("score BETWEEN 0 AND 10", name="score"),
    )
    op.create_table(
        "sessions",
        _id(),
        sa.Column("start", _MOMENT, nullable=False, index=True),
        sa.Column("sport", sa.String(50), nullable=False),
        sa.Column("duration_s", sa.Float, nullable=False),
        sa.Column("distance_m", sa.Float),
        sa.Column("climb_m", sa.Float),
        sa.Column("steps", sa.Integer),
        sa.Column("steps_from", sa.String(20), nullable=False),
        sa.Column("file_format", sa.String(10), nullable=False),
        sa.Column("imported_at", _MOMENT, nullable=False),
        sa.UniqueConstraint("start", "sport"),
    )
    op.create_table(
        "changes",
        _id(),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("action", sa.String(40), nullable=False),
        sa.Column("subject", sa.String(20), nullable=False),
        sa.Column("subject_id", sa.Integer, nullable=False),
        sa.Column("detail", sa.JSON, nullable=False),
    )
