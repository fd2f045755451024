"""What a plan says reads as plainly as the rest: grade 6 on average, nothing much harder, nobody told a disease."""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "knowledge"))
from reading_age import words
from test_words import HIGHEST_MEAN, HIGHEST_SINGLE, fair_grade, too_hard

from deepsix.knowledge import Knowledge

KINDS = (
    "title", "step", "stop", "caution", "evidence", "whom", "bring", "ask", "bar", "gate", "stage", "watch", "notice",
    "start", "words",
)  # fmt: skip


def said(knowledge: Knowledge) -> Iterator[tuple[str, str, str]]:
    """Yield kind, where and text of everything a plan may say."""
    for remedy in knowledge.remedies.values():
        yield "title", remedy.id, remedy.title
        for kind, texts in (
            ("step", remedy.steps), ("stop", remedy.stop_rules), ("bring", remedy.bring), ("ask", remedy.ask),
            ("caution", tuple(c.text for c in remedy.caution_with)),
            ("bar", tuple(b.reason for b in remedy.never_with)),
            ("evidence", tuple(e.shown for e in remedy.evidence)),
        ):  # fmt: skip
            for text in texts:
                yield kind, remedy.id, text
        if remedy.whom:
            yield "whom", remedy.id, remedy.whom
    care = knowledge.care
    for bar in care.posture_bars:
        yield "bar", bar.id, bar.reason
    for stage in care.stages:
        yield "stage", stage.id, f"{stage.title}. {stage.about}"
        for gate in stage.gates:
            yield "gate", gate.id, gate.text
    for watch in care.watch:
        yield "watch", watch.source, watch.text
    for notice in care.notices:
        yield "notice", notice.id, notice.text
    for start in care.starts:
        yield "start", start.stage, start.reason
    for key, text in knowledge.words.items():
        if key.startswith("plan."):
            yield "words", key, re.sub(r"\{\w+\}", "it", text)


@pytest.fixture(scope="module")
def texts(knowledge: Knowledge) -> dict[str, list[tuple[str, str]]]:
    by_kind: dict[str, set[tuple[str, str]]] = defaultdict(set)
    seen: set[str] = set()
    for kind, where, text in said(knowledge):
        if text not in seen:
            by_kind[kind].add((where, text))
        seen.add(text)
    return {kind: sorted(pairs) for kind, pairs in by_kind.items()}


def test_every_kind_of_text_is_measured(texts: dict[str, list[tuple[str, str]]]) -> None:
    assert set(texts) == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_of_text_reads_at_grade_6_on_average(texts: dict[str, list[tuple[str, str]]], kind: str) -> None:
    grades = [fair_grade(text) for _, text in texts[kind] if len(words(text)) >= 3]
    assert sum(grades) / len(grades) <= HIGHEST_MEAN


@pytest.mark.parametrize("kind", KINDS)
def test_no_single_text_is_much_harder(texts: dict[str, list[tuple[str, str]]], kind: str) -> None:
    assert too_hard(texts[kind], HIGHEST_SINGLE) == []


def test_nobody_is_told_what_they_have_or_are_frightened(texts: dict[str, list[tuple[str, str]]]) -> None:
    told = re.compile(r"\byou (?:have|suffer from) (?!had\b|put\b|gone\b|spent\b|not\b|none\b|to\b|asked\b)", re.I)
    unwanted = re.compile(r"wear and tear|crumbl|bone on bone|slipped out|flare|out of the blue|rule of thumb", re.I)
    for kind, pairs in texts.items():
        for where, text in pairs:
            if kind != "bring":  # "clots you have had", "periods, if you have them"
                assert not told.search(text), f"{kind} {where}: {text}"
            assert not unwanted.search(text), f"{kind} {where}: {text}"


def test_sentences_end(texts: dict[str, list[tuple[str, str]]]) -> None:
    for kind in set(KINDS) - {"title", "words"}:
        for where, text in texts[kind]:
            assert text.endswith((".", "!", "?")), f"{kind} {where}: {text}"
