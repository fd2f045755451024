"""Prints the checklist over all plans: `python benchmarks/plan/checklist.py`. The list is `tests/plan/checklist.py`."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "tests" / "plan"))

from checklist import CHECKLIST
from checklist_cases import Row, case_rows, condition_rows

from deepsix import load_knowledge


def main() -> None:
    knowledge = load_knowledge()
    rows = [*condition_rows(knowledge), *case_rows(knowledge)]
    print(f"| {'plan for':<46} | {'advice':<16} | tasks | asked | failed |")
    print(f"| {'-' * 46} | {'-' * 16} | ----- | ----- | ------ |")
    for row in rows:
        failed = ", ".join(row.failed) or "none"
        print(f"| {row.name[:46]:<46} | {row.urgency:<16} | {row.today:>5} | {len(row.asked):>5} | {failed} |")
    print()
    _items(rows)
    sys.exit(1 if any(row.failed for row in rows) else 0)


def _items(rows: list[Row]) -> None:
    print(f"| {'item':<26} | asked | failed | source |")
    print(f"| {'-' * 26} | ----- | ------ | ------ |")
    for item in CHECKLIST:
        asked = sum(item.id in row.asked for row in rows)
        failed = sum(item.id in row.failed for row in rows)
        print(f"| {item.id:<26} | {asked:>5} | {failed:>6} | {item.source} |")
    print(f"\n{len(rows)} plans, {sum(bool(row.failed) for row in rows)} with a failed item")


if __name__ == "__main__":
    main()
