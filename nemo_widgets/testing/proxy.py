"""A proxy that gets in the way: a real connection with real faults, at exactly the byte one wants."""

from __future__ import annotations

import asyncio
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from nemo_widgets.client import Clock

from .faults import Exchange, Fault
from .relay import Relay
from .serving import Server, at_once

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .faults import Only
    from .framing import Framer

__all__ = ["Proxy"]

_LINGER_S, _PIECE = 1.0, 1 << 16
"""So long, and in such pieces, what is still sent is read of a connection that is at its end."""


class Proxy(Server):
    """Stands before a server, passes everything on as it is, and breaks what it is told to break.

    >>> with Proxy(studio.url) as proxy:                                            # doctest: +SKIP
    ...     session = nemo.connect(url=proxy.url)
    ...     proxy.fault(cut_after=400, only="POST /run_sse", times=1)
    ...     session.edit("cut the pauses")       # the stream breaks after 400 bytes; the rest goes well
    ...     proxy.log

    Faults are set at any time, also while connections are open, and take hold of whole exchanges: a request
    and its answer. Without any, no byte that passes is changed.

    Args:
        url: the server, `http://host:port`.
        strip: names of headers that are taken out of answers, such as `x-nemo-studio`.
        host: what requests say in `Host` instead of what they say.
        clock: what `latency_s` is measured on.

    Attributes:
        log: every exchange, in the order in which they began.
    """

    def __init__(
        self, url: str, *, strip: Iterable[str] = (), host: str | None = None, clock: Clock | None = None
    ) -> None:
        super().__init__()
        parts = urlsplit(url)
        if parts.scheme != "http" or not parts.hostname:
            raise ValueError(f"A proxy stands before an http:// server, not before {url!r}.")
        self._to = parts.hostname, parts.port or 80
        self._strip = frozenset(name.lower() for name in strip)
        self._host = host
        self.clock = clock or Clock()
        self.log: list[Exchange] = []
        self._faults: list[Fault] = []
        self._lock = threading.Lock()

    def fault(
        self,
        *,
        latency_s: float = 0.0,
        slice: int = 0,  # noqa: A002 - the word for it
        stall_after: int | None = None,
        half_close_after: int | None = None,
        cut_after: int | None = None,
        reset_after: int | None = None,
        direction: Literal["down", "up"] = "down",
        of: Literal["whole", "body"] = "whole",
        only: Only | None = None,
        times: int | None = None,
    ) -> Fault:
        """Set a fault for exchanges that begin from now on. In each direction the one set first counts.

        Args:
            latency_s: how long the first byte is held back.
            slice: the most bytes that are passed on at once, 0 for no limit.
            stall_after: after so many bytes nothing passes any more, and nobody is told.
            half_close_after: after so many bytes the sender seems to have closed; the way back stays open.
            cut_after: after so many bytes the connection is closed, on both sides.
            reset_after: after so many bytes the connection breaks, on both sides (RST).
            direction: which bytes are meant: `down` the answer's, `up` the request's.
            of: whether bytes are counted from the message's first, or from the first of its `body`.
            only: which requests: `POST /run_sse` (so the line begins) or `/api/render` (the path) or
                a function of the line. None for all.
            times: upon so many exchanges, None for any number.

        Raises:
            ValueError: a number is negative, or there are two ends.
        """
        made = Fault(
            latency_s=latency_s,
            slice=slice,
            stall_after=stall_after,
            half_close_after=half_close_after,
            cut_after=cut_after,
            reset_after=reset_after,
            direction=direction,
            of=of,
            only=only,
            times=times,
        )
        with self._lock:
            self._faults.append(made)
        return made

    def clear(self) -> None:
        """Take all faults away; exchanges that are under way keep theirs."""
        with self._lock:
            self._faults.clear()

    async def _connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            there = await asyncio.open_connection(*self._to)
        except OSError:  # as it would be without us: nobody answers
            await _end(reader, writer)
            return
        at_once(there[1])
        relay = Relay(self, (reader, writer), there)
        try:
            await relay.run()
        finally:
            there[1].transport.abort()

    def begin(self, framer: Framer) -> tuple[Exchange, dict[str, Fault]]:
        """Write down an exchange, and choose its faults, now that its request's head is known."""
        method, target, _ = framer.line.split(" ")
        exchange = Exchange(method, target.partition("?")[0])
        chosen: dict[str, Fault] = {}
        with self._lock:
            self.log.append(exchange)
            for fault in self._faults:
                if fault.direction not in chosen and fault.wanted(exchange.line):
                    fault.taken += 1
                    chosen[fault.direction] = fault
        return exchange, chosen

    def request_head(self, head: bytes) -> bytes:
        """The head as the server gets it."""
        if self._host is None:
            return head
        return b"".join(
            b"Host: " + self._host.encode() + b"\r\n" if line.lower().startswith(b"host:") else line
            for line in head.splitlines(keepends=True)
        )

    def answer_head(self, head: bytes) -> bytes:
        """The head as the client gets it."""

        def name(line: bytes) -> str:
            return line.partition(b":")[0].strip().lower().decode("latin-1")

        first, *lines = head.splitlines(keepends=True)
        return first + b"".join(line for line in lines if name(line) not in self._strip)


async def _end(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """End a connection so that the other side reads its end: what it still sends would reset it else."""
    with suppress(OSError, TimeoutError):
        writer.write_eof()
        async with asyncio.timeout(_LINGER_S):
            while await reader.read(_PIECE):
                pass
