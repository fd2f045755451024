"""Built files: their names change with their content, so a browser may keep them for good."""

from __future__ import annotations

import os
import re
from typing import Any

from fastapi.staticfiles import StaticFiles
from starlette.responses import Response
from starlette.types import Scope

_HASHED = re.compile(r"-[0-9a-f]{10}\.\w+$")


class LastingFiles(StaticFiles):
    """Serves the built files, those with a hash in their name as never changing."""

    def file_response(
        self, full_path: Any, stat_result: os.stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        """Return one file with how long it may be kept."""
        response = super().file_response(full_path, stat_result, scope, status_code)
        lasting = _HASHED.search(str(full_path)) is not None
        response.headers["cache-control"] = "public, max-age=31536000, immutable" if lasting else "no-cache"
        return response
