"""Drawings as people make them, and the ways they come out differently when the same pain is drawn again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from deepsix.case import PainMap, Sex, View
from deepsix.intake.chart.chart import Chart
from deepsix.intake.chart.painting import pain_map_on

Mask = NDArray[np.bool_]
MOST_MOVED_CELLS = 4  # 60 mm, over two spreads: a long stroke could move much farther before its overlap falls to 42%
REDRAWN_JACCARD = 0.42  # the same person drawing the same pain again, shoulder: doi 10.1080/17434440.2023.2277226


def stroke(view: str, width_mm: float, *points: tuple[float, float]) -> dict[str, Any]:
    return {"view": view, "width_mm": width_mm, "points": [list(point) for point in points]}


@dataclass(frozen=True)
class Drawing:
    """A typical drawing with what else that person said."""

    name: str
    record: dict[str, Any]
    said: tuple[str, ...]
    age: int = 45
    sex: Sex = "female"

    def pain_map(self, chart: Chart) -> PainMap:
        return pain_map_on(chart, self.record)


TYPICAL = (
    Drawing(
        "deep in the middle of the buttock",
        {"strokes": [stroke("back", 80, (305, 435))], "depth": "deep", "everywhere": True},
        ("worse_sitting", "onset_training_increase"),
        35,
        "male",
    ),
    Drawing(
        "side of the hip, some way down the thigh",
        {"strokes": [stroke("right", 70, (240, 455), (236, 600))], "everywhere": True},
        ("worse_lying_on_side",),
        55,
    ),
    Drawing(
        "groin",
        {"strokes": [stroke("front", 50, (325, 415), (288, 470))], "depth": "deep", "everywhere": True},
        ("stiffness_morning_brief",),
        66,
        "male",
    ),
    Drawing(
        "low back, buttock and the back of the leg to the foot",
        {
            "strokes": [stroke("back", 60, (290, 270), (310, 450), (325, 700), (325, 950), (330, 1150), (335, 1290))],
            "everywhere": True,
        },
        ("pain_leg_worse_than_back",),
    ),
    Drawing(
        "sit bone",
        {
            "strokes": [stroke("back", 50, (300, 512))],
            "worst": {"view": "back", "x_mm": 300, "y_mm": 512},
            "everywhere": True,
        },
        ("worse_sitting",),
        40,
    ),
    Drawing(
        "band of the low back",
        {"strokes": [stroke("back", 60, (190, 265), (290, 265))], "everywhere": True},
        (),
        48,
        "male",
    ),
    Drawing(
        "dimple beside the base of the spine",
        {
            "strokes": [stroke("back", 50, (292, 360))],
            "worst": {"view": "back", "x_mm": 292, "y_mm": 360},
            "everywhere": True,
        },
        (),
        33,
    ),
    Drawing(
        "outer thigh",
        {"strokes": [stroke("left", 70, (242, 560), (242, 760))], "depth": "skin", "everywhere": True},
        ("numb_outer_thigh",),
        50,
        "male",
    ),
)


def mask_of(chart: Chart, pain_map: PainMap, view: View) -> Mask:
    mask = np.zeros(chart.grid.shape, dtype=np.bool_)
    for cell in pain_map.painted.get(view, ()):
        mask[cell] = True
    return mask


def moved(mask: Mask, rows: int, columns: int) -> Mask:
    result = np.zeros_like(mask)
    down, across = np.nonzero(mask)
    down, across = down + rows, across + columns
    fits = (down >= 0) & (down < mask.shape[0]) & (across >= 0) & (across < mask.shape[1])
    result[down[fits], across[fits]] = True
    return result


def grown(mask: Mask) -> Mask:
    return mask | moved(mask, 1, 0) | moved(mask, -1, 0) | moved(mask, 0, 1) | moved(mask, 0, -1)


def shrunk(mask: Mask) -> Mask:
    return ~grown(~mask)


def jaccard(a: Mask, b: Mask) -> float:
    return float((a & b).sum() / max((a | b).sum(), 1))


def redrawn(mask: Mask, body: Mask, how: str, rng: np.random.Generator) -> Mask:
    """Return the mask disturbed in one way as far as an overlap of 42% allows, one step at a time."""
    angle = rng.uniform(0, 2 * np.pi)
    now = mask
    for step in range(1, 40):
        match how:
            case "shift":
                far = min(step * 0.5, MOST_MOVED_CELLS)
                after = moved(mask, round(far * np.sin(angle)), round(far * np.cos(angle)))
            case "dilate":
                edge = np.argwhere(grown(now) & ~now & body)
                after = now.copy()
                after[tuple(rng.permutation(edge)[: max(len(edge) // 2, 1)].T)] = True
            case "erode":
                edge = np.argwhere(now & ~shrunk(now))
                after = now.copy()
                after[tuple(rng.permutation(edge)[: max(len(edge) // 2, 1)].T)] = False
            case "speckle":
                near = np.argwhere(grown(grown(mask)) & body)
                after = now.copy()
                flip = rng.permutation(near)[: max(len(near) // 12, 1)]
                after[tuple(flip.T)] ^= True
            case _:
                raise ValueError(how)
        after &= body
        if jaccard(mask, after) < REDRAWN_JACCARD or not after.any():
            break
        now = after
    return now


WAYS = ("shift", "dilate", "erode", "speckle")


def redrawn_map(chart: Chart, pain_map: PainMap, how: str, rng: np.random.Generator) -> PainMap:
    """Return the whole pain map drawn again; the worst spot moves with a spread of 12 mm."""
    painted: dict[View, frozenset[tuple[int, int]]] = {}
    for view in pain_map.painted:
        after = redrawn(mask_of(chart, pain_map, view), chart.cells[view] >= 0, how, rng)
        painted[view] = frozenset((int(row), int(column)) for row, column in np.argwhere(after))
    worst = pain_map.worst
    if worst is not None:
        dx, dy = rng.normal(0, 12, 2)
        worst = type(worst)(worst.view, worst.x_mm + dx, worst.y_mm + dy)
    return PainMap(painted, pain_map.places, worst, "", pain_map.depth, pain_map.everywhere, pain_map.figure)


# Not looked at when the numbers of reading.toml were chosen.
OTHERS = (
    Drawing(
        "tailbone",
        {
            "strokes": [stroke("back", 35, (240, 440))],
            "worst": {"view": "back", "x_mm": 240, "y_mm": 440},
            "everywhere": True,
        },
        ("worse_sitting",),
    ),
    Drawing(
        "pocket of the hip and outer thigh, left",
        {"strokes": [stroke("left", 60, (238, 380), (240, 470), (240, 700))], "everywhere": True},
        (),
        62,
    ),
    Drawing(
        "back of the thigh after a sprint",
        {"strokes": [stroke("back", 60, (160, 600), (158, 720))], "everywhere": True},
        ("onset_sprint_or_kick",),
        24,
        "male",
    ),
    Drawing(
        "inner thigh and pubic bone",
        {"strokes": [stroke("front", 40, (255, 480), (265, 600))], "everywhere": True},
        ("worse_kicking",),
        22,
        "male",
    ),
    Drawing(
        "front of the thigh",
        {"strokes": [stroke("front", 80, (330, 560), (325, 740))], "everywhere": True},
        (),
        30,
        "male",
    ),
    Drawing(
        "both sides of the low back and both buttocks",
        {
            "strokes": [
                stroke("back", 60, (190, 270), (290, 270)),
                stroke("back", 70, (170, 420)),
                stroke("back", 70, (310, 420)),
            ],
            "everywhere": True,
        },
        ("stiffness_morning_over_30_min",),
        28,
        "male",
    ),
)
