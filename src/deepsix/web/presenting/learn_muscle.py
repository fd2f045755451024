"""The page of one muscle, from the computed hip: what it does, what stretches and loads it, where it hurts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

import numpy as np

from deepsix.case import View
from deepsix.hip.anatomy import MuscleFacts, actions, anatomy_sources, find_parts, load_anatomy, part_name
from deepsix.hip.paths import load_part_names
from deepsix.hip.positions import Kind, angles_of, positions_of_kind
from deepsix.hip.scene import felt_places, load_shapes, press_places
from deepsix.hip.sharing import Shares, load_tasks, share_task
from deepsix.hip.states import muscle_state
from deepsix.hip.stretch import comfort_share
from deepsix.intake.chart.loader import load_chart
from deepsix.knowledge.model import Knowledge
from deepsix.web.presenting.body_figure import Figure, best_views, figure, lit_places
from deepsix.web.presenting.learn_words import muscle_words, sentence

_SHOWN: Final = 5
_MOVEMENTS: Final = ("walking_right", "running_right", "stairs_up", "sit_to_stand", "single_leg_stance")
_LAYER_ORDER: Final = ("deep_six", "middle", "superficial")


@dataclass(frozen=True, slots=True)
class ActionView:
    """One thing a part does: what, how strongly, and the lever in millimetres with its range over anatomies.

    Negative ends of the range turn the other way: published anatomies then disagree, and it is not settled.
    """

    does: str
    size: str
    arm_mm: float
    low_mm: float
    high_mm: float
    is_settled: bool


@dataclass(frozen=True, slots=True)
class ShareView:
    """A posture or movement with a share of the way to the end of comfort, or of strength; it may exceed 1."""

    name: str
    share: float


@dataclass(frozen=True, slots=True)
class PartView:
    """A part of a muscle; muscles of one part have one."""

    name: str
    does: tuple[tuple[str, tuple[ActionView, ...]], ...]
    stretched: tuple[ShareView, ...]
    everyday: tuple[ShareView, ...]
    loaded: tuple[ShareView, ...]


@dataclass(frozen=True, slots=True)
class MuscleView:
    """All that the page of a muscle places."""

    id: str
    name: str
    about: str
    layer: str
    layer_words: str
    figures: tuple[Figure, ...]
    felt: tuple[str, ...]
    press: tuple[str, ...]
    parts: tuple[PartView, ...]
    facts: MuscleFacts
    sources: tuple[str, ...]
    conditions: tuple[tuple[str, str], ...]
    statements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MuscleGroup:
    """Muscles that lie together: id, name and a line about each."""

    name: str
    muscles: tuple[tuple[str, str, str], ...]


def muscle_name(muscle: str) -> str:
    """Return a muscle's name as a reader writes it."""
    return sentence(muscle.replace("_", " "))


@cache
def muscle_groups() -> tuple[MuscleGroup, ...]:
    """Return all muscles, by where they lie."""
    words = muscle_words()
    return tuple(
        MuscleGroup(
            name,
            tuple(
                (muscle, muscle_name(muscle), words[muscle]["about"])
                for muscle in load_anatomy()
                if words[muscle]["group"] == group
            ),
        )
        for group, name in words["groups"].items()
    )


@lru_cache(maxsize=64)
def muscle_view(knowledge: Knowledge, muscle: str) -> MuscleView:
    """Return the page of a muscle.

    Raises:
        KeyError: No such muscle.
    """
    facts, words = load_anatomy()[muscle], muscle_words()
    parts = find_parts(muscle)
    layer = min((load_shapes()[part].layer for part in parts), key=_LAYER_ORDER.index)
    chart = load_chart(knowledge)
    felt: dict[str, float] = {}
    for part in parts:
        for place, share in felt_places(part).items():
            felt[place] = max(felt.get(place, 0.0), share)
    press = tuple(dict.fromkeys(place for part in parts for place in press_places(part)))
    lit = lit_places(chart, felt)
    return MuscleView(
        id=muscle,
        name=muscle_name(muscle),
        about=words[muscle]["about"],
        layer=layer,
        layer_words=words["layers"][layer],
        figures=tuple(figure(chart, view, lit, parts, press) for view in _views_of(knowledge, muscle, lit)),
        felt=tuple(knowledge.findings[name].name for name in sorted(felt, key=lambda n: -felt[n])),
        press=tuple(knowledge.findings[name].name for name in press),
        parts=tuple(_part_view(part, len(parts) > 1) for part in parts),
        facts=facts,
        sources=tuple(anatomy_sources()[key] for key in facts.sources),
        conditions=_conditions(knowledge, muscle, parts),
        statements=facts.statements,
    )


def _views_of(knowledge: Knowledge, muscle: str, lit: dict[str, float]) -> tuple[View, ...]:
    """Return the view in which the muscle lies nearest to the eye, and that other which shows most of the pain."""
    own: View = muscle_words()[muscle]["view"]
    others = [view for view in best_views(load_chart(knowledge), lit, 3) if view != own]
    return (own, *others[:1])


def _part_view(part: str, one_of_many: bool) -> PartView:
    words = muscle_words()
    does = []
    for title, *angles in words["postures"].values():
        does.append((str(title), _actions(part, tuple(float(a) for a in angles))))
    return PartView(
        name=sentence(part_name(part)) if one_of_many else "",
        does=tuple(does),
        stretched=_stretched(part, "stretch"),
        everyday=_stretched(part, "everyday"),
        loaded=_loaded(part),
    )


def _actions(part: str, posture_deg: tuple[float, ...]) -> tuple[ActionView, ...]:
    sizes = sorted(muscle_words()["sizes"].values(), key=lambda size: -float(size[1]))
    found = []
    for action in actions(part, [posture_deg], 1e-3 * float(sizes[-1][1])):
        sign = 1000.0 if action.moment_arm_m > 0 else -1000.0
        arm, *ends = (sign * value for value in (action.moment_arm_m, action.low_m, action.high_m))
        size = next((name for name, least in sizes if arm >= least), sizes[-1][0])
        found.append(
            ActionView(muscle_words()["actions"][action.words], size, arm, min(ends), max(ends), action.is_settled)
        )
    return tuple(found)


@cache
def _comfort(kind: Kind) -> np.ndarray:
    """Return the share of comfort used in each position of a kind, shape (positions, parts)."""
    return np.asarray(comfort_share(muscle_state(angles_of(positions_of_kind(kind))).normalised_length.middle))


def _stretched(part: str, kind: Kind) -> tuple[ShareView, ...]:
    column = _comfort(kind)[:, load_part_names().index(part)]
    order = [int(i) for i in np.argsort(-column, kind="stable") if column[i] > 0.05][:_SHOWN]
    names = positions_of_kind(kind)
    return tuple(ShareView(names[i].name, float(column[i])) for i in order)


@cache
def _shares(task: str) -> Shares:
    return share_task(load_tasks()[task])


def _loaded(part: str) -> tuple[ShareView, ...]:
    peaks = sorted(((_shares(task).peak(part), load_tasks()[task].name) for task in _MOVEMENTS), reverse=True)
    return tuple(ShareView(sentence(name.partition(",")[0]), float(peak)) for peak, name in peaks)


def _conditions(knowledge: Knowledge, muscle: str, parts: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    named = {
        condition.id
        for condition in knowledge.conditions.values()
        if muscle.replace("_", " ") in condition.clinical_name.lower()
    }
    meant = {name for target in knowledge.care.targets if set(parts) & set(target.parts) for name in target.conditions}
    found = [knowledge.conditions[name] for name in named | meant]
    return tuple((c.id, sentence(c.name)) for c in sorted(found, key=lambda c: -c.prior.community.value))
