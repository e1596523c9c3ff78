"""Files as they arrive: written and hashed piece by piece, so that memory does not grow with their size."""

from __future__ import annotations

import hashlib
import logging
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from python_multipart import MultipartParser
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import parse_options_header

from nemo_widgets.catalogue import english
from nemo_widgets.media_types import in_words, is_taken
from nemo_widgets.private_files import create_private
from nemo_widgets.unread_types import unread

from .errors import FILE_TOO_LARGE, INVALID, UNSUPPORTED_FILE, Refused
from .limits import MOST_FILES
from .names import display_name, extension, form_name

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from python_multipart.multipart import MultipartCallbacks

__all__ = ["MultipartReceiver", "Received", "Sink", "check_name", "size_words"]

_log = logging.getLogger("nemo_widgets.studio.receive")
_MOST_AROUND = 1024 * 1024
"""Bytes of a form that belong to no file: its other fields, and what stands before and behind its parts."""
_TOO_LARGE = 413
_HEAD = 256
"""Bytes by which a file is known for what it is."""


@dataclass(frozen=True, slots=True)
class Received:
    """A file that arrived whole.

    `path` is its temporary place, `hash` the sha256 of its content, `link` that of the address it was fetched
    from, "" for a file that was sent. `shown` is that address as it may be told.
    """

    name: str
    path: Path
    size: int
    hash: str
    link: str = ""
    shown: str = ""

    @property
    def mark(self) -> str:
        """What it is known by when it comes again: the address, or the name and the content."""
        return self.link or f"{self.hash} {self.name}"


def check_name(name: str, head: bytes) -> None:
    """Check that a file of this name and with these first bytes may come in.

    Raises:
        Refused: 4001, neither its extension nor its content is that of any type.
    """
    if other := unread(head, f".{extension(name)}"):
        raise Refused(
            UNSUPPORTED_FILE,
            english("media.unread", name=name, what=english(other.what), instead=english(other.instead)),
        )
    if not is_taken(f".{extension(name)}", head, studio=True):
        raise Refused(UNSUPPORTED_FILE, english("media.type", name=name, types=in_words(studio=True)))


class Sink:
    """One file being written to a new `path`."""

    def __init__(self, path: Path, name: str, limit: int) -> None:
        self.name = name
        self._limit = limit
        self._path = path
        self._file = create_private(path)
        self._hash = hashlib.sha256()
        self._size = 0
        self._head: bytearray | None = bytearray()
        """The first bytes until there are enough of them to see what the file is."""

    def write(self, data: bytes) -> None:
        """Add a piece.

        Raises:
            Refused: 4002, the file is larger than it may be; 4001, it is of no type.
        """
        if self._head is not None:
            self._head += data[:_HEAD]
            if len(self._head) >= _HEAD:
                self._check()
        self._size += len(data)
        if self._size > self._limit:
            self.discard()
            raise Refused(
                FILE_TOO_LARGE, english("media.larger", name=self.name, size=size_words(self._limit))
            )
        self._file.write(data)
        self._hash.update(data)

    def finish(self) -> Received:
        """The whole file.

        Raises:
            Refused: 4001, it is empty, or of no type.
        """
        try:
            self._file.close()
        except OSError:
            self.discard()
            raise
        if not self._size:
            self.discard()
            raise Refused(UNSUPPORTED_FILE, english("media.nothing", name=self.name))
        if self._head is not None:
            self._check()
        return Received(self.name, self._path, self._size, self._hash.hexdigest())

    def _check(self) -> None:
        head, self._head = bytes(self._head or b""), None
        try:
            check_name(self.name, head)
        except Refused:
            self.discard()
            raise

    def discard(self) -> None:
        """Leave nothing on disk; never fails."""
        with suppress(OSError):  # what could not be written till now can't be now, either
            self._file.close()
        with suppress(OSError):
            self._path.unlink(missing_ok=True)


class MultipartReceiver:
    """The files of a multipart/form-data body, fed piece by piece from one thread at a time."""

    def __init__(self, content_type: str, part: Callable[[], Path], limit: int) -> None:
        """Make ready for a body. `part` gives each file a new place.

        Raises:
            Refused: 422, the header is that of no multipart form.
        """
        kind, options = parse_options_header(content_type)
        boundary = options.get(b"boundary", b"")
        if kind != b"multipart/form-data" or not boundary:
            raise Refused(INVALID, "An upload is multipart/form-data with a boundary, or JSON with urls.")
        self.files: list[Received] = []
        self._part, self._limit = part, limit
        self._around, self._parts = 0, 0
        self._sink: Sink | None = None
        self._field, self._value, self._disposition, self._ended = b"", b"", b"", False
        callbacks: MultipartCallbacks = {
            "on_part_begin": self._begin,
            "on_header_field": self._header_field,
            "on_header_value": self._header_value,
            "on_header_end": self._header_end,
            "on_headers_finished": self._headers,
            "on_part_data": self._data,
            "on_part_end": self._end,
            "on_end": self._finished,
        }
        try:
            self._parser = MultipartParser(boundary, callbacks)
            self._parser.logger = _log  # the library's own prints to standard error, a notebook's output
        except FormParserError as error:
            raise Refused(INVALID, f"The upload's header is broken: {error}") from None

    def feed(self, data: bytes) -> None:
        """Take the next piece of the body.

        Raises:
            Refused: 4001, 4002, 413 for a form that is too large, or 422 for what is none.
        """
        self._around += len(data)
        try:
            self._parser.write(data)
        except FormParserError as error:
            raise Refused(INVALID, f"The upload is no valid multipart form: {error}") from None
        if self._around > _MOST_AROUND:
            most = size_words(_MOST_AROUND)
            raise Refused(_TOO_LARGE, f"Beside its files the upload has more than {most}.")

    def finish(self) -> list[Received]:
        """The files, in their order.

        Raises:
            Refused: 422, the body broke off or held no file.
        """
        if not self._ended:
            raise Refused(INVALID, "The upload broke off before its end.")
        if not self.files:
            raise Refused(INVALID, "The upload holds no file; send it in the field `files`.")
        return self.files

    def discard(self) -> None:
        """Leave nothing on disk; never fails."""
        if self._sink is not None:
            self._sink.discard()
        for file in self.files:
            with suppress(OSError):
                file.path.unlink(missing_ok=True)

    def _begin(self) -> None:
        self._field, self._value, self._disposition = b"", b"", b""
        self._parts += 1
        if self._parts > 2 * MOST_FILES:
            raise Refused(INVALID, f"The upload has more than {2 * MOST_FILES} parts.")

    def _header_field(self, data: bytes, start: int, end: int) -> None:
        self._field += data[start:end]

    def _header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _header_end(self) -> None:
        if self._field.lower() == b"content-disposition":
            self._disposition = self._value
        self._field, self._value = b"", b""

    def _headers(self) -> None:
        _, options = parse_options_header(self._disposition)
        if b"filename" in options:  # a part without one is an ordinary form field and nothing to us
            name = display_name(form_name(options[b"filename"]))
            if len(self.files) >= MOST_FILES:
                raise Refused(INVALID, f"At most {MOST_FILES} files come in one request.")
            self._sink = Sink(self._part(), name, self._limit)

    def _data(self, data: bytes, start: int, end: int) -> None:
        if self._sink is not None:
            self._around -= end - start
            self._sink.write(data[start:end])

    def _end(self) -> None:
        if self._sink is not None:
            sink, self._sink = self._sink, None
            self.files.append(sink.finish())

    def _finished(self) -> None:
        self._ended = True


def size_words(size: int) -> str:
    """A limit for people: 500 MB, 1.5 MB, 200 KB, 1 byte."""
    for unit, name in ((1024 * 1024, "MB"), (1024, "KB")):
        if size >= unit:
            return f"{size / unit:,.4g} {name}"
    return f"{size} byte{'' if size == 1 else 's'}"
