"""What stands between the client and the network: it keeps what a real server answers, and plays it cut off.

Played answers need no socket and no server: all that runs is the client, from its bytes upwards, so that a
connection can break after each of thousands of bytes at little cost.
"""

from __future__ import annotations

import random
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from httpcore import AsyncNetworkBackend, AsyncNetworkStream
from httpcore._backends.auto import AutoBackend

from nemo_widgets.testing.framing import Framer

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Tape", "content", "some_cuts"]

_EVERY = 16

_RANGE = re.compile(r"bytes=(\d+)-")
_LENGTH = re.compile(rb"(?i)(\r\ncontent-length: )\d+")


class Tape(AsyncNetworkBackend):
    """Hands out connections: to the network at first, and once it `plays`, ones of its own.

    Attributes:
        plays: whether the server is out of the game.
        requests, answers: the latest ones, by the request's line, as they came: head and body.
        asked: the lines of the requests that were played an answer, in order.
    """

    def __init__(self) -> None:
        self._network = AutoBackend()
        self._line, self._after = "", 0
        self.plays = False
        self.requests: dict[str, bytes] = {}
        self.answers: dict[str, bytes] = {}
        self.asked: list[str] = []

    @contextmanager
    def between(self, monkeypatch: Any) -> Iterator[None]:
        """Stand between what connects for the first time now and the network; from the end on, play."""
        with monkeypatch.context() as patch:
            patch.setattr("httpcore._async.connection_pool.AutoBackend", lambda: self)
            yield
        self.plays = True

    def cut(self, line: str, after: int) -> None:
        """Break off the next answer to a request of this line; forget what was asked so far."""
        self._line, self._after = line, after
        self.asked.clear()

    async def connect_tcp(self, *where: Any, **options: Any) -> AsyncNetworkStream:
        """A connection."""
        if self.plays:
            return _Played(self)
        return _Heard(self, await self._network.connect_tcp(*where, **options))

    def take(self, request: Framer) -> tuple[bytes, bool]:
        """The answer to a request, and whether the connection breaks behind it."""
        line = line_of(request)
        self.asked.append(line)
        answer = self.answers[line]
        if begins := _RANGE.match(request.headers.get("range", "")):
            answer = _rest(answer, int(begins[1]))
        if line != self._line:
            return answer, False
        self._line = ""
        return answer[: self._after], True


class _Stream(AsyncNetworkStream):
    """A connection on which requests are told apart."""

    def __init__(self, tape: Tape) -> None:
        self.tape = tape
        self.request, self.said = Framer(), b""

    def sent(self, data: bytes) -> bool:
        """Take a piece of a request, perhaps an empty one; returns whether it made that whole."""
        if not data:
            return False
        if self.request.done:
            self.request, self.said = Framer(), b""
        self.request.feed(data)
        self.said += data
        return self.request.done

    async def aclose(self) -> None:
        """Close it."""


class _Heard(_Stream):
    """One to the network."""

    def __init__(self, tape: Tape, stream: AsyncNetworkStream) -> None:
        super().__init__(tape)
        self._stream = stream

    async def write(self, data: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109 - its signature
        if self.sent(data):
            line = line_of(self.request)
            self.tape.requests[line], self.tape.answers[line] = self.said, b""
        await self._stream.write(data, timeout)

    async def read(self, most: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109 - likewise
        data = await self._stream.read(most, timeout)
        if self.request.done:
            self.tape.answers[line_of(self.request)] += data
        return data

    async def aclose(self) -> None:
        await self._stream.aclose()

    def get_extra_info(self, info: str) -> Any:
        if info == "is_readable" and self.tape.plays:  # closed, so that it is not used again
            return True
        return self._stream.get_extra_info(info)


class _Played(_Stream):
    """One to nobody."""

    def __init__(self, tape: Tape) -> None:
        super().__init__(tape)
        self._answer, self._broken = b"", False

    async def write(self, data: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109 - likewise
        if self.sent(data):
            self._answer, self._broken = self.tape.take(self.request)

    async def read(self, most: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109 - likewise
        data, self._answer = self._answer[:most], self._answer[most:]
        assert data or self._broken, "more is read than the server had answered"
        return data

    def get_extra_info(self, info: str) -> Any:
        return self._broken if info == "is_readable" else None


def line_of(request: Framer) -> str:
    """Method and path."""
    method, target, _ = request.line.split(" ")
    return f"{method} {target.partition('?')[0]}"


def _rest(answer: bytes, begin: int) -> bytes:
    """The answer to a request for what comes behind so many bytes of the body."""
    head, _, body = answer.partition(b"\r\n\r\n")
    told = b"\r\ncontent-range: bytes %d-%d/%d" % (begin, len(body) - 1, len(body))
    head = _LENGTH.sub(rb"\g<1>%d" % (len(body) - begin), head).replace(
        b" 200 OK", b" 206 Partial Content", 1
    )
    return head + told + b"\r\n\r\n" + body[begin:]


def some_cuts(message: bytes, *ends: int) -> list[int]:
    """Where to cut a message for real: around its ends and at one byte in every sixteen.

    The ends are those of the lines of its head, those that are given, and its own. The next message may have
    some digits more or less than this one, so that of each end its neighbours are taken too.
    """
    at = random.Random(len(message))  # noqa: S311 - the same bytes each time
    lines = [end.end() for end in re.finditer(rb"\r\n", message[: message.index(b"\r\n\r\n") + 4])]
    found = {start + at.randrange(_EVERY) for start in range(0, len(message), _EVERY)}
    found |= {end + by for end in (0, *lines, *ends, len(message)) for by in range(-2, 3)}
    return [cut for cut in sorted(found) if 0 <= cut < len(message)]


def content(answer: bytes, after: int) -> bytes:
    """How much of the content of an answer in chunks has come with its first so many bytes."""
    begun, found = answer.index(b"\r\n\r\n") + 4, b""
    while (size := int(answer[begun : (end := answer.index(b"\r\n", begun))], 16)) and after > begun:
        begun = end + 2
        found += answer[begun : min(begun + size, max(after, begun))]
        begun += size + 2
    return found
