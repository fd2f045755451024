"""The page for clinicians: the ranking moves with what is entered, and a person's own answers never do."""

from __future__ import annotations

import re
from typing import Any

import pytest
from fastapi.testclient import TestClient
from web_person import Person

from deepsix.case import Case, State, no, yes
from deepsix.diagnosis.engine import assess
from deepsix.knowledge import Knowledge
from deepsix.web.visit import COOKIE, Visit

SIDE = ("pain_hip_side", "worse_lying_on_side")


def enter(person: Person, *findings: str, state: str = "yes", **fields: str) -> Any:
    """Enter findings one after the other, as with scripts off."""
    person.open("/examine")
    for finding in findings:
        person.send("/examine/finding", set=f"{finding}:{state}", **fields)
    return person.page


def ranking(page: Any) -> list[tuple[str, float]]:
    part = page.text[page.text.index('id="ranking"') :]
    found = re.findall(r'data-condition="(\w+)".*?<data class="ranking__now" value="([\d.e-]+)"', part, re.DOTALL)
    return [(condition, float(p)) for condition, p in found]


def visit_of(client: TestClient) -> Visit:
    visit = client.app.state.site.visit(client.cookies[COOKIE])  # type: ignore[attr-defined]
    assert visit is not None
    return visit


def test_it_works_without_a_visit_and_ranks_nothing_before_there_is_something(person: Person) -> None:
    page = person.open("/examine")
    assert page.status_code == 200
    assert ranking(page) == []
    assert "Nothing entered speaks for any cause" in page.text


def test_the_ranking_is_that_of_the_core_in_the_chosen_setting(person: Person, knowledge: Knowledge) -> None:
    enter(person, *SIDE)
    enter(person, "pain_groin", state="no")
    for setting in ("clinic", "community"):
        page = person.send("/examine/about", age="54", sex="female", setting=setting)
        case = Case(54, "female", {**yes(*SIDE), **no("pain_groin")})
        expected = assess(knowledge, case, setting)  # type: ignore[arg-type]
        assert ranking(page) == [(c.condition, c.probability) for c in expected.causes[:6]]


def test_a_finding_moves_the_ranking_and_the_page_says_from_where(person: Person) -> None:
    before = dict(ranking(enter(person, *SIDE)))
    page = enter(person, "ex_trochanter_tender")
    after = dict(ranking(page))
    assert after["gluteal_tendinopathy"] > before["gluteal_tendinopathy"]
    assert f"up from {100 * before['gluteal_tendinopathy']:.0f}%" in page.text


def test_each_move_has_its_factor_and_its_source(person: Person) -> None:
    page = enter(person, *SIDE, "ex_trochanter_tender").text
    part = page[page.index('id="why-gluteal_tendinopathy"') :]
    part = part[: part.index("</ul>")]
    assert len(re.findall(r"odds [×÷]\d", part)) == len(re.findall(r'class="sources"', part)) >= 3


def test_a_finding_can_be_taken_back(person: Person) -> None:
    first = ranking(enter(person, *SIDE))
    assert ranking(enter(person, "ex_trochanter_tender")) != first
    assert ranking(enter(person, "ex_trochanter_tender", state="clear")) == first


def test_what_cannot_be_done_here_is_not_suggested_again(person: Person) -> None:
    page = enter(person, *SIDE).text
    suggested = re.search(r'value="(\w+):skip"', page)
    assert suggested
    again = person.send("/examine/finding", set=f"{suggested[1]}:skip").text
    assert f'value="{suggested[1]}:skip"' not in again


def test_the_most_telling_test_comes_first_with_its_expected_gain(person: Person) -> None:
    page = enter(person, *SIDE).text
    gains = [float(gain) for gain in re.findall(r'quiet">(\d\.\d\d) bits<', page)]
    assert gains == sorted(gains, reverse=True)
    assert gains[0] > 0


def test_nothing_entered_here_reaches_the_persons_own_visit(person: Person, client: TestClient) -> None:
    person.begin(story="Deep ache in my bum when I sit.")
    before = visit_of(client)
    enter(person, "ex_trochanter_tender", "numb_saddle")
    person.send("/examine/about", age="80", sex="male", setting="clinic")
    assert visit_of(client) == before


def test_the_persons_answers_come_in_only_when_asked_for_and_as_a_copy(person: Person, client: TestClient) -> None:
    person.begin(story="Deep ache in my bum when I sit.")
    own = visit_of(client)
    assert own.case.state("pain_buttock_deep_centre") is State.YES
    assert ranking(person.open("/examine")) == []
    page = person.send("/examine/begin", **{"with": "visit"})
    assert ranking(page)
    assert "began as a copy" in page.text
    enter(person, "pain_buttock_deep_centre", state="clear")
    assert visit_of(client) == own


def test_clearing_takes_everything_away_but_the_setting(person: Person) -> None:
    enter(person, *SIDE)
    person.send("/examine/about", age="54", sex="female", setting="community")
    page = person.send("/examine/begin", **{"with": "nothing"})
    assert ranking(page) == []
    assert 'value="54"' not in page.text
    assert '<option value="community" selected>' in page.text


def test_a_search_finds_tests_by_name_and_keeps_them_after_an_entry(person: Person) -> None:
    page = person.open("/examine?q=faber")
    names = re.findall(r'value="(ex_faber\w+):yes"', page.text)
    assert len(names) >= 3
    page = enter(person, names[0], q="faber")
    assert 'value="faber"' in page.text
    assert f'value="{names[0]}:clear" aria-pressed="true"' in page.text


def test_a_search_for_nothing_we_know_says_so(person: Person) -> None:
    assert "0 found" in person.open("/examine?q=<script>zzz").text
    assert "<script>zzz" not in person.page.text


def test_every_finding_there_is_can_be_reached(person: Person, knowledge: Knowledge) -> None:
    exam, history = person.open("/examine").text, person.open("/examine?show=history").text
    offered = set(re.findall(r'value="(\w+):yes"', exam + history))
    exams = {name for name, finding in knowledge.findings.items() if finding.kind == "exam"}
    assert exams <= offered
    assert {name for page in knowledge.pages for name in page.findings} <= offered


@pytest.mark.parametrize("sent", ["nonsense:yes", "ex_faber_positive:maybe", "", "danger:yes"])
def test_an_entry_that_is_none_is_refused(person: Person, sent: str) -> None:
    person.open("/examine")
    assert person.send("/examine/finding", set=sent).status_code == 404


def test_an_age_that_is_none_is_refused_and_stays_in_its_field(person: Person) -> None:
    person.open("/examine")
    page = person.send("/examine/about", age="abc", sex="", setting="clinic")
    assert page.status_code == 400
    assert 'value="abc"' in page.text
    assert 'href="#age"' in page.text


def test_the_letter_names_what_is_present_what_is_absent_and_the_ranking(person: Person) -> None:
    enter(person, *SIDE)
    page = enter(person, "pain_groin", state="no").text
    letter = re.search(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL)
    assert letter
    assert re.search(r"Present: .*outer", letter[1])
    assert re.search(r"Absent: .*groin", letter[1])
    assert "1. Gluteal tendinopathy" in letter[1]
    assert "you have" not in letter[1].lower()


def test_every_group_of_examination_findings_has_a_name(person: Person) -> None:
    titles = re.findall(r'id="group-\w+">\s*<summary><h3>(.*?)</h3>', person.open("/examine").text)
    assert len(titles) == len(set(titles)) >= 15
    assert all(titles)
