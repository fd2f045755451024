"""Two causes can ask for opposite things: one wants the leg rested, the other wants it moved. The safer need wins.

Each step of a remedy may say in the data what it asks of the leg (`needs`). A step that asks for moving is left out of
a plan in which anything else asks for rest, and so is a remedy that has no other step. Exercises are not cut short
here: what must not be done is barred as a whole (`barring`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from deepsix.knowledge.care import Remedy

_SAFER, _LESS_SAFE = "rest", "move"


def agreed_steps(remedies: Iterable[Remedy]) -> Mapping[str, tuple[str, ...]]:
    """Return the steps of remedies that stand in one plan, by remedy, without those that contradict a safer one."""
    together = tuple(remedies)
    if not any(_SAFER in remedy.needs for remedy in together):
        return {remedy.id: remedy.steps for remedy in together}
    return {remedy.id: tuple(_without(_LESS_SAFE, remedy)) for remedy in together}


def _without(need: str, remedy: Remedy) -> Iterator[str]:
    return (step for step, asks in zip(remedy.steps, remedy.needs, strict=True) if asks != need)
