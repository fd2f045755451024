"""What the commands about records say, read from `data/`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources


@cache
def load_words() -> Mapping[str, Mapping[str, str]]:
    """Return what is said to a person, by topic and key."""
    text = resources.files("deepsix.records").joinpath("data", "words.toml").read_text(encoding="utf-8")
    words: Mapping[str, Mapping[str, str]] = tomllib.loads(text)
    return words
