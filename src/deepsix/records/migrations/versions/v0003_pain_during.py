"""Pain while doing the tasks of the plan, in check-ins. `CheckIn` holds its range: SQLite cannot add a check later."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; check-ins from before hold nothing in it."""
    op.add_column("checkins", sa.Column("pain_during", sa.Integer))


def downgrade() -> None:
    """Remove the column with what is in it."""
    op.drop_column("checkins", "pain_during")
