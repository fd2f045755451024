"""Reading XML piece by piece: nothing of the tree is kept, and hostile files are refused.

A document type is refused, and with it every entity: that is where XML bombs and reads of other files live. So are
deep nesting and single pieces (a tag with its attributes, a comment) longer than a limit, which the parser would have
to hold whole. Text longer than a figure or a time can be is dropped.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import IO, Protocol
from xml.parsers.expat import ExpatError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser, ParseError

from deepsix.intake.training.errors import TrainingFileError

CHUNK_BYTES = 64 * 1024
DEEPEST = 40
LONGEST_PIECE_BYTES = 1024 * 1024
LONGEST_TEXT = 256


class Listener(Protocol):
    """What is told of a document. Names come without their namespace; `path` ends with the element itself."""

    def start(self, path: list[str], attributes: Mapping[str, str]) -> None:
        """Hear that an element begins."""

    def end(self, path: list[str], text: str) -> None:
        """Hear that an element ends, and the text directly in it, '' when it is longer than a value can be."""


class _Target:
    """What the parser calls. Keeps the names of open elements and the text of the innermost."""

    def __init__(self, listener: Listener) -> None:
        self._listener = listener
        self._path: list[str] = []
        self._text: list[str] = []
        self._length = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._path.append(tag.rpartition("}")[2])
        if len(self._path) > DEEPEST:
            raise TrainingFileError(f"Its elements are nested more than {DEEPEST} deep, as no training file is.")
        self._text, self._length = [], 0
        self._listener.start(self._path, attributes)

    def data(self, text: str) -> None:
        self._length += len(text)
        if self._length <= LONGEST_TEXT:
            self._text.append(text)

    def end(self, tag: str) -> None:
        text = "".join(self._text).strip() if self._length <= LONGEST_TEXT else ""
        self._text, self._length = [], 0
        self._listener.end(self._path, text)
        self._path.pop()

    def close(self) -> None:
        """End of the document."""


def stream(file: IO[bytes], listener: Listener) -> None:
    """Read a document and tell a listener of it.

    Raises:
        TrainingFileError: It is not well-formed, breaks off, or is built to do harm.
    """
    parser = DefusedXMLParser(target=_Target(listener), forbid_dtd=True)
    fed = 0
    try:
        while chunk := file.read(CHUNK_BYTES):
            parser.feed(chunk)
            fed += len(chunk)
            if fed - max(parser.parser.CurrentByteIndex, 0) > LONGEST_PIECE_BYTES:
                raise TrainingFileError("A single piece of it is longer than 1 MB, as in no training file.")
        parser.close()
    except DefusedXmlException:
        raise TrainingFileError(
            "It declares a document type or entities, which training files never do and harmful files do."
        ) from None
    except (ParseError, ExpatError) as error:
        line = getattr(error, "position", (0, 0))[0]
        raise TrainingFileError(
            f"It is not whole XML (line {line}); it may have been cut short. Export it again."
        ) from None
    except (LookupError, UnicodeError):
        raise TrainingFileError("It names a character encoding that is not known. Export it again.") from None
