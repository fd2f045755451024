"""How often the forecast's 80% band holds simulated people with hidden numbers, and how long a forecast takes.

    python benchmarks/recovery/coverage.py [--people 100] [--seeds 1 2 3 4] [--members 400] [--quick]

People are new for every seed. The error given is the standard error, people counted and not days, since the days of
one person are alike. A band between the 10th and 90th hundredth of `members` members holds 0.8 (members - 1) /
(members + 1) when everything is right. The rows marked "wider" draw hidden people who differ 1.5 times as much as the
forecast assumes, and those marked "alike" let the three numbers of a check-in err wholly together: what is lost when
the assumptions are wrong. None of this says how the forecast does on real people.
"""

from __future__ import annotations

import os

os.environ["OMP_NUM_THREADS"] = "1"  # one core; read when the libraries are imported
os.environ["OPENBLAS_NUM_THREADS"] = "1"

import argparse
from time import perf_counter

from deepsix.recovery.forecasting import look_ahead, prepare
from deepsix.recovery.hidden import coverage, together
from deepsix.recovery.schedule import usual

CASES = (
    ("overload, no check-ins", {"told_days": ()}),
    ("overload, 4 check-ins", {}),
    ("overload, 10 check-ins", {"told_days": tuple(range(1, 21, 2))}),
    ("overload, running on, 4 check-ins", {"week": "runner"}),
    ("strain of grade 2, 4 check-ins", {"problem": "strain_grade_2"}),
    ("tendinopathy, 4 check-ins", {"problem": "tendinopathy"}),
    ("overload, 4 check-ins, alike", {"errs_alike": True}),
    ("overload, 4 check-ins, wider", {"wider": 1.5}),
)
SPANS = (("days 1-3", 0, 3), ("week 1", 0, 7), ("week 2", 7, 14), ("week 3 on", 14, None))


def show_coverage(people: int, seeds: list[int], members: int) -> None:
    right = 0.8 * (members - 1) / (members + 1)
    print(f"{people} people for each of seeds {seeds}, {members} members; {right:.1%} is right")
    print(
        f"{'':34s}{'all days':>14s}" + "".join(f"{name:>11s}" for name, _, _ in SPANS) + f"{'better':>9s}{'below':>7s}"
    )
    for name, settings in CASES:
        found = together([coverage(people, members, seed=seed, **settings) for seed in seeds])
        spans = "".join(f"{found.share(first, last):11.1%}" for _, first, last in SPANS)
        whole = f"{found.share():7.1%} ± {found.error():4.1%}"
        print(f"{name:34s}{whole:>14s}{spans}{found.better.mean():9.0%}{found.below:7.0%}", flush=True)


def show_times() -> None:
    for members in (1000, 2000):
        ensemble, plan = prepare(["piriformis"], members=members), usual("quiet", 60)
        times = []
        for _ in range(5):
            began = perf_counter()
            look_ahead(ensemble, plan)
            times.append(perf_counter() - began)
        print(f"{members} members x 60 days: {min(times):.2f} s (fastest of 5, one core)")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--people", type=int, default=100)
    options.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3, 4])
    options.add_argument("--members", type=int, default=400)
    options.add_argument("--quick", action="store_true", help="only the time of a forecast")
    asked = options.parse_args()
    if not asked.quick:
        show_coverage(asked.people, asked.seeds, asked.members)
    show_times()


if __name__ == "__main__":
    main()
