"""The stream of a message's answer, as a script tells it."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from .script import Break, frames, plain, whole
from .serving import finish, reset

if TYPE_CHECKING:
    import asyncio

    from nemo_widgets.client import Clock

    from .memory import Session
    from .script import Shape, Turn

__all__ = ["Stream"]

_NO_CONTENT = 204


class Stream:
    """A chunked answer. What is written after the client is gone is lost."""

    def __init__(self, writer: asyncio.StreamWriter, shape: Shape) -> None:
        self._writer, self._shape = writer, shape
        self._gone = False
        self._chunked, self._closes = True, False

    async def begin(self, turn: Turn) -> None:
        """Send the head."""
        lines = [f"HTTP/1.1 {turn.status} {HTTPStatus(turn.status).phrase}", "Cache-Control: no-cache"]
        self._closes = not turn.marked
        self._chunked = turn.marked and turn.status != _NO_CONTENT
        lines += [f"Content-Type: {turn.kind}"] if turn.kind and turn.status != _NO_CONTENT else []
        lines += ["Transfer-Encoding: chunked"] if self._chunked else []
        lines += [] if turn.marked else ["Connection: close"]
        await self._write("\r\n".join([*lines, "", ""]).encode())

    async def play(self, turn: Turn, session: Session, clock: Clock) -> None:
        """Carry a script out. A client that goes away does not stop the work."""
        said, held = "", None
        for at, item in enumerate(turn.items):
            if isinstance(item, Break):
                if not turn.rest_takes_time(at):
                    held = item  # the work is done by now: first the draft, then the break
                    break
                await self._end(item)
            elif isinstance(item, (int, float)):
                await clock.sleep(item)
            else:
                if isinstance(item, dict):
                    await self._say_again(said)
                    said = ""
                said += item if isinstance(item, str) else ""
                for frame in frames(item, self._shape):
                    await self._send(frame)
        if held is None:
            await self._say_again(said)
        await self._conclude(turn, session, clock, held)

    async def _conclude(self, turn: Turn, session: Session, clock: Clock, held: Break | None) -> None:
        """End the stream, and make the edit before that or some time after it."""
        if turn.late_s:
            await self._end(held)
            await clock.sleep(turn.late_s)
        if turn.draft is not None:
            session.draft = plain(turn.draft)
        if not turn.late_s:
            await self._end(held)

    async def _say_again(self, said: str) -> None:
        """ADK repeats a text that came in pieces before anything else follows."""
        if said and self._shape == "adk":
            await self._send(whole(said))

    async def _send(self, frame: bytes) -> None:
        """Write one chunk."""
        if frame and not self._chunked:
            await self._write(frame)
        elif frame:
            await self._write(b"%x\r\n%b\r\n" % (len(frame), frame))

    async def _write(self, data: bytes) -> None:
        if self._gone:
            return
        try:
            self._writer.write(data)
            await self._writer.drain()
        except OSError:
            self._gone = True

    async def _end(self, how: Break | None) -> None:
        """End the stream in order, or break it."""
        if how is None and self._chunked:
            await self._write(b"0\r\n\r\n")
        elif how is None:
            if self._closes and not self._gone:
                self._gone = True
                await finish(self._writer)
        elif not self._gone:
            self._gone = True
            await (reset if how is Break.RESET else finish)(self._writer)
