"""One training session as it came out of a file."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime

STEPS_FROM = ("device", "cadence", "estimate", "")


@dataclass(frozen=True, slots=True)
class Session:
    """A session of training. None where the file does not tell.

    Args:
        start: With a time zone.
        sport: `running`, `walking`, `hiking`, `cycling`, `swimming` or `other`.
        duration_s: Time moving where the file tells, else from the first to the last point.
        distance_m, climb_m: Along the ground, and the sum of what goes up.
        steps: Steps of load, both feet counted.
        steps_from: `device` (counted), `cadence` (cadence times time), `estimate` (a typical rate), '' (none).
        file_format: `fit`, `gpx`, `tcx` or `csv`.

    Raises:
        ValueError: The start has no time zone, or a figure is negative or not finite.
    """

    start: datetime
    sport: str
    duration_s: float
    distance_m: float | None = None
    climb_m: float | None = None
    steps: int | None = None
    steps_from: str = ""
    file_format: str = ""

    def __post_init__(self) -> None:
        if self.start.tzinfo is None:
            raise ValueError("The start of a session needs a time zone.")
        for value in (self.duration_s, self.distance_m, self.climb_m, self.steps):
            if value is not None and not (math.isfinite(value) and value >= 0):
                raise ValueError("A session holds a figure that is negative or not finite.")
        if self.steps_from not in STEPS_FROM:
            raise ValueError(f"Steps cannot come from {self.steps_from!r}.")
