"""A story in the person's own words -> findings with their state, each with the words it was read from.

Nothing read here is final: it is shown to the person, who corrects it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from deepsix.case import CHILD_BELOW_YEARS, Answer, Case, Origin, Sex, State
from deepsix.intake.episodes import ended_bout
from deepsix.intake.lexicon import compile_lexicon
from deepsix.intake.mentions import Mention, mentions_in, with_past_severity
from deepsix.intake.notices import LONGEST_STORY, notices_for
from deepsix.intake.parts import with_parts_spelt_out
from deepsix.intake.people import About, age_years, sex_of, who_hurts
from deepsix.intake.scope import Reading
from deepsix.intake.senses import in_their_sense
from deepsix.intake.text import sentences_of
from deepsix.intake.thermometer import fever_reading
from deepsix.intake.times import duration_days, duration_findings
from deepsix.knowledge.model import Knowledge


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
        about somebody else gives no answer. Of better and worse, what is told last holds now.
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
        if all(course in best and best[course].state is State.YES for course in _COURSES):
            last = max((m for m in self.mentions if m.finding in _COURSES), key=lambda m: m.start).finding
            best.pop(next(course for course in _COURSES if course != last))
        if all(length in best and best[length].state is State.YES for length in _MORNINGS):
            best.pop(_MORNINGS[0])  # "stiff in the morning" alone is taken for brief; here its length is told
        return tuple(best.values())

    def add_to(self, case: Case) -> Case:
        """Return the case with what the story says; what the case already holds stays."""
        fresh = [a for a in self.answers() if case.is_open(a.finding)]
        told = replace(
            case,
            age=case.age if case.age is not None else self.age,
            sex=case.sex if case.sex is not None else self.sex,
        )
        return told.with_answers(*fresh)


_COURSES = ("course_improving", "course_worsening")
_MORNINGS = ("stiffness_morning_brief", "stiffness_morning_over_30_min")


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
    sentences = [with_parts_spelt_out(sentence) for sentence in in_their_sense(sentences_of(text))]
    ended = ended_bout(sentences)
    mentions = with_past_severity(mentions_in(text, sentences, lexicon, about, ended), sentences)
    days = duration_days(text, ended.sentences if ended else frozenset())
    if days is not None:
        mentions += [Mention(finding, Reading.PRESENT, "", 0, 0) for finding in duration_findings(days)]
    fever = fever_reading(text)
    if fever is not None:
        mentions.append(Mention("fever", Reading.PRESENT, text[slice(*fever)], *fever))
    age = age_years(text)
    is_grown = age is not None and age >= CHILD_BELOW_YEARS
    kept = sorted(
        {m for m in mentions if not (is_grown and m.finding.endswith("_child"))},
        key=lambda m: (m.start, m.finding, m.end, m.reading),
    )
    return Story(
        mentions=tuple(kept),
        age=age,
        sex=sex_of(text),
        about_child=about == "child",
        notices=notices_for(whole, kept),
        about=about,
    )


__all__ = ["Mention", "Reading", "Story", "read_story"]
