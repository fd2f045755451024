"""The drawn hip with its list of muscles, for the page of its own and for any page that shows a culprit."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from markupsafe import Markup

from deepsix.diagnosis import wording
from deepsix.hip.anatomy import actions, muscle_of, part_name
from deepsix.hip.localiser import Suspect
from deepsix.hip.positions import Position, load_positions
from deepsix.hip.posture import ANGLES, checked_range_deg
from deepsix.hip.scene import LAYERS, felt_places, load_shapes, press_places, scene
from deepsix.hip.states import muscle_state
from deepsix.hip.stretch import comfort_limits, comfort_share
from deepsix.knowledge.model import Knowledge
from deepsix.web.assets import BUILT, Assets
from deepsix.web.presenting.hip_flat import flat_drawing
from deepsix.web.presenting.learn_words import muscle_words, sentence

STANDING: Final = "standing"
_SHOWN_ACTIONS: Final = 3
_LEAST_ACTION_M: Final = 0.008  # weaker ones are left to the page of the muscle


@dataclass(frozen=True, slots=True)
class PartRow:
    """One muscle or part of one in the list. `why` is empty unless it is a culprit."""

    id: str
    muscle: str
    name: str
    about: str
    does: str
    stretch: str
    felt: tuple[str, ...]
    press: tuple[str, ...]
    chance: str
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LayerView:
    """One layer of muscles, from outside in."""

    id: str
    name: str
    about: str
    rows: tuple[PartRow, ...]


@dataclass(frozen=True, slots=True)
class AngleView:
    """One slider: its name, range and where it stands."""

    id: str
    name: str
    low: int
    high: int
    value: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """One flat drawing and what it shows."""

    name: str
    svg: Markup


@dataclass(frozen=True, slots=True)
class PostureGroup:
    """Named positions of one kind."""

    name: str
    positions: tuple[Position, ...]


@dataclass(frozen=True, slots=True)
class HipView:
    """All that `parts/hip3d.html` places."""

    side: str
    posture: Position
    culprits: tuple[PartRow, ...]
    layers: tuple[LayerView, ...]
    angles: tuple[AngleView, ...]
    postures: tuple[PostureGroup, ...]
    peel_steps: tuple[str, ...]
    drawings: tuple[Drawing, ...]
    scene_address: str
    options: Mapping[str, Any]


@cache
def hip_words() -> Mapping[str, Any]:
    """Return hip_words.toml."""
    path = Path(__file__).parents[1] / "data" / "hip_words.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def scene_content() -> bytes:
    """Return the scene as JSON."""
    return json.dumps(scene(), separators=(",", ":")).encode("ascii")


@cache
def scene_mark() -> str:
    """Return a mark that changes with the scene, so that a browser may keep it for good."""
    return sha256(scene_content()).hexdigest()[:10]


def stretch_words(share: float, fibre: float, too_far_from: float) -> str:
    """Return in words how stretched a part is, from its share of comfort and its normalised fibre length."""
    words = hip_words()["stretch"]
    if fibre > too_far_from:
        return str(words["too_far"])
    return str(next(step["words"] for step in words["steps"] if share < step["to"]))


@cache
def _stretches(posture: tuple[float, ...]) -> dict[str, str]:
    fibres = muscle_state([posture]).normalised_length.middle
    shares, limits = comfort_share(fibres), comfort_limits()
    return {
        part: stretch_words(float(shares[0, i]), float(fibres[0, i]), float(limits.too_far_from[i]))
        for i, part in enumerate(load_shapes())
    }


@cache
def does_words(part: str) -> str:
    """Return what a part does when one stands, strongest first; only what all anatomies agree on."""
    words = hip_words()["does"]
    settled = [a for a in actions(part, [[0.0, 0.0, 0.0, 0.0]], _LEAST_ACTION_M) if a.is_settled]
    return ", ".join(words[a.words] for a in settled[:_SHOWN_ACTIONS])


def _row(knowledge: Knowledge, part: str, posture: Position, suspect: Suspect | None) -> PartRow:
    felt = felt_places(part)
    return PartRow(
        id=part,
        muscle=muscle_of(part),
        name=sentence(part_name(part)),
        about=muscle_words()[muscle_of(part)]["about"],
        does=sentence(does_words(part)),
        stretch=_stretches(posture.angles_deg)[part],
        felt=tuple(knowledge.findings[name].name for name in sorted(felt, key=lambda n: -felt[n])[:3]),
        press=tuple(knowledge.findings[name].name.removeprefix("pain ") for name in press_places(part)),
        chance=wording.chance(knowledge, suspect.probability) if suspect else "",
        why=tuple(sentence(f"{r.evidence}: {r.words}") for r in suspect.reasons if r.ratio > 1.0) if suspect else (),
    )


def _drawings(bones: Path, posture: Position, side: str, marked: frozenset[str]) -> tuple[Drawing, ...]:
    figures, shapes, found = hip_words()["figures"], load_shapes(), []
    layers = {figure["layer"] for figure in figures if "layer" in figure}
    for told in figures:
        if "layer" in told:
            parts = tuple(p for p, shape in shapes.items() if shape.layer == told["layer"])
        else:
            outside = (p for p, shape in shapes.items() if shape.layer not in layers)
            parts = tuple(p for p in outside if muscle_words()[muscle_of(p)]["view"] == told["nearest"])
        title = f"{told['name']}. {posture.name}."
        svg = flat_drawing(bones, posture.angles_deg, told["view"], side, parts, marked, title)
        found.append(Drawing(told["name"], svg))
    return tuple(found)


def hip_view(
    knowledge: Knowledge,
    assets: Assets,
    suspects: Sequence[Suspect] = (),
    side: str = "right",
    posture: str = STANDING,
) -> HipView:
    """Return the drawn hip.

    Args:
        knowledge: For the words of places and chances.
        assets: What was built, for the bones.
        suspects: Likely culprits, the likeliest first; they stand out and lead the list.
        side: "right" or "left".
        posture: A named position.

    Raises:
        KeyError: No such position.
    """
    place, words = load_positions()[posture], hip_words()
    by_part = {s.part: s for s in suspects}
    rows = {part: _row(knowledge, part, place, by_part.get(part)) for part in load_shapes()}
    low, high = checked_range_deg().T
    return HipView(
        side=side,
        posture=place,
        culprits=tuple(rows[s.part] for s in suspects),
        layers=tuple(
            LayerView(
                layer,
                words["layers"][layer]["name"],
                words["layers"][layer]["about"],
                tuple(rows[part] for part, shape in load_shapes().items() if shape.layer == layer),
            )
            for layer in reversed(LAYERS)
        ),
        angles=tuple(
            AngleView(id_, words["angles"][id_]["name"], int(low[i]), int(high[i]), round(place.angles_deg[i]))
            for i, id_ in enumerate(ANGLES)
        ),
        postures=tuple(
            PostureGroup(name, tuple(p for p in load_positions().values() if p.kind == kind))
            for kind, name in words["kinds"].items()
        ),
        peel_steps=tuple(words["peeled"]["steps"]),
        drawings=_drawings(BUILT / assets.names["bones.bin"], place, side, frozenset(s.part for s in suspects[:1])),
        scene_address=f"/hip/scene.json?v={scene_mark()}",
        options={
            "culprits": {s.part: s.probability for s in suspects},
            "chance_words": {s.part: rows[s.part].chance for s in suspects},
            "side": side,
            "start": place.angles_deg,
            "stretch_words": words["stretch"]["steps"],
            "too_far_words": words["stretch"]["too_far"],
            "peel_words": words["peeled"]["steps"],
            "angle_words": [{k: words["angles"][a][k] for k in ("low", "high", "rest")} for a in ANGLES],
        },
    )
