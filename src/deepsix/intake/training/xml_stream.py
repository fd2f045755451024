"""Reading XML piece by piece: nothing of the tree is kept, and hostile files are refused.

A document type is refused as soon as it begins, and with it every entity: that is where XML bombs and reads of other
files live. So are deep nesting and single pieces (a tag with its attributes, a comment) longer than a limit, which the
parser would have to hold whole, and more different names than a limit, which it keeps. Text longer than a figure or a
time can be is dropped.

The parser of the standard library is used bare: building trees, or passing through a layer that could, takes a half
longer. What such layers forbid is forbidden here in three lines, see test_entities_and_document_types_are_refused.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import IO, NoReturn, Protocol
from xml.parsers import expat

from deepsix.intake.training.errors import TrainingFileError

CHUNK_BYTES = 64 * 1024
DEEPEST = 40
LONGEST_PIECE_BYTES = 1024 * 1024
LONGEST_TEXT = 256
MOST_NAMES = 2_000  # of elements and attributes; real files have under a hundred


class Listener(Protocol):
    """What is told of a document. Names come without their namespace; `path` ends with the element itself."""

    def start(self, path: list[str], attributes: Mapping[str, str]) -> None:
        """Hear that an element begins."""

    def end(self, path: list[str], text: str) -> None:
        """Hear that an element ends, and the text directly in it, '' when it is longer than a value can be."""


class _Target:
    """What the parser calls. Keeps the names of open elements and the text of the innermost."""

    def __init__(self, choose: Callable[[str], Listener]) -> None:
        self._choose = choose
        self._listener: Listener | None = None
        self._path: list[str] = []
        self._text: list[str] = []
        self._length = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        path, name = self._path, tag.rpartition(":")[2]
        if self._listener is None:
            self._listener = self._choose(name)
        path.append(name)
        if len(path) > DEEPEST:
            raise TrainingFileError(f"Its elements are nested more than {DEEPEST} deep, as no training file is.")
        if self._length:
            self._text, self._length = [], 0
        self._listener.start(path, attributes)

    def data(self, text: str) -> None:
        self._length += len(text)
        if self._length <= LONGEST_TEXT:
            self._text.append(text)

    def end(self, _: str) -> None:
        assert self._listener is not None  # the parser sees to it that what ends has begun
        text = "".join(self._text).strip() if 0 < self._length <= LONGEST_TEXT else ""
        if self._length:
            self._text, self._length = [], 0
        self._listener.end(self._path, text)
        self._path.pop()


def _refuse(*_: object) -> NoReturn:
    raise TrainingFileError(
        "It declares a document type or entities, which training files never do and harmful files do."
    )


def stream(file: IO[bytes], choose: Callable[[str], Listener]) -> None:
    """Read a document and tell a listener of it, chosen by the name of the outermost element.

    Raises:
        TrainingFileError: It is not well-formed, breaks off, or is built to do harm.
    """
    target, parser = _Target(choose), expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = target.start, target.end
    parser.CharacterDataHandler = target.data
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = parser.ExternalEntityRefHandler = _refuse
    fed = 0
    try:
        while chunk := file.read(CHUNK_BYTES):
            parser.Parse(chunk, False)
            fed += len(chunk)
            if fed - max(parser.CurrentByteIndex, 0) > LONGEST_PIECE_BYTES:
                raise TrainingFileError("A single piece of it is longer than 1 MB, as in no training file.")
            if len(parser.intern) > MOST_NAMES:
                raise TrainingFileError(f"It has more than {MOST_NAMES} different names, as no training file has.")
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise TrainingFileError(
            f"It is not whole XML (line {error.lineno}); it may have been cut short. Export it again."
        ) from None
    except (LookupError, UnicodeError):
        raise TrainingFileError("It names a character encoding that is not known. Export it again.") from None
