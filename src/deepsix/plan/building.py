"""`build_plan`: from an assessment, the kit at hand and the day to a plan. The order of the steps, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time

from deepsix.diagnosis.assessment import Assessment
from deepsix.diagnosis.urgency import unasked_dangers
from deepsix.intake.training.sessions import Session
from deepsix.knowledge.care import STAGES
from deepsix.knowledge.model import ESTIMATE, Knowledge, Urgency
from deepsix.plan.agreeing import agreed_steps
from deepsix.plan.choosing import Choice, choose, for_today
from deepsix.plan.dosing import dose_times, dose_words
from deepsix.plan.expecting import expectation, review_day
from deepsix.plan.handover import avoid_now, avoided, backing, hand_overs
from deepsix.plan.limits import LogLimits, log_limits
from deepsix.plan.plan import Plan, SeeSomeoneIf, StagePlan, Task, Why
from deepsix.plan.situation import Situation, situation_of
from deepsix.plan.unlocking import unlocks


def build_plan(
    knowledge: Knowledge,
    assessment: Assessment,
    kit: Iterable[str] | None = None,
    day: date | None = None,
    stage: str | None = None,
    begun: date | None = None,
    training: Sequence[Session] = (),
) -> Plan:
    """Return the plan for an assessed case. The same input gives the same plan.

    Args:
        knowledge: From `load_knowledge()`.
        assessment: From `assess()`.
        kit: Ids of `items` in `knowledge.care` that the person has; everything unless said.
        day: The first day of the plan; 1 January 1970 unless said, since a core function asks no clock.
        stage: Where the person is by now (see `next_stage`); where the answers say they should begin unless said.
        begun: When care began, from which the day of review is counted; `day` unless said.
        training: The training log, which limits how far to run.

    Raises:
        KeyError: No such stage.
    """
    situation = situation_of(knowledge, assessment)
    day = day or date(1970, 1, 1)
    have = frozenset(dict(knowledge.care.items) if kit is None else kit)
    seen_first = situation.urgency >= Urgency.URGENT_SAME_DAY
    stage = stage or start_stage(situation)
    if stage not in STAGES:
        raise KeyError(stage)
    avoid = avoided(situation)
    chosen = choose(situation, have, avoid)
    today = [] if seen_first else for_today(situation, chosen.allowed, stage)
    expected = expectation(situation)
    left_out = [entry.remedy for entry in chosen.left_out]
    avoid_today = avoid_now(situation, avoid, STAGES[0] if seen_first else stage)
    helpers = hand_overs(situation)
    steps = agreed_steps(
        knowledge.remedies[name]
        for name in (*(c.remedy.id for c in today), *(a.remedy for a in avoid_today), *(h.remedy for h in helpers))
    )
    today = [choice for choice in today if steps[choice.remedy.id]]
    avoid_today = tuple(replace(a, steps=steps[a.remedy]) for a in avoid_today if steps[a.remedy])
    limited = _limited(situation, chosen.allowed, today, [entry.remedy for entry in avoid_today], training, day)
    exercises = any(knowledge.care.kind(choice.remedy.kind).exercise for choice in today)
    return Plan(
        day=day,
        knowledge_version=assessment.knowledge_version,
        urgency=situation.urgency,
        causes=situation.likely,
        notices=_notices(situation),
        stage="" if seen_first else stage,
        stages=() if seen_first else _stages(situation, chosen.allowed),
        today=tuple(_task(situation, choice, steps[choice.remedy.id]) for choice in today),
        avoid=avoid_today,
        see_someone_if=_see_someone_if(situation),
        hand_overs=tuple(replace(helper, until_seen=steps[helper.remedy]) for helper in helpers),
        left_out=chosen.left_out,
        unlock=unlocks(situation, assessment.setting, have, left_out),
        limits=limited.limits,
        only_if=tuple(unasked_dangers(knowledge, assessment.case)) if exercises else (),
        reasons=(*_reasons(situation, assessment, stage, seen_first), *limited.reasons),
        review=review_day(expected, begun or day, day),
        review_why=expected.why,
    )


def start_stage(situation: Situation) -> str:
    """Return the stage to begin in: the first unless the answers meet a rule."""
    for start in situation.knowledge.care.starts:
        if all(situation.is_there(f) for f in start.all_of) and not situation.there(start.none_of):
            return start.stage
    return STAGES[0]


def _limited(
    situation: Situation,
    allowed: tuple[Choice, ...],
    today: list[Choice],
    avoid: list[str],
    training: Sequence[Session],
    day: date,
) -> LogLimits:
    """Return what the training log limits, when anything to do or to leave alone is on foot."""
    remedies = situation.knowledge.remedies
    if not any(remedies[name].on_foot for name in (*(choice.remedy.id for choice in allowed), *avoid)):
        return LogLimits()
    may_run = any(choice.remedy.kind == "load" for choice in today)
    # The whole day counts, wherever it is: a run of today is in the log.
    return log_limits(situation.knowledge, training, datetime.combine(day, time.max, UTC), may_run)


def _notices(situation: Situation) -> tuple[str, ...]:
    return tuple(
        notice.text
        for notice in situation.knowledge.care.notices
        if situation.age_within(notice.age_from, notice.age_to)
        and (not notice.findings or situation.there(notice.findings))
    )


def _see_someone_if(situation: Situation) -> tuple[SeeSomeoneIf, ...]:
    found = [
        SeeSomeoneIf(watch.level, watch.text, watch.source)
        for watch in situation.knowledge.care.watch
        if situation.age_within(watch.age_from, watch.age_to)
        and (not watch.conditions or any(name in watch.conditions for name in situation.likely))
    ]
    return tuple(sorted(found, key=lambda entry: -entry.level))


def _stages(situation: Situation, allowed: tuple[Choice, ...]) -> tuple[StagePlan, ...]:
    return tuple(
        StagePlan(
            stage=stage.id,
            title=stage.title,
            about=stage.about,
            days=stage.days,
            remedies=tuple(choice.remedy.id for choice in allowed if choice.stage == stage.id),
            gates=stage.gates,
        )
        for stage in situation.knowledge.care.stages
    )


def _task(situation: Situation, choice: Choice, steps: tuple[str, ...]) -> Task:
    remedy, knowledge = choice.remedy, situation.knowledge
    cautions = tuple(c.text for c in remedy.caution_with if not c.ask_first and situation.is_there(c.finding))
    days = remedy.dosed("days")
    stage = next(entry for entry in knowledge.care.stages if entry.id == remedy.stage)
    return Task(
        remedy=remedy.id,
        title=remedy.title,
        kind=remedy.kind,
        steps=steps,
        dose=dose_words(knowledge, remedy),
        times=dose_times(knowledge, remedy),
        days=int(days.value) if days is not None else stage.days,
        picture=remedy.picture,
        stretch=choice.stretch,
        cautions=cautions,
        stop_rules=remedy.stop_rules,
        for_causes=choice.causes,
        why=backing(remedy),
    )


def _reasons(situation: Situation, assessment: Assessment, stage: str, seen_first: bool) -> tuple[Why, ...]:
    advice = assessment.urgency
    reasons = [Why(reason.text, reason.source) for reason in advice.reasons if reason.level == advice.level]
    if not seen_first:
        for start in situation.knowledge.care.starts:
            if start.stage == stage and all(situation.is_there(finding) for finding in start.all_of):
                reasons.append(Why(start.reason, ESTIMATE))
                break
    return tuple(reasons)
