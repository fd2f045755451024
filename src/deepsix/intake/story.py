"""A story in the person's own words -> findings with their state, each with the words it was read from.

Nothing read here is final: it is shown to the person, who corrects it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from deepsix.case import Answer, Case, Origin, Sex, State
from deepsix.intake.frames import Cue, Frames
from deepsix.intake.patterns import Matcher, Pattern, Phrase, Span, compile_pattern
from deepsix.intake.scope import Reading, state_of
from deepsix.intake.text import Sentence, plain, sentences_of
from deepsix.intake.times import age_years, duration_days, duration_finding, is_about_child, sex_of
from deepsix.knowledge.model import Knowledge

LONGEST_STORY = 20_000  # characters read; what comes after is left out, and said so
PLACE, WORSE, EASED = "place", "worse_with", "eased_by"


@dataclass(frozen=True, slots=True)
class Mention:
    """A finding as the story puts it, with the words it was read from and where they stand (characters)."""

    finding: str
    reading: Reading
    words: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Story:
    """What a story says: mentions in order, age and sex if given, and notices for the person."""

    mentions: tuple[Mention, ...]
    age: int | None
    sex: Sex | None
    about_child: bool
    notices: tuple[str, ...]

    def answers(self) -> tuple[Answer, ...]:
        """Return one answer a finding. A clear yes outweighs a no, either outweighs what is unsure.

        What is over, or about somebody else, gives no answer.
        """
        states = {
            Reading.PRESENT: State.YES,
            Reading.ABSENT: State.NO,
            Reading.UNCERTAIN: State.UNSURE,
        }
        rank = {State.YES: 2, State.NO: 1, State.UNSURE: 0}
        best: dict[str, Answer] = {}
        for mention in self.mentions:
            state = states.get(mention.reading)
            if state is None:
                continue
            kept = best.get(mention.finding)
            if kept is None or rank[state] > rank[kept.state]:
                best[mention.finding] = Answer(mention.finding, state, Origin.STORY, mention.words)
        return tuple(best.values())

    def add_to(self, case: Case) -> Case:
        """Return the case with what the story says; what the case already holds stays."""
        fresh = [a for a in self.answers() if a.finding not in case.answers]
        told = Case(
            age=case.age if case.age is not None else self.age,
            sex=case.sex if case.sex is not None else self.sex,
            answers=case.answers,
            story=case.story,
        )
        return told.with_answers(*fresh)


@dataclass(frozen=True, eq=False)
class _Entry:
    finding: str
    frame: str  # "" for a complete expression
    pattern: Pattern


@dataclass(frozen=True, eq=False)
class Lexicon:
    """All patterns, indexed by the first stems of each one's rarest item."""

    index: dict[str, tuple[_Entry, ...]]
    history: frozenset[str]


@lru_cache(maxsize=4)
def compile_lexicon(knowledge: Knowledge) -> Lexicon:
    """Return the compiled lexicon of a knowledge base; compiled once."""
    index: dict[str, list[_Entry]] = {}
    for finding, entry in knowledge.lexicon.items():
        frame = str(entry["frame"])
        for key, kind in (("frame_patterns", frame), ("patterns", "")):
            for text in entry[key]:  # type: ignore[attr-defined]
                pattern = compile_pattern(text, knowledge.word_classes)
                rarest = min(pattern.items, key=lambda item: len(item.phrases))
                for first in {phrase[0] for phrase in rarest.phrases}:
                    index.setdefault(first, []).append(_Entry(finding, kind, pattern))
    history = frozenset(
        f.id for f in knowledge.findings.values() if f.kind in ("history", "exam") or f.file in ("onset",)
    )
    return Lexicon({stem: tuple(entries) for stem, entries in index.items()}, history)


def read_story(knowledge: Knowledge, text: str) -> Story:
    """Return the findings in a story.

    Args:
        text: Plain text of any length; more than `LONGEST_STORY` characters are not read, and a notice says so.
    """
    lexicon = compile_lexicon(knowledge)
    notices = []
    if len(text) > LONGEST_STORY:
        notices.append(
            f"Your story is very long. We read the first {LONGEST_STORY:,} characters. Please put the main points first."
        )
        text = text[:LONGEST_STORY]
    about_child = is_about_child(text)
    mentions: list[Mention] = []
    pain_known = False
    for sentence in sentences_of(text):
        matcher = Matcher(sentence)
        frames = Frames(sentence, matcher)
        is_about_pain = frames.about_pain or (pain_known and _continues(sentence))
        pain_known = pain_known or frames.about_pain
        for entry in _candidates(lexicon, sentence):
            mentions += _mentions(text, sentence, matcher, frames, entry, is_about_pain, lexicon, about_child)
    days = duration_days(text)
    if days is not None:
        finding = duration_finding(days)
        mentions = [m for m in mentions if not m.finding.startswith("duration_")]
        mentions.append(Mention(finding, Reading.PRESENT, "", 0, 0))
        if finding == "duration_over_1_year":
            mentions.append(Mention("duration_over_3_months", Reading.PRESENT, "", 0, 0))
    sex = sex_of(text)
    kept = sorted(set(mentions), key=lambda m: (m.start, m.finding, m.end, m.reading))
    return Story(
        mentions=tuple(kept),
        age=age_years(text),
        sex="female" if sex == "female" else "male" if sex == "male" else None,
        about_child=about_child,
        notices=tuple(notices),
    )


def _candidates(lexicon: Lexicon, sentence: Sentence) -> Iterable[_Entry]:
    seen: set[int] = set()
    for stem in {token.stem for token in sentence.tokens}:
        for entry in lexicon.index.get(stem, ()):
            if id(entry) not in seen:
                seen.add(id(entry))
                yield entry


def _continues(sentence: Sentence) -> bool:
    """True when a sentence goes on about the pain by "it"."""
    return any(token.word in ("it", "this", "that") for token in sentence.tokens[:4])


def _mentions(
    text: str,
    sentence: Sentence,
    matcher: Matcher,
    frames: Frames,
    entry: _Entry,
    is_about_pain: bool,
    lexicon: Lexicon,
    about_child: bool,
) -> Iterable[Mention]:
    span = matcher.find(entry.pattern)
    if span is None:
        return
    history = entry.finding in lexicon.history
    if entry.frame in (WORSE, EASED):
        governed = frames.governs(span)
        if governed is None:
            return
        wanted = Cue.WORSE if entry.frame == WORSE else Cue.EASE
        if governed.cue is wanted:
            reading = state_of(sentence, span, history=history, about_child=about_child)
            if governed.negated and reading in (Reading.PRESENT, Reading.ABSENT):
                reading = Reading.ABSENT
        elif governed.cue is Cue.FINE and entry.frame == WORSE:
            reading = Reading.ABSENT
        else:
            return
        yield _mention(text, sentence, span, entry.finding, reading)
        return
    if entry.frame == PLACE and not is_about_pain:
        return
    reading = state_of(sentence, span, history=history, about_child=about_child)
    yield _mention(text, sentence, span, entry.finding, reading)


def _mention(text: str, sentence: Sentence, span: Span, finding: str, reading: Reading) -> Mention:
    start, end = sentence.tokens[span[0]].start, sentence.tokens[span[1] - 1].end
    return Mention(finding, reading, plain(text)[start:end], start, end)


__all__ = ["Mention", "Phrase", "Reading", "Story", "read_story"]
