"""Adding up a track point by point, in constant memory: time, way, climb and steps."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import UTC, datetime, tzinfo

from deepsix.intake.training.sessions import Session
from deepsix.intake.training.tables import OTHER, numbers

EARTH_RADIUS_M = 6_371_008.8  # mean radius, IUGG
ON_FOOT = ("running", "walking", "hiking")
STEPS_A_STRIDE = 2  # devices count strides of one foot
_A_MINUTE_S = 60.0


class Climb:
    """Adds up what goes up. A rise counts once it is `climb_step_m` above the lowest point since the last one."""

    def __init__(self, step_m: float) -> None:
        self._step_m = step_m
        self._low_m: float | None = None
        self.total_m: float | None = None

    def add(self, height_m: float) -> None:
        """Add the next height."""
        if self._low_m is None:
            self._low_m, self.total_m = height_m, 0.0
        elif height_m - self._low_m >= self._step_m:
            self.total_m = (self.total_m or 0.0) + height_m - self._low_m
            self._low_m = height_m
        else:
            self._low_m = min(self._low_m, height_m)


class Track:
    """Adds up the points of one session, in the order of the file.

    Points without a time only add way and climb. A break (a new segment) adds neither time nor way.
    """

    def __init__(self) -> None:
        self._rules = numbers("reading")
        self._climb = Climb(self._rules["climb_step_m"])
        self._at: datetime | None = None
        self._where: tuple[float, float] | None = None
        self._strides = 0.0
        self.start: datetime | None = None
        self.duration_s = 0.0
        self.distance_m: float | None = None

    @property
    def climb_m(self) -> float | None:
        return self._climb.total_m

    def break_off(self) -> None:
        """Begin a new segment."""
        self._at, self._where = None, None

    def add(
        self,
        at: datetime | None,
        where: tuple[float, float] | None,
        height_m: float | None = None,
        cadence: float | None = None,
    ) -> None:
        """Add a point.

        Args:
            at: Its time with a zone.
            where: Latitude and longitude in degrees.
            height_m: Above the sea.
            cadence: Strides (one foot) a minute.
        """
        passed_s = (at - self._at).total_seconds() if at and self._at else 0.0
        way_m = distance_m(self._where, where) if where and self._where else None
        if passed_s < 0 or (way_m and passed_s and way_m / passed_s > self._rules["fastest_m_s"]):
            return
        if way_m is not None:
            self.distance_m = (self.distance_m or 0.0) + way_m
        is_pause = passed_s > self._rules["longest_gap_s"] and (way_m is None or way_m < passed_s / 10)
        if not is_pause:
            self.duration_s += passed_s
            self._strides += (cadence or 0.0) * passed_s / _A_MINUTE_S
        if height_m is not None:
            self._climb.add(height_m)
        self.start = min(self.start, at) if self.start and at else self.start or at
        self._at, self._where = at or self._at, where or self._where

    def steps(self) -> int | None:
        """Return the steps from the cadence of the points, None when there was none."""
        return round(self._strides * STEPS_A_STRIDE) or None


def distance_m(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return the way between two places in metres on a sphere (haversine); at most 0.5% off the true figure.

    >>> round(distance_m((52.0, 5.0), (53.0, 5.0)))
    111195
    """
    lat_1, lon_1, lat_2, lon_2 = map(math.radians, (*one, *other))
    half = math.sin((lat_2 - lat_1) / 2) ** 2 + math.cos(lat_1) * math.cos(lat_2) * math.sin((lon_2 - lon_1) / 2) ** 2
    return 2 * EARTH_RADIUS_M * math.asin(min(1.0, math.sqrt(half)))


def steps_for(sport: str, duration_s: float, counted: int | None, from_cadence: int | None) -> tuple[int | None, str]:
    """Return the steps of load of a session and where they come from: counted, from cadence, or a typical rate."""
    if sport not in ON_FOOT:
        return None, ""
    if counted:
        return counted, "device"
    if from_cadence:
        return from_cadence, "cadence"
    rates: Mapping[str, float] = numbers("reading")
    return round(rates[f"steps_min_{sport}"] * duration_s / _A_MINUTE_S), "estimate"


def session(
    *,
    start: datetime,
    sport: str,
    duration_s: float,
    distance_m: float | None,
    climb_m: float | None,
    counted: int | None = None,
    from_cadence: int | None = None,
    file_format: str,
) -> Session:
    """Return a session with its steps filled in."""
    steps, source = steps_for(sport or OTHER, duration_s, counted, from_cadence)
    return Session(start, sport or OTHER, duration_s, distance_m, climb_m, steps, source, file_format)


def moment(text: str, zone: tzinfo) -> datetime | None:
    """Return the time a text says, in UTC; `zone` is for those that name none. None when it is not a time.

    >>> moment("2026-01-05T08:00:00+02:00", UTC)
    datetime.datetime(2026, 1, 5, 6, 0, tzinfo=datetime.timezone.utc)
    """
    try:
        at = datetime.fromisoformat(text.strip())
        return (at if at.tzinfo else at.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def number(text: str | None) -> float | None:
    """Return the figure a text says, None when it says none or one that is not finite.

    >>> number(" 12.5 "), number("nan"), number("")
    (12.5, None, None)
    """
    try:
        value = float(text or "")
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def not_negative(text: str | None) -> float | None:
    """Return the figure a text says, None when it says none or one below 0."""
    value = number(text)
    return value if value is not None and value >= 0 else None
