"""Words that mean something else in company: "the pain runs into my calf" is no running, "sudden movements" no onset.

Such a word is read as another word of the right sense. Where it stands in the story, and so what is shown, stays.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from deepsix.intake.text import Sentence, Token, stem, word_set

_RUNNERS = word_set("i he she we they who you to go went going been was were am is are by")
_WAYS = word_set("to into down up along across through over from round around toward towards out")
_MOVES = word_set("movement movements move moves motions twist twists turn turns stop stops start starts changes")


def in_their_sense(sentences: Iterable[Sentence]) -> list[Sentence]:
    """Return the sentences with each such word read in the sense it has there."""
    return [replace(sentence, tokens=tuple(_read(sentence.tokens))) for sentence in sentences]


def _read(tokens: tuple[Token, ...]) -> Iterable[Token]:
    words = [token.word for token in tokens]
    for index, token in enumerate(tokens):
        before, after = words[index - 1] if index else "", words[index + 1] if index + 1 < len(words) else ""
        if token.word == "runs" and after in _WAYS and before not in _RUNNERS:
            yield _as(token, "travels")
        elif token.word == "sudden" and after in _MOVES:
            yield _as(token, "jerky")
        else:
            yield token


def _as(token: Token, word: str) -> Token:
    return replace(token, word=word, stem=stem(word))
