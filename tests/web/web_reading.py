"""How hard a text is to read: Flesch-Kincaid grade and Coleman-Liau index, from the sentences of a page or of the data.

    grade = 0.39 words/sentences + 11.8 syllables/words - 15.59
        Kincaid JP, Fishburne RP, Rogers RL, Chissom BS. Research Branch Report 8-75, Naval Technical Training, 1975.
    index = 0.0588 letters per 100 words - 0.296 sentences per 100 words - 15.8
        Coleman M, Liau TL. J Appl Psychol 1975;60:283-4, doi 10.1037/h0076540.

Both are school grades of the USA; the reading age is about five years more. Syllables are estimated from the spelling.
Names, labels and cells of tables are no sentences and do not count. `python tests/web/web_reading.py` prints how the
texts of the knowledge base are spread.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

from deepsix.knowledge import Knowledge, load_knowledge

LONG_SENTENCE = 15
_WORD = re.compile(r"[A-Za-z][A-Za-z'’]*|\d+")
_SENTENCE = re.compile(r"(?<=[.!?])[\"”’)]*\s+(?=[\"“‘(]*[A-Z0-9])")
_BLOCKS = {"p", "li", "dd", "dt", "td", "th", "h1", "h2", "h3", "h4", "legend", "label", "figcaption", "caption", "div"}
_BLOCKS |= {
    "section",
    "main",
    "summary",
    "button",
    "option",
    "span",
    "article",
    "table",
    "tr",
    "ul",
    "ol",
    "dl",
    "form",
}
_NOT_READ = {"script", "style", "svg", "title", "code", "head", "footer", "nav"}
# Not for everybody: works cited, the exact anatomy, what a clinician reads.
_NOT_FOR_ALL = ("sources", "nhsuk-summary-list", "clinical", "lever", "for-clinicians")
_VOID = {"input", "br", "img", "meta", "link", "hr", "path", "rect", "circle", "use", "stop", "line"}


@dataclass(frozen=True, slots=True)
class Reading:
    """How hard some sentences are together. `worst` holds the hardest, hardest first."""

    sentences: int
    words: int
    grade: float
    coleman_liau: float
    short_share: float
    longest: int
    worst: tuple[str, ...]


def syllables(word: str) -> int:
    """Return the number of syllables of an English word, estimated from its spelling.

    >>> [syllables(word) for word in ("hip", "buttock", "muscle", "walked", "exercise", "people", "sciatica", "the")]
    [1, 2, 2, 1, 3, 2, 4, 1]
    """
    word = word.lower().replace("’", "'").removesuffix("'s")
    if word.isdigit():
        return len(word)
    count = len(re.findall(r"[aeiouy]+", word))
    count += len(re.findall(r"(?<![cgstx])i[ao](?!u)|eo(?!p)|[^q]ua(?=[lt])", word))  # sci-at-ica
    if re.search(r"[^aeiouy]e$", word) and not re.search(r"[^aeiouy]le$", word):
        count -= 1
    if re.search(r"[^aeioutdy]ed$", word) or re.search(r"[^aeiouyscxzgh]es$", word):
        count -= 1
    return max(count, 1)


def sentences_of(text: str) -> list[str]:
    """Return the sentences of a text; what does not end like one is none."""
    parts = _SENTENCE.split(" ".join(text.split()))
    return [part for part in parts if re.search(r"[.!?][\"”’)]*$", part) and len(_WORD.findall(part)) >= 3]


def grade_of(words: int, sentences: int, syllable_count: int) -> float:
    """Return the Flesch-Kincaid grade of counts."""
    return 0.39 * words / sentences + 11.8 * syllable_count / words - 15.59


def reading_of(sentences: Iterable[str], shown: int = 5) -> Reading:
    """Return how hard sentences are together.

    Raises:
        ValueError: There are none.
    """
    every = list(sentences)
    if not every:
        raise ValueError("there is no sentence to read")
    split = [_WORD.findall(sentence) for sentence in every]
    words = sum(map(len, split))
    total = sum(syllables(word) for row in split for word in row)
    letters = sum(len(word) for row in split for word in row)
    grades = [grade_of(len(row), 1, sum(map(syllables, row))) for row in split]
    order = sorted(range(len(every)), key=lambda i: -grades[i])
    return Reading(
        sentences=len(every),
        words=words,
        grade=grade_of(words, len(every), total),
        coleman_liau=5.88 * letters / words - 29.6 * len(every) / words - 15.8,
        short_share=sum(len(row) <= LONG_SENTENCE for row in split) / len(every),
        longest=max(map(len, split)),
        worst=tuple(f"grade {grades[i]:.1f}, {len(split[i])} words: {every[i]}" for i in order[:shown]),
    )


class _Blocks(HTMLParser):
    """Gathers the text of each block of a page, what is not read aside."""

    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[str] = [""]
        self._inside: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS - {"span"}:
            self.blocks.append("")
        if tag not in _VOID:
            names = dict(attrs).get("class") or ""
            hidden = tag in _NOT_READ or any(name.startswith(_NOT_FOR_ALL) for name in names.split())
            self._inside.append((tag, hidden or any(h for _, h in self._inside[-1:])))

    def handle_endtag(self, tag: str) -> None:
        while self._inside and any(open_tag == tag for open_tag, _ in self._inside):
            if self._inside.pop()[0] == tag:
                break
        if tag in _BLOCKS - {"span"}:
            self.blocks.append("")

    def handle_data(self, data: str) -> None:
        if not any(hidden for _, hidden in self._inside):
            self.blocks[-1] += data


def sentences_of_page(html: str) -> list[str]:
    """Return the sentences of a page for everybody: not the frame, works cited, or what is for clinicians."""
    reader = _Blocks()
    reader.feed(html)
    return [sentence for block in reader.blocks for sentence in sentences_of(block)]


def texts_of_knowledge(knowledge: Knowledge) -> Iterator[tuple[str, str, str]]:
    """Yield kind, id and text of everything in the knowledge base that a person reads."""
    for name, text in knowledge.words.items():
        yield "words.toml", name, re.sub(r"\{[^}]*\}", "one", text)
    for finding in knowledge.findings.values():
        if finding.kind != "exam":
            yield "questions", finding.id, f"{finding.question} {finding.why} {finding.help}"
            yield "self-tests", finding.id, " ".join((*finding.steps, finding.stop))
    for page in knowledge.pages:
        yield "questions", page.id, f"{page.ask} {page.why}"
    for condition in knowledge.conditions.values():
        yield "causes", condition.id, condition.summary
    for note in knowledge.notes.values():
        yield "notes", note.id, note.text
    for remedy in knowledge.remedies.values():
        yield "remedies", remedy.id, " ".join((*remedy.steps, *remedy.stop_rules, *remedy.bring, *remedy.ask))
        yield "what was shown", remedy.id, " ".join(row.shown for row in remedy.evidence)
    for rule in knowledge.rules:
        yield "urgency", rule.id, rule.reason
    for sign in knowledge.care.watch:
        yield "signs to watch", sign.text, sign.text
    for stage in knowledge.care.stages:
        yield "stages", stage.id, " ".join((stage.about, *(gate.text for gate in stage.gates)))
    for recovery in knowledge.care.recoveries:
        yield "recovery", recovery.id, recovery.text
    for statement in knowledge.statements.values():
        yield "claims", statement.id, statement.text
        yield "comments on claims", statement.id, statement.comment


def by_kind(knowledge: Knowledge) -> dict[str, list[str]]:
    """Return all sentences of the knowledge base by kind."""
    found: dict[str, list[str]] = {}
    for kind, _, text in texts_of_knowledge(knowledge):
        found.setdefault(kind, []).extend(sentences_of(text))
    return found


def _print_all() -> None:
    print("| kind | sentences | grade | Coleman-Liau | reading age | at most 15 words | longest |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    for kind, sentences in by_kind(load_knowledge()).items():
        r = reading_of(sentences)
        print(
            f"| {kind} | {r.sentences} | {r.grade:.1f} | {r.coleman_liau:.1f} | {r.grade + 5:.0f} | "
            f"{r.short_share:.0%} | {r.longest} |"
        )


if __name__ == "__main__":
    _print_all()
