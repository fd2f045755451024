"""Story text as sentences of tokens: lower case, contractions opened, stems beside the words, offsets kept.

Offsets let every reading show the person's own words. Hyphens and slashes separate tokens, as does white space, so
"sit-bone", "sit bone" and "sit/bone" are the same two words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_CONTRACTIONS = {
    "can't": ("cannot",), "cant": ("cannot",), "won't": ("will", "not"), "wont": ("will", "not"),
    "shan't": ("shall", "not"), "ain't": ("is", "not"), "can not": ("cannot",), "dont": ("do", "not"),
    "doesnt": ("does", "not"), "didnt": ("did", "not"), "isnt": ("is", "not"), "wasnt": ("was", "not"),
    "havent": ("have", "not"), "hasnt": ("has", "not"), "couldnt": ("could", "not"), "im": ("i", "am"),
    "ive": ("i", "have"), "let's": ("let", "us"),
}  # fmt: skip
_ENDINGS = {"'m": "am", "'re": "are", "'ve": "have", "'ll": "will", "'d": "would"}
_WORD = re.compile(r"[A-Za-zÀ-ÿ]+(?:'[A-Za-z]+)?|\d+(?:\.\d+)?|[.,;:!?()\n\"–—-]")
_SENTENCE_ENDS = frozenset(".!?\n")
_ABBREVIATIONS = frozenset({"dr", "mr", "mrs", "ms", "st", "vs", "approx", "e.g", "i.e"})
NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "couple": 2, "three": 3, "few": 3, "four": 4, "five": 5, "several": 5,
    "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "dozen": 12,
    "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
    "half": 0.5,
}  # fmt: skip


def word_set(text: str) -> frozenset[str]:
    """Return the words of a text, parted by white space: a readable way to write a long set of words."""
    return frozenset(text.split())


@dataclass(frozen=True, slots=True)
class Token:
    """A word or mark: its text in lower case, its stem, and where it stands in the story."""

    word: str
    stem: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """Tokens between two sentence ends. `is_question` when it ends in a question mark."""

    tokens: tuple[Token, ...]
    is_question: bool


# Forms that no ending rule reaches, and words that an ending rule would wrongly merge with another.
_FORMS = """
    run:ran sit:sat lie:lay,laid,lain,lying,laying stand:stood wake:woke,woken drive:drove,driven feel:felt
    fall:fell,fallen get:got,gotten begin:began,begun come:came go:went,gone,goes tear:tore,torn bend:bent
    sleep:slept ride:rode,ridden rise:rose throw:threw,thrown take:took,taken wear:wore,worn catch:caught
    break:broke,broken swell:swollen shoot:shot spread:spread foot:feet knife:knives die:dying
    lunge:lunging,lunged,lunges give:gave,given grow:grew,grown make:made bring:brought testicle:testes,testis
"""
_IRREGULAR = {form: base for base, forms in (entry.split(":") for entry in _FORMS.split()) for form in forms.split(",")}
_AS_THEY_ARE = word_set(
    """
    pointe during something nothing anything everything morning evening hamstring does was has his this is as
    us its less yes need bed red shed species wing bring lunge sing ring king thing spring string swing
    sciatic pubis pelvis axis diagnosis bus plus one ass were here there where care
    """
)
_DOUBLED = frozenset({"bb", "dd", "gg", "mm", "nn", "pp", "rr", "tt"})
_VOWEL = re.compile(r"[aeiouy]")
_WITH_E = re.compile(r"[^aeiouy]*[aeiou][^aeiouywx]")  # "rid" of riding is ride; "spin" of spine is not spin


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """Return the form under which a lower-case word is compared: inflections fall together, other words do not.

    Ordinary stemmers merge "several" with "severe" and "month" with "monthly", which here mean different findings, so
    only endings of number and tense are taken off.

    >>> {stem(word) for word in ("ache", "aches", "ached", "aching")}
    {'ach'}
    >>> stem("spine") == stem("spinning"), stem("hoping") == stem("hopping"), stem("riding") == stem("ride")
    (False, False, True)
    >>> stem("several") == stem("severe")
    False
    """
    if word in _IRREGULAR:
        word = _IRREGULAR[word]
    if word in _AS_THEY_ARE or len(word) < 4 or not word.isalpha():
        return (
            word[:-1]
            if len(word) == 3 and word[-1] == "s" and word not in _AS_THEY_ARE and word[-2] not in "aiu"
            else word
        )
    if word.endswith(("ies", "ied")):
        word = word[:-3] + "y"
    elif word.endswith(("sses", "ches", "shes", "xes")):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    if word.endswith("eed"):
        return word
    for ending in ("ing", "ed"):
        root = word[: -len(ending)]
        if word.endswith(ending) and len(root) >= 2 and _VOWEL.search(root):
            if root[-2:] in _DOUBLED:
                return root[:-1]
            word = root + "e" if _WITH_E.fullmatch(root) else root
            break
    return word[:-1] if word.endswith("e") and len(word) > 3 and not _WITH_E.fullmatch(word[:-1]) else word


_HAY_FEVER = re.compile(r"\b(hay)[ -]fever", re.I)
_PLAIN_MARKS = str.maketrans("’‘“”‐‑", "''\"\"--")


def plain(text: str) -> str:
    """Return text with typographic quotes and dashes made plain, of the same length; hay fever is no fever."""
    return _HAY_FEVER.sub(r"\1fever ", text.translate(_PLAIN_MARKS))


def tokens_of(text: str) -> list[Token]:
    """Return the tokens of a text in order; a contraction gives several tokens at one place."""
    found = []
    for match in _WORD.finditer(plain(text)):
        word, start, end = match.group().lower(), match.start(), match.end()
        for part in _opened(word):
            found.append(Token(part, stem(part), start, end))
    return found


def _opened(word: str) -> tuple[str, ...]:
    if word in _CONTRACTIONS:
        return _CONTRACTIONS[word]
    if word.endswith("n't"):
        return (word[:-3], "not")
    for ending, opened in _ENDINGS.items():
        if word.endswith(ending):
            return (word[: -len(ending)], opened)
    if word.endswith("'s"):
        return (word[:-2], "is") if word[:-2] in _IS_BEFORE else (word[:-2],)
    return (word.replace("'", ""),)


_IS_BEFORE = frozenset({"it", "he", "she", "that", "there", "what", "where", "who", "here", "this"})


def sentences_of(text: str) -> list[Sentence]:
    """Return the sentences of a story."""
    sentences: list[Sentence] = []
    current: list[Token] = []
    tokens = tokens_of(text)
    for index, token in enumerate(tokens):
        if token.word in _SENTENCE_ENDS:
            before = current[-1].word if current else ""
            if token.word == "." and before in _ABBREVIATIONS:
                continue
            if current:
                sentences.append(Sentence(tuple(current), token.word == "?"))
            current = []
            continue
        current.append(tokens[index])
    if current:
        sentences.append(Sentence(tuple(current), False))
    return sentences
