"""Age, and sex at birth: both change how likely each cause is."""

from __future__ import annotations

from dataclasses import replace

from fastapi import APIRouter, Request
from fastapi.responses import Response

from deepsix.case import OLDEST_AGE_YEARS
from deepsix.web.journey import address_before, next_address
from deepsix.web.rendering import NO_ERRORS, Errors, page
from deepsix.web.visiting import AForm, AVisitor, Visitor, go_to

STATION = "about-you"
router = APIRouter()


def _show(request: Request, visitor: Visitor, age: str, sex: str, errors: Errors = NO_ERRORS) -> Response:
    return page(
        request,
        "pages/about_you.html",
        age=age,
        sex=sex,
        errors=errors,
        back=address_before(visitor.visit, "/about-you"),
    )


@router.get("/about-you")
def show(request: Request, visitor: AVisitor) -> Response:
    """Ask for age and sex."""
    case = visitor.visit.case
    passed = STATION in visitor.visit.seen
    return _show(request, visitor, str(case.age or ""), case.sex or ("unsaid" if passed else ""))


@router.post("/about-you")
def take(request: Request, visitor: AVisitor, form: AForm) -> Response:
    """Take them; both may be left out."""
    age, sex = str(form.get("age", "")).strip(), str(form.get("sex", ""))
    errors = {}
    if age and not (age.isascii() and age.isdigit() and int(age) <= OLDEST_AGE_YEARS):
        errors["age"] = f"Enter an age in whole years, from 0 to {OLDEST_AGE_YEARS}, or leave it empty"
    if sex not in ("female", "male", "unsaid"):
        errors["sex"] = "Choose “Female”, “Male” or “I would rather not say”"
    if errors:
        return _show(request, visitor, age, sex, errors)
    case = replace(visitor.visit.case, age=int(age) if age else None, sex=sex if sex in ("female", "male") else None)  # type: ignore[arg-type]
    visit = visitor.visit.told(case).passed(STATION)
    visitor.keep(visit)
    return go_to(next_address(visitor.site, visit))
