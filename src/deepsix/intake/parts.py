"""Two parts of one place: "the front and outside of my left thigh" names the front of it and the outside of it.

The first part gets the place that only the second is followed by, so that each can be read. The words put in stand
where the first part stands in the story, and so what is shown stays the person's own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from deepsix.intake.text import Sentence, Token, word_set

_PARTS = word_set("front back side outside inside outer inner top rear bottom sides")
_ADJECTIVES = word_set("outer inner")
_LINKS = word_set("and or the at on in , down along")
_PLACES = word_set("thigh thighs hip hips buttock buttocks leg legs knee knees pelvis groin calf shin")
_BETWEEN = word_set("of my the his her your left right upper lower")
_REACH = 5  # words from a part to the place it is of


def with_parts_spelt_out(sentence: Sentence) -> Sentence:
    """Return the sentence with the place put after every part that shares it with a later one.

    >>> from deepsix.intake.text import sentences_of
    >>> spelt = with_parts_spelt_out(sentences_of("It hurts at the front and the side of my hip.")[0])
    >>> " ".join(token.word for token in spelt.tokens)
    'it hurts at the front of my hip and the side of my hip'
    """
    tokens: list[Token] = []
    for index, token in enumerate(sentence.tokens):
        tokens.append(token)
        if token.word in _PARTS:
            tokens += [replace(word, start=token.start, end=token.end) for word in _shared(sentence.tokens, index)]
    return replace(sentence, tokens=tuple(tokens)) if len(tokens) > len(sentence.tokens) else sentence


def _shared(tokens: Sequence[Token], index: int) -> Sequence[Token]:
    """Return the words "of my left thigh" that a part leaves to the part after it; none when it does not."""
    second = index + 1
    while second < len(tokens) and tokens[second].word in _LINKS:
        second += 1
    linked = {token.word for token in tokens[index + 1 : second]}
    if not linked & {"and", "or", ","} or second >= len(tokens) or tokens[second].word not in _PARTS:
        return ()
    for place in range(second + 1, min(second + 1 + _REACH, len(tokens))):
        word = tokens[place].word
        if word in _PLACES:
            is_of = any(token.word == "of" for token in tokens[second + 1 : place])
            return tokens[second + 1 : place + 1] if is_of or tokens[index].word in _ADJECTIVES else ()
        if word not in _BETWEEN:
            return ()
    return ()
