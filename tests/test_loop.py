"""Waiting for work on the one loop."""

import asyncio
import signal
import threading
import time

import pytest
from limits import within

from nemo_widgets import loop


async def answer(value, after=0.0):
    await asyncio.sleep(after)
    return value


def test_work_runs_on_one_thread_of_its_own():
    """Whatever thread asks, the work runs on the same daemon thread."""

    async def where():
        return threading.current_thread()

    threads = {loop.blocking(loop.submit(where())) for _ in range(3)}
    assert len(threads) == 1
    assert (thread := threads.pop()).daemon
    assert thread is not threading.current_thread()


def test_a_stop_lands_at_once_while_blocking():
    """SIGINT ends a blocking wait within a fraction of a second, and the work with it."""
    future = loop.submit(answer(1, after=30))
    threading.Timer(0.3, signal.raise_signal, [signal.SIGINT]).start()
    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        loop.blocking(future)
    assert within(time.monotonic() - began, 1)
    assert future.cancelled()


async def test_a_waiting_coroutine_can_be_cancelled():
    """Cancelling the awaiting task ends the work."""
    future = loop.submit(answer(1, after=30))
    waiting = asyncio.ensure_future(loop.awaited(future))
    await asyncio.sleep(0.05)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert future.cancelled()


async def test_results_and_errors_come_through():
    """A result is a result in both ways of waiting, and an error the same error."""
    assert await loop.awaited(loop.submit(answer(5))) == 5

    async def broken():
        raise ValueError("so")

    with pytest.raises(ValueError, match="so"):
        await loop.awaited(loop.submit(broken()))
