"""What the computation says of the founding statements about hip mechanics, with the figures.

"supported" and "not supported" follow from the published geometries and measured fibres; "partly" says which half
holds. A computation of lines and fibres cannot show that anything hurts or helps, and no verdict claims it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from deepsix.hip.architecture import architecture_of
from deepsix.hip.paths import load_part_names
from deepsix.hip.positions import position, reachable_range_deg
from deepsix.hip.rotations import Array
from deepsix.hip.sharing import load_tasks, share_task
from deepsix.hip.states import muscle_state
from deepsix.hip.stretch import comfort_limits, rank_stretches

Outcome = Literal["supported", "partly", "not supported"]
SIX: Final = (
    "piriformis",
    "obturator_internus",
    "gemellus_superior",
    "gemellus_inferior",
    "quadratus_femoris",
    "obturator_externus",
)
MINIMUS: Final = ("gluteus_minimus_anterior", "gluteus_minimus_middle", "gluteus_minimus_posterior")
TFL: Final = "tensor_fasciae_latae"
FIRST_FEW: Final = 5  # a named stretch counts as well chosen when it is among the first five of all positions


@dataclass(frozen=True, slots=True)
class StatementVerdict:
    """One founding statement, what the computation says, and the figures it rests on."""

    id: str
    claim: str
    outcome: Outcome
    figures: str


def _changes_mm(postures: list[list[float]], parts: tuple[str, ...]) -> Array:
    return np.asarray(1e3 * muscle_state(postures, parts).length_change_m.middle)


def _words(names: tuple[str, ...] | list[str]) -> str:
    return ", ".join(n.replace("_", " ") for n in names)


def _verdict(id_: str, claim: str, holds: Sequence[object], *figures: str) -> StatementVerdict:
    return StatementVerdict(id_, claim, _grade([bool(h) for h in holds]), "; ".join(figures))


def _each(names: tuple[str, ...], values: Array, shape: str) -> str:
    """Return "name value" pairs, the values formatted by `shape`."""
    return ", ".join(f"{n.replace('_', ' ')} {shape.format(v)}" for n, v in zip(names, values, strict=True))


def _grade(holds: list[bool]) -> Outcome:
    return "supported" if all(holds) else "partly" if any(holds) else "not supported"


def strain_per_degree(parts: tuple[str, ...]) -> Array:
    """Return the greatest lengthening of each part, in percent of optimal fibre length for one degree of movement."""
    box = reachable_range_deg()[:3] * 0.9
    grid = np.stack(np.meshgrid(*(np.linspace(a, b, 7) for a, b in box), indexing="ij"), -1).reshape(-1, 3)
    arms = np.linalg.norm(muscle_state(grid, parts).moment_arm_m.middle[:, :, :3], axis=2).max(axis=0)
    fibres = np.array([architecture_of(p).optimal_fibre_length_m.value for p in parts])
    return np.asarray(100.0 * np.deg2rad(1.0) * arms / fibres)


def _a3() -> StatementVerdict:
    sitting = _changes_mm([[70, -3, -3, 90]], SIX)[0]
    seat, stairs = (share_task(load_tasks()[t]) for t in ("sit_to_stand", "stairs_up"))
    used = np.array([100 * seat.peak(p) for p in SIX])
    climbing = np.array([100 * stairs.peak(p) for p in SIX])
    return _verdict(
        "A3",
        "Sitting stretches the six; squats and stairs load them",
        [(sitting > 1.0).sum() >= 5, (used >= 5.0).sum() >= 5, (climbing >= 5.0).sum() >= 5],
        "sitting lengthens " + _each(SIX, sitting, "{:+.0f} mm"),
        "standing up from a seat uses " + _each(SIX, used, "{:.0f}%") + " of their strength",
        "walking upstairs uses " + _each(SIX, climbing, "{:.0f}%"),
        "squats without a bar: no joint moments could be sourced",
    )


def _a5() -> StatementVerdict:
    arms = 1e3 * muscle_state([[0, 0, 0], [90, 0, 0]], SIX).moment_arm_m.middle[:, :, 2]
    return _verdict(
        "A5",
        "The six turn the hip outwards",
        [(arms[0] < 0).all(), (arms[1] < 0).all()],
        "rotation arm standing, outward negative: " + _each(SIX, arms[0], "{:+.0f} mm"),
        "at 90 degrees of flexion: " + _each(SIX, arms[1], "{:+.0f} mm"),
    )


def _a6() -> StatementVerdict:
    names = load_part_names()
    rate = strain_per_degree(names)
    usual = float(np.median(rate[6:]))
    model = architecture_of(SIX[0]).model_fibre_lengths_m["rajagopal_2016"]
    times = architecture_of(SIX[0]).optimal_fibre_length_m.value / model
    return _verdict(
        "A6",
        "They go from mild to too much stretch quickly",
        [bool(r > usual) for r in rate[:6]],
        "greatest stretch of the fibres for one degree: " + _each(SIX, rate[:6], "{:.2f}%"),
        f"middle of the other hip muscles {usual:.2f}%",
        f"measured fibres; with the {1e3 * model:.0f} mm of models piriformis would be {times:.1f} times as quick",
    )


def _a7() -> StatementVerdict:
    task = load_tasks()["running_right"]
    whole, without = share_task(task), share_task(task, strength={SIX[0]: 0.3})
    before = np.array([100 * whole.peak(p) for p in SIX])
    after = np.array([100 * without.peak(p) for p in SIX])
    return _verdict(
        "A7",
        "Fine when they share the work, overloaded when one works harder than the rest",
        [(after[1:] > before[1:]).any(), after[0] > before[0]],
        "running, share of strength used: " + _each(SIX, before, "{:.0f}%"),
        "with piriformis at 30% of its strength: " + _each(SIX, after, "{:.0f}%"),
        "the cheapest sharing spares a weak muscle; it cannot show a muscle being overworked",
    )


def _a9() -> StatementVerdict:
    limits, column = comfort_limits(), load_part_names().index(SIX[0])
    room = limits.comfortable_to[column] - limits.rest[column]
    left = limits.comfortable_to[column] - limits.rest[column] / 0.9
    return _verdict(
        "A9",
        "Shortening brings restriction, and restriction more work",
        [left < 0.9 * room, False],
        f"fibres 10% shorter leave piriformis {100 * left / room:.0f}% of its way from standing to the end of comfort",
        "that it then acts against the stretch, and the cycle itself, are beyond this computation",
    )


def _b4() -> StatementVerdict:
    change = _changes_mm([[70, -3, -3, 90]], (TFL,))[0, 0]
    return _verdict(
        "B4", "TFL is short when sitting", [change < -10], f"sitting changes its length by {change:+.0f} mm"
    )


def _b10() -> StatementVerdict:
    parts = (*MINIMUS, TFL)
    arms = 1e3 * muscle_state([[0, 0, 0], [60, 0, 0]], parts).moment_arm_m.middle
    return _verdict(
        "B10",
        "They abduct, turn inwards and help to flex",
        [*(arms[0, :, 1] < 0), *(arms[0, :, 2] > 0), *(arms[0, :, 0] > 0)],
        "standing, abduct: " + _each(parts, -arms[0, :, 1], "{:+.0f} mm"),
        "turn inwards: " + _each(parts, arms[0, :, 2], "{:+.0f} mm"),
        "flex: " + _each(parts, arms[0, :, 0], "{:+.0f} mm"),
        "turn inwards at 60 degrees of flexion: " + _each(parts, arms[1, :, 2], "{:+.0f} mm"),
    )


def _b14() -> StatementVerdict:
    across = _changes_mm([[0, 25, 0, 0], [0, 25, -25, 0]], MINIMUS)
    back = _changes_mm([[-15, 0, 0, 0], [-15, 0, -25, 0]], (TFL,))[:, 0]
    gains = across[1] - across[0]
    return _verdict(
        "B14",
        "Minimus: across the body; TFL: extension; both gain from turning out",
        [(across[0] > 5).all(), back[0] > 5, (gains > 1).all(), back[1] - back[0] > 1],
        "25 degrees across: " + _each(MINIMUS, across[0], "{:+.0f} mm"),
        "turning out 25 degrees there adds " + _each(MINIMUS, gains, "{:+.0f} mm"),
        f"15 degrees of extension lengthens TFL by {back[0]:.0f} mm, turning out adds {back[1] - back[0]:+.0f} mm",
    )


def _place(part: str, position: str) -> int:
    return [e.position for e in rank_stretches(part)].index(position) + 1


def _b15() -> StatementVerdict:
    count = len(rank_stretches(TFL))
    across = _place(MINIMUS[0], "side_lying_adduction_bench")
    pigeon, lunge = _place(MINIMUS[2], "pigeon"), _place(TFL, "low_lunge")
    return _verdict(
        "B15",
        "Adduction, seated glute stretch or pigeon, low lunge",
        [place <= FIRST_FEW for place in (across, pigeon, lunge)],
        f"of {count} positions the leg hung across is number {across} for the front of minimus",
        f"pigeon is number {pigeon} for the back of minimus",
        f"the low lunge is number {lunge} for TFL",
    )


def _lengthening_mm(part: str, position: str) -> float:
    return next(1e3 * e.lengthening_m[0] for e in rank_stretches(part) if e.position == position)


def _b16() -> StatementVerdict:
    parts = (*MINIMUS, TFL)
    standing = np.array([_lengthening_mm(p, "standing_cross_leg_adduction") for p in parts])
    lying = np.array([_lengthening_mm(p, "side_lying_adduction_bench") for p in parts])
    stand, bench = (position(f).angles_deg for f in ("standing_cross_leg_adduction", "side_lying_adduction_bench"))
    as_far = _changes_mm([[stand[0], bench[1], *stand[2:]]], parts)[0]
    return _verdict(
        "B16",
        "Lying across a bench works better than standing",
        [(lying > standing).all(), (lying > as_far + 1.0).all()],
        "standing: " + _each(parts, standing, "{:.0f} mm"),
        "lying: " + _each(parts, lying, "{:.0f} mm"),
        f"this rests on the angles given, {stand[1]:g} degrees of adduction standing and {bench[1]:g} lying",
        "standing, if the leg came as far across: " + _each(parts, as_far, "{:.0f} mm"),
    )


def _b17() -> StatementVerdict:
    part = MINIMUS[2]
    steps = [[60, 0, 0, 60], [90, 0, 0, 90], [90, 0, -15, 90], [90, 0, -42, 90]]
    found = _changes_mm([[float(a) for a in s] for s in steps], (part,))[:, 0]
    seated, lying = (_lengthening_mm(part, f"figure_four_{w}") for w in ("seated", "reclined"))
    return _verdict(
        "B17",
        "The back of minimus needs flexion and slight turning out; more lying back in figure four",
        [found[1] > 1, found[2] > found[1] + 1, lying > seated],
        f"flexion alone to 60 and 90 degrees {found[0]:+.0f} and {found[1]:+.0f} mm",
        f"with 15 and 42 degrees of turning out at 90: {found[2]:+.0f} and {found[3]:+.0f} mm",
        f"figure four seated {seated:.0f} mm, lying {lying:.0f} mm",
    )


def _b18() -> StatementVerdict:
    found = _changes_mm([[-17, 0, 0, 50], [30, 0, 0, 50]], (TFL,))[:, 0]
    best = [e.position for e in rank_stretches(TFL)[:4]]
    return _verdict(
        "B18",
        "TFL needs extension: low lunge, attention on the long leg",
        [found[0] > 5, found[1] < 0],
        f"the long leg of a lunge lengthens it by {found[0]:.0f} mm; 30 degrees of flexion, {found[1]:+.0f} mm",
        f"it is longest in {_words(best)}: adduction added to extension goes further",
    )


_RULES: Final[tuple[Callable[[], StatementVerdict], ...]] = (
    _a3,
    _a5,
    _a6,
    _a7,
    _a9,
    _b4,
    _b10,
    _b14,
    _b15,
    _b16,
    _b17,
    _b18,
)


def statement_verdicts() -> list[StatementVerdict]:
    """Return the verdict on every founding statement about mechanics, in their order."""
    return [rule() for rule in _RULES]
