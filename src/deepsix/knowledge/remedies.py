"""Reads `remedies/*.toml` and `plan.toml` strictly into the values of `care`. `loader` calls it.

Names of guards, families and kinds are spelt out here once, so that whoever uses a remedy sees all that bars it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from deepsix.knowledge.care import (
    ANGLES,
    BACKING_STRENGTHS,
    DIRECTIONS,
    MEASURES,
    RELATIONS,
    REMEDY_KINDS,
    STAGES,
    STEP_NEEDS,
    Backing,
    Bar,
    CareRules,
    Caution,
    Dose,
    Gate,
    KindRule,
    Notice,
    PostureBar,
    RecoveryTime,
    Remedy,
    Stage,
    Start,
    Target,
    WatchFor,
)
from deepsix.knowledge.model import ESTIMATE, FAMILIES, URGENCY_IDS, Condition, Finding, Source, Urgency
from deepsix.knowledge.problems import nearest
from deepsix.knowledge.reader import DataFile, Table

_NEVER = 9.0  # a threshold that no sum of a few probabilities reaches: only the findings of the bar count
_LARGEST = 10_000.0
_OLDEST = 120


@dataclass(frozen=True)
class Known:
    """The ids that care may refer to."""

    findings: Mapping[str, Finding]
    conditions: Mapping[str, Condition]
    sources: Mapping[str, Source]

    def names(self, table: Table, key: str, known: Mapping[str, Any], what: str) -> tuple[str, ...]:
        """Return the list at `key`, noting each name that is not there."""
        names = table.texts(key, required=False)
        for name in names:
            if name not in known:
                table.note(key, f"{name!r} is not a {what}.", nearest(name, known))
        return names

    def source(self, table: Table, key: str, value: object) -> str:
        """Return a source key, noting one that is not there."""
        if value != ESTIMATE and value not in self.sources:
            fix = "Add the work there, or write estimate and why."
            table.note(key, f"{value!r} is not in sources/.", fix)
        return str(value)

    def all_conditions(self, table: Table) -> tuple[str, ...]:
        """Return `conditions` and all of `families`, without those in `except`, in the order of the files."""
        named = set(self.names(table, "conditions", self.conditions, "condition"))
        families = table.texts("families", required=False)
        left_out = self.names(table, "except", self.conditions, "condition")
        for family in families:
            if family not in FAMILIES:
                table.note("families", f"{family!r} is not a family.", f"Choose one of: {', '.join(FAMILIES)}.")
        named |= {condition.id for condition in self.conditions.values() if condition.family in families}
        return tuple(name for name in self.conditions if name in named and name not in left_out)


def read_care(file: DataFile, known: Known) -> tuple[CareRules, Mapping[str, Bar]]:
    """Return the rules of `plan.toml`, and its guards by name for the remedies."""
    top = file.table()
    guards = {bar.id: bar for bar in (_bar(table, known) for table in top.tables("guard"))}
    settings = []
    for table in top.tables("setting"):
        settings.append((table.text("id"), table.number("value", 0.0, _LARGEST)))
        table.text("unit")
        table.text("reason")
        table.close()
    items = []
    for table in top.tables("item"):
        items.append((table.text("id"), table.text("name")))
        table.close()
    slots = []
    for table in top.tables("slot"):
        slots.append(table.texts("times"))
        table.text("reason")
        table.close()
    rules = CareRules(
        kinds=tuple(_kind(table, known, guards) for table in top.tables("kind")),
        stages=tuple(_stage(table, known) for table in top.tables("stage")),
        starts=tuple(_start(table, known) for table in top.tables("start")),
        targets=tuple(_target(table, known) for table in top.tables("target")),
        posture_bars=tuple(_posture_bar(table, known) for table in top.tables("posture_bar")),
        recoveries=tuple(_recovery(table, known) for table in top.tables("recovery")),
        watch=tuple(_watch(table, known) for table in top.tables("watch")),
        notices=tuple(_notice(table, known) for table in top.tables("notice")),
        settings=tuple(settings),
        items=tuple(items),
        slots=tuple(slots),
    )
    top.close()
    for name, found, wanted in (
        ("kind", tuple(kind.id for kind in rules.kinds), REMEDY_KINDS),
        ("stage", tuple(stage.id for stage in rules.stages), STAGES),
    ):
        if found != wanted:
            file.note((f"[[{name}]]",), name, f"are {', '.join(found)}.", f"Give each once: {', '.join(wanted)}.")
    return rules, guards


def read_remedies(
    files: Iterable[DataFile], known: Known, rules: CareRules, guards: Mapping[str, Bar]
) -> Mapping[str, Remedy]:
    """Return every remedy by id."""
    remedies: dict[str, Remedy] = {}
    tables: dict[str, Table] = {}
    for file in files:
        if not file.content:
            continue
        table = file.table()
        identity = table.text("id")
        if identity != file.stem:
            table.note("id", f"is {identity!r}.", f"It has to be the file's name, {file.stem!r}.")
        remedies[identity] = _remedy(table, identity, known, rules, guards)
        table.close()
        tables[identity] = table
    for identity, remedy in remedies.items():
        for other in remedy.after:
            if other not in remedies:
                tables[identity].note("after", f"{other!r} is not a remedy.", nearest(other, remedies))
    return remedies


def _remedy(table: Table, identity: str, known: Known, rules: CareRules, guards: Mapping[str, Bar]) -> Remedy:
    kind = table.choice("kind", REMEDY_KINDS)
    rule = next((rule for rule in rules.kinds if rule.id == kind), None)
    exercise, helper = rule is not None and rule.exercise, kind == "see_someone"
    stage = table.choice("stage", STAGES)
    items = dict(rules.items)
    kit = tuple(tuple(entry.split("|")) for entry in table.texts("kit", required=False))
    for item in (item for entry in kit for item in entry):
        if item not in items:
            table.note("kit", f"{item!r} is not an item of plan.toml.", nearest(item, items))
    own_bars = tuple(_bar(bar, known) for bar in table.tables("never_with"))
    remedy = Remedy(
        id=identity,
        title=table.text("title"),
        kind=kind,
        stage=stage,
        until=table.choice("until", STAGES, required=False) or STAGES[-1],
        conditions=known.all_conditions(table),
        anyone=table.flag("anyone"),
        by_hip=table.flag("by_hip"),
        steps=table.texts("steps"),
        dose=tuple(_doses(table, known)) if table.has("dose") or exercise else (),
        after=table.texts("after", required=False),
        kit=kit,
        picture=table.text("picture", required=False),
        evidence=tuple(_evidence(table, known)),
        never_with=(*(rule.bars if rule else ()), *_guards(table, guards), *own_bars),
        caution_with=(*(rule.cautions if rule else ()), *_cautions(table, known)),
        must_be_no=known.names(table, "must_be_no", known.findings, "finding"),
        stop_rules=table.texts("stop_rules", required=exercise),
        statements=table.texts("statements", required=False),
        up_to=_level(table, "up_to") if table.has("up_to") else rule.up_to if rule else Urgency.SELF_CARE,
        from_level=_level(table, "from_level") if table.has("from_level") else Urgency.SELF_CARE,
        age_from=int(table.number("age_from", 0, _OLDEST, False, float(rule.age_from if rule else 0))),
        signs=known.names(table, "signs", known.findings, "finding"),
        holds=_kinds(table),
        whom=table.text("whom", required=helper),
        bring=table.texts("bring", required=helper),
        ask=table.texts("ask", required=helper),
        on_foot=table.flag("on_foot"),
        needs=_needs(table),
    )
    _check(table, remedy, exercise)
    return remedy


def _check(table: Table, remedy: Remedy, exercise: bool) -> None:
    fits = remedy.conditions or remedy.anyone or remedy.by_hip or remedy.signs
    if not fits:
        table.note("conditions", "is empty: it would never be chosen.", "Add conditions, families, signs or anyone.")
    if remedy.by_hip and not remedy.picture:
        table.note("picture", "is empty.", "Name a position of the computed hip: it is chosen by what that stretches.")
    if STAGES.index(remedy.until) < STAGES.index(remedy.stage):
        table.note("until", f"{remedy.until!r} comes before {remedy.stage!r}.", "Choose the same stage or a later one.")
    if exercise and not any(dose.id == "times_a_day" for dose in remedy.dose):
        table.note("dose", "does not say how often.", 'Add ["times_a_day", ...].')
    if remedy.kind == "see_someone" and all(need == "move" for need in remedy.needs):
        table.note("needs", "asks for moving in every step.", "Have a step that holds beside rest too.")
    if not remedy.evidence:
        table.note("evidence", "is empty.", 'Add a row, such as ["estimate", "expert", "why"].')


def _needs(table: Table) -> tuple[str, ...]:
    steps = table.texts("steps")
    needs = table.texts("needs", required=False) or ("",) * len(steps)
    for need in needs:
        if need not in STEP_NEEDS:
            table.note("needs", f"{need!r} is nothing a step can ask for.", 'Write "rest", "move" or "".')
    if len(needs) != len(steps):
        table.note("needs", f"has {len(needs)} entries.", "Give one for each step, in the same order.")
    return needs


def _kinds(table: Table) -> tuple[str, ...]:
    names = table.texts("holds", required=False)
    for name in names:
        if name not in REMEDY_KINDS:
            table.note("holds", f"{name!r} is not a kind of remedy.", nearest(name, REMEDY_KINDS))
    return names


def _level(table: Table, key: str) -> Urgency:
    return Urgency.of(table.choice(key, URGENCY_IDS))


def _bar(table: Table, known: Known) -> Bar:
    parts = _bar_parts(table, known)
    table.close()
    return Bar(**parts)


def _bar_parts(table: Table, known: Known) -> dict[str, Any]:
    conditions = known.all_conditions(table)
    if conditions and not table.has("threshold"):
        table.note("threshold", "is missing.", "Say from which probability the remedy is off.")
    return {
        "id": table.text("id"),
        "findings": known.names(table, "findings", known.findings, "finding"),
        "conditions": conditions,
        "threshold": table.number("threshold", 0.0, 1.0, required=False, default=_NEVER) if conditions else _NEVER,
        "reason": table.text("reason"),
        "source": known.source(table, "source", table.text("source")),
    }


def _posture_bar(table: Table, known: Known) -> PostureBar:
    parts = _bar_parts(table, known)
    angle, relation = table.choice("angle", ANGLES), table.choice("relation", RELATIONS)
    bar = PostureBar(**parts, angle=angle, relation=relation, degrees=table.number("degrees", -180, 180))
    table.close()
    return bar


def _guards(table: Table, guards: Mapping[str, Bar]) -> tuple[Bar, ...]:
    names = table.texts("guards", required=False)
    for name in names:
        if name not in guards:
            table.note("guards", f"{name!r} is not a guard of plan.toml.", nearest(name, guards))
    return tuple(guards[name] for name in names if name in guards)


def _rows(
    table: Table, key: str, shape: tuple[type | tuple[type, ...], ...], example: str, required: bool = True
) -> Iterable[list[Any]]:
    for row in table.rows(key, required):
        if len(row) == len(shape) and all(isinstance(value, kind) for value, kind in zip(row, shape, strict=True)):
            yield row
        else:
            table.note(key, f"holds {row!r}.", f"Give rows such as {example}.")


def _doses(table: Table, known: Known) -> Iterable[Dose]:
    number = (int, float)
    shape = (str, number, number, number, str, str, str)
    example = '["hold_s", 20, 15, 20, "seconds", "estimate", "why"]'
    for name, value, low, high, unit, source, reason in _rows(table, "dose", shape, example):
        if not 0 <= low <= value <= high <= _LARGEST:
            table.note("dose", f"{name}: the range {low:g} to {high:g} misses {value:g}.", "Have low <= value <= high.")
        yield Dose(name, float(value), float(low), float(high), unit, known.source(table, "dose", source), reason)


def _evidence(table: Table, known: Known) -> Iterable[Backing]:
    example = '["smith_2020", "trial", "what it showed"]'
    for source, strength, shown in _rows(table, "evidence", (str, str, str), example):
        if strength not in BACKING_STRENGTHS:
            table.note("evidence", f"{strength!r} is no strength.", f"Choose one of: {', '.join(BACKING_STRENGTHS)}.")
        yield Backing(known.source(table, "evidence", source), strength, shown)


def _cautions(table: Table, known: Known) -> Iterable[Caution]:
    example = '["anticoagulant", "what to mind", true, "estimate"]'
    for finding, text, ask_first, source in _rows(table, "caution_with", (str, str, bool, str), example, False):
        if finding not in known.findings:
            table.note("caution_with", f"{finding!r} is not a finding.", nearest(finding, known.findings))
        yield Caution(finding, text, ask_first, known.source(table, "caution_with", source))


def _kind(table: Table, known: Known, guards: Mapping[str, Bar]) -> KindRule:
    rule = KindRule(
        id=table.choice("id", REMEDY_KINDS),
        exercise=table.flag("exercise"),
        age_from=int(table.number("age_from", 0, _OLDEST)),
        up_to=_level(table, "up_to"),
        most_in_a_day=int(table.number("most_in_a_day", 0, 20)),
        bars=_guards(table, guards),
        cautions=tuple(_cautions(table, known)),
    )
    table.text("reason")
    table.close()
    return rule


def _stage(table: Table, known: Known) -> Stage:
    gates = []
    for gate in table.tables("gate"):
        gates.append(
            Gate(
                id=gate.text("id"),
                direction=gate.choice("direction", DIRECTIONS),
                measure=gate.choice("measure", MEASURES),
                relation=gate.choice("relation", RELATIONS),
                value=gate.number("value", 0.0, 1000.0),
                unit=gate.text("unit"),
                text=gate.text("text"),
                source=known.source(gate, "source", gate.text("source")),
                reason=gate.text("reason"),
            )
        )
        gate.close()
    identity, title, about = table.choice("id", STAGES), table.text("title"), table.text("about")
    stage = Stage(identity, title, about, int(table.number("days", 1, 365)), tuple(gates))
    table.text("days_reason")
    table.close()
    return stage


def _start(table: Table, known: Known) -> Start:
    all_of, none_of = (known.names(table, key, known.findings, "finding") for key in ("all_of", "none_of"))
    start = Start(table.choice("stage", STAGES), all_of, none_of, table.text("reason"))
    table.close()
    return start


def _target(table: Table, known: Known) -> Target:
    target = Target(known.all_conditions(table), table.texts("parts"), table.text("reason"))
    table.close()
    return target


def _recovery(table: Table, known: Known) -> RecoveryTime:
    recovery = RecoveryTime(
        id=table.text("id"),
        conditions=known.all_conditions(table),
        days=int(table.number("days", 1, 365)),
        text=table.text("text"),
        source=known.source(table, "source", table.text("source")),
        reason=table.text("reason"),
    )
    table.close()
    return recovery


def _watch(table: Table, known: Known) -> WatchFor:
    watch = WatchFor(
        text=table.text("text"),
        level=_level(table, "level"),
        conditions=known.all_conditions(table),
        findings=known.names(table, "findings", known.findings, "finding"),
        age_from=int(table.number("age_from", 0, _OLDEST, False, 0)),
        age_to=int(table.number("age_to", 0, _OLDEST, False, _OLDEST)),
        source=known.source(table, "source", table.text("source")),
    )
    table.close()
    return watch


def _notice(table: Table, known: Known) -> Notice:
    notice = Notice(
        id=table.text("id"),
        text=table.text("text"),
        findings=known.names(table, "findings", known.findings, "finding"),
        age_from=int(table.number("age_from", 0, _OLDEST, False, 0)),
        age_to=int(table.number("age_to", 0, _OLDEST, False, _OLDEST)),
        source=known.source(table, "source", table.text("source")),
    )
    table.close()
    return notice
