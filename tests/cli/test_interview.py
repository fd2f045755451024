"""The interview in the terminal, played with typed lines."""

from __future__ import annotations

import pytest
from running import Ran, Shell

from deepsix.knowledge import Knowledge

PATIENT = ["", "52", "f"]  # no story, age, sex


def played(shell: Shell, *lines: str, then: str = "") -> Ran:
    """Type the lines, then the same answer until the questions end."""
    return shell("assess", typed="\n".join([*lines, *([then] * 60)]) + "\n")


def test_it_asks_until_it_knows_and_shows_the_result(shell: Shell) -> None:
    ran = played(shell, *PATIENT, "5", "4", "", "4", "3", then="?")
    assert ran.code == 0
    assert "Where does it hurt" in ran.words
    assert "not a medical device" in ran.words


def test_unsure_all_the_way_is_allowed_and_never_self_care(shell: Shell) -> None:
    ran = played(shell, *PATIENT, then="?")
    assert ran.code == 0
    assert "See someone soon" in ran.words
    assert "You can look after this yourself" not in ran.words


def danger_page(knowledge: Knowledge) -> tuple[int, list[str]]:
    pages = sorted((page for page in knowledge.pages if page.opening), key=lambda page: page.opening)
    position = next(i for i, page in enumerate(pages) if page.id == "danger")
    return position, list(pages[position].findings)


def test_an_emergency_sign_ends_the_questions(shell: Shell, knowledge: Knowledge) -> None:
    position, findings = danger_page(knowledge)
    number = str(findings.index("numb_saddle") + 1)
    ran = played(shell, *PATIENT, *(["?"] * position), number)
    assert "Get emergency help now" in ran.words
    assert "How long has it been there?" not in ran.words


def test_what_cannot_be_read_is_asked_again_and_is_no_no(shell: Shell, knowledge: Knowledge) -> None:
    position, findings = danger_page(knowledge)
    number = str(findings.index("fever") + 1)
    ran = played(shell, *PATIENT, *(["?"] * position), "fever", "999", number, then="?")
    assert ran.words.count(knowledge.words["interview.again"]) == 2
    assert "See someone today" in ran.words


@pytest.mark.parametrize("back", ["b", "B", "back"])
def test_back_puts_the_question_before_again(shell: Shell, back: str) -> None:
    ran = played(shell, *PATIENT, "?", back, then="?")
    asked = [line for line in ran.out.splitlines() if line.startswith("Where does it hurt at the back?")]
    assert len(asked) <= 2  # the first page may be another one
    first = next(line for line in ran.out.splitlines() if line.rstrip().endswith(")") and "?" in line)
    assert sum(line == first for line in ran.out.splitlines()) == 2


def test_back_at_the_first_question_stays_there(shell: Shell) -> None:
    ran = played(shell, *PATIENT, "b", "b", then="?")
    assert ran.code == 0


def test_an_age_that_is_none_is_asked_again(shell: Shell) -> None:
    ran = played(shell, "", "old", "300", "52", "f", then="?")
    assert "Give whole years" in ran.words
    assert "The age is 300" in ran.words


def test_a_story_is_read_shown_and_corrected(shell: Shell) -> None:
    ran = played(shell, "My groin hurts and I have a fever.", "1 2 3 4", "52", "f", then="?")
    assert "Type the numbers that are wrong" in ran.words
    assert "See someone today" not in ran.words  # the fever was struck out


def test_a_story_that_stands_counts(shell: Shell) -> None:
    ran = played(shell, "My groin hurts and I have a fever.", "", "52", "f", then="?")
    assert "See someone today" in ran.words


def test_a_story_with_brackets_does_no_harm(shell: Shell) -> None:
    assert played(shell, "my [/b] hip [hurts", "", "52", "f", then="?").code == 0


def test_the_end_of_input_ends_it_without_a_traceback(shell: Shell) -> None:
    ran = shell("assess", typed="\n52\nf\n")
    assert ran.code == 1
    assert "Aborted" in ran.words
