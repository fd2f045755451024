"""Cases as JSON Lines: read, checked line by line, and turned into `Case`s."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from deepsix.case import Answer, Case, Origin, PainMap, Sex, State
from deepsix.diagnosis.network import NONE_OF_THESE
from deepsix.errors import CaseError, CaseFileError, did_you_mean
from deepsix.intake.chart.loader import load_chart
from deepsix.intake.chart.painting import pain_map_on
from deepsix.intake.chart.reading import read_painting
from deepsix.knowledge.model import URGENCY_IDS, Knowledge, Urgency

SHIPPED_CASES = Path(__file__).parent / "data" / "published_cases.jsonl"


@dataclass(frozen=True, slots=True)
class StudyCase:
    """One case with what is known to be right: the causes, what a fair judge would also accept, the safe urgency."""

    id: str
    age: int | None
    sex: Sex | None
    narrative: str
    answers: Mapping[str, State]
    truth: tuple[str, ...]
    acceptable: tuple[str, ...]
    urgency: Urgency | None
    pain_map: PainMap | None = None

    def from_answers(self) -> Case:
        """Return the case as answered in full."""
        given = {name: Answer(name, state, Origin.GIVEN) for name, state in self.answers.items()}
        return Case(self.age, self.sex, given, self.narrative, self.pain_map)

    def bare(self) -> Case:
        """Return the case with age and sex only."""
        return Case(self.age, self.sex, {}, self.narrative)


@dataclass(frozen=True, slots=True)
class CaseFile:
    """The cases of a file, and a notice for each id in it that does not exist and was left out."""

    cases: tuple[StudyCase, ...]
    notices: tuple[str, ...]


def read_cases(path: Path, knowledge: Knowledge) -> CaseFile:
    """Return the cases of a JSON Lines file.

    Finding and condition ids that do not exist are left out with a notice: a file made for another version of the
    knowledge base can still be scored, and nothing is dropped silently.

    Raises:
        CaseFileError: The file cannot be read, or lines in it are wrong; all of them are listed with what to do.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")  # splitlines would cut at U+2028 inside a story
    except OSError as error:
        raise CaseFileError(f"Cannot read {path}: {error.strerror}. Check the name and try again.") from error
    except UnicodeDecodeError as error:
        raise CaseFileError(f"{path} is not UTF-8 text. Save it as UTF-8 JSON Lines.") from error
    cases: list[StudyCase] = []
    problems: list[str] = []
    notices: list[str] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            cases.append(_case(_parsed(line), knowledge, f"{path}:{number}", notices))
        except json.JSONDecodeError as error:
            problems.append(
                f"{path}:{number} is not JSON ({error.msg}, column {error.colno}). One case a line, as one object."
            )
        except (CaseError, RecursionError) as error:
            problems.append(f"{path}:{number} {error}")
    if not cases and not problems:
        problems.append(f"{path} holds no cases. Put one JSON object on each line.")
    if problems:
        raise CaseFileError("\n".join(problems))
    return CaseFile(tuple(cases), tuple(notices))


def _parsed(text: str) -> Any:
    """Return parsed JSON.

    Raises:
        json.JSONDecodeError: The text is not JSON.
        CaseError: A number in it is longer than Python is willing to read.
    """
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        raise
    except ValueError as error:
        raise CaseError("holds a number of thousands of digits. Give the age in whole years, such as 43.") from error


def printable(text: str) -> str:
    """Return the text with what no UTF-8 file or terminal can hold (half a character) as "?".

    >>> printable("a\\ud800b")
    'a?b'
    """
    return text.encode("utf-8", "replace").decode("utf-8")


def _case(record: Any, knowledge: Knowledge, where: str, notices: list[str]) -> StudyCase:
    if not isinstance(record, dict):
        raise CaseError('is not an object. Write {"id": ..., "age": ..., "answers": {...}}.')
    answers = record.get("answers") or {}
    if not isinstance(answers, dict):
        raise CaseError('answers is not an object. Write {"finding_id": "yes", ...}.')
    states = {str(name): _state(str(name), value) for name, value in answers.items()}
    for name in [name for name in states if name not in knowledge.findings]:
        notices.append(f"{where} answers: there is no finding {name!r}. {did_you_mean(name, knowledge.findings)}")
        del states[name]
    narrative = record.get("narrative") or ""
    if not isinstance(narrative, str):
        raise CaseError("narrative is not a text. Put the story in quotes.")
    urgency = record.get("urgency")
    if urgency is not None and urgency not in URGENCY_IDS:
        raise CaseError(f"urgency is {urgency!r}. Choose one of: {', '.join(URGENCY_IDS)}.")
    painted = record.get("pain_map")
    case = StudyCase(
        id=printable(str(record.get("id", ""))),
        age=record.get("age"),
        sex=record.get("sex"),
        narrative=printable(narrative),
        answers=states,
        truth=_conditions(record.get("truth"), "truth", knowledge, where, notices),
        acceptable=_conditions(record.get("acceptable"), "acceptable", knowledge, where, notices),
        urgency=Urgency.of(urgency) if urgency is not None else None,
        pain_map=pain_map_on(load_chart(knowledge), painted) if painted is not None else None,
    )
    case.bare()  # refuses an impossible age or sex
    return case


def _state(name: str, value: Any) -> State:
    try:
        return State(value)
    except ValueError:
        raise CaseError(f"answers.{name} is {value!r}. Use yes, no or unsure.") from None


def _conditions(value: object, field: str, knowledge: Knowledge, where: str, notices: list[str]) -> tuple[str, ...]:
    names = [value] if isinstance(value, str) else (value or [])
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise CaseError(f"{field} is {value!r}. Give a list of condition ids.")
    known = [name for name in names if name in knowledge.conditions or name == NONE_OF_THESE]
    for name in names:
        if name not in known:
            hint = did_you_mean(name, knowledge.conditions)
            notices.append(f"{where} {field}: there is no condition {name!r}. {hint}")
    return tuple(known)


def read_case_file(path: Path, knowledge: Knowledge) -> Case:
    """Return the one case of a JSON file with any of age, sex, narrative, answers and pain_map.

    What the pain map says is among the answers of the case; answers that are given stand.

    Raises:
        CaseFileError: The file cannot be read, is not JSON, or names findings that do not exist.
    """
    try:
        record = _parsed(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise CaseFileError(f"Cannot read {path}: {error.strerror}. Check the name and try again.") from error
    except UnicodeDecodeError as error:
        raise CaseFileError(f"{path} is not UTF-8 text. Save it as UTF-8 JSON.") from error
    except CaseError as error:
        raise CaseFileError(f"{path} {error}") from error
    except (json.JSONDecodeError, RecursionError) as error:
        raise CaseFileError(f"{path} is not JSON: {error}. Write one object with age, sex and answers.") from error
    notices: list[str] = []
    try:
        case = _case(record, knowledge, str(path), notices)
    except CaseError as error:
        raise CaseFileError(f"{path} {error}") from error
    if notices:
        raise CaseFileError("\n".join(notices))
    whole = case.from_answers()
    if case.pain_map is None:
        return whole
    return read_painting(load_chart(knowledge), case.pain_map, case.sex).add_to(whole, case.pain_map)
