"""The generated pages are current, and what the hand-written ones name exists."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"


def _builder():
    spec = importlib.util.spec_from_file_location("reference_build", DOCS / "reference" / "build.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_generated_pages_are_current():
    stale = [
        name
        for name, text in _builder().pages().items()
        if (DOCS / "reference" / name).read_text(encoding="utf-8") != text
    ]
    assert not stale, f"Run `python docs/reference/build.py`; stale: {stale}"


@pytest.mark.parametrize("page", sorted(DOCS.rglob("*.md")), ids=lambda p: p.name)
def test_every_test_file_that_a_page_names_exists(page):
    for name in re.findall(r"`(tests/[\w/.]+)`", page.read_text(encoding="utf-8")):
        assert (ROOT / name).exists(), f"{page.name} names {name}"


def test_every_hazard_names_a_test():
    rows = [line for line in (DOCS / "safety" / "hazard-log.md").read_text().splitlines() if line.startswith("| H")]
    assert len(rows) >= 10
    assert all("tests/" in row for row in rows)
