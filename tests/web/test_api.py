"""The API: the same record as the terminal and the page, one shape for every error, nothing taken that is not JSON."""

from __future__ import annotations

import json
import re
import sys
import tomllib
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient

from deepsix.case import Answer, Case, State
from deepsix.cli import assessing, main, planning
from deepsix.intake.story import read_story
from deepsix.knowledge import Knowledge
from deepsix.web.routers import ROUTERS
from deepsix.web.visit import COOKIE, Visit, new_key

TYPICAL = tomllib.loads((Path(__file__).parents[1] / "cases" / "typical.toml").read_text(encoding="utf-8"))["case"]
CASES: dict[str, dict[str, Any]] = {
    "a story": {"narrative": "Deep ache in my bum when I sit, worst the day after a hill run. No pins and needles."},
    "danger": {"age": 52, "sex": "male", "answers": {"numb_saddle": "yes", "pain_low_back": "yes"}},
    "a story and answers that differ": {
        "age": 30,
        "sex": "female",
        "narrative": "The outside of my hip hurts on stairs. No fever.",
        "answers": {"worse_stairs_up": "no", "worse_lying_on_side": "yes", "fever": "unsure"},
    },
    "nothing": {},
    **{
        case["truth"]: {
            "age": case["age"],
            "sex": case["sex"],
            "answers": dict.fromkeys(case["yes"], "yes") | dict.fromkeys(case.get("no", ()), "no"),
        }
        for case in TYPICAL[:3]
    },
}
ADDRESSES = [
    (method, route.path)
    for router in ROUTERS
    for route in router.routes
    if isinstance(route, APIRoute) and route.path.startswith("/api/")
    for method in sorted(route.methods)
]
POSTS = [path for method, path in ADDRESSES if method == "POST"]


def case_of(knowledge: Knowledge, sent: dict[str, Any]) -> Case:
    """Return the case that was sent, made without the API's own reading."""
    answers = {name: Answer(name, State(state)) for name, state in sent.get("answers", {}).items()}
    case = Case(sent.get("age"), sent.get("sex"), answers, sent.get("narrative", ""))
    return read_story(knowledge, case.story).add_to(case) if case.story else case


@pytest.fixture(autouse=True)
def records_of_the_terminal(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DEEPSIX_DATABASE", str(tmp_path / "terminal.sqlite"))


def from_terminal(arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    monkeypatch.setattr(sys, "argv", ["deepsix", *arguments])
    with suppress(SystemExit):
        main()
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize("name", CASES)
def test_terminal_page_and_api_give_the_same_result_for_the_same_case(
    name: str,
    client: TestClient,
    knowledge: Knowledge,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    sent = CASES[name]
    file = tmp_path / "case.json"
    file.write_text(json.dumps(sent), encoding="utf-8")
    monkeypatch.setattr(assessing, "load_knowledge", lambda: knowledge)
    printed = from_terminal(["assess", "--case", str(file), "--json"], monkeypatch, capsys)
    answered = client.post("/api/v1/assess", json=sent).json()
    assert answered == printed

    client.cookies.set(COOKIE, key := new_key())
    client.app.state.site.keep(key, Visit(case_of(knowledge, sent)))  # type: ignore[attr-defined]
    shown = client.get("/result").text
    assert printed["urgency"]["title"] in shown
    on_page = re.findall(r'data-condition="(\w+)".*?<data value="([\d.e-]+)"', shown, re.DOTALL)
    first = printed["causes"][: len(on_page)]
    assert [(c["condition"], c["p"]) for c in first] == [(c, float(p)) for c, p in on_page]
    assert on_page or "We know too little" in shown


@pytest.mark.parametrize("name", ["a story", "danger"])
def test_terminal_and_api_give_the_same_plan(
    name: str,
    client: TestClient,
    knowledge: Knowledge,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    sent = CASES[name]
    file = tmp_path / "case.json"
    file.write_text(json.dumps(sent), encoding="utf-8")
    monkeypatch.setattr(planning, "load_knowledge", lambda: knowledge)
    wanted = {"day": "2026-03-02", "kit": ["chair"] if "chair" in dict(knowledge.care.items) else []}
    options = ["--day", wanted["day"], "--kit", ",".join(wanted["kit"])]
    printed = from_terminal(["plan", "--case", str(file), "--json", *options], monkeypatch, capsys)
    answered = client.post("/api/v1/plan", json={**sent, **wanted}).json()
    assert answered == {name: printed[name] for name in answered}  # the terminal adds what the records hold
    assert {"today", "hand_overs", "stages", "urgency"} <= set(answered)


def test_an_explanation_is_that_of_the_first_cause_unless_another_is_named(client: TestClient) -> None:
    record = client.post("/api/v1/assess", json=CASES["a story"]).json()
    first = client.post("/api/v1/explain", json=CASES["a story"]).json()
    assert first == record["explanation"]
    other = record["causes"][1]["condition"]
    answered = client.post("/api/v1/explain", json={**CASES["a story"], "condition": other}).json()
    assert answered["condition"] == other


def test_answering_question_after_question_comes_to_an_end(client: TestClient) -> None:
    answers: dict[str, str] = {}
    asked: list[str] = []
    while True:
        sent = {"age": 40, "sex": "female", "answers": answers, "asked": asked}
        question = client.post("/api/v1/question", json=sent).json()["question"]
        if question is None:
            break
        assert question["id"] not in asked
        assert question["ask"]
        asked.append(question["id"])
        answers |= {finding["id"]: "no" for finding in question["findings"] if question["kind"] != "choice"}
    assert 3 <= len(asked) <= 25


def test_only_an_examiner_is_offered_examination_findings(client: TestClient, knowledge: Knowledge) -> None:
    exams = {name for name, finding in knowledge.findings.items() if finding.kind == "exam"}

    everything = {name: "unsure" for page in knowledge.pages for name in page.findings} | {"pain_groin": "yes"}

    def offered(examiner: bool) -> set[str]:
        question = client.post("/api/v1/question", json={"answers": everything, "examiner": examiner}).json()[
            "question"
        ]
        return {finding["id"] for finding in question["findings"]} if question else set()

    assert offered(examiner=True) & exams
    assert not offered(examiner=False) & exams


def test_the_lists_hold_everything_there_is(client: TestClient, knowledge: Knowledge) -> None:
    conditions = client.get("/api/v1/conditions").json()["conditions"]
    findings = client.get("/api/v1/findings").json()["findings"]
    assert [entry["id"] for entry in conditions] == list(knowledge.conditions)
    assert [entry["id"] for entry in findings] == list(knowledge.findings)
    health = client.get("/api/v1/health").json()
    assert health["ok"]
    assert health["knowledge_version"] == knowledge.version


def error_of(response: Any, status: int) -> list[tuple[str, str]]:
    """Return the errors of an answer after checking that it has the one shape."""
    record = response.json()
    assert response.status_code == status
    assert set(record) == {"ok", "status", "errors"}
    assert (record["ok"], record["status"]) == (False, status)
    assert record["errors"]
    for error in record["errors"]:
        assert set(error) == {"field", "message"}
        assert error["message"]
    return [(error["field"], error["message"]) for error in record["errors"]]


@pytest.mark.parametrize(("method", "path"), ADDRESSES)
def test_every_address_gives_its_errors_in_one_shape(client: TestClient, method: str, path: str) -> None:
    other = "PUT" if method == "GET" else "GET"
    error_of(client.request(other, path), 405)
    error_of(client.request(method, f"{path}/nothing-here"), 404)
    if method == "POST":
        error_of(client.post(path, content=b"{", headers={"content-type": "application/json"}), 422)
        error_of(client.post(path, json={"age": "43"}), 422)
        error_of(client.post(path, data={"age": "43"}), 415)
        error_of(client.post(path, content=b"{}"), 415)
        error_of(client.post(path, content=b"x" * 2_000_001, headers={"content-type": "application/json"}), 413)
    else:
        assert client.request(method, path).status_code == 200


def test_more_than_is_taken_is_refused_also_when_its_length_is_not_told(client: TestClient) -> None:
    pieces = (b" " * 100_000 for _ in range(30))
    error_of(client.post(POSTS[0], content=pieces, headers={"content-type": "application/json"}), 413)


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"age": 300}, "age"),
        ({"age": True}, "age"),
        ({"age": 43.0}, "age"),
        ({"sex": "f"}, "sex"),
        ({"narrative": ["it hurts"]}, "narrative"),
        ({"answers": {"pain_groin": True}}, "answers.pain_groin"),
        ({"answers": {"pain_groyne": "yes"}}, "answers.pain_groyne"),
        ({"setting": "moon"}, "setting"),
        ({"truth": "hip_fracture"}, "truth"),
    ],
)
@pytest.mark.parametrize("path", POSTS)
def test_a_field_that_cannot_be_used_is_named(client: TestClient, path: str, sent: dict[str, Any], field: str) -> None:
    assert [name for name, _ in error_of(client.post(path, json=sent), 422)] == [field]


@pytest.mark.parametrize(
    ("path", "sent", "message"),
    [
        ("assess", {"answers": {"pain_groyne": "yes"}}, "Did you mean pain_groin"),
        ("explain", {"condition": "piriformis"}, "Did you mean piriformis_syndrome"),
        ("plan", {"kit": ["anvil"]}, "Choose from"),
        ("plan", {"stage": "later"}, "Choose one of"),
        ("plan", {"day": "tomorrow"}, "date"),
    ],
)
def test_an_error_says_what_to_do_next(client: TestClient, path: str, sent: dict[str, Any], message: str) -> None:
    assert message in error_of(client.post(f"/api/v1/{path}", json=sent), 422)[0][1]


@pytest.mark.parametrize("text", ['{"age": NaN}', "[" * 10_000, '{"age": 1' + "0" * 5000 + "}", "null", '"yes"', "[]"])
def test_json_that_is_no_case_is_refused(client: TestClient, text: str) -> None:
    error_of(client.post(POSTS[0], content=text, headers={"content-type": "application/json"}), 422)


def test_half_a_character_in_a_story_does_no_harm(client: TestClient) -> None:
    body = b'{"narrative": "it hurts \\ud800 deep in my bum"}'
    response = client.post(POSTS[0], content=body, headers={"content-type": "application/json"})
    assert response.status_code in (200, 422)


def test_the_api_needs_no_visit_and_leaves_none(client: TestClient) -> None:
    response = client.post("/api/v1/assess", json=CASES["danger"])
    assert response.status_code == 200
    assert "set-cookie" not in response.headers
    assert client.app.state.site.records.count() == 0  # type: ignore[attr-defined]


def test_another_site_is_given_no_leave_to_ask(client: TestClient) -> None:
    asked = client.options(
        "/api/v1/assess",
        headers={
            "origin": "https://elsewhere.example",
            "access-control-request-method": "POST",
            "access-control-request-headers": "content-type",
        },
    )
    assert asked.status_code == 405
    assert not [name for name in asked.headers if name.startswith("access-control-")]
