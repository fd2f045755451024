"""GPX or TCX: which of the two an XML file is, its outermost element says."""

from __future__ import annotations

from datetime import tzinfo
from typing import IO

from deepsix.intake.training.errors import TrainingFileError
from deepsix.intake.training.gpx import GpxListener
from deepsix.intake.training.sessions import Session
from deepsix.intake.training.tcx import TcxListener
from deepsix.intake.training.xml_stream import stream

_KINDS: dict[str, type[GpxListener] | type[TcxListener]] = {"gpx": GpxListener, "TrainingCenterDatabase": TcxListener}


def read_xml(file: IO[bytes], zone: tzinfo) -> tuple[Session, ...]:
    """Return the sessions of a GPX or TCX file.

    Raises:
        TrainingFileError: It cannot be read, is neither of the two, or holds no session with times.
    """
    chosen: list[GpxListener | TcxListener] = []

    def choose(outermost: str) -> GpxListener | TcxListener:
        if outermost not in _KINDS:
            raise TrainingFileError("It is XML, but neither GPX nor TCX. Export the activity again.")
        chosen.append(_KINDS[outermost](zone))
        return chosen[0]

    stream(file, choose)
    if not chosen[0].sessions:
        raise TrainingFileError(chosen[0].nothing)
    return tuple(chosen[0].sessions)
