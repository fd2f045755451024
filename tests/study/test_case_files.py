"""Case files: what is read, and what is said when something in them is wrong."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from deepsix.case import State
from deepsix.errors import CaseFileError
from deepsix.knowledge import Knowledge, Urgency
from deepsix.study.cases import SHIPPED_CASES, read_case_file, read_cases

GOOD: dict[str, Any] = {
    "id": "g1",
    "age": 44,
    "sex": "male",
    "narrative": "My groin hurts.",
    "answers": {"pain_groin": "yes", "fever": "no", "limp": "unsure"},
    "truth": ["hip_osteoarthritis"],
    "acceptable": ["labral_tear"],
    "urgency": "clinician_soon",
}


def lines(tmp_path: Path, *records: object) -> Path:
    path = tmp_path / "cases.jsonl"
    texts = [record if isinstance(record, str) else json.dumps(record) for record in records]
    path.write_text("\n".join(texts) + "\n", encoding="utf-8")
    return path


def test_a_case_is_read_as_it_stands(knowledge: Knowledge, tmp_path: Path) -> None:
    read = read_cases(lines(tmp_path, GOOD, "", GOOD), knowledge)
    assert len(read.cases) == 2
    assert read.notices == ()
    case = read.cases[0]
    assert (case.id, case.age, case.sex, case.urgency) == ("g1", 44, "male", Urgency.CLINICIAN_SOON)
    assert case.answers == {"pain_groin": State.YES, "fever": State.NO, "limp": State.UNSURE}


def test_a_bare_case_has_age_and_sex_only(knowledge: Knowledge, tmp_path: Path) -> None:
    bare = read_cases(lines(tmp_path, GOOD), knowledge).cases[0].bare()
    assert (bare.age, bare.sex, dict(bare.answers)) == (44, "male", {})


def test_one_cause_may_be_given_as_a_text(knowledge: Knowledge, tmp_path: Path) -> None:
    case = read_cases(lines(tmp_path, {**GOOD, "truth": "labral_tear"}), knowledge).cases[0]
    assert case.truth == ("labral_tear",)


def test_unknown_ids_are_left_out_with_a_notice(knowledge: Knowledge, tmp_path: Path) -> None:
    record = {**GOOD, "answers": {"pain_groin": "yes", "pain_groyne": "yes"}, "truth": ["hip_osteoarthritiss"]}
    read = read_cases(lines(tmp_path, record), knowledge)
    assert read.cases[0].answers == {"pain_groin": State.YES}
    assert read.cases[0].truth == ()
    assert any("no finding 'pain_groyne'" in notice and "pain_groin" in notice for notice in read.notices)
    assert any("no condition 'hip_osteoarthritiss'" in notice for notice in read.notices)


@pytest.mark.parametrize(
    ("record", "message"),
    [
        ("{broken", ":1 is not JSON"),
        ("[1, 2]", "is not an object"),
        ("null", "is not an object"),
        ({**GOOD, "age": 300}, "The age is 300. Give an age from 0 to 120"),
        ({**GOOD, "age": -1}, "The age is -1"),
        ({**GOOD, "age": "44"}, "Give whole years"),
        ({**GOOD, "age": 44.5}, "Give whole years"),
        ({**GOOD, "age": True}, "Give whole years"),
        ('{"age": ' + "9" * 5000 + "}", "thousands of digits"),
        ({**GOOD, "sex": "robot"}, "Give 'female' or 'male'"),
        ({**GOOD, "sex": ["male"]}, "Give 'female' or 'male'"),
        ({**GOOD, "answers": ["fever"]}, "answers is not an object"),
        ({**GOOD, "answers": {"fever": "maybe"}}, "answers.fever is 'maybe'. Use yes, no or unsure."),
        ({**GOOD, "answers": {"fever": True}}, "answers.fever is True"),
        ({**GOOD, "answers": {"fever": ["yes"]}}, "answers.fever is"),
        ({**GOOD, "narrative": 7}, "narrative is not a text"),
        ({**GOOD, "truth": 7}, "truth is 7. Give a list of condition ids."),
        ({**GOOD, "truth": [7]}, "Give a list of condition ids"),
        ({**GOOD, "urgency": "soon"}, "Choose one of: self_care"),
        ({**GOOD, "urgency": 2}, "Choose one of: self_care"),
        ("[" * 100_000, "cases.jsonl:1"),
    ],
)
def test_a_wrong_line_is_named_with_what_to_do(
    knowledge: Knowledge, tmp_path: Path, record: object, message: str
) -> None:
    with pytest.raises(CaseFileError) as raised:
        read_cases(lines(tmp_path, record), knowledge)
    assert message in str(raised.value)


def test_all_wrong_lines_are_named_at_once(knowledge: Knowledge, tmp_path: Path) -> None:
    with pytest.raises(CaseFileError) as raised:
        read_cases(lines(tmp_path, "{", GOOD, {**GOOD, "age": 300}), knowledge)
    assert "cases.jsonl:1 " in str(raised.value)
    assert "cases.jsonl:3 " in str(raised.value)


@pytest.mark.parametrize("content", [b"", b"\n \n"])
def test_an_empty_file_is_said_to_be_empty(knowledge: Knowledge, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "empty.jsonl"
    path.write_bytes(content)
    with pytest.raises(CaseFileError, match="holds no cases"):
        read_cases(path, knowledge)


@pytest.mark.parametrize("reader", [read_cases, read_case_file])
def test_a_file_that_is_not_utf_8_is_refused(knowledge: Knowledge, tmp_path: Path, reader: Any) -> None:
    path = tmp_path / "latin.json"
    path.write_bytes('{"narrative": "mal à la fesse"}'.encode("latin-1"))
    with pytest.raises(CaseFileError, match="is not UTF-8"):
        reader(path, knowledge)


@pytest.mark.parametrize("reader", [read_cases, read_case_file])
@pytest.mark.parametrize("name", ["absent.json", "."])
def test_a_file_that_cannot_be_read_is_named(knowledge: Knowledge, tmp_path: Path, reader: Any, name: str) -> None:
    with pytest.raises(CaseFileError, match="Cannot read"):
        reader(tmp_path / name, knowledge)


@pytest.mark.parametrize("reader", [read_cases, read_case_file])
def test_a_byte_order_mark_does_no_harm(knowledge: Knowledge, tmp_path: Path, reader: Any) -> None:
    path = tmp_path / "marked.json"
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps(GOOD).encode())
    assert reader(path, knowledge)


def test_a_line_separator_inside_a_story_does_not_end_the_line(knowledge: Knowledge, tmp_path: Path) -> None:
    record = json.dumps({**GOOD, "narrative": "one\u2028two\x85three"}, ensure_ascii=False)
    assert "two" in read_cases(lines(tmp_path, record), knowledge).cases[0].narrative


def test_half_a_character_is_made_printable(knowledge: Knowledge, tmp_path: Path) -> None:
    case = read_cases(lines(tmp_path, {**GOOD, "narrative": "my hip\ud800"}), knowledge).cases[0]
    assert case.narrative.encode("utf-8") == b"my hip?"


def test_windows_line_ends_do_no_harm(knowledge: Knowledge, tmp_path: Path) -> None:
    path = tmp_path / "windows.jsonl"
    path.write_bytes((json.dumps(GOOD) + "\r\n").encode() * 2)
    assert len(read_cases(path, knowledge).cases) == 2


def test_a_single_case_refuses_unknown_findings(knowledge: Knowledge, tmp_path: Path) -> None:
    path = tmp_path / "case.json"
    path.write_text(json.dumps({**GOOD, "answers": {"fevr": "yes"}}), encoding="utf-8")
    with pytest.raises(CaseFileError, match=r"no finding 'fevr'.*Did you mean fever"):
        read_case_file(path, knowledge)


@pytest.mark.parametrize("text", ["{broken", "", "[1]", '{"age": ' + "9" * 5000 + "}", "[" * 100_000])
def test_a_single_case_that_cannot_be_parsed_is_refused(knowledge: Knowledge, tmp_path: Path, text: str) -> None:
    path = tmp_path / "case.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CaseFileError, match=r"case\.json"):
        read_case_file(path, knowledge)


def test_the_shipped_cases_are_whole(knowledge: Knowledge) -> None:
    read = read_cases(SHIPPED_CASES, knowledge)
    assert read.notices == ()
    assert len(read.cases) == 33
    assert all(case.truth and case.narrative and case.urgency is not None for case in read.cases)
