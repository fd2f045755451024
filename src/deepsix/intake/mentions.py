"""The findings that each sentence of a story states, with their state, side and the words they were read from.

A pattern that states a finding by itself is read where it stands. A place counts in a sentence about pain, an activity
when something governs it (`frames`). Of overlapping places or activities the longest counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from deepsix.intake.clauses import Clauses, clauses_of
from deepsix.intake.courses import COURSES, is_conditional
from deepsix.intake.denials import denied_findings
from deepsix.intake.episodes import Ended
from deepsix.intake.examinations import EXAM_FRAMES, Examination, speaks_of_examiner
from deepsix.intake.frames import Cue, Frames
from deepsix.intake.lexicon import EASED, PLACE, WORSE, Entry, Lexicon
from deepsix.intake.patterns import Matcher, Span
from deepsix.intake.people import About
from deepsix.intake.scope import Reading, is_negated, is_others, reading_of, told_as
from deepsix.intake.sides import Side, side_near, side_of_story
from deepsix.intake.text import Sentence, plain, word_set


@dataclass(frozen=True, slots=True)
class Mention:
    """A finding as the story puts it, with the words it was read from and where they stand (characters).

    `lasting`: a past event or lasting fact by nature, so that "past" still means yes for the assessment.
    """

    finding: str
    reading: Reading
    words: str
    start: int
    end: int
    side: Side = ""
    lasting: bool = False


@dataclass(frozen=True, slots=True)
class _Hit:
    """A pattern found in a sentence, before overlapping hits are settled."""

    entry: Entry
    span: Span
    reading: Reading


def mentions_in(
    text: str, sentences: Sequence[Sentence], lexicon: Lexicon, about: About, ended: Ended | None
) -> Iterator[Mention]:
    """Yield every mention, sentence by sentence."""
    shown = plain(text)
    story_side = side_of_story(sentences)
    pain_known = examined = False
    for number, sentence in enumerate(sentences):
        matcher = Matcher(sentence)
        clauses = clauses_of(tuple(token.word for token in sentence.tokens))
        frames = Frames(clauses, matcher)
        examination = Examination(clauses, matcher, examined)
        is_about_pain = frames.about_pain or (pain_known and _continues(sentence)) or _places(sentence)
        pain_known = pain_known or frames.about_pain
        examined = speaks_of_examiner(clauses.words)
        hits = [
            hit
            for entry in lexicon.candidates(sentence)
            for hit in (
                _tested(entry, matcher, examination)
                if entry.frame in EXAM_FRAMES
                else _hits(entry, matcher, clauses, frames, is_about_pain, entry.finding in lexicon.lasting, about)
            )
        ]
        for finding, span in denied_findings(clauses, matcher):
            start, end = sentence.tokens[span[0]].start, sentence.tokens[span[1] - 1].end
            yield Mention(finding, Reading.ABSENT, shown[start:end], start, end)
        for hit in _settled(hits):
            lasting = hit.entry.finding in lexicon.lasting
            reading = _in_story(hit, lasting, number, sentence, clauses, ended)
            if reading is Reading.PRESENT and hit.entry.finding in lexicon.passing_dangers and _long_ago(clauses, hit):
                reading, lasting = Reading.PAST, False
            if reading is None:
                continue
            side = side_near(sentence, hit.span) or story_side if _has_side(hit.entry) else ""
            start, end = sentence.tokens[hit.span[0]].start, sentence.tokens[hit.span[1] - 1].end
            yield Mention(hit.entry.finding, reading, shown[start:end], start, end, side, lasting)
    if ended is not None:
        tokens = sentences[ended.sentence].tokens
        start, end = tokens[ended.position].start, tokens[-1].end
        yield Mention("course_recurrent_episodes", Reading.PAST, shown[start:end], start, end, "", True)


def _in_story(
    hit: _Hit, lasting: bool, number: int, sentence: Sentence, clauses: Clauses, ended: Ended | None
) -> Reading | None:
    """Return the reading of a hit in the light of its whole sentence and of an earlier bout; None to leave it out."""
    reading = hit.reading
    if ended is not None and number in ended.sentences:
        if hit.entry.finding.startswith("onset_"):
            return None  # how the earlier bout began
        if reading is Reading.PRESENT and not (number == ended.sentence and hit.span[0] > ended.position):
            return Reading.PAST
    is_asked = sentence.is_question and _asks(clauses.words)
    if is_asked and not any(word in _PERSONAL for word in clauses.words):
        return None  # about people at large: "is hip pain common in runners?"
    if hit.entry.frame == PLACE and (reading is Reading.UNCERTAIN or is_asked):
        return None  # a guess at the cause: "could it be the hip joint?"
    if is_asked and reading is Reading.PRESENT and not lasting:
        return Reading.UNCERTAIN
    return reading


def _long_ago(clauses: Clauses, hit: _Hit) -> bool:
    start, end = clauses.around(hit.span)
    words = clauses.words[start:end]
    return any(word in _DECADES for word in words) or (
        "ago" in words and any(word in ("years", "year", "months", "decades") for word in words)
    )


def _has_side(entry: Entry) -> bool:
    return entry.frame == PLACE or entry.finding.startswith("pain_")


def _hits(
    entry: Entry,
    matcher: Matcher,
    clauses: Clauses,
    frames: Frames,
    is_about_pain: bool,
    lasting: bool,
    about: About,
) -> Iterator[_Hit]:
    for_another = about == "other"
    for match in matcher.find(entry.pattern):
        span = match.span
        if entry.frame in (WORSE, EASED):
            reading = _governed_reading(entry, clauses, frames, span, for_another)
            if reading is not None:
                yield _Hit(entry, span, reading)
        elif entry.frame == PLACE and frames.is_well(span):
            yield _Hit(entry, span, Reading.ABSENT)
        elif entry.frame != PLACE or (is_about_pain and (not frames.about_pain or frames.hurts_at(span))):
            if entry.finding in COURSES and is_conditional(clauses, span):
                continue
            reading = reading_of(clauses, span, lasting=lasting, for_another=for_another)
            if match.denied and reading is Reading.PRESENT:
                reading = Reading.ABSENT
            yield _Hit(entry, span, reading)


def _tested(entry: Entry, matcher: Matcher, examination: Examination) -> Iterator[_Hit]:
    for match in matcher.find(entry.pattern):
        result = examination.reading(match.span, entry.frame, needs_examiner=entry.by_examiner)
        if result is not None:
            yield _Hit(entry, result[1], result[0])


def _governed_reading(
    entry: Entry, clauses: Clauses, frames: Frames, activity: Span, for_another: bool
) -> Reading | None:
    """Return the reading of "worse with" or "eased by" an activity, None when nothing of the kind is said."""
    governed = frames.governs(activity)
    if governed is None:
        return None
    if not for_another and is_others(clauses, activity):
        return Reading.OTHER_PERSON
    if governed.cue is Cue.WORSE and not governed.denied and is_negated(clauses, activity):
        return None  # one of a list that is denied: "no fever, constipation or trouble passing water"
    told = told_as(clauses, activity)
    frame, finding = entry.frame, entry.finding
    wanted = Cue.WORSE if frame == WORSE else Cue.EASE
    if governed.cue is wanted:
        return Reading.ABSENT if governed.denied else told
    if governed.cue is Cue.FINE and frame == WORSE:
        return Reading.ABSENT
    if finding in _TREATMENTS and governed.cue is Cue.WORSE and not governed.denied:
        return Reading.ABSENT
    return None


# "Heat makes it worse" says that heat does not ease; "walking makes it worse" is a finding of its own.
_TREATMENTS = frozenset({"eased_by_heat", "eased_by_nsaid", "eased_by_massage_pressure"})


def _settled(hits: Sequence[_Hit]) -> Iterator[_Hit]:
    """Yield the hits that no longer one of the same kind contains: "outside of the hip" is not "the hip"."""
    framed = [hit for hit in hits if hit.entry.frame and hit.entry.frame not in EXAM_FRAMES]
    for hit in hits:
        if hit in framed and any(
            other.entry.frame == hit.entry.frame
            and other.entry.finding != hit.entry.finding
            and other.span != hit.span
            and other.span[0] <= hit.span[0]
            and hit.span[1] <= other.span[1]
            for other in framed
        ):
            continue
        yield hit


def with_past_severity(found: Iterable[Mention], sentences: Sequence[Sentence]) -> list[Mention]:
    """Return the mentions, where "it was agony" is over once a later sentence says that it is getting better."""
    mentions = list(found)
    better = max(
        (m.start for m in mentions if m.finding == "course_improving" and m.reading is Reading.PRESENT), default=0
    )

    def is_over(mention: Mention) -> bool:
        if not mention.finding.startswith("severity_") or mention.start >= better:
            return False
        words = next([token.word for token in s.tokens] for s in sentences if s.tokens[-1].end >= mention.end)
        return any(word in ("was", "were", "had") for word in words) and "now" not in words

    return [replace(m, reading=Reading.PAST) if m.reading is Reading.PRESENT and is_over(m) else m for m in mentions]


def _continues(sentence: Sentence) -> bool:
    """True when a sentence goes on about the pain by "it"."""
    return any(token.word in ("it", "this", "that") for token in sentence.tokens[:4])


def _places(sentence: Sentence) -> bool:
    """True for "it's in the crease" and for a place named without a verb, "outside of the left thigh"."""
    words = [token.word for token in sentence.tokens]
    if words[:1] == ["it"] and any(word in _WHERE for word in words[1:5]):
        return True
    return not sentence.is_question and not any(word in _VERBS or word.endswith(("ed", "ing")) for word in words)


_PERSONAL = word_set("i my me it this he his she her they their we our these those")
_DECADES = word_set("nineties eighties seventies sixties noughties childhood youth")
_WHERE = word_set(
    "in on at along round around behind under between below above near across down over into up inside outside"
)
_VERBS = word_set(
    """
    is are was were am be been have has had do does did go goes went get gets got feel felt say says said run runs ran
    walk can cannot could will would should may might took take gave give came come play plays work works told i you he
    she we they
    """
)
_ASKING = word_set("could can is are should would might do does did has have am will was")


def _asks(words: Iterable[str]) -> bool:
    """True for a question that asks whether something is so: "Could it be the hip joint?"."""
    return next(iter(words), "") in _ASKING
