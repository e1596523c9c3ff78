"""Where one HTTP/1.1 message ends and the next begins (RFC 9112 §6): just enough, and it changes no byte."""

from __future__ import annotations

import re

__all__ = ["BadMessage", "Framer", "unchunked"]

_HEAD_END = re.compile(rb"\r?\n\r?\n")
_MOST_HEAD = 256 * 1024
_MOST_LINE = 16 * 1024
_NO_BODY = (204, 304)
_FIRST_FINAL = 200
_SWITCHING = 101


class BadMessage(Exception):
    """Bytes that are no HTTP/1.1 message."""


class Framer:
    """Finds the end of one message. `feed` it what arrives until it is `done`.

    Args:
        answer_to: the request's method where the message is an answer; "" for a request.

    Attributes:
        begun: what came of a head that is not whole yet.
        head: the start line and the headers with the blank line, once they are whole; else b"".
        body: how many bytes of the body were seen, as they are on the wire (chunk sizes included).
        done: whether the message is whole. One that ends with its connection never is: see `until_close`.
        until_close: whether only the end of the connection ends the message.
    """

    def __init__(self, answer_to: str = "") -> None:
        self._answer_to = answer_to
        self.begun = b""
        self.head = b""
        self.body = 0
        self.done = False
        self.until_close = False
        self._left = 0
        """Bytes still to come of a body of known length, or of a chunk with the line end behind it."""
        self._chunked = False
        self._line = b""
        self._trailer = False

    def feed(self, data: bytes) -> int:
        """Take bytes; returns how many of them belong to this message: the rest is the next one's.

        Raises:
            BadMessage: they are not HTTP/1.1.
        """
        taken = 0
        if not self.head:
            taken = self._take_head(data)
        if self.head and not self.done:
            body = self._take_body(data[taken:])
            self.body += body
            taken += body
        return taken

    @property
    def line(self) -> str:
        """The start line, once there is a head."""
        return self.head.split(b"\n", 1)[0].strip().decode("latin-1")

    @property
    def headers(self) -> dict[str, str]:
        """The headers, names in lower case; of several with one name the values joined by a comma."""
        found: dict[str, str] = {}
        for line in self.head.decode("latin-1").splitlines()[1:]:
            name, colon, value = line.partition(":")
            if colon:
                name, value = name.strip().lower(), value.strip()
                found[name] = f"{found[name]}, {value}" if name in found else value
        return found

    @property
    def status(self) -> int:
        """An answer's status; 0 for a request."""
        return int(self.line.split(" ")[1]) if self._answer_to else 0

    @property
    def interim(self) -> bool:
        """Whether it is an answer before the answer, such as `100 Continue`."""
        found = self.status if self.head else 0
        return 0 < found < _FIRST_FINAL and found != _SWITCHING

    @property
    def closes(self) -> bool:
        """Whether no other message follows on this connection."""
        told = self.headers.get("connection", "").lower()
        old = "HTTP/1.0" in self.line and "keep-alive" not in told
        return self.until_close or "close" in told or old

    def _take_head(self, data: bytes) -> int:
        before = len(self.begun)
        self.begun += data
        end = _HEAD_END.search(self.begun)
        if end is None:
            if len(self.begun) > _MOST_HEAD:
                raise BadMessage("A head without an end.")
            return len(data)
        self.head, self.begun = self.begun[: end.end()], b""
        self._measure()
        return len(self.head) - before

    def _measure(self) -> None:
        """Read from the head how the body's length is told."""
        headers = self.headers
        first = self.line.split(" ")
        if self._answer_to:
            if not first[0].startswith("HTTP/1.") or len(first) < 2 or not first[1].isdigit():  # noqa: PLR2004 - version and status
                raise BadMessage("An answer without a status.")
            if self._answer_to == "HEAD" or self.interim or self.status in _NO_BODY:
                self.done = True
                return
        elif len(first) != 3 or not first[2].startswith("HTTP/1."):  # noqa: PLR2004 - method, target, version
            raise BadMessage("A request without method, target and version.")
        length = headers.get("content-length", "")
        if "chunked" in headers.get("transfer-encoding", "").lower():
            self._chunked = True
        elif length.isascii() and length.isdigit():
            self._left = int(length)
            self.done = not self._left
        elif length:
            raise BadMessage("A length that is none.")
        else:
            self.until_close = bool(self._answer_to)
            self.done = not self._answer_to

    def _take_body(self, data: bytes) -> int:
        if self.until_close:
            return len(data)
        if not self._chunked:
            taken = min(self._left, len(data))
            self._left -= taken
            self.done = not self._left
            return taken
        at = 0
        while at < len(data) and not self.done:
            if self._left:
                step = min(self._left, len(data) - at)
                self._left -= step
                at += step
                continue
            at += self._take_line(data[at : at + _MOST_LINE])
        return at

    def _take_line(self, data: bytes) -> int:
        """A chunk's size, or a line of the trailer, which the last chunk is followed by."""
        end = data.find(b"\n") + 1
        step = end or len(data)
        self._line += data[:step]
        if len(self._line) > _MOST_LINE:
            raise BadMessage("A chunk's size without an end.")
        if end:
            line, self._line = self._line.strip(), b""
            if self._trailer:
                self.done = not line
            else:
                self._begin_chunk(line.partition(b";")[0].strip())
        return step

    def _begin_chunk(self, told: bytes) -> None:
        if not re.fullmatch(rb"[0-9A-Fa-f]{1,15}", told):
            raise BadMessage("A chunk without a size.")
        size = int(told, 16)
        self._trailer = not size
        self._left = size + 2 if size else 0


def unchunked(body: bytes) -> bytes:
    """The content of a whole chunked body."""
    content, at = bytearray(), 0
    while size := int(body[at : (end := body.index(b"\n", at))].partition(b";")[0], 16):
        content += body[end + 1 : end + 1 + size]
        at = end + 1 + size + 2
    return bytes(content)
