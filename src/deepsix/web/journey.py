"""The way through the pages: which comes next for a visit. Derived from what was told, so two tabs cannot disagree."""

from __future__ import annotations

from deepsix.diagnosis.question import Question, next_question
from deepsix.diagnosis.urgency import is_emergency
from deepsix.web import sides
from deepsix.web.site import Site
from deepsix.web.visit import Visit

STOP = "/stop"
RESULT = "/result"
# Passed in this order before the questions; each has a page at /NAME.
STATIONS = ("danger", "about-you", "where", "words")


def put_so_far(site: Site, visit: Visit) -> tuple[str, ...]:
    """Return ids of the questions of the knowledge base that were put, the station of the danger signs included."""
    pages = {entry.id for entry in site.knowledge.pages}
    stations = (name for name in visit.seen if name in pages)
    return (*(name for name in visit.asked_ids if name != sides.QUESTION), *stations)


def question_now(site: Site, visit: Visit) -> Question | None:
    """Return the question to put next, None when nothing left is worth asking."""
    put, case = put_so_far(site, visit), visit.case
    key = ("question", site.knowledge.version, case.age, case.sex, frozenset(case.answers.values()), frozenset(put))
    return site.remembered(key, lambda: next_question(site.knowledge, site.weigh(case), put))


def asks_side(site: Site, visit: Visit) -> bool:
    """Return whether the side is asked next: after the questions that always come first."""
    if sides.QUESTION in visit.asked_ids or not sides.may_ask_side(visit.case):
        return False
    question = question_now(site, visit)
    opening = {entry.id for entry in site.knowledge.pages if entry.opening}
    return question is None or question.id not in opening


def next_address(site: Site, visit: Visit) -> str:
    """Return the page that comes next. An emergency ends the questions: none is worth the wait."""
    if is_emergency(site.knowledge, site.weigh(visit.case).closed.case):
        return STOP
    for station in STATIONS:
        if station not in visit.seen:
            return f"/{station}"
    if asks_side(site, visit):
        return f"/questions/{sides.QUESTION}"
    question = question_now(site, visit)
    return RESULT if question is None else f"/questions/{question.id}"


def address_before(visit: Visit, here: str) -> str:
    """Return where Back leads from a station, a question, or the result."""
    way = [f"/{name}" for name in STATIONS] + [f"/questions/{entry.id}" for entry in visit.asked]
    if here in way:
        place = way.index(here)
        return way[place - 1] if place else "/"
    return way[-1]
