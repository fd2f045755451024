"""Runs `deepsix` inside the test's own process, as the shell would."""

from __future__ import annotations

import io
import json
import sys
from dataclasses import dataclass
from typing import Any

import pytest

from deepsix.cli import main


@dataclass(frozen=True)
class Ran:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def words(self) -> str:
        """All that was printed, on one line: the terminal breaks lines where it likes."""
        return " ".join(f"{self.out}\n{self.err}".split())

    @property
    def record(self) -> Any:
        return json.loads(self.out)


class Terminal(io.StringIO):
    """Standard input from a keyboard."""

    def isatty(self) -> bool:
        return True


@dataclass
class Shell:
    """Runs commands; `typed` is what the person types, `piped` what comes from another program."""

    patch: pytest.MonkeyPatch
    capture: pytest.CaptureFixture[str]

    def __call__(self, *arguments: str, typed: str | None = None, piped: str = "") -> Ran:
        self.patch.setattr(sys, "argv", ["deepsix", *arguments])
        self.patch.setattr(sys, "stdin", Terminal(typed) if typed is not None else io.StringIO(piped))
        self.patch.setenv("COLUMNS", "100")
        code = 0
        try:
            main()
        except SystemExit as ended:
            code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
        captured = self.capture.readouterr()
        assert "Traceback" not in captured.out + captured.err
        return Ran(code, captured.out, captured.err)
