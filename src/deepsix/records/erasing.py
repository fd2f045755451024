"""Removing everything for good.

SQLite: all rows are deleted with `secure_delete`, which overwrites them with zeros; the file is rebuilt without free
pages (VACUUM); the write-ahead log is carried over and cut to nothing. Afterwards no byte of the files holds what was
told (`test_erase` looks). Beyond that lie copies that deepsix does not know of: backups, exports, snapshots, and blocks
that a flash disk has put aside.

PostgreSQL: all rows are deleted and the tables rebuilt (VACUUM FULL). Its own log and backups are in the hands of
whoever runs the server.
"""

from __future__ import annotations

from sqlalchemy import Connection, Engine, delete, text

from deepsix.records import tables
from deepsix.records.database import translated, writing
from deepsix.records.errors import LockedRecordsError
from deepsix.records.place import Place


def erase_all(engine: Engine, place: Place) -> None:
    """Remove every record and every trace of it in the files. The empty tables stay.

    Raises:
        LockedRecordsError: Another program has the records open. The rows are deleted, but traces can be left in
            the write-ahead log until this is run again.
    """
    with writing(engine, place) as connection:
        for table in reversed(tables.metadata.sorted_tables):
            connection.execute(delete(table))
    engine.dispose()  # VACUUM needs to be alone
    with translated(place), engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if engine.dialect.name == "postgresql":
            for table in tables.metadata.sorted_tables:
                connection.execute(text(f"VACUUM FULL {table.name}"))
        else:
            _rebuild(connection, place)
    engine.dispose()


def _rebuild(connection: Connection, place: Place) -> None:
    connection.exec_driver_sql("VACUUM")
    busy, *_ = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()
    if busy:
        raise LockedRecordsError(
            f"Everything was deleted, but another program has {place} open, so traces can be left beside it. "
            "Close it and run `deepsix erase --yes` again."
        )
