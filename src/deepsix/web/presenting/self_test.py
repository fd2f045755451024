"""A self-test as it is shown: the drawn posture, what it shows in words, and how long it is held."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from markupsafe import Markup

from deepsix.hip.figure import Side, posed_figure
from deepsix.hip.positions import Position


@dataclass(frozen=True, slots=True)
class SelfTestView:
    """The picture of a self-test, what it shows, and the seconds to hold (0 when nothing is held)."""

    figure: Markup
    shows: str
    hold_s: int


@cache
def _postures() -> dict[str, dict[str, Any]]:
    return tomllib.loads((files("deepsix.web") / "data" / "self_tests.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=64)
def self_test_view(finding: str, side: Side = "right") -> SelfTestView:
    """Return how a self-test is shown for the sore side.

    Raises:
        KeyError: No posture is kept for this finding.
    """
    kept = _postures()[finding]
    posture = Position(
        id=finding,
        name=kept["shows"].rstrip("."),
        kind="everyday",
        angles_deg=tuple(kept["angles_deg"]),
        other_leg_deg=tuple(kept["other_leg_deg"]),
        trunk_pitch_deg=kept.get("trunk_pitch_deg", 0.0),
        roll_deg=kept.get("roll_deg", 0.0),
        support=kept.get("support", "none"),
        equipment="",
        instructions=(),
        at_ease=False,
        angles_source="estimate",
        note="",
        statements=(),
    )
    hands = tuple(kept.get("hands", ("", "")))
    figure = posed_figure(posture, kept.get("view", "side"), side, hands=hands, feet=kept.get("feet", "flat"))
    return SelfTestView(Markup(figure), kept["shows"], kept.get("hold_s", 0))
