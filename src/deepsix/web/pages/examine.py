"""The page for clinicians: enter findings, see the ranking move and why, and what to examine next.

What is entered here is an examination of its own (`web/examination.py`). It begins empty, or with a copy of what the
person told; either way the person's own visit is only read, never written.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException

from deepsix.case import OLDEST_AGE_YEARS, Setting, State
from deepsix.web.examination import Examination, examination_of, keep_examination
from deepsix.web.presenting.examine import exam_groups, examine_view, found, history_groups
from deepsix.web.rendering import NO_ERRORS, Errors, page
from deepsix.web.site import Site
from deepsix.web.visit import COOKIE
from deepsix.web.visiting import AForm, ASite, go_to

router = APIRouter()
_LONGEST_SEARCH = 80
_SETTINGS: dict[str, Setting] = {"community": "community", "clinic": "clinic"}


def _show(
    request: Request, site: Site, show: str, search: str, typed_age: str | None = None, errors: Errors = NO_ERRORS
) -> Response:
    key = request.cookies.get(COOKIE)
    examination, visit = examination_of(site, key), site.visit(key)
    case, knowledge = examination.case, site.knowledge
    without = site.weigh(case.without(examination.last), examination.setting) if examination.last else None
    listed = history_groups if show == "history" else exam_groups
    return page(
        request,
        "pages/examine.html",
        view=examine_view(knowledge, examination, site.weigh(case, examination.setting), without),
        examination=examination,
        age=str(case.age if case.age is not None else "") if typed_age is None else typed_age,
        groups=() if search else listed(knowledge, examination),
        found=found(knowledge, examination, search) if search else (),
        search=search,
        show=show,
        may_copy=visit is not None and bool(visit.case.answers),
        today=site.clock().astimezone().date(),
        errors=errors,
    )


@router.get("/examine")
def show(
    request: Request,
    site: ASite,
    show: Annotated[str, Query()] = "exam",
    q: Annotated[str, Query(max_length=_LONGEST_SEARCH)] = "",
) -> Response:
    """Show the examination as it stands. `q` searches the findings; `show=history` lists symptoms instead of tests."""
    return _show(request, site, "history" if show == "history" else "exam", q.strip())


def _back(form: FormData) -> Response:
    """Go back to the page as it was: the same list, the same search."""
    kept = {name: str(form.get(name, ""))[:_LONGEST_SEARCH] for name in ("show", "q")}
    query = urlencode({name: value for name, value in kept.items() if value})
    return go_to(f"/examine?{query}" if query else "/examine")


@router.post("/examine/begin")
def begin(request: Request, site: ASite, form: AForm) -> Response:
    """Begin anew: with nothing, or with a copy of what the person of this browser told."""
    key = request.cookies[COOKIE]
    visit = site.visit(key)
    setting = examination_of(site, key).setting
    fresh = Examination(setting=setting)
    if form.get("with") == "visit" and visit is not None:
        fresh = Examination(case=visit.case, setting=setting, copied=True)
    keep_examination(site, key, fresh)
    return go_to("/examine")


@router.post("/examine/about")
def take_about(request: Request, site: ASite, form: AForm) -> Response:
    """Take age, sex and setting."""
    key, age = request.cookies[COOKIE], str(form.get("age", "")).strip()
    if age and not (age.isascii() and age.isdigit() and int(age) <= OLDEST_AGE_YEARS):
        message = f"Enter an age in whole years, from 0 to {OLDEST_AGE_YEARS}, or leave it empty"
        return _show(request, site, "exam", "", age, {"age": message})
    examination = examination_of(site, key)
    sex = str(form.get("sex", ""))
    case = replace(
        examination.case,
        age=int(age) if age else None,
        sex=sex if sex in ("female", "male") else None,  # type: ignore[arg-type]
    )
    setting = _SETTINGS.get(str(form.get("setting", "")), examination.setting)
    keep_examination(site, key, replace(examination, case=case, setting=setting, last=""))
    return _back(form)


@router.post("/examine/finding")
def take_finding(request: Request, site: ASite, form: AForm) -> Response:
    """Take one finding: `set` is its id and yes, no, unsure, clear, or skip (it cannot be had here)."""
    key = request.cookies[COOKIE]
    name, _, state = str(form.get("set", "")).partition(":")
    known_question = any(entry.id == name for entry in site.knowledge.pages)
    if name not in site.knowledge.findings and not (known_question and state == "skip"):
        raise HTTPException(404)
    examination = examination_of(site, key)
    if state == "skip":
        examination = examination.leaving_out(name)
    elif state == "clear":
        examination = examination.cleared(name)
    elif state in list(State):
        examination = examination.entered(name, State(state))
    else:
        raise HTTPException(404)
    keep_examination(site, key, examination)
    return _back(form)
