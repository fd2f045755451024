"""The result: how soon, what fits, why, what would change it, and the way on. Without scripts."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from html import unescape

import pytest
from fastapi.testclient import TestClient
from web_person import Person

from deepsix.case import Answer, Case, Origin, PainMap, State, no, yes
from deepsix.diagnosis.engine import assess
from deepsix.intake.story import read_story
from deepsix.knowledge import Knowledge
from deepsix.records.store import Records
from deepsix.web.visit import COOKIE, Asked, Visit, new_key

RUNNER = "Deep ache in my bum when I sit, worst the day after a hill run. No pins and needles."
SIDE = ("pain_hip_side", "worse_lying_on_side", "worse_stairs_up", "tender_outer_hip")


def visit_with(client: TestClient, case: Case, asked: tuple[Asked, ...] = ()) -> Visit:
    """Let the browser be in the middle of a visit with this case."""
    key = new_key()
    client.cookies.set(COOKIE, key)
    visit = Visit(case, ("danger", "about-you", "words", "where"), asked)
    client.app.state.site.keep(key, visit)  # type: ignore[attr-defined]
    return visit


def runner(knowledge: Knowledge) -> Case:
    danger = next(page for page in knowledge.pages if page.id == "danger")
    case = read_story(knowledge, RUNNER).add_to(Case(35, "female", {}, RUNNER))
    return case.with_answers(*no(*danger.findings).values())


def test_how_soon_comes_before_what_fits_and_that_before_why(client: TestClient, knowledge: Knowledge) -> None:
    visit_with(client, runner(knowledge))
    text = client.get("/result").text
    places = [text.index(mark) for mark in ('id="how-soon"', 'id="fits"', "Make my plan", 'id="others"', 'id="why"')]
    assert places == sorted(places)


def test_every_cause_is_told_in_words_with_its_interval_and_in_numbers(
    client: TestClient, knowledge: Knowledge
) -> None:
    case = runner(knowledge)
    visit_with(client, case)
    text = client.get("/result").text
    for cause in assess(knowledge, case).causes[:5]:
        part = text[text.index(f'data-condition="{cause.condition}"') :][:1800]
        assert re.search(r"[Aa]bout \d+ in \d+|[Nn]early certain|[Ll]ess than", part)
        assert f"between {100 * cause.low:.0f}% and {100 * cause.high:.0f}%" in part
        assert f'value="{cause.probability}"' in part


def test_the_page_never_says_you_have_a_cause(client: TestClient, knowledge: Knowledge) -> None:
    visit_with(client, runner(knowledge))
    for path in ("/result", "/result/causes/piriformis_syndrome", "/result/changes", "/report"):
        main = client.get(path).text.split("<main", 1)[1].split("</main>", 1)[0]
        told = unescape(re.sub(r"<[^>]+>", " ", main)).lower()
        assert not re.search(r"(?<!do )you have (?!not|none)", told), path


def test_a_danger_not_asked_is_named_with_the_way_to_answer_it(client: TestClient, knowledge: Knowledge) -> None:
    visit_with(client, read_story(knowledge, RUNNER).add_to(Case(35, "female", {}, RUNNER)))
    text = client.get("/result").text
    assert "holds only if you have none of" in text
    assert "numb skin" in text
    assert 'href="/danger"' in text
    assert "Why not sooner" not in text


def test_one_danger_left_unsure_is_named_in_the_sentence(client: TestClient, knowledge: Knowledge) -> None:
    case = runner(knowledge).with_answers(Answer("fever", State.UNSURE))
    visit_with(client, case)
    assert re.search(r"only if you have none of these:</strong> a fever", client.get("/result").text)


def test_with_nothing_that_speaks_for_a_cause_none_is_named(client: TestClient, knowledge: Knowledge) -> None:
    visit_with(client, Case(40, "male", no("fever", "pain_groin")))
    text = client.get("/result").text
    assert "We know too little" in text
    assert "data-condition" not in text
    assert client.get("/result/causes/hip_fracture", follow_redirects=False).headers["location"] == "/result"


def test_when_no_cause_stands_out_it_says_that_it_cannot_tell(client: TestClient) -> None:
    visit_with(client, Case(40, "male", {**yes("pain_buttock"), **no("fever")}))
    text = client.get("/result").text
    assert "We cannot tell yet" in text
    assert "Fits best" not in text


def test_an_emergency_is_told_first_and_its_reason_is_not_folded_away(client: TestClient) -> None:
    visit_with(client, Case(52, "male", yes("numb_saddle", "pain_low_back")))
    text = client.get("/result").text
    assert "Get emergency help now" in text
    assert re.search(r"<details[^>]* open>\s*<summary>Why this soon", text)
    assert "Make my plan" not in text


def test_each_reason_unfolds_to_its_source_or_says_that_it_is_our_estimate(
    client: TestClient, knowledge: Knowledge
) -> None:
    visit_with(client, Case(54, "female", yes(*SIDE)))
    text = client.get("/result/causes/gluteal_tendinopathy").text
    entries = re.findall(r'<li class="evidence.*?</li>', text, re.DOTALL)
    assert len(entries) >= 5
    assert all("Our estimate" in entry or "Source: " in entry for entry in entries)
    assert "doi:" in text.lower() or "10." in text
    assert re.search(r"odds of it [\d.]+ times higher", text)


def test_what_is_not_known_and_what_would_change_it_lead_to_the_very_question(
    client: TestClient, knowledge: Knowledge
) -> None:
    visit_with(client, runner(knowledge))
    addresses = set(re.findall(r'href="(/questions/\w+)"', client.get("/result").text))
    addresses |= set(re.findall(r'href="(/questions/\w+)"', client.get("/result/changes").text))
    assert len(addresses) >= 3
    for address in addresses:
        assert client.get(address).status_code == 200


def test_a_promised_change_comes_true(client: TestClient, knowledge: Knowledge) -> None:
    case = runner(knowledge)
    visit_with(client, case)
    text = client.get("/result/changes").text
    found = re.search(r"If yes to “([^”]+)”, you should ([^.]+)\..*?/questions/(\w+)", unescape(text), re.DOTALL)
    assert found
    after = assess(knowledge, case.with_answers(Answer(found[3], State.YES)))
    assert after.urgency.level > assess(knowledge, case).urgency.level


def test_a_muscle_that_fits_is_named_with_what_it_is_worked_out_from(client: TestClient, knowledge: Knowledge) -> None:
    visit_with(client, runner(knowledge))
    text = client.get("/result").text
    assert 'id="muscle"' in text
    assert "of its comfortable length" in text
    assert 'href="/result/muscles"' in text


def test_no_muscle_is_named_when_the_leading_cause_is_not_in_one(client: TestClient) -> None:
    visit_with(client, Case(72, "male", yes("pain_groin", "stiffness_morning_brief", "difficulty_socks_shoes")))
    assert 'id="muscle"' not in client.get("/result").text
    assert client.get("/result/muscles", follow_redirects=False).headers["location"] == "/hip"


def test_a_cause_there_is_not_has_no_page(client: TestClient, knowledge: Knowledge) -> None:
    visit_with(client, runner(knowledge))
    assert client.get("/result/causes/housemaids_knee").status_code == 404


def test_every_cause_has_a_page(client: TestClient, knowledge: Knowledge) -> None:
    visit_with(client, runner(knowledge))
    for name in knowledge.conditions:
        assert client.get(f"/result/causes/{name}").status_code == 200, name


def test_pressing_twice_keeps_one_assessment(client: TestClient, knowledge: Knowledge, records: Records) -> None:
    visit_with(client, runner(knowledge))
    person = Person(client)
    person.open("/result")
    person.send("/result/plan")
    person.open("/result")
    person.send("/result/plan")
    assert len(records.assessments()) == 1
    assert records.case(records.assessments()[0].case_id).case.story == RUNNER


def test_pressing_at_the_same_time_keeps_one_assessment(
    client: TestClient, knowledge: Knowledge, records: Records
) -> None:
    visit_with(client, runner(knowledge))
    person = Person(client)
    token = re.search(r'name="form_token" value="(\w+)"', person.open("/result").text)
    assert token
    with ThreadPoolExecutor(4) as pool:
        press = {"form_token": token[1]}
        sent = [pool.submit(client.post, "/result/plan", data=press, follow_redirects=False) for _ in range(4)]
        assert {answer.result().headers["location"] for answer in sent} == {"/plan"}
    assert len(records.assessments()) == 1


def test_a_changed_answer_makes_a_new_assessment_that_follows_the_first(
    client: TestClient, knowledge: Knowledge, records: Records
) -> None:
    visit_with(client, runner(knowledge))
    person = Person(client)
    person.open("/result")
    person.send("/result/plan")
    person.open("/about-you")
    person.send("/about-you", age="66", sex="female")
    person.open("/result")
    person.send("/result/plan")
    first, second = records.assessments()
    assert records.case(second.case_id).follows == first.case_id
    assert records.case(second.case_id).case.age == 66


def test_the_plan_needs_a_form_of_this_visit(client: TestClient, knowledge: Knowledge, records: Records) -> None:
    visit_with(client, runner(knowledge))
    assert client.post("/result/plan", data={"form_token": "0" * 32}).status_code == 403
    assert records.assessments() == ()


def test_two_people_with_the_same_answers_keep_their_own_words(
    client: TestClient, knowledge: Knowledge, records: Records
) -> None:
    for words in ("first words", "second words"):
        visit_with(client, Case(35, "female", yes("pain_buttock", "worse_sitting"), words))
        person = Person(client)
        person.open("/result")
        person.send("/result/plan")
    kept = [records.case(assessment.case_id).case.story for assessment in records.assessments()]
    assert kept == ["first words", "second words"]


def test_all_that_was_told_is_listed_with_the_way_to_change_it(client: TestClient, knowledge: Knowledge) -> None:
    sitting = next(page for page in knowledge.pages if page.id == "sitting")
    case = runner(knowledge).with_answers(
        Answer("worse_driving", State.YES, Origin.ASKED),
        Answer("pain_groin", State.YES, Origin.CHART),
        Answer("st_p4_self", State.UNSURE, Origin.ASKED),
    )
    asked = (Asked("sitting", sitting.findings), Asked("st_p4_self", ("st_p4_self",)))
    visit_with(client, Case(35, "female", case.answers, RUNNER, PainMap(places=frozenset({"groin"}))), asked)
    text = unescape(client.get("/answers").text)
    assert RUNNER in text
    for address in ("/about-you", "/danger", "/words", "/understood", "/where", "/questions/sitting"):
        assert f'href="{address}"' in text
    assert "Pain that is worse with driving" in text
    assert "Not sure" in text
    assert "Deep pain in the middle of the buttock" in text


def test_words_of_a_person_are_shown_as_words_and_nothing_else(client: TestClient) -> None:
    visit_with(client, Case(35, None, yes("pain_buttock"), "<script>alert(1)</script>"))
    for path in ("/answers", "/report"):
        assert "<script>alert" not in client.get(path).text
        assert "&lt;script&gt;alert" in client.get(path).text


@pytest.mark.parametrize("path", ["/result", "/result/changes", "/result/muscles", "/answers", "/report"])
def test_without_a_visit_one_is_sent_to_the_start(client: TestClient, path: str) -> None:
    assert client.get(path, follow_redirects=False).headers["location"] == "/?ended=1"


def test_the_answers_show_which_side_was_told(person: Person) -> None:
    person.begin()
    while person.path.startswith("/questions/"):
        offered = re.findall(r'name="offered" value="(\w+)"', person.page.text)
        if person.path == "/questions/side":
            person.send(person.path, offered=offered, answer="left")
            break
        ticked = "pain_buttock" if "pain_buttock" in offered else "none"
        given = ticked if f'value="{ticked}"' in person.page.text else "unsure"
        person.send(person.path, offered=offered, answer=given)
    shown = person.open("/answers")
    assert shown.status_code == 200
    assert "The left side" in shown.text
