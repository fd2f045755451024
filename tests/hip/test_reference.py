"""The table of published values: what has to agree, and that every miss says why."""

from pathlib import Path

import pytest

from deepsix.hip.lineset import hip_lines
from deepsix.hip.paths import load_lines
from deepsix.hip.reference import compare_all, summarise
from deepsix.hip.reference_rules import parts_of, posture_of


@pytest.fixture(scope="module")
def rows():
    return compare_all()


def test_every_row_is_compared_or_says_why_not(rows):
    assert len(rows) > 300
    for row in rows:
        assert row.verdict == "agrees" or row.reason or row.ours, row
        if row.verdict in ("misses", "not computed"):
            assert row.reason, row


def test_all_signs_agree_where_the_published_sign_is_settled(rows):
    total = summarise(rows)
    assert total.signs_compared > 150
    assert total.signs_equal == total.signs_compared


def test_at_least_nine_in_ten_judged_rows_agree(rows):
    total = summarise(rows)
    assert total.agrees / (total.agrees + total.misses) > 0.9


def test_straight_lines_of_1981_give_back_their_published_arms_to_the_last_printed_digit(rows):
    printed = [r for r in rows if r.citation.startswith("Dostal WF") and "moment_arm" in r.quantity]
    assert len(printed) > 80
    assert all(r.verdict == "agrees" for r in printed)


def test_values_from_memory_are_shown_and_never_judged(rows):
    assert all(r.reason == "published value is from memory and not re-read" for r in rows if r.verdict == "not judged")


@pytest.mark.parametrize(
    ("words", "posture"),
    [
        ("hip flexion 40 deg, adduction 0, rotation 0", [40, 0, 0, 0]),
        ("flexion 110, adduction 40, external rotation 30", [110, 40, -30, 0]),
        ("extension 15, adduction 20", [-15, 20, 0, 0]),
        ("hip internal rotation -30 deg, other angles 0", [0, 0, -30, 0]),
        ("neutral extension, internal rotation 45", [0, 0, 45, 0]),
        ("hip adduction -30 deg, other angles 0", [0, -30, 0, 0]),
    ],
)
def test_conditions_are_read_as_postures(words, posture):
    assert posture_of(words) == pytest.approx(posture)


def test_the_guide_states_the_counts_of_the_table_and_of_the_lines(rows):
    guide = (Path(__file__).parents[2] / "docs" / "guide" / "hip.md").read_text(encoding="utf-8")
    words, total = " ".join(guide.split()), summarise(rows)
    assert f"compares {len(rows)} published values. {total.agrees} agree, {total.misses} miss" in words
    assert f"{total.not_judged} were only known from memory and are not judged, {total.not_computed} are of" in words
    assert f"All {total.signs_compared} settled signs agree" in words
    assert f"{len(load_lines())} lines from five published sources" in words
    assert f"the {len(hip_lines())} marked for use" in words


def test_group_names_cover_their_parts():
    assert len(parts_of("gluteus_maximus")) == 3
    assert parts_of("gemelli_and_obturator_internus")[0] == "obturator_internus"
