"""The loader refuses bad data, and says of every problem where it is and what to do about it."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_data import FINDINGS, HISTORY, SOURCES, WORN_HIP, write_small_data

from deepsix.errors import KnowledgeError
from deepsix.knowledge import load_knowledge
from deepsix.knowledge.loader import read_knowledge
from deepsix.knowledge.problems import Problem


def problems_of(folder: Path) -> list[Problem]:
    return read_knowledge(folder)[1]


def only_problem(folder: Path) -> Problem:
    problems = problems_of(folder)
    assert len(problems) == 1, "\n".join(map(str, problems))
    return problems[0]


def line_of(text: str, needle: str) -> int:
    return text[: text.index(needle)].count("\n") + 1


def test_good_data_has_no_problems(tmp_path: Path) -> None:
    knowledge, problems = read_knowledge(write_small_data(tmp_path))
    assert problems == []
    assert set(knowledge.conditions) == {"worn_hip", "sore_back"}
    link = knowledge.conditions["worn_hip"].link("pain_groin")
    assert link is not None
    assert link.probability.value == 0.7


def test_the_data_shipped_with_the_package_has_no_problems() -> None:
    assert load_knowledge(use_cache=False).conditions


SPOILED_CONDITIONS = {
    "an unknown key": ('family = "joint"', 'family = "joint"\ncolour = "red"', "colour", "Remove it"),
    "a missing key": ('summary = "The hip is worn."\n', "", "summary", "Add summary"),
    "an empty text": ('summary = "The hip is worn."', 'summary = " "', "summary", "Write it out"),
    "a number for a text": ('name = "a worn hip"', "name = 7", "name", "text in quotes"),
    "a family that is not one": ('"joint"', '"jiont"', "family", "Choose one of"),
    "an urgency that is not one": ('"self_care"', '"soon"', "urgency", "Choose one of"),
    "an id other than the file's name": ('id = "worn_hip"', 'id = "hip"', "id", "'worn_hip'"),
    "an unknown finding in evidence": ('["pain_groin"', '["pain_gorin"', "pain_gorin", "pain_groin"),
    "an unknown finding as a risk": ('finding = "runner"', 'finding = "runer"', "finding", "runner"),
    "a passing finding as a risk": ('finding = "runner"', 'finding = "pain_buttock"', "finding", "[[evidence]]"),
    "a lasting fact as evidence": ('["pain_groin"', '["runner"', "runner", "[[risk]]"),
    "a finding given twice": ('["ex_turning_in_hurts"', '["pain_groin"', "pain_groin", "Keep one"),
    "an unknown source": (
        'source = "smith_2020"\npopulation = "adults"\nreason = "counted"\nfindings',
        'source = "smith_2002"\npopulation = "adults"\nreason = "counted"\nfindings',
        "source",
        "write estimate and why",
    ),
    "a probability out of range": ("0.7, 0.6, 0.8]", "1.7, 0.6, 1.8]", "pain_groin", "from 0 to 1"),
    "an interval that misses its value": ("0.7, 0.6, 0.8]", "0.7, 0.75, 0.8]", "pain_groin", "low <= value"),
    "an interval without width": ("0.7, 0.6, 0.8]", "0.7, 0.7, 0.7]", "pain_groin", "Widen"),
    "a number missing from a row": ("0.7, 0.6, 0.8]", "0.7, 0.6]", "pain_groin", "three numbers"),
    "a text in a row of numbers": ("0.7, 0.6, 0.8]", '"often", 0.6, 0.8]', "pain_groin", "three numbers"),
    "a probability below the background": ("0.7, 0.6, 0.8]", "0.1, 0.05, 0.15]", "pain_groin", "Leave it out"),
    "six age bands": ("[0.01, 0.01, 0.1,", "[0.01, 0.1,", "bands", "7 numbers"),
    "a sex factor out of range": ("female = 1.1", "female = 11", "female", "from 0 to 10"),
    "a prior that is a word": ("[0.1, 0.05, 0.2]", '"high"', "community", "[value, low, high]"),
}


@pytest.mark.parametrize("what", SPOILED_CONDITIONS)
def test_a_spoiled_condition_is_named_with_file_line_field_and_fix(tmp_path: Path, what: str) -> None:
    good, bad, field, fix = SPOILED_CONDITIONS[what]
    assert WORN_HIP.count(good) == 1, "the spoiling has to hit one place"
    text = WORN_HIP.replace(good, bad)
    problem = only_problem(write_small_data(tmp_path, conditions__worn_hip=text))
    assert problem.file == "conditions/worn_hip.toml"
    assert field in problem.field
    assert fix in problem.fix
    assert problem.message


@pytest.mark.parametrize(
    "what", ["an unknown key", "a family that is not one", "an unknown finding in evidence", "six age bands"]
)
def test_the_line_of_a_problem_is_the_line_to_mend(tmp_path: Path, what: str) -> None:
    good, bad, *_ = SPOILED_CONDITIONS[what]
    text = WORN_HIP.replace(good, bad)
    problem = only_problem(write_small_data(tmp_path, conditions__worn_hip=text))
    spoiled_line = bad.splitlines()[-1].strip()
    assert problem.line == line_of(text, spoiled_line)


def test_two_keys_of_one_name_are_a_syntax_error_that_says_where(tmp_path: Path) -> None:
    text = WORN_HIP.replace('family = "joint"', 'family = "joint"\nfamily = "bone"')
    problem = only_problem(write_small_data(tmp_path, conditions__worn_hip=text))
    assert "is not TOML" in problem.message
    assert problem.line == line_of(text, 'family = "bone"')


def test_broken_toml_in_one_file_does_not_hide_the_problems_of_another(tmp_path: Path) -> None:
    folder = write_small_data(
        tmp_path, conditions__sore_back="id = ", conditions__worn_hip=WORN_HIP.replace('"joint"', '"jiont"')
    )
    files = {problem.file for problem in problems_of(folder)}
    assert files == {"conditions/sore_back.toml", "conditions/worn_hip.toml"}


def test_all_problems_come_in_one_run_and_in_one_error(tmp_path: Path) -> None:
    text = WORN_HIP
    for what in ("an unknown key", "an unknown finding in evidence", "six age bands", "a sex factor out of range"):
        good, bad, *_ = SPOILED_CONDITIONS[what]
        text = text.replace(good, bad)
    folder = write_small_data(tmp_path, conditions__worn_hip=text)
    assert len(problems_of(folder)) == 4
    with pytest.raises(KnowledgeError, match=r"^4 problems in the knowledge base:") as caught:
        load_knowledge(folder, use_cache=False)
    assert str(caught.value).count("conditions/worn_hip.toml:") == 4


def test_a_problem_reads_file_line_field_message_fix() -> None:
    problem = Problem("accuracy.csv", 27, "ci_low", "7.0 is above 6.1.", "The interval has to contain the value.")
    assert str(problem) == "accuracy.csv:27 ci_low: 7.0 is above 6.1. The interval has to contain the value."


def test_a_finding_id_is_never_used_twice(tmp_path: Path) -> None:
    problem = only_problem(write_small_data(tmp_path, findings__history=HISTORY + HISTORY))
    assert (problem.file, problem.field) == ("findings/history.toml", "finding runner.id")
    assert "choose another" in problem.fix


@pytest.mark.parametrize("key", ["implies", "excludes"])
def test_what_a_finding_implies_or_excludes_has_to_exist(tmp_path: Path, key: str) -> None:
    text = HISTORY + f'{key} = ["pain_gorin"]\n'
    problem = only_problem(write_small_data(tmp_path, findings__history=text))
    assert problem.field == f"finding runner.{key}"
    assert "pain_groin" in problem.fix


def test_nothing_is_implied_and_excluded_at_once(tmp_path: Path) -> None:
    text = HISTORY + 'implies = ["pain_groin"]\nexcludes = ["pain_groin"]\n'
    problems = problems_of(write_small_data(tmp_path, findings__history=text))
    assert problems
    assert all("both implied and excluded" in problem.message for problem in problems)


def test_no_background_is_certain(tmp_path: Path) -> None:
    text = HISTORY.replace("[0.15, 0.1, 0.2]", "[0, 0, 0.2]")
    assert "Nothing is impossible" in only_problem(write_small_data(tmp_path, findings__history=text)).fix


def test_a_self_test_has_steps_a_stop_and_how_well_it_holds(tmp_path: Path) -> None:
    text = FINDINGS.replace('kind = "symptom"', 'kind = "self_test"', 1)
    fields = {problem.field for problem in problems_of(write_small_data(tmp_path, findings__where=text))}
    wanted = ("steps", "stop", "self_done", "self_done_source")
    assert fields == {f"finding pain_groin.{key}" for key in wanted}


def test_a_source_has_a_citation_and_one_place(tmp_path: Path) -> None:
    folder = write_small_data(tmp_path, sources__more=SOURCES + "[jones_2021]\n")
    problems = {problem.field: problem for problem in problems_of(folder)}
    assert "cite" in problems["jones_2021.cite"].fix
    assert "twice" in problems["smith_2020"].message


def test_estimate_is_a_reserved_word_and_no_source(tmp_path: Path) -> None:
    problem = only_problem(write_small_data(tmp_path, sources__more='[estimate]\ncite = "us"\n'))
    assert "reserved" in problem.message


ARROW = """
[[arrow]]
causes = ["sore_back"]
effect = "worn_hip"
probability = [0.5, 0.2, 0.8]
source = "smith_2020"
population = "adults"
reason = "counted"
statements = []
"""


@pytest.mark.parametrize(
    ("good", "bad", "field"),
    [
        ('["sore_back"]', '["sore_bakc"]', "causes"),
        ('"worn_hip"', '"worn_hp"', "causes"),
        ("statements", 'never_lowered_by = ["pain_gorin"]\nstatements', "never_lowered_by"),
        ("[0.5, 0.2, 0.8]", "[0.9, 0.2, 0.8]", "probability"),
        ("statements", "strength = 2\nstatements", "strength"),
    ],
)
def test_an_arrow_joins_causes_that_exist(tmp_path: Path, good: str, bad: str, field: str) -> None:
    problem = only_problem(write_small_data(tmp_path, arrows=ARROW.replace(good, bad)))
    assert (problem.file, problem.field.rpartition(".")[2]) == ("arrows.toml", field)
    assert problem.line > 0


RULE = """
[[rule]]
id = "groin_in_children"
age_to = 15
any_of = ["pain_groin"]
level = "clinician_soon"
reason = "Growing hips can slip."
source = "smith_2020"
"""


@pytest.mark.parametrize(
    ("good", "bad", "field"),
    [
        ('["pain_groin"]', '["pain_gorin"]', "any_of"),
        ('"clinician_soon"', '"soon"', "level"),
        ("age_to = 15", "age_to = 150", "age_to"),
        ('"smith_2020"', '"smith_2002"', "source"),
        ("age_to = 15", "age_to = 15\nlowers = true", "lowers"),
    ],
)
def test_an_urgency_rule_is_checked(tmp_path: Path, good: str, bad: str, field: str) -> None:
    problem = only_problem(write_small_data(tmp_path, urgency=RULE.replace(good, bad)))
    assert (problem.file, problem.field) == ("urgency.toml", f"rule groin_in_children.{field}")


def test_every_finding_a_person_can_answer_stands_on_a_page(tmp_path: Path) -> None:
    page = '[[page]]\nid = "where"\nask = "Where?"\nwhy = "It helps."\nchoose = "many"\nfindings = ["pain_groin"]\n'
    problems = problems_of(write_small_data(tmp_path, questions=page))
    missing = {problem.message.split("'")[1] for problem in problems}
    assert missing == {"pain_buttock", "runner"}, "an examination finding needs no page"


def test_a_stray_file_is_reported(tmp_path: Path) -> None:
    problem = only_problem(write_small_data(tmp_path, odds="x = 1\n"))
    assert (problem.file, problem.message) == ("odds.toml", "is not a file we know.")


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ("smith_2002,pain_groin,worn_hip", "source"),
        ("smith_2020,pain_gorin,worn_hip", "finding_id"),
        ("smith_2020,pain_groin,worn_hp", "condition_id"),
    ],
)
def test_evidence_tables_name_what_exists(tmp_path: Path, row: str, field: str) -> None:
    folder = write_small_data(tmp_path)
    (folder / "evidence").mkdir()
    (folder / "evidence/table.csv").write_text(f"source,finding_id,condition_id\n{row}\n", encoding="utf-8")
    problem = only_problem(folder)
    assert (problem.file, problem.line, problem.field) == ("evidence/table.csv", 2, field)


def test_the_version_changes_with_any_file(tmp_path: Path) -> None:
    before = load_knowledge(write_small_data(tmp_path), use_cache=False).version
    after = load_knowledge(write_small_data(tmp_path, sources__all=SOURCES + "\n# a remark\n"), use_cache=False).version
    assert before != after
