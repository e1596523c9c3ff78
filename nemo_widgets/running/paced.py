"""What grows with every piece of an answer, told at a pace that leaves time for everything else."""

from __future__ import annotations

import asyncio
import contextlib
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

__all__ = ["paced"]

_LEAST_S = 0.05
_REST = 4
"""After a telling that took t seconds, `_REST` times t nothing is told: it never takes more than a fifth."""


@contextlib.asynccontextmanager
async def paced(
    tell: Callable[[], Awaitable[object]], at_once: Callable[[], bool]
) -> AsyncIterator[Callable[[], None]]:
    """Gives a function to call whenever there is more to tell.

    What costs its whole length each time so costs no more with small pieces than with large ones. What comes
    last may not be told any more when the context ends.

    Args:
        tell: is awaited soon after a call, once for all that came since.
        at_once: is called instead where nothing was told lately; returns False if `tell` has to do it.
    """
    wanted = asyncio.Event()
    due = 0.0

    def rested(begun: float) -> float:
        now = time.monotonic()
        return now + max(_LEAST_S, _REST * (now - begun))

    async def go() -> None:
        nonlocal due
        while True:
            await wanted.wait()
            await asyncio.sleep(due - time.monotonic())
            wanted.clear()
            begun = time.monotonic()
            await tell()
            due = rested(begun)

    def grown() -> None:
        nonlocal due
        begun = time.monotonic()
        if begun >= due and not wanted.is_set() and at_once():
            due = rested(begun)
        else:
            wanted.set()

    going = asyncio.create_task(go())
    try:
        yield grown
    finally:
        going.cancel()
        await asyncio.gather(going, return_exceptions=True)
