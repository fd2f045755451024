"""Connections and transactions: how the database is set up, and how its errors become ours.

SQLite runs with a write-ahead log, `synchronous = FULL` (a commit is on the disk before it is acknowledged), foreign
keys, `secure_delete` (what is deleted is overwritten with zeros) and no temporary files outside memory. A writing
transaction takes the write lock at its start, so that it never fails half-way for want of it.

Parameters are kept out of every message, since they hold what a person told us.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, exc

from deepsix.records.errors import (
    DiskFullError,
    LockedRecordsError,
    NotRecordsError,
    RecordsError,
    UnreachableRecordsError,
)
from deepsix.records.place import Place, make_private

WAIT_FOR_LOCK_MS = 5_000
_PRAGMAS = (
    f"PRAGMA busy_timeout = {WAIT_FOR_LOCK_MS}",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA trusted_schema = OFF",
)
_PG_NO_ROOM = ("53100", "53200")
_PG_LOCKED = ("55P03", "40001", "40P01")


def make_engine(place: Place) -> Engine:
    """Return an engine for the records at a place; the file is created private when it is not there.

    Raises:
        UnreachableRecordsError: The file cannot be created, or the driver of the server is not installed.
    """
    if place.path is not None:
        make_private(place.path)
    try:
        engine = create_engine(
            place.url, hide_parameters=True, json_serializer=_to_json, connect_args=_connect_arguments(place)
        )
    except ModuleNotFoundError as error:
        raise UnreachableRecordsError(
            f'The driver {error.name!r} for {place} is not installed. Run: pip install "deepsix[postgres]"'
        ) from None
    if place.path is not None:
        event.listen(engine, "connect", _prepare)
        event.listen(engine, "begin", _begin)
    return engine


def _to_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _connect_arguments(place: Place) -> dict[str, Any]:
    # We begin transactions ourselves: by default the driver begins them too late, and commits before changing tables.
    return {"isolation_level": None, "timeout": WAIT_FOR_LOCK_MS / 1000} if place.path is not None else {}


def _prepare(connection: sqlite3.Connection, _: object) -> None:
    for pragma in _PRAGMAS:
        connection.execute(pragma)


def _begin(connection: Connection) -> None:
    options = connection.get_execution_options()
    if options.get("isolation_level") == "AUTOCOMMIT":  # as VACUUM needs
        return
    writes = options.get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def writing(engine: Engine, place: Place) -> Iterator[Connection]:
    """Give a connection in one transaction: all of it is kept, or none of it.

    Raises:
        RecordsError: A kind of it that says what was wrong.
    """
    with translated(place), engine.connect().execution_options(writes=True) as connection, connection.begin():
        yield connection


@contextmanager
def reading(engine: Engine, place: Place) -> Iterator[Connection]:
    """Give a connection that sees one state of the records throughout. Raises as `writing` does."""
    with translated(place), engine.connect() as connection, connection.begin():
        yield connection


@contextmanager
def translated(place: Place) -> Iterator[None]:
    """Turn the errors of the database into ours, without the parameters that hold what a person told us."""
    try:
        yield
    except exc.DBAPIError as error:
        # Not chained: the drivers of servers put values into their texts.
        raise _ours(error, place) from None


def _ours(error: exc.DBAPIError, place: Place) -> RecordsError:
    cause = error.orig
    if isinstance(cause, sqlite3.Error):
        return _of_sqlite(cause, place)
    state = getattr(cause, "sqlstate", None) or ""
    if state in _PG_NO_ROOM:
        return DiskFullError(_no_room(place))
    if state in _PG_LOCKED:
        return LockedRecordsError(_locked(place))
    if state[:2] in ("", "08", "28", "3D"):
        return UnreachableRecordsError(
            f"The records at {place} cannot be reached ({state or type(cause).__name__}). "
            "Check that the server runs, and the name, user and password in DEEPSIX_DATABASE."
        )
    return RecordsError(
        f"The database at {place} refused the work ({type(cause).__name__} {state}). Nothing was changed."
    )


def _of_sqlite(cause: sqlite3.Error, place: Place) -> RecordsError:
    code = getattr(cause, "sqlite_errorcode", 0) & 0xFF  # the low byte is the primary code
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return LockedRecordsError(_locked(place))
    if code == sqlite3.SQLITE_FULL:
        return DiskFullError(_no_room(place))
    if code == sqlite3.SQLITE_NOTADB:
        return NotRecordsError(
            f"{place} is not a file of deepsix records (or it is encrypted). "
            "Move it away, or set DEEPSIX_DATABASE to another path."
        )
    if code == sqlite3.SQLITE_CORRUPT:
        return NotRecordsError(
            f"The records at {place} are damaged. Keep a copy, then bring back a backup or try: "
            f'sqlite3 "{place}" .recover'
        )
    if code in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_IOERR):
        return UnreachableRecordsError(
            f"The records at {place} cannot be read or written ({cause}). "
            "Look at the disk and at the permissions of the file and its folder."
        )
    name = getattr(cause, "sqlite_errorname", type(cause).__name__)
    return RecordsError(f"The records at {place} refused the work ({name}). Nothing was changed.")


def _locked(place: Place) -> str:
    return f"The records at {place} are in use by another program. Close it or wait a moment, then try again."


def _no_room(place: Place) -> str:
    return (
        f"The disk is full, so nothing was saved to {place}. What was saved before is safe. "
        "Free some room and try again."
    )
