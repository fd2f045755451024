"""Measures how hard a text is to read: the Flesch-Kincaid grade, with syllables counted by rule.

The usual packages look syllables up in a dictionary that has to be fetched from the net; a rule needs nothing
and is right for most words. `test_words.py` holds it to words whose syllables are known.

Source: Kincaid, Fishburne, Rogers and Chissom 1975, Derivation of new readability formulas (Flesch Reading Ease
formula) for Navy enlisted personnel, Research Branch Report 8-75: 0.39 words/sentence + 11.8 syllables/word - 15.59.
"""

from __future__ import annotations

import re

_WORD = re.compile(r"[a-z]+(?:['’][a-z]+)?", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?:;]+(?=\s|$)")
_VOWELS = re.compile(r"[aeiouy]+")
# Two vowels that are said apart, although they stand side by side.
_APART = re.compile(
    r"ia|io(?!n|u)|(?<![ctgx])ious|iu|ua(?!r)|uou|(?<![pg])eo(?!u)|eous|ier$|iest$|rea$|dea$|creat|being|doing"
    r"|going|fluid|diet|quiet|scien"
)
_SILENT_END = re.compile(r"(?<=[a-z])(?<![aeiouyl])(?:e|es|ed)$|(?<=[aeiouy]l)(?:e|es|ed)$|(?<=[rl]l)ed$")
_SAID_END = re.compile(r"(?:[sxzcg]es|[cs]hes|[td]ed)$")


_SILENT_INSIDE = re.compile(r"(?<=[aeiouy][^aeiouyl])e(?=(?:ful|ment|ly|ward|wards|times?|one|thing|where|less|side)$)")


def words(text: str) -> list[str]:
    """Return the words of a text, without numbers."""
    return _WORD.findall(text)


def syllables(word: str) -> int:
    """Return how many syllables a word has, at least 1.

    >>> [syllables(word) for word in ("hip", "muscle", "buttock", "groin", "piriformis", "walked", "tested")]
    [1, 2, 2, 1, 4, 1, 2]
    """
    word = word.lower().replace("'", "").replace("’", "")
    word = _SILENT_INSIDE.sub("", word)
    if not _SAID_END.search(word):
        word = _SILENT_END.sub("", word) or word
    count = len(_VOWELS.findall(word)) + len(_APART.findall(word))
    return max(count, 1)


def grade(text: str) -> float:
    """Return the US school grade at which the text can be read; 6 is about age 11."""
    found = words(text)
    if not found:
        return 0.0
    sentences = max(len(_SENTENCE_END.findall(text)), 1)
    return 0.39 * len(found) / sentences + 11.8 * sum(map(syllables, found)) / len(found) - 15.59
