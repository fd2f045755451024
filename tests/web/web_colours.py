"""Colours of the style sheet in numbers: contrast as WCAG has it, and how they look to people with colour blindness."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

TOKENS = Path(__file__).parents[2] / "frontend" / "styles" / "_tokens.scss"
THEMES = ("light", "dark")
Array = NDArray[np.float64]

# Machado, Oliveira and Fernandes, IEEE Trans Vis Comput Graph 2009;15:1291-8, doi 10.1109/TVCG.2009.113: whole loss of
# one kind of cone, on linear RGB.
BLINDNESS = {
    "all cones": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
_TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
_WHITE = _TO_XYZ.sum(axis=1)


def tokens(theme: str) -> dict[str, str]:
    """Return the colours of a theme as #rrggbb; those that only the light one sets hold in both."""
    text = TOKENS.read_text(encoding="utf-8")

    def of(name: str) -> dict[str, str]:
        body = text.split(f"@mixin {name} {{")[1].split("\n}")[0]
        return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", body))

    return {**of("light"), **(of("dark") if theme == "dark" else {})}


def linear(colour: str) -> Array:
    """Return a colour #rrggbb as linear RGB, 0 to 1."""
    value = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    bright = [float(linear(colour) @ [0.2126, 0.7152, 0.0722]) for colour in (one, other)]
    return (max(bright) + 0.05) / (min(bright) + 0.05)


def lab(rgb: Array) -> Array:
    """Return linear RGB as CIE L*a*b*, white point of sRGB."""
    ratio = _TO_XYZ @ rgb / _WHITE
    f = np.where(ratio > (6 / 29) ** 3, np.cbrt(ratio), ratio / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def smallest_difference(colours: Sequence[str], blindness: str) -> float:
    """Return the smallest colour difference (CIE 1976 L*a*b*) of any two, as somebody with this blindness sees them."""
    seen = [lab(np.clip(BLINDNESS[blindness] @ linear(colour), 0, 1)) for colour in colours]
    return min(float(np.linalg.norm(one - other)) for i, one in enumerate(seen) for other in seen[i + 1 :])


NAMED = (
    ("ink", "text"),
    ("ink-soft", "quiet text"),
    ("accent", "the one accent: buttons, links, bars"),
    ("link-visited", "links that were followed"),
    ("error", "errors"),
    ("now", "get help now"),
    ("today", "see someone today"),
    ("soon", "see someone soon"),
    ("selfcare", "look after it yourself"),
    ("line-strong", "edges of fields"),
    ("muscle-superficial", "muscles near the skin"),
    ("muscle-middle", "muscles of the middle layer"),
    ("muscle-deep", "the deep six"),
)


def tables() -> str:
    """Return the tables of docs/guide/look.md, as measured: `python tests/web/web_colours.py` prints them."""
    light, dark = (tokens(theme) for theme in THEMES)
    rows = ["| colour | for | light | on paper | dark | on paper |", "| --- | --- | --- | ---: | --- | ---: |"]
    for name, purpose in NAMED:
        cells = (f"`{c[name]}` | {contrast(c[name], c['paper']):.1f}" for c in (light, dark))
        rows.append(f"| {name} | {purpose} | {' | '.join(cells)} |")
    rows += ["", "| seen with | muscles, light | muscles, dark | pain, light | pain, dark |"]
    rows.append("| --- | ---: | ---: | ---: | ---: |")
    groups = ([f"muscle-{layer}" for layer in ("superficial", "middle", "deep")], [f"pain-{n}" for n in range(6)])
    for blindness in BLINDNESS:
        found = (smallest_difference([c[n] for n in names], blindness) for names in groups for c in (light, dark))
        rows.append(f"| {blindness} | {' | '.join(f'{value:.0f}' for value in found)} |")
    return "\n".join(rows)


if __name__ == "__main__":
    print(tables())
