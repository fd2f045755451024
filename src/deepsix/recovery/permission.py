"""May this be done at all? What the plan's rules say against an activity, before anyone simulates it.

The simulation knows muscles and nothing of bones, clots or nerves, so it must not be asked what a run would do to
somebody who must not run. The rules are those of the plan: an activity is guarded by the remedy that stands for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from deepsix.diagnosis.assessment import Assessment
from deepsix.knowledge.care import STAGES, Remedy
from deepsix.knowledge.model import Knowledge
from deepsix.plan.barring import applies, barriers
from deepsix.plan.handover import avoided
from deepsix.plan.situation import Situation, situation_of
from deepsix.recovery.loads import activity
from deepsix.recovery.schedule import Schedule
from deepsix.recovery.tables import read_table


@dataclass(frozen=True, slots=True)
class Permission:
    """What stands against an activity, in words for the person; nothing where both are empty.

    Attributes:
        refused: Why it must not be done: a danger is there, possible, or somebody has to look first.
        first: What has to be settled before, such as questions nobody has answered.
    """

    refused: tuple[str, ...] = ()
    first: tuple[str, ...] = ()

    @property
    def is_refused(self) -> bool:
        """Return whether it must not be done."""
        return bool(self.refused)


def permission(knowledge: Knowledge, assessment: Assessment | None, activity_name: str) -> Permission:
    """Return what stands against an activity for an assessed person; None when nothing has been assessed yet.

    Raises:
        ScheduleError: No such activity.
    """
    guard = guard_of(activity_name)
    if guard is None:
        return Permission()
    remedy = knowledge.remedies[guard]
    if assessment is None:
        return Permission(first=tuple(_unknown(knowledge, remedy)))
    situation = situation_of(knowledge, assessment)
    refused = tuple(dict.fromkeys(_dangers(situation, remedy)))
    others = (entry.text for entry in barriers(situation, remedy, frozenset(dict(knowledge.care.items))))
    held = (hold.title for hold in _holding(situation, remedy) if hold.until != STAGES[-1])
    return Permission(refused, tuple(text for text in dict.fromkeys((*others, *held)) if text not in refused))


def guard_of(activity_name: str) -> str | None:
    """Return the remedy whose rules an activity falls under; None for what everybody does, such as sitting."""
    row = activity(activity_name)
    guard = row.get("guarded_by", row.get("dose_of"))
    return str(guard) if guard is not None else None


def forbidden(knowledge: Knowledge, assessment: Assessment | None, schedule: Schedule) -> dict[str, Permission]:
    """Return what stands against each activity of a schedule; those that nothing stands against are left out."""
    names = dict.fromkeys(name for hour in schedule.hours for name, _ in hour)
    found = {name: permission(knowledge, assessment, name) for name in names}
    return {name: answer for name, answer in found.items() if answer.refused or answer.first}


def _dangers(situation: Situation, remedy: Remedy) -> Iterator[str]:
    if situation.urgency > remedy.up_to:
        yield situation.knowledge.words["plan.not_before_seen"]
    for bar in situation.knowledge.care.kind(remedy.kind).bars:
        if applies(situation, bar):
            yield bar.reason
    yield from (hold.title + "." for hold in _holding(situation, remedy) if hold.until == STAGES[-1])


def _holding(situation: Situation, remedy: Remedy) -> Iterator[Remedy]:
    """Yield what is to be left alone and keeps remedies of this kind waiting."""
    return (left for left in avoided(situation) if remedy.kind in left.holds)


def _unknown(knowledge: Knowledge, remedy: Remedy) -> Iterator[str]:
    if remedy.must_be_no:
        names = "; ".join(knowledge.findings[name].name for name in remedy.must_be_no)
        yield str(read_table("words.toml")["permission"]["not_assessed"]).format(findings=names)
