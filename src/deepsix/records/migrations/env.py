"""What Alembic runs: the steps, on the connection and in the transaction that `migrating.bring_up_to_date` holds."""

from alembic import context

from deepsix.records.migrating import VERSION_TABLE
from deepsix.records.tables import metadata

if __name__ == "env_py":  # the name Alembic gives it; an import by anyone else does nothing
    context.configure(
        connection=context.config.attributes["connection"],
        target_metadata=metadata,
        version_table=VERSION_TABLE,
        transactional_ddl=True,  # SQLite can; Alembic assumes it cannot
        render_as_batch=True,  # SQLite cannot change most of a table in place
    )
    with context.begin_transaction():
        context.run_migrations()
