"""The commands as a person or a program uses them: help, JSON, files, and a plain message for every bad input."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from running import Shell
from typer.testing import CliRunner

from deepsix.cli.app import app
from deepsix.knowledge import Knowledge

COMMANDS = ("assess", "explain", "evaluate", "knowledge")
STORY = "I am a 54 year old woman. The outside of my hip hurts when I lie on that side and on stairs. No fever."


def case_file(folder: Path, text: str | bytes, name: str = "case.json") -> str:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return str(path)


def test_help_lists_all_commands() -> None:
    result = CliRunner().invoke(app, ["--help"])
    assert result.exit_code == 0
    assert all(f" {command} " in result.output for command in COMMANDS)


@pytest.mark.parametrize("command", [*((c,) for c in COMMANDS), *(("knowledge", c) for c in ("check", "show", "list"))])
def test_every_command_has_help(command: tuple[str, ...]) -> None:
    result = CliRunner().invoke(app, [*command, "--help"])
    assert result.exit_code == 0
    assert "Usage" in result.output


def test_it_runs_as_a_program_of_its_own() -> None:
    program = Path(sys.executable).with_name("deepsix")
    ran = subprocess.run([program, "assess", "--text", STORY], capture_output=True, text=True, check=False)
    assert ran.returncode == 0
    assert "What fits" in ran.stdout
    assert ran.stderr == ""


def test_a_bad_input_ends_the_program_with_its_code_and_no_traceback() -> None:
    program = Path(sys.executable).with_name("deepsix")
    ran = subprocess.run([program, "assess", "--age", "300"], capture_output=True, text=True, check=False)
    assert ran.returncode == 2
    assert ran.stdout == ""
    assert ran.stderr == "The age is 300. Give an age from 0 to 120 years, or leave it out.\n"


def test_a_story_gives_urgency_causes_and_reasons(shell: Shell) -> None:
    ran = shell("assess", "--text", STORY)
    assert ran.code == 0
    for words in ("This is what we understood", "What fits", "Speaks for it", "not a medical device"):
        assert words in ran.words


def test_a_story_may_come_from_a_pipe(shell: Shell) -> None:
    assert shell("assess", "--json", piped=STORY).record["causes"][0]["condition"] == "gluteal_tendinopathy"


def test_age_and_sex_on_the_command_line_win(shell: Shell) -> None:
    record = shell("assess", "--text", STORY, "--age", "30", "--sex", "male", "--json").record
    assert (record["age"], record["sex"]) == (30, "male")


def test_json_has_the_documented_keys(shell: Shell) -> None:
    record = shell("assess", "--text", STORY, "--json").record
    assert set(record) >= {
        "knowledge_version", "setting", "age", "sex", "urgency", "causes", "none_of_these", "exact", "error_bound",
        "answers", "explanation", "changes", "next_question", "notices",
    }  # fmt: skip
    assert set(record["urgency"]) >= {"level", "title", "text", "reasons"}
    assert set(record["causes"][0]) == {"condition", "name", "p", "low", "high"}
    assert record["answers"]["fever"]["state"] == "no"


def test_json_of_a_case_is_the_same_twice(shell: Shell) -> None:
    assert shell("assess", "--text", STORY, "--json").out == shell("assess", "--text", STORY, "--json").out


def test_every_json_reason_is_cited(shell: Shell) -> None:
    record = shell("explain", "--text", STORY, "--json").record
    assert record["condition"] == "gluteal_tendinopathy"
    assert all(reason["cite"] for reason in (*record["for"], *record["against"]))


def test_explain_shows_sources(shell: Shell) -> None:
    ran = shell("explain", "hip_osteoarthritis", "--text", STORY)
    assert ran.code == 0
    assert "our estimate" in ran.words or "doi" in ran.words.lower()


def test_a_danger_sign_in_a_story_says_so_first(shell: Shell) -> None:
    ran = shell("assess", "--text", "My buttock hurts and I cannot pee and feel numb between my legs.")
    assert "Get emergency help now" in ran.words


def test_the_parent_of_a_child_is_addressed(shell: Shell) -> None:
    record = shell("assess", "--text", "My son is 7. His hip hurts and he limps.", "--age", "7", "--json").record
    assert "child" in record["urgency"]["text"]
    assert record["urgency"]["level"] in ("urgent_same_day", "emergency")


CONTRADICTION = '{"answers": {"duration_under_1_week": "yes", "duration_over_3_months": "yes", "pain_groin": "yes"}}'


def test_contradictory_answers_are_named_and_left_out(shell: Shell, tmp_path: Path) -> None:
    ran = shell("assess", "--case", case_file(tmp_path, CONTRADICTION))
    assert ran.code == 0
    assert "They cannot both be so" in ran.words


@pytest.mark.parametrize(
    ("text", "message", "code"),
    [
        ('{"answers": {"fevr": "yes"}}', "no finding 'fevr'. Did you mean fever", 3),
        ('{"age": 300}', "The age is 300. Give an age from 0 to 120", 3),
        ('{"age": "old"}', "Give whole years", 3),
        ('{"sex": "robot"}', "Give 'female' or 'male'", 3),
        ('{"answers": {"fever": "perhaps"}}', "Use yes, no or unsure", 3),
        ("{broken", "is not JSON", 3),
        ("", "is not JSON", 3),
        ("[]", "is not an object", 3),
        (b"\xff\xfe{}", "is not UTF-8", 3),
        ('{"age": ' + "9" * 5000 + "}", "thousands of digits", 3),
    ],
)
def test_a_bad_case_file_is_refused_plainly(
    shell: Shell, tmp_path: Path, text: str | bytes, message: str, code: int
) -> None:
    ran = shell("assess", "--case", case_file(tmp_path, text))
    assert message in ran.words
    assert ran.code == code
    assert ran.out == ""


@pytest.mark.parametrize(
    ("arguments", "message", "code"),
    [
        (("assess", "--case", "absent.json"), "Cannot read absent.json", 3),
        (("assess", "--text", "my hip", "--age", "300"), "The age is 300", 2),
        (("assess", "--text", "my hip", "--age", "-1"), "The age is -1", 2),
        (("assess", "--text", "my hip", "--age", "x"), "Invalid value for '--age'", 2),
        (("assess", "--text", "my hip", "--sex", "robot"), "The sex is 'robot'", 2),
        (("assess", "--text", "my hip", "--setting", "moon"), "Choose one of: community, clinic, published", 2),
        (("explain", "hip_arthritis", "--text", "my hip"), "no condition 'hip_arthritis'. Did you mean", 5),
        (("explain",), 'Give --text "..." or --case FILE', 3),
        (("assess",), "There is nothing to assess", 3),
        (("assess", "--json"), "There is nothing to assess", 3),
        (("evaluate", "absent.jsonl"), "Cannot read absent.jsonl", 3),
        (("evaluate", "--from", "dreams"), "Choose one of: narrative, answers, interview", 3),
        (("knowledge", "show", "hip_arthritis"), "There is no entry 'hip_arthritis'. Did you mean", 5),
        (("knowledge", "list", "dreams"), "Choose one of: conditions, findings", 5),
        (("dream",), "No such command", 2),
    ],
)
def test_a_bad_argument_is_refused_plainly(shell: Shell, arguments: tuple[str, ...], message: str, code: int) -> None:
    ran = shell(*arguments)
    assert message in ran.words
    assert ran.code == code


@pytest.mark.parametrize(
    ("story", "message"),
    [
        ("", "We did not find any words to read"),
        (" \n\t ", "We did not find any words to read"),
        ("J'ai mal à la fesse gauche depuis trois semaines quand je suis assis.", "only read English"),
        ("Meine linke Hüfte tut seit Wochen weh, wenn ich lange sitze.", "only read English"),
        ("左のお尻が痛いです。座ると痛みが強くなります。", "only read English"),
        ("My wrist hurts when I type all day.", "only knows about pain in the hip"),
        ("I have a sore throat and an earache.", "only knows about pain in the hip"),
    ],
)
def test_a_story_that_is_no_use_is_answered_kindly(shell: Shell, story: str, message: str) -> None:
    ran = shell("assess", "--text", story)
    assert ran.code == 0
    assert message in ran.words
    assert "What fits" not in ran.words


def test_a_story_of_a_megabyte_is_read_as_far_as_it_may_be(shell: Shell) -> None:
    story = "My buttock hurts when I sit. " * 36_000
    ran = shell("assess", "--json", piped=story)
    assert len(story) > 1_000_000
    assert ran.code == 0
    assert any("very long" in notice for notice in ran.record["notices"])
    assert ran.record["answers"]["pain_buttock"]["state"] == "yes"


@pytest.mark.parametrize(
    "story", ["\x00\x01\x02 hip", "[bold]my hip hurts[/nonsense]", "my hip 🦴 hurts \u202e", "\\" * 500]
)
def test_odd_characters_do_no_harm(shell: Shell, story: str) -> None:
    for arguments in ((), ("--json",)):
        assert shell("assess", "--text", story, *arguments).code == 0


def test_half_a_character_in_a_story_does_no_harm(shell: Shell, tmp_path: Path) -> None:
    path = case_file(tmp_path, json.dumps({"narrative": "my \ud800 buttock hurts", "age": 40}))
    assert shell("assess", "--case", path).code == 0


def test_what_is_in_brackets_is_printed_as_it_is(shell: Shell) -> None:
    ran = shell("assess", "--text", "My [red]buttock[/red] hurts when I sit.")
    assert ran.code == 0
    assert "buttock" in ran.words


EVALUATED = ("n", "top1", "top3", "top5", "urgency_exact", "hazardous_under_triage", "over_triage", "brier")


@pytest.fixture
def three_cases(tmp_path: Path) -> str:
    from deepsix.study.cases import SHIPPED_CASES

    first = SHIPPED_CASES.read_text(encoding="utf-8").splitlines()[:3]
    return case_file(tmp_path, "\n".join(first), "cases.jsonl")


@pytest.mark.parametrize("given", ["answers", "narrative", "interview"])
def test_evaluate_writes_the_required_figures(shell: Shell, tmp_path: Path, three_cases: str, given: str) -> None:
    out = tmp_path / "out.json"
    ran = shell("evaluate", three_cases, "--from", given, "--json", str(out), "--plot", str(tmp_path / "plot.svg"))
    assert ran.code == 0
    record = json.loads(out.read_text(encoding="utf-8"))
    assert set(record) >= {*EVALUATED, "questions_median", "fact_recall", "cases"}
    assert record["n"] == len(record["cases"]) == 3
    case = record["cases"][0]
    assert set(case["ranked"][0]) == {"condition", "p", "low", "high"}
    assert case["urgency"] in ("self_care", "clinician_soon", "urgent_same_day", "emergency")
    assert case["rank"] is None or case["rank"] >= 1
    assert (tmp_path / "plot.svg").read_text(encoding="utf-8").startswith("<svg")


def test_evaluate_prints_its_figures_and_a_row_a_case(shell: Shell, three_cases: str) -> None:
    ran = shell("evaluate", three_cases)
    assert "right cause among the first 3" in ran.words
    assert "hazardous under-triage" in ran.words
    for identity in ("a36", "a12"):
        assert identity in ran.words


def test_evaluate_says_what_it_left_out(shell: Shell, tmp_path: Path) -> None:
    line = '{"id": "x", "age": 40, "answers": {"pain_groyne": "yes"}, "truth": ["hip_osteoarthritis"]}'
    ran = shell("evaluate", case_file(tmp_path, line))
    assert ran.code == 0
    assert "Left out" in ran.err
    assert "pain_groyne" in ran.err


def test_evaluate_lists_every_wrong_line(shell: Shell, tmp_path: Path) -> None:
    ran = shell("evaluate", case_file(tmp_path, '{"age": 300}\n{broken\n'))
    assert ran.code == 3
    assert ":1 The age is 300" in ran.words
    assert ":2 is not JSON" in ran.words


def test_evaluate_says_when_it_cannot_write(shell: Shell, tmp_path: Path, three_cases: str) -> None:
    ran = shell("evaluate", three_cases, "--json", str(tmp_path / "absent" / "out.json"))
    assert ran.code == 3
    assert "Cannot write" in ran.words


def test_knowledge_show_works_for_every_entry(shell: Shell, knowledge: Knowledge) -> None:
    for identity, entry in knowledge.conditions.items():
        ran = shell("knowledge", "show", identity)
        assert ran.code == 0
        assert identity in ran.words
        assert entry.summary[:30] in ran.words
    for identity in knowledge.findings:
        ran = shell("knowledge", "show", identity)
        assert ran.code == 0
        assert identity in ran.words


@pytest.mark.parametrize("identity", ["B7", "adelmanesh_2016"])
def test_knowledge_show_works_for_statements_and_sources(shell: Shell, identity: str) -> None:
    assert identity in shell("knowledge", "show", identity).words


@pytest.mark.parametrize("what", ["conditions", "findings", "statements", "sources"])
def test_knowledge_list_prints_a_line_an_entry(shell: Shell, knowledge: Knowledge, what: str) -> None:
    printed = shell("knowledge", "list", what).out.splitlines()
    assert [line.split("\t")[0] for line in printed] == list(getattr(knowledge, what))


def test_knowledge_check_finds_no_problems(shell: Shell) -> None:
    ran = shell("knowledge", "check")
    assert ran.code == 0
    assert "no problems" in ran.words
