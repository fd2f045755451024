"""No statement of the founding articles is lost, and every place that carries one says so."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_data import WORN_HIP, write_small_data

from deepsix.knowledge import Knowledge, load_knowledge
from deepsix.knowledge.ledger import references
from deepsix.knowledge.loader import read_knowledge
from deepsix.knowledge.model import STATEMENT_IDS
from deepsix.knowledge.problems import Problem


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge()


def test_the_articles_make_51_statements() -> None:
    assert len(STATEMENT_IDS) == 22 + 29
    assert (STATEMENT_IDS[0], STATEMENT_IDS[21], STATEMENT_IDS[22], STATEMENT_IDS[-1]) == ("A1", "A22", "B1", "B29")


def test_no_statement_is_lost(knowledge: Knowledge) -> None:
    assert tuple(knowledge.statements) == STATEMENT_IDS


def test_every_statement_is_carried_by_something_that_exists(knowledge: Knowledge) -> None:
    known = references(knowledge)
    for statement in knowledge.statements.values():
        assert statement.carried_by, statement.id
        for reference in statement.carried_by:
            kind, _, name = reference.partition(":")
            assert name in known[kind], f"{statement.id}: {reference}"


def test_every_statement_says_what_research_says(knowledge: Knowledge) -> None:
    for statement in knowledge.statements.values():
        nothing_cited = not statement.supporting and not statement.opposing
        says_so = any(word in statement.comment.lower() for word in ("no study", "nothing", "not been"))
        assert not nothing_cited or says_so, statement.id


@pytest.mark.parametrize(
    ("statement", "research"), [("A16", "mellor_2018"), ("A17", "wang_2021"), ("B9", "adelmanesh_2016")]
)
def test_where_research_contradicts_an_article_the_ledger_says_so(
    knowledge: Knowledge, statement: str, research: str
) -> None:
    assert research in knowledge.statements[statement].opposing


def test_care_that_may_harm_a_cracked_bone_carries_its_warning(knowledge: Knowledge) -> None:
    (note,) = (note for note in knowledge.notes.values() if "A13" in note.statements)
    assert "Do not run if a bone might be hurt" in note.text


def test_a_gluteal_trigger_point_never_lowers_root_pain(knowledge: Knowledge) -> None:
    arrows = [arrow for arrow in knowledge.arrows if "B7" in arrow.statements]
    assert {arrow.effect for arrow in arrows} == {"gluteus_minimus_trigger_points", "gluteus_medius_trigger_points"}
    for arrow in arrows:
        assert "ex_gluteal_trigger_points" in arrow.never_lowered_by
        assert {"radiculopathy_l5", "radiculopathy_s1"} <= set(arrow.causes)


def test_a_note_that_rests_on_research_cites_it(knowledge: Knowledge) -> None:
    for note in knowledge.notes.values():
        assert note.sources or note.strength == "article only", note.id


def test_a_note_names_both_the_article_and_what_is_known(knowledge: Knowledge) -> None:
    for note in knowledge.notes.values():
        assert "article" in note.text, note.id
        assert any(word in note.text for word in ("esearch", "tud", "xperts", "ooks", "harts")), note.id


# --- the check itself can fail -------------------------------------------------------------------------------------

LEDGER = "\n".join(
    f'[[statement]]\nid = "{identity}"\ntext = "It hurts."\ncarried_by = ["finding:pain_groin"]\n'
    f'supporting = []\nopposing = []\ncomment = "Nothing was found."\n'
    for identity in STATEMENT_IDS
).replace(
    'id = "A1"\ntext = "It hurts."\ncarried_by = [',
    'id = "A1"\ntext = "It hurts."\ncarried_by = ["condition:worn_hip", ',
)

NOTE = """
[[note]]
id = "press_gently"
title = "Press gently"
text = "The article says to press gently. No study was found."
conditions = ["worn_hip"]
statements = ["A2"]
sources = []
strength = "article only"
"""
LEDGER_WITH_NOTE = LEDGER.replace(
    'id = "A2"\ntext = "It hurts."\ncarried_by = [',
    'id = "A2"\ntext = "It hurts."\ncarried_by = ["note:press_gently", ',
)


def problems_of(folder: Path, **files: str) -> list[Problem]:
    return read_knowledge(write_small_data(folder, **files))[1]


def test_a_whole_ledger_has_no_problems(tmp_path: Path) -> None:
    assert problems_of(tmp_path, statements=LEDGER_WITH_NOTE, notes=NOTE) == []


def test_a_statement_left_out_is_reported(tmp_path: Path) -> None:
    start = LEDGER.index('[[statement]]\nid = "B7"')
    shorter = LEDGER[:start] + LEDGER[LEDGER.index("[[statement]]", start + 1) :]
    (problem,) = problems_of(tmp_path, statements=shorter)
    assert (problem.field, problem.message) == ("statement B7", "is not in the ledger.")


@pytest.mark.parametrize(
    ("carried_by", "says"),
    [
        ("", "the statement is lost"),
        ('"finding:pain_gorin"', "is not there"),
        ('"muscle:piriformis"', "has no known kind"),
        ('"risk:worn_hip/pain_groin"', "is not there"),
        ('"condition:sore_back"', "does not list B7"),
    ],
)
def test_a_reference_that_leads_nowhere_is_reported(tmp_path: Path, carried_by: str, says: str) -> None:
    before, after = LEDGER.split('id = "B7"\n')
    text = before + 'id = "B7"\n' + after.replace('"finding:pain_groin"', carried_by, 1)
    (problem,) = problems_of(tmp_path, statements=text)
    assert (problem.file, problem.field) == ("statements.toml", "statement B7.carried_by")
    assert says in problem.message
    assert text.splitlines()[problem.line - 1].startswith("carried_by")


def test_a_condition_that_claims_a_statement_the_ledger_does_not_give_it_is_reported(tmp_path: Path) -> None:
    claims = WORN_HIP.replace('["A1"]', '["A1", "A3"]')
    (problem,) = problems_of(tmp_path, statements=LEDGER, conditions__worn_hip=claims)
    assert problem.file == "conditions/worn_hip.toml"
    assert "lists A3" in problem.message
    assert 'Add "condition:worn_hip" to carried_by of A3' in problem.fix


def test_a_statement_that_does_not_exist_is_reported_where_it_is_claimed(tmp_path: Path) -> None:
    claims = WORN_HIP.replace('["A1"]', '["A1", "A23"]')
    (problem,) = problems_of(tmp_path, statements=LEDGER, conditions__worn_hip=claims)
    assert "'A23' is not a statement" in problem.message


@pytest.mark.parametrize(
    ("good", "bad", "field"),
    [
        ('["worn_hip"]', '["worn_hp"]', "conditions"),
        ("sources = []", 'sources = ["smith_2002"]', "sources"),
        ('"article only"', '"hearsay"', "strength"),
        ('"article only"', '"research"', "sources"),
        ('title = "Press gently"\n', "", "title"),
        ('strength = "', 'colour = "red"\nstrength = "', "colour"),
    ],
)
def test_a_spoiled_note_is_reported(tmp_path: Path, good: str, bad: str, field: str) -> None:
    (problem,) = problems_of(tmp_path, statements=LEDGER_WITH_NOTE, notes=NOTE.replace(good, bad))
    assert (problem.file, problem.field) == ("notes.toml", f"note press_gently.{field}")


def test_a_note_that_drops_its_statement_is_reported(tmp_path: Path) -> None:
    (problem,) = problems_of(tmp_path, statements=LEDGER_WITH_NOTE, notes=NOTE.replace('["A2"]', "[]"))
    assert "'note:press_gently' does not list A2" in problem.message
