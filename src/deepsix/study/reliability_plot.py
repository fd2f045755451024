"""The reliability plot as SVG: stated probability against how often it came true, drawn without any library."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from deepsix.study.statistics import Bin

_SIZE, _MARGIN = 360, 56
_INK, _ACCENT, _FAINT = "#1d2a33", "#0b6e6e", "#c8d2d8"


def reliability_svg(bins: Sequence[Bin], title: str) -> str:
    """Return an SVG with one point a bin, its 95% interval, and the line on which stated and seen agree."""

    def x(p: float) -> float:
        return _MARGIN + p * _SIZE

    def y(p: float) -> float:
        return _MARGIN + (1 - p) * _SIZE

    width = _SIZE + 2 * _MARGIN
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {width}" role="img" font-family="sans-serif" '
        f'font-size="13" fill="{_INK}">',
        f"<title>{escape(title)}</title>",
        f'<rect width="{width}" height="{width}" fill="#ffffff"/>',
        f'<text x="{_MARGIN}" y="28" font-size="15">{escape(title)}</text>',
        f'<rect x="{x(0)}" y="{y(1)}" width="{_SIZE}" height="{_SIZE}" fill="none" stroke="{_FAINT}"/>',
        f'<line x1="{x(0)}" y1="{y(0)}" x2="{x(1)}" y2="{y(1)}" stroke="{_FAINT}" stroke-dasharray="5 4"/>',
    ]
    for tick in (0.0, 0.2, 0.4, 0.6, 0.8, 1.0):
        parts.append(f'<text x="{x(tick)}" y="{y(0) + 20}" text-anchor="middle">{tick:.1f}</text>')
        parts.append(f'<text x="{x(0) - 8}" y="{y(tick) + 4}" text-anchor="end">{tick:.1f}</text>')
    parts.append(f'<text x="{x(0.5)}" y="{width - 14}" text-anchor="middle">stated probability</text>')
    parts.append(
        f'<text transform="translate(16 {y(0.5)}) rotate(-90)" text-anchor="middle">share that came true</text>'
    )
    for group in bins:
        low, high = group.hits.interval
        px, py = x(group.mean_probability), y(group.hits.value)
        parts.append(
            f'<line x1="{px:.1f}" y1="{y(low):.1f}" x2="{px:.1f}" y2="{y(high):.1f}" stroke="{_ACCENT}" '
            'stroke-width="2"/>'
        )
        label = f"{group.hits.count} of {group.hits.total} stated at about {group.mean_probability:.2f}"
        parts.append(f'<circle cx="{px:.1f}" cy="{py:.1f}" r="6" fill="{_ACCENT}"><title>{label}</title></circle>')
        parts.append(
            f'<text x="{px + 9:.1f}" y="{py - 7:.1f}" font-size="11">{group.hits.count}/{group.hits.total}</text>'
        )
    parts.append("</svg>")
    return "\n".join(parts) + "\n"
