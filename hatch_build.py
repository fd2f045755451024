"""The build hook: builds the pages' scripts and styles into the package before it becomes a wheel.

Built files are never committed; whoever installs from the sources gets them made here.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class FrontendHook(BuildHookInterface):  # type: ignore[type-arg]
    """Builds `frontend/` into `src/deepsix/web/static/built`."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the pages, for a wheel and for an editable installation alike."""
        frontend = Path(self.root) / "frontend"
        sys.path.insert(0, str(frontend))
        try:
            from build_pages import build  # in frontend/

            build()
        finally:
            sys.path.remove(str(frontend))
        build_data["artifacts"].append("src/deepsix/web/static/built/**")
