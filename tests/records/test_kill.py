"""Killing a process that writes loses nothing it acknowledged, and the file opens afterwards.

Twenty kills here; `benchmarks/records/kill.py` does two hundred, and docs/guide/records.md gives its figures.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

KILL = Path(__file__).parents[2] / "benchmarks" / "records" / "kill.py"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the writer is forked")
def test_a_kill_in_the_middle_of_writing_loses_nothing_acknowledged():
    run = subprocess.run(
        [sys.executable, str(KILL), "--kills", "20"], capture_output=True, text=True, timeout=55, check=True
    )
    seen = json.loads(run.stdout)
    assert seen["kills"] == 20
    assert seen["while_saving"] + seen["while_opening"] >= 5, "the kills have to come in the middle of something"
    assert seen["acknowledged"] > 0
    assert (seen["lost"], seen["halves"], seen["unopened"]) == (0, 0, 0)
