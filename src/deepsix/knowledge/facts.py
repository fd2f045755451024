"""Reads the clinical facts: sources, findings, conditions with their numbers, and arrows between causes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from deepsix.knowledge.model import (
    AGE_BANDS,
    ESTIMATE,
    FAMILIES,
    KINDS,
    URGENCY_IDS,
    CausalArrow,
    Condition,
    Disagreement,
    Finding,
    Link,
    Prior,
    Risk,
    Source,
    Urgency,
)
from deepsix.knowledge.problems import nearest
from deepsix.knowledge.reader import DataFile, Table

_LARGEST_RATIO = 100_000.0
_SOURCE_PLACES = ("doi", "pmid", "pmc", "url", "ref")


def read_sources(files: Iterable[DataFile]) -> Mapping[str, Source]:
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


def source_of(table: Table, sources: Mapping[str, Source], key: str = "source") -> str:
    value = table.text(key)
    if value and value != ESTIMATE and value not in sources:
        table.note(key, f"{value!r} is not in sources/.", "Add the work there, or write estimate and why.")
    return value


def read_findings(files: Iterable[DataFile], sources: Mapping[str, Source]) -> Mapping[str, Finding]:
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
                self_done_source=source_of(table, sources, "self_done_source") if is_self_test else "",
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


def read_conditions(
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
        source=source_of(prior, sources),
        population=prior.text("population"),
        reason=prior.text("reason"),
        age_bands=age.numbers("bands", len(AGE_BANDS), 0.0, 100.0),
        age_source=source_of(age, sources),
        age_reason=age.text("reason"),
        female=sex.number("female", 0.0, 10.0),
        male=sex.number("male", 0.0, 10.0),
        sex_source=source_of(sex, sources),
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
            source=source_of(risk, sources),
            population=risk.text("population"),
            reason=risk.text("reason"),
        )
        risk.close()


def _read_links(table: Table, findings: Mapping[str, Finding], sources: Mapping[str, Source]) -> Iterable[Link]:
    seen: set[str] = set()
    for block in table.tables("evidence"):
        source, population, reason = source_of(block, sources), block.text("population"), block.text("reason")
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
        yield Disagreement(row.text("statement"), row.text("text"), source_of(row, sources))
        row.close()


def read_arrows(
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
                never_lowered_by=known_findings(table, "never_lowered_by", findings),
                probability=table.triple("probability"),
                source=source_of(table, sources),
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


def known_findings(table: Table, key: str, findings: Mapping[str, Finding]) -> tuple[str, ...]:
    names = table.texts(key, required=False)
    for name in names:
        if name not in findings:
            table.note(key, f"{name!r} is not a finding.", nearest(name, findings))
    return names
