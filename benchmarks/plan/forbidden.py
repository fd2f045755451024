"""Counts forbidden remedies in 10,000 generated assessments: `python benchmarks/plan/forbidden.py [COUNT]`.

Half are made up (any mix of answers and probabilities), half are random answers weighed by the engine. What is
forbidden is read from the data files by `tests/plan/plan_forbidden.py`, which shares no code with the plan.
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from datetime import date
from itertools import chain
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "tests" / "plan"))

from plan_assessments import generated_assessments, random_case
from plan_forbidden import RawCare, violations

from deepsix import assess, load_knowledge
from deepsix.knowledge.care import STAGES
from deepsix.plan import build_plan


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    knowledge, raw, chance = load_knowledge(), RawCare(), random.Random(11)
    made_up = generated_assessments(knowledge, count // 2, seed=10)
    weighed = (assess(knowledge, random_case(knowledge, chance)) for _ in range(count - count // 2))
    found: list[str] = []
    tasks: Counter[str] = Counter()
    building = 0.0
    for number, assessment in enumerate(chain(made_up, weighed)):
        start = time.perf_counter()
        plan = build_plan(knowledge, assessment, day=date(2026, 3, 2), stage=STAGES[number % len(STAGES)])
        building += time.perf_counter() - start
        found += violations(raw, assessment, plan)
        tasks.update(task.kind for task in plan.today)
    print(f"{count} assessments, {sum(tasks.values())} tasks, {1e3 * building / count:.1f} ms a plan")
    print(", ".join(f"{kind} {number}" for kind, number in tasks.most_common()))
    print(f"forbidden remedies: {len(found)}")
    for line in found[:20]:
        print(f"  {line}")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
