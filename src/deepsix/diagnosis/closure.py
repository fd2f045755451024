"""What answers logically carry with them: implied and excluded findings, and contradictions.

"Deep in the middle of the buttock: yes" makes "pain in the buttock" a yes and nothing else is asked about it;
"more than 3 months: yes" makes "less than 1 week" a no. Answers that cannot both hold are not guessed at: both
count as unsure, and a notice says so. Only a sign of danger stays a yes, since doubt must not lower the urgency.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from deepsix.case import Answer, Case, Origin, State
from deepsix.errors import CaseError, did_you_mean
from deepsix.knowledge.model import Knowledge


@dataclass(frozen=True, slots=True)
class Closed:
    """A case with everything its answers imply, the case as it was told, and a notice for each contradiction."""

    case: Case
    told: Case
    notices: tuple[str, ...]


def close(knowledge: Knowledge, case: Case) -> Closed:
    """Return the case with implied answers added.

    Raises:
        CaseError: An answer names a finding that the knowledge base does not have.
    """
    _refuse_unknown(knowledge, case)
    findings = knowledge.findings
    states = {a.finding: a.state for a in case.answers.values()}
    said_yes = [name for name, state in states.items() if state is State.YES]
    notices: list[str] = []

    for name in said_yes:
        for other in findings[name].excludes:
            if states.get(other) is State.YES and findings[other].group == findings[name].group:
                doubted = [f for f in (name, other) if findings[f].danger is None]
                if not doubted:
                    continue
                notices.append(_contradiction(knowledge, name, other, doubted))
                states.update(dict.fromkeys(doubted, State.UNSURE))

    derived: dict[str, State] = {}
    pending = [name for name, state in states.items() if state is State.YES]
    while pending:
        name = pending.pop()
        for other in findings[name].implies:
            if states.get(other) is State.NO:
                notices.append(
                    f"You said yes to “{findings[name].name}” but no to “{findings[other].name}”. "
                    "The first includes the second, so we counted both as yes."
                )
                states[other] = State.YES
            if other not in states and derived.get(other) is not State.YES:
                derived[other] = State.YES
                pending.append(other)
    yes = [n for n, s in (*states.items(), *derived.items()) if s is State.YES]
    for name in yes:
        for other in findings[name].excludes:
            if other not in states and other not in derived:
                derived[other] = State.NO
    for name, finding in findings.items():
        if (
            name not in states
            and name not in derived
            and any((states.get(other) or derived.get(other)) is State.NO for other in finding.implies)
        ):
            derived[name] = State.NO
    changed = [replace(case.answers[name], state=state) for name, state in states.items()]
    added = [Answer(n, s, Origin.GIVEN) for n, s in derived.items()]
    return Closed(case.with_answers(*changed, *added), case, tuple(sorted(set(notices))))


def _contradiction(knowledge: Knowledge, name: str, other: str, doubted: list[str]) -> str:
    both = sorted((knowledge.findings[name].name, knowledge.findings[other].name))
    left_out = "both" if len(doubted) == 2 else f"“{knowledge.findings[doubted[0]].name}”"
    return (
        f"You said yes to both “{both[0]}” and “{both[1]}”. They cannot both be so, "
        f"so we left {left_out} out. Change one of them to put it right."
    )


def _refuse_unknown(knowledge: Knowledge, case: Case) -> None:
    unknown = sorted(name for name in case.answers if name not in knowledge.findings)
    if not unknown:
        return
    lines = [f"There is no finding {name!r}. {did_you_mean(name, knowledge.findings)}" for name in unknown]
    raise CaseError("\n".join(lines))
