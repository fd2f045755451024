"""The lay words of a knowledge base, compiled once and indexed so that a sentence meets few patterns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import cast

from deepsix.intake.examinations import EXAM_FRAMES
from deepsix.intake.patterns import Pattern, compile_pattern, index_stem
from deepsix.intake.text import Sentence
from deepsix.knowledge.model import Knowledge

PLACE, WORSE, EASED = "place", "worse_with", "eased_by"

# Facts by their nature about the past: told in the past tense they still hold for the assessment.
_LASTING_COURSE = frozenset({"course_recurrent_episodes"})


@dataclass(frozen=True, eq=False)
class Entry:
    """One pattern of a finding. `frame` is "" when the pattern states the finding by itself.

    `by_examiner`: a finding that only somebody who examines can report.
    """

    finding: str
    frame: str
    pattern: Pattern
    by_examiner: bool = False


@dataclass(frozen=True, eq=False)
class Lexicon:
    """All patterns, under each first stem of their rarest item; and what kind of fact some findings are."""

    index: dict[str, tuple[Entry, ...]]
    lasting: frozenset[str]
    passing_dangers: frozenset[str]  # danger signs that no longer count when they are said to be years old

    def candidates(self, sentence: Sentence) -> Iterable[Entry]:
        """Yield every entry whose rarest item may stand in the sentence, each once, in a fixed order."""
        seen: set[int] = set()
        for stem in dict.fromkeys(token.stem for token in sentence.tokens):
            for entry in self.index.get(stem, ()):
                if id(entry) not in seen:
                    seen.add(id(entry))
                    yield entry


def lasting_findings(knowledge: Knowledge) -> frozenset[str]:
    """Return the findings that stay true once true: history, how it began, earlier episodes."""
    return _LASTING_COURSE | {
        finding.id for finding in knowledge.findings.values() if finding.kind == "history" or finding.file == "onset"
    }


@lru_cache(maxsize=4)
def compile_lexicon(knowledge: Knowledge) -> Lexicon:
    """Return the compiled lexicon of a knowledge base; compiled once."""
    index: dict[str, list[Entry]] = {}
    for finding, entry in knowledge.lexicon.items():
        for key, frame in (("frame_patterns", str(entry["frame"])), ("patterns", "")):
            for text in cast(Sequence[str], entry[key]):
                own_frame, words = _own_frame(text)
                pattern = compile_pattern(words, knowledge.word_classes)
                rarest = min(pattern.items, key=lambda item: len(item.phrases))
                found = Entry(finding, own_frame or frame, pattern, knowledge.findings[finding].kind == "exam")
                for first in {index_stem(phrase) for phrase in rarest.phrases}:
                    index.setdefault(first, []).append(found)
    passing = frozenset(
        f.id for f in knowledge.findings.values() if f.danger is not None and (f.kind != "history" or f.file == "onset")
    )
    by_stem = {stem: tuple(entries) for stem, entries in index.items()}
    return Lexicon(by_stem, lasting_findings(knowledge), passing)


def _own_frame(text: str) -> tuple[str, str]:
    """Return the frame that a pattern names itself, "@pressed <buttock>", or "", and the pattern without it."""
    first, _, rest = text.partition(" ")
    if not first.startswith("@"):
        return "", text
    if first[1:] not in EXAM_FRAMES:
        raise KeyError(first)
    return first[1:], rest
