"""How a reading of the annotated posts is scored: findings with their state, post by post.

Rules, the same for every reader that is measured:

- A reading is a pair of finding and state. A pair counts once a post, however often the post says it.
- A general finding that an annotated one implies ("pain in the buttock" beside "deep in the buttock") is no error.
- A lasting fact told in the past tense ("I broke that hip in 2010") holds now, so for such findings past and present
  are one state. The annotators mark what a parent writes about a child as somebody else's; here the child is
  the patient,
  so in those posts it counts as present.
"""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from deepsix.intake.lexicon import lasting_findings
from deepsix.knowledge.model import Knowledge

HERE = Path(__file__).parent
Pair = tuple[str, str]
Reader = Callable[[str], Iterable[Pair]]


@dataclass(frozen=True, slots=True)
class Post:
    """One annotated post. `additions` are plain statements the annotator left out, reviewed later."""

    id: str
    about: str
    text: str
    gold: frozenset[Pair]
    additions: frozenset[Pair]


def load_posts() -> list[Post]:
    """Return the posts in the order of the file."""
    added: dict[str, set[Pair]] = {}
    additions = HERE / "post_additions.jsonl"
    if additions.exists():
        for line in additions.read_text().splitlines():
            row = json.loads(line)
            added.setdefault(row["id"], set()).add((row["finding"], row["state"]))
    posts = []
    for line in (HERE / "posts.jsonl").read_text().splitlines():
        row = json.loads(line)
        gold = frozenset((m["finding"], m["state"]) for m in row["mentions"])
        posts.append(Post(row["id"], row["about"], row["text"], gold, frozenset(added.get(row["id"], ()))))
    return posts


def mapped_findings() -> frozenset[str]:
    """Return every finding id that the reviewed table maps an annotation to."""
    table = tomllib.loads((HERE / "post_findings.toml").read_text())
    return frozenset(finding for ids in table.values() for finding in ids)


@dataclass(frozen=True, slots=True)
class Score:
    """Counts over all posts, with the misses and errors behind them as (post, finding, state)."""

    found: int
    errors: tuple[tuple[str, str, str], ...]
    misses: tuple[tuple[str, str, str], ...]
    by_state: Mapping[str, tuple[int, int]]

    @property
    def precision(self) -> float:
        return self.found / max(1, self.found + len(self.errors))

    @property
    def recall(self) -> float:
        return self.found / max(1, self.found + len(self.misses))


def score(
    knowledge: Knowledge, read: Reader, posts: Iterable[Post], *, additions: bool = False, strict: bool = False
) -> Score:
    """Return how a reader does on the posts. `strict` keeps past and present, child and other person apart."""
    lasting = frozenset() if strict else lasting_findings(knowledge)
    errors, misses, found = [], [], 0
    hits: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for post in posts:

        def same(pair: Pair, about: str = post.about) -> Pair:
            finding, state = pair
            if not strict and about == "child" and state == "other_person":
                state = "present"
            return finding, "present" if finding in lasting and state == "past" else state

        gold = {same(pair) for pair in post.gold | (post.additions if additions else frozenset())}
        got = {same(pair) for pair in read(post.text)}
        implied = {general for finding, _ in gold for general in knowledge.findings[finding].implies}
        for finding, state in sorted(gold):
            total[state] += 1
            if (finding, state) in got:
                found += 1
                hits[state] += 1
            else:
                misses.append((post.id, finding, state))
        errors += [(post.id, f, s) for f, s in sorted(got - gold) if f not in implied]
    return Score(found, tuple(errors), tuple(misses), {state: (hits[state], total[state]) for state in sorted(total)})
