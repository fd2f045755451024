"""How long one step of the interview takes on the real knowledge base, and how much memory the process needs.

    python benchmarks/interview/measure.py [--setting community] [--repeat 3]

Plays the interview over the published cases that come with the package. After every answer it times one whole step:
posterior, 95% intervals, urgency, next question, and the reasons for the first cause. Each step is timed `--repeat`
times and the fastest kept, so that other work on the machine counts as little as possible. One core.
"""

from __future__ import annotations

import os

os.environ["OMP_NUM_THREADS"] = "1"  # one core; read when the libraries are imported
os.environ["OPENBLAS_NUM_THREADS"] = "1"
os.environ["MKL_NUM_THREADS"] = "1"

import argparse
import gc
import resource
from dataclasses import dataclass, field
from time import perf_counter

import numpy as np

from deepsix.case import SETTINGS, Case, Setting
from deepsix.diagnosis.engine import Weighed, assessment_of, weigh
from deepsix.diagnosis.explanation import explain
from deepsix.diagnosis.question import Question, next_question
from deepsix.knowledge import load_knowledge
from deepsix.knowledge.model import Knowledge
from deepsix.study.cases import SHIPPED_CASES, read_cases
from deepsix.study.interviewed import replies

PARTS = ("posterior", "intervals and urgency", "next question", "reasons")
GOAL_MEDIAN_MS, GOAL_P95_MS, GOAL_MEMORY_MB = 20.0, 100.0, 300.0


@dataclass
class Times:
    """Seconds of every step, by part."""

    steps: list[list[float]] = field(default_factory=list)

    def whole_ms(self) -> np.ndarray:
        return 1e3 * np.array(self.steps).sum(axis=1)

    def part_ms(self, part: str) -> np.ndarray:
        return 1e3 * np.array(self.steps)[:, PARTS.index(part)]


def step(
    knowledge: Knowledge, case: Case, asked: list[str], setting: Setting
) -> tuple[list[float], Weighed, Question | None]:
    """Run one step of the interview and return the seconds each part took."""
    clock = [perf_counter()]
    weighed = weigh(knowledge, case, setting)
    clock.append(perf_counter())
    assessment = assessment_of(knowledge, weighed)
    clock.append(perf_counter())
    question = next_question(knowledge, weighed, asked)
    clock.append(perf_counter())
    explain(knowledge, weighed, assessment.causes[0].condition)
    clock.append(perf_counter())
    return list(np.diff(clock)), weighed, question


def measure(knowledge: Knowledge, setting: Setting, repeat: int) -> Times:
    """Play every published case's interview to its end and return the times of all steps."""
    times = Times()
    for study_case in read_cases(SHIPPED_CASES, knowledge).cases:
        case, asked = study_case.bare(), list[str]()
        while True:
            tries = [step(knowledge, case, asked, setting) for _ in range(repeat)]
            times.steps.append(min((seconds for seconds, _, _ in tries), key=sum))
            question = tries[0][2]
            if question is None:
                break
            asked.append(question.id)
            case = case.with_answers(*replies(study_case, question))
    return times


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--setting", choices=SETTINGS, default="community")
    parser.add_argument("--repeat", type=int, default=3)
    arguments = parser.parse_args()
    started = perf_counter()
    knowledge = load_knowledge()
    loaded = perf_counter()
    step(knowledge, Case(), [], arguments.setting)  # compiles the network, once a process
    compiled = perf_counter()
    gc.collect()
    times = measure(knowledge, arguments.setting, arguments.repeat)
    memory_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

    print(f"{len(knowledge.conditions)} causes, {len(knowledge.findings)} findings, setting {arguments.setting}")
    print(f"load {1e3 * (loaded - started):.0f} ms, first step with the network {1e3 * (compiled - loaded):.0f} ms")
    print(f"{len(times.steps)} steps, best of {arguments.repeat}, one core\n")
    print(f"{'part':<24}{'median ms':>10}{'p95 ms':>10}{'worst ms':>10}")
    for part in PARTS:
        _print_row(part, times.part_ms(part))
    whole = times.whole_ms()
    _print_row("whole step", whole)
    print(f"\npeak memory of the process {memory_mb:.0f} MB")
    reached = np.median(whole) <= GOAL_MEDIAN_MS and np.percentile(whole, 95) <= GOAL_P95_MS
    goals = f"median <= {GOAL_MEDIAN_MS:.0f} ms, p95 <= {GOAL_P95_MS:.0f} ms, memory < {GOAL_MEMORY_MB:.0f} MB"
    print(f"goals: {goals}: {'reached' if reached and memory_mb < GOAL_MEMORY_MB else 'NOT reached'}")


def _print_row(name: str, ms: np.ndarray) -> None:
    print(f"{name:<24}{np.median(ms):>10.1f}{np.percentile(ms, 95):>10.1f}{ms.max():>10.1f}")


if __name__ == "__main__":
    main()
