"""What was understood of a story: the person's words with what was read marked, and what was read from each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from deepsix.case import Answer, Case, Origin, State
from deepsix.intake.story import Story, read_story
from deepsix.knowledge.model import Knowledge

STATES = (State.YES, State.NO, State.UNSURE)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the person's words; `marked` when something was read in it."""

    text: str
    marked: bool


@dataclass(frozen=True, slots=True)
class Understood:
    """One finding that was read: its id and name, how it counts now, and the words it was read from.

    `state` is yes, no, unsure, or unsaid when the person took it away; empty when the words say otherwise than an
    answer given before, until the person says which is right.
    """

    finding: str
    name: str
    state: str
    words: str


@lru_cache(maxsize=16)
def story_of(knowledge: Knowledge, text: str) -> Story:
    """Return what a story says. Reading a long one takes half a second, and several pages need it."""
    return read_story(knowledge, text)


def understood(knowledge: Knowledge, case: Case) -> list[Understood]:
    """Return what was read from the case's story, as it counts now: with what the person put right."""
    told = []
    for read in story_of(knowledge, case.story).answers():
        now = case.answers.get(read.finding)
        if now is not None and now.origin not in (Origin.STORY, Origin.ASKED):
            continue
        name = knowledge.findings[read.finding].name
        state = now.state.value if now is not None else "unsaid"
        if now is not None and now.origin is Origin.ASKED and now.state is not read.state and not now.words:
            state = ""
        told.append(Understood(read.finding, name[0].upper() + name[1:], state, read.words))
    return told


def pieces_of(text: str, read: Sequence[Understood]) -> list[Piece]:
    """Return the whole text in pieces, those marked that something was read from."""
    spans = []
    for entry in read:
        start = text.find(entry.words) if entry.words else -1
        if start >= 0 and entry.state != "unsaid":
            spans.append((start, start + len(entry.words)))
    pieces, end = [], 0
    for start, stop in sorted(spans):
        if stop <= end:
            continue
        start = max(start, end)
        if start > end:
            pieces.append(Piece(text[end:start], marked=False))
        if pieces and pieces[-1].marked:
            pieces[-1] = Piece(pieces[-1].text + text[start:stop], marked=True)
        else:
            pieces.append(Piece(text[start:stop], marked=True))
        end = stop
    if end < len(text):
        pieces.append(Piece(text[end:], marked=False))
    return pieces


def with_story(knowledge: Knowledge, case: Case, text: str) -> Case:
    """Return the case with these words in place of the earlier ones, and what is read from them.

    What the person put right in what was read before stays right: it is not read back from the new words.
    """
    old = {answer.finding: answer for answer in story_of(knowledge, case.story).answers()} if case.story else {}
    fresh = {answer.finding: answer for answer in story_of(knowledge, text).answers()} if text else {}
    taken_away = {name for name in old if name not in case.answers}
    right = {name for name in old if name in case.answers and case.answers[name].state is not old[name].state}
    kept = right & set(fresh)
    gone = (a.finding for a in case.answers.values() if a.origin is Origin.STORY and a.finding not in kept)
    bare = replace(case.without(*gone), story=text)
    if not text:
        return bare
    return story_of(knowledge, text).add_to(bare).without(*(name for name in taken_away if name in fresh))


def put_right(case: Case, read: Sequence[Understood], given: dict[str, str]) -> Case:
    """Return the case with each finding that was read as the person says: yes, no, unsure, or unsaid."""
    for entry in read:
        wanted = given.get(entry.finding, "")
        if wanted in ("", entry.state):
            continue
        if wanted == "unsaid":
            case = case.without(entry.finding)
        elif wanted in {state.value for state in STATES}:
            # The words on an answer to a question tell that it was put right against the story, and is settled.
            old = case.answers.get(entry.finding, Answer(entry.finding, State.UNSURE, Origin.STORY))
            case = case.with_answers(replace(old, state=State(wanted), words=entry.words))
    return case
