"""Every published value beside ours: agreement, or the reason for a miss.

A row of reference_values.csv is compared by the rule for its quantity. Rows that were taken from memory of a paper
(`verified` = no) are shown and never judged. A number agrees when it lies inside the published range or within the
tolerance that settings.toml gives; a sign, order or position agrees when it is the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from deepsix.hip.tables import Row, read_csv, read_toml

Verdict = Literal["agrees", "misses", "not judged", "not computed"]


@dataclass(frozen=True, slots=True)
class Finding:
    """Our side of one row: what we get, whether it agrees, and why not."""

    ours: str
    verdict: Verdict
    reason: str = ""
    same_sign: bool | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """One row of the reference table beside ours.

    `same_sign` is None where there is no sign to compare, or the published value is too near zero.
    """

    quantity: str
    muscle: str
    condition: str
    published: str
    ours: str
    verdict: Verdict
    reason: str
    same_sign: bool | None
    citation: str


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts over a list of comparisons."""

    agrees: int
    misses: int
    not_judged: int
    not_computed: int
    signs_compared: int
    signs_equal: int


Rule = Callable[[Row], Finding]


def tolerances() -> dict[str, float]:
    """Return the tolerances of the comparison, by name."""
    raw = read_toml("settings.toml")["reference"]
    return {k: float(v) for k, v in raw.items() if isinstance(v, (int, float))}


def compare_all(rules: dict[str, Rule] | None = None) -> list[Comparison]:
    """Return every reference row beside ours, in the order of the file."""
    from deepsix.hip.reference_rules import RULES

    used = RULES if rules is None else rules
    reasons = read_toml("settings.toml")["reference"]["not_computed"]
    out = []
    for row in read_csv("reference_values.csv"):
        rule = used.get(row["quantity"])
        if rule is None:
            finding = Finding("", "not computed", reasons.get(row["quantity"], "no rule for this quantity"))
        else:
            finding = rule(row)
            if row["verified"] == "no":
                finding = Finding(finding.ours, "not judged", "published value is from memory and not re-read")
        published = " ".join(x for x in (row["value"], row["unit"]) if x)
        if row["spread"]:
            published += f" ({row['spread']})"
        out.append(
            Comparison(
                row["quantity"],
                row["muscle"],
                row["condition"],
                published,
                finding.ours,
                finding.verdict,
                finding.reason,
                finding.same_sign,
                row["citation"],
            )
        )
    return out


def summarise(comparisons: Iterable[Comparison]) -> Summary:
    """Return how many rows agree, miss, and have equal signs."""
    rows = list(comparisons)

    def count(verdict: str) -> int:
        return sum(r.verdict == verdict for r in rows)

    signs = [r.same_sign for r in rows if r.same_sign is not None]
    return Summary(count("agrees"), count("misses"), count("not judged"), count("not computed"), len(signs), sum(signs))
