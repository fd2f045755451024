"""Compare the patterns, a small trained classifier, and both together on the annotated posts.

    python benchmarks/intake/compare.py

The threshold of the classifier is chosen on the other posts (leave one post out), so no post picks its own.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests" / "intake"), str(Path(__file__).parent)]

from classifier import NearestExamples, examples_of  # noqa: E402
from post_scoring import Pair, Post, Score, load_posts, score  # noqa: E402

from deepsix.intake.story import read_story  # noqa: E402
from deepsix.knowledge.loader import load_knowledge  # noqa: E402
from deepsix.knowledge.model import Knowledge  # noqa: E402

THRESHOLDS = (0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6)
Join = Callable[[set[Pair], set[Pair]], set[Pair]]


def f1(result: Score) -> float:
    """Return the harmonic mean of precision and recall."""
    total = result.precision + result.recall
    return 2 * result.precision * result.recall / total if total else 0.0


def left_out(
    knowledge: Knowledge, posts: list[Post], by_threshold: dict[float, dict[str, set[Pair]]]
) -> dict[str, set[Pair]]:
    """Return the readings of each post at the threshold that does best on all other posts."""
    chosen = {}
    ids = {post.text: post.id for post in posts}

    def doing(threshold: float, others: list[Post]) -> float:
        return f1(score(knowledge, lambda text: by_threshold[threshold][ids[text]], others))

    for post in posts:
        others = [other for other in posts if other.id != post.id]
        best = max(THRESHOLDS, key=lambda threshold, others=others: doing(threshold, others))  # type: ignore[misc]
        chosen[post.id] = by_threshold[best][post.id]
    return chosen


def main() -> None:
    knowledge, posts = load_knowledge(), load_posts()
    start = time.perf_counter()
    model = NearestExamples(examples_of(knowledge))
    print(f"classifier: trained in {time.perf_counter() - start:.2f} s, {model.means.nbytes / 1e6:.0f} MB")
    read_story(knowledge, "warm up")  # compiles the lexicon, once
    start = time.perf_counter()
    patterns = {p.id: {(m.finding, m.reading.value) for m in read_story(knowledge, p.text).mentions} for p in posts}
    pattern_ms = (time.perf_counter() - start) / len(posts) * 1e3
    start = time.perf_counter()
    nearest = {p.id: list(model.read(p.text)) for p in posts}
    model_ms = (time.perf_counter() - start) / len(posts) * 1e3
    joins: dict[str, Join] = {
        "classifier alone": lambda _, c: c,
        "patterns or classifier": lambda p, c: p | c,
        "patterns and classifier": lambda p, c: p & c,
    }
    texts = {post.text: post.id for post in posts}
    report("patterns alone", knowledge, posts, patterns, texts, pattern_ms)
    for name, join in joins.items():
        by_threshold = {
            t: {p.id: join(patterns[p.id], {(f, s) for f, s, like in nearest[p.id] if like >= t}) for p in posts}
            for t in THRESHOLDS
        }
        cost = model_ms + (pattern_ms if "patterns" in name else 0)
        report(name, knowledge, posts, left_out(knowledge, posts, by_threshold), texts, cost)
    held_out_examples(knowledge)


def held_out_examples(knowledge: Knowledge, folds: int = 5) -> None:
    """Print how many example sentences each reader gives their own finding; the classifier never saw the sentence."""
    pairs = examples_of(knowledge)
    by_patterns = [finding in {m.finding for m in read_story(knowledge, text).mentions} for finding, text in pairs]
    by_model = [False] * len(pairs)
    for fold in range(folds):
        model = NearestExamples([pair for i, pair in enumerate(pairs) if i % folds != fold])
        for i in range(fold, len(pairs), folds):
            by_model[i] = model.nearest(pairs[i][1])[0] == pairs[i][0]
    either = [a or b for a, b in zip(by_patterns, by_model, strict=True)]
    print(
        f"{len(pairs)} example sentences, own finding found: patterns {share(by_patterns)},"
        f" classifier (first place, {folds} folds) {share(by_model)}, either {share(either)}"
    )


def share(flags: list[bool]) -> str:
    return f"{sum(flags) / len(flags):.2f}"


def report(
    name: str, knowledge: Knowledge, posts: list[Post], readings: dict[str, set[Pair]], texts: dict[str, str], ms: float
) -> None:
    for label, additions in (("annotated", False), ("with additions", True)):
        result = score(knowledge, lambda text: readings[texts[text]], posts, additions=additions)
        print(
            f"{name:26} {label:15} precision {result.precision:.3f} recall {result.recall:.3f} F1 {f1(result):.3f}"
            f" {ms:5.1f} ms a post"
        )


if __name__ == "__main__":
    main()
