"""Training files: read one, keep its sessions, and say what the log shows. Nothing else of the file is kept."""

from __future__ import annotations

import shutil
import tempfile
from datetime import tzinfo
from pathlib import Path
from typing import BinaryIO

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.datastructures import UploadFile

from deepsix.intake.training import Session, TrainingFileError, read_training_file, training_answers, training_facts
from deepsix.web.caring import AnyVisitor, care_of, visit_again
from deepsix.web.journey import next_address
from deepsix.web.presenting.training import ReadView, log_view, read_record
from deepsix.web.rendering import NO_ERRORS, Errors, page
from deepsix.web.visit import kept_under
from deepsix.web.visiting import AForm, Visitor, go_to

_SHOWN_NAME = 80  # letters of the name of a file
_PIECE_BYTES = 1 << 20
router = APIRouter()


def _show(request: Request, visitor: Visitor, errors: Errors = NO_ERRORS) -> Response:
    site = visitor.site
    care = care_of(visitor)
    last = site.records.draft(_read_key(visitor)) if visitor.key and not errors else None
    case = care.followed.assessment.case if care is not None else None
    return page(
        request,
        "pages/training.html",
        read=ReadView(**last) if last else None,
        view=log_view(site.knowledge, site.records.sessions(), case, site.clock()),
        has_result=care is not None,
        errors=errors,
    )


@router.get("/training")
def show(request: Request, visitor: AnyVisitor) -> Response:
    """Ask for a file, and show what the log says."""
    return _show(request, visitor)


@router.post("/training")
def take(request: Request, visitor: AnyVisitor, form: AForm) -> Response:
    """Read a file. Large ones come to a temporary file on the disk, and it is gone when this ends."""
    given = form.get("file")
    if not isinstance(given, UploadFile) or not given.filename:
        return _show(request, visitor, {"file": "Choose a file from your watch or app"})
    site = visitor.site
    name = Path(given.filename.replace("\\", "/")).name[:_SHOWN_NAME]
    zone = site.clock().astimezone().tzinfo
    assert zone is not None  # astimezone sets it
    try:
        sessions = _sessions(given.file, name, zone)
    except TrainingFileError as error:
        return _show(request, visitor, {"file": str(error)})
    fresh = site.records.save_sessions(sessions)
    site.records.keep_draft(_read_key(visitor), read_record(name, sessions, fresh))
    return go_to("/training")


def _sessions(file: BinaryIO, name: str, zone: tzinfo) -> tuple[Session, ...]:
    """Return what is in an uploaded file.

    Raises:
        TrainingFileError: It cannot be used; the message says why, under the name the person knows.
    """
    with tempfile.TemporaryDirectory(prefix="deepsix-") as folder:
        path = Path(folder) / "upload"
        with path.open("wb") as copy:
            file.seek(0)
            shutil.copyfileobj(file, copy, _PIECE_BYTES)
        try:
            return read_training_file(path, zone)
        except TrainingFileError as error:
            raise TrainingFileError(str(error).replace(path.name, name, 1)) from None


@router.post("/training/use")
def use(visitor: AnyVisitor, form: AForm) -> Response:
    """Take what the log answers into the answers, and look at the result again."""
    site = visitor.site
    care = care_of(visitor)
    if care is None:
        return go_to("/training")
    visit = visit_again(site, care.saved, site.visit(visitor.key) or visitor.visit, from_the_start=False)
    facts = training_facts(site.records.sessions(), site.clock())
    told = [answer for answer in training_answers(facts) if answer.finding not in visit.case.answers]
    visit = visit.told(visit.case.with_answers(*told))
    site.keep(visitor.key, visit)
    return go_to(next_address(site, visit))


def _read_key(visitor: Visitor) -> str:
    """Return where what was read last is kept, apart from the visit of the same browser."""
    return kept_under(f"training {visitor.key}")
