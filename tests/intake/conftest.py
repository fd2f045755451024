"""The shipped knowledge base, and a reader that answers with finding -> reading."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from deepsix.intake.story import Story, read_story
from deepsix.knowledge.loader import load_knowledge
from deepsix.knowledge.model import Knowledge

Read = Callable[[str], dict[str, set[str]]]


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return load_knowledge()


@pytest.fixture(scope="session")
def story(knowledge: Knowledge) -> Callable[[str], Story]:
    return lambda text: read_story(knowledge, text)


@pytest.fixture(scope="session")
def read(knowledge: Knowledge) -> Read:
    """Return the readings of each finding in a text."""

    def readings(text: str) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for mention in read_story(knowledge, text).mentions:
            found.setdefault(mention.finding, set()).add(mention.reading.value)
        return found

    return readings
