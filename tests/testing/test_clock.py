"""The clock that runs fast, or by hand."""

import asyncio
import gc
import socket
import threading
import time

import pytest
from limits import within
from waiting import PATIENCE_S, until_async

from nemo_widgets.client import Clock
from nemo_widgets.testing import FastClock


def run_in_thread(work):
    """Run a coroutine on a loop of its own in a thread; its result will be in the list."""
    found = []
    thread = threading.Thread(target=lambda: found.append(asyncio.run(work())))
    thread.start()
    return thread, found


async def test_half_an_hour_takes_a_moment():
    """At a speed of 100,000 a sleep of half an hour is over in 18 ms, and the clock has moved on by it."""
    clock, began = FastClock(speed=100_000), time.monotonic()
    before = clock.now()
    await clock.sleep(1800)
    assert within(time.monotonic() - began, 1)
    assert clock.now() - before >= 1800


async def test_no_sleep_is_shorter_than_it_says():
    """As the clock counts, every sleep lasts at least as long as was asked for."""
    clock = FastClock(speed=1000)
    for seconds in (0.5, 3, 17.25):
        before = clock.now()
        await clock.sleep(seconds)
        assert clock.now() - before >= seconds


async def test_a_clock_that_stands_still_moves_by_hand_alone():
    """At speed 0 nobody wakes up by himself, and `advance` wakes those whose time has come, no others."""
    clock, woken = FastClock(speed=0), []

    async def sleep(seconds):
        await clock.sleep(seconds)
        woken.append(seconds)

    tasks = [asyncio.create_task(sleep(seconds)) for seconds in (30, 10, 20)]
    await asyncio.sleep(0.02)
    assert (clock.now(), woken, clock.waiting) == (0, [], 3)
    clock.advance(10)
    await until_async(lambda: woken == [10])
    clock.advance(9.5)
    await asyncio.sleep(0.02)
    assert woken == [10]
    clock.advance(60)
    await asyncio.gather(*tasks)
    assert sorted(woken) == [10, 20, 30]
    assert clock.waiting == 0


async def test_advance_wakes_sleepers_of_a_running_clock():
    """A clock that runs can be moved on too, and a sleeper's rest of time becomes shorter by it."""
    clock = FastClock(speed=1)
    task, began = asyncio.create_task(clock.sleep(3600)), time.monotonic()
    await asyncio.sleep(0)
    clock.advance(3599.99)
    await task
    assert 0.005 < time.monotonic() - began < 60


async def test_a_machine_that_stands_still_does_not_use_up_its_time(monkeypatch):
    """No deadline is over because nothing at all went on for a minute of real time."""
    clock, monotonic = FastClock(speed=1000), time.monotonic
    arriving = asyncio.get_running_loop().create_future()

    async def work():
        return await arriving

    task = asyncio.create_task(clock.by(clock.now() + 6000, work()))
    await until_async(lambda: clock.waiting)
    monkeypatch.setattr(time, "monotonic", lambda: monotonic() + 60)
    await asyncio.sleep(0.05)
    arriving.set_result("there")
    assert await task == "there"
    assert clock.now() < 6000


async def test_one_clock_serves_many_loops_and_threads():
    """Sleepers on three loops wake up when a fourth thread moves the clock on."""
    clock = FastClock(speed=0)
    threads = [run_in_thread(lambda: clock.sleep(60)) for _ in range(3)]
    await until_async(lambda: clock.waiting == 3)
    await asyncio.to_thread(clock.advance, 61)
    for thread, found in threads:
        await asyncio.to_thread(thread.join, PATIENCE_S)
        assert found == [None]


async def test_a_loop_that_was_closed_does_not_stop_the_others():
    """Moving on works although a loop ended with a sleeper on it."""
    clock = FastClock(speed=0)

    def sleeps_for_ever():
        loop = asyncio.new_event_loop()
        task = loop.create_task(clock.sleep(5))
        loop.run_until_complete(asyncio.sleep(0.01))
        task._log_destroy_pending = False
        loop.close()
        return task

    lost = await asyncio.to_thread(sleeps_for_ever)
    mine = asyncio.create_task(clock.sleep(5))
    await asyncio.sleep(0)
    assert clock.waiting == 2
    clock.advance(5)
    await asyncio.wait_for(mine, PATIENCE_S)
    assert not lost.done()


async def test_what_was_slept_is_noted():
    """`slept` holds every sleep that was asked for, also one that was cut short; deadlines are none."""
    clock = FastClock(speed=0)
    task = asyncio.create_task(clock.sleep(30))
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    await clock.sleep(0)
    await clock.by(10, asyncio.sleep(0))
    assert clock.slept == [30, 0]
    assert clock.waiting == 0


async def test_work_that_is_done_in_time_is_returned():
    """`by` gives the work's result and its exceptions as they are."""
    clock = FastClock(speed=0)

    async def work(result):
        await asyncio.sleep(0.001)
        if isinstance(result, Exception):
            raise result
        return result

    assert await clock.by(1, work("there")) == "there"
    with pytest.raises(KeyError, match="mine"):
        await clock.by(1, work(KeyError("mine")))
    with pytest.raises(TimeoutError, match="the work's own"):
        await clock.by(1, work(TimeoutError("the work's own")))


async def test_work_that_is_late_is_cancelled():
    """At the deadline the work is cancelled, its cleaning up is waited for, and TimeoutError is raised."""
    clock, ended = FastClock(speed=1000), []

    async def work():
        try:
            await asyncio.sleep(60)
        finally:
            await asyncio.sleep(0.005)
            ended.append(True)

    with pytest.raises(TimeoutError):
        await clock.by(clock.now() + 5, work())
    assert ended == [True]
    await asyncio.sleep(0)  # the task that waited is not cancelled itself


async def test_a_deadline_is_moved_on_by_hand():
    """A deadline on a clock that stands still passes when it is advanced, from whatever thread."""
    clock = FastClock(speed=0)
    task = asyncio.create_task(clock.by(600, asyncio.sleep(3600)))
    await until_async(lambda: clock.waiting == 1)
    await asyncio.to_thread(clock.advance, 599)
    await asyncio.sleep(0.02)
    assert not task.done()
    await asyncio.to_thread(clock.advance, 1)
    with pytest.raises(TimeoutError):
        await task


@pytest.mark.parametrize("kind", [Clock, FastClock])
async def test_what_has_come_while_the_machine_stood_still_is_heard(kind):
    """An answer that lies there when the machine goes on counts, though its time is up by then."""
    here, there = socket.socketpair()
    here.settimeout(0)
    with here, there:
        reader, writer = await asyncio.open_connection(sock=here)
        clock = kind()

        async def answer():
            asyncio.get_running_loop().call_soon(still)
            return await reader.read(5)

        def still():
            there.sendall(b"there")
            time.sleep(0.06)

        assert await clock.by(clock.now() + (0.03 if kind is Clock else 10), answer()) == b"there"
        writer.close()


async def test_the_result_wins_where_it_is_there():
    """Where result and deadline come in the same moment, the result counts; ready work always passes."""
    clock, loop = FastClock(speed=0), asyncio.get_running_loop()
    arriving = loop.create_future()

    async def work():
        return await arriving

    task = asyncio.create_task(clock.by(5, work()))
    await asyncio.sleep(0)
    clock.advance(5)
    loop.call_soon(arriving.set_result, "just in time")
    assert await task == "just in time"

    async def ready():
        await asyncio.sleep(0)
        return "ready"

    assert await clock.by(clock.now() - 100, ready()) == "ready"


async def test_nothing_is_left_behind_unretrieved(recwarn):
    """Neither the result nor the deadline's exception is lost with a complaint of asyncio's."""
    said, loop = [], asyncio.get_running_loop()
    loop.set_exception_handler(lambda _, context: said.append(context["message"]))
    clock = FastClock(speed=0)

    async def fails():
        await asyncio.sleep(0)
        raise KeyError

    async def fails_when_cancelled():
        try:
            await asyncio.sleep(60)
        finally:
            raise KeyError

    clock.advance(1)
    with pytest.raises(KeyError):
        await clock.by(10, fails())
    with pytest.raises(KeyError):
        await clock.by(0, fails_when_cancelled())
    with pytest.raises(TimeoutError):
        await clock.by(0, asyncio.sleep(60))
    gc.collect()
    await asyncio.sleep(0)
    assert (said, len(recwarn)) == ([], 0)


async def test_who_cancels_the_waiter_is_not_told_of_a_timeout():
    """A task that is cancelled while it waits `by` a deadline ends as cancelled, whatever the time."""
    clock = FastClock(speed=0)
    task = asyncio.create_task(clock.by(5, asyncio.sleep(60)))
    await asyncio.sleep(0)
    task.cancel()
    clock.advance(5)
    with pytest.raises(asyncio.CancelledError):
        await task
    assert clock.waiting == 0


async def test_it_is_a_clock_of_the_client():
    """It can stand wherever the client takes a clock, and refuses to run backwards."""
    assert isinstance(FastClock(), Clock)
    assert repr(FastClock()) == "FastClock(speed=1000)"
    for speed in (-1, float("inf"), float("nan")):
        with pytest.raises(ValueError, match="speed"):
            FastClock(speed=speed)
    with pytest.raises(ValueError, match="back"):
        FastClock().advance(-1)
