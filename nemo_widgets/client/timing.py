"""The clock that every wait of the client is measured on: a test can make half an hour pass at once."""

from __future__ import annotations

import asyncio
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from nemo_widgets.catalogue import say

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterator
    from typing import Any

__all__ = ["Clock", "in_words"]

T = TypeVar("T")
_MINUTE, _HOUR = 60, 3600
_FEW = 10
_PASSES = 5
"""How often the loop goes round between a deadline and its effect: a result that is on its way arrives."""


def in_words(seconds: float) -> str:
    """How long something takes, as it is told.

    >>> in_words(3.75), in_words(45), in_words(90), in_words(120), in_words(7200)
    ('3.8 s', '45 s', '1 min 30 s', '2 min', '2 h')
    """
    if seconds < _FEW:
        return f"{seconds:.2g} {_unit('s')}"
    hours, rest = divmod(round(seconds), _HOUR)
    minutes, rest = divmod(rest, _MINUTE)
    told = [
        f"{count} {_unit(unit)}" for count, unit in ((hours, "h"), (minutes, "min"), (rest, "s")) if count
    ]
    return " ".join(told)


def _unit(name: str) -> str:
    return say(f"unit.{name}")


class Clock:
    """Real time. `nemo_widgets.testing.FastClock` runs faster, and can be moved on by hand."""

    def now(self) -> float:
        """Seconds that only ever grow, from wherever."""
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await asyncio.sleep(seconds)

    async def by(self, deadline: float, work: Coroutine[Any, Any, T]) -> T:
        """The result of `work`, which is cancelled where it is not there at `deadline` (as `now` counts).

        `work` runs in the task that called. A result that is there as the time is up is returned: a machine
        that stood still finds both at once.

        Raises:
            TimeoutError: there was none.
        """
        loop = asyncio.get_running_loop()
        over = False

        def expire(passes: int = _PASSES) -> None:
            if over:
                return
            if passes:
                loop.call_soon(expire, passes - 1)
            else:
                limit.reschedule(loop.time())

        async with asyncio.timeout(None) as limit:
            try:
                with self._alarm(deadline, expire):
                    return await work
            finally:
                over = True

    @contextmanager
    def _alarm(self, at: float, ring: Callable[[], object]) -> Iterator[None]:
        """Call `ring` once, when the clock has come to `at`, unless what is done meanwhile ends before."""
        timer = asyncio.get_running_loop().call_later(max(0.0, at - self.now()), ring)
        try:
            yield
        finally:
            timer.cancel()
