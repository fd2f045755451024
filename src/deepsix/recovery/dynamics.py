"""How load becomes tiredness, damage, irritability, tightening and pain, hour by hour, for many people at once.

All arrays are (members, parts). In an hour in which a part works at `e` (in units of usual running; work of the
activity, made larger by fatigue within the bout and by lost strength, plus the work of a tightened muscle against
stretch) for a share `f` of the hour:

    tiredness    Q  gains f e^2                  and fades with tiredness_hours
    overload     o  = Q (1 + sore_tolerance J) / (tolerance_margin A) - 1, where above 0: A is what the part is used to
    damage       D  gains damage_per_overload w/(1+w) o/(1+o), w = f e^2 / A, and passes on with damage_hours
    irritability I  gains what D passes on and what tightening keeps up (self_irritation G), and fades with
                    irritability_hours
    injury       X  fades with healing_days, is set back by new damage;  J = I + X
    tightening   G  nears p / (p + guard_half_pain) with guard_days, p the pain at rest; remedies loosen or tighten
    pain            = 10 x / (1 + x), x = sensitivity J (1 + pain_with_load e + pain_with_stretch stretch)
    used to      A  nears the day's highest Q, in tolerance_gain_days upwards and tolerance_loss_days downwards
    adapted      L  nears 1 with loading_lag_days on days of tendon loading, and 0 on others; X then also fades with
                    loading_days / L^2: hardly faster in the first weeks of a programme

Work counts squared, so twice as hard is four times as tiring: a judgement. Damage, irritability and all fadings are
exact over the hour; the rest changes by the hour. It says nothing of nerves, joints, mood, sleep or drugs.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from deepsix.recovery.fatigue import mean_fatigue
from deepsix.recovery.loads import Loads, activities
from deepsix.recovery.people import People
from deepsix.recovery.schedule import Schedule, usual
from deepsix.recovery.tables import constant

Array = NDArray[np.float64]

MORNING_HOUR: Final = 7
EVENING_HOUR: Final = 20


@dataclass(frozen=True, slots=True, eq=False)
class State:
    """State of m members and p parts; every array (m, p), `wobble` (m, 1)."""

    tiredness: Array
    used_to: Array
    damage: Array
    irritability: Array
    injury: Array
    tightening: Array
    adapted: Array
    wobble: Array

    def chosen(self, rows: NDArray[np.intp]) -> State:
        """Return the state of these members; a row may come more than once."""
        return State(*(getattr(self, name)[rows] for name in State.__dataclass_fields__))


@dataclass(frozen=True, slots=True, eq=False)
class Course:
    """Pain 0-10 of m members over d days, the worst part of each counting.

    Attributes:
        worst: Highest of the day, (d, m).
        morning, evening: At rest at 7 and at 20 o'clock, (d, m).
        tightening: Mean over parts at the end of the day, share of the most there is, (d, m).
        tiredness: Highest of the day over what the part is used to, the highest part, (d, m).
        hourly: Worst pain of each hour, (24 d, m), when asked for; else (0, m).
        by_part: Highest pain of the day in each part, (d, m, p).
        end: State after the last hour.
    """

    worst: Array
    morning: Array
    evening: Array
    tightening: Array
    tiredness: Array
    hourly: Array
    by_part: Array
    end: State


def pain_of(x: Array) -> Array:
    """Return pain 0-10 from sensitised irritability.

    >>> float(pain_of(np.array(1.0)))
    5.0
    """
    return np.asarray(10.0 * x / (1.0 + x))


def irritability_after(hours: Array, damage_hours: float, irritability_hours: float) -> Array:
    """Return irritability some hours after a damage of 1, in closed form (two compartments in a row).

    It is highest after ln(i/d) d i / (i - d) hours.
    """
    d, i = damage_hours, irritability_hours
    return np.asarray(i / (i - d) * (np.exp(-hours / i) - np.exp(-hours / d)))


class _Rates:
    """What stays the same over a run: hourly factors, work, stretch and remedies of every kind of hour."""

    def __init__(self, people: People, loads: Loads, coupling: Array | None) -> None:
        v = people.values
        self.keep_tired = np.exp(-1.0 / v["tiredness_hours"])
        self.keep_damage = np.exp(-1.0 / v["damage_hours"])
        self.keep_irritable = np.exp(-1.0 / v["irritability_hours"])
        d, i = v["damage_hours"], v["irritability_hours"]
        near = np.abs(i - d) < 1e-6
        i = np.where(near, d + 1e-6, i)
        self.passed_on = i / (i - d) * (np.exp(-1.0 / i) - np.exp(-1.0 / d))
        self.heal, self.heal_loaded = -1.0 / (24.0 * people.healing_days), -1.0 / (24.0 * people.loading_days)
        self.guard_step = -np.expm1(-1.0 / (24.0 * v["guard_days"]))
        self.gain = -np.expm1(-1.0 / v["tolerance_gain_days"])
        self.lose = -np.expm1(-1.0 / v["tolerance_loss_days"])
        self.adapt = -np.expm1(-1.0 / constant("loading_lag_days"))
        self.v, self.people, self.loads, self.coupling = v, people, loads, coupling
        self.rows = activities()
        self.guard = v["guard_load"] / loads.running
        self.work = loads.work()
        rest = constant("guard_at_rest")
        self.guard_base = rest + (1.0 - rest) * loads.stretch
        self.guard_slope = (1.0 - rest) * (loads.stretch_tight - loads.stretch)
        self.with_load, self.with_stretch = constant("pain_with_load"), constant("pain_with_stretch")
        most = constant("acceptable_pain")
        self.acceptable = most / (10.0 - most)  # pain_of turned round
        self.strength_loss, self.most_lost = constant("strength_loss"), constant("most_strength_loss")
        self._bases: dict[tuple[str, float], Array] = {}

    def base(self, name: str, share: float) -> Array:
        """Return the work of an activity in units of running, fatigue within the bout counted, (m, p)."""
        key = (name, round(share, 4))
        if key not in self._bases:
            k = self.loads.activities.index(name)
            v = self.v
            load = np.minimum(self.loads.effort[k] * self.people.uneven_share, 0.95)
            tired = mean_fatigue(
                load,
                self.loads.rest_share[k],
                3600.0 * share,
                v["fatigue_rate"],
                v["recovery_rate"],
                v["rest_multiplier"],
            )
            self._bases[key] = load / self.loads.running / (1.0 - np.minimum(tired, 0.9))
        return self._bases[key]


def used_to(people: People, loads: Loads, week: str) -> tuple[Array, Array]:
    """Return the highest and the present tiredness of a usual week on a balanced, whole hip, both (m, p).

    Present means Sunday midnight of the second week.
    """
    even = replace(people, uneven_share=np.ones_like(people.uneven_share))
    rates = _Rates(even, loads, None)
    shape, least = (people.count, len(loads.parts)), constant("least_used_to")
    tired, highest = np.zeros(shape), np.full(shape, least)
    for hour in usual(week, 14).hours:
        tired *= rates.keep_tired
        for name, share in hour:
            if rates.work[loads.activities.index(name)].any():
                tired += share * rates.base(name, share) ** 2
        np.maximum(highest, tired, out=highest)
    return highest, tired


def _remedy(rates: _Rates, name: str, share: float) -> tuple[Array | None, float, float]:
    """Return the factor on tightening (m, 1), the tightening added and the damage added by an activity."""
    row = rates.rows[name]
    dose = min(60.0 * share / float(row.get("full_minutes", 60.0)), 1.0)
    keep = None
    if "loosens" in row:
        keep = 1.0 - np.minimum(float(row["loosens"]) * dose * rates.v["remedy_response"], 0.9)
    return keep, float(row.get("tightens", 0.0)) * dose, float(row.get("hurts", 0.0)) * dose


def _loaded(
    rates: _Rates, name: str, share: float, felt: Array, loaded: Array, adapted: Array
) -> tuple[Array, Array | float]:
    """Return whose tendon has been loaded so far today, (m, p) of 0 and 1, and the harm of it.

    Slow loading is set so that it stays bearable. A fixed amount of strength work is not: where it hurts more than is
    acceptable it harms, and builds nothing up.
    """
    row = rates.rows[name]
    if not row.get("loads_tendon", False) or not np.isfinite(rates.people.loading_days).any():
        return loaded, 0.0
    dose = min(60.0 * share / float(row["full_minutes"]), 1.0)
    if "hurts_when_sore" not in row:
        return np.ones_like(loaded), dose * float(row["hurts_when_new"]) * (1.0 - adapted) ** 2
    too_sore = felt > rates.acceptable
    return np.where(too_sore, loaded, 1.0), np.where(too_sore, float(row["hurts_when_sore"]) * dose, 0.0)


def simulate(
    people: People,
    loads: Loads,
    schedule: Schedule,
    start: State,
    rng: np.random.Generator | None = None,
    coupling: Array | None = None,
    record_hours: bool = False,
) -> Course:
    """Return the course of pain over the days of a schedule.

    Args:
        people: Members and their hidden numbers.
        loads: What activities ask of the parts.
        schedule: Hours of whole days.
        start: State at midnight of day 0.
        rng: For differences between days; without it all days are alike.
        coupling: Share of work taken over, (p, p): row i gains `coupling[i, j]` of its own work for each unit of
            strength that j has lost; see `sharing.coupling_of`. Without it parts do not take over from each other.
        record_hours: Whether to keep the pain of every hour.
    """
    r = _Rates(people, loads, coupling)
    q, a, d, i, x, g, adapted, wobble = (getattr(start, f).copy() for f in State.__dataclass_fields__)
    shape, days = q.shape, schedule.days
    worst, morning, evening, tight, tired = (np.zeros((days, shape[0])) for _ in range(5))
    by_part = np.zeros((days, *shape))
    hourly = np.zeros((24 * days if record_hours else 0, shape[0]))
    least = constant("least_used_to")
    memory, sd, load_sd = constant("day_memory"), constant("day_wobble"), constant("load_wobble")
    fresh = np.sqrt(1.0 - memory**2)
    harder = np.ones((shape[0], 1))
    per_used = r.v["damage_per_overload"]
    # Tightening is at most 10 sensitivity / guard_half_pain times irritability, so this bounds what comes back.
    bound = constant("most_cycle_gain") * r.v["guard_half_pain"] / (10.0 * r.v["sensitivity"])
    self_irritation = np.minimum(r.v["self_irritation"], bound) * (1.0 - r.keep_irritable)
    for day in range(days):
        if rng is not None:
            wobble = memory * wobble + fresh * sd * rng.standard_normal((shape[0], 1))
            harder = np.exp(load_sd * rng.standard_normal((shape[0], 1)))
        sens = r.v["sensitivity"] * np.exp(wobble)
        heal = np.exp(r.heal + r.heal_loaded * adapted**2)
        loaded = np.zeros(shape)
        limit = r.v["tolerance_margin"] * a
        high_x, high_q = np.zeros(shape), np.zeros(shape)
        for hour in range(24):
            at = 24 * day + hour
            q *= r.keep_tired
            i *= r.keep_irritable
            i += d * r.passed_on
            d *= r.keep_damage
            x *= heal
            irritable = i + x
            rest_x = sens * irritable
            p10 = 10.0 * rest_x
            g += (p10 / (p10 + r.v["guard_half_pain"] * (1.0 + rest_x)) - g) * r.guard_step
            high = rest_x
            for name, share in schedule.hours[at]:
                if name == "sleep":
                    continue
                k = loads.activities.index(name)
                pull = g * (r.guard_base[k] + r.guard_slope[k] * g)
                work = pull * r.guard
                if r.work[k].any():
                    lost = np.minimum(r.strength_loss * irritable, r.most_lost)
                    gain = harder / (1.0 - lost)
                    if coupling is not None:
                        gain = gain * (1.0 + lost @ coupling.T)
                    work = work + r.base(name, share) * gain
                q_now = work * work * share
                q += q_now
                over = q * (1.0 + r.v["sore_tolerance"] * irritable) / limit - 1.0
                np.maximum(over, 0.0, out=over)
                part = (q_now / a) ** 2
                harm = per_used * part / (1.0 + part) * over / (1.0 + over)
                stretched = loads.stretch[k] + (loads.stretch_tight[k] - loads.stretch[k]) * g
                high = np.maximum(high, rest_x * (1.0 + r.with_load * work + r.with_stretch * stretched))
                loaded, strained = _loaded(r, name, share, high, loaded, adapted)
                keep, tightens, hurts = _remedy(r, name, share)
                if keep is not None:
                    g *= keep
                if tightens or hurts:
                    g += tightens * (1.0 - g)
                    harm = harm + hurts
                harm = harm + strained
                d += harm
                x += r.v["setback"] * harm * np.minimum(x, 1.0)
            i += self_irritation * g
            np.maximum(high_x, high, out=high_x)
            np.maximum(high_q, q, out=high_q)
            if hour == MORNING_HOUR:
                morning[day] = pain_of(rest_x).max(axis=1)
            elif hour == EVENING_HOUR:
                evening[day] = pain_of(rest_x).max(axis=1)
            if record_hours:
                hourly[at] = pain_of(high).max(axis=1)
        by_part[day] = pain_of(high_x)
        worst[day] = by_part[day].max(axis=1)
        tight[day] = g.mean(axis=1)
        tired[day] = (high_q / a).max(axis=1)
        a += (high_q - a) * np.where(high_q > a, r.gain, r.lose)
        np.maximum(a, least, out=a)
        adapted += (loaded - adapted) * r.adapt
    return Course(worst, morning, evening, tight, tired, hourly, by_part, State(q, a, d, i, x, g, adapted, wobble))
