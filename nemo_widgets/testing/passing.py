"""One direction of one exchange: bytes go through as the fault allows, and are counted."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

from .serving import finish, reset

if TYPE_CHECKING:
    from nemo_widgets.client import Clock

    from .faults import Exchange, Fault

__all__ = ["Ended", "Lane", "Pipe"]


class Ended(Exception):
    """The fault ends the connection: with a reset, or in order."""

    def __init__(self, how: str) -> None:
        super().__init__(how)
        self._how = how

    async def carry_out(self, *writers: asyncio.StreamWriter) -> None:
        """End the connection's two sides."""
        for writer in writers:
            await (reset if self._how == "reset" else finish)(writer)


class Pipe:
    """The way to one side. Once it is closed, what is written into it is gone."""

    def __init__(self, writer: asyncio.StreamWriter) -> None:
        self._writer = writer
        self._closed = False

    async def write(self, data: bytes) -> int:
        """Write, and wait until the system has it; returns how many bytes that was.

        Raises:
            OSError: the other side is gone.
        """
        if not data or self._closed:
            return 0
        self._writer.write(data)
        await self._writer.drain()
        return len(data)

    def close(self) -> None:
        """Say that nothing more comes; the way back stays open."""
        self._closed = True
        with contextlib.suppress(OSError):
            self._writer.write_eof()


class Lane:
    """Passes a request on to the server, or an answer to the client.

    Args:
        exchange: where it is written down.
        fault: what is to happen to it.
        pipe: where to.
        up: whether that is to the server.
        clock: what latency is measured on.
        left: set once the client is gone, so that a stall ends.
    """

    def __init__(
        self,
        exchange: Exchange,
        fault: Fault | None,
        pipe: Pipe,
        *,
        up: bool,
        clock: Clock,
        left: asyncio.Event,
    ) -> None:
        self._exchange, self._fault, self._pipe, self._clock, self._left = exchange, fault, pipe, clock, left
        self._up = up
        self._counted = 0
        self._begun = self._short = False

    async def head(self, head: bytes) -> None:
        """Pass the head on."""
        await self._pass(head, counts=self._fault is None or self._fault.of == "whole")
        if self._fault is not None and self._fault.of == "body":
            await self._end_if_due()

    async def body(self, piece: bytes, *, last: bool) -> None:
        """Pass a piece of the body on; the `last` one may be empty."""
        await self._pass(piece, counts=True, last=last)
        await self._end_if_due()

    async def _pass(self, data: bytes, *, counts: bool, last: bool = False) -> None:
        """Pass on what the fault lets through."""
        fault = self._fault
        if fault is None:
            await self._write(data, last=last)
            return
        if not self._begun:
            self._begun = True
            if fault.latency_s:
                self._note(f"{fault.latency_s:g} s late")
                await self._clock.sleep(fault.latency_s)
            if fault.slice:
                self._note(f"in pieces of {fault.slice}")
        room = fault.after - self._counted if fault.end and counts else len(data)
        let = data[: max(0, room)]
        step = fault.slice or len(let) or 1
        last = last and len(let) == len(data)
        for at in range(0, len(let) or 1, step):
            await self._write(let[at : at + step], last=last and at + step >= len(let))
            await asyncio.sleep(0)  # so that the next write is one of its own
        self._counted += len(let) if counts else 0
        if len(let) < len(data):
            await self._end_if_due()

    async def _write(self, data: bytes, *, last: bool) -> None:
        # Written down first: who has the bytes may look at the log at once.
        self._count(len(data), done=last and not self._short)
        written = 0
        try:
            written = await self._pipe.write(data)
        finally:
            if written < len(data):
                self._count(written - len(data), done=False)

    def _count(self, size: int, *, done: bool) -> None:
        if self._up:
            self._exchange.up += size
        else:
            self._exchange.down += size
            self._exchange.done = done

    async def _end_if_due(self) -> None:
        fault = self._fault
        if fault is None or not fault.end or self._counted < fault.after:
            return
        part = "request" if self._up else "answer"
        of = f"the {part}'s body" if fault.of == "body" else f"the {part}"
        self._note(f"{fault.end.replace('_', ' ')} after {fault.after} of {of}")
        match fault.end:
            case "half_close":
                self._pipe.close()
                self._fault, self._short = None, True
                return
            case "stall":
                await self._left.wait()
        raise Ended(fault.end)

    def _note(self, what: str) -> None:
        self._exchange.fault += f", {what}" if self._exchange.fault else what
