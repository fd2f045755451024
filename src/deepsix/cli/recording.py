"""`deepsix history`, `replay`, `export`, `erase`, `import`, and the keeping of what `assess` found."""

from __future__ import annotations

import json
from datetime import datetime, tzinfo
from importlib.metadata import version
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import Progress
from rich.table import Table
from rich.text import Text

from deepsix.case import Case
from deepsix.diagnosis.engine import Weighed
from deepsix.intake.training import (
    Session,
    TrainingFacts,
    longest_next_run_m,
    read_training_file,
    training_answers,
    training_facts,
)
from deepsix.intake.training.loads import is_steep, spike_words
from deepsix.knowledge import load_knowledge
from deepsix.knowledge.model import Knowledge
from deepsix.records.exporting import export_all
from deepsix.records.outcome import outcome_of
from deepsix.records.place import usual_place
from deepsix.records.replaying import Replay, Verdict, replay
from deepsix.records.store import now_utc, open_records
from deepsix.records.values import SavedAssessment
from deepsix.records.words import load_words

_SHOWN_MOVES = 10
_KM = 1000.0


def program_version() -> str:
    """Return the version of deepsix that is installed."""
    return version("deepsix")


def save_weighed(knowledge: Knowledge, weighed: Weighed, follows: int | None = None) -> int:
    """Keep the case as it was told and what came out of it, and return the number of the assessment."""
    with open_records() as records:
        return records.save_assessment(
            weighed.closed.told,
            outcome_of(knowledge, weighed),
            knowledge_version=knowledge.version,
            program_version=program_version(),
            setting=weighed.evidence.network.setting,
            follows=follows,
        )


def with_training(case: Case) -> Case:
    """Return the case with what the imported training log answers; what the person said themselves stays."""
    with open_records() as records:
        facts = training_facts(records.sessions(), now_utc())
    return case.with_answers(*(a for a in training_answers(facts) if a.finding not in case.answers))


def show_history(as_json: bool) -> None:
    """Print the saved assessments and every change."""
    with open_records() as records:
        assessments, changes = records.assessments(), records.changes()
    if as_json:
        kept = [_assessment_record(a) for a in assessments]
        told = [
            {"at": _when(c.at), "action": c.action, "subject": c.subject, "id": c.subject_id, "detail": dict(c.detail)}
            for c in changes
        ]
        print(json.dumps({"assessments": kept, "changes": told}, indent=2))
        return
    if not changes:
        print(load_words()["history"]["none"])
        return
    console, knowledge = Console(), load_knowledge()
    table = Table(box=None, pad_edge=False)
    for heading in ("assessment", "made", "first cause", "urgency", "re-opened"):
        table.add_column(heading)
    for kept_one in assessments:
        condition = knowledge.conditions.get(kept_one.first_cause)
        name = condition.name if condition else kept_one.first_cause
        why = "; ".join(kept_one.reopened_why)
        table.add_row(str(kept_one.id), _day(kept_one.made_at), name, kept_one.urgency.replace("_", " "), why)
    if assessments:
        console.print(table)
        console.print()
    for change in changes:
        console.print(f"{_day(change.at)}  {change.action} ({change.subject} {change.subject_id})", highlight=False)


def _assessment_record(saved: SavedAssessment) -> dict[str, Any]:
    return {
        "id": saved.id,
        "made_at": _when(saved.made_at),
        "knowledge_version": saved.knowledge_version,
        "program_version": saved.program_version,
        "setting": saved.setting,
        "urgency": saved.urgency,
        "first_cause": saved.first_cause,
        "reopened_at": _when(saved.reopened_at) if saved.reopened_at else None,
        "reopened_why": list(saved.reopened_why),
    }


def run_replay(number: int, as_json: bool) -> None:
    """Assess a saved case again and print whether the result is the same, or what changed it."""
    knowledge = load_knowledge()
    with open_records() as records:
        again = replay(records, knowledge, number, program_version())
    if as_json:
        print(json.dumps(_replay_record(again), indent=2))
        return
    words, console = load_words()["replay"], Console()
    said = words[again.verdict.value].format(
        date=_day(again.saved.made_at),
        k_before=again.saved.knowledge_version,
        k_after=again.knowledge_version,
        p_before=again.saved.program_version,
        p_after=again.program_version,
    )
    console.print(Text(said, style="green" if again.verdict is Verdict.SAME else "yellow"))
    if again.dropped:
        console.print(f"{words['dropped']} {', '.join(again.dropped)}")
    if again.verdict is Verdict.SAME:
        return
    if again.urgency_before != again.urgency_after:
        console.print(Text(f"urgency: {again.urgency_before} -> {again.urgency_after}", style="bold"))
    for move in again.causes[:_SHOWN_MOVES]:
        condition = knowledge.conditions.get(move.condition)
        name = condition.name if condition else move.condition
        console.print(f"  {name}: {_percent(move.before)} -> {_percent(move.after)}", highlight=False)
    if not again.causes:
        console.print(words["small"])


def _percent(value: float | None) -> str:
    return "not listed" if value is None else f"{value:.1%}"


def _replay_record(again: Replay) -> dict[str, Any]:
    return {
        "id": again.saved.id,
        "verdict": again.verdict.value,
        "knowledge_version": {"before": again.saved.knowledge_version, "after": again.knowledge_version},
        "program_version": {"before": again.saved.program_version, "after": again.program_version},
        "urgency": {"before": again.urgency_before, "after": again.urgency_after},
        "causes": [{"condition": m.condition, "before": m.before, "after": m.after} for m in again.causes],
        "dropped": list(again.dropped),
    }


def run_export(path: Path, replace: bool) -> None:
    """Write everything to one JSON file."""
    with open_records() as records:
        export_all(records, path, now_utc(), replace=replace)
        print(f"Wrote {records.count()} records to {path}.")


def run_erase(is_sure: bool) -> None:
    """Remove everything for good, when the person is sure."""
    from deepsix.cli.app import fail

    words = load_words()["erase"]
    if not is_sure:
        fail(words["ask"].format(place=usual_place()), 2)
    with open_records() as records:
        count = records.count()
        records.erase()
    print(words["done"].format(count=count))


def run_import(files: list[Path], as_json: bool) -> None:
    """Read training files, keep what is new, and print what was found. A file that cannot be used stops it."""
    zone = datetime.now().astimezone().tzinfo
    assert zone is not None  # astimezone sets it
    with Progress(console=Console(stderr=True), transient=True) as progress:
        found = [(path, _read_shown(path, zone, progress)) for path in files]
    with open_records() as records:
        fresh = [records.save_sessions(sessions) for _, sessions in found]
        log = records.sessions()
    now = now_utc()
    facts = training_facts(log, now)
    if as_json:
        print(json.dumps(_import_record(found, fresh, facts, longest_next_run_m(log, now)), indent=2))
        return
    words, console = load_words()["training"], Console(highlight=False)
    for (path, sessions), new in zip(found, fresh, strict=True):
        many = f"{len(sessions)} session{'s' if len(sessions) > 1 else ''}"
        console.print(Text(words["found"].format(sessions=many, file=path.name, fresh=new), style="bold"))
        console.print(_session_table(sessions))
    _show_facts(facts, longest_next_run_m(log, now), console)


def _read_shown(path: Path, zone: tzinfo, progress: Progress) -> tuple[Session, ...]:
    bar = progress.add_task(path.name, total=path.stat().st_size if path.is_file() else None)
    return read_training_file(path, zone, lambda done_bytes: progress.update(bar, completed=done_bytes))


def _session_table(sessions: tuple[Session, ...]) -> Table:
    table = Table(box=None, pad_edge=False)
    for heading in ("start", "sport", "distance", "time", "climb", "steps"):
        table.add_column(heading)
    for s in sessions:
        minutes, seconds = divmod(round(s.duration_s), 60)
        table.add_row(
            s.start.astimezone().strftime("%Y-%m-%d %H:%M"),
            s.sport,
            f"{s.distance_m / _KM:.2f} km" if s.distance_m is not None else "",
            f"{minutes // 60}:{minutes % 60:02d}:{seconds:02d}",
            f"{s.climb_m:.0f} m" if s.climb_m is not None else "",
            f"{s.steps} ({s.steps_from})" if s.steps is not None else "",
        )
    return table


def _show_facts(facts: TrainingFacts, next_run_m: float | None, console: Console) -> None:
    words = load_words()["training"]
    sources = load_knowledge().sources
    for spike in facts.spikes:
        band, cited = spike.band, sources[spike.band.source].cite
        text = words["spike"].format(
            words=spike_words(spike), ratio=band.hazard_ratio, low=band.low, high=band.high, source=cited
        )
        console.print(Text(text, style="yellow"))
    if facts.week is not None:
        console.print(words["week"].format(last=facts.week.last_m / _KM, before=facts.week.before_m / _KM))
        if is_steep(facts.week):
            console.print(words["week_steep"])
    if next_run_m is not None:
        console.print(words["next_run"].format(km=next_run_m / _KM))
    if training_answers(facts):
        console.print(words["use"])


def _import_record(
    found: list[tuple[Path, tuple[Session, ...]]], fresh: list[int], facts: TrainingFacts, next_run_m: float | None
) -> dict[str, Any]:
    return {
        "files": [
            {"file": path.name, "new": new, "sessions": [_session_record(s) for s in sessions]}
            for (path, sessions), new in zip(found, fresh, strict=True)
        ],
        "spikes": [
            {
                "start": _when(spike.run.start),
                "distance_m": spike.run.distance_m,
                "longest_before_m": spike.longest_before_m,
                "share": spike.share,
                "hazard_ratio": spike.band.hazard_ratio,
                "source": spike.band.source,
            }
            for spike in facts.spikes
        ],
        "week_on_week_share": facts.week.share if facts.week else None,
        "km_week": facts.km_week,
        "runs_regularly": facts.runs_regularly,
        "longest_next_run_m": next_run_m,
        "answers": {answer.finding: answer.words for answer in training_answers(facts)},
    }


def _session_record(session: Session) -> dict[str, Any]:
    return {
        "start": _when(session.start),
        "sport": session.sport,
        "duration_s": session.duration_s,
        "distance_m": session.distance_m,
        "climb_m": session.climb_m,
        "steps": session.steps,
        "steps_from": session.steps_from,
        "format": session.file_format,
    }


def _when(at: datetime) -> str:
    return at.isoformat()


def _day(at: datetime) -> str:
    return at.astimezone().strftime("%Y-%m-%d %H:%M")
