"""Where the records are, and who may read them.

By default they are one SQLite file in the user's data folder, in a folder of mode 0700 and with mode 0600.
`DEEPSIX_DATABASE` moves them: a path, or a database address such as `postgresql://user@host/deepsix`.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from deepsix.records.errors import UnreachableRecordsError

SETTING = "DEEPSIX_DATABASE"
FILE_NAME = "records.sqlite"
_PRIVATE_FOLDER = 0o700
_PRIVATE_FILE = 0o600


@dataclass(frozen=True, slots=True)
class Place:
    """The address of the records. `path` is None when they are not in a file of ours."""

    url: URL
    path: Path | None

    def __str__(self) -> str:
        """Return it for a message, without a password."""
        return str(self.path) if self.path is not None else self.url.render_as_string(hide_password=True)

    @classmethod
    def of_file(cls, path: Path) -> Place:
        """Return the place of one SQLite file."""
        return cls(URL.create("sqlite", database=str(path)), path)

    @classmethod
    def of_setting(cls, text: str) -> Place:
        """Return the place that a setting names: a path, or a database address with `://`.

        Raises:
            UnreachableRecordsError: It is an address that cannot be read, or of a database we do not serve.
        """
        if "://" not in text:
            return cls.of_file(Path(text).expanduser())
        try:
            url = make_url(text)
        except (ArgumentError, ValueError):  # the latter for a port that is no number
            # The address may hold a password, so it is not shown.
            raise UnreachableRecordsError(
                f"{SETTING} cannot be read. Give a path, or postgresql://user@host/name."
            ) from None
        kind = url.get_backend_name()
        if kind == "postgresql":
            # psycopg 3 unless another driver is named.
            return cls(url.set(drivername="postgresql+psycopg") if url.drivername == kind else url, None)
        if kind == "sqlite" and url.database and url.database != ":memory:":
            return cls.of_file(Path(url.database))
        raise UnreachableRecordsError(
            f"{SETTING} names a database of kind {kind!r}. Give a path, sqlite:///path or postgresql://user@host/name."
        )


def usual_place(environment: Mapping[str, str] | None = None) -> Place:
    """Return where the records of this user are."""
    given = (os.environ if environment is None else environment).get(SETTING, "").strip()
    if given:
        return Place.of_setting(given)
    import platformdirs

    return Place.of_file(Path(platformdirs.user_data_dir("deepsix", appauthor=False)) / FILE_NAME)


def make_private(path: Path) -> None:
    """Create the file and its folder if they are not there, readable by their owner only.

    A folder that is there keeps its mode, since it may be shared on purpose; the file is always made private. SQLite
    gives the files it keeps beside it (`-wal`, `-shm`) the same mode.

    Raises:
        UnreachableRecordsError: The folder or file cannot be made, or the path is a folder.
    """
    try:
        path.parent.mkdir(mode=_PRIVATE_FOLDER, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, _PRIVATE_FILE))
        if path.stat().st_mode & 0o777 != _PRIVATE_FILE:
            path.chmod(_PRIVATE_FILE)
    except OSError as error:
        raise UnreachableRecordsError(
            f"The records at {path} cannot be opened: {error.strerror}. "
            f"Look at the folder's permissions, or set {SETTING} to another path."
        ) from None
