"""Work that a thread does ahead of who needs it: FFmpeg and numpy let others run meanwhile."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from queue import Empty, Full, Queue
from threading import Event, Thread
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator

__all__ = ["made_ahead"]

_T = TypeVar("_T")
_LOOK_S = 0.05
"""How often a thread that waits for room looks whether it is still wanted."""


@contextmanager
def made_ahead(items: Iterable[_T], most: int) -> Generator[Iterator[_T]]:
    """The items as a thread makes them, at most so many of them ahead; an error of theirs comes in its place.

    Behind the `with` the thread is over, and has made nothing more.
    """
    maker = _Maker(items, most)
    try:
        yield maker.taken()
    finally:
        maker.end()


class _Maker(Generic[_T]):
    def __init__(self, items: Iterable[_T], most: int) -> None:
        self._items = items
        self._room: Queue[tuple[tuple[_T, ...], BaseException | None]] = Queue(most)
        self._unwanted = Event()
        self._thread = Thread(target=self._work, name="nemo-ahead", daemon=True)
        self._thread.start()

    def taken(self) -> Iterator[_T]:
        """The items in their order."""
        while True:
            some, error = self._room.get()
            if error is not None:
                raise error
            if not some:
                return
            yield from some

    def end(self) -> None:
        """Make no more, and wait until the thread is over."""
        self._unwanted.set()
        with suppress(Empty):
            self._room.get_nowait()
        self._thread.join()

    def _work(self) -> None:
        try:
            for item in self._items:
                self._give((item,))
                if self._unwanted.is_set():
                    return
        except BaseException as error:  # noqa: BLE001 - whoever takes the items gets it
            self._give((), error)
        else:
            self._give(())

    def _give(self, some: tuple[_T, ...], error: BaseException | None = None) -> None:
        while not self._unwanted.is_set():
            with suppress(Full):
                self._room.put((some, error), timeout=_LOOK_S)
                return
