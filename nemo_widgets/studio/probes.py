"""Looking into what was uploaded, and at single frames: in workers, a few at a time, the users in turn."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from nemo_widgets.catalogue import english

from .media import MediaError, probe
from .queueing import Asker, RoundRobin
from .render import RenderError
from .rendering import explanation, frame
from .workers import Limits, MemoryLimit, TimeLimit, WorkerError, WorkerLost, Workers, cores

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from .media import MediaInfo
    from .settings import Settings

__all__ = ["Probes"]

_LEAST_MEMORY, _CORE_MEMORY = 1024**3, 128 * 1024**2
"""What looking into a file may take where nothing is set."""


class Probes:
    """Who looks into files. All but `stop` belongs to the server's loop."""

    def __init__(self, settings: Settings) -> None:
        # One place more than a user can have: nobody waits for another one's files alone.
        self._each = settings.probes or cores()
        self._free = self._each + 1
        self._seconds = settings.probe_s
        memory = settings.probe_memory or max(_LEAST_MEMORY, cores() * _CORE_MEMORY)
        self._workers = Workers(Limits(self._seconds, 0, memory), most=self._free)
        self._turns = RoundRobin()
        self._waiting: list[tuple[Asker, asyncio.Future[None]]] = []

    async def probe(self, asker: Asker, path: Path, name: str) -> MediaInfo:
        """What is in a file, as `media.probe` says it; the work ends with the task that waits for it.

        Raises:
            MediaError: it can't be used, or takes more time or memory than it may; one sentence.
        """
        async with self._place(asker):
            try:
                return await asyncio.wrap_future(self._workers.submit(probe, path, name))
            except TimeLimit:
                raise MediaError(english("media.slow", name=name, seconds=f"{self._seconds:g}")) from None
            except MemoryLimit:
                raise MediaError(english("media.memory", name=name)) from None
            except WorkerLost:
                raise MediaError(
                    f"“{name}” can't be opened: what read it crashed, so it is damaged, or memory ran out."
                ) from None

    async def frame(self, asker: Asker, *of: Any) -> bytes:
        """A frame of a draft, as `rendering.frame` makes it of these arguments.

        Raises:
            RenderError: there is none, or it takes more time or memory than it may; one sentence.
        """
        made: bytes = await self._of_draft(asker, "frame", frame, *of)
        return made

    async def explanation(self, asker: Asker, *of: Any) -> dict[str, Any]:
        """What an export would do, as `rendering.explanation` tells it of these arguments.

        Raises:
            RenderError: it can't be made, or that takes more time or memory than it may; one sentence.
        """
        told: dict[str, Any] = await self._of_draft(asker, "plan", explanation, *of)
        return told

    async def _of_draft(self, asker: Asker, name: str, work: Callable[..., Any], *of: Any) -> Any:
        async with self._place(asker):
            try:
                return await asyncio.wrap_future(self._workers.submit(work, *of))
            except WorkerError as error:
                ends = {TimeLimit: f"film.slow {name}", MemoryLimit: f"film.large {name}"}
                raise RenderError(english(ends.get(type(error), f"film.lost {name}"))) from None

    def stop(self) -> None:
        """End what is under way."""
        self._workers.shutdown(wait=False, cancel_futures=True)

    @asynccontextmanager
    async def _place(self, asker: Asker) -> AsyncIterator[None]:
        """One of the places, once it is this one's turn."""
        mine = asker, asyncio.get_running_loop().create_future()
        self._waiting.append(mine)
        self._serve()
        try:
            await mine[1]
            yield
        finally:
            if mine in self._waiting:
                self._waiting.remove(mine)
            else:
                self._free += 1
                self._turns.end(asker)
            self._serve()

    def _serve(self) -> None:
        for next_one in self._turns.ordered(self._waiting, lambda waiting: waiting[0]):
            asker, turn = next_one
            if self._free and self._turns.busy(asker.user) < self._each:
                self._waiting.remove(next_one)
                self._free -= 1
                self._turns.begin(asker)
                if not turn.done():
                    turn.set_result(None)
