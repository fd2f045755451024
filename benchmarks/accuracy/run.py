"""Scores every way of telling on every set of cases and prints the table of docs/guide/accuracy-figures.md.

python benchmarks/accuracy/run.py > docs/guide/accuracy-figures.md
"""

from __future__ import annotations

from pathlib import Path

from deepsix.case import Setting
from deepsix.knowledge import load_knowledge
from deepsix.study.cases import SHIPPED_CASES, read_cases
from deepsix.study.evaluate import GIVEN, Evaluation, evaluate
from deepsix.study.statistics import Share

CASES = Path(__file__).parents[2] / "tests" / "cases"
SETS = (
    ("33 published cases", (SHIPPED_CASES,)),
    ("185 written vignettes", (CASES / "vignettes_1.jsonl", CASES / "vignettes_2.jsonl")),
    ("50 written vignettes, unseen", (CASES / "vignettes_3.jsonl",)),
)
SETTINGS: tuple[Setting, ...] = ("published", "community")
HEAD = ("cases", "given", "setting", "top 1", "top 3", "top 5", "urgency right", "dangers sent too late", "over-triage")
MORE = ("Brier", "questions", "facts found")


def _share(share: Share) -> str:
    low, high = share.interval
    return f"{100 * share.value:.0f}% ({100 * low:.0f}-{100 * high:.0f})"


def _row(name: str, result: Evaluation) -> str:
    cells = [
        name,
        result.given,
        result.setting,
        *(_share(result.top(k)) for k in (1, 3, 5)),
        _share(result.urgency_exact),
        str(len(result.hazardous_under_triage)),
        _share(result.over_triage),
        f"{result.brier:.3f}",
        f"{result.questions_median:g}" if result.given == "interview" else "",
        f"{100 * result.fact_recall:.0f}%" if result.given != "answers" else "",
    ]
    return f"| {' | '.join(cells)} |"


def main() -> None:
    """Print the table."""
    knowledge = load_knowledge()
    print("<!-- Made by benchmarks/accuracy/run.py; do not edit. -->\n")
    print("# Accuracy figures\n")
    print(f"Knowledge base version {knowledge.version}. In brackets 95% Wilson intervals.\n")
    print(f"| {' | '.join((*HEAD, *MORE))} |")
    print(f"|{' --- |' * (len(HEAD) + len(MORE))}")
    for name, paths in SETS:
        cases = [case for path in paths for case in read_cases(path, knowledge).cases]
        for given in GIVEN:
            for setting in SETTINGS:
                print(_row(name, evaluate(knowledge, cases, given, setting)), flush=True)


if __name__ == "__main__":
    main()
