"""Looking for pauses while the turn shows that it is alive: the search runs in a thread of its own."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from threading import Event
from typing import TYPE_CHECKING

from .world import Heartbeat

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Mapping, Sequence

    from nemo_widgets.draft import Draft

    from .world import MediaItem, World

__all__ = ["Listened", "Stopped", "listen"]

Ranges = list[tuple[int, int]]


class Stopped(Exception):
    """The user stopped the turn, or whoever drives it closed it."""


def listen(
    world: World, question: tuple[str, int, int], heartbeat_s: float
) -> Generator[Heartbeat, None, Ranges]:
    """Yield a heartbeat now and then, and return the pauses for (src, least length, padding).

    Raises:
        Stopped: the turn was cancelled. Whatever the search itself raises.
    """
    closed = Event()

    def progress(_: float) -> None:
        if closed.is_set() or world.cancelled():
            raise Stopped

    pool = ThreadPoolExecutor(1, thread_name_prefix="pauses")
    try:
        found = pool.submit(world.pauses, *question, progress)
        yield Heartbeat()
        while True:
            try:
                return [(int(a), int(b)) for a, b in found.result(timeout=heartbeat_s)]
            except NotYet:
                if found.done():
                    raise
                if world.cancelled():
                    raise Stopped from None
                yield Heartbeat()
    finally:
        closed.set()
        pool.shutdown(wait=False, cancel_futures=True)


class Listened:
    """The world with its pauses known: what an edit asks for has been found already."""

    def __init__(self, world: World, known: Mapping[tuple[str, int, int], Sequence[tuple[int, int]]]) -> None:
        self._world, self._known = world, known

    @property
    def draft(self) -> Draft:
        """The present draft."""
        return self._world.draft

    @property
    def media(self) -> Mapping[str, MediaItem]:
        """The uploaded files."""
        return self._world.media

    @property
    def history(self) -> Sequence[Draft]:
        """The older versions."""
        return self._world.history

    @property
    def first(self) -> Draft:
        """The draft before any instruction."""
        return self._world.first

    @property
    def language(self) -> str:
        """The session's language."""
        return self._world.language

    def pauses(
        self, src: str, min_pause_ms: int, padding_ms: int, _progress: Callable[[float], None], /
    ) -> Sequence[tuple[int, int]]:
        """The pauses found before; none where the search had nothing to go by."""
        return self._known.get((src, min_pause_ms, padding_ms), [])

    def cancelled(self) -> bool:
        """Whether the user stopped the turn."""
        return self._world.cancelled()
