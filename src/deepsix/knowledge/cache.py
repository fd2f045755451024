"""Keeps the checked knowledge base in the user's cache folder, so that a short command starts quickly.

The file is a pickle of our own frozen values, written by this program for the same user (mode 0700). Its
name holds the digest of the data and of the code that reads it. Anything unreadable is read anew.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import pickle
import sys
import tempfile
from functools import cache
from pathlib import Path

from deepsix.knowledge.model import Knowledge


def cache_folder() -> Path:
    """Return the folder for files that may be deleted at any time (XDG_CACHE_HOME, or ~/.cache)."""
    base = os.environ.get("XDG_CACHE_HOME", "")
    return (Path(base) if base else Path.home() / ".cache") / "deepsix"


@cache
def _code_digest() -> str:
    here = Path(__file__).parent
    texts = b"".join(path.read_bytes() for path in sorted(here.glob("*.py")))
    return hashlib.sha256(texts + sys.version.encode()).hexdigest()[:8]


def _path(version: str) -> Path:
    return cache_folder() / f"knowledge-{version}-{_code_digest()}.pickle"


def read(version: str) -> Knowledge | None:
    """Return the kept knowledge base of that version, or None when there is none that can be used."""
    path = _path(version)
    try:
        if hasattr(os, "getuid") and path.stat().st_uid != os.getuid():
            return None
        with path.open("rb") as handle:
            knowledge = pickle.load(handle)
    except (OSError, pickle.UnpicklingError, EOFError, AttributeError, ImportError, IndexError):
        return None
    return knowledge if isinstance(knowledge, Knowledge) else None


def write(version: str, knowledge: Knowledge) -> None:
    """Keep the knowledge base, replacing older versions. A folder that cannot be written is no error."""
    with contextlib.suppress(OSError):
        folder = cache_folder()
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.NamedTemporaryFile(dir=folder, delete=False) as handle:
            pickle.dump(knowledge, handle, protocol=pickle.HIGHEST_PROTOCOL)
        Path(handle.name).replace(_path(version))
        for old in folder.glob("knowledge-*.pickle"):
            if old != _path(version):
                old.unlink()
