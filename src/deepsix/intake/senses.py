"""Words that mean something else in company: "the pain runs into my calf" is no running, "my cycle" no bicycle.

Such a word is read as another word of the right sense. Where it stands in the story, and so what is shown, stays.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from deepsix.intake.text import Sentence, Token, stem, word_set

_RUNNERS = word_set("i he she we they who you to go went going been was were am is are by")
_WAYS = word_set("to into down up along across through over from round around toward towards out")
_MOVES = word_set("movement movements move moves motions twist twists turn turns stop stops start starts changes")
_BODILY = word_set("my her monthly menstrual")
_RIDES = word_set("to ride rides lane route path commute helmet shop club home")
_EFFORT = word_set("was were am been i we he she while when from of after")
_DRAGGED = word_set("a an the some out up weeds boxes my his her")
_MUSCLES = word_set("muscle muscles hamstring groin pain feeling sensation leg hip buttock thigh tendon")
_TURNED = word_set("numb red dead stiff weak cold white blue hard pale purple quiet")
_ASLEEP = word_set("asleep pregnant ill sick in")
_FELL = word_set("fell fall fallen")
_GRADES = word_set("worse better stronger weaker")


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
        elif token.word == "now" and words[index + 1 : index + 3] in (["and", "then"], ["and", "again"]):
            yield _as(token, "sometimes")
        elif token.word in ("cycle", "cycles") and before in _BODILY and after not in _RIDES:
            yield _as(token, "period")
        elif token.word == "pulling" and before in _EFFORT and after in _DRAGGED and not _of_muscle(words, index):
            yield _as(token, "hauling")
        elif token.word in ("gone", "went", "going", "goes") and after in _TURNED:
            yield _as(token, "become")
        elif (
            token.word in _FELL
            and after in _ASLEEP
            and words[index + 1 : index + 3] not in (["in", "my"], ["in", "the"])
        ):
            yield _as(token, "became")
        elif token.word == "all" and before in _GRADES and words[index + 1 : index + 3] == ["the", "time"]:
            yield _as(token, "steadily")
        elif token.word == "pressure" and before == "blood" and "low" in words[max(0, index - 2) : index + 4]:
            yield _as(token, "faintness")
        else:
            yield token


def _of_muscle(words: list[str], index: int) -> bool:
    return any(word in _MUSCLES for word in words[index + 1 : index + 4])


def _as(token: Token, word: str) -> Token:
    return replace(token, word=word, stem=stem(word))
