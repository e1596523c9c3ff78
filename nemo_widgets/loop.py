"""The one event loop behind every call: a daemon thread of its own, so nobody's asyncio is patched.

A waiting main thread looks up every 0.1 s, and so does a waiting coroutine on the kernel's loop: that is
what makes the kernel's Stop land at once (an idle selector is not woken by ipykernel's signal handler).
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import threading
from typing import TYPE_CHECKING, Any, TypeVar

from .call_checks import check_call
from .interrupts import SLICE_S, STEPS, load, poll, stoppable

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from concurrent.futures import Future

__all__ = ["STOP_S", "allow_asyncio_run", "awaited", "blocking", "settled", "submit"]

T = TypeVar("T")

STOP_S = 0.35
"""After a Stop, how long the work may take to clean up before we leave it to itself. With the time that a
front end waits for an acknowledgement (0.3 s) and one slice, a click takes 0.75 s at most: the rest of the
second that is promised is for a machine that is busy."""

_lock = threading.Lock()
_loops: dict[int, asyncio.AbstractEventLoop] = {}


def loop() -> asyncio.AbstractEventLoop:
    """The loop of this process, started when first wanted; a forked child gets its own."""
    with _lock:
        found = _loops.get(os.getpid())
        if found is None:
            _loops.clear()
            found = _loops[os.getpid()] = asyncio.new_event_loop()
            threading.Thread(target=found.run_forever, name="nemo-loop", daemon=True).start()
        return found


def submit(work: Coroutine[Any, Any, T]) -> Future[T]:
    """Start `work` on the loop; cancelling the future cancels it there."""
    return asyncio.run_coroutine_threadsafe(work, loop())


def blocking(future: Future[T], stop: Callable[[], object] | None = None) -> T:
    """Wait for `future` in the calling thread, open to the kernel's Stop every 0.1 s.

    `stop` ends the work (default: cancel the future); it may take `STOP_S` to clean up, and pressing Stop
    again and again meanwhile changes nothing. Below `stoppable` the Stop is noted and seen here; elsewhere it
    is Python's KeyboardInterrupt.

    Raises:
        KeyboardInterrupt: after a Stop, once `stop` was called.
    """
    done = threading.Event()
    future.add_done_callback(lambda _: done.set())
    try:
        while not done.wait(SLICE_S):
            poll()
    except KeyboardInterrupt:
        (stop or future.cancel)()
        steps = STEPS
        while steps and not done.is_set():
            with contextlib.suppress(KeyboardInterrupt):
                done.wait(STOP_S / STEPS)
                steps -= 1
        raise
    return future.result(timeout=0)


async def awaited(future: Future[T], stop: Callable[[], object] | None = None) -> T:
    """Wait for `future` in a coroutine on any loop, waking every 0.1 s so that an interrupt lands.

    Raises:
        asyncio.CancelledError: the waiting coroutine was cancelled, once `stop` was called.
    """
    wrapped = asyncio.wrap_future(future)
    try:
        while not future.done():
            await asyncio.wait([wrapped], timeout=SLICE_S)
    except (asyncio.CancelledError, KeyboardInterrupt):
        (stop or future.cancel)()
        await settled(wrapped, STOP_S)
        raise
    return await wrapped


async def settled(work: asyncio.Future[Any], seconds: float) -> None:
    """Wait for work to end, but not longer than so many seconds in which this process can run."""
    for _ in range(STEPS):
        if (await asyncio.wait([work], timeout=seconds / STEPS))[0]:
            return


@check_call
@stoppable
def allow_asyncio_run() -> None:
    """Let a cell call `asyncio.run(main())`, as lessons do, although the kernel's loop is running.

    This patches asyncio for the whole kernel, by nest-asyncio2. Nothing in this package needs it: the
    package's calls run on a loop of their own. The patch slows down every task of yours, and nested runs end
    in reverse order, so it is off until you ask for it. Its archived ancestor nest-asyncio is not used: with
    current ipykernels it leaves queued cells waiting for ever.
    """
    load("nest_asyncio2").apply()
