"""The plan page: where someone is, what to do today, what to leave alone, when to get help, and what comes next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from markupsafe import Markup

from deepsix.diagnosis import wording
from deepsix.followup import FollowUp
from deepsix.knowledge.care import STAGES
from deepsix.knowledge.model import Knowledge, Urgency
from deepsix.plan.plan import Limit, Plan, StagePlan, Task, Unlock, Why
from deepsix.web.presenting.plan_pictures import posture_picture, posture_words, press_picture
from deepsix.web.presenting.result import LEVEL_CLASS

_WHOLE = 0.95  # of the way into a position: from here it is said as the whole way


@dataclass(frozen=True, slots=True)
class WhyView:
    """A reason in words, how strong its source is in words, and the source."""

    text: str
    strength: str
    source: str


@dataclass(frozen=True, slots=True)
class TaskView:
    """One task as a card. `hold_s` is for the timer, None where nothing is held."""

    remedy: str
    title: str
    picture: Markup
    caption: str
    is_press: bool
    steps: tuple[str, ...]
    how_far: str
    dose: str
    times: tuple[str, ...]
    hold_s: int | None
    cautions: tuple[str, ...]
    stop_rules: tuple[str, ...]
    causes: tuple[str, ...]
    why: tuple[WhyView, ...]
    is_done: bool


@dataclass(frozen=True, slots=True)
class StageView:
    """One of the steps: `place` is behind, here or ahead; the gates are in words."""

    title: str
    about: str
    place: Literal["behind", "here", "ahead"]
    remedies: tuple[str, ...]
    on: tuple[str, ...]
    back: tuple[str, ...]
    see: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AvoidView:
    """One thing to leave alone."""

    title: str
    steps: tuple[str, ...]
    why: tuple[WhyView, ...]


@dataclass(frozen=True, slots=True)
class WatchView:
    """Signs to act on with one urgency."""

    level: str
    title: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HandOverView:
    """Whom to see, and what to do, bring and ask."""

    title: str
    whom: str
    until_seen: tuple[str, ...]
    bring: tuple[str, ...]
    ask: tuple[str, ...]
    why: tuple[WhyView, ...]


@dataclass(frozen=True, slots=True)
class LeftOutView:
    """What is not in the plan, and because of what."""

    title: str
    text: str
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ItemView:
    """A thing that may be at hand."""

    id: str
    name: str
    is_there: bool


@dataclass(frozen=True, slots=True)
class PlanView:
    """All that the plan page places. `is_seen_first`: nothing to do but be seen."""

    day: date
    level: str
    urgency_title: str
    urgency_text: str
    is_self_care: bool
    is_seen_first: bool
    is_emergency: bool
    causes: tuple[str, ...]
    notices: tuple[str, ...]
    reasons: tuple[WhyView, ...]
    stages: tuple[StageView, ...]
    here: StageView | None
    exercises: tuple[TaskView, ...]
    habits: tuple[TaskView, ...]
    only_if: tuple[str, ...]
    avoid: tuple[AvoidView, ...]
    limits: tuple[tuple[Limit, str], ...]
    watch: tuple[WatchView, ...]
    hand_overs: tuple[HandOverView, ...]
    left_out: tuple[LeftOutView, ...]
    unlock: tuple[Unlock, ...]
    kit: tuple[ItemView, ...]
    review: date
    review_why: WhyView
    reopen: tuple[str, ...]
    way: str | None
    says: str

    @property
    def done(self) -> int:
        """Return how many of today's exercises are ticked off."""
        return sum(task.is_done for task in self.exercises)


def plan_view(
    knowledge: Knowledge, followed: FollowUp, done: frozenset[str] = frozenset(), kit: Iterable[str] | None = None
) -> PlanView:
    """Return what the plan page shows. `kit` is what is at hand, None for everything."""
    plan = followed.plan
    tasks = [(task, _task(knowledge, task, task.remedy in done)) for task in plan.today]
    stages = stage_views(knowledge, plan)
    have = None if kit is None else set(kit)
    return PlanView(
        day=plan.day,
        level=LEVEL_CLASS[plan.urgency],
        urgency_title=wording.urgency_title(knowledge, plan.urgency),
        urgency_text=wording.urgency_text(knowledge, plan.urgency, followed.assessment.case),
        is_self_care=plan.urgency is Urgency.SELF_CARE,
        is_seen_first=plan.urgency >= Urgency.URGENT_SAME_DAY,
        is_emergency=plan.urgency is Urgency.EMERGENCY,
        causes=tuple(knowledge.conditions[name].name for name in plan.causes),
        notices=plan.notices,
        reasons=why_views(knowledge, plan.reasons),
        stages=stages,
        here=next((stage for stage in stages if stage.place == "here"), None),
        exercises=tuple(view for task, view in tasks if knowledge.care.kind(task.kind).exercise),
        habits=tuple(view for task, view in tasks if not knowledge.care.kind(task.kind).exercise),
        only_if=plan.only_if,
        avoid=tuple(AvoidView(entry.title, entry.steps, why_views(knowledge, entry.why)) for entry in plan.avoid),
        limits=tuple((limit, wording.source_words(knowledge, limit.source)) for limit in plan.limits),
        watch=_watch(knowledge, followed),
        hand_overs=tuple(
            HandOverView(h.title, h.whom, h.until_seen, h.bring, h.ask, why_views(knowledge, h.why))
            for h in plan.hand_overs
        ),
        left_out=tuple(
            LeftOutView(
                entry.title,
                entry.text,
                # The words of a question that waits name its findings already.
                () if entry.cause == "answer_first" else tuple(_name(knowledge, name) for name in entry.because),
            )
            for entry in plan.left_out
            if entry.cause != "urgency"
        ),
        unlock=plan.unlock,
        kit=tuple(ItemView(name, words, have is None or name in have) for name, words in knowledge.care.items),
        review=plan.review,
        review_why=_why(knowledge, plan.review_why),
        reopen=tuple(reason.words for reason in followed.reopen),
        way=followed.way,
        says=followed.says,
    )


def stage_views(knowledge: Knowledge, plan: Plan) -> tuple[StageView, ...]:
    """Return the steps of a plan, none when someone has to be seen first."""
    return tuple(_stage(knowledge, stage, plan.stage) for stage in plan.stages)


def why_views(knowledge: Knowledge, reasons: Iterable[Why]) -> tuple[WhyView, ...]:
    """Return reasons in words with their sources."""
    return tuple(_why(knowledge, reason) for reason in reasons)


def _why(knowledge: Knowledge, reason: Why) -> WhyView:
    strength = knowledge.words[f"plan.strength_{reason.strength}"]
    return WhyView(reason.text, strength, wording.source_words(knowledge, reason.source))


def _task(knowledge: Knowledge, task: Task, is_done: bool) -> TaskView:
    hold = knowledge.remedies[task.remedy].dosed("hold_s")
    press = press_picture(knowledge, task.remedy)
    how_far = ""
    if task.stretch is not None:
        whole = task.stretch.fraction >= _WHOLE
        words = knowledge.words["plan.how_far_whole" if whole else "plan.how_far"]
        how_far = words.format(n=round(10 * task.stretch.fraction))
    return TaskView(
        remedy=task.remedy,
        title=task.title,
        picture=press or posture_picture(task.picture),
        caption=posture_words(task.picture),
        is_press=bool(press),
        steps=task.steps,
        how_far=how_far,
        dose=task.dose,
        times=task.times,
        hold_s=round(hold.value) if hold is not None else None,
        cautions=task.cautions,
        stop_rules=task.stop_rules,
        causes=tuple(knowledge.conditions[name].name for name in task.for_causes),
        why=why_views(knowledge, task.why),
        is_done=is_done,
    )


def _stage(knowledge: Knowledge, stage: StagePlan, here: str) -> StageView:
    at, now = STAGES.index(stage.stage), STAGES.index(here)
    return StageView(
        title=stage.title,
        about=stage.about,
        place="here" if at == now else "behind" if at < now else "ahead",
        remedies=tuple(knowledge.remedies[name].title for name in stage.remedies),
        on=tuple(gate.text for gate in stage.gates if gate.direction == "on"),
        back=tuple(gate.text for gate in stage.gates if gate.direction == "back"),
        see=tuple(gate.text for gate in stage.gates if gate.direction == "see_someone"),
    )


def _watch(knowledge: Knowledge, followed: FollowUp) -> tuple[WatchView, ...]:
    signs = followed.plan.see_someone_if
    levels = sorted({entry.level for entry in signs}, reverse=True)
    return tuple(
        WatchView(
            LEVEL_CLASS[level],
            wording.urgency_title(knowledge, level),
            tuple(entry.text for entry in signs if entry.level is level),
        )
        for level in levels
    )


def _name(knowledge: Knowledge, identity: str) -> str:
    if identity in knowledge.findings:
        return knowledge.findings[identity].name
    return knowledge.conditions[identity].name
