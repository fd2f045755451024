"""A small trained reader to hold against the patterns: clauses to findings by nearest example words, NumPy only.

Each clause becomes a vector of word and letter n-grams weighed by rarity (TF-IDF); each finding is the mean vector of
its `examples` in the lexicon. A clause gets the finding whose mean lies nearest by cosine, from a threshold on.
State (present, absent, past ...) comes from the same scope rules as for the patterns.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import cast

import numpy as np

from deepsix.intake.clauses import clauses_of
from deepsix.intake.scope import is_negated, is_others, told_as
from deepsix.intake.text import sentences_of, tokens_of
from deepsix.knowledge.model import Knowledge

_SHORTEST_CLAUSE = 3  # words


def grams(text: str) -> Counter[str]:
    """Return word stems, pairs of stems, and letter 4-grams of a text with how often each occurs."""
    stems = [token.stem for token in tokens_of(text) if token.word[0].isalnum()]
    found = Counter(stems)
    found.update(f"{a} {b}" for a, b in pairwise(stems))
    letters = re.sub(r"\W+", " ", text.lower())
    found.update(f"#{letters[i : i + 4]}" for i in range(len(letters) - 3))
    return found


def examples_of(knowledge: Knowledge) -> list[tuple[str, str]]:
    """Return (finding, sentence) for every example in the lexicon."""
    return [
        (finding, text)
        for finding, entry in knowledge.lexicon.items()
        for text in cast(Sequence[str], entry["examples"])
    ]


class NearestExamples:
    """Findings by the mean TF-IDF vector of their example sentences."""

    def __init__(self, pairs: Sequence[tuple[str, str]]) -> None:
        self.findings = list(dict.fromkeys(finding for finding, _ in pairs))
        counts = [grams(text) for _, text in pairs]
        spread = Counter(gram for count in counts for gram in count)
        self.column = {gram: i for i, gram in enumerate(sorted(g for g, n in spread.items() if n >= 2))}
        self.rarity = np.array([np.log(len(pairs) / spread[g]) for g in self.column], dtype=np.float32)
        rows = {finding: i for i, finding in enumerate(self.findings)}
        self.means = np.zeros((len(self.findings), len(self.column)), dtype=np.float32)
        for (finding, _), count in zip(pairs, counts, strict=True):
            self.means[rows[finding]] += self._vector(count)
        self.means /= np.maximum(np.linalg.norm(self.means, axis=1, keepdims=True), 1e-9)

    def _vector(self, count: Counter[str]) -> np.ndarray:
        vector = np.zeros(len(self.column), dtype=np.float32)
        for gram, times in count.items():
            index = self.column.get(gram)
            if index is not None:
                vector[index] = (1 + np.log(times)) * self.rarity[index]
        return vector / max(float(np.linalg.norm(vector)), 1e-9)

    def nearest(self, text: str) -> tuple[str, float]:
        """Return the finding whose mean lies nearest to a text, and the cosine."""
        likeness = self.means @ self._vector(grams(text))
        best = int(np.argmax(likeness))
        return self.findings[best], float(likeness[best])

    def read(self, text: str) -> Iterator[tuple[str, str, float]]:
        """Yield (finding, state, cosine) for the nearest finding of every clause."""
        for sentence in sentences_of(text):
            words = tuple(token.word for token in sentence.tokens)
            clauses = clauses_of(words)
            for start in sorted(set(clauses.starts)):
                end = clauses.ends[start]
                if end - start < _SHORTEST_CLAUSE:
                    continue
                finding, likeness = self.nearest(" ".join(words[start:end]))
                span = (min(start + 1, end - 1), end)
                if is_others(clauses, span):
                    state = "other_person"
                elif is_negated(clauses, span):
                    state = "absent"
                else:
                    state = told_as(clauses, span).value
                yield finding, state, likeness
