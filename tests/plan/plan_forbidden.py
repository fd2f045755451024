"""What forbids a remedy, read from the data files themselves: shares no code with the loader or with `deepsix.plan`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import deepsix
from deepsix.diagnosis.assessment import Assessment
from deepsix.plan import Plan

ROOT = Path(deepsix.__file__).parent
DATA = ROOT / "knowledge" / "data"
LEVELS = ["self_care", "clinician_soon", "urgent_same_day", "emergency"]
STAGES = ["settle", "restore", "load", "return"]
ANGLES = ["flexion", "adduction", "internal_rotation", "knee_flexion"]


def _toml(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


@dataclass
class RawCare:
    """The data files as they stand."""

    plan: dict[str, Any] = field(default_factory=lambda: _toml(DATA / "plan.toml"))
    remedies: dict[str, Any] = field(
        default_factory=lambda: {path.stem: _toml(path) for path in sorted(DATA.glob("remedies/*.toml"))}
    )
    family: dict[str, str] = field(
        default_factory=lambda: {
            path.stem: _toml(path)["family"] for path in DATA.glob("conditions/*.toml") if path.read_text().strip()
        }
    )
    dangers: set[str] = field(
        default_factory=lambda: {
            entry["id"]
            for path in DATA.glob("findings/*.toml")
            for entry in _toml(path)["finding"]
            if "danger" in entry
        }
    )
    positions: dict[str, Any] = field(default_factory=lambda: _toml(ROOT / "hip" / "data" / "positions.toml"))

    def kind(self, remedy: dict[str, Any]) -> dict[str, Any]:
        return next(entry for entry in self.plan["kind"] if entry["id"] == remedy["kind"])

    def conditions(self, entry: dict[str, Any]) -> set[str]:
        names = set(entry.get("conditions", []))
        names |= {name for name, family in self.family.items() if family in entry.get("families", [])}
        return names - set(entry.get("except", []))

    def setting(self, name: str) -> float:
        return float(next(entry["value"] for entry in self.plan["setting"] if entry["id"] == name))


def violations(raw: RawCare, assessment: Assessment, plan: Plan) -> list[str]:
    """Return every remedy of a plan that something forbids, with what forbids it."""
    found = []
    for name in plan.remedies():
        found += [f"{name}: {why}" for why in why_forbidden(raw, name, assessment)]
    for task in plan.today:
        found += [f"{task.remedy}: held by {holder}" for holder in _held(raw, task.remedy, assessment, plan.stage)]
    return found


def why_forbidden(raw: RawCare, name: str, assessment: Assessment) -> list[str]:
    """Return everything in the data that forbids a remedy for this person now."""
    remedy = raw.remedies[name]
    kind = raw.kind(remedy)
    states = {finding: str(answer.state) for finding, answer in assessment.case.answers.items()}
    there = {f for f, state in states.items() if state == "yes" or (state == "unsure" and f in raw.dangers)}
    p = {cause.condition: cause.probability for cause in assessment.causes}
    why = []
    if LEVELS.index(assessment.urgency.level.id) > LEVELS.index(remedy.get("up_to", kind["up_to"])):
        why.append("advice too urgent")
    age = assessment.case.age
    if age is not None and age < remedy.get("age_from", kind["age_from"]):
        why.append("too young")
    guards = {entry["id"]: entry for entry in raw.plan["guard"]}
    wanted = [*kind.get("guards", []), *remedy.get("guards", [])]
    bars = [*(guards[guard] for guard in wanted), *remedy.get("never_with", [])]
    position = raw.positions.get(remedy.get("picture", ""))
    if position is not None and position["kind"] == "stretch":
        bars += [bar for bar in raw.plan["posture_bar"] if _beyond(bar, position["angles_deg"])]
    for bar in bars:
        signs = there & set(bar.get("findings", []))
        total = sum(p.get(condition, 0.0) for condition in raw.conditions(bar))
        if signs or ("threshold" in bar and total >= bar["threshold"] + 1e-9):
            why.append(f"bar {bar['id']} ({', '.join(sorted(signs))} {total:.3f})")
    for finding, _, ask_first, _ in [*kind.get("caution_with", []), *remedy.get("caution_with", [])]:
        if ask_first and finding in there:
            why.append(f"ask first: {finding}")
    why += [f"not known to be absent: {f}" for f in remedy.get("must_be_no", []) if states.get(f) != "no"]
    return why


def _beyond(bar: dict[str, Any], angles: list[float]) -> bool:
    value = angles[ANGLES.index(bar["angle"])]
    return bool(value >= bar["degrees"] if bar["relation"] == "at_least" else value <= bar["degrees"])


def _held(raw: RawCare, name: str, assessment: Assessment, stage: str) -> list[str]:
    least, most = raw.setting("likely"), int(raw.setting("most_causes"))
    likely = {cause.condition for cause in assessment.causes[:most] if cause.probability >= least}
    holders = []
    for other, remedy in raw.remedies.items():
        if raw.remedies[name]["kind"] in remedy.get("holds", []) and likely & raw.conditions(remedy):
            last = STAGES.index(remedy.get("until", STAGES[-1]))
            holders += [other] if STAGES.index(stage) <= last else []
    return holders
