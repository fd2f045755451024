"""Lexicon patterns: "<sit> worse", "cannot > <sit> long", compiled and found in a sentence.

Items stand for words (by stem, or after `=` exactly as written), `a|b` alternatives, `a_b` neighbours and `<class>`
word classes. All items have to be in one sentence, none overlapping, with at most `SLACK` other words between them;
`>` fixes an order. A pattern that opens with `@pressed`, `@test_hurts`, `@test_weak` or `@test_limited` names only what
was done in an examination; its result is found by `examinations`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from deepsix.intake.text import Sentence, stem, tokens_of

SLACK = 5
# What a word between two items costs of the slack. A comma usually parts two thoughts; these words always do.
_GAP_COST = {",": 2, "(": 3, ")": 3} | dict.fromkeys(
    ("but", "although", "though", "however", "whereas", ";", "–", "—", ":", "until", "unless", "except"), 100
)
Phrase = tuple[str, ...]  # stems of neighbouring words
Span = tuple[int, int]  # token positions, end exclusive

_DENIALS = frozenset({"no", "not", "never", "without", "nor", "nothing", "none"})
# "My back will not go" tells of a back that refuses, and denies nothing.
_REFUSING = frozenset(stem(word) for word in ("will", "would"))
_MOVING = frozenset(stem(word) for word in ("go", "bend", "move", "turn", "straighten", "budge", "let", "work", "lift"))
_GOING_SOMEWHERE = frozenset(stem(word) for word in ("down", "into", "to", "below", "away"))


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
def phrase_of(text: str) -> Phrase:
    """Return the stems of a phrase written with `_` or spaces; after "=" its words as they are, each marked "="."""
    if text.startswith("="):
        return tuple("=" + token.word for token in tokens_of(text[1:].replace("_", " ")))
    return tuple(token.stem for token in tokens_of(text.replace("_", " ")))


def index_stem(phrase: Phrase) -> str:
    """Return the stem under which a phrase is looked up: that of its first word."""
    return stem(phrase[0][1:]) if phrase[0].startswith("=") else phrase[0]


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
                phrases[phrase_of(option)] = None
        items.append(Item(tuple(p for p in phrases if p)))
        after.append(ordered)
        ordered = False
    return Pattern(tuple(items), tuple(after), text)


@lru_cache(maxsize=1_000)
def _class_phrases(words: tuple[str, ...]) -> tuple[Phrase, ...]:
    return tuple(phrase_of(word) for word in words)


@dataclass(frozen=True, slots=True)
class Match:
    """Where a pattern stands. `denied`: a negation stands between its items, as in "the leg is not weak"."""

    span: Span
    denied: bool


class Matcher:
    """Finds phrases and patterns in one sentence, remembering where each phrase stands."""

    def __init__(self, sentence: Sentence) -> None:
        self.stems = [token.stem for token in sentence.tokens]
        self._forms = [(token.stem, "=" + token.word) for token in sentence.tokens]
        self.places: dict[str, list[int]] = {}
        self._cost = [0]  # running cost of the words before a position
        for index, token in enumerate(sentence.tokens):
            self.places.setdefault(token.stem, []).append(index)
            self.places.setdefault("=" + token.word, []).append(index)
            self._cost.append(self._cost[-1] + _GAP_COST.get(token.word, 1))

    def spans(self, phrases: Iterable[Phrase]) -> list[Span]:
        """Return every place where one of the phrases stands."""
        found = []
        for phrase in phrases:
            for start in self.places.get(phrase[0], ()):
                end = start + len(phrase)
                if len(phrase) == 1 or (
                    end <= len(self._forms)
                    and all(want in form for want, form in zip(phrase, self._forms[start:end], strict=True))
                ):
                    found.append((start, end))
        return found

    def find(self, pattern: Pattern) -> list[Match]:
        """Return where a pattern stands: every place of a single item, the tightest span of several items."""
        options = []
        for item in pattern.items:
            spans = self.spans(item.phrases)
            if not spans:
                return []
            options.append(spans)
        if len(options) == 1:
            return [Match(span, False) for span in _longest(options[0])]
        best: tuple[int, Match] | None = None
        for chosen in _choices(options, pattern.after_previous, ()):
            start, end = min(s for s, _ in chosen), max(e for _, e in chosen)
            gap = self._cost[end] - self._cost[start] - sum(self._cost[e] - self._cost[s] for s, e in chosen)
            if gap <= SLACK and (best is None or gap < best[0]):
                best = gap, Match((start, end), self._denied_between(start, end, chosen))
        return [best[1]] if best else []

    def _denied_between(self, start: int, end: int, chosen: tuple[Span, ...]) -> bool:
        inside = {index for span in chosen for index in range(*span)}
        return any(
            self.stems[index] in _DENIALS and not self._refuses(index) and not self._aside(index, inside)
            for index in range(start, end)
            if index not in inside
        )

    def _aside(self, index: int, inside: set[int]) -> bool:
        """True for "it began without any reason, slowly": a "without" that ends before the next item."""
        following = min((i for i in inside if i > index), default=index)
        return self.stems[index] == "without" and "," in self.stems[index:following]

    def _refuses(self, index: int) -> bool:
        before, after = self.stems[max(0, index - 1) : index], self.stems[index + 1 : index + 3]
        moves = after[:1] and after[0] in _MOVING and not any(word in _GOING_SOMEWHERE for word in after[1:])
        return bool(moves) and any(word in _REFUSING for word in before)


def _longest(spans: list[Span]) -> list[Span]:
    """Return the spans that no other of them contains."""
    return [s for s in dict.fromkeys(spans) if not any(o != s and o[0] <= s[0] and s[1] <= o[1] for o in spans)]


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
