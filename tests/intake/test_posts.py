"""How well the reader does on real people's words: 38 annotated posts. Floors are what was reached, a little below.

These posts were used while the lay words were widened, and the additions were reviewed from the reader's own errors, so
expect less on unseen stories.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from post_scoring import load_posts, mapped_findings, score

from deepsix.intake.story import read_story


@pytest.fixture(scope="module")
def reader(knowledge):
    return lambda text: {(m.finding, m.reading.value) for m in read_story(knowledge, text).mentions}


@pytest.mark.parametrize(
    ("additions", "precision", "recall"),
    [(False, 0.76, 0.78), (True, 0.82, 0.79)],
)
def test_mentions_are_found_with_the_right_state(knowledge, reader, additions, precision, recall):
    result = score(knowledge, reader, load_posts(), additions=additions)
    assert result.precision >= precision
    assert result.recall >= recall


def test_what_is_denied_or_over_is_seldom_answered_yes(knowledge):
    wrong = total = 0
    for post in load_posts():
        yes = {a.finding for a in read_story(knowledge, post.text).answers() if a.state.value == "yes"}
        present = {finding for finding, state in post.gold if state == "present"}
        denied = {finding for finding, state in post.gold if state == "absent"} - present
        total += len(denied)
        wrong += len(denied & yes)
    assert wrong / total <= 0.15


def test_every_added_reading_quotes_its_post_and_is_not_annotated_already():
    posts = {post.id: post for post in load_posts()}
    lines = (Path(__file__).parent / "post_additions.jsonl").read_text().splitlines()
    for row in map(json.loads, lines):
        assert row["phrase"] in posts[row["id"]].text
        assert (row["finding"], row["state"]) not in posts[row["id"]].gold
        assert row["why"]


def test_the_table_of_annotations_names_only_findings_that_exist(knowledge):
    assert mapped_findings() <= set(knowledge.findings)
