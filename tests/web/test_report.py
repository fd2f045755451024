"""The report for a clinician: everything on one or two pages, and nothing twice."""

from __future__ import annotations

import re
from html import unescape

from fastapi.testclient import TestClient
from web_person import Person

from deepsix.case import Answer, Case, State, no, yes
from deepsix.diagnosis.engine import assess, weigh
from deepsix.diagnosis.explanation import explain
from deepsix.diagnosis.question import finding_gains
from deepsix.knowledge import Knowledge
from deepsix.web.visit import COOKIE, Visit, new_key

TOLD = Case(
    54,
    "female",
    {
        **yes("pain_hip_side", "worse_lying_on_side", "worse_stairs_up", "weight_loss_unexplained"),
        **no("pain_groin", "fever"),
    },
    "It hurts on the side when I lie on it.",
).with_answers(Answer("feels_very_unwell", State.UNSURE))


def report(client: TestClient, case: Case) -> str:
    """Return the words of the report on a case."""
    client.cookies.set(COOKIE, key := new_key())
    client.app.state.site.keep(key, Visit(case, ("danger", "about-you", "words", "where")))  # type: ignore[attr-defined]
    main = client.get("/report").text.split("<main", 1)[1].split("</main>", 1)[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


def test_it_says_who_when_and_what_it_is_once(client: TestClient, knowledge: Knowledge) -> None:
    text = report(client, TOLD)
    assert "54-year-old woman" in text
    assert "2 March 2026" in text
    assert text.count("not a medical device") == 1
    assert knowledge.version in text


def test_it_holds_the_words_and_all_answers(client: TestClient, knowledge: Knowledge) -> None:
    case = TOLD
    text = report(client, case).lower()
    assert case.story.lower() in text
    for answer in case.answers.values():
        assert knowledge.findings[answer.finding].name.lower() in text


def test_the_differential_has_the_figures_of_the_core(client: TestClient, knowledge: Knowledge) -> None:
    text = report(client, TOLD).lower()
    for cause in assess(knowledge, TOLD).causes[:6]:
        entry = knowledge.conditions[cause.condition]
        figures = f"{100 * cause.probability:.0f}% {100 * cause.low:.0f}–{100 * cause.high:.0f}%"
        assert f"{entry.clinical_name} {entry.icd10cm} {figures}".lower() in text


def test_each_finding_that_moved_it_has_its_factor(client: TestClient, knowledge: Knowledge) -> None:
    text = report(client, TOLD)
    weighed = weigh(knowledge, TOLD)
    strongest = explain(knowledge, weighed, assess(knowledge, TOLD).causes[0].condition).speaks_for[0]
    factor = 2.718281828459045**strongest.log_odds
    name = knowledge.findings[strongest.finding].name
    assert re.search(rf"{re.escape(name[1:])} ×{factor:.1f}".replace(r"\ ", " "), text)


def test_a_danger_sign_not_asked_is_never_told_as_absent(client: TestClient, knowledge: Knowledge) -> None:
    text = report(client, TOLD)
    part = text[text.index("Danger signs") :]
    not_asked = part[part.index("Not asked") : part.index("Absent")]
    absent = part[part.index("Absent") : part.index("In the person")]
    assert "numb skin" in not_asked
    assert "numb skin" not in absent
    assert "a fever" in absent


def test_the_tests_suggested_are_those_expected_to_tell_most(client: TestClient, knowledge: Knowledge) -> None:
    text = report(client, TOLD).lower()
    exams = [finding for finding in knowledge.findings.values() if finding.kind == "exam"]
    gains = finding_gains(weigh(knowledge, TOLD), exams)
    best = sorted(zip(gains, exams, strict=True), key=lambda pair: -pair[0])[:6]
    part = text[text.index("examination expected to tell most") :]
    places = [part.index(f"{finding.name} {finding.method}".lower()) for _, finding in best]
    assert places == sorted(places)


def test_the_plan_comes_in_once_there_is_one(client: TestClient, knowledge: Knowledge) -> None:
    assert "Plan so far" not in report(client, TOLD)
    person = Person(client)
    person.open("/result")
    person.send("/result/plan")
    assert "Plan so far" in person.open("/report").text


def test_with_too_little_told_nothing_is_ranked(client: TestClient) -> None:
    text = report(client, Case(40, "male", no("fever")))
    assert "Too little was told to rank any cause" in text
    assert "Examination expected" not in text


def test_for_a_child_it_says_so(client: TestClient) -> None:
    assert "9-year-old boy" in report(client, Case(9, "male", yes("pain_groin")))
