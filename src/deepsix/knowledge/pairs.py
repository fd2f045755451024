"""Reads `evidence/pairs.csv`: published sensitivities and specificities, mapped to our own ids."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

from deepsix.knowledge.model import Condition, Estimate, Finding, PublishedPair
from deepsix.knowledge.problems import Problem, nearest

PAIRS_FILE = "evidence/pairs.csv"
COLUMNS = (
    "finding_id", "condition_id", "sensitivity", "sens_ci_low", "sens_ci_high", "specificity", "spec_ci_low",
    "spec_ci_high", "n_cases", "n_controls", "compared_with", "population", "differs", "source", "note",
)  # fmt: skip


def read_pairs(
    folder: Path,
    findings: Mapping[str, Finding],
    conditions: Mapping[str, Condition],
    problems: list[Problem],
) -> tuple[PublishedPair, ...]:
    """Return the published pairs; ids and sources are checked with the other evidence tables."""
    path = folder / PAIRS_FILE
    if not path.exists():
        return ()
    pairs = []
    with path.open(encoding="utf-8", newline="") as handle:
        reader = csv.DictReader(handle)
        if tuple(reader.fieldnames or ()) != COLUMNS:
            fix = f"Name them {', '.join(COLUMNS)}."
            problems.append(Problem(PAIRS_FILE, 1, "columns", "are not the ones we know.", fix))
            return ()
        for row in reader:
            line = reader.line_num
            compared_with = tuple(row["compared_with"].split())
            for name in compared_with:
                if name not in conditions:
                    message = f"{name!r} is not a condition."
                    problems.append(Problem(PAIRS_FILE, line, "compared_with", message, nearest(name, conditions)))
            sensitivity = _share(row, "sensitivity", "sens", line, problems)
            specificity = _share(row, "specificity", "spec", line, problems)
            if sensitivity is None and specificity is None:
                fix = "Give the sensitivity, the specificity or both."
                problems.append(Problem(PAIRS_FILE, line, "sensitivity", "is empty, and so is specificity.", fix))
            if row["finding_id"] in findings and row["condition_id"] in conditions:
                pairs.append(
                    PublishedPair(
                        finding=row["finding_id"],
                        condition=row["condition_id"],
                        sensitivity=sensitivity,
                        specificity=specificity,
                        compared_with=tuple(name for name in compared_with if name in conditions),
                        population=row["population"],
                        differs=row["differs"],
                        source=row["source"],
                        note=row["note"],
                    )
                )
    return tuple(pairs)


def _share(row: Mapping[str, str], name: str, short: str, line: int, problems: list[Problem]) -> Estimate | None:
    """Return the value with its interval. Without an interval, low and high are the value itself."""
    cells = [row[name], row[f"{short}_ci_low"], row[f"{short}_ci_high"]]
    if not cells[0]:
        return None
    try:
        value = float(cells[0])
        low, high = (float(cell) if cell else value for cell in cells[1:])
    except ValueError:
        problems.append(Problem(PAIRS_FILE, line, name, f"{cells} holds no number.", "Give numbers from 0 to 1."))
        return None
    if not 0 <= low <= value <= high <= 1:
        fix = "Have 0 <= low <= value <= high <= 1."
        problems.append(Problem(PAIRS_FILE, line, name, f"{cells}: the interval misses its value.", fix))
        return None
    return Estimate(value, low, high)
