"""`deepsix plan`: the plan of a story, a file or a saved assessment; print it, keep it, or write it as a calendar."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, cast

from rich.console import Console
from rich.panel import Panel
from rich.text import Text

from deepsix.case import Answer, Case, Origin, Setting, Sex, State
from deepsix.cli import planning_words as say
from deepsix.cli import recording
from deepsix.diagnosis import wording
from deepsix.diagnosis.engine import assessment_of, weigh
from deepsix.errors import CaseFileError, DeepsixError, UnknownIdError, did_you_mean
from deepsix.followup.following import FollowUp, Standing, follow_up, standing_after
from deepsix.followup.keeping import PLAN_SHAPE, plan_content
from deepsix.followup.rules import load_words
from deepsix.intake.story import read_story
from deepsix.knowledge import load_knowledge
from deepsix.knowledge.care import STAGES
from deepsix.knowledge.model import Knowledge
from deepsix.plan.plan import Plan
from deepsix.plan.record import plan_record
from deepsix.records.following import SavedFollowUp, follow_saved, known_case, new_assessment
from deepsix.records.place import usual_place
from deepsix.records.store import Records, now_utc, open_records
from deepsix.records.values import Kept, NewPlan
from deepsix.study.cases import read_case_file


class PlanOptionError(DeepsixError):
    """An option of `deepsix plan` cannot be used."""

    exit_code = 2


@dataclass(frozen=True)
class Wanted:
    """The options of one call, checked."""

    kit: list[str] | None
    stage: str | None
    day: date
    answers: tuple[Answer, ...]
    save: bool


@dataclass(frozen=True)
class Made:
    """A plan with the case it is for, and the numbers under which things were kept."""

    case: Case
    followed: FollowUp
    kept: Kept


def run(
    number: int | None,
    text: str | None,
    path: Path | None,
    as_json: bool,
    setting: str,
    age: int | None,
    sex: str | None,
    kit: str | None,
    stage: str | None,
    day: str | None,
    answers: Sequence[str],
    save: bool,
    calendar: Path | None,
    zone: str | None,
) -> None:
    """Print the plan of a story or a case file, or of a saved assessment when neither is given."""
    knowledge, console = load_knowledge(), Console()
    wanted = Wanted(_kit(knowledge, kit), _stage(stage), _day(day), _answers(knowledge, answers), save)
    if text is None and path is None:
        made = _of_saved(knowledge, number, wanted)
    elif number is not None:
        raise PlanOptionError("Give the number of a saved assessment, or --text or --case; not both.")
    else:
        case = _case(knowledge, text, path, Case(age=age, sex=cast(Sex | None, sex)))
        made = _of_case(knowledge, case.with_answers(*wanted.answers), cast(Setting, setting), wanted)
    plan = made.followed.plan
    if calendar is not None:
        _write_calendar(knowledge, plan, calendar, zone)
    if as_json:
        print(json.dumps(_record(knowledge, made), indent=2, ensure_ascii=False))
    elif not made.case.answers:
        console.print(knowledge.words["plan.no_answers"])
    else:
        _show_standing(made, console)
        show(knowledge, plan, made.case, console)
        if calendar is not None:
            console.print(knowledge.words["plan.saved"].format(path=calendar))
    if made.kept.plan is not None:
        said = load_words()["plan"]["kept"].format(plan=made.kept.plan, assessment=made.kept.assessment)
        Console(stderr=True).print(Text(said, style="dim"))


def _of_case(knowledge: Knowledge, case: Case, setting: Setting, wanted: Wanted) -> Made:
    """Make the plan of a case that is not saved; with `save` keep the assessment and the plan, both or neither."""
    now, weighed = now_utc(), weigh(knowledge, case, setting)
    standing = Standing(wanted.stage, now) if wanted.stage else None
    assessment = assessment_of(knowledge, weighed)
    if not wanted.save:
        followed = follow_up(knowledge, assessment, _at(wanted.day), [], standing, kit=wanted.kit, day=wanted.day)
        return Made(case, followed, Kept())
    with open_records() as records:
        log = records.sessions()
        followed = follow_up(knowledge, assessment, now, [], standing, kit=wanted.kit, training=log, day=wanted.day)
        new = new_assessment(knowledge, weighed, recording.program_version())
        return Made(case, followed, records.save_assessment_with_plan(new, _new_plan(knowledge, followed, wanted.kit)))


def _of_saved(knowledge: Knowledge, number: int | None, wanted: Wanted) -> Made:
    """Make today's plan of a saved assessment; keep it when asked to, and always when answers were added."""
    place = usual_place()
    if place.path is not None and not place.path.exists():  # to look makes no file
        raise CaseFileError(load_words()["plan"]["nothing_saved"])
    with open_records(place) as records:
        if number is None and records.latest_assessment() is None:
            raise CaseFileError(load_words()["plan"]["nothing_saved"])
        standing = Standing(wanted.stage, now_utc()) if wanted.stage else None
        here = follow_saved(records, knowledge, number, (), wanted.kit, standing, wanted.day)
        if wanted.answers:
            return _with_answers(records, knowledge, here, wanted)
        kept = Kept()
        if wanted.save:
            plan = plan_content(knowledge, here.followed, here.kit)
            kept = Kept(plan=records.save_plan(here.saved.id, PLAN_SHAPE, plan), assessment=here.saved.id)
        return Made(records.case(here.saved.case_id).case, here.followed, kept)


def _with_answers(records: Records, knowledge: Knowledge, here: SavedFollowUp, wanted: Wanted) -> Made:
    """Assess a saved case with more answers, and keep that with its plan."""
    saved, now, kit = here.saved, now_utc(), here.kit
    weighed = weigh(knowledge, known_case(records, knowledge, saved).with_answers(*wanted.answers), saved.setting)
    again = assessment_of(knowledge, weighed)
    standing = here.followed.standing
    if wanted.stage is None:
        standing = standing_after(knowledge, standing, here.followed.assessment, again, now)
    log = records.sessions()
    followed = follow_up(knowledge, again, saved.made_at, [], standing, kit=kit, training=log, day=wanted.day)
    new = new_assessment(knowledge, weighed, recording.program_version(), saved.case_id)
    kept = records.save_assessment_with_plan(new, _new_plan(knowledge, followed, kit))
    return Made(weighed.closed.told, followed, kept)


def _new_plan(knowledge: Knowledge, followed: FollowUp, kit: Sequence[str] | None) -> NewPlan:
    return NewPlan(PLAN_SHAPE, plan_content(knowledge, followed, kit))


def _at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _record(knowledge: Knowledge, made: Made) -> dict[str, Any]:
    followed = made.followed
    return {
        **plan_record(knowledge, followed.plan),
        "since": followed.standing.since.isoformat(),
        "reopen": [{"kind": reason.kind, "words": reason.words} for reason in followed.reopen],
    }


def _show_standing(made: Made, console: Console) -> None:
    """Print what asks for a fresh look, before anything to do."""
    if made.followed.reopen:
        words = load_words()["reopen"]
        told = " ".join(reason.words for reason in made.followed.reopen)
        console.print(Text(f"{words['title']}: {told} {words['look']}", style="bold yellow"))


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
        say.limits(knowledge, plan, cited),
        say.hand_overs(knowledge, plan, cited),
        say.see_if(knowledge, plan),
        say.stages(knowledge, plan),
        say.unlock(knowledge, plan),
        say.left_out(knowledge, plan),
        cited.lines(),
    ):
        if block:
            console.print()
            for line, style in block:
                console.print(Text(line, style=style))
    console.print()
    console.print(f"{words['plan.review'].format(day=plan.review.isoformat())} {plan.review_why.text}")
    console.print(Text(words["about.not_device"], style="dim"))


def _case(knowledge: Knowledge, text: str | None, path: Path | None, base: Case) -> Case:
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


def _answers(knowledge: Knowledge, given: Sequence[str]) -> tuple[Answer, ...]:
    """Return answers from words such as "pain_groin=no"; several may stand in one, with commas."""
    found = []
    for entry in (piece.strip() for text in given for piece in text.split(",")):
        finding, _, state = (part.strip() for part in entry.partition("="))
        if finding not in knowledge.findings:
            raise UnknownIdError(f"There is no finding {finding!r}. {did_you_mean(finding, knowledge.findings)}")
        if state not in list(State):
            raise PlanOptionError(f"The answer to {finding} is {state!r}. Write it as {finding}=no, yes or unsure.")
        found.append(Answer(finding, State(state), Origin.ASKED))
    return tuple(found)


def _write_calendar(knowledge: Knowledge, plan: Plan, path: Path, zone: str | None) -> None:
    from deepsix.export.calendar import plan_calendar, zone_named
    from deepsix.export.local_zone import local_zone_name

    content = plan_calendar(knowledge, plan, zone_named(zone or local_zone_name()), datetime.now(UTC))
    try:
        path.write_bytes(content)
    except OSError as error:
        raise PlanOptionError(f"Cannot write {path}: {error.strerror}. Choose another place.") from error
