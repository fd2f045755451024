"""A shell for the tests of the commands."""

from __future__ import annotations

from pathlib import Path

import pytest
from running import Shell

from deepsix.cli import assessing, evaluating, knowing
from deepsix.knowledge import Knowledge


@pytest.fixture
def shell(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path, knowledge: Knowledge
) -> Shell:
    """A shell in an empty folder. The knowledge base, a third of a second a command, is read once for all tests."""
    monkeypatch.chdir(tmp_path)
    for commands in (assessing, evaluating, knowing):
        monkeypatch.setattr(commands, "load_knowledge", lambda: knowledge)
    return Shell(monkeypatch, capsys)
