"""`deepsix assess` and `deepsix explain`: get a case from a story, a file or questions; print what comes out."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import cast

from rich.console import Console
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from deepsix.case import Case, Setting, Sex
from deepsix.cli import interviewing
from deepsix.diagnosis import wording
from deepsix.diagnosis.assessment import Assessment
from deepsix.diagnosis.culprit import culprit_parts
from deepsix.diagnosis.engine import Weighed, assessment_of, weigh
from deepsix.diagnosis.explanation import explain, what_would_change
from deepsix.diagnosis.urgency import unasked_dangers
from deepsix.errors import CaseFileError, UnknownIdError, did_you_mean
from deepsix.export.assessment_record import assessment_record, explanation_record
from deepsix.hip.anatomy import part_name
from deepsix.intake.story import Story, read_story
from deepsix.knowledge import load_knowledge
from deepsix.knowledge.model import Knowledge, Urgency
from deepsix.study.cases import printable, read_case_file

SHOWN_CAUSES = 5
_COLOURS = {
    Urgency.EMERGENCY: "bold white on red",
    Urgency.URGENT_SAME_DAY: "bold red",
    Urgency.CLINICIAN_SOON: "bold yellow",
    Urgency.SELF_CARE: "bold green",
}


def run(
    text: str | None,
    path: Path | None,
    as_json: bool,
    setting: str,
    age: int | None,
    sex: str | None,
    *,
    save: bool = False,
    training: bool = False,
) -> None:
    """Print the assessment of a story, a case file, or what the person answers; keep it when asked to."""
    knowledge = load_knowledge()
    console = Console(soft_wrap=False)
    base = Case(age=age, sex=cast(Sex | None, sex))
    if text is None and path is None:
        if as_json or not sys.stdin.isatty():
            text = _standard_input() if not sys.stdin.isatty() else None
            if text is None or not text.strip():
                raise CaseFileError(
                    'There is nothing to assess. Give --text "..." or --case FILE, or run it in a terminal.'
                )
        else:
            base = _with_training(base) if training else base
            weighed = interviewing.interview(knowledge, base, cast(Setting, setting), console)
            show(knowledge, weighed, console)
            if save:
                _save(knowledge, weighed)
            return
    case, story = _case(knowledge, text, path, base)
    weighed = weigh(knowledge, _with_training(case) if training else case, cast(Setting, setting))
    if save:
        _save(knowledge, weighed)
    if as_json:
        print(json.dumps(assessment_record(knowledge, weighed, story), indent=2, ensure_ascii=False))
        return
    if story is not None:
        show_story(knowledge, story, console)
    show(knowledge, weighed, console)


def _standard_input() -> str:
    try:
        return sys.stdin.read()
    except UnicodeDecodeError as error:
        raise CaseFileError("The story on standard input is not UTF-8 text. Save it as UTF-8.") from error


def _with_training(case: Case) -> Case:
    from deepsix.cli import recording

    return recording.with_training(case)


def _save(knowledge: Knowledge, weighed: Weighed) -> None:
    """Keep the result, and say its number on standard error so that JSON on standard output stays whole."""
    from deepsix.cli import recording

    print(f"Saved as assessment {recording.save_weighed(knowledge, weighed)}.", file=sys.stderr)


def run_explain(condition: str | None, text: str | None, path: Path | None, as_json: bool, setting: str) -> None:
    """Print the reasons for and against one cause of a case."""
    knowledge = load_knowledge()
    if text is None and path is None:
        raise CaseFileError('There is no case to explain. Give --text "..." or --case FILE.')
    if condition is not None and condition not in knowledge.conditions:
        raise UnknownIdError(f"There is no condition {condition!r}. {did_you_mean(condition, knowledge.conditions)}")
    case, _ = _case(knowledge, text, path, Case())
    weighed = weigh(knowledge, case, cast(Setting, setting))
    chosen = condition or assessment_of(knowledge, weighed).causes[0].condition
    if as_json:
        print(json.dumps(explanation_record(knowledge, weighed, chosen), indent=2, ensure_ascii=False))
    else:
        show_reasons(knowledge, weighed, chosen, Console(), sources=True)
        _show_notes(knowledge, chosen, Console())


def _case(knowledge: Knowledge, text: str | None, path: Path | None, base: Case) -> tuple[Case, Story | None]:
    case = base
    if path is not None:
        given = read_case_file(path, knowledge)
        case = replace(given, age=base.age if base.age is not None else given.age, sex=base.sex or given.sex)
    words = text if text is not None else case.story
    if not words and path is not None:
        return case, None
    words = printable(words)
    story = read_story(knowledge, words)
    return story.add_to(replace(case, story=words)), story


def show_story(knowledge: Knowledge, story: Story, console: Console) -> None:
    """Print what was read from a story, so that it can be put right."""
    for notice in story.notices:
        console.print(Text(notice, style="yellow"))
    answers = story.answers()
    if not answers:
        console.print(knowledge.words["result.nothing_understood"])
        return
    console.print(Text(knowledge.words["result.understood"], style="bold"))
    table = Table(box=None, show_header=False, pad_edge=False)
    for answer in sorted(answers, key=lambda a: a.state):
        name = knowledge.findings[answer.finding].name
        table.add_row(answer.state.value, name, Text(f"“{answer.words}”" if answer.words else "", style="dim"))
    console.print(table)
    console.print()


def show(knowledge: Knowledge, weighed: Weighed, console: Console) -> None:
    """Print urgency, causes, reasons and what would change the answer."""
    assessment = assessment_of(knowledge, weighed)
    words = knowledge.words
    for notice in assessment.notices:
        console.print(Text(notice, style="yellow"))
    if not weighed.closed.case.answers:
        console.print(words["scope.no_answers"])
        return
    _show_urgency(knowledge, assessment, console)
    console.print(Text(wording.lead_words(knowledge, assessment), style="bold"))
    console.print(_cause_table(knowledge, assessment))
    console.print(words["result.none_text"].format(chance=wording.chance(knowledge, assessment.none_of_these)))
    console.print(Text(words["result.several"], style="dim"))
    if not assessment.method.exact:
        bound = f"{100 * assessment.method.error_bound:.0f}%"
        console.print(Text(words["result.approximate"].format(bound=bound), style="dim"))
    console.print()
    show_reasons(knowledge, weighed, assessment.causes[0].condition, console, sources=False)
    _show_culprits(knowledge, assessment, console)
    changes = what_would_change(knowledge, weighed)
    if changes:
        console.print(Text(words["result.change"], style="bold"))
        for change in changes:
            console.print(f"  {wording.change_words(knowledge, change)}")
        console.print()
    console.print(Text(words["about.not_device"], style="dim"))


def _show_culprits(knowledge: Knowledge, assessment: Assessment, console: Console) -> None:
    """Print which muscle parts fit, with the computed reasons, when a muscular cause leads."""
    parts = culprit_parts(knowledge, assessment)
    if not parts:
        return
    console.print(Text(knowledge.words["result.muscles"], style="bold"))
    for suspect in parts:
        console.print(f"  {part_name(suspect.part)}: {wording.chance(knowledge, suspect.probability)}")
        for reason in suspect.reasons[:2]:
            console.print(Text(f"    {reason.evidence}: {reason.words}", style="dim"))
    console.print()


def _show_urgency(knowledge: Knowledge, assessment: Assessment, console: Console) -> None:
    advice = assessment.urgency
    body = Text(wording.urgency_text(knowledge, advice.level, assessment.case))
    for reason in [r for r in advice.reasons if r.level == advice.level][:3]:
        body.append(f"\n{knowledge.words['result.why_urgency']}: {reason.text}")
    if advice.level is Urgency.SELF_CARE and (unasked := unasked_dangers(knowledge, assessment.case)):
        body.append(f"\n{knowledge.words['result.only_if']} {'; '.join(unasked)}.")
    title = wording.urgency_title(knowledge, advice.level)
    console.print(Panel(body, title=Text(f" {title} ", style=_COLOURS[advice.level]), title_align="left"))


def _cause_table(knowledge: Knowledge, assessment: Assessment) -> Table:
    table = Table(box=None, pad_edge=False)
    for heading in (knowledge.words["result.causes"], "", "", ""):
        table.add_column(heading)
    for cause in assessment.causes[:SHOWN_CAUSES]:
        bar = "█" * max(1, round(cause.probability * 20))
        table.add_row(
            knowledge.conditions[cause.condition].name,
            bar,
            wording.chance(knowledge, cause.probability),
            wording.chance_range(knowledge, cause.low, cause.high),
        )
    return table


def show_reasons(knowledge: Knowledge, weighed: Weighed, condition: str, console: Console, *, sources: bool) -> None:
    """Print what speaks for and against one cause and what is not known."""
    words, case = knowledge.words, weighed.closed.case
    reasons = explain(knowledge, weighed, condition)
    name = knowledge.conditions[condition].name
    console.print(
        Text(f"{name[0].upper()}{name[1:]}", style="bold"),
        f"({knowledge.conditions[condition].clinical_name})",
    )
    console.print(f"  {knowledge.conditions[condition].summary}")
    for heading, contributions in (("for", reasons.speaks_for), ("against", reasons.speaks_against)):
        if not contributions:
            continue
        console.print(Text(f"  {words[f'result.{heading}']}", style="underline"))
        for contribution in contributions if sources else contributions[:6]:
            console.print(f"    {wording.reason_words(knowledge, contribution, case)}")
            if sources:
                cited = wording.source_words(knowledge, contribution.source)
                console.print(Text(f"      {cited}: {contribution.reason}", style="dim"))
    if reasons.unknown:
        console.print(Text(f"  {words['result.unknown']}", style="underline"))
        for unknown in reasons.unknown:
            console.print(f"    {knowledge.findings[unknown.finding].name}")
    console.print()


def _show_notes(knowledge: Knowledge, condition: str, console: Console) -> None:
    """Print what the founding articles say of a cause and, beside it, what research says."""
    notes = [note for note in knowledge.notes.values() if condition in note.conditions]
    if not notes:
        return
    console.print(Text(knowledge.words["result.notes"], style="bold"))
    for note in notes:
        console.print(f"  {note.title} ({note.strength})", highlight=False)
        console.print(Text(f"    {note.text}", style="dim"))
        for key in note.sources:
            console.print(Text(f"    {wording.source_words(knowledge, key)}", style="dim"))
