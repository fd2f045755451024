"""What the stop page says: what to tell whoever takes the call, and where each reason was told, to be put right."""

from __future__ import annotations

from dataclasses import dataclass

from deepsix.case import Case, Origin, State
from deepsix.diagnosis.urgency import spoken_reasons
from deepsix.knowledge.model import Knowledge, Urgency
from deepsix.web.presenting.asking_data import asking
from deepsix.web.visit import Visit


@dataclass(frozen=True, slots=True)
class Told:
    """Something that was told, and the page and field where it was."""

    name: str
    where: str


@dataclass(frozen=True, slots=True)
class StopView:
    """The reasons to get help, the answers they rest on, and lines to read out."""

    reasons: tuple[str, ...]
    told: tuple[Told, ...]
    signs: tuple[str, ...]
    also: tuple[str, ...]


def stop_view(knowledge: Knowledge, visit: Visit, closed: Case) -> StopView:
    """Return what the stop page shows for a visit whose closed case is an emergency."""
    reasons = [reason for reason in spoken_reasons(knowledge, closed) if reason.level is Urgency.EMERGENCY]
    signs = dict.fromkeys(name for reason in reasons for name in reason.findings)
    told = dict.fromkeys(root for name in signs for root in _told_as(knowledge, visit.case, name))
    also = [line for name, line in asking()["call"]["also"].items() if visit.case.state(name) is State.YES]
    return StopView(
        tuple(dict.fromkeys(reason.text for reason in reasons)),
        tuple(Told(_capital(knowledge.findings[name].name), _place_of(visit, name)) for name in told),
        tuple(knowledge.findings[name].name for name in signs),
        tuple(also),
    )


def _told_as(knowledge: Knowledge, case: Case, finding: str) -> list[str]:
    """Return the answers a finding rests on: itself when it was told, else the answers that imply it."""
    if case.state(finding) is State.YES:
        return [finding]
    return [
        name
        for name, answer in case.answers.items()
        if answer.state is State.YES and _implies(knowledge, name, finding)
    ]


def _implies(knowledge: Knowledge, name: str, finding: str) -> bool:
    open_, seen = [name], set[str]()
    while open_:
        now = open_.pop()
        seen.add(now)
        if finding in knowledge.findings[now].implies:
            return True
        open_ += [other for other in knowledge.findings[now].implies if other not in seen]
    return False


def _place_of(visit: Visit, finding: str) -> str:
    """Return the page where a finding was told, with its field."""
    answer = visit.case.answers[finding]
    if answer.origin is Origin.STORY:
        return f"/understood#{finding}"
    if answer.origin is Origin.CHART:
        return "/where"
    for entry in visit.asked:
        if finding in entry.findings:
            return f"/questions/{entry.id}"
    return "/danger"


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]
