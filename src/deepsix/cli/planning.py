"""`deepsix plan`: get a case from a story or a file, build the plan, print it, or write it as JSON or a calendar."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import cast

from rich.console import Console
from rich.panel import Panel
from rich.text import Text

from deepsix.case import Case, Setting, Sex
from deepsix.cli import planning_words as say
from deepsix.diagnosis import wording
from deepsix.diagnosis.engine import assess
from deepsix.errors import CaseFileError, DeepsixError
from deepsix.intake.story import read_story
from deepsix.knowledge import load_knowledge
from deepsix.knowledge.care import STAGES
from deepsix.knowledge.model import Knowledge
from deepsix.plan.building import build_plan
from deepsix.plan.plan import Plan
from deepsix.plan.record import plan_record
from deepsix.study.cases import read_case_file


class PlanOptionError(DeepsixError):
    """An option of `deepsix plan` cannot be used."""

    exit_code = 2


def run(
    text: str | None,
    path: Path | None,
    as_json: bool,
    setting: str,
    age: int | None,
    sex: str | None,
    kit: str | None,
    stage: str | None,
    day: str | None,
    calendar: Path | None,
    zone: str | None,
) -> None:
    """Print the plan of a story or a case file."""
    knowledge = load_knowledge()
    console = Console()
    case = _case(knowledge, text, path, Case(age=age, sex=cast(Sex | None, sex)))
    first = _day(day)
    plan = build_plan(
        knowledge, assess(knowledge, case, cast(Setting, setting)), _kit(knowledge, kit), first, _stage(stage)
    )
    if calendar is not None:
        _write_calendar(knowledge, plan, calendar, zone)
    if as_json:
        print(json.dumps(plan_record(knowledge, plan), indent=2, ensure_ascii=False))
    elif not case.answers:
        console.print(knowledge.words["plan.no_answers"])
    else:
        show(knowledge, plan, case, console)
        if calendar is not None:
            console.print(knowledge.words["plan.saved"].format(path=calendar))


def show(knowledge: Knowledge, plan: Plan, case: Case, console: Console) -> None:
    """Print a plan: how soon to see someone first, then today, what to leave alone, and how it goes on."""
    words = knowledge.words
    body = "\n".join([wording.urgency_text(knowledge, plan.urgency, case), *plan.notices])
    console.print(
        Panel(Text(body), title=Text(f" {wording.urgency_title(knowledge, plan.urgency)} "), title_align="left")
    )
    console.print(Text(words["plan.title"].format(day=plan.day.isoformat()), style="bold"))
    if plan.stage:
        title = next(stage.title for stage in plan.stages if stage.stage == plan.stage)
        console.print(words["plan.stage"].format(stage=title))
    cited = say.Cited(knowledge)
    for block in (
        say.today(knowledge, plan, cited),
        say.avoid(knowledge, plan, cited),
        say.hand_overs(knowledge, plan, cited),
        say.see_if(knowledge, plan),
        say.stages(knowledge, plan),
        say.left_out(knowledge, plan),
        cited.lines(),
    ):
        if block:
            console.print()
            for line, style in block:
                console.print(Text(line, style=style))
    console.print()
    console.print(words["plan.review"].format(day=plan.review.isoformat()))
    console.print(Text(words["about.not_device"], style="dim"))


def _case(knowledge: Knowledge, text: str | None, path: Path | None, base: Case) -> Case:
    if text is None and path is None:
        raise CaseFileError('There is no case to plan for. Give --text "..." or --case FILE.')
    case = base
    if path is not None:
        given = read_case_file(path, knowledge)
        case = replace(given, age=base.age if base.age is not None else given.age, sex=base.sex or given.sex)
    words = text if text is not None else case.story
    return read_story(knowledge, words).add_to(replace(case, story=words)) if words else case


def _day(day: str | None) -> date:
    try:
        return date.fromisoformat(day) if day is not None else date.today()
    except ValueError:
        raise PlanOptionError(f"The day is {day!r}. Give it as year-month-day, such as 2026-03-31.") from None


def _stage(stage: str | None) -> str | None:
    if stage is not None and stage not in STAGES:
        raise PlanOptionError(f"There is no stage {stage!r}. Choose one of: {', '.join(STAGES)}.")
    return stage


def _kit(knowledge: Knowledge, kit: str | None) -> list[str] | None:
    if kit is None:
        return None
    known = [name for name, _ in knowledge.care.items]
    have = [name.strip() for name in kit.split(",") if name.strip()]
    if unknown := [name for name in have if name not in known]:
        raise PlanOptionError(f"We do not know {', '.join(unknown)}. Choose from: {', '.join(known)}.")
    return have


def _write_calendar(knowledge: Knowledge, plan: Plan, path: Path, zone: str | None) -> None:
    from deepsix.export.calendar import plan_calendar, zone_named
    from deepsix.export.local_zone import local_zone_name

    content = plan_calendar(knowledge, plan, zone_named(zone or local_zone_name()), datetime.now(UTC))
    try:
        path.write_bytes(content)
    except OSError as error:
        raise PlanOptionError(f"Cannot write {path}: {error.strerror}. Choose another place.") from error
