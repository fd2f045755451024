"""Pieces that all pages to learn from share: sentences, sources and the plain words about muscles and terms."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from deepsix.knowledge.model import ESTIMATE, Estimate, Knowledge

_DATA = Path(__file__).parents[1] / "data"


@dataclass(frozen=True, slots=True)
class SourceView:
    """A work: how it is cited and where it is found, "" when no place was seen."""

    cite: str
    where: str


@dataclass(frozen=True, slots=True)
class Term:
    """A word and what it means here."""

    id: str
    name: str
    text: str


@cache
def _read(name: str) -> Mapping[str, Any]:
    return tomllib.loads((_DATA / name).read_text(encoding="utf-8"))


def muscle_words() -> Mapping[str, Any]:
    """Return muscles.toml: each muscle in plain words, groups, layers, and the words of strength."""
    return _read("muscles.toml")


@cache
def glossary() -> tuple[Term, ...]:
    """Return the words we explain, by name."""
    terms = (Term(identity, entry["name"], entry["text"]) for identity, entry in _read("glossary.toml").items())
    return tuple(sorted(terms, key=lambda term: term.name.casefold()))


def sentence(text: str) -> str:
    """Return a text with a capital letter; the rest is left as it is.

    >>> sentence("deep L5 pain")
    'Deep L5 pain'
    """
    return text[:1].upper() + text[1:]


def sources_of(knowledge: Knowledge, keys: Iterable[str]) -> tuple[SourceView, ...]:
    """Return works by their keys, each once, by how they are cited; estimates of ours are none."""
    found = [knowledge.sources[key] for key in set(keys) if key and key != ESTIMATE]
    places = {source.key: source.where.replace("doi:", "doi ").replace("url:", "") for source in found}
    views = [SourceView(source.cite, places[source.key]) for source in found]
    return tuple(sorted(views, key=lambda view: view.cite.casefold()))


def percent_range(estimate: Estimate) -> str:
    """Return an interval as percentages; small ones keep a figure.

    >>> percent_range(Estimate(0.004, 0.001, 0.02)), percent_range(Estimate(0.7, 0.511, 0.86))
    ('0.1% to 2%', '51% to 86%')
    """

    def told(p: float) -> str:
        return f"{100 * p:.0f}%" if p >= 0.0095 else f"{100 * p:.2g}%"

    return f"{told(estimate.low)} to {told(estimate.high)}"
