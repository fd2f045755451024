"""Draw what the simulation does, one SVG a behaviour: `python -m deepsix.recovery.plots docs/guide/recovery`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from deepsix.recovery import behaviours
from deepsix.recovery.dynamics import Course
from deepsix.recovery.forecasting import compare, days_to_better, learn_from, look_ahead, prepare
from deepsix.recovery.learning import Told
from deepsix.recovery.schedule import usual, what_if
from deepsix.recovery.svg import Curve, Interval, curves, rows
from deepsix.recovery.tables import read_table

Array = NDArray[np.float64]

_PEOPLE: Final = 400
_BAND: Final = "line: middle person; band: 8 in 10"


def _banded(name: str, values: Array, first: float = 0.0, step: float = 1.0) -> Curve:
    low, middle, high = (np.asarray(np.quantile(values, q, axis=1), dtype=np.float64) for q in (0.1, 0.5, 0.9))
    at = np.asarray(first + step * np.arange(len(values)), dtype=np.float64)
    return Curve(name, at, middle, low, high)


def next_day_plot() -> str:
    """Return pain by the hour around one run that is twice as long as usual (A2)."""
    course = behaviours.next_day(people=_PEOPLE)
    curve = _banded("an even hip, one run of 110 minutes at 10:00", course.hourly, -58 / 24, 1 / 24)
    return curves(
        "Pain is highest the day after",
        f"Worst pain of each hour before and after a run twice as long as usual; {_BAND}",
        [curve],
        "days after the run",
        range(-2, 10),
        "worst pain of the hour, 0-10",
        y_top=5.0,
        marks=[(0.0, "run")],
    )


def tipping_plot() -> str:
    """Return the same runners with even and with uneven sharing (A7, A10)."""
    found = behaviours.tipping(people=_PEOPLE)
    return curves(
        "The same runs: an even hip stays well, an uneven one tips",
        f"Worst pain of each day over twelve weeks of unchanged running; {_BAND}",
        [_banded("all muscles whole", found.even.worst), _banded("gluteals at 60%", found.uneven.worst)],
        "days",
        range(0, 85, 14),
    )


def _row(name: str, course: Course, colour: int) -> Interval:
    days = np.minimum(days_to_better(course.worst), behaviours.HORIZON_DAYS)
    low, middle, high = (float(np.quantile(days, q)) for q in (0.1, 0.5, 0.9))
    return Interval(name, low, middle, high, colour)


def remedies_plot() -> str:
    """Return days to better under each remedy (A11, A13-A16)."""
    found = behaviours.remedies(people=_PEOPLE)
    rest = float(np.median(days_to_better(found["rest from sport"].worst)))
    drawn = []
    for name, course in found.items():
        middle = float(np.median(days_to_better(course.worst)))
        drawn.append(_row(name, course, 0 if middle == rest else (2 if middle < rest else 1)))
    return rows(
        "Days to better, each remedy kept up for four weeks",
        "The same people, pain 5 of 10 at the start; dot: middle person, bar: 8 in 10",
        drawn,
        "days until three days of little pain",
        100.0,
    )


def healing_plot() -> str:
    """Return simulated days to better after strains beside published lay-off."""
    drawn = []
    for grade in range(4):
        mean, sd = read_table("problems.toml")[f"strain_grade_{grade}"]["published_days"]
        days = behaviours.strain_days(grade, people=_PEOPLE)
        drawn.append(Interval(f"grade {grade}, published (mean, SD)", max(mean - sd, 0.0), mean, mean + sd, 1))
        low, middle, high = (float(np.quantile(days, q)) for q in (0.16, 0.5, 0.84))
        drawn.append(Interval(f"grade {grade}, simulated (middle two thirds)", low, middle, high, 0))
    return rows(
        "Hamstring strains",
        "Published lay-off of footballers beside simulated days to better; fitted to it",
        drawn,
        "days",
        150.0,
        names_width=260.0,
    )


def tendon_plot() -> str:
    """Return the share of people with a tendinopathy whose pain has halved, beside published success."""
    waiting = tuple(range(14, 366, 14))
    loading = tuple(range(7, 99, 7))
    share = np.array(behaviours.tendon_success(waiting, False, people=_PEOPLE))
    faster = np.array(behaviours.tendon_success(loading, True, people=_PEOPLE))
    return curves(
        "Gluteal tendinopathy: share of people whose pain has halved",
        "Simulated share over a year; published: 7% after a month at home; at 8 weeks 29% waiting, 77% trained",
        [
            Curve("waiting", np.array((0, *waiting), dtype=float), np.r_[0.0, 100 * share]),
            Curve("slow loading daily", np.array((0, *loading), dtype=float), np.r_[0.0, 100 * faster]),
        ],
        "days",
        range(0, 361, 60),
        "percent",
        100.0,
        marks=[(30.0, "month"), (56.0, "8 weeks: published 29 and 77%")],
    )


def forecast_plot() -> str:
    """Return a forecast before and after four check-ins of someone who does not get better."""
    plan = usual("quiet", 42)
    begun = prepare(["piriformis"], members=_PEOPLE)
    told = [Told(d, 4, 6, 5) for d in (2, 5, 8, 11)]
    after = learn_from(begun, plan, told)
    before, later = look_ahead(begun, plan), look_ahead(after, plan)
    return curves(
        "What check-ins teach",
        f"Forecast on the first day, and after four check-ins that each told a worst pain of 6; {_BAND}",
        [
            _banded("first day", before.worst),
            _banded("after four check-ins of 6", later.worst, float(later.first_day)),
        ],
        "days",
        range(0, 43, 7),
        marks=[(float(later.first_day), "learnt")],
    )


def what_if_plot() -> str:
    """Return a plan with and without a run, on the same members."""
    plan = usual("quiet", 42)
    found = compare(prepare(["piriformis"], members=_PEOPLE), plan, what_if("run:saturday:40", plan))
    return curves(
        "What if I run on Saturday?",
        f"Worst pain with and without one run of 40 minutes on day 5, the same people and days; {_BAND}",
        [_banded("no run", found.usual.worst), _banded("40 minutes on Saturday", found.changed.worst)],
        "days",
        range(0, 43, 7),
        marks=[(5.0, "run")],
    )


PLOTS: Final = {
    "next_day": next_day_plot,
    "tipping": tipping_plot,
    "remedies": remedies_plot,
    "strains": healing_plot,
    "tendinopathy": tendon_plot,
    "check_ins": forecast_plot,
    "what_if": what_if_plot,
}


def main(arguments: list[str]) -> int:
    """Write every plot into a folder; return the exit code."""
    if len(arguments) != 1:
        sys.stderr.write("Give one folder: python -m deepsix.recovery.plots docs/guide/recovery\n")
        return 2
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    for name, draw in PLOTS.items():
        (folder / f"{name}.svg").write_text(draw() + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
