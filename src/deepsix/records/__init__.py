"""What is kept between runs: cases, assessments, plans, check-ins, training, and every change to them.

`open_records()` gives the one way in, `Records`. What check-ins mean is in `deepsix.followup`, which needs no database.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from deepsix.records.replaying import Replay, replay
    from deepsix.records.store import Records, open_records

__all__ = ["Records", "Replay", "open_records", "replay"]

_HOMES = {
    "Records": "deepsix.records.store",
    "Replay": "deepsix.records.replaying",
    "open_records": "deepsix.records.store",
    "replay": "deepsix.records.replaying",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used, so that this package does not load a database by itself."""
    if name not in _HOMES:
        raise AttributeError(f"module 'deepsix.records' has no attribute {name!r}")
    import importlib

    return getattr(importlib.import_module(_HOMES[name]), name)
