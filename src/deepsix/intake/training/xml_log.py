"""GPX or TCX: which of the two an XML file is, its outermost element says."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import tzinfo
from typing import IO

from deepsix.intake.training.errors import TrainingFileError
from deepsix.intake.training.gpx import GpxListener
from deepsix.intake.training.sessions import Session
from deepsix.intake.training.tcx import TcxListener
from deepsix.intake.training.xml_stream import stream


def read_xml(file: IO[bytes], zone: tzinfo) -> tuple[Session, ...]:
    """Return the sessions of a GPX or TCX file.

    Raises:
        TrainingFileError: It cannot be read, is neither of the two, or holds no session with times.
    """
    chooser = _Chooser(zone)
    stream(file, chooser)
    if not chooser.listener.sessions:
        raise TrainingFileError(chooser.listener.nothing)
    return tuple(chooser.listener.sessions)


class _Chooser:
    """Hands a document on to the listener for its kind."""

    def __init__(self, zone: tzinfo) -> None:
        self._zone = zone
        self.listener: GpxListener | TcxListener = GpxListener(zone)

    def start(self, path: list[str], attributes: Mapping[str, str]) -> None:
        if len(path) == 1:
            if path[0] not in ("gpx", "TrainingCenterDatabase"):
                raise TrainingFileError("It is XML, but neither GPX nor TCX. Export the activity again.")
            self.listener = GpxListener(self._zone) if path[0] == "gpx" else TcxListener(self._zone)
        self.listener.start(path, attributes)

    def end(self, path: list[str], text: str) -> None:
        self.listener.end(path, text)
