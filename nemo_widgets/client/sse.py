"""Server-sent events by the WHATWG rules (HTML §9.2.6): bytes in, messages out, no network.

httpx-sse opens the stream and checks what it is; its parsing differs from the rules in places (a leading BOM
loses the first event, `charset` is obeyed, `retry` takes any number), so its bytes are decoded here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nemo_widgets.errors import ProtocolError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Decoder", "Message"]

_LINE_END = re.compile(rb"\r\n|\r|\n")
_BOM = b"\xef\xbb\xbf"
_SLICE = 64 * 1024
_DIGITS = re.compile(rb"[0-9]{1,9}")
MOST = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Message:
    """One message; or with `data` None mere activity: a comment, or a block that dispatches nothing."""

    data: str | None
    event: str = "message"
    id: str = ""


ACTIVITY = Message(None)


class Decoder:
    """Decodes one stream. `feed` it whatever arrives; an unfinished last message is never given out.

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
        self._after_cr = False
        self.retry_ms: int | None = None

    def feed(self, chunk: bytes) -> Iterator[Message]:
        """The messages that `chunk` completes. Has to be run to its end before the next chunk.

        Raises:
            ProtocolError: one message is larger than `most` bytes; the stream is of no use any more.
        """
        # In slices, so that a huge chunk (a gzipped stream can hold one) is not split into lines at once.
        view = memoryview(chunk)
        for at in range(0, len(view), _SLICE):
            yield from self._slice(bytes(view[at : at + _SLICE]))

    def _slice(self, piece: bytes) -> Iterator[Message]:
        if self._after_cr and piece.startswith(b"\n"):
            piece = piece[1:]
            self._after_cr = False
            if not piece:
                return
        self._after_cr = piece.endswith(b"\r")
        *ended, rest = _LINE_END.split(piece)
        for part in ended:
            self._line += part
            line, self._line = bytes(self._line), bytearray()
            if self._at_start:
                line, self._at_start = line.removeprefix(_BOM), False
            if (message := self._take(line)) is not None:
                yield message
            self._check()
        self._line += rest
        self._check()

    def _check(self) -> None:
        if len(self._line) + len(self._data) > self._most:
            self._line, self._data = bytearray(), bytearray()
            raise ProtocolError(f"An event of the answer is larger than {self._most // 1024 // 1024} MB.")

    def _take(self, line: bytes) -> Message | None:
        if not line:
            return self._dispatch()
        if line.startswith(b":"):
            return ACTIVITY
        name, _, value = line.partition(b":")
        value = value.removeprefix(b" ")
        self._fields += 1
        match name:
            case b"data":
                self._data += value + b"\n"
            case b"event":
                self._event = value
            case b"id" if b"\0" not in value:
                self._id = value.decode("utf-8", "replace")
            case b"retry" if _DIGITS.fullmatch(value):
                self.retry_ms = int(value)
        return None

    def _dispatch(self) -> Message | None:
        """The message that a blank line ends. Lines are cut at ASCII bytes, so decoding late is the same."""
        data, event, fields = self._data, self._event, self._fields
        self._data, self._event, self._fields = bytearray(), b"", 0
        if not data:
            return ACTIVITY if fields else None
        return Message(
            data[:-1].decode("utf-8", "replace"), event.decode("utf-8", "replace") or "message", self._id
        )
