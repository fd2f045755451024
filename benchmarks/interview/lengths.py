"""How many questions are left, by how many were asked: the table behind the progress line of the pages.

    python benchmarks/interview/lengths.py [--cases FILE ...] [--out src/deepsix/web/data/questions_left.csv]

Plays the interview over cases, as `deepsix.study.interviewed` does. For each number of questions asked, `low` and
`high` hold the middle six tenths of how many more came, over the interviews that had not yet ended.
"""

from __future__ import annotations

import os

os.environ["OMP_NUM_THREADS"] = "1"  # one core; read when the libraries are imported
os.environ["OPENBLAS_NUM_THREADS"] = "1"

import argparse
import csv
from pathlib import Path

import numpy as np

from deepsix.knowledge import load_knowledge
from deepsix.study.cases import SHIPPED_CASES, read_cases
from deepsix.study.interviewed import interview

HERE = Path(__file__).resolve().parents[2]
CASES = [SHIPPED_CASES, *sorted((HERE / "tests" / "cases").glob("vignettes_*.jsonl"))]
OUT = HERE / "src" / "deepsix" / "web" / "data" / "questions_left.csv"
TENTHS = (0.2, 0.8)


def main() -> None:
    """Play the cases and write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=Path, nargs="*", default=CASES)
    parser.add_argument("--every", type=int, default=1, help="play only every n-th case")
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args()
    knowledge = load_knowledge()
    cases = [case for path in options.cases for case in read_cases(path, knowledge).cases]
    totals = np.array([interview(knowledge, case, "community").questions for case in cases[:: options.every]])
    with options.out.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(("asked", "low", "high", "interviews"))
        for asked in range(int(totals.max())):
            left = totals[totals > asked] - asked
            low, high = np.quantile(left, TENTHS)
            table.writerow((asked, round(low), round(high), len(left)))
    print(f"{len(totals)} interviews, median {np.median(totals):.0f} questions, written to {options.out.name}")


if __name__ == "__main__":
    main()
