"""A story in the person's own words -> findings with their state, each with the words it was read from.

Nothing read here is final: it is shown to the person, who corrects it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from deepsix.case import Answer, Case, Origin, Sex, State
from deepsix.intake.clauses import Clauses, clauses_of
from deepsix.intake.denials import denied_findings
from deepsix.intake.episodes import Ended, ended_bout
from deepsix.intake.frames import Cue, Frames
from deepsix.intake.lexicon import EASED, PLACE, WORSE, Entry, Lexicon, compile_lexicon
from deepsix.intake.notices import LONGEST_STORY, notices_for
from deepsix.intake.patterns import Matcher, Span
from deepsix.intake.people import About, age_years, sex_of, who_hurts
from deepsix.intake.scope import Reading, is_negated, is_others, reading_of, told_as
from deepsix.intake.sides import Side, side_near, side_of_story
from deepsix.intake.text import Sentence, plain, sentences_of, word_set, word_set
from deepsix.intake.times import duration_days, duration_findings
from deepsix.knowledge.model import Knowledge


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
class Story:
    """What a story says: mentions in order, age and sex if given, and notices for the person.

    `about` says whether the writer, the writer's child or another person hurts; what is read is then about that person.
    """

    mentions: tuple[Mention, ...]
    age: int | None
    sex: Sex | None
    about_child: bool
    notices: tuple[str, ...]
    about: About = "self"

    def answers(self) -> tuple[Answer, ...]:
        """Return one answer a finding. A clear yes outweighs a no, either outweighs what is unsure.

        What is over gives no answer, unless it is a lasting fact such as an earlier injury: that is a yes. What is
        about somebody else gives no answer.
        """
        rank = {State.YES: 2, State.NO: 1, State.UNSURE: 0}
        best: dict[str, Answer] = {}
        for mention in self.mentions:
            state = _state(mention)
            if state is None:
                continue
            kept = best.get(mention.finding)
            if kept is None or rank[state] > rank[kept.state]:
                best[mention.finding] = Answer(mention.finding, state, Origin.STORY, mention.words, mention.side)
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


def _state(mention: Mention) -> State | None:
    if mention.reading is Reading.PRESENT or (mention.reading is Reading.PAST and mention.lasting):
        return State.YES
    return {Reading.ABSENT: State.NO, Reading.UNCERTAIN: State.UNSURE}.get(mention.reading)


def read_story(knowledge: Knowledge, text: str) -> Story:
    """Return the findings in a story.

    Args:
        text: Plain text of any length; more than `LONGEST_STORY` characters are not read, and a notice says so.
    """
    whole, text = text, text[:LONGEST_STORY]
    lexicon = compile_lexicon(knowledge)
    about = who_hurts(text)
    sentences = sentences_of(text)
    ended = ended_bout(sentences)
    mentions = list(_found(text, sentences, lexicon, about, ended))
    days = duration_days(text, ended.sentences if ended else frozenset())
    if days is not None:
        mentions += [Mention(finding, Reading.PRESENT, "", 0, 0) for finding in duration_findings(days)]
    kept = sorted(set(mentions), key=lambda m: (m.start, m.finding, m.end, m.reading))
    age = age_years(text)
    return Story(
        mentions=tuple(kept),
        age=age,
        sex=sex_of(text),
        about_child=about == "child",
        notices=notices_for(whole, kept),
        about=about,
    )


@dataclass(frozen=True, slots=True)
class _Hit:
    """A pattern found in a sentence, before overlapping hits are settled."""

    entry: Entry
    span: Span
    reading: Reading


def _found(
    text: str, sentences: Sequence[Sentence], lexicon: Lexicon, about: About, ended: Ended | None
) -> Iterator[Mention]:
    shown = plain(text)
    story_side = side_of_story(sentences)
    pain_known = False
    for number, sentence in enumerate(sentences):
        matcher = Matcher(sentence)
        clauses = clauses_of(tuple(token.word for token in sentence.tokens))
        frames = Frames(clauses, matcher)
        is_about_pain = frames.about_pain or (pain_known and _continues(sentence)) or _places(sentence)
        pain_known = pain_known or frames.about_pain
        hits = [
            hit
            for entry in lexicon.candidates(sentence)
            if not entry.finding.startswith("duration_")
            for hit in _hits(entry, matcher, clauses, frames, is_about_pain, entry.finding in lexicon.lasting, about)
        ]
        for finding, span in denied_findings(clauses, matcher):
            start, end = sentence.tokens[span[0]].start, sentence.tokens[span[1] - 1].end
            yield Mention(finding, Reading.ABSENT, shown[start:end], start, end)
        is_over = ended is not None and number in ended.sentences
        for hit in _settled(hits):
            reading = hit.reading
            lasting = hit.entry.finding in lexicon.lasting
            if is_over and hit.entry.finding.startswith("onset_"):
                continue  # how the earlier bout began
            if (
                is_over
                and reading is Reading.PRESENT
                and not (ended and number == ended.sentence and hit.span[0] > ended.position)
            ):
                reading = Reading.PAST
            if sentence.is_question and reading is Reading.PRESENT and _asks(clauses.words) and not lasting:
                reading = Reading.UNCERTAIN
            side = (
                side_near(sentence, hit.span) or story_side
                if hit.entry.frame == PLACE or hit.entry.finding.startswith("pain_")
                else ""
            )
            start, end = sentence.tokens[hit.span[0]].start, sentence.tokens[hit.span[1] - 1].end
            yield Mention(hit.entry.finding, reading, shown[start:end], start, end, side, lasting)
    if ended is not None:
        tokens = sentences[ended.sentence].tokens
        start, end = tokens[ended.position].start, tokens[-1].end
        yield Mention("course_recurrent_episodes", Reading.PAST, shown[start:end], start, end, "", True)


def _hits(
    entry: Entry,
    matcher: Matcher,
    clauses: Clauses,
    frames: Frames,
    is_about_pain: bool,
    lasting: bool,
    about: About,
) -> Iterator[_Hit]:
    for_another = about != "self"
    for match in matcher.find(entry.pattern):
        span = match.span
        if entry.frame in (WORSE, EASED):
            reading = _governed_reading(entry, clauses, frames, span, for_another)
            if reading is not None:
                yield _Hit(entry, span, reading)
        elif entry.frame != PLACE or is_about_pain:
            reading = reading_of(clauses, span, lasting=lasting, for_another=for_another)
            if match.denied and reading is Reading.PRESENT:
                reading = Reading.ABSENT
            yield _Hit(entry, span, reading)


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
    framed = [hit for hit in hits if hit.entry.frame]
    for hit in hits:
        if hit.entry.frame and any(
            other.entry.frame == hit.entry.frame
            and other.entry.finding != hit.entry.finding
            and other.span != hit.span
            and other.span[0] <= hit.span[0]
            and hit.span[1] <= other.span[1]
            for other in framed
        ):
            continue
        yield hit


def _continues(sentence: Sentence) -> bool:
    """True when a sentence goes on about the pain by "it"."""
    return any(token.word in ("it", "this", "that") for token in sentence.tokens[:4])


def _places(sentence: Sentence) -> bool:
    """True for "it's in the crease" and for a place named without a verb, "outside of the left thigh"."""
    words = [token.word for token in sentence.tokens]
    if words[:1] == ["it"] and any(word in _WHERE for word in words[1:5]):
        return True
    return not sentence.is_question and not any(word in _VERBS or word.endswith(("ed", "ing")) for word in words)


_WHERE = word_set("in on at along round around behind under between below above near across down over into up inside outside")
_VERBS = word_set(
    "is are was were am be been have has had do does did go goes went get gets got feel felt say says said run runs ran walk "
    "can cannot could will would should may might took take gave give came come play plays work works told i you he she we they"
)
_ASKING = word_set("could can is are should would might do does did has have am will was")


def _asks(words: Iterable[str]) -> bool:
    """True for a question that asks whether something is so: "Could it be the hip joint?"."""
    return next(iter(words), "") in _ASKING


__all__ = ["Mention", "Reading", "Story", "read_story"]
