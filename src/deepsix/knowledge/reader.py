"""Reads one data file strictly: keys known, values of the right kind, every problem noted with its line.

`Table` wraps one TOML table. Its `text`, `number`, `triple`... methods hand back a value of the asked kind,
or note a problem and hand back a harmless stand-in, so that reading goes on and one run reports everything.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from deepsix.knowledge.model import Estimate
from deepsix.knowledge.problems import Problem, line_of


class DataFile:
    """A TOML file of the knowledge base, read once, with its problems so far."""

    def __init__(self, path: Path, root: Path, problems: list[Problem]) -> None:
        self.name = path.relative_to(root).as_posix()
        self.stem = path.stem
        self.problems = problems
        self.text = path.read_text(encoding="utf-8")
        try:
            self.content: dict[str, Any] = tomllib.loads(self.text)
        except tomllib.TOMLDecodeError as error:
            self.content = {}
            place = re.search(r"at line (\d+)", str(error))
            line = int(place[1]) if place else self.text.count("\n")
            fix = "Mend this first: what else is reported may follow from it."
            problems.append(Problem(self.name, line, "file", f"is not TOML: {error}.", fix))

    def note(self, needles: tuple[str, ...], field: str, message: str, fix: str) -> None:
        """Add a problem at the line where the needles are found in order."""
        line = line_of(self.text, *needles) if needles else 0
        self.problems.append(Problem(self.name, line, field, message, fix))

    def table(self) -> Table:
        """Return the file's top level as a table."""
        return Table(self, self.content, (), self.stem)

    def tables(self, key: str) -> Iterator[Table]:
        """Yield each `[[key]]` table of the file."""
        yield from self.table().tables(key)


class Table:
    """One table of a data file. `where` names it in messages; `needles` find its line."""

    def __init__(self, file: DataFile, content: Mapping[str, Any], needles: tuple[str, ...], where: str) -> None:
        self.file, self.content, self.needles, self.where = file, content, needles, where
        self._read: set[str] = set()

    def note(self, key: str, message: str, fix: str) -> None:
        self.file.note((*self.needles, key), f"{self.where}.{key}", message, fix)

    def has(self, key: str) -> bool:
        return key in self.content

    def _get(self, key: str, kinds: tuple[type, ...], stand_in: Any, what: str, required: bool) -> Any:
        self._read.add(key)
        if key not in self.content:
            if required:
                message = "is missing."
                self.file.note(self.needles, f"{self.where}.{key}", message, f"Add {key} = {what}.")
            return stand_in
        value = self.content[key]
        if not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds):
            self.note(key, f"is {value!r}.", f"Give {what}.")
            return stand_in
        return value

    def text(self, key: str, required: bool = True) -> str:
        """Return a string, '' when missing."""
        value: str = self._get(key, (str,), "", "a text in quotes", required)
        if required and isinstance(self.content.get(key), str) and not value.strip():
            self.note(key, "is empty.", "Write it out.")
        return value

    def choice(self, key: str, options: tuple[str, ...], required: bool = True) -> str:
        """Return one of the options; the first stands in when it is another."""
        value = self._get(key, (str,), options[0] if required else "", "a text in quotes", required)
        if value and value not in options:
            self.note(key, f"is {value!r}.", f"Choose one of: {', '.join(options)}.")
            return options[0]
        return str(value)

    def number(self, key: str, low: float, high: float, required: bool = True, default: float = 0.0) -> float:
        """Return a number in low..high."""
        value = self._get(key, (int, float), default, f"a number from {low:g} to {high:g}", required)
        return self._within(key, float(value), low, high)

    def _within(self, key: str, value: float, low: float, high: float) -> float:
        if not low <= value <= high:
            self.note(key, f"{value:g} is out of range.", f"Give a number from {low:g} to {high:g}.")
            return min(max(value, low), high) if value == value else low
        return value

    def texts(self, key: str, required: bool = True) -> tuple[str, ...]:
        """Return a list of strings."""
        values = self._get(key, (list,), [], 'a list of texts, such as ["one", "two"]', required)
        if not all(isinstance(value, str) for value in values):
            self.note(key, "holds something that is not a text.", "Put each entry in quotes.")
            return ()
        return tuple(values)

    def numbers(self, key: str, count: int, low: float, high: float) -> tuple[float, ...]:
        """Return exactly `count` numbers in low..high."""
        values = self._get(key, (list,), [1.0] * count, f"a list of {count} numbers", True)
        if len(values) != count or not all(_is_number(value) for value in values):
            self.note(key, f"is {values!r}.", f"Give {count} numbers.")
            return (1.0,) * count
        return tuple(self._within(key, float(value), low, high) for value in values)

    def triple(self, key: str, low: float = 0.0, high: float = 1.0) -> Estimate:
        """Return `[value, low95, high95]` as an Estimate inside low..high."""
        values = self._get(key, (list,), [(low + high) / 2, low, high], "[value, low, high]", True)
        return self.estimate(values, key, low, high)

    def estimate(self, values: list[Any], key: str, low: float, high: float) -> Estimate:
        """Check `[value, low95, high95]` that stands at `key` and return it."""
        stand_in = Estimate((low + high) / 2, low, high)  # within any range, so that one mistake is told once
        if len(values) != 3 or not all(_is_number(value) for value in values):
            self.note(key, f"is {values!r}.", "Give [value, low, high], three numbers.")
            return stand_in
        value, lower, upper = (float(number) for number in values)
        if not low <= value <= high or not low <= lower or not upper <= high:
            self.note(key, f"{values!r} leaves the range.", f"Keep all three from {low:g} to {high:g}.")
            return stand_in
        if not lower <= value <= upper:
            self.note(key, f"{values!r}: the interval misses its value.", "Have low <= value <= high.")
            return stand_in
        if lower == upper:
            self.note(key, f"{values!r} has no width.", "Widen the interval: no figure is known exactly.")
        return Estimate(value, lower, upper)

    def flag(self, key: str) -> bool:
        """Return true or false, false when missing."""
        return bool(self._get(key, (bool,), False, "true or false", False))

    def rows(self, key: str, required: bool = True) -> list[list[Any]]:
        """Return a list of lists."""
        values = self._get(key, (list,), [], "a list of rows", required)
        if not all(isinstance(value, list) for value in values):
            self.note(key, "holds something that is not a row.", "Give rows such as [id, value, low, high].")
            return []
        return list(values)

    def sub(self, key: str) -> Table:
        """Return the table `[key]` inside this one, empty when missing."""
        value = self._get(key, (dict,), {}, "a table", True)
        return Table(self.file, value, (*self.needles, f"[{key}]"), key)

    def tables(self, key: str) -> Iterator[Table]:
        """Yield each `[[key]]` table inside this one."""
        for value in self._get(key, (list,), [], "tables", False):
            if not isinstance(value, dict):
                self.note(key, "is not a table.", f"Write [[{key}]].")
                continue
            label = str(value.get("id") or value.get("finding") or value.get("source") or "")
            needles = (f'"{label}"',) if label else (f"[[{key}]]",)
            yield Table(self.file, value, needles, f"{key} {label}".strip())

    def close(self) -> None:
        """Note every key that nothing asked for: a misplaced key must never be silently ignored."""
        for key in self.content:
            if key not in self._read:
                known = ", ".join(sorted(self._read))
                self.note(key, "is not a key that belongs here.", f"Remove it or use one of: {known}.")


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and value == value
