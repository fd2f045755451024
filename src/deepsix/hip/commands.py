"""Terminal commands of the hip room: `muscle`, `stretch`, `locate` and `check`. They parse, call and print."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

app = typer.Typer(help="The computed hip: muscles, stretches, and the check against published values.")

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]
Name = Annotated[str, typer.Argument(help="A muscle or part, such as piriformis or gluteus-minimus-posterior.")]


def _print_json(value: Any) -> None:
    typer.echo(json.dumps(value, indent=2, ensure_ascii=False))


def _mm(low: float, middle: float, high: float) -> str:
    return f"{1e3 * middle:+.0f}  ({1e3 * low:+.0f} to {1e3 * high:+.0f})"


@app.command()
def muscle(
    name: Name,
    flexion: Annotated[float, typer.Option(help="Hip flexion, degrees; extension is negative.")] = 0.0,
    adduction: Annotated[float, typer.Option(help="Hip adduction, degrees; abduction is negative.")] = 0.0,
    rotation: Annotated[float, typer.Option(help="Inward rotation, degrees; outward is negative.")] = 0.0,
    knee: Annotated[float, typer.Option(help="Knee flexion, degrees.")] = 0.0,
    height: Annotated[float | None, typer.Option(help="Body height in metres.")] = None,
    plot: Annotated[Path | None, typer.Option(help="Write a plot over flexion to this SVG file.")] = None,
    as_json: AsJson = False,
) -> None:
    """Show what a muscle is, how long it is and what it does in a posture."""
    from deepsix.hip.anatomy import actions, find_parts, load_anatomy, muscle_of, part_name
    from deepsix.hip.architecture import architecture_of
    from deepsix.hip.states import muscle_state

    parts = find_parts(name)
    posture = [[flexion, adduction, rotation, knee]]
    state = muscle_state(posture, parts, height)
    facts = load_anatomy()[muscle_of(parts[0])]
    rows: list[dict[str, Any]] = []
    for i, part in enumerate(parts):
        made_of = architecture_of(part)
        length = [float(a[0, i]) for a in state.length_change_m]
        rows.append(
            {
                "part": part,
                "name": part_name(part),
                "length_change_m": length,
                "normalised_length": [float(a[0, i]) for a in state.normalised_length],
                "optimal_fibre_length_m": made_of.optimal_fibre_length_m.value,
                "fibre_length_source": made_of.optimal_fibre_length_m.source,
                "actions": [asdict(a) | {"is_settled": a.is_settled} for a in actions(part, posture)],
            }
        )
    if plot is not None:
        from deepsix.hip.plots import plot_part

        plot.write_text(plot_part(parts[0]), encoding="utf-8")
    if as_json:
        _print_json({"facts": asdict(facts), "checked": bool(state.checked[0]), "parts": rows})
        return
    console = Console()
    console.print(f"[bold]{facts.id.replace('_', ' ')}[/bold]")
    for label, text in (
        ("from", facts.origin),
        ("to", facts.insertion),
        ("nerve", f"{facts.nerve} ({', '.join(facts.roots)})"),
        ("blood", facts.artery),
        ("relations", facts.relations),
        ("variations", facts.variations),
    ):
        console.print(f"  {label}: {text}", highlight=False)
    if not state.checked[0]:
        console.print("  These angles lie outside the checked range; take the numbers with care.")
    table = Table("part", "length change, mm", "fibre length / optimal", "does here (moment arm, mm)")
    for row in rows:
        middle, low, high = row["length_change_m"]
        n = row["normalised_length"]
        does = ", ".join(
            f"{a['words']} {abs(1e3 * a['moment_arm_m']):.0f}{'' if a['is_settled'] else '?'}" for a in row["actions"]
        )
        table.add_row(row["name"], _mm(low, middle, high), f"{n[0]:.2f}  ({n[1]:.2f} to {n[2]:.2f})", does)
    console.print(table)
    console.print("In brackets: lowest and highest published anatomy. '?': the anatomies disagree on the direction.")


@app.command()
def stretch(
    name: Name,
    most: Annotated[int, typer.Option(help="How many positions to show.")] = 8,
    picture: Annotated[Path | None, typer.Option(help="Draw the first position to this SVG file.")] = None,
    as_json: AsJson = False,
) -> None:
    """Rank the positions that stretch a muscle, and show the best posture within reach and comfort."""
    from deepsix.hip.anatomy import find_parts, part_name
    from deepsix.hip.positions import position
    from deepsix.hip.solver import best_posture
    from deepsix.hip.stretch import rank_stretches

    parts = find_parts(name)
    ranked = {part: rank_stretches(part)[:most] for part in parts}
    best = {part: best_posture(part) for part in parts}
    if picture is not None:
        from deepsix.hip.figure import posed_figure

        first = position(ranked[parts[0]][0].position)
        picture.write_text(posed_figure(first, part=parts[0]), encoding="utf-8")
    if as_json:
        _print_json({p: {"positions": [asdict(e) for e in ranked[p]], "best": asdict(best[p])} for p in parts})
        return
    console = Console()
    for part in parts:
        table = Table(
            "position", "longer by, mm", "of the way to the end of comfort", "too long first", title=part_name(part)
        )
        for e in ranked[part]:
            middle, low, high = e.lengthening_m
            others = ", ".join(o.replace("_", " ") for o in e.others_too_far[:3])
            table.add_row(position(e.position).name, _mm(low, middle, high), f"{100 * e.comfort_share:.0f}%", others)
        console.print(table)
        b = best[part]
        f, a, r, k = b.angles_deg
        console.print(
            f"Best posture: flexion {f:.0f}, adduction {a:.0f}, inward rotation {r:.0f}, knee {k:.0f} degrees; "
            f"{1e3 * b.lengthening_m[0]:+.0f} mm, {100 * b.comfort_share:.0f}% of the way to the end of comfort."
        )
    console.print("In brackets: lowest and highest published anatomy. The end of comfort is our estimate.")


@app.command()
def locate(
    hurts: Annotated[list[str] | None, typer.Option(help="An act that hurts; repeat for more.")] = None,
    fine: Annotated[list[str] | None, typer.Option(help="An act that does not hurt.")] = None,
    region: Annotated[list[str] | None, typer.Option(help="A pain region, such as pain_hip_side.")] = None,
    tender: Annotated[list[str] | None, typer.Option(help="A place that is tender to press.")] = None,
    most: Annotated[int, typer.Option(help="How many parts to show.")] = 5,
    as_json: AsJson = False,
) -> None:
    """Say which muscle part fits best, and why."""
    from deepsix.hip.anatomy import part_name
    from deepsix.hip.localiser import localise

    acts = dict.fromkeys(hurts or (), True) | dict.fromkeys(fine or (), False)
    found = localise(acts, region or (), dict.fromkeys(tender or (), True))[:most]
    if as_json:
        _print_json([asdict(s) for s in found])
        return
    console = Console()
    for s in found:
        console.print(f"[bold]{part_name(s.part)}[/bold]  {100 * s.probability:.0f}%", highlight=False)
        for r in s.reasons:
            console.print(f"  {r.evidence} (x{r.ratio:.1f}): {r.words}", highlight=False)


@app.command()
def check(
    misses: Annotated[bool, typer.Option("--misses", help="Show only the rows that miss.")] = False,
    as_json: AsJson = False,
) -> None:
    """Compare every published value with ours, and say what the computation makes of the founding statements."""
    from deepsix.hip.reference import compare_all, summarise
    from deepsix.hip.statements import statement_verdicts

    rows, verdicts = compare_all(), statement_verdicts()
    total = summarise(rows)
    if as_json:
        _print_json(
            {
                "summary": asdict(total),
                "rows": [asdict(r) for r in rows],
                "statements": [asdict(v) for v in verdicts],
            }
        )
        return
    console = Console()
    table = Table("verdict", "quantity", "muscle", "posture", "published", "ours", "reason")
    for r in rows:
        if not misses or r.verdict == "misses":
            table.add_row(r.verdict, r.quantity, r.muscle, r.condition, r.published, r.ours, r.reason)
    console.print(table)
    console.print(
        f"{total.agrees} agree, {total.misses} miss, {total.not_judged} published values not re-read, "
        f"{total.not_computed} not computed. Signs: {total.signs_equal} of {total.signs_compared} equal."
    )
    for v in verdicts:
        console.print(f"[bold]{v.id} {v.outcome}[/bold]: {v.claim}. {v.figures}.", highlight=False)
