"""Fibre length, resting state and strength of each muscle part, and where each comes from.

Model files give piriformis fibres of 26 mm, measurement 84 mm; everything about stretch stands or falls with this.
Measured lengths are taken where they exist. When the fibre length changes, the tendon slack length of a model no
longer belongs to it, so none is used: what is kept is the normalised fibre length at rest, from the measured
sarcomere length where there is one, else from a model's own pair of fibre and tendon. All change of length is then
taken up by the fibres (a rigid tendon), which is close at the low forces of stretching.

Strength: the six small rotators and pectineus are scaled from gluteus maximus by relative cross-section, since their
model forces differ four-fold; the others keep the force of the reference source.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import numpy as np

from deepsix.hip.errors import HipDataError
from deepsix.hip.lineset import published_lines
from deepsix.hip.moment_arms import mechanics
from deepsix.hip.paths import load_lines, load_part_names, load_sources
from deepsix.hip.tables import Row, number, optional_number, read_csv, read_toml

_FILE = "architecture.csv"


@dataclass(frozen=True, slots=True)
class Valued:
    """A number with the lowest and highest of the sources, and the source of the number itself."""

    value: float
    low: float
    high: float
    source: str


@dataclass(frozen=True, slots=True)
class Architecture:
    """What one muscle part is made of.

    Attributes:
        part: The muscle part.
        optimal_fibre_length_m: With the spread of the measurement, or of the models where nothing was measured.
        model_fibre_lengths_m: What each model assumes, by source, for comparison.
        rest_length: Normalised fibre length in the posture 0/0/0/0.
        pennation_deg: Angle of the fibres to the pull at optimal length.
        max_force_n: Maximal isometric force.
    """

    part: str
    optimal_fibre_length_m: Valued
    model_fibre_lengths_m: dict[str, float]
    rest_length: Valued
    pennation_deg: float
    max_force_n: Valued

    @property
    def is_measured(self) -> bool:
        """True when the fibre length was measured rather than assumed by a model."""
        return self.optimal_fibre_length_m.source not in self.model_fibre_lengths_m


@cache
def _rows() -> dict[tuple[str, str], Row]:
    return {(r["source"], r["line"]): r for r in read_csv(_FILE)}


def _muscle(part: str) -> list[str]:
    """Return the part and the whole muscle it belongs to, the way tables name them."""
    words = part.split("_")
    return ["_".join(words[:n]) for n in range(len(words), 0, -1)]


def _whole_row(source: str, part: str) -> Row | None:
    return next((r for name in _muscle(part) if (r := _rows().get((source, name)))), None)


@cache
def _rest_lengths_m() -> dict[str, float]:
    lines = published_lines()
    found = mechanics(lines, [[0.0, 0.0, 0.0, 0.0]], "numpy").length_m[0]
    return dict(zip(lines.ids, map(float, found), strict=True))


def _model_rows(part: str) -> list[tuple[str, str, Row]]:
    """Return (source, line id, row) of every model that has parameters for the part, best source first."""
    order = list(load_sources())
    found = []
    for line in load_lines():
        row = _rows().get((line.source, line.name))
        if row is not None and part in line.parts and row["optimal_fibre_length_m"]:
            found.append((line.source, line.id, row))
    return sorted(found, key=lambda item: order.index(item[0]))


def _rest_of_model(line_id: str, row: Row) -> float:
    fibre = number(_FILE, row, "optimal_fibre_length_m")
    thickness = fibre * math.sin(math.radians(number(_FILE, row, "pennation_deg")))
    along = _rest_lengths_m()[line_id] - number(_FILE, row, "tendon_slack_length_m")
    return math.hypot(max(along, 0.0), thickness) / fibre


def _spread(value: float, others: Iterable[float], source: str) -> Valued:
    every = [value, *others]
    return Valued(value, min(every), max(every), source)


def _fibres(part: str, models: list[tuple[str, str, Row]]) -> tuple[Valued, Valued]:
    settings = read_toml("settings.toml")["fibres"]
    measured = _whole_row("parvaresh_2019", part)
    if not models and measured is None:
        raise HipDataError(f"{_FILE} has no fibre length for {part}. Add a row, or take the part out of muscles.toml.")
    trusted = set(settings["rest_from"])
    paired = [m for m in models if m[0] in trusted] or models
    rest_models = {s: _rest_of_model(line_id, row) for s, line_id, row in paired}
    if measured is not None:
        fibre = number(_FILE, measured, "optimal_fibre_length_m")
        spread = optional_number(_FILE, measured, "optimal_fibre_length_spread_m")
        around = () if math.isnan(spread) else (fibre - spread, fibre + spread)
        length = _spread(fibre, around, "parvaresh_2019")
        sarcomere = optional_number(_FILE, measured, "sarcomere_length_um")
        if not math.isnan(sarcomere):
            rest = sarcomere / float(settings["optimal_sarcomere_um"])
            return length, _spread(rest, (), "parvaresh_2019")
    else:
        values = [number(_FILE, row, "optimal_fibre_length_m") for _, _, row in models]
        length = _spread(values[0], values[1:], models[0][0])
    first = next(iter(rest_models))
    return length, _spread(rest_models[first], rest_models.values(), first)


@cache
def _gluteus_maximus_force_n() -> float:
    source = next(iter(load_sources()))
    names = {line.name for line in load_lines() if line.source == source and "gluteus_maximus" in line.parts[0]}
    return sum(number(_FILE, _rows()[source, n], "max_isometric_force_n") for n in names)


def _force(part: str, models: list[tuple[str, str, Row]]) -> Valued:
    settings = read_toml("settings.toml")["strength"]
    every = {s: number(_FILE, row, "max_isometric_force_n") for s, _, row in models if len(_parts(s, row)) == 1}
    relative = _whole_row("johnston_1979", part)
    if relative is not None and part in settings["scaled_by_cross_section"]:
        every["johnston_1979"] = _gluteus_maximus_force_n() * number(
            _FILE, relative, "pcsa_relative_to_gluteus_maximus"
        )
    measured = _whole_row("parvaresh_2019", part)
    if measured is not None and measured["line"] == part:
        area = number(_FILE, measured, "pcsa_cm2")
        every["parvaresh_2019"] = area * float(settings["specific_tension_n_per_cm2"])
    source = "johnston_1979" if "johnston_1979" in every else next(iter(every))
    return _spread(every[source], every.values(), source)


def _parts(source: str, row: Row) -> tuple[str, ...]:
    return next(line.parts for line in load_lines() if (line.source, line.name) == (source, row["line"]))


@cache
def architecture_of(part: str) -> Architecture:
    """Return what a muscle part is made of.

    Raises:
        HipDataError: The tables say nothing about its fibres.
    """
    models = _model_rows(part)
    length, rest = _fibres(part, models)
    measured = _whole_row("parvaresh_2019", part)
    angles = [optional_number(_FILE, r, "pennation_deg") for r in ([measured] if measured else [m[2] for m in models])]
    pennation = angles[0] if angles and not math.isnan(angles[0]) else 0.0
    return Architecture(
        part,
        length,
        {s: number(_FILE, row, "optimal_fibre_length_m") for s, _, row in reversed(models)},
        rest,
        pennation,
        _force(part, models),
    )


def all_architecture() -> dict[str, Architecture]:
    """Return what every part is made of, in the order of muscles.toml."""
    return {part: architecture_of(part) for part in load_part_names()}


def as_arrays(parts: Iterable[str], field: str, which: str = "value") -> np.ndarray:
    """Return one `Valued` field of several parts as an array, shape (parts,)."""
    return np.array([getattr(getattr(architecture_of(p), field), which) for p in parts], dtype=np.float64)
