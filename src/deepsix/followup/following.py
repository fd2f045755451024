"""`follow_up`: from an assessment and the check-ins since to where the person is now, why, and the plan from here.

One function for every shell. It asks no clock and no database: what is kept goes in, frozen values come out.

    followed = follow_up(knowledge, assessment, assessed_at, checkins, standing, day=today)
    followed.way          # "on", "stay", "back", "see_someone" or "done"
    followed.says         # that in one plain sentence
    followed.reasons      # why, each with its source
    followed.plan         # the plan from here, as from `build_plan`
    followed.reopen       # why the assessment needs a fresh look; empty when it does not
    followed.standing     # keep it with the plan, and give it back the next time

Rules beside the gates: a new sign of danger is assessed at once and its plan is given; nobody goes on while something
asks for a fresh look; a stage lasts at least a day, so that two check-ins on one day do not count twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from deepsix.case import Answer, Origin, State
from deepsix.diagnosis.assessment import Assessment
from deepsix.diagnosis.engine import assess
from deepsix.followup.change import Judgement, judge_change
from deepsix.followup.checkin import CheckIn
from deepsix.followup.progress import progress_of
from deepsix.followup.reopening import DANGER, ReasonToReopen, reasons_to_reopen
from deepsix.followup.rules import load_change_rules, load_words
from deepsix.intake.training.sessions import Session
from deepsix.knowledge.care import STAGES
from deepsix.knowledge.model import ESTIMATE, Knowledge, Urgency
from deepsix.plan.building import build_plan, start_stage
from deepsix.plan.expecting import expectation
from deepsix.plan.plan import Plan, Why
from deepsix.plan.progression import Progress, Step, Way, next_stage
from deepsix.plan.situation import situation_of


@dataclass(frozen=True, slots=True)
class Standing:
    """Where someone is in their plan, and since which moment."""

    stage: str
    since: datetime


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What became of the plan.

    Attributes:
        way: Where the newest check-in leads; None when none is newer than the standing that was given.
        says: The way in one plain sentence, "" when there is none.
        before, standing: Where the person was, and is now. When they differ, the plan has changed.
        reasons: Why that way: the gates that opened, or those still shut and what was not told.
        progress: What the newest check-in said to the gates; None without one.
        assessment: What the plan rests on: the one given, or a new one when a check-in told of a new sign of danger.
        plan: What to do from here.
        judgement: Change since the first check-in, next to measurement noise; None before the second.
        expected_by: When it should be clearly better, from the recovery time of the likely causes; `expected_why` says
            which.
        reopen: Why the assessment needs a fresh look, the gravest first.
    """

    way: Way | None
    says: str
    before: Standing
    standing: Standing
    reasons: tuple[Why, ...]
    progress: Progress | None
    assessment: Assessment
    plan: Plan
    judgement: Judgement | None
    expected_by: datetime
    expected_why: Why
    reopen: tuple[ReasonToReopen, ...]

    @property
    def has_moved(self) -> bool:
        """True when the stage is another one than before, so that the plan is worth keeping anew."""
        return self.standing.stage != self.before.stage


def standing_after(
    knowledge: Knowledge, before: Standing, earlier: Assessment, later: Assessment, assessed_at: datetime
) -> Standing:
    """Return where someone is in their plan after a new assessment.

    Answers that only add to the earlier ones, with no new sign of danger and no more urgent advice, tell nothing of how
    the person is: they stay where they were. Else they are in the earlier of two stages, the one they were in and the
    one in which the new answers say to begin: no new look at the case takes anybody further.

    Args:
        knowledge: From `load_knowledge()`.
        before: Where the plan of the earlier assessment left them.
        earlier, later: The two assessments.
        assessed_at: When the later one was made.
    """
    if _only_adds(knowledge, earlier, later):
        return before
    begin = start_stage(situation_of(knowledge, later))
    return Standing(min(before.stage, begin, key=STAGES.index), assessed_at)


def _only_adds(knowledge: Knowledge, earlier: Assessment, later: Assessment) -> bool:
    said = earlier.case.answers
    if later.urgency.level > earlier.urgency.level:
        return False
    if any(later.case.state(name) is not answer.state for name, answer in said.items()):
        return False
    new = (name for name in later.case.answers if name not in said)
    return not any(
        knowledge.findings[name].danger is not None and later.case.state(name) is not State.NO for name in new
    )


def follow_up(
    knowledge: Knowledge,
    assessment: Assessment,
    assessed_at: datetime,
    checkins: Sequence[CheckIn],
    standing: Standing | None = None,
    *,
    kit: Iterable[str] | None = None,
    training: Sequence[Session] = (),
    day: date | None = None,
) -> FollowUp:
    """Return what the check-ins since an assessment make of its plan. The same input gives the same result.

    Args:
        knowledge: From `load_knowledge()`.
        assessment: From `assess()`.
        assessed_at: When, with a time zone.
        checkins: All that belong to this assessment; their order does not matter. May be empty.
        standing: Where the last plan left the person. Only check-ins after its moment can move them, so asking twice
            changes nothing. The stage to begin in, from the assessment on, unless said.
        kit: Ids of what the person has; everything unless said.
        training: The training log, which limits how far to run.
        day: First day of the plan; that of the last check-in, or of the assessment, unless said.

    Raises:
        KeyError: No such stage.
    """
    ordered = sorted(checkins, key=lambda checkin: checkin.at)
    situation = situation_of(knowledge, assessment)
    expected = expectation(situation)
    expected_by = assessed_at + timedelta(days=expected.days)
    before = standing or Standing(start_stage(situation), assessed_at)
    current = _with_danger(knowledge, assessment, ordered)
    walk = _Walk(knowledge, current, assessment, assessed_at, expected_by)
    here, step, progress = before, None, None
    for count, checkin in enumerate(ordered, start=1):
        if checkin.at > before.since:
            here, step, progress = walk.take(here, ordered[:count])
    reopen = walk.reopen(ordered) if ordered else ()
    return FollowUp(
        way=step.way if step else None,
        says=_says(knowledge, step),
        before=before,
        standing=here,
        reasons=_reasons(knowledge, current, step, progress),
        progress=progress,
        assessment=current,
        plan=build_plan(
            knowledge,
            current,
            kit,
            day or (ordered[-1].at if ordered else assessed_at).date(),
            here.stage,
            assessed_at.date(),
            training,
        ),
        judgement=judge_change(load_change_rules(), ordered[0], ordered[-1], ordered) if len(ordered) > 1 else None,
        expected_by=expected_by,
        expected_why=expected.why,
        reopen=reopen,
    )


@dataclass(frozen=True, slots=True)
class _Walk:
    """What stays the same from one check-in to the next."""

    knowledge: Knowledge
    current: Assessment
    assessment: Assessment
    assessed_at: datetime
    expected_by: datetime

    def take(self, here: Standing, checkins: Sequence[CheckIn]) -> tuple[Standing, Step, Progress]:
        """Return where the last of the check-ins leads."""
        progress = progress_of(load_change_rules(), checkins, here.since)
        step = next_stage(self.knowledge.care, here.stage, progress)
        reopen = self.reopen(checkins)
        if self.current.urgency.level >= Urgency.URGENT_SAME_DAY or any(entry.kind == DANGER for entry in reopen):
            step = Step(here.stage, "see_someone", ())
        elif step.way in ("on", "done") and reopen:
            step = replace(step, stage=here.stage, way="stay", gates=())
        elif step.way in ("on", "back", "done") and progress.days is not None and progress.days < 1:
            step = Step(here.stage, "stay", ())
        moved = step.stage != here.stage
        return (Standing(step.stage, checkins[-1].at) if moved else here), step, progress

    def reopen(self, checkins: Sequence[CheckIn]) -> tuple[ReasonToReopen, ...]:
        """Return why the assessment needs a fresh look after the last of the check-ins."""
        rules, case = load_change_rules(), self.assessment.case
        return reasons_to_reopen(rules, case, self.assessed_at, checkins, self.expected_by)


def _with_danger(knowledge: Knowledge, assessment: Assessment, checkins: Sequence[CheckIn]) -> Assessment:
    """Return the assessment with the new signs of danger of the check-ins; the same one when there are none."""
    told = dict.fromkeys(sign for checkin in checkins for sign in checkin.danger_signs)
    new = [sign for sign in told if assessment.case.state(sign) is not State.YES]
    if not new:
        return assessment
    case = assessment.case.with_answers(*(Answer(sign, State.YES, Origin.ASKED) for sign in new))
    return assess(knowledge, case, assessment.setting)


def _says(knowledge: Knowledge, step: Step | None) -> str:
    if step is None:
        return ""
    title = next(stage.title for stage in knowledge.care.stages if stage.id == step.stage)
    return load_words()["way"][step.way].format(stage=title)


def _reasons(
    knowledge: Knowledge, current: Assessment, step: Step | None, progress: Progress | None
) -> tuple[Why, ...]:
    if step is None or progress is None:
        return ()
    words = load_words()["gate"]
    if step.gates and step.way != "stay":
        return tuple(Why(gate.text, gate.source) for gate in step.gates)
    if step.way == "see_someone":
        level = current.urgency.level
        return tuple(Why(reason.text, reason.source) for reason in current.urgency.reasons if reason.level == level)
    if not step.gates:
        begun_today = progress.days is not None and progress.days < 1
        return (Why(words["begun_today" if begun_today else "look_first"], ESTIMATE),)
    return tuple(
        Why(words["not_yet"].format(gate=gate.text), gate.source)
        if getattr(progress, gate.measure) is not None
        else Why(words[gate.measure], ESTIMATE)
        for gate in step.gates
    )
