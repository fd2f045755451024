"""FIT: one session for each `session` message; from the points alone when recording broke off before it was written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import IO, Final

from deepsix.intake.training.errors import TrainingFileError
from deepsix.intake.training.fit_layout import Message, messages
from deepsix.intake.training.points import STEPS_A_STRIDE, Climb, session
from deepsix.intake.training.sessions import Session
from deepsix.intake.training.tables import FitField, fit_fields, fit_names, numbers, sport_of

MOST_SESSIONS = 1_000
_EPOCH: Final = datetime(1989, 12, 31, tzinfo=UTC)
_FIRST_STAMP: Final = 0x10000000  # below it a time counts from when the device was switched on


def read_fit(file: IO[bytes]) -> tuple[Session, ...]:
    """Return the sessions of a FIT file.

    Raises:
        TrainingFileError: It is damaged or cut short, is not an activity, or holds no session.
    """
    sessions: list[Session] = []
    kind = ""
    for message in _read(file, "file_id", "session"):
        if message.number == _number("session"):
            sessions += _session(message) if len(sessions) < MOST_SESSIONS else ()
        elif (number := _figure(message, "type")) is not None:
            kind = fit_names("file").get(int(number), "")
    if sessions:
        return tuple(sessions)
    file.seek(0)
    found = _from_points(file)
    if not found:
        what = f"It is a FIT file of kind {kind!r}" if kind and kind != "activity" else "It is a FIT file"
        raise TrainingFileError(f"{what} without any training in it. Choose the file of an activity.")
    return found


def _read(file: IO[bytes], *names: str) -> Iterator[Message]:
    wanted = {_number(name): frozenset(row.number for row in fit_fields(name).values()) for name in names}
    return messages(file, wanted)


@cache
def _number(message: str) -> int:
    return next(number for number, name in fit_names("message").items() if name == message)


@cache
def _fields(number: int) -> Mapping[str, FitField]:
    return fit_fields(fit_names("message")[number])


def _figure(message: Message, *names: str) -> float | None:
    """Return the first of these fields that holds a figure, in the units of the profile.

    Only heights can be below 0; the profile has them as an offset, and the raw figures are never negative.
    """
    for name in names:
        row = _fields(message.number)[name]
        raw = message.values.get(row.number)
        if raw is not None and raw >= 0:
            return raw / row.scale - row.offset
    return None


def _moment(message: Message, name: str) -> datetime | None:
    stamp = message.values.get(_fields(message.number)[name].number)
    return _EPOCH + timedelta(seconds=stamp) if stamp is not None and stamp >= _FIRST_STAMP else None


def _session(message: Message) -> tuple[Session, ...]:
    start = _moment(message, "start_time")
    duration_s = _figure(message, "total_timer_time", "total_elapsed_time")
    if start is None or duration_s is None:
        return ()
    strides = _figure(message, "total_cycles")
    cadence = _figure(message, "avg_cadence")
    cadence = cadence + (_figure(message, "avg_fractional_cadence") or 0.0) if cadence is not None else None
    return (
        session(
            start=start,
            sport=sport_of(fit_names("sport").get(int(_figure(message, "sport") or 0))),
            duration_s=duration_s,
            distance_m=_figure(message, "total_distance"),
            climb_m=_figure(message, "total_ascent"),
            counted=round(strides * STEPS_A_STRIDE) if strides else None,
            from_cadence=round(cadence * STEPS_A_STRIDE * duration_s / 60) if cadence else None,
            file_format="fit",
        ),
    )


def _from_points(file: IO[bytes]) -> tuple[Session, ...]:
    """Return the session that the points make, none when they have no times."""
    fields, climb = fit_fields("record"), Climb(numbers("reading")["climb_step_m"])
    stamp, way, heights = fields["timestamp"], fields["distance"], (fields["enhanced_altitude"], fields["altitude"])
    stamps, distance_m = [0, 0], None
    for message in _read(file, "record"):
        values = message.values
        if (at := values.get(stamp.number, 0)) >= _FIRST_STAMP:
            stamps = [stamps[0] or at, at]
        if (raw := values.get(way.number, -1)) >= 0:
            distance_m = raw / way.scale
        for height in heights:
            if (raw := values.get(height.number, -1)) >= 0:
                climb.add(raw / height.scale - height.offset)
                break
    first, last = (_EPOCH + timedelta(seconds=at) for at in stamps)
    if last <= first:
        return ()
    return (
        session(
            start=first,
            sport="other",
            duration_s=(last - first).total_seconds(),
            distance_m=distance_m,
            climb_m=climb.total_m,
            file_format="fit",
        ),
    )
