"""Which muscle part is it? A posterior over parts from what hurts, where it is felt, and where it is tender.

For each act that may hurt, the geometry says how far it stretches every part and how hard it works it. A part that
is the culprit should hurt in the acts that stretch or load it. One culprit at a time is assumed. The strengths of
these links are judgements (settings.toml), so the result orders the parts and shows the chain of reasons.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from deepsix.hip.paths import load_part_names
from deepsix.hip.positions import position
from deepsix.hip.rotations import Array
from deepsix.hip.sharing import load_tasks, share_task
from deepsix.hip.states import muscle_state
from deepsix.hip.stretch import comfort_limits, comfort_share
from deepsix.hip.tables import read_toml, unknown


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a part became more or less likely: the evidence, its likelihood ratio against the mean part, and words."""

    evidence: str
    ratio: float
    words: str


@dataclass(frozen=True, slots=True)
class Suspect:
    """One muscle part with its probability and the reasons that moved it most, strongest first."""

    part: str
    probability: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Trigger:
    name: str
    chance: Array  # P(hurts | part), shape (parts,)
    words: tuple[str, ...]


def _logistic(x: Array, half: float, width: float) -> Array:
    return np.asarray(1.0 / (1.0 + np.exp(-(x - half) / width)))


def trigger_names() -> dict[str, str]:
    """Return the acts that may hurt, name by id."""
    return {k: str(v["name"]) for k, v in read_toml("triggers.toml").items()}


@cache
def localised_parts() -> tuple[str, ...]:
    """Return the parts that can be told apart: those with a referral pattern."""
    known = read_toml("referral.toml")["parts"]
    return tuple(p for p in load_part_names() if p in known)


@cache
def _trigger(id_: str) -> _Trigger:
    raw: dict[str, Any] = read_toml("triggers.toml")[id_]
    settings = read_toml("settings.toml")["localiser"]
    names = load_part_names()
    rows = [names.index(p) for p in localised_parts()]
    hurts_not = np.ones(len(rows)) * (1.0 - float(settings["background"]))
    words: list[list[str]] = [[] for _ in rows]
    if "position" in raw:
        place = position(raw["position"])
        length = muscle_state([place.angles_deg]).normalised_length.middle
        share = comfort_share(length)[0, rows]
        of_comfort = (length[0] / comfort_limits().comfortable_to)[rows]
        strength = _logistic(share, float(settings["half_stretch_share"]), float(settings["stretch_width"]))
        hurts_not = hurts_not * (1.0 - float(settings["stretch_pain"]) * strength)
        for i, (value, used) in enumerate(zip(of_comfort, share, strict=True)):
            words[i].append(
                f"{place.name.lower()}: at {100 * value:.0f}% of its comfortable length "
                f"({100 * used:.0f}% of the way from standing)"
            )
    if "task" in raw:
        peak = share_task(load_tasks()[raw["task"]]).activation.max(axis=0)[rows]
        strength = _logistic(peak, float(settings["half_activation"]), float(settings["activation_width"]))
        hurts_not = hurts_not * (1.0 - float(settings["load_pain"]) * strength)
        for i, value in enumerate(peak):
            words[i].append(f"{load_tasks()[raw['task']].name}: uses up to {100 * value:.0f}% of its strength")
    pressed = [p in raw.get("pressed", ()) for p in localised_parts()]
    hurts_not = hurts_not * np.where(pressed, 1.0 - float(settings["press_pain"]), 1.0)
    for i, is_pressed in enumerate(pressed):
        if is_pressed:
            words[i].append(f"{raw['name']}: pressed between bone and bed")
    return _Trigger(
        str(raw["name"]), 1.0 - hurts_not, tuple("; ".join(w) or "neither stretched nor loaded" for w in words)
    )


def _ids(given: Iterable[str], known: Iterable[str], kind: str) -> list[str]:
    names = list(known)
    wanted = list(given)
    for name in wanted:
        if name not in names:
            unknown(kind, name, names)
    return wanted


@cache
def _regions() -> dict[str, Array]:
    settings = read_toml("settings.toml")["localiser"]
    patterns = read_toml("referral.toml")["parts"]
    names = sorted({r for p in patterns.values() for r in p["regions"]})
    outside = float(settings["outside_region"])
    return {n: np.array([float(patterns[p]["regions"].get(n, outside)) for p in localised_parts()]) for n in names}


@cache
def _press_points() -> dict[str, Array]:
    settings = read_toml("settings.toml")["localiser"]
    patterns = read_toml("referral.toml")["parts"]
    names = sorted({r for p in patterns.values() for r in p["press"]})
    yes, no = float(settings["press_pain"]), float(settings["background"])
    return {n: np.array([yes if n in patterns[p]["press"] else no for p in localised_parts()]) for n in names}


def region_names() -> tuple[str, ...]:
    """Return the pain regions that tell parts apart."""
    return tuple(_regions())


def press_point_names() -> tuple[str, ...]:
    """Return the places where pressing tells parts apart."""
    return tuple(_press_points())


def localise(
    hurts: Mapping[str, bool] | None = None,
    regions: Iterable[str] = (),
    tender: Mapping[str, bool] | None = None,
    reasons: int = 4,
) -> list[Suspect]:
    """Return all parts with their probability, the most likely first.

    Args:
        hurts: Acts by id, True when it hurts and False when it does not; acts not asked are left out.
        regions: Pain regions that were marked; a region that was not marked says nothing.
        tender: Places pressed, True when tender in the familiar way.
        reasons: How many reasons to keep for each part.

    Raises:
        UnknownMuscleError: An act, region or place that is not known; the message offers the nearest.
    """
    parts = localised_parts()
    evidence: list[tuple[str, Array, tuple[str, ...]]] = []
    for id_ in _ids(hurts or {}, trigger_names(), "act"):
        trigger, yes = _trigger(id_), (hurts or {})[id_]
        chance = trigger.chance if yes else 1.0 - trigger.chance
        evidence.append((f"{trigger.name} {'hurts' if yes else 'does not hurt'}", chance, trigger.words))
    for region in _ids(regions, _regions(), "pain region"):
        place = region.removeprefix("pain_").replace("_", " ")
        words = tuple(f"{100 * v:.0f}% of its referral pattern lies there" for v in _regions()[region])
        evidence.append((f"pain at {place}", _regions()[region], words))
    for point in _ids(tender or {}, _press_points(), "press point"):
        yes = (tender or {})[point]
        chance = _press_points()[point]
        place = point.removeprefix("pain_").replace("_", " ")
        words = tuple("lies under that place" if v > 0.5 else "lies elsewhere" for v in chance)
        evidence.append((f"{place} {'tender' if yes else 'not tender'}", chance if yes else 1.0 - chance, words))
    prior_of = read_toml("settings.toml")["localiser"]["prior"]
    prior = np.array([float(prior_of.get(p, 1.0)) for p in parts])
    log_odds = np.log(prior) + sum((np.log(chance) for _, chance, _ in evidence), np.zeros(len(parts)))
    weight = np.exp(log_odds - log_odds.max())
    posterior = weight / weight.sum()
    suspects = []
    for i in np.argsort(-posterior, kind="stable"):
        found = [Reason(name, float(c[i] / c.mean()), words[i]) for name, c, words in evidence]
        found.sort(key=lambda r: -abs(np.log(r.ratio)))
        suspects.append(Suspect(parts[i], float(posterior[i]), tuple(found[:reasons])))
    return suspects
