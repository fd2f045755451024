"""Lexicon patterns: "<sit> worse", "cannot > <sit> long", compiled and found in a sentence.

Items stand for words (by stem), `a|b` alternatives, `a_b` neighbours and `<class>` word classes. All items have to be
in one sentence, none overlapping, within a span of the items' own length plus `SLACK` words; `>` fixes an order.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from deepsix.intake.text import Sentence, stem, tokens_of

SLACK = 5
Phrase = tuple[str, ...]  # stems of neighbouring words
Span = tuple[int, int]  # token positions, end exclusive


@dataclass(frozen=True, slots=True)
class Item:
    """One place in a pattern: any of these phrases."""

    phrases: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class Pattern:
    """Items, and for each whether it has to come after the one before it."""

    items: tuple[Item, ...]
    after_previous: tuple[bool, ...]
    text: str


@lru_cache(maxsize=50_000)
def _phrase(text: str) -> Phrase:
    """Return the stems of a phrase written with `_` or spaces between its words."""
    return tuple(token.stem for token in tokens_of(text.replace("_", " ")))


def compile_pattern(text: str, classes: Mapping[str, Sequence[str]]) -> Pattern:
    """Return a compiled pattern.

    Raises:
        KeyError: It uses a word class that does not exist.
    """
    items: list[Item] = []
    after: list[bool] = []
    ordered = False
    for part in text.split():
        if part == ">":
            ordered = True
            continue
        phrases: dict[Phrase, None] = {}
        for option in part.split("|"):
            if option.startswith("<"):
                phrases.update(dict.fromkeys(_class_phrases(tuple(classes[option.strip("<>")]))))
            else:
                phrases[_phrase(option)] = None
        items.append(Item(tuple(p for p in phrases if p)))
        after.append(ordered)
        ordered = False
    return Pattern(tuple(items), tuple(after), text)


@lru_cache(maxsize=1_000)
def _class_phrases(words: tuple[str, ...]) -> tuple[Phrase, ...]:
    return tuple(_phrase(word) for word in words)


class Matcher:
    """Finds phrases and patterns in one sentence, remembering where each phrase stands."""

    def __init__(self, sentence: Sentence) -> None:
        self.stems = [token.stem for token in sentence.tokens]
        self.places: dict[str, list[int]] = {}
        for index, value in enumerate(self.stems):
            self.places.setdefault(value, []).append(index)

    def spans(self, phrases: Iterable[Phrase]) -> list[Span]:
        """Return every place where one of the phrases stands."""
        found = []
        for phrase in phrases:
            for start in self.places.get(phrase[0], ()):
                end = start + len(phrase)
                if len(phrase) == 1 or tuple(self.stems[start:end]) == phrase:
                    found.append((start, end))
        return found

    def find(self, pattern: Pattern) -> Span | None:
        """Return the tightest span that holds all items, or None."""
        options = []
        for item in pattern.items:
            spans = self.spans(item.phrases)
            if not spans:
                return None
            options.append(spans)
        best: Span | None = None
        for chosen in _choices(options, pattern.after_previous, ()):
            start, end = min(s for s, _ in chosen), max(e for _, e in chosen)
            words = sum(e - s for s, e in chosen)
            if end - start <= words + SLACK and (best is None or end - start < best[1] - best[0]):
                best = (start, end)
        return best


def _choices(
    options: list[list[Span]], after: tuple[bool, ...], chosen: tuple[Span, ...]
) -> Iterable[tuple[Span, ...]]:
    """Yield one span an item, none overlapping, in the order asked for."""
    position = len(chosen)
    if position == len(options):
        yield chosen
        return
    for span in options[position]:
        if after[position] and chosen and span[0] < chosen[-1][1]:
            continue
        if any(span[0] < other[1] and other[0] < span[1] for other in chosen):
            continue
        yield from _choices(options, after, (*chosen, span))
