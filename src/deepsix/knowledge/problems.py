"""Problems in the data files: values in a list, so that an author can mend ten in one go."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from deepsix.errors import KnowledgeError, did_you_mean


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing wrong in one place. `line` is 0 when the whole file is meant."""

    file: str
    line: int
    field: str
    message: str
    fix: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        return f"{where} {self.field}: {self.message} {self.fix}".rstrip()


def line_of(text: str, *needles: str) -> int:
    """Return the 1-based line on which the needles are found in order, 0 when the first is not there.

    TOML readers drop positions. We look them up again only when there is something to report: each needle is
    searched from where the one before it was found, so ("[[risk]]", "runner") finds that risk's line.

    >>> line_of('a = 1\\n[prior]\\nreason = "x"', "[prior]", "reason")
    3
    """
    position, found = 0, -1
    for needle in needles:
        index = text.find(needle, position)
        if index < 0:
            break
        found = position = index
    return text.count("\n", 0, found) + 1 if found >= 0 else 0


def nearest(name: str, known: Iterable[str]) -> str:
    """Return the advice that names the known ids most like a wrong one."""
    return did_you_mean(name, known, otherwise="See `deepsix knowledge list`.")


def raise_if_any(problems: Iterable[Problem]) -> None:
    """Raise one KnowledgeError that lists every problem, or return when there are none."""
    lines = [str(problem) for problem in sorted(problems)]
    if lines:
        count = f"{len(lines)} problem{'s' if len(lines) > 1 else ''} in the knowledge base:"
        raise KnowledgeError("\n".join([count, *lines]))
