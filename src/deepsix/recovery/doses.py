"""How long and how often a remedy is done: read from the remedies of the plan, so that both say the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from deepsix.knowledge import load_knowledge
from deepsix.knowledge.care import Remedy
from deepsix.recovery.errors import RecoveryDataError
from deepsix.recovery.tables import constant

_WEEK_DAYS: Final = 7
_MINUTE_S: Final = 60.0


@dataclass(frozen=True, slots=True)
class SessionDose:
    """One session and how they follow each other.

    Attributes:
        minutes: Of one session; holds and repeats added up, rests between them left out.
        times_a_day: Sessions on a day.
        weekdays: Days of a week on which it is done, spread evenly, 0 for the first.
    """

    minutes: float
    times_a_day: int
    weekdays: tuple[int, ...]


@cache
def dose_of(remedy: str) -> SessionDose:
    """Return the dose of a remedy, the middle where it has a range.

    Raises:
        RecoveryDataError: There is no such remedy, or it says nothing of time.
    """
    found = _remedies().get(remedy)
    if found is None:
        raise RecoveryDataError(
            f"activities.toml dose_of: {remedy!r} is no remedy. Name a file of knowledge/data/remedies."
        )
    days = round(_value(found, "days_a_week", _WEEK_DAYS))
    weekdays = tuple(k * _WEEK_DAYS // days for k in range(days))
    return SessionDose(_minutes(found), round(_value(found, "times_a_day", 1.0)), weekdays)


@cache
def _remedies() -> Mapping[str, Remedy]:
    """Return the remedies, read once: the tables of the simulation name them, and are given no knowledge base."""
    return load_knowledge().remedies


def _value(remedy: Remedy, name: str, default: float) -> float:
    dose = remedy.dosed(name)
    return default if dose is None else dose.value


def _minutes(remedy: Remedy) -> float:
    if (whole := remedy.dosed("minutes")) is not None:
        return whole.value
    if remedy.dosed("repeats") is None and remedy.dosed("hold_s") is None:
        raise RecoveryDataError(f"activities.toml dose_of: {remedy.id!r} says neither minutes nor repeats nor a hold.")
    once_s = _value(remedy, "hold_s", constant("repetition_seconds"))
    return _value(remedy, "sets", 1.0) * _value(remedy, "repeats", 1.0) * once_s / _MINUTE_S
