"""FIT: one session for each `session` message; from the points alone when recording broke off before it was written."""

from __future__ import annotations

import math
import struct
from datetime import UTC, datetime
from typing import IO, Any

from deepsix.intake.training.errors import TrainingFileError
from deepsix.intake.training.points import STEPS_A_STRIDE, Climb, session
from deepsix.intake.training.sessions import Session
from deepsix.intake.training.tables import numbers, sport_of

MOST_SESSIONS = 1_000


def read_fit(file: IO[bytes]) -> tuple[Session, ...]:
    """Return the sessions of a FIT file.

    Raises:
        TrainingFileError: It is damaged or cut short, is not an activity, or holds no session.
    """
    import fitdecode

    sessions: list[Session] = []
    points, kind = _Points(), ""
    try:
        with fitdecode.FitReader(
            file, check_crc=fitdecode.CrcCheck.RAISE, error_handling=fitdecode.ErrorHandling.RAISE
        ) as reader:
            for frame in reader:
                if frame.frame_type != fitdecode.FIT_FRAME_DATA:
                    continue
                if frame.name == "file_id":
                    kind = str(_value(frame, "type") or "")
                elif frame.name == "record":
                    points.add(frame)
                elif frame.name == "session" and len(sessions) < MOST_SESSIONS:
                    sessions += _session(frame)
    except fitdecode.FitError:
        raise TrainingFileError("It is damaged or was cut short. Copy it from the watch again.") from None
    except (struct.error, ValueError, TypeError, ArithmeticError, LookupError, AssertionError):
        # What fitdecode runs into on bytes that claim to be a message and are not.
        raise TrainingFileError(
            "It is damaged: a message in it makes no sense. Copy it from the watch again."
        ) from None
    found = tuple(sessions) or points.session()
    if not found:
        what = f"It is a FIT file of kind {kind!r}" if kind and kind != "activity" else "It is a FIT file"
        raise TrainingFileError(f"{what} without any training in it. Choose the file of an activity.")
    return found


def _value(frame: Any, name: str) -> Any:
    return frame.get_value(name, fallback=None)


def _figure(frame: Any, *names: str) -> float | None:
    """Return the first of these fields that holds a figure of 0 or more."""
    for name in names:
        value = _value(frame, name)
        if isinstance(value, (int, float)) and math.isfinite(value) and value >= 0:
            return float(value)
    return None


def _session(frame: Any) -> tuple[Session, ...]:
    start = _value(frame, "start_time")
    duration_s = _figure(frame, "total_timer_time", "total_elapsed_time")
    if not isinstance(start, datetime) or duration_s is None:
        return ()
    sport = sport_of(str(_value(frame, "sport") or ""))
    strides = _figure(frame, "total_strides", "total_cycles")
    cadence = _figure(frame, "avg_running_cadence", "avg_cadence")
    cadence = cadence + (_figure(frame, "avg_fractional_cadence") or 0.0) if cadence is not None else None
    return (
        session(
            start=start if start.tzinfo else start.replace(tzinfo=UTC),
            sport=sport,
            duration_s=duration_s,
            distance_m=_figure(frame, "total_distance"),
            climb_m=_figure(frame, "total_ascent"),
            counted=round(strides * STEPS_A_STRIDE) if strides else None,
            from_cadence=round(cadence * STEPS_A_STRIDE * duration_s / 60) if cadence else None,
            file_format="fit",
        ),
    )


class _Points:
    """Adds up the `record` messages, for files that have no `session`."""

    def __init__(self) -> None:
        self._first: datetime | None = None
        self._last: datetime | None = None
        self._distance_m: float | None = None
        self._climb = Climb(numbers("reading")["climb_step_m"])

    def add(self, frame: Any) -> None:
        at = _value(frame, "timestamp")
        if isinstance(at, datetime):
            at = at if at.tzinfo else at.replace(tzinfo=UTC)
            self._first = self._first or at
            self._last = at
        way = _figure(frame, "distance")
        self._distance_m = way if way is not None else self._distance_m
        height = _value(frame, "enhanced_altitude")
        if isinstance(height, (int, float)) and math.isfinite(height):
            self._climb.add(float(height))

    def session(self) -> tuple[Session, ...]:
        """Return the session the points make, none when they have no times."""
        if self._first is None or self._last is None or self._last <= self._first:
            return ()
        passed_s = (self._last - self._first).total_seconds()
        return (
            session(
                start=self._first,
                sport="other",
                duration_s=passed_s,
                distance_m=self._distance_m,
                climb_m=self._climb.total_m,
                file_format="fit",
            ),
        )
