"""The stream of a message's answer, as a script tells it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .script import Break, frames, plain, whole
from .serving import finish, reset

if TYPE_CHECKING:
    import asyncio

    from nemo_widgets.client import Clock

    from .memory import Session
    from .script import Shape, Turn

__all__ = ["Stream"]

_HEAD = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-cache\r\n"
    b"Transfer-Encoding: chunked\r\n\r\n"
)


class Stream:
    """A chunked answer. What is written after the client is gone is lost."""

    def __init__(self, writer: asyncio.StreamWriter, shape: Shape) -> None:
        self._writer, self._shape = writer, shape
        self._gone = False

    async def begin(self) -> None:
        """Send the head."""
        await self._write(_HEAD)

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
        if turn.draft is not None:
            session.draft = plain(turn.draft)
        await self._end(held)

    async def _say_again(self, said: str) -> None:
        """ADK repeats a text that came in pieces before anything else follows."""
        if said and self._shape == "adk":
            await self._send(whole(said))

    async def _send(self, frame: bytes) -> None:
        """Write one chunk."""
        if frame:
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
        if how is None:
            await self._write(b"0\r\n\r\n")
        elif not self._gone:
            self._gone = True
            await (reset if how is Break.RESET else finish)(self._writer)
