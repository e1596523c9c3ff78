"""Safe requests are tried again, paid ones never once they may have left."""

from __future__ import annotations

import asyncio
import logging

import pytest

from nemo_widgets.client import ClientSettings
from nemo_widgets.client.envelope import Verdict
from nemo_widgets.client.retry import decide, repeat
from nemo_widgets.errors import ConnectError, ServerError

UNREACHED = Verdict(error=ConnectError("x"), number=None, sent=False)
BROKEN = Verdict(error=ConnectError("x"), number=None, sent=True)


def status(number, wait_s=None):
    return Verdict(error=ServerError("x"), number=number, wait_s=wait_s)


@pytest.mark.parametrize(
    ("verdict", "read", "paid"),
    [
        (Verdict(), False, False),
        (UNREACHED, True, True),
        (BROKEN, True, False),
        (status(408), True, False),
        (status(429), False, False),
        (status(500), True, False),
        (status(503, 3), 3, False),
        (status(507), False, False),
        (status(503, 99), 8, False),
        (status(400), False, False),
        (status(401), False, False),
        (status(404), False, False),
        (status(2001), False, False),
    ],
)
def test_decision(verdict, read, paid):
    """The table of decisions, for each class of request; the last attempt is the last."""
    for kind, expected in (("read", read), ("paid", paid)):
        assert decide(kind, verdict, 1, 4, 8) == expected
        assert decide(kind, verdict, 3, 4, 8) == expected
        assert decide(kind, verdict, 4, 4, 8) is False


QUICK = ClientSettings(attempts=4, backoff_s=0.001, backoff_most_s=0.002)


async def test_repeat_until_it_goes_well():
    """A fault that passes is got over, and nothing is printed about it."""
    verdicts = [status(503), BROKEN, Verdict(data=1)]

    async def once():
        return verdicts.pop(0)

    assert (await repeat("read", once, QUICK)).data == 1
    assert logging.getLogger("stamina").handlers


async def test_waits_are_on_the_clock(clock):
    """The waits between tries grow, stay below their limit, and pass on the settings' clock."""
    verdicts = [status(503), status(503, 99), status(503), status(503), Verdict()]

    async def once():
        return verdicts.pop(0)

    settings = ClientSettings(attempts=9, backoff_s=100, backoff_most_s=350, clock=clock)
    await repeat("read", once, settings)
    first, asked, third, fourth = clock.slept
    assert (100 <= first <= 200, asked, third, fourth) == (True, 99, 350, 350)


@pytest.mark.parametrize(("kind", "times"), [("read", 4), ("paid", 1)])
async def test_repeat_gives_up(kind, times):
    """The last verdict is the answer once the attempts are used up."""
    calls = []

    async def once():
        calls.append(1)
        return status(502)

    assert (await repeat(kind, once, QUICK)).number == 502
    assert len(calls) == times


async def test_cancelling_is_not_retried():
    """A cancelled task ends at once, in the middle of an attempt."""
    calls, second = [], asyncio.Event()

    async def once():
        calls.append(1)
        if len(calls) == 2:
            second.set()
            await asyncio.sleep(60)
        return status(503)

    task = asyncio.create_task(repeat("read", once, ClientSettings(backoff_s=0.001)))
    await second.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert len(calls) == 2


async def test_our_own_faults_are_not_retried():
    """An exception that is no verdict passes through."""

    async def once():
        raise ValueError("x")

    with pytest.raises(ValueError, match="x"):
        await repeat("read", once, QUICK)
