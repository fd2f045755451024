"""Painted pain maps, with the case they belong to."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; cases from before hold nothing in it."""
    op.add_column("cases", sa.Column("pain_map", sa.JSON))


def downgrade() -> None:
    """Remove the column with what is in it."""
    op.drop_column("cases", "pain_map")
