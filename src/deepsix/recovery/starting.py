"""Where a course begins: well, or sore as told. What cannot be seen is drawn, so that members differ."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from deepsix.recovery.dynamics import State, pain_of, simulate, used_to
from deepsix.recovery.errors import ForecastError
from deepsix.recovery.loads import Loads
from deepsix.recovery.people import People
from deepsix.recovery.schedule import usual
from deepsix.recovery.tables import constant, parameters, read_table

Array = NDArray[np.float64]

_MOST_TOLD: Final = 9.5  # pain 10 would be endless irritability
_SETTLING_DAYS: Final = 14  # whole weeks; further ones change the pain of the first week by less than 0.1
_ROUNDS: Final = 3  # of fitting the state to the pain told; the middle is then within 0.1


def well(people: People, loads: Loads, week: str = "runner") -> State:
    """Return the state of people without pain who are used to a usual week."""
    highest, now = used_to(people, loads, week)
    none = np.zeros_like(now)
    damage, irritability, injury, tightening, adapted = (none.copy() for _ in range(5))
    return State(now, highest, damage, irritability, injury, tightening, adapted, np.zeros((people.count, 1)))


def sore(
    people: People,
    loads: Loads,
    worst_pain: float,
    rng: np.random.Generator | None = None,
    week: str = "runner",
    sore_parts: NDArray[np.bool_] | None = None,
) -> State:
    """Return the state of people who tell this worst pain today.

    The pain told carries the error of telling. In an overloaded muscle a random part of the damage is still to come
    and tightening has gone a random part of its way; tissue that has to heal takes its share. These are judgements.

    Args:
        people, loads: Members and what activities ask of the parts.
        worst_pain: 0-10, of the last day.
        rng: Without it every member is in the middle.
        week: The usual week people are used to.
        sore_parts: Which parts are sore, (p,); all unless said.

    Raises:
        ForecastError: The pain is not from 0 to 10.
    """
    if not 0.0 <= worst_pain <= 10.0:
        raise ForecastError(f"The pain is {worst_pain:g}. Give a number from 0 to 10.")
    state = well(people, loads, week)
    shape = state.damage.shape
    told = np.full((shape[0], 1), float(worst_pain))
    to_come, gone = (np.full((shape[0], 1), constant(k)) for k in ("damage_to_come", "tightening_gone"))
    usual_day = np.zeros((shape[0], 1))
    if rng is not None:
        told = told + _logistic(rng, (shape[0], 1))
        to_come, gone = (_between(rng, k, shape[0]) for k in ("damage_to_come", "tightening_gone"))
        usual_day = constant("day_wobble") * rng.standard_normal((shape[0], 1))
    told = np.clip(told, 0.1 if worst_pain > 0.0 else 0.0, _MOST_TOLD)
    walk = loads.activities.index("walking")
    evoked = (
        1.0
        + constant("pain_with_load") * loads.work()[walk]
        + constant("pain_with_stretch") * loads.stretch[loads.activities.index("sitting")]
    )
    irritable = told / (10.0 - told) / evoked.max() / (people.values["sensitivity"] * np.exp(usual_day))
    where = np.ones(shape[1], dtype=bool) if sore_parts is None else sore_parts
    irritable = irritable * where
    rest = pain_of(people.values["sensitivity"] * irritable)
    kind = read_table("problems.toml")[people.problem]
    tissue = float(kind["tissue_share"])
    quick = (1.0 - tissue) * irritable
    begun = replace(
        state,
        damage=to_come * quick,
        irritability=quick,
        injury=tissue * irritable,
        tightening=np.asarray(gone * rest / (rest + people.values["guard_half_pain"])),
        wobble=usual_day,
    )
    if worst_pain == 0.0:
        return begun
    return _as_told(_settled(begun, people, loads, told, week) if kind.get("settled") else begun, people, loads, told)


def _settled(state: State, people: People, loads: Loads, told: Array, week: str) -> State:
    """Return the state of a problem that has lasted for months of usual weeks.

    Tightening, what it keeps up, and what everyday load does to a sore part have then come to rest with each other, so
    that pain neither climbs nor falls by itself in the first days.
    """
    lasting = replace(people, healing_days=np.full_like(people.healing_days, np.inf))
    for _ in range(_ROUNDS):
        end = simulate(lasting, loads, usual(week, _SETTLING_DAYS), _as_told(state, people, loads, told)).end
        state = replace(end, wobble=state.wobble)
    return state


def _as_told(state: State, people: People, loads: Loads, told: Array) -> State:
    """Return the state scaled so that an ordinary day brings the pain told as its worst."""
    for _ in range(_ROUNDS):
        got = np.clip(simulate(people, loads, usual("quiet", 1), state).worst[0][:, None], 1e-6, _MOST_TOLD)
        ratio = told / (10.0 - told) * (10.0 - got) / got
        state = replace(
            state,
            damage=state.damage * ratio,
            irritability=state.irritability * ratio,
            injury=state.injury * ratio,
        )
    return state


def _between(rng: np.random.Generator, name: str, count: int) -> Array:
    row = parameters()[name]
    return rng.uniform(row["low"], row["high"], (count, 1))


def _logistic(rng: np.random.Generator, shape: tuple[int, int]) -> Array:
    return rng.logistic(0.0, constant("report_sd") * np.sqrt(3.0) / np.pi, shape)
