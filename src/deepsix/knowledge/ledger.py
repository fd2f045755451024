"""Checks the ledger: every founding statement is carried by something that exists, and both sides say so.

A statement names what carries it ("condition:hip_osteoarthritis"); conditions, arrows and notes name the
statements they carry. The two lists are written by different hands, so each disagreement is a problem.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from deepsix.knowledge.model import STATEMENT_IDS, Knowledge
from deepsix.knowledge.problems import Problem, line_of, nearest

LEDGER_FILE = "statements.toml"


def references(knowledge: Knowledge) -> Mapping[str, frozenset[str]]:
    """Return every reference a statement may be carried by, under its kind."""
    return {
        "condition": frozenset(knowledge.conditions),
        "finding": frozenset(knowledge.findings),
        "rule": frozenset(rule.id for rule in knowledge.rules),
        "arrow": frozenset(arrow.effect for arrow in knowledge.arrows),
        "risk": frozenset(
            f"{condition.id}/{risk.finding}" for condition in knowledge.conditions.values() for risk in condition.risks
        ),
        "note": frozenset(knowledge.notes),
        "remedy": frozenset(knowledge.remedies),
    }


def check_ledger(knowledge: Knowledge, folder: Path) -> list[Problem]:
    """Return a problem for each statement that is lost, reference that dangles and list that disagrees."""
    return [*_check_statements(knowledge, folder), *_check_carriers(knowledge, folder)]


def _check_statements(knowledge: Knowledge, folder: Path) -> Iterable[Problem]:
    text = (folder / LEDGER_FILE).read_text(encoding="utf-8")
    known = references(knowledge)
    listed = {(kind, name): statements for kind, name, _, statements in _carriers(knowledge)}
    for identity in STATEMENT_IDS:
        if identity not in knowledge.statements:
            fix = f'Add a [[statement]] with id = "{identity}".'
            yield Problem(LEDGER_FILE, 0, f"statement {identity}", "is not in the ledger.", fix)
    for identity, statement in knowledge.statements.items():
        line, field = line_of(text, f'"{identity}"', "carried_by"), f"statement {identity}.carried_by"
        if not statement.carried_by:
            fix = "Name at least one entry."
            yield Problem(LEDGER_FILE, line, field, "is empty: the statement is lost.", fix)
        for reference in statement.carried_by:
            kind, _, name = reference.partition(":")
            if kind not in known:
                message = f"{reference!r} has no known kind."
                fix = f"Begin it with one of {', '.join(f'{kind}:' for kind in known)}."
            elif name not in known[kind]:
                message, fix = f"{reference!r} is not there.", nearest(name, known[kind])
            elif identity not in listed.get((kind, name), (identity,)):
                message = f"{reference!r} does not list {identity}."
                fix = f'Add "{identity}" to the statements of {name}, or remove it here.'
            else:
                continue
            yield Problem(LEDGER_FILE, line, field, message, fix)


def _check_carriers(knowledge: Knowledge, folder: Path) -> Iterable[Problem]:
    for kind, name, file, named in _carriers(knowledge):
        for identity in named:
            statement = knowledge.statements.get(identity)
            if identity not in STATEMENT_IDS:
                message = f"{identity!r} is not a statement."
                fix = "They run from A1 to A22 and from B1 to B29."
            elif statement is not None and f"{kind}:{name}" not in statement.carried_by:
                message = f"lists {identity}, which does not say so."
                fix = f'Add "{kind}:{name}" to carried_by of {identity} in {LEDGER_FILE}, or remove it here.'
            else:
                continue
            line = line_of((folder / file).read_text(encoding="utf-8"), f'"{name}"', "statements")
            yield Problem(file, line, f"{name}.statements", message, fix)


def _carriers(knowledge: Knowledge) -> Iterable[tuple[str, str, str, tuple[str, ...]]]:
    """Yield kind, id, file and statements of everything that names the statements it carries."""
    for condition in knowledge.conditions.values():
        yield "condition", condition.id, f"conditions/{condition.id}.toml", condition.statements
    for arrow in knowledge.arrows:
        yield "arrow", arrow.effect, "arrows.toml", arrow.statements
    for note in knowledge.notes.values():
        yield "note", note.id, "notes.toml", note.statements
    for remedy in knowledge.remedies.values():
        yield "remedy", remedy.id, f"remedies/{remedy.id}.toml", remedy.statements
