"""Reads the whole knowledge base from its data files and checks it: `load_knowledge()`.

Reading is strict and complete: unknown keys, dangling ids, values out of range and intervals that miss their
value are all collected, and one `KnowledgeError` lists them with file, line, field and fix. Parsing TOML
takes longer than everything else a short command does, so what was read is kept in the user's cache folder,
keyed by a digest of the data; a file that changes is read anew.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Mapping
from pathlib import Path

from deepsix.knowledge import cache
from deepsix.knowledge.care import CareRules, Remedy
from deepsix.knowledge.facts import read_arrows, read_conditions, read_findings, read_sources
from deepsix.knowledge.ledger import check_ledger
from deepsix.knowledge.model import (
    CausalArrow,
    Condition,
    Finding,
    Knowledge,
    Mechanics,
    Note,
    Page,
    Source,
    Statement,
    UrgencyRule,
)
from deepsix.knowledge.pairs import read_pairs
from deepsix.knowledge.problems import Problem, nearest, raise_if_any
from deepsix.knowledge.reader import DataFile
from deepsix.knowledge.remedies import Known, read_care, read_remedies
from deepsix.knowledge.steering import (
    Steering,
    read_lexicon,
    read_mechanics,
    read_notes,
    read_pages,
    read_rules,
    read_settings,
    read_statements,
    read_words,
)

DATA_FOLDER = Path(__file__).parent / "data"


def load_knowledge(folder: Path = DATA_FOLDER, *, use_cache: bool = True) -> Knowledge:
    """Return the checked knowledge base.

    Args:
        folder: Where the data files are; the ones shipped with the package unless said.
        use_cache: Keep and use the parsed form in the user's cache folder.

    Raises:
        KnowledgeError: Listing every problem found, each with file, line, field and fix.
    """
    version = digest_of(folder)
    if use_cache and (kept := cache.read(version)) is not None:
        return kept
    knowledge, problems = read_knowledge(folder, version)
    raise_if_any(problems)
    if use_cache:
        cache.write(version, knowledge)
    return knowledge


def digest_of(folder: Path) -> str:
    """Return 12 hex digits that change whenever a data file does."""
    digest = hashlib.sha256()
    for path in sorted([*folder.rglob("*.toml"), *folder.rglob("*.csv")]):
        digest.update(path.relative_to(folder).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def read_knowledge(folder: Path, version: str = "") -> tuple[Knowledge, list[Problem]]:
    """Read all files under `folder` and return what they hold together with every problem found."""
    problems: list[Problem] = []

    def files(pattern: str) -> list[DataFile]:
        return [DataFile(path, folder, problems) for path in sorted(folder.glob(pattern))]

    sources = read_sources(files("sources/*.toml"))
    findings = read_findings(files("findings/*.toml"), sources)
    conditions = read_conditions(files("conditions/*.toml"), findings, sources)
    arrows: tuple[CausalArrow, ...] = ()
    rules: tuple[UrgencyRule, ...] = ()
    pages: tuple[Page, ...] = ()
    statements: Mapping[str, Statement] = {}
    notes: Mapping[str, Note] = {}
    steering = Steering({}, {}, {})
    words: Mapping[str, str] = {}
    mechanics = Mechanics({}, {}, frozenset())
    known = Known(findings, conditions, sources)
    care, remedies = CareRules(), dict[str, Remedy]()
    for file in files("*.toml"):
        match file.stem:
            case "arrows":
                arrows = read_arrows(file, conditions, findings, sources)
            case "urgency":
                rules = read_rules(file, findings, sources)
            case "questions":
                pages = read_pages(file, findings)
            case "statements":
                statements = read_statements(file, sources)
            case "notes":
                notes = read_notes(file, conditions, sources)
            case "settings":
                steering = read_settings(file, findings)
            case "mechanics":
                mechanics = read_mechanics(file, findings)
            case "plan":
                care, guards = read_care(file, known)
                remedies = dict(read_remedies(files("remedies/*.toml"), known, care, guards))
            case "words":
                words = read_words(file)
            case _:
                file.note((), "file", "is not a file we know.", "Put it in a folder or remove it.")
    lexicon, classes = read_lexicon(files("lexicon/*.toml"), findings)
    _check_evidence_tables(folder, sources, findings, conditions, problems)
    knowledge = Knowledge(
        version=version,
        sources=sources,
        findings=findings,
        conditions=conditions,
        arrows=arrows,
        rules=rules,
        pages=pages,
        statements=statements,
        notes=notes,
        pairs=read_pairs(folder, findings, conditions, problems),
        settings=steering.settings,
        group_weights=steering.group_weights,
        profiles=steering.profiles,
        words=words,
        mechanics=mechanics,
        lexicon=lexicon,
        word_classes=classes,
        remedies=remedies,
        care=care,
    )
    if (folder / "statements.toml").exists():
        problems += check_ledger(knowledge, folder)
    return knowledge, problems


def _check_evidence_tables(
    folder: Path,
    sources: Mapping[str, Source],
    findings: Mapping[str, Finding],
    conditions: Mapping[str, Condition],
    problems: list[Problem],
) -> None:
    for path in sorted(folder.glob("evidence/*.csv")):
        name = path.relative_to(folder).as_posix()
        with path.open(encoding="utf-8", newline="") as handle:
            reader = csv.DictReader(handle)
            for row in reader:
                checks = (
                    ("source", row.get("source"), sources),
                    ("finding_id", row.get("finding_id"), findings),
                    ("condition_id", row.get("condition_id"), conditions),
                )
                for field, value, known in checks:
                    if value is not None and value not in known and not (field != "source" and value == ""):
                        message = f"{value!r} is not known."
                        problems.append(Problem(name, reader.line_num, field, message, nearest(value, known)))
