"""`deepsix knowledge`: check the data, show an entry with its sources, list the ids."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from deepsix.diagnosis.wording import source_words
from deepsix.errors import UnknownIdError, did_you_mean
from deepsix.knowledge import load_knowledge
from deepsix.knowledge.loader import DATA_FOLDER, digest_of, read_knowledge
from deepsix.knowledge.model import AGE_BANDS, Condition, Estimate, Finding, Knowledge
from deepsix.knowledge.problems import raise_if_any


def check() -> None:
    """Read every data file anew, leave with all problems, or print what there is and what the model cannot hold."""
    knowledge, problems = read_knowledge(DATA_FOLDER, digest_of(DATA_FOLDER))
    raise_if_any(problems)
    console = Console()
    links = sum(len(c.links) for c in knowledge.conditions.values())
    estimated = sum(link.source == "estimate" for c in knowledge.conditions.values() for link in c.links)
    console.print(
        f"{len(knowledge.conditions)} conditions, {len(knowledge.findings)} findings, {links} probabilities "
        f"({links - estimated} with a published source, {estimated} estimates), "
        f"{len(knowledge.sources)} sources, {len(knowledge.rules)} urgency rules: no problems."
    )
    _show_chart(knowledge, console)
    console.print(f"Knowledge base version {knowledge.version}.")
    _show_pairs(knowledge, console)


def _show_chart(knowledge: Knowledge, console: Console) -> None:
    """Read the body chart and the pain maps, leave with all problems, or print what there is."""
    from deepsix.intake.chart.loader import load_chart
    from deepsix.intake.chart.pain_maps import load_pain_maps

    chart, pain_maps = load_chart(knowledge), load_pain_maps(knowledge)
    zones = len({place.zone for place in chart.places.values()})
    counted = sum(entry.is_counted for entry in pain_maps.maps)
    console.print(
        f"Body chart: {len(chart.views)} views, {zones} zones, {len(pain_maps.maps)} pain maps in "
        f"{len(pain_maps.groups)} groups ({counted} counted in people, {len(pain_maps.maps) - counted} estimates): "
        "no problems."
    )


def _show_pairs(knowledge: Knowledge, console: Console) -> None:
    """Print the published sensitivity and specificity pairs that the model does not reproduce."""
    from deepsix.knowledge.checks import model_pairs

    pairs = model_pairs(knowledge)
    missed = [pair for pair in pairs if not pair.reproduced]
    console.print(
        f"Published accuracy pairs reproduced within their interval: {len(pairs) - len(missed)} of {len(pairs)}."
    )
    if not missed:
        return
    table = Table(title="Not reproduced")
    for heading in ("finding", "condition", "published", "model", "why"):
        table.add_column(heading, overflow="fold")
    for pair in missed:
        published = pair.published
        table.add_row(
            published.finding,
            published.condition,
            f"sensitivity {_figure(published.sensitivity)}, specificity {_figure(published.specificity)}",
            f"{pair.sensitivity:.2f}, {pair.specificity:.2f}",
            pair.why or published.differs,
        )
    console.print(table)


def _figure(estimate: Estimate | None) -> str:
    return "-" if estimate is None else f"{estimate.value:.2f} ({estimate.low:.2f} to {estimate.high:.2f})"


def show(identity: str) -> None:
    """Print one entry with its numbers and sources."""
    knowledge, console = load_knowledge(), Console()
    if identity in knowledge.conditions:
        _show_condition(knowledge, knowledge.conditions[identity], console)
    elif identity in knowledge.findings:
        _show_finding(knowledge, knowledge.findings[identity], console)
    elif identity in knowledge.statements:
        statement = knowledge.statements[identity]
        console.print(Text(f"{statement.id}  {statement.text}", style="bold"))
        console.print(f"carried by: {', '.join(statement.carried_by)}")
        for heading, keys in (("supporting", statement.supporting), ("opposing", statement.opposing)):
            for key in keys:
                console.print(f"{heading}: {source_words(knowledge, key)}")
        console.print(statement.comment)
    elif identity in knowledge.sources:
        source = knowledge.sources[identity]
        console.print(f"{source.key}: {source.cite}\n{source.where}")
        users = [c.id for c in knowledge.conditions.values() if any(link.source == identity for link in c.links)]
        console.print(f"used by: {', '.join(users) or 'tables only'}")
    else:
        known = [*knowledge.conditions, *knowledge.findings, *knowledge.statements, *knowledge.sources]
        raise UnknownIdError(f"There is no entry {identity!r}. {did_you_mean(identity, known)}")


def _span(estimate: Estimate) -> str:
    return f"{estimate.value:.3g} ({estimate.low:.3g} to {estimate.high:.3g})"


def _show_condition(knowledge: Knowledge, condition: Condition, console: Console) -> None:
    console.print(Text(f"{condition.clinical_name} ({condition.id})", style="bold"))
    console.print(f"{condition.name}. {condition.summary}")
    console.print(
        f"also called: {', '.join(condition.synonyms) or '-'}; ICD-10-CM {condition.icd10cm}; {condition.family}"
    )
    console.print(
        f"least urgent safe advice: {condition.urgency.id}; statements: {', '.join(condition.statements) or '-'}"
    )
    prior = condition.prior
    console.print(f"\nprior: community {_span(prior.community)}, clinic {_span(prior.clinic)}; {prior.population}")
    console.print(Text(f"  {source_words(knowledge, prior.source)}: {prior.reason}", style="dim"))
    bands = ", ".join(f"{a}-{b}: {f:g}" for (a, b), f in zip(AGE_BANDS, prior.age_bands, strict=True))
    console.print(f"by age: {bands}")
    console.print(Text(f"  {source_words(knowledge, prior.age_source)}: {prior.age_reason}", style="dim"))
    console.print(f"by sex: female {prior.female:g}, male {prior.male:g}")
    console.print(Text(f"  {source_words(knowledge, prior.sex_source)}: {prior.sex_reason}", style="dim"))
    for risk in condition.risks:
        console.print(f"risk {risk.finding}: {risk.unit} {_span(risk.ratio)}; {risk.population}")
        console.print(Text(f"  {source_words(knowledge, risk.source)}: {risk.reason}", style="dim"))
    table = Table(title="P(finding | condition)", title_justify="left")
    for heading in ("finding", "probability", "background", "source"):
        table.add_column(heading, overflow="fold")
    for link in sorted(condition.links, key=lambda link: -link.probability.value):
        background = knowledge.findings[link.finding].background
        table.add_row(
            link.finding,
            _span(link.probability),
            f"{background.value:.3g}",
            source_words(knowledge, link.source),
        )
    console.print(table)
    for reason in dict.fromkeys((link.source, link.population, link.reason) for link in condition.links):
        console.print(Text(f"{source_words(knowledge, reason[0])}; {reason[1]}: {reason[2]}", style="dim"))
    for row in condition.disagreements:
        console.print(f"{row.statement}: {row.text} ({source_words(knowledge, row.source)})")
    for note in knowledge.notes.values():
        if condition.id in note.conditions:
            console.print(f"note {note.id} [{', '.join(note.statements)}] {note.title}: {note.text}")


def _show_finding(knowledge: Knowledge, finding: Finding, console: Console) -> None:
    console.print(Text(f"{finding.name} ({finding.id})", style="bold"))
    console.print(f"{finding.question}  {finding.why} {finding.help}")
    console.print(f"{finding.kind}, group {finding.group}; background {_span(finding.background)}")
    console.print(Text(f"  our estimate: {finding.background_reason}", style="dim"))
    if finding.danger is not None:
        console.print(f"sign of danger: at least {finding.danger.id}")
    for heading, names in (("implies", finding.implies), ("excludes", finding.excludes)):
        if names:
            console.print(f"{heading}: {', '.join(names)}")
    for number, step in enumerate(finding.steps, start=1):
        console.print(f"  {number}. {step}")
    for text in (finding.stop, finding.self_done, finding.method):
        if text:
            console.print(text)
    table = Table(title="raised by", title_justify="left")
    for heading in ("condition", "probability or ratio", "source"):
        table.add_column(heading, overflow="fold")
    for condition in knowledge.conditions.values():
        link = condition.link(finding.id)
        if link is not None:
            table.add_row(condition.id, _span(link.probability), source_words(knowledge, link.source))
        for risk in condition.risks:
            if risk.finding == finding.id:
                table.add_row(condition.id, f"{risk.unit} {_span(risk.ratio)}", source_words(knowledge, risk.source))
    console.print(table)


def list_entries(what: str) -> None:
    """Print id and name of every entry of a kind."""
    knowledge = load_knowledge()
    kinds: dict[str, list[tuple[str, str]]] = {
        "conditions": [(c.id, c.clinical_name) for c in knowledge.conditions.values()],
        "findings": [(f.id, f.name) for f in knowledge.findings.values()],
        "statements": [(s.id, s.text) for s in knowledge.statements.values()],
        "sources": [(s.key, s.cite) for s in knowledge.sources.values()],
    }
    if what not in kinds:
        raise UnknownIdError(f"There is no list of {what!r}. Choose one of: {', '.join(kinds)}.")
    for identity, name in kinds[what]:
        print(f"{identity}\t{name}")
