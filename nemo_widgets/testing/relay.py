"""One connection through a proxy: two streams of messages, told apart, so that each gets its own faults."""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque
from typing import TYPE_CHECKING, Protocol

from .framing import Framer
from .passing import Ended, Lane, Pipe
from .serving import finish, reset

if TYPE_CHECKING:
    from nemo_widgets.client import Clock

    from .faults import Exchange, Fault

__all__ = ["Relay", "Trouble"]

_PIECE = 64 * 1024
_LINGER_S = 1.0
"""How long a client may go on sending to a server that has answered and closed already."""


class Trouble(Protocol):
    """What a relay asks of the proxy it belongs to."""

    clock: Clock

    def begin(self, framer: Framer) -> tuple[Exchange, dict[str, Fault]]:
        """Write down an exchange, and choose its faults."""

    def request_head(self, head: bytes) -> bytes:
        """The head as the server gets it."""

    def answer_head(self, head: bytes) -> bytes:
        """The head as the client gets it."""


class Relay:
    """One connection of a client, and the one to the server that belongs to it."""

    def __init__(
        self,
        proxy: Trouble,
        client: tuple[asyncio.StreamReader, asyncio.StreamWriter],
        server: tuple[asyncio.StreamReader, asyncio.StreamWriter],
    ) -> None:
        self._proxy = proxy
        self._client, self._to_client = client
        self._server, self._to_server = server
        self._down_pipe, self._up_pipe = Pipe(self._to_client), Pipe(self._to_server)
        self._waiting: deque[tuple[Exchange, Fault | None]] = deque()
        self._asking = False
        """Whether more of a request is to come."""
        self._begun = asyncio.Event()
        """Set when the first request has begun, or none will."""
        self._left = asyncio.Event()
        """Set when the client has closed its side."""

    async def run(self) -> None:
        """Relay until one side is at its end."""
        up, down = asyncio.create_task(self._up()), asyncio.create_task(self._down())
        try:
            await asyncio.wait([up, down], return_when=asyncio.FIRST_COMPLETED)
            if up.done() and up.exception() is None:
                await asyncio.wait([down])  # the client has said all it wants to, and may wait for an answer
            elif down.done() and down.exception() is None and self._asking:
                await asyncio.wait([up], timeout=_LINGER_S)
            failures = [task.exception() for task in (up, down) if task.done()]
            ended = next((failure for failure in failures if isinstance(failure, Ended)), None)
            if ended is not None:
                await ended.carry_out(self._to_client, self._to_server)
            elif any(isinstance(failure, ConnectionResetError) for failure in failures):
                await reset(self._to_client)
            else:
                await finish(self._to_client)
        finally:
            up.cancel()
            down.cancel()
            await asyncio.gather(up, down, return_exceptions=True)

    async def _up(self) -> None:
        rest = b""
        while True:
            framer, lane = Framer(), None
            while not framer.done:
                piece = rest or await self._client.read(_PIECE)
                if not piece:
                    self._left.set()
                    self._begun.set()
                    self._up_pipe.close()
                    return
                taken = framer.feed(piece)
                piece, rest = piece[:taken], piece[taken:]
                if not framer.head:
                    continue
                self._asking = not framer.done
                # A server that has answered already may listen no more; what it answered still counts.
                with contextlib.suppress(OSError):
                    if lane is None:
                        exchange, faults = self._proxy.begin(framer)
                        self._waiting.append((exchange, faults.get("down")))
                        self._begun.set()
                        lane = self._lane(exchange, faults.get("up"), up=True)
                        await lane.head(self._proxy.request_head(framer.head))
                        piece = piece[len(piece) - framer.body :]
                    await lane.body(piece, last=framer.done)

    async def _down(self) -> None:
        rest: bytes | None = b""
        while rest is not None:
            first = rest or await self._server.read(_PIECE)
            if first:
                await self._begun.wait()  # a server may speak before the request has been read here
            if not first or not self._waiting:
                break
            exchange, fault = self._waiting[0]
            rest = await self._answer(first, exchange, self._lane(exchange, fault, up=False))
        self._down_pipe.close()

    async def _answer(self, piece: bytes, exchange: Exchange, lane: Lane) -> bytes | None:
        """Pass one answer on; returns the bytes behind it, or None at the end of the connection."""
        framer, begun = Framer(exchange.method), False
        while True:
            taken = framer.feed(piece)
            piece, rest = piece[:taken], piece[taken:]
            if framer.interim:
                await self._down_pipe.write(framer.head)
                framer, piece = Framer(exchange.method), rest
                if piece:
                    continue
            elif framer.head:
                if not begun:
                    begun, exchange.status = True, framer.status
                    await lane.head(self._proxy.answer_head(framer.head))
                    piece = piece[len(piece) - framer.body :]
                await lane.body(piece, last=framer.done)
            if framer.done:
                self._waiting.popleft()
                return rest
            piece = await self._server.read(_PIECE)
            if not piece:
                exchange.done = framer.until_close
                await self._down_pipe.write(framer.begun)
                return None

    def _lane(self, exchange: Exchange, fault: Fault | None, *, up: bool) -> Lane:
        pipe = self._up_pipe if up else self._down_pipe
        return Lane(exchange, fault, pipe, up=up, clock=self._proxy.clock, left=self._left)
