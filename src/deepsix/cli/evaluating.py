"""`deepsix evaluate`: score on cases, print the figures and a row a case, write JSON and the reliability plot."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, cast

from rich.console import Console
from rich.progress import Progress
from rich.text import Text

from deepsix.case import Setting
from deepsix.errors import CaseFileError
from deepsix.knowledge import load_knowledge
from deepsix.study.cases import SHIPPED_CASES, read_cases
from deepsix.study.evaluate import GIVEN, CaseResult, Evaluation, evaluate
from deepsix.study.reliability_plot import reliability_svg
from deepsix.study.statistics import Share

DEFAULT_PLOT = Path("reliability.svg")


def run(file: Path | None, given: str, setting: str, out: Path | None, plot: Path | None) -> None:
    """Print an evaluation and write what was asked for."""
    if given not in GIVEN:
        raise CaseFileError(f"There is no --from {given!r}. Choose one of: {', '.join(GIVEN)}.")
    knowledge = load_knowledge()
    messages = Console(stderr=True)
    read = read_cases(file or SHIPPED_CASES, knowledge)
    for notice in read.notices:
        messages.print(Text(f"Left out: {notice}", style="yellow"))
    with Progress(console=messages, transient=True) as progress:
        task = progress.add_task("Cases", total=len(read.cases))
        result = evaluate(
            knowledge,
            read.cases,
            given,
            cast(Setting, setting),
            on_case=lambda done: progress.update(task, completed=done),
        )
    _print(result, Console())
    if out is not None:
        _write(out, json.dumps(as_record(result, knowledge.version), indent=1) + "\n")
        messages.print(f"Figures: {out}")
    svg = reliability_svg(result.reliability(), f"Reliability, {given}, setting {setting}")
    try:
        _write(plot or DEFAULT_PLOT, svg)
        messages.print(f"Reliability plot: {plot or DEFAULT_PLOT}")
    except CaseFileError as error:
        if plot is not None:
            raise
        messages.print(f"No reliability plot: {error}")


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise CaseFileError(f"Cannot write {path}: {error.strerror}. Choose another place.") from error


def _percent(share: Share) -> str:
    low, high = share.interval
    return (
        f"{share.count} of {share.total} = {100 * share.value:.0f}% (95% interval {100 * low:.0f} to {100 * high:.0f}%)"
    )


def _print(result: Evaluation, console: Console) -> None:
    console.print(f"{len(result.results)} cases from {result.given}, setting {result.setting}")
    console.print("case, place of the first right cause, urgency (advice), facts found, questions, truth: first three")
    for r in result.results:
        console.print(_row(r), soft_wrap=True, highlight=False, markup=False)
    for k in (1, 3, 5):
        console.print(f"right cause among the first {k}: {_percent(result.top(k))}")
    console.print(
        f"the truth itself first: {_percent(result.strict_top(1))}; among the first 3: {_percent(result.strict_top(3))}"
    )
    hazards = result.hazardous_under_triage
    console.print(f"urgency as it should be: {_percent(result.urgency_exact)}")
    console.print(f"hazardous under-triage: {len(hazards)}{_names(hazards)}")
    console.print(f"over-triage: {_percent(result.over_triage)}")
    console.print(f"Brier score of the first cause: {result.brier:.3f}")
    bins = "; ".join(f"stated {b.mean_probability:.2f}: {b.hits.count} of {b.hits.total}" for b in result.reliability())
    console.print(f"reliability over the first five causes: {bins}")
    if result.given == "interview":
        console.print(
            f"questions, median: {result.questions_median:g}; facts a question: {result.facts_a_question:.2f}"
        )
    if result.given != "answers":
        console.print(f"facts found of those the case holds: {100 * result.fact_recall:.0f}%")


def _row(result: CaseResult) -> str:
    """Return the line of one case."""
    first = ", ".join(f"{c.condition} {c.probability:.2f}" for c in result.ranked[:3])
    place = str(result.rank) if result.rank <= len(result.ranked) else "-"
    truth = result.case.urgency.id if result.case.urgency is not None else "?"
    urgency = truth if truth == result.urgency.id else f"{truth} ({result.urgency.id})"
    facts = f"{result.facts_found}/{result.facts_given}"
    named = ", ".join(result.case.truth)
    return f"{result.case.id:7} {place:>3}  {urgency:34} {facts:>6} {result.questions:>3}  {named}: {first}"


def _names(results: tuple[CaseResult, ...]) -> str:
    return f" ({', '.join(r.case.id for r in results)})" if results else ""


def as_record(result: Evaluation, knowledge_version: str) -> dict[str, Any]:
    """Return the figures and cases as plain values for JSON."""

    def share(value: Share) -> dict[str, Any]:
        low, high = value.interval
        return {"value": value.value, "low": low, "high": high}

    return {
        "n": len(result.results),
        "from": result.given,
        "setting": result.setting,
        "knowledge_version": knowledge_version,
        "top1": result.top(1).value,
        "top3": result.top(3).value,
        "top5": result.top(5).value,
        "strict_top1": result.strict_top(1).value,
        "strict_top3": result.strict_top(3).value,
        "intervals": {f"top{k}": share(result.top(k)) for k in (1, 3, 5)},
        "urgency_exact": result.urgency_exact.value,
        "hazardous_under_triage": len(result.hazardous_under_triage),
        "over_triage": result.over_triage.value,
        "brier": result.brier,
        "questions_median": result.questions_median,
        "facts_a_question": result.facts_a_question,
        "fact_recall": result.fact_recall,
        "reliability": [
            {"stated": b.mean_probability, "count": b.hits.count, "total": b.hits.total} for b in result.reliability()
        ],
        "cases": [_case_record(r) for r in result.results],
    }


def _case_record(result: CaseResult) -> dict[str, Any]:
    return {
        "id": result.case.id,
        "truth": list(result.case.truth),
        "ranked": [{"condition": c.condition, "p": c.probability, "low": c.low, "high": c.high} for c in result.ranked],
        "urgency": result.urgency.id,
        "urgency_truth": result.case.urgency.id if result.case.urgency is not None else None,
        "rank": result.rank if result.rank <= len(result.ranked) else None,
        "questions": result.questions,
        "facts_found": result.facts_found,
        "facts_given": result.facts_given,
        "notices": list(result.notices),
    }
