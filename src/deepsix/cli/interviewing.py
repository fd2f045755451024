"""The interview in the terminal: one question at a time, the causes seen moving, and a stop when there is danger."""

from __future__ import annotations

import re
from dataclasses import replace

from rich.console import Console
from rich.text import Text

from deepsix.case import Answer, Case, Origin, Setting, Sex, State
from deepsix.diagnosis.engine import Weighed, weigh
from deepsix.diagnosis.question import Question, limits_of, next_question
from deepsix.diagnosis.urgency import is_emergency
from deepsix.errors import CaseError
from deepsix.intake.replies import ticked_of, unsure_of
from deepsix.intake.story import read_story
from deepsix.knowledge.model import Knowledge

BACK = "b"
_MOVING = 3  # causes shown while asking


def interview(knowledge: Knowledge, case: Case, setting: Setting, console: Console) -> Weighed:
    """Ask until nothing more would help, and return what is known then. `b` goes back to the question before."""
    words = knowledge.words
    for key in ("about.what", "about.private", "about.not_device"):
        console.print(words[key])
    console.print(Text(words["about.danger_first"], style="bold red"))
    console.print()
    case = _opening(knowledge, case, console)
    history: list[tuple[Case, str]] = []
    while True:
        weighed = weigh(knowledge, case, setting)
        if is_emergency(knowledge, weighed.closed.case):
            return weighed
        question = next_question(knowledge, weighed, [name for _, name in history])
        if question is None:
            return weighed
        _show_progress(knowledge, weighed, len(history), console)
        answers = _ask(knowledge, question, console)
        if answers is None:
            if history:
                case, _ = history.pop()
            continue
        history.append((case, question.id))
        case = case.with_answers(*answers)


def _opening(knowledge: Knowledge, case: Case, console: Console) -> Case:
    """Ask for the story, age and sex, as far as they are not known."""
    words = knowledge.words
    text = console.input(f"{words['interview.story']}\n> ").strip()
    if text:
        story = read_story(knowledge, text)
        for notice in story.notices:
            console.print(Text(notice, style="yellow"))
        case = story.add_to(replace(case, story=text))
        case = _corrected(knowledge, case, console)
    while case.age is None:
        given = console.input(f"{words['interview.age']} ").strip()
        if not given:
            break
        try:
            case = replace(case, age=int(given))
        except ValueError:
            console.print("Give whole years, such as 43, or press Enter to skip.")
        except CaseError as error:
            console.print(str(error))
    if case.sex is None:
        sexes: dict[str, Sex] = {"f": "female", "m": "male", "w": "female"}
        given = console.input(f"{words['interview.sex']} ").strip().lower()[:1]
        case = replace(case, sex=sexes.get(given))
    if case.is_child:
        console.print(Text(words["interview.child"], style="bold"))
    return case


def _corrected(knowledge: Knowledge, case: Case, console: Console) -> Case:
    """Let the person strike out what was read wrongly."""
    numbered = [a for a in case.answers.values() if a.origin is Origin.STORY]
    if not numbered:
        return case
    console.print(Text(knowledge.words["result.understood"], style="bold"))
    for number, answer in enumerate(numbered, start=1):
        console.print(f"  {number:2d} {answer.state.value}: {knowledge.findings[answer.finding].name}")
    wrong = _numbers(console.input("Type the numbers that are wrong, or Enter if all is right: "), len(numbered))
    return case.without(*(numbered[i - 1].finding for i in wrong))


def _show_progress(knowledge: Knowledge, weighed: Weighed, asked: int, console: Console) -> None:
    if asked:
        order = sorted(range(len(weighed.marginal) - 1), key=lambda i: -weighed.marginal[i])[:_MOVING]
        names = [
            f"{knowledge.conditions[weighed.evidence.network.causes[i]].name} {weighed.marginal[i]:.0%}" for i in order
        ]
        console.print(Text("  " + " · ".join(names), style="dim"))
    left = limits_of(knowledge).most_questions - asked
    console.print(Text("  " + knowledge.words["interview.left"].format(n=left) + f"; {BACK} = back", style="dim"))


def _ask(knowledge: Knowledge, question: Question, console: Console) -> list[Answer] | None:
    """Put one question and return the answers, or None to go back."""
    console.print(Text(question.ask, style="bold"), Text(f"({question.why})", style="dim"))
    if question.kind in ("self_test", "yes_no"):
        return _ask_one(knowledge, question, console)
    for number, name in enumerate(question.findings, start=1):
        console.print(f"  {number:2d} {knowledge.findings[name].name}")
    is_choice = question.kind == "choice"
    hint = knowledge.words["interview.pick" if is_choice else "interview.tick"]
    while True:
        given = console.input(f"{hint}\n> ").strip().lower()
        if given in (BACK, "back"):
            return None
        if given == "?" or (is_choice and not given):
            return list(unsure_of(question.findings))
        ticked = _numbers(given, len(question.findings))
        # What cannot be read is asked again: taken as "none of these" it would say no to signs of danger.
        if len(ticked) == 1 if is_choice else ticked or given in ("", "0", "none"):
            break
        console.print(knowledge.words["interview.again"])
    return list(ticked_of(question.findings, {question.findings[number - 1] for number in ticked}))


def _ask_one(knowledge: Knowledge, question: Question, console: Console) -> list[Answer] | None:
    finding = knowledge.findings[question.findings[0]]
    for number, step in enumerate(finding.steps, start=1):
        console.print(f"  {number}. {step}")
    if finding.stop:
        console.print(Text(f"  {finding.stop}", style="red"))
    given = console.input(f"{knowledge.words['interview.yes_no']} > ").strip().lower()[:1]
    if given == BACK:
        return None
    state = {"y": State.YES, "n": State.NO}.get(given, State.UNSURE)
    return [Answer(finding.id, state, Origin.ASKED)]


def _numbers(text: str, most: int) -> set[int]:
    """Return the whole numbers from 1 to `most` in a text; others are ignored.

    >>> sorted(_numbers("1, 3 and 12", 5))
    [1, 3]
    """
    return {number for part in re.findall(r"\d+", text) if 1 <= (number := int(part)) <= most}
