"""The built scripts and styles, by the name they have in the sources."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from deepsix.errors import DeepsixError

BUILT = Path(__file__).parent / "static" / "built"
ADDRESS = "/static"


class PagesNotBuiltError(DeepsixError):
    """The scripts and styles of the pages are not there."""

    exit_code = 6


@dataclass(frozen=True, slots=True)
class Assets:
    """Which built file stands for which name."""

    names: Mapping[str, str]

    def address(self, name: str) -> str:
        """Return where a browser finds a built file, such as `app.css`.

        Raises:
            KeyError: Nothing of that name was built.
        """
        return f"{ADDRESS}/{self.names[name]}"


def load_assets(folder: Path = BUILT) -> Assets:
    """Return what was built.

    Raises:
        PagesNotBuiltError: Nothing was.
    """
    try:
        return Assets(json.loads((folder / "assets.json").read_text(encoding="utf-8")))
    except FileNotFoundError:
        raise PagesNotBuiltError(
            "The scripts and styles of the pages are not built. Run: python frontend/build_pages.py"
        ) from None
