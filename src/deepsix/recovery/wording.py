"""A forecast in plain words, with a small chart of letters. All wording of this room lives here."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

import numpy as np
from numpy.typing import NDArray

from deepsix.recovery.forecasting import Comparison, Forecast
from deepsix.recovery.loads import activity
from deepsix.recovery.permission import Permission
from deepsix.recovery.tables import read_table

Array = NDArray[np.float64]

_ROWS: Final = 10
_WIDTH: Final = 60


def days_in_words(days: float, horizon: int) -> str:
    """Return a length of time as people say it.

    >>> days_in_words(5, 42), days_in_words(24, 42), days_in_words(float("inf"), 42)
    ('5 days', '3 and a half weeks', 'more than 6 weeks')
    """
    if math.isinf(days):
        return f"more than {days_in_words(horizon, horizon)}"
    if days < 1:
        return "now"
    if days < 11:
        return f"{days:.0f} day{'' if round(days) == 1 else 's'}"
    halves = round(2 * days / 7)
    return f"{halves // 2}{' and a half' if halves % 2 else ''} weeks"


def summary(found: Forecast) -> str:
    """Return when it is likely to be better."""
    horizon = len(found.middle)
    soon, middle, late = (days_in_words(found.better_after(q), horizon) for q in (0.1, 0.5, 0.9))
    if math.isinf(found.better_after(0.1)):
        return f"It is likely to take {middle}."
    if math.isinf(found.better_after(0.5)):
        return f"Half or more of people like this take {middle}; the quickest in 10 take {soon}."
    if soon == middle == late:
        return f"Likely better in about {middle}."
    return f"Likely better in about {middle}; for 8 in 10 people like this it is between {soon} and {late}."


def week_lines(found: Forecast) -> list[str]:
    """Return the likely worst pain of a day for today and at the end of each week."""
    lines = []
    for day in [0, *range(7, len(found.middle), 7)]:
        when = "today" if day == 0 and found.first_day == 0 else f"day {day}"
        lines.append(f"{when}: {found.middle[day]:.0f} of 10, likely {found.low[day]:.0f} to {found.high[day]:.0f}")
    return lines


def chart(found: Forecast) -> str:
    """Return worst pain by day as text: `o` the middle, `:` the band of 8 in 10."""
    days = len(found.middle)
    step = max(1, math.ceil(days / _WIDTH))
    at = range(0, days, step)
    lines = []
    for level in range(_ROWS, -1, -1):
        cells = ""
        for d in at:
            if round(found.middle[d]) == level:
                cells += "o"
            else:
                cells += ":" if round(found.low[d]) <= level <= round(found.high[d]) else " "
        lines.append(f"{level:>3} |{cells.rstrip()}")
    lines.append("    +" + "-" * len(at))
    labels = [" "] * (len(at) + 4)
    for d in range(0, days, 7):
        text = str(found.first_day + d)
        labels[d // step : d // step + len(text)] = list(text)
    lines.append("     " + "".join(labels).rstrip() + "  day")
    return "\n".join(lines)


def what_if_words(found: Comparison, what: str, begins: date) -> str:
    """Return what a change of plan does, on the same simulated people; `begins` is the first day compared."""
    extra, day = float(found.extra_pain.max()), int(found.extra_pain.argmax())
    less = float(found.extra_pain.min())
    if extra < 0.1 and less > -0.1:
        first = "hardly changes anything"
    elif extra >= 0.1:
        at = begins + timedelta(days=day)
        when = f"{at:%A} {at.day} {at:%B}"
        first = f"means more pain for a while, on average {extra:.1f} points at most, on {when}"
    else:
        first = f"means a little less pain, on average {-less:.1f} points at most"
    lines = [f"{what} {first}."]
    if found.share_worse >= 0.01:
        lines.append(f"About {_out_of_ten(found.share_worse)} people feel it clearly (2 points or more on some day).")
    if abs(found.days_later) >= 0.5:
        word = "later" if found.days_later > 0 else "sooner"
        lines.append(f"They are better {abs(found.days_later):.0f} day{_s(found.days_later)} {word} on average.")
    if found.share_later >= 0.05:
        lines.append(f"About {_out_of_ten(found.share_later)} take at least a week longer.")
    return " ".join(lines)


def permission_lines(week: Mapping[str, Permission], asked: Mapping[str, Permission]) -> list[str]:
    """Return what stands against the activities of the forecast's days, and against each thing that was asked about."""
    words: dict[str, str] = read_table("words.toml")["permission"]
    lines = []
    for name, found in week.items():
        what = activity(name)["name"]
        if found.is_refused:
            lines.append(words["week_refused"].format(activity=what, reasons=" ".join(found.refused)))
        elif found.first:
            lines.append(words["first"].format(what=what, reasons=" ".join(found.first)))
    for what, found in asked.items():
        if found.is_refused:
            lines.append(words["refused"].format(what=what, reasons=" ".join(found.refused)))
        elif found.first:
            lines.append(words["first"].format(what=what, reasons=" ".join(found.first)))
    return lines


def _s(number: float) -> str:
    return "" if round(abs(number)) == 1 else "s"


def _out_of_ten(share: float) -> str:
    return f"{round(10 * share)} in 10" if 0.05 <= share <= 0.95 else ("nearly all" if share > 0.5 else "1 in 100")


LIMITS: Final = (
    "This is a simulation, not a measurement: most of its numbers are judgements, and it knows nothing of nerves, "
    "bones or joints. Do not run on a hip whose bone may be injured. If you get worse, or have numbness, weakness, "
    "fever, trouble with bladder or bowel, or pain that does not let you put weight on the leg, see someone now and do "
    "not wait for the forecast."
)
