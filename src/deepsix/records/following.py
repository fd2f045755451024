"""The follow-up of a saved assessment: read what is kept, ask `follow_up` once, and keep what became of it.

    with open_records() as records:
        here = follow_saved(records, knowledge, day=today)             # today's plan, nothing kept
        told = check_in(records, knowledge, checkin, versions, today)  # one check-in, all it changes kept at once
        told.followed.says, told.followed.plan, told.kept

Every shell goes through here, so that the terminal and the pages move a plan alike.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from deepsix.case import Answer, Case, Origin, State
from deepsix.diagnosis.assessment import Assessment
from deepsix.diagnosis.engine import Weighed, assess, weigh
from deepsix.followup.checkin import CheckIn
from deepsix.followup.following import FollowUp, Standing, follow_up, standing_after
from deepsix.followup.keeping import PLAN_SHAPE, kit_of, plan_content, standing_of
from deepsix.knowledge.model import Knowledge
from deepsix.records.errors import NoSuchRecordError
from deepsix.records.outcome import outcome_of
from deepsix.records.store import Records
from deepsix.records.values import Kept, NewAssessment, NewPlan, SavedAssessment


@dataclass(frozen=True, slots=True)
class SavedFollowUp:
    """A saved assessment and where its follow-up stands; `kit` is what its plan is made for, None for everything."""

    saved: SavedAssessment
    followed: FollowUp
    kit: Sequence[str] | None


@dataclass(frozen=True, slots=True)
class CheckedIn:
    """What one check-in brought about.

    Attributes:
        followed: None when no assessment is saved, so that there is no plan to move.
        again: The new assessment when there is a sign of danger; it is kept when it adds to a saved one.
        kept: The numbers under which everything was kept.
    """

    saved: SavedAssessment | None
    followed: FollowUp | None
    again: Weighed | None
    kept: Kept


def follow_saved(
    records: Records,
    knowledge: Knowledge,
    number: int | None = None,
    new: Sequence[CheckIn] = (),
    kit: Sequence[str] | None = None,
    standing: Standing | None = None,
    day: date | None = None,
) -> SavedFollowUp:
    """Return where the follow-up of a saved assessment stands; nothing is kept.

    Args:
        number: Of the assessment; the one saved last unless said.
        new: Check-ins that are not kept yet.
        kit: What the person has; what the last plan was made for unless said.
        standing: Where the person is; where the last plan and the check-ins since left them unless said. The first
            plan of a new assessment goes by `standing_after`.
        day: First day of the plan, the local one.

    Raises:
        NoSuchRecordError: There is no such assessment, or none at all.
    """
    saved = records.latest_assessment() if number is None else records.assessment(number)
    if saved is None:
        raise NoSuchRecordError(
            "No assessment is saved yet. `deepsix assess --save` or `deepsix plan --save` keeps one."
        )
    content = _kept(records, saved)
    if kit is None and content is not None:
        kit = kit_of(content)
    checkins = [*(entry.checkin for entry in records.checkins(saved.id)), *new]
    assessment = assess(knowledge, known_case(records, knowledge, saved), saved.setting)
    if standing is None:
        standing = _brought_along(records, knowledge, saved, assessment)
    followed = follow_up(
        knowledge, assessment, saved.made_at, checkins, standing, kit=kit, training=records.sessions(), day=day
    )
    return SavedFollowUp(saved, followed, kit)


def _kept(records: Records, saved: SavedAssessment) -> Mapping[str, Any] | None:
    """Return the newest plan that was kept with an assessment, None when there is none."""
    plans = [plan for plan in records.plans(saved.id) if plan.version == PLAN_SHAPE]
    return plans[-1].content if plans else None


def _brought_along(
    records: Records, knowledge: Knowledge, saved: SavedAssessment, assessment: Assessment
) -> Standing | None:
    """Return where someone is whose assessment adds to or corrects others, None when none of them had a plan.

    Each of them counts, also one without a plan of its own: a danger in between is not forgotten.
    """
    content = _kept(records, saved)
    if content is not None:
        return standing_of(content)
    follows = records.case(saved.case_id).follows
    earlier = next((entry for entry in reversed(records.assessments()) if entry.case_id == follows), None)
    if earlier is None:
        return None
    first = assess(knowledge, known_case(records, knowledge, earlier), earlier.setting)
    before = _brought_along(records, knowledge, earlier, first)
    return standing_after(knowledge, before, first, assessment, saved.made_at) if before is not None else None


def check_in(
    records: Records, knowledge: Knowledge, checkin: CheckIn, program_version: str, day: date | None = None
) -> CheckedIn:
    """Keep a check-in of the assessment saved last, with all that it changes, in one transaction.

    What may be kept beside it: a plan with its reasons when the stage changed, why the assessment is re-opened, and a
    new assessment when the check-in tells of a sign of danger that was not known.
    """
    saved = records.latest_assessment()
    if saved is None:
        again = weigh(knowledge, _with_signs(Case(), checkin.danger_signs)) if checkin.danger_signs else None
        return CheckedIn(None, None, again, records.save_follow_up(checkin))
    here = follow_saved(records, knowledge, saved.id, [checkin], day=day)
    followed = here.followed
    plan = NewPlan(PLAN_SHAPE, plan_content(knowledge, followed, here.kit)) if followed.has_moved else None
    case = known_case(records, knowledge, saved)
    new = [sign for sign in checkin.danger_signs if case.state(sign) is not State.YES]
    again = weigh(knowledge, _with_signs(case, new), saved.setting) if checkin.danger_signs else None
    fresh = new_assessment(knowledge, again, program_version, saved.case_id) if again is not None and new else None
    kept = records.save_follow_up(checkin, saved.id, [reason.kind for reason in followed.reopen], plan, fresh)
    return CheckedIn(saved, followed, again, kept)


def new_assessment(
    knowledge: Knowledge, weighed: Weighed, program_version: str, follows: int | None = None
) -> NewAssessment:
    """Return a weighed case ready to be kept."""
    return NewAssessment(
        case=weighed.closed.told,
        outcome=outcome_of(knowledge, weighed),
        knowledge_version=knowledge.version,
        program_version=program_version,
        setting=weighed.evidence.network.setting,
        follows=follows,
    )


def known_case(records: Records, knowledge: Knowledge, saved: SavedAssessment) -> Case:
    """Return the case of a saved assessment without findings that the knowledge base no longer has."""
    case = records.case(saved.case_id).case
    return case.without(*(finding for finding in case.answers if finding not in knowledge.findings))


def _with_signs(case: Case, signs: Sequence[str]) -> Case:
    return case.with_answers(*(Answer(sign, State.YES, Origin.ASKED) for sign in signs))
