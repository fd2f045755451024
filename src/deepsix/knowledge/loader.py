"""Reads the whole knowledge base from its data files and checks it: `load_knowledge()`.

Reading is strict and complete: unknown keys, dangling ids, values out of range and intervals that miss their
value are all collected, and one `KnowledgeError` lists them with file, line, field and fix. Parsing TOML
takes longer than everything else a short command does, so what was read is kept in the user's cache folder,
keyed by a digest of the data; a file that changes is read anew.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from deepsix.knowledge import cache
from deepsix.knowledge.care import CareRules, Remedy
from deepsix.knowledge.ledger import check_ledger
from deepsix.knowledge.model import (
    AGE_BANDS,
    ESTIMATE,
    FAMILIES,
    KINDS,
    STATEMENT_IDS,
    STRENGTHS,
    URGENCY_IDS,
    CausalArrow,
    Condition,
    Disagreement,
    Finding,
    Knowledge,
    Link,
    Mechanics,
    Note,
    Page,
    Prior,
    Risk,
    Source,
    Statement,
    Urgency,
    UrgencyRule,
)
from deepsix.knowledge.pairs import read_pairs
from deepsix.knowledge.problems import Problem, nearest, raise_if_any
from deepsix.knowledge.reader import DataFile, Table
from deepsix.knowledge.remedies import Known, read_care, read_remedies

DATA_FOLDER = Path(__file__).parent / "data"
_LARGEST_RATIO = 100_000.0
_SOURCE_PLACES = ("doi", "pmid", "pmc", "url", "ref")


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

    sources = _read_sources(files("sources/*.toml"))
    findings = _read_findings(files("findings/*.toml"), sources)
    conditions = _read_conditions(files("conditions/*.toml"), findings, sources)
    arrows: tuple[CausalArrow, ...] = ()
    rules: tuple[UrgencyRule, ...] = ()
    pages: tuple[Page, ...] = ()
    statements: Mapping[str, Statement] = {}
    notes: Mapping[str, Note] = {}
    steering = _Steering({}, {}, {})
    words: Mapping[str, str] = {}
    mechanics = Mechanics({}, {}, frozenset())
    known = Known(findings, conditions, sources)
    care, remedies = CareRules(), dict[str, Remedy]()
    for file in files("*.toml"):
        match file.stem:
            case "arrows":
                arrows = _read_arrows(file, conditions, findings, sources)
            case "urgency":
                rules = _read_rules(file, findings, sources)
            case "questions":
                pages = _read_pages(file, findings)
            case "statements":
                statements = _read_statements(file, sources)
            case "notes":
                notes = _read_notes(file, conditions, sources)
            case "settings":
                steering = _read_settings(file, findings)
            case "mechanics":
                mechanics = _read_mechanics(file, findings)
            case "plan":
                care, guards = read_care(file, known)
                remedies = dict(read_remedies(files("remedies/*.toml"), known, care, guards))
            case "words":
                words = _read_words(file)
            case _:
                file.note((), "file", "is not a file we know.", "Put it in a folder or remove it.")
    lexicon, classes = _read_lexicon(files("lexicon/*.toml"), findings)
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


def _read_sources(files: Iterable[DataFile]) -> Mapping[str, Source]:
    sources: dict[str, Source] = {}
    for file in files:
        for key, content in file.content.items():
            table = Table(file, content, (f"[{key}]",), key)
            cite = table.text("cite")
            places = [f"{place}:{table.text(place)}" for place in _SOURCE_PLACES if table.has(place)]
            read = table.text("read", required=False)
            table.text("note", required=False)
            table.close()
            if key in sources:
                file.note((f"[{key}]",), key, "is a source named twice.", "Keep one of them.")
            if key == ESTIMATE:
                file.note((f"[{key}]",), key, "is a reserved word.", "Use another key.")
            sources[key] = Source(key, cite, "; ".join(places), read)
    return sources


def _source(table: Table, sources: Mapping[str, Source], key: str = "source") -> str:
    value = table.text(key)
    if value and value != ESTIMATE and value not in sources:
        table.note(key, f"{value!r} is not in sources/.", "Add the work there, or write estimate and why.")
    return value


def _read_findings(files: Iterable[DataFile], sources: Mapping[str, Source]) -> Mapping[str, Finding]:
    findings: dict[str, Finding] = {}
    tables: dict[str, Table] = {}
    for file in files:
        for table in file.tables("finding"):
            identity, kind = table.text("id"), table.choice("kind", KINDS)
            is_self_test = kind == "self_test"
            danger = table.choice("danger", URGENCY_IDS[1:], required=False)
            if identity in findings:
                table.note("id", f"{identity!r} is used twice.", "Ids are never reused: choose another.")
            background = table.triple("background")
            if not 0 < background.value < 1:
                table.note("background", "is 0 or 1.", "Nothing is impossible or certain: move it inside.")
            findings[identity] = Finding(
                id=identity,
                kind=kind,
                group=table.text("group"),
                name=table.text("name"),
                question=table.text("question"),
                why=table.text("why", required=kind != "exam"),
                help=table.text("help", required=False),
                background=background,
                background_reason=table.text("background_reason"),
                danger=Urgency.of(danger) if danger else None,
                implies=table.texts("implies", required=False),
                excludes=table.texts("excludes", required=False),
                steps=table.texts("steps", required=is_self_test),
                stop=table.text("stop", required=is_self_test),
                self_done=table.text("self_done", required=is_self_test),
                self_done_source=_source(table, sources, "self_done_source") if is_self_test else "",
                method=table.text("method", required=kind == "exam"),
                file=file.stem,
            )
            tables[identity] = table
            table.close()
    for identity, finding in findings.items():
        for key, others in (("implies", finding.implies), ("excludes", finding.excludes)):
            for other in others:
                if other not in findings:
                    tables[identity].note(key, f"{other!r} is not a finding.", nearest(other, findings))
                if other in finding.implies and other in finding.excludes:
                    tables[identity].note(key, f"{other!r} is both implied and excluded.", "Keep one.")
    return findings


def _read_conditions(
    files: Iterable[DataFile], findings: Mapping[str, Finding], sources: Mapping[str, Source]
) -> Mapping[str, Condition]:
    conditions: dict[str, Condition] = {}
    for file in files:
        if not file.content:
            if not file.text.strip():
                file.note((), "file", "is empty.", "Fill it or remove it.")
            continue
        table = file.table()
        identity = table.text("id")
        if identity != file.stem:
            table.note("id", f"is {identity!r}.", f"It has to be the file's name, {file.stem!r}.")
        conditions[identity] = Condition(
            id=identity,
            name=table.text("name"),
            clinical_name=table.text("clinical_name"),
            synonyms=table.texts("synonyms"),
            icd10cm=table.text("icd10cm"),
            family=table.choice("family", FAMILIES),
            urgency=Urgency.of(table.choice("urgency", URGENCY_IDS)),
            statements=table.texts("statements"),
            summary=table.text("summary"),
            prior=_read_prior(table, sources),
            risks=tuple(_read_risks(table, findings, sources)),
            links=tuple(_read_links(table, findings, sources)),
            disagreements=tuple(_read_disagreements(table, sources)),
        )
        table.close()
    return conditions


def _read_prior(table: Table, sources: Mapping[str, Source]) -> Prior:
    prior, age, sex = table.sub("prior"), table.sub("age"), table.sub("sex")
    result = Prior(
        community=prior.triple("community"),
        clinic=prior.triple("clinic"),
        source=_source(prior, sources),
        population=prior.text("population"),
        reason=prior.text("reason"),
        age_bands=age.numbers("bands", len(AGE_BANDS), 0.0, 100.0),
        age_source=_source(age, sources),
        age_reason=age.text("reason"),
        female=sex.number("female", 0.0, 10.0),
        male=sex.number("male", 0.0, 10.0),
        sex_source=_source(sex, sources),
        sex_reason=sex.text("reason"),
    )
    for part in (prior, age, sex):
        part.close()
    return result


def _read_risks(table: Table, findings: Mapping[str, Finding], sources: Mapping[str, Source]) -> Iterable[Risk]:
    seen: set[str] = set()
    for risk in table.tables("risk"):
        finding = risk.text("finding")
        _check_finding(risk, "finding", finding, findings, seen)
        if finding in findings and not findings[finding].is_risk:
            risk.note("finding", f"{finding!r} is not a lasting fact.", "Move it to [[evidence]].")
        yield Risk(
            finding=finding,
            ratio=risk.triple("ratio", 0.0, _LARGEST_RATIO),
            unit=risk.text("unit"),
            source=_source(risk, sources),
            population=risk.text("population"),
            reason=risk.text("reason"),
        )
        risk.close()


def _read_links(table: Table, findings: Mapping[str, Finding], sources: Mapping[str, Source]) -> Iterable[Link]:
    seen: set[str] = set()
    for block in table.tables("evidence"):
        source, population, reason = _source(block, sources), block.text("population"), block.text("reason")
        for row in block.rows("findings"):
            finding = str(row[0]) if row else ""
            _check_finding(block, f'"{finding}"', finding, findings, seen)
            if finding in findings and findings[finding].is_risk:
                block.note(f'"{finding}"', "is a lasting fact.", "Give it as a [[risk]] with a ratio.")
            probability = block.estimate(row[1:], f'"{finding}"', 0.0, 1.0)
            if finding in findings and probability.value < findings[finding].background.value:
                background = findings[finding].background.value
                block.note(
                    f'"{finding}"',
                    f"{probability.value:g} is below the background {background:g}, which noisy-OR forbids.",
                    "Leave it out, or list the finding that excludes it.",
                )
            yield Link(finding, probability, source, population, reason)
        block.close()


def _check_finding(table: Table, key: str, finding: str, findings: Mapping[str, Finding], seen: set[str]) -> None:
    if finding not in findings:
        table.note(key, f"{finding!r} is not a finding.", nearest(finding, findings))
    if finding in seen:
        table.note(key, f"{finding!r} stands here twice.", "Keep one.")
    seen.add(finding)


def _read_disagreements(table: Table, sources: Mapping[str, Source]) -> Iterable[Disagreement]:
    for row in table.tables("disagreement"):
        yield Disagreement(row.text("statement"), row.text("text"), _source(row, sources))
        row.close()


def _read_arrows(
    file: DataFile,
    conditions: Mapping[str, Condition],
    findings: Mapping[str, Finding],
    sources: Mapping[str, Source],
) -> tuple[CausalArrow, ...]:
    arrows = []
    top = file.table()
    for table in top.tables("arrow"):
        causes, effect = table.texts("causes"), table.text("effect")
        for identity in (*causes, effect):
            if identity not in conditions:
                table.note("causes", f"{identity!r} is not a condition.", nearest(identity, conditions))
        arrows.append(
            CausalArrow(
                causes=causes,
                effect=effect,
                never_lowered_by=_known_findings(table, "never_lowered_by", findings),
                probability=table.triple("probability"),
                source=_source(table, sources),
                population=table.text("population"),
                reason=table.text("reason"),
                statements=table.texts("statements"),
            )
        )
        table.close()
    top.close()
    if len({arrow.causes for arrow in arrows}) > 1:
        file.note((), "causes", "differ between arrows.", "The engine carries one group of causes; use one.")
    return tuple(arrows)


def _known_findings(table: Table, key: str, findings: Mapping[str, Finding]) -> tuple[str, ...]:
    names = table.texts(key, required=False)
    for name in names:
        if name not in findings:
            table.note(key, f"{name!r} is not a finding.", nearest(name, findings))
    return names


def _read_rules(
    file: DataFile, findings: Mapping[str, Finding], sources: Mapping[str, Source]
) -> tuple[UrgencyRule, ...]:
    rules = []
    top = file.table()
    for table in top.tables("rule"):
        all_of, any_of = (_known_findings(table, key, findings) for key in ("all_of", "any_of"))
        rules.append(
            UrgencyRule(
                id=table.text("id"),
                all_of=all_of,
                any_of=any_of,
                age_from=int(table.number("age_from", 0, 120, required=False, default=0)),
                age_to=int(table.number("age_to", 0, 120, required=False, default=120)),
                level=Urgency.of(table.choice("level", URGENCY_IDS)),
                reason=table.text("reason"),
                source=_source(table, sources),
            )
        )
        table.close()
    top.close()
    return tuple(rules)


def _read_pages(file: DataFile, findings: Mapping[str, Finding]) -> tuple[Page, ...]:
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
                findings=_known_findings(table, "findings", findings),
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


def _read_statements(file: DataFile, sources: Mapping[str, Source]) -> Mapping[str, Statement]:
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


def _read_notes(
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


class _Steering(NamedTuple):
    settings: Mapping[str, float]
    group_weights: Mapping[str, float]
    profiles: Mapping[str, tuple[str, ...]]


def _read_settings(file: DataFile, findings: Mapping[str, Finding]) -> _Steering:
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
        profiles[table.text("id")] = _known_findings(table, "findings", findings)
        table.text("reason")
        table.close()
    top.close()
    return _Steering(settings, weights, profiles)


def _read_mechanics(file: DataFile, findings: Mapping[str, Finding]) -> Mechanics:
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


def _read_words(file: DataFile) -> Mapping[str, str]:
    words: dict[str, str] = {}
    for section, content in file.content.items():
        table = Table(file, content, (f"[{section}]",), section)
        for key in content:
            words[f"{section}.{key}"] = table.text(key)
    return words


def _read_lexicon(
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
