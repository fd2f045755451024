"""People with a plan, in tests: their assessment is kept as the pages keep it, without the questions before it."""

from __future__ import annotations

import re
from typing import Any

from web_person import Person

from deepsix import Case, no, yes
from deepsix.web.journey import STATIONS
from deepsix.web.keeping import keep_assessment
from deepsix.web.visit import COOKIE, Visit
from deepsix.web.visiting import Visitor

BONE = ("pain_builds_with_impact", "pain_earlier_each_run", "worse_weight_bearing", "pain_groin")
SORE = Case(
    age=30,
    story="It aches deep in my bum.",
    answers={
        **yes("pain_buttock_deep_centre", "pain_next_day_peak", "worse_stairs_up", "worse_sitting", "runner"),
        **no(*BONE, "numbness_leg", "onset_pop_or_tear"),
    },
)
NUMB = Case(age=40, answers=yes("numb_saddle", "pain_low_back"))
WELL = {"danger": "none", "pain_now": "3", "pain_worst": "4", "pain_next_morning": "3", "pain_during": "2"}
BAD = {"danger": "none", "pain_now": "7", "pain_worst": "8", "pain_next_morning": "7", "pain_during": "6"}


def settle(person: Person, case: Case = SORE) -> Visit:
    """Keep the assessment of a case as the visit of this browser."""
    site: Any = person.client.app.state.site  # type: ignore[attr-defined]
    key = person.client.cookies[COOKIE]
    visit = Visit(case=case, seen=STATIONS)
    site.keep(key, visit)
    return keep_assessment(Visitor(site, key, visit))


def check_in(person: Person, **fields: Any) -> Any:
    """Send a check-in and return the page it leads to."""
    after = re.search(r'name="after" value="(\d+)"', person.open("/checkin").text)
    assert after
    return person.send("/checkin", after=after[1], **fields)


def text_of(page: Any) -> str:
    """The words of a page, without its tags and with single spaces."""
    main = page.text.split("<main", 1)[1].split("</main>")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))
