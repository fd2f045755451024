"""The interview on the pages: what the questions show, the story and its correction, the stop, and rough handling."""

from __future__ import annotations

import html
import re
import tomllib
from importlib.resources import files

import pytest
from fastapi.testclient import TestClient
from web_person import Person, SetClock

from deepsix.case import Answer, Case, Origin, State
from deepsix.diagnosis.question import limits_of
from deepsix.knowledge import Knowledge
from deepsix.records.store import Records
from deepsix.web import sides
from deepsix.web.presenting.asking_data import asking, questions_left, tick_labels
from deepsix.web.presenting.question import moving_causes, progress_of
from deepsix.web.presenting.self_test import self_test_view
from deepsix.web.presenting.story import Understood, pieces_of, put_right
from deepsix.web.site import SETTING
from deepsix.web.visit import Visit, visit_from_record, visit_record

DESK = "Pain on the outside of my left hip for 2 months. Worst lying on that side and climbing stairs."


def told(person: Person) -> list[str]:
    return re.findall(r'name="offered" value="(\w+)"', person.page.text)


def checked(text: str) -> list[str]:
    return re.findall(r'value="(\w+)"[^>]* checked', text)


def to_words(person: Person, story: str, danger: str = "none") -> None:
    person.open("/")
    person.send("/start")
    person.send("/danger", danger=danger)
    person.send("/about-you", age="45", sex="female")
    if person.path == "/where":
        person.send("/where", skip="yes")
    person.send("/words", story=story)


# --- what the questions show


def test_every_finding_to_tick_has_a_short_label_that_starts_with_a_capital(knowledge: Knowledge) -> None:
    paged = {name for page in knowledge.pages for name in page.findings}
    labels = tick_labels()
    assert paged == set(labels)
    assert [
        label for label in labels.values() if not label[0].isupper() or label.endswith(".") or len(label) > 90
    ] == []


def test_no_question_offers_the_same_words_twice(knowledge: Knowledge) -> None:
    for page in knowledge.pages:
        labels = [tick_labels()[name] for name in page.findings]
        assert len(set(labels)) == len(labels), page.id


def test_the_words_of_the_interview_name_findings_that_exist(knowledge: Knowledge) -> None:
    side, between, also = asking()["side"], asking()["in_between"], asking()["call"]["also"]
    assert {*side["of"], side["both"], side["swaps"], *also} <= set(knowledge.findings)
    pages = {page.id: page for page in knowledge.pages}
    assert all(pages[name].choose_one and words["after"] in pages[name].findings for name, words in between.items())


def test_every_self_test_has_a_picture_that_takes_its_colours_from_the_theme(knowledge: Knowledge) -> None:
    tests = [finding.id for finding in knowledge.findings.values() if finding.kind == "self_test"]
    for name in tests:
        for side in ("left", "right"):
            view = self_test_view(name, side)
            assert 'class="posed__near"' in view.figure
            assert "style=" not in view.figure
    kept = tomllib.loads((files("deepsix.web") / "data" / "self_tests.toml").read_text(encoding="utf-8"))
    assert set(kept) == set(tests)


def test_a_hold_that_is_counted_is_the_one_its_steps_name(knowledge: Knowledge) -> None:
    in_words = {5: "five", 10: "ten"}
    for finding in knowledge.findings.values():
        if finding.kind == "self_test" and self_test_view(finding.id).hold_s:
            seconds = self_test_view(finding.id).hold_s
            steps = " ".join(finding.steps)
            assert re.search(rf"\b({seconds}|{in_words.get(seconds, seconds)}) seconds", steps), finding.id


def test_a_self_test_shows_its_stop_rule_steps_and_countdown(person: Person, knowledge: Knowledge) -> None:
    person.begin()
    page = html.unescape(person.open("/questions/st_single_leg_stance_30s").text)
    finding = knowledge.findings["st_single_leg_stance_30s"]
    assert page.index(finding.stop) < page.index(finding.steps[0]) < page.index('name="answer"')
    assert 'data-timer="30"' in page
    assert "would rather not" in page


def test_a_self_test_that_was_not_done_counts_neither_way(person: Person) -> None:
    person.begin()
    name = "st_single_leg_stance_30s"
    person.send(f"/questions/{name}", offered=name, answer="unsure")
    assert checked(person.open(f"/questions/{name}").text) == ["unsure"]


def test_an_answer_in_between_can_be_given_to_how_bad_it_is(person: Person) -> None:
    person.begin()
    page = person.open("/questions/severity").text
    assert page.index("Mild: 0") < page.index("In between") < page.index("Bad: 7")
    person.send("/questions/severity", offered=told(person), answer="none")
    assert checked(person.open("/questions/severity").text) == ["none"]


def test_none_is_no_answer_where_the_choices_leave_nothing_out(person: Person) -> None:
    person.begin()
    person.open("/questions/how_long")
    assert person.send("/questions/how_long", offered=told(person), answer="none").status_code == 400


def test_a_tick_beside_none_of_these_is_sent_back_with_both_kept(person: Person) -> None:
    person.begin()
    offered = told(person)
    again = person.send(person.path, offered=offered, answer=[offered[0], "none"])
    assert again.status_code == 400
    assert set(checked(again.text)) == {offered[0], "none"}


def test_what_is_left_never_exceeds_what_may_be_asked(knowledge: Knowledge) -> None:
    most = limits_of(knowledge).most_questions
    for asked in range(most + 3):
        left = progress_of(knowledge, asked)
        assert 1 <= left.fewest <= left.most <= max(most - asked, 1)
        assert 0 <= left.done < 1


def test_what_is_left_is_what_was_measured(knowledge: Knowledge) -> None:
    low, high = questions_left()[8]
    left = progress_of(knowledge, 8)
    assert (left.fewest, left.most) == (low, high)


def test_causes_move_against_what_they_were(person: Person, client: TestClient, knowledge: Knowledge) -> None:
    site = client.app.state.site  # type: ignore[attr-defined]
    weighed = site.weigh(Case(), SETTING)
    now = moving_causes(knowledge, weighed, ())
    assert {cause.moved for cause in now} == {"same"}
    first, second = now[0], now[1]
    swapped = ((second.id, 0.9), (first.id, 0.0001 + first.value / 3))
    moved = moving_causes(knowledge, weighed, swapped)
    assert (moved[0].moved, moved[0].place_before) == ("up", 1)
    assert (moved[1].moved, moved[1].place_before) == ("down", 0)
    assert moved[2].moved == "new"


def test_likely_causes_are_closed_until_one_wants_to_look_and_then_stay_open(person: Person) -> None:
    person.begin()
    assert re.search(r"<details[^>]*data-moving>", person.page.text)
    person.client.cookies.set("deepsix_causes", "open")
    assert re.search(r"<details[^>]*data-moving open>", person.open(person.path).text)


def test_how_causes_stood_before_survives_being_kept() -> None:
    visit = Visit(before=(("hip_osteoarthritis", 0.25),))
    assert visit_from_record(visit_record(visit)) == visit
    older = {name: value for name, value in visit_record(visit).items() if name != "before"}
    assert visit_from_record(older) == Visit()


# --- the side


def yes_to(*names: str, side: str = "") -> Case:
    return Case(answers={name: Answer(name, State.YES, side=side) for name in names})  # type: ignore[arg-type]


def test_the_side_is_asked_only_where_it_matters_and_nothing_told_it() -> None:
    assert sides.may_ask_side(yes_to("pain_hip_side"))
    assert not sides.may_ask_side(yes_to("pain_hip_side", side="left"))
    assert not sides.may_ask_side(yes_to("pain_tailbone"))
    assert not sides.may_ask_side(yes_to("pain_hip_side", "pain_both_sides"))


@pytest.mark.parametrize("given", ["left", "right", "both", "swaps", "middle", "unsure"])
def test_a_side_that_was_chosen_is_shown_as_chosen(given: str) -> None:
    case = yes_to("pain_hip_side", "pain_buttock")
    case = case.with_answers(*sides.with_side(case, given))
    assert sides.chosen_side(case) == given


def test_the_side_is_asked_once_after_the_first_questions(person: Person) -> None:
    person.begin()
    asked = []
    while person.path.startswith("/questions/"):
        name = person.path.rsplit("/", 1)[1]
        asked.append(name)
        offered = told(person)
        ticks = {"where_back": ["pain_buttock"], "side": ["left"]}
        choice = ticks.get(name) or (["none"] if 'value="none"' in person.page.text else ["unsure"])
        person.send(person.path, offered=offered, answer=choice)
    assert asked.count("side") == 1
    assert asked.index("how_began") < asked.index("side")
    assert "left" in checked(person.open("/questions/side").text)


# --- the story


def test_what_was_understood_is_shown_marked_in_the_persons_words(person: Person) -> None:
    to_words(person, DESK)
    assert person.path == "/understood"
    assert "<mark>outside of my left hip</mark>" in person.page.text
    assert "You said yes to" in person.page.text


def test_marked_pieces_put_together_are_the_whole_text() -> None:
    text = "ache ache in my bum and deep ache"
    read = [
        Understood("a", "A", "yes", "ache in my bum"),
        Understood("b", "B", "yes", "in my bum and"),
        Understood("c", "C", "unsaid", "deep"),
    ]
    pieces = pieces_of(text, read)
    assert "".join(piece.text for piece in pieces) == text
    assert [piece.text for piece in pieces if piece.marked] == ["ache in my bum and"]


def test_what_was_put_right_stays_right_when_the_words_change(person: Person) -> None:
    to_words(person, DESK)
    person.send("/understood", pain_hip_side="no", worse_stairs_up="unsaid")
    person.open("/words")
    person.send("/words", story=DESK + " It began slowly.")
    shown = person.page.text
    assert re.search(r'name="pain_hip_side" type="radio" value="no" checked', shown)
    assert re.search(r'name="worse_stairs_up" type="radio" value="unsaid" checked', shown)


def test_a_sign_of_danger_in_the_words_against_the_ticks_has_to_be_settled(person: Person) -> None:
    to_words(person, "My hip hurts. I have a fever of 39.5.")
    assert "Which is right?" in person.page.text
    assert not re.search(r'name="fever"[^>]*checked', person.page.text)
    again = person.send("/understood")
    assert again.status_code == 400
    assert 'href="#fever-yes"' in again.text
    settled = person.send("/understood", fever="yes")
    assert "needs someone today" in settled.text


def test_words_that_would_be_an_emergency_say_so_above_the_question_which_is_right(person: Person) -> None:
    to_words(person, "I am numb between my legs and my bum hurts.")
    assert "Which is right?" in person.page.text
    assert "get emergency help now" in person.page.text
    assert person.send("/understood", numb_saddle="yes").url.path == "/stop"


def test_words_against_the_ticks_that_are_no_emergency_raise_no_alarm(person: Person) -> None:
    to_words(person, "My hip hurts. I have a fever of 39.5.")
    assert "get emergency help now" not in person.page.text


def test_a_question_says_what_the_words_have_told_of_it(person: Person) -> None:
    to_words(person, "A deep ache in my right buttock.")
    person.send("/understood")
    assert person.path == "/questions/where_back"
    assert "You have told us: deep pain in the middle of the buttock" in person.page.text
    assert 'value="pain_buttock_deep_centre"' not in person.page.text


def test_a_contradiction_that_was_settled_as_no_is_not_asked_again(person: Person) -> None:
    to_words(person, "My hip hurts. I have a fever of 39.5.")
    person.send("/understood", fever="no")
    shown = person.open("/understood").text
    assert "Which is right?" not in shown
    assert re.search(r'name="fever" type="radio" value="no" checked', shown)


def test_another_language_is_told_kindly_and_the_questions_still_come(person: Person) -> None:
    to_words(person, "Mir tut seit drei Wochen die Hüfte weh, vor allem wenn ich lange im Büro sitzen muss.")
    assert "only read English" in person.page.text
    person.send("/understood")
    assert person.path.startswith("/questions/")


def test_a_story_about_a_child_is_read_as_the_childs(person: Person) -> None:
    to_words(person, "My daughter is 7 and limps. Her hip hurts when she walks.")
    assert "about your child" in person.page.text


# --- the stop


def test_the_stop_page_says_what_to_tell_and_leads_back_to_the_tick(person: Person) -> None:
    person.begin(danger="numb_saddle")
    text = person.page.text
    assert "What to say on the phone" in text
    assert 'href="/danger"' in text
    person.open("/danger")
    assert "numb_saddle" in checked(person.page.text)
    person.send("/danger", danger="none")
    assert person.path != "/stop"


def test_danger_read_from_the_words_leads_back_to_the_words(person: Person) -> None:
    person.open("/")
    person.send("/start")
    person.send("/danger", danger="none")
    person.send("/about-you", age="45", sex="female")
    if person.path == "/where":
        person.send("/where", skip="yes")
    person.send("/words", story="My hip hurts and since this morning my urine is dark like cola.")
    assert person.path == "/stop"
    assert 'href="/understood#dark_urine"' in person.page.text
    person.open("/understood")
    person.send("/understood", dark_urine="unsaid")
    assert person.path != "/stop"


def test_danger_ticked_in_a_question_leads_back_to_that_question(person: Person) -> None:
    person.begin()
    person.open("/questions/unwell")
    person.send("/questions/unwell", offered=["dark_urine", "appetite_loss"], answer="dark_urine")
    assert person.path == "/stop"
    assert 'href="/questions/unwell"' in person.page.text
    assert person.open("/result").status_code == 200


# --- rough handling


def test_what_is_typed_is_never_taken_for_code(person: Person) -> None:
    bad = "</textarea><script>alert(1)</script> my hip hurts \"><img src=x onerror=alert(1)> when I sit'"
    to_words(person, bad)
    for address in ("/understood", "/words", "/danger", "/result"):
        text = person.open(address).text
        assert "<script>alert" not in text
        assert "<img src=x" not in text
    assert html.unescape(re.search(r"<textarea[^>]*>\n?(.*?)</textarea>", person.open("/words").text, re.S)[1]) == bad  # type: ignore[index]


@pytest.mark.parametrize("letters", [10_000, 10_001])
def test_a_story_may_have_ten_thousand_letters_and_is_kept_when_it_has_more(person: Person, letters: int) -> None:
    text = ("My hip aches when I sit. " * 500)[:letters]
    text = text[:-1] + "x"
    to_words(person, text)
    if letters > 10_000:
        assert person.page.status_code == 400
        assert text in person.page.text
    else:
        assert person.path == "/understood"


def test_ten_million_letters_are_refused_kindly(person: Person) -> None:
    person.begin()
    answer = person.send("/words", story="a" * 10_000_000)
    assert answer.status_code == 413
    assert "too much to send" in answer.text


def test_a_form_of_a_visit_that_is_gone_gives_back_what_was_typed(
    person: Person, records: Records, set_clock: SetClock
) -> None:
    person.begin()
    person.open("/words")
    set_clock.pass_days(31)
    records.drop_drafts_before(set_clock.now)
    answer = person.send("/words", story="Deep ache <b>here</b>")
    assert answer.status_code == 410
    assert "Deep ache &lt;b&gt;here&lt;/b&gt;" in answer.text


def test_an_unknown_visit_is_sent_to_the_start(client: TestClient) -> None:
    client.cookies.set("deepsix_visit", "not-a-key-of-ours")
    assert client.get("/questions").url.path == "/"


def test_two_tabs_may_answer_the_same_question_and_the_last_answer_holds(person: Person) -> None:
    person.begin()
    first, page, offered = person.path, person.page, told(person)
    person.send(first, offered=offered, answer=offered[0])
    person.page = page  # the other tab, still showing the same question
    person.send(first, offered=offered, answer=offered[1])
    assert checked(person.open(first).text) == [offered[1]]


def test_an_older_tab_may_answer_its_question_after_the_other_went_on(person: Person) -> None:
    person.begin()
    page, first = person.page, person.path
    offered = told(person)
    person.send(first, offered=offered, answer="none")
    second = person.path
    person.page = page
    person.send(first, offered=offered, answer="none")
    assert person.path == second


def test_going_back_after_the_result_changes_the_answer_and_comes_to_a_result_again(person: Person) -> None:
    person.begin(story=DESK)
    person.answer_all()
    assert person.path == "/result"
    back = re.search(r'nhsuk-back-link" href="(/questions/\w+)"', person.page.text)
    assert back
    person.open(back[1])
    offered = told(person)
    person.send(back[1], offered=offered, answer="unsure")
    person.answer_all()
    assert person.path == "/result"


def test_a_question_that_does_not_exist_is_no_page(person: Person) -> None:
    person.begin()
    assert person.open("/questions/no_such_question").status_code == 404


def test_an_answer_that_was_never_offered_is_not_taken(person: Person, knowledge: Knowledge) -> None:
    person.begin()
    foreign = next(f.id for f in knowledge.findings.values() if f.kind == "exam")
    assert person.send(person.path, offered=[foreign], answer=foreign).status_code == 400


def test_an_answer_put_right_keeps_where_it_came_from() -> None:
    case = Case(answers={"fever": Answer("fever", State.NO, Origin.ASKED)}, story="x")
    right = put_right(case, [Understood("fever", "Fever", "", "fever")], {"fever": "yes"})
    assert right.answers["fever"] == Answer("fever", State.YES, Origin.ASKED, "fever")


def test_ticks_of_a_page_that_was_open_too_long_are_not_shown_as_words_to_keep(person: Person) -> None:
    person.begin()
    offered = told(person)
    person.client.cookies.clear()
    answer = person.send(person.path, offered=offered, answer="none")
    assert answer.status_code in (403, 410)
    assert "had typed" not in answer.text
    assert offered[0] not in answer.text
