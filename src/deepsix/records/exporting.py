"""Everything in one open file: JSON, described in docs/guide/records.md.

The file is made readable by its owner only, and appears whole or not at all.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Any

from deepsix.case import PainMap
from deepsix.intake.chart.record import pain_map_record
from deepsix.records.errors import UnreachableRecordsError
from deepsix.records.store import Records

FORMAT = "deepsix-records"
VERSION = 1


def everything(records: Records, exported_at: datetime) -> dict[str, Any]:
    """Return all records as plain values."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "exported_at": _plain(exported_at),
        "cases": _plain(records.cases()),
        "assessments": _plain(records.assessments()),
        "plans": _plain(records.plans()),
        "checkins": _plain(records.checkins()),
        "training": _plain(records.sessions()),
        "history": _plain(records.changes()),
        "drafts": _plain(records.drafts()),
    }


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, PainMap):
        return pain_map_record(value)
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _plain(part) for key, part in value.items()}
    if isinstance(value, (tuple, list)):
        return [_plain(part) for part in value]
    return value


def export_all(records: Records, path: Path, exported_at: datetime, *, replace: bool = False) -> None:
    """Write all records to a file.

    Raises:
        UnreachableRecordsError: The file is there already and `replace` is not set, or it cannot be written.
    """
    if path.exists() and not replace:
        raise UnreachableRecordsError(f"{path} is there already. Choose another name, or add --replace.")
    text = json.dumps(everything(records, exported_at), indent=1, ensure_ascii=False, allow_nan=False)
    try:
        # mkstemp makes it readable by its owner only.
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".deepsix-")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise UnreachableRecordsError(f"{path} cannot be written: {error.strerror}. Choose another place.") from None
