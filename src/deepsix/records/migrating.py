"""Bringing the tables up to date: each step in one transaction together with the note that it was done.

Opening the records looks at that note only; Alembic is loaded when there is something to do.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from deepsix.records.database import reading, writing
from deepsix.records.errors import NewerRecordsError, NotRecordsError
from deepsix.records.place import Place

VERSION_TABLE = "deepsix_version"
REVISIONS = (
    "0001",
    "0002",
    "0003",
    "0004",
)  # every step, the newest last; a test compares this with the files
_SCRIPTS = Path(__file__).parent / "migrations"
_ONE_AT_A_TIME = 0x64656570  # any number, the same in every deepsix


def bring_up_to_date(engine: Engine, place: Place) -> None:
    """Make or change the tables as far as needed, all or nothing.

    Raises:
        NewerRecordsError: A newer deepsix wrote them.
        NotRecordsError: Something else is in there.
        RecordsError: Another kind of it, from the database.
    """
    with reading(engine, place) as connection:
        if _revision(connection, place) == REVISIONS[-1]:
            return
    with writing(engine, place) as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ONE_AT_A_TIME})
        # Asked again: another process may have been faster.
        if _revision(connection, place) != REVISIONS[-1]:
            _upgrade(connection)


def _revision(connection: Connection, place: Place) -> str | None:
    """Return the step the tables are at, None when there are no tables yet."""
    names = inspect(connection).get_table_names()
    if VERSION_TABLE not in names:
        if names:
            raise NotRecordsError(
                f"{place} holds a database of another program. Set DEEPSIX_DATABASE to another path or database."
            )
        return None
    found = connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()
    revision = None if found is None else str(found)
    if revision is not None and revision not in REVISIONS:
        raise NewerRecordsError(
            f"The records at {place} were written by a newer deepsix (step {revision}; this one knows "
            f"{REVISIONS[-1]}). Upgrade with: pip install --upgrade deepsix. Nothing was changed."
        )
    return revision


def _upgrade(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
