"""My data: everything that is kept, one file with all of it, and erasing for good."""

from __future__ import annotations

import json

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from deepsix.records.errors import LockedRecordsError, NoSuchRecordError
from deepsix.records.exporting import everything
from deepsix.web.caring import today
from deepsix.web.presenting.my_data import (
    RecordView,
    assessment_record_view,
    checkin_record_view,
    kept_view,
    plan_record_view,
)
from deepsix.web.rendering import NO_ERRORS, Errors, page, set_key
from deepsix.web.site import Site
from deepsix.web.visit import new_key
from deepsix.web.visiting import AForm, ASite, go_to

router = APIRouter()


@router.get("/my-data")
def show(request: Request, site: ASite) -> Response:
    """Show all that is kept."""
    view = kept_view(site.knowledge, site.records)
    return page(request, "pages/my_data.html", view=view, place=str(site.records.place))


@router.get("/my-data/export")
def export(site: ASite) -> Response:
    """Give everything as one open file."""
    text = json.dumps(everything(site.records, site.clock()), indent=1, ensure_ascii=False, allow_nan=False)
    headers = {"content-disposition": f'attachment; filename="deepsix-{today(site)}.json"'}
    return Response(text, media_type="application/json; charset=utf-8", headers=headers)


def _show_erase(request: Request, site: Site, errors: Errors = NO_ERRORS) -> Response:
    counted = site.records.count()
    return page(
        request, "pages/erase.html", count=counted, place=str(site.records.place), errors=errors, back="/my-data"
    )


@router.get("/my-data/erase")
def ask_erase(request: Request, site: ASite) -> Response:
    """Ask whether to erase everything."""
    return _show_erase(request, site)


@router.post("/my-data/erase")
def erase(request: Request, site: ASite, form: AForm) -> Response:
    """Erase everything for good, with what this program holds in memory and the key of the browser."""
    if form.get("sure") != "yes":
        return _show_erase(request, site, {"sure": "Tick the box if you want to erase everything"})
    try:
        with site.saving:
            site.records.erase()
    except LockedRecordsError as error:
        return _show_erase(request, site, {"sure": str(error)})
    finally:
        site.forget_all()
    response = go_to("/my-data/erased")
    set_key(response, new_key())
    return response


@router.get("/my-data/erased")
def show_erased(request: Request, site: ASite) -> Response:
    """Say that it is gone."""
    return page(request, "pages/erased.html", place=str(site.records.place))


@router.get("/my-data/{kind}/{number}")
def show_record(request: Request, site: ASite, kind: str, number: int) -> Response:
    """Show one assessment, plan or check-in in full."""
    view = _record(site, kind, number)
    return page(request, "pages/record.html", view=view, back="/my-data")


def _record(site: Site, kind: str, number: int) -> RecordView:
    """Return a record in words.

    Raises:
        HTTPException: 404 when there is none of that number, or no such kind.
    """
    knowledge, records = site.knowledge, site.records
    if kind == "assessments":
        try:
            saved = records.assessment(number)
        except NoSuchRecordError:
            raise HTTPException(404) from None
        return assessment_record_view(knowledge, saved, records.case(saved.case_id))
    for plan in records.plans() if kind == "plans" else ():
        if plan.id == number:
            return plan_record_view(knowledge, plan)
    for checkin in records.checkins() if kind == "checkins" else ():
        if checkin.id == number:
            return checkin_record_view(knowledge, checkin)
    raise HTTPException(404)
