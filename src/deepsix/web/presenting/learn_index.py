"""The page that leads to all there is to learn, and its search by name, other name or clinical name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from deepsix.hip.anatomy import load_anatomy
from deepsix.knowledge.model import FAMILIES, Knowledge, Urgency
from deepsix.web.presenting.learn_muscle import muscle_name
from deepsix.web.presenting.learn_words import glossary, muscle_words, sentence
from deepsix.web.presenting.result import LEVEL_CLASS

MOST_SHOWN: Final = 30
_WORD: Final = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Entry:
    """Something with a page: its kind, names, address, and a line about it. `level` is "" where there is no urgency."""

    kind: str
    name: str
    clinical_name: str
    address: str
    about: str
    level: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FamilyView:
    """Conditions of one family, by name."""

    id: str
    entries: tuple[Entry, ...]


def _condition_entry(knowledge: Knowledge, identity: str) -> Entry:
    condition = knowledge.conditions[identity]
    return Entry(
        "condition",
        sentence(condition.name),
        condition.clinical_name,
        f"/learn/conditions/{identity}",
        condition.summary.partition(". ")[0].rstrip(".") + ".",
        LEVEL_CLASS[condition.urgency] if condition.urgency > Urgency.CLINICIAN_SOON else "",
        (condition.name, condition.clinical_name, *condition.synonyms, condition.icd10cm),
    )


@lru_cache(maxsize=4)
def families(knowledge: Knowledge) -> tuple[FamilyView, ...]:
    """Return all conditions by family; within one, by name."""
    found = []
    for family in FAMILIES:
        own = [c.id for c in knowledge.conditions.values() if c.family == family]
        entries = sorted((_condition_entry(knowledge, identity) for identity in own), key=lambda e: e.name.casefold())
        if entries:
            found.append(FamilyView(family, tuple(entries)))
    return tuple(found)


@lru_cache(maxsize=4)
def _entries(knowledge: Knowledge) -> tuple[tuple[Entry, tuple[frozenset[str], ...]], ...]:
    """Return every entry with the words of each of its names."""
    entries = [entry for family in families(knowledge) for entry in family.entries]
    for muscle in load_anatomy():
        about = muscle_words()[muscle]["about"]
        entries.append(
            Entry(
                "muscle", muscle_name(muscle), "", f"/learn/muscles/{muscle}", about, "", (muscle_name(muscle), about)
            )
        )
    for term in glossary():
        entries.append(
            Entry("word", sentence(term.name), "", f"/learn/glossary#{term.id}", term.text, "", (term.name, term.text))
        )
    return tuple((entry, tuple(frozenset(_words(name)) for name in entry.names)) for entry in entries)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def search(knowledge: Knowledge, query: str) -> tuple[Entry, ...]:
    """Return what a query finds, the best first: every word of it has to begin a word of one name."""
    asked = _words(query)
    if not asked:
        return ()
    scored = []
    for entry, names in _entries(knowledge):
        fits = [_score(asked, words, place) for place, words in enumerate(names)]
        best = max(fits, default=0.0)
        if best > 0.0:
            scored.append((-best, entry.name.casefold(), entry))
    return tuple(entry for _, _, entry in sorted(scored, key=lambda row: row[:2])[:MOST_SHOWN])


def _score(asked: list[str], words: Iterable[str], place: int) -> float:
    """Return how well a name fits: whole words count more than beginnings, and short names and the first name more."""
    known = list(words)
    found = 0.0
    for word in asked:
        best = max((2.0 if word == name else 1.0 for name in known if name.startswith(word)), default=0.0)
        if best == 0.0:
            return 0.0
        found += best
    return found / (len(known) + 2) + (0.05 if place == 0 else 0.0)
