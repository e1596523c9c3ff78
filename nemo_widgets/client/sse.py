"""Server-sent events by the WHATWG rules (HTML §9.2.6): bytes in, messages out, no network.

httpx-sse opens the stream and checks what it is; its parsing differs from the rules in places (a leading BOM
loses the first event, `charset` is obeyed, `retry` takes any number), so its bytes are decoded here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from nemo_widgets.catalogue import say
from nemo_widgets.errors import EventTooLarge

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Decoder", "Message"]

_BOM = b"\xef\xbb\xbf"
_SLICE = 64 * 1024
PAGE = r"<(?:!doctype|html|head|body|\?xml)\b"
"""How a page begins."""
_PAGE = re.compile(PAGE.encode(), re.IGNORECASE)
_DIGITS = re.compile(rb"[0-9]+")
_MOST_DIGITS = 4000
"""Python itself refuses to read longer numbers."""
STRAY = "\n"
"""In place of an event's name, which can't be this: the data are lines of a body that is no event stream."""
MOST = 16 * 1024 * 1024


class Message(NamedTuple):
    """One message; or with `data` None mere activity: a comment, or a block that dispatches nothing."""

    data: str | None
    event: str = "message"
    id: str = ""


ACTIVITY = Message(None)
_message = tuple.__new__
"""Makes a Message of a tuple of all its fields, in half the time: nearly all of an answer goes this way."""


class Decoder:
    """Decodes one stream. `feed` it whatever arrives; what is unfinished is given out by `end` alone.

    Lines are looked at one by one only where they have to be: a block that lies whole in what arrived, and is
    one line of data as nearly all are, is taken out in one piece.

    Attributes:
        retry_ms: the last reconnection time that the stream named, or None.
    """

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._line = bytearray()
        self._data = bytearray()
        self._event = b""
        self._id = ""
        self._fields = 0
        self._at_start = True
        self._stray: bytearray | None = bytearray()
        """What came in lines of no field, as long as nothing else came."""
        self._after_cr = False
        # A block within one slice can't be too large, unless the limit is smaller than a slice.
        self._careful = most < _SLICE
        self._open = True
        """Whether lines have to be looked at one by one: a line, a block or the BOM may be under way."""
        self.retry_ms: int | None = None

    def feed(self, chunk: bytes) -> Iterator[Message]:
        """The messages that `chunk` completes. Has to be run to its end before the next chunk.

        Raises:
            EventTooLarge: one message is larger than `most` bytes; the stream is of no use any more.
        """
        return self._slice(chunk) if len(chunk) <= _SLICE else self._slices(chunk)

    def end(self) -> list[Message]:
        """The message that was not finished, once the stream is at its end.

        By the rules it is dropped, for it may have been cut off. Where HTTP marks the end it was not: servers
        forget the empty line behind their last event.
        """
        messages = [self._end_line() if self._line else None, self._dispatch()]
        words = bytes(self._stray or b"").decode("utf-8", "replace").strip()
        if not words.isascii() or " " in words:  # one word says nothing
            messages.append(Message(words, STRAY))
        self._stray, self._open = None, False
        return [message for message in messages if message is not None and message.data is not None]

    def _slices(self, chunk: bytes) -> Iterator[Message]:
        # In slices, so that a huge chunk (a gzipped stream can hold one) is not split into lines at once.
        view = memoryview(chunk)
        for at in range(0, len(view), _SLICE):
            yield from self._slice(bytes(view[at : at + _SLICE]))

    def _slice(self, piece: bytes) -> Iterator[Message]:
        if self._after_cr and piece:
            self._after_cr = False
            piece = piece.removeprefix(b"\n")
        if b"\r" in piece:
            self._after_cr = piece.endswith(b"\r")
            piece = piece.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        at, last = 0, piece.rfind(b"\n\n")
        while (end := piece.find(b"\n", at)) >= 0:
            if at <= last and not self._open:
                yield from self._blocks(piece[at:last].decode("utf-8", "replace"))
                at = last + 2
                continue
            self._hold(piece[at:end])
            if (message := self._end_line()) is not None:
                yield message
            at = end + 1
        if at < len(piece):
            self._hold(piece[at:])

    def _blocks(self, text: str) -> list[Message]:
        """The messages of blocks that are whole, and each small enough."""
        blocks, found, last_id = text.split("\n\n"), [], self._id
        one_line_each = text.count("\n") == 2 * (len(blocks) - 1)
        for block in blocks:
            if block.startswith("data: ") and (one_line_each or "\n" not in block):
                self._stray = None
                found.append(_message(Message, (block[6:], "message", last_id)))
            elif block:
                lines = map(self._take, (*block.encode().split(b"\n"), b""))
                found += [message for message in lines if message is not None]
                last_id = self._id
        return found

    def _hold(self, part: bytes) -> None:
        """Add to the line that is under way. What is too large is found by its bytes, however they come."""
        self._open = True
        self._line += part
        if len(self._line) + len(self._data) > self._most:
            raise self._too_large()

    def _too_large(self) -> EventTooLarge:
        """The error of an event that is too large; what was held of it is let go."""
        self._line, self._data, self._stray = bytearray(), bytearray(), None
        return EventTooLarge(say("answer.large event", size=f"{self._most / 1024 / 1024:.3g} MB"))

    def _end_line(self) -> Message | None:
        line, self._line = self._line, bytearray()
        if self._at_start:
            line, self._at_start = line.removeprefix(_BOM), False
        message = self._take(line)
        self._open = self._careful or self._fields > 0
        return message

    def _take(self, line: bytes | bytearray) -> Message | None:
        """One line. A long one is not copied more often than it must be."""
        if line.startswith(b"data:"):
            self._fields, self._stray = self._fields + 1, None
            self._data += memoryview(line)[6 if line.startswith(b" ", 5) else 5 :]
            self._data += b"\n"
            return None
        if not line:
            return self._dispatch()
        if line.startswith(b":"):
            return ACTIVITY
        if line.startswith(b"<") and _PAGE.match(line):
            return Message(bytes(line).decode("utf-8", "replace"))  # no field is called so: it came between
        self._fields += 1
        name, _, value = bytes(line).partition(b":")
        value = value.removeprefix(b" ")
        match name:
            case b"data":
                self._data += b"\n"
            case b"event":
                self._event = value
            case b"id" if b"\0" not in value:
                self._id = value.decode("utf-8", "replace")
            case b"retry" if len(value) <= _MOST_DIGITS and _DIGITS.fullmatch(value):
                self.retry_ms = int(value)
            case b"event" | b"id" | b"retry":
                pass
            case _:
                self._strays(line)
                return None
        self._stray = None
        return None

    def _strays(self, line: bytes | bytearray) -> None:
        """Keep a line of no field, as long as the body may be no event stream at all."""
        if self._stray is not None:
            self._stray += line + b"\n"
            if len(self._stray) > self._most:
                raise self._too_large()

    def _dispatch(self) -> Message | None:
        """The message that a blank line ends. Lines are cut at ASCII bytes, so decoding late is the same."""
        data, event, fields = self._data, self._event, self._fields
        self._data, self._event, self._fields = bytearray(), b"", 0
        if not data:
            return ACTIVITY if fields else None
        del data[-1]
        return Message(
            data.decode("utf-8", "replace"), event.decode("utf-8", "replace") or "message", self._id
        )
