"""Reads what steers the program: urgency rules, pages, the ledger, settings, mechanics, words and the lexicon."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from deepsix.knowledge.facts import known_findings, source_of
from deepsix.knowledge.model import (
    FAMILIES,
    STATEMENT_IDS,
    STRENGTHS,
    URGENCY_IDS,
    Condition,
    Finding,
    Mechanics,
    Note,
    Page,
    Source,
    Statement,
    Urgency,
    UrgencyRule,
)
from deepsix.knowledge.problems import Problem, nearest
from deepsix.knowledge.reader import DataFile, Table


def read_rules(
    file: DataFile, findings: Mapping[str, Finding], sources: Mapping[str, Source]
) -> tuple[UrgencyRule, ...]:
    rules = []
    top = file.table()
    for table in top.tables("rule"):
        all_of, any_of = (known_findings(table, key, findings) for key in ("all_of", "any_of"))
        rules.append(
            UrgencyRule(
                id=table.text("id"),
                all_of=all_of,
                any_of=any_of,
                age_from=int(table.number("age_from", 0, 120, required=False, default=0)),
                age_to=int(table.number("age_to", 0, 120, required=False, default=120)),
                level=Urgency.of(table.choice("level", URGENCY_IDS)),
                reason=table.text("reason"),
                source=source_of(table, sources),
            )
        )
        table.close()
    top.close()
    return tuple(rules)


def read_pages(file: DataFile, findings: Mapping[str, Finding]) -> tuple[Page, ...]:
    pages = []
    top = file.table()
    for table in top.tables("page"):
        pages.append(
            Page(
                id=table.text("id"),
                ask=table.text("ask"),
                why=table.text("why"),
                choose_one=table.choice("choose", ("many", "one")) == "one",
                opening=int(table.number("opening", 0, 20, required=False)),
                sex=table.choice("sex", ("female", "male"), required=False),
                findings=known_findings(table, "findings", findings),
            )
        )
        table.close()
    top.close()
    asked = {finding for page in pages for finding in page.findings}
    for identity, finding in findings.items():
        if identity not in asked and finding.kind not in ("self_test", "exam"):
            file.note((), "page", f"No page asks about {identity!r}.", "Add it to one.")
    return tuple(pages)


def _known_sources(table: Table, key: str, sources: Mapping[str, Source]) -> tuple[str, ...]:
    names = table.texts(key)
    for name in names:
        if name not in sources:
            table.note(key, f"{name!r} is not in sources/.", nearest(name, sources))
    return names


def read_statements(file: DataFile, sources: Mapping[str, Source]) -> Mapping[str, Statement]:
    statements: dict[str, Statement] = {}
    top = file.table()
    for table in top.tables("statement"):
        identity = table.choice("id", STATEMENT_IDS)
        if identity in statements:
            table.note("id", f"{identity!r} is used twice.", "Keep one.")
        statements[identity] = Statement(
            id=identity,
            text=table.text("text"),
            carried_by=table.texts("carried_by"),
            supporting=_known_sources(table, "supporting", sources),
            opposing=_known_sources(table, "opposing", sources),
            comment=table.text("comment"),
        )
        table.close()
    top.close()
    return statements


def read_notes(
    file: DataFile, conditions: Mapping[str, Condition], sources: Mapping[str, Source]
) -> Mapping[str, Note]:
    notes: dict[str, Note] = {}
    top = file.table()
    for table in top.tables("note"):
        identity = table.text("id")
        if identity in notes:
            table.note("id", f"{identity!r} is used twice.", "Ids are never reused: choose another.")
        belongs_to = table.texts("conditions")
        for condition in belongs_to:
            if condition not in conditions:
                table.note("conditions", f"{condition!r} is not a condition.", nearest(condition, conditions))
        cited, strength = _known_sources(table, "sources", sources), table.choice("strength", STRENGTHS)
        if strength == STRENGTHS[-1] and not cited:
            table.note("sources", "is empty.", "Cite the research, or choose another strength.")
        notes[identity] = Note(
            id=identity,
            title=table.text("title"),
            text=table.text("text"),
            conditions=belongs_to,
            statements=table.texts("statements"),
            sources=cited,
            strength=strength,
        )
        table.close()
    top.close()
    return notes


class Steering(NamedTuple):
    settings: Mapping[str, float]
    group_weights: Mapping[str, float]
    profiles: Mapping[str, tuple[str, ...]]


def read_settings(file: DataFile, findings: Mapping[str, Finding]) -> Steering:
    settings: dict[str, float] = {}
    weights: dict[str, float] = {}
    profiles: dict[str, tuple[str, ...]] = {}
    groups = {finding.group for finding in findings.values()}
    top = file.table()
    for table in top.tables("setting"):
        settings[table.text("id")] = table.number("value", -1e9, 1e9)
        for key in ("unit", "reason"):
            table.text(key)
        _ = table.text("chosen_by")
        table.close()
    for table in top.tables("group"):
        group = table.text("id")
        weights[group] = table.number("exponent", 0.0, 1.0)
        table.text("reason")
        if group not in groups:
            table.note("id", f"{group!r} is not a group of findings.", nearest(group, groups))
        table.close()
    for table in top.tables("profile"):
        profiles[table.text("id")] = known_findings(table, "findings", findings)
        table.text("reason")
        table.close()
    top.close()
    return Steering(settings, weights, profiles)


def read_mechanics(file: DataFile, findings: Mapping[str, Finding]) -> Mechanics:
    top = file.table()
    tables = {name: top.sub(name) for name in ("acts", "press", "families")}
    top.close()
    texts = {name: {key: table.text(key) for key in table.content} for name, table in tables.items()}
    for name in ("acts", "press"):
        for finding in texts[name]:
            if finding not in findings:
                tables[name].note(finding, "is not a finding.", nearest(finding, findings))
    for family in texts["families"]:
        if family not in FAMILIES:
            tables["families"].note(family, "is not a family.", f"Choose one of: {', '.join(FAMILIES)}.")
    return Mechanics(texts["acts"], texts["press"], frozenset(texts["families"]))


def read_words(file: DataFile) -> Mapping[str, str]:
    words: dict[str, str] = {}
    for section, content in file.content.items():
        table = Table(file, content, (f"[{section}]",), section)
        for key in content:
            words[f"{section}.{key}"] = table.text(key)
    return words


def read_lexicon(
    files: Iterable[DataFile], findings: Mapping[str, Finding]
) -> tuple[Mapping[str, Mapping[str, object]], Mapping[str, tuple[str, ...]]]:
    lexicon: dict[str, Mapping[str, object]] = {}
    classes: dict[str, tuple[str, ...]] = {}
    for file in files:
        if file.stem.startswith("classes"):
            table = file.table()
            for name in file.content:
                if name in classes:
                    table.note(name, "is a word class named twice.", "Choose another name.")
                classes[name] = table.texts(name)
            continue
        for finding, content in file.content.items():
            if finding not in findings:
                file.note((f"[{finding}]",), finding, "is not a finding.", nearest(finding, findings))
            table = Table(file, content, (f"[{finding}]",), finding)
            lexicon[finding] = {
                "frame": table.choice("frame", ("place", "worse_with", "eased_by"), required=False),
                "frame_patterns": table.texts("frame_patterns", required=False),
                "patterns": table.texts("patterns", required=False),
                "examples": table.texts("examples"),
            }
            table.close()
    for finding in findings:
        if files and finding not in lexicon:
            problem = "has no lay words in lexicon/."
            file.problems.append(Problem("lexicon", 0, finding, problem, "Add patterns and examples."))
    return lexicon, classes
