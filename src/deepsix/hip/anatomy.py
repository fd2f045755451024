"""Facts about the muscles, and their actions in a posture in words, computed from the moment arms."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from numpy.typing import ArrayLike

from deepsix.hip.errors import HipDataError
from deepsix.hip.paths import load_part_names
from deepsix.hip.states import muscle_state
from deepsix.hip.tables import read_toml, unknown

_WORDS: Final = (("extends", "flexes"), ("abducts", "adducts"), ("turns out", "turns in"))
_KNEE_WORDS: Final = ("straightens the knee", "bends the knee")


@dataclass(frozen=True, slots=True)
class MuscleFacts:
    """Facts about one muscle; `checked` says what was read in the source, empty when nothing was re-read."""

    id: str
    origin: str
    insertion: str
    nerve: str
    roots: tuple[str, ...]
    artery: str
    relations: str
    variations: str
    sources: tuple[str, ...]
    checked: str
    statements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Action:
    """One thing a part does in a posture: words, and the moment arm with its lowest and highest line, metres."""

    words: str
    moment_arm_m: float
    low_m: float
    high_m: float

    @property
    def is_settled(self) -> bool:
        """True when all published lines agree on the direction."""
        return self.low_m * self.high_m > 0.0


@cache
def load_anatomy() -> dict[str, MuscleFacts]:
    """Return facts by muscle.

    Raises:
        HipDataError: A muscle of muscles.toml has no entry, or an entry cites an unknown source.
    """
    raw = {k: v for k, v in read_toml("anatomy.toml").items() if k != "source"}
    known = anatomy_sources()
    found = {}
    problems = []
    for muscle, fields in raw.items():
        values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in fields.items()}
        found[muscle] = MuscleFacts(id=muscle, **values)
        problems += [f"anatomy.toml [{muscle}]: unknown source {s!r}" for s in fields["sources"] if s not in known]
    wanted = {spec["muscle"] for spec in read_toml("muscles.toml").values()}
    problems += [f"anatomy.toml: no entry for {m}" for m in sorted(wanted - set(found))]
    if problems:
        raise HipDataError("\n".join(problems))
    return found


def anatomy_sources() -> dict[str, str]:
    """Return the citations anatomy.toml uses, by id."""
    return dict(read_toml("anatomy.toml")["source"])


def muscle_of(part: str) -> str:
    """Return the muscle a part belongs to.

    Raises:
        UnknownMuscleError: No such part.
    """
    parts = read_toml("muscles.toml")
    if part not in parts:
        unknown("muscle part", part, parts)
    return str(parts[part]["muscle"])


def part_name(part: str) -> str:
    """Return the name of a part as a reader writes it.

    Raises:
        UnknownMuscleError: No such part.
    """
    muscle_of(part)
    return str(read_toml("muscles.toml")[part]["name"])


def find_parts(name: str) -> tuple[str, ...]:
    """Return the parts a name means: a part, a whole muscle, or "six"; hyphens and spaces count as underscores.

    Raises:
        UnknownMuscleError: Nothing of that name.

    >>> find_parts("gluteus-minimus")
    ('gluteus_minimus_anterior', 'gluteus_minimus_middle', 'gluteus_minimus_posterior')
    """
    wanted = name.strip().lower().replace("-", "_").replace(" ", "_")
    names = load_part_names()
    if wanted in names:
        return (wanted,)
    if wanted in ("six", "deep_six"):
        return names[:6]
    members = tuple(p for p in names if muscle_of(p) == wanted)
    if not members:
        unknown("muscle", wanted, {*names, *load_anatomy()})
    return members


def actions(part: str, posture_deg: ArrayLike, least_m: float = 0.003) -> list[Action]:
    """Return what a part does in one posture, the strongest first; arms shorter than `least_m` are left out.

    Raises:
        ShapeError, PostureError, UnknownMuscleError: The input cannot be used.
    """
    arms = muscle_state(posture_deg, [part]).moment_arm_m
    found = []
    for k, words in enumerate((*_WORDS, _KNEE_WORDS)):
        middle, low, high = (float(a[0, 0, k]) for a in arms)
        if abs(middle) >= least_m:
            found.append(Action(words[int(middle > 0)], middle, low, high))
    return sorted(found, key=lambda a: -abs(a.moment_arm_m))
