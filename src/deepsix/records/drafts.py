"""What a person is in the middle of telling on the pages: kept under the key of their visit, changed with every answer.

Drafts are not records yet, so they leave no entry in the history. Erasing removes them with everything else.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from deepsix.records import tables


def keep(connection: Connection, key: str, content: Mapping[str, Any], at: datetime) -> None:
    """Keep a draft under its key in place of the one before."""
    row = {"saved_at": at, "content": dict(content)}
    done = connection.execute(update(tables.drafts).where(tables.drafts.c.key == key).values(**row))
    if done.rowcount == 0:
        connection.execute(insert(tables.drafts).values(key=key, **row))


def find(connection: Connection, key: str) -> Mapping[str, Any] | None:
    """Return the draft of a key, None when there is none."""
    content: Mapping[str, Any] | None = connection.execute(
        select(tables.drafts.c.content).where(tables.drafts.c.key == key)
    ).scalar()
    return content


def every(connection: Connection) -> list[tuple[datetime, Mapping[str, Any]]]:
    """Return all drafts with when each was last changed, without their keys, which stand for a browser."""
    query = select(tables.drafts.c.saved_at, tables.drafts.c.content).order_by(tables.drafts.c.id)
    return [(saved_at, content) for saved_at, content in connection.execute(query)]


def drop_before(connection: Connection, moment: datetime) -> int:
    """Remove the drafts last changed before a moment, and return how many."""
    return connection.execute(delete(tables.drafts).where(tables.drafts.c.saved_at < moment)).rowcount
