"""The IANA name of this computer's time zone, for files whose times of day have to hold when the clocks change."""

from __future__ import annotations

import os
from pathlib import Path

_LINK = Path("/etc/localtime")
_FILE = Path("/etc/timezone")
_FOLDER = "zoneinfo/"


def local_zone_name() -> str:
    """Return the name from TZ, the link of /etc/localtime or /etc/timezone, and UTC when none of them says."""
    named = os.environ.get("TZ", "").lstrip(":")
    if named:
        return named
    target = str(_LINK.resolve()) if _LINK.is_symlink() else ""
    if _FOLDER in target:
        return target.split(_FOLDER, 1)[1]
    try:
        return _FILE.read_text(encoding="utf-8").strip() or "UTC"
    except (OSError, UnicodeDecodeError):
        return "UTC"
