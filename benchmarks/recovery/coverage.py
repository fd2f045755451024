"""How often the forecast's 80% band holds simulated people with hidden numbers, and how long a forecast takes.

    python benchmarks/recovery/coverage.py [--people 200] [--members 500]

The rows marked "wider" draw hidden people who differ 1.5 times as much as the forecast assumes: what is lost when the
assumptions are wrong. None of this says how the forecast does on real people.
"""

from __future__ import annotations

import os

os.environ["OMP_NUM_THREADS"] = "1"  # one core; read when the libraries are imported
os.environ["OPENBLAS_NUM_THREADS"] = "1"

import argparse
import math
from time import perf_counter

from deepsix.recovery.forecasting import look_ahead, prepare
from deepsix.recovery.hidden import coverage
from deepsix.recovery.schedule import usual

CASES = (
    ("overload, no check-ins", {"told_days": ()}),
    ("overload, 4 check-ins", {}),
    ("overload, running on, 4 check-ins", {"week": "runner"}),
    ("strain of grade 2, 4 check-ins", {"problem": "strain_grade_2"}),
    ("tendinopathy, 4 check-ins", {"problem": "tendinopathy"}),
    ("overload, 4 check-ins, wider", {"wider": 1.5}),
)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--people", type=int, default=200)
    options.add_argument("--members", type=int, default=400)
    asked = options.parse_args()
    margin = 1.96 * math.sqrt(0.8 * 0.2 / asked.people)
    print(
        f"{asked.people} people; by chance alone 80% comes out from {80 - 100 * margin:.0f} to {80 + 100 * margin:.0f}%"
    )
    print(f"{'':36s} once a person   all days   days to better   below of outside")
    for name, settings in CASES:
        found = coverage(asked.people, asked.members, **settings)
        print(
            f"{name:36s} {found.once:13.0%} {found.by_day.mean():10.0%} {found.better:16.0%} {found.below:18.0%}",
            flush=True,
        )
    for members in (1000, 2000):
        ensemble, plan = prepare(["piriformis"], members=members), usual("quiet", 60)
        times = []
        for _ in range(5):
            began = perf_counter()
            look_ahead(ensemble, plan)
            times.append(perf_counter() - began)
        print(f"{members} members x 60 days: {min(times):.2f} s (fastest of 5, one core)")


if __name__ == "__main__":
    main()
