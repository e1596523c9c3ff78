"""A clock that runs fast, or stands still until somebody moves it on."""

from __future__ import annotations

import asyncio
import contextlib
import threading
import time
from typing import TYPE_CHECKING

from nemo_widgets.client import Clock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["FastClock"]

_LOOK_S = 0.01
"""Real seconds after which one who waits looks at the clock again."""
_MOST_S = 2 * _LOOK_S
"""Real seconds that count at most from one look at the clock to the next."""


class FastClock(Clock):
    """Time that runs `speed` times as fast as real time, and can be moved on by hand.

    Put it into the client's settings, and half a minute of waiting takes 30 ms:

    >>> clock = FastClock()
    >>> settings = ClientSettings(clock=clock)                             # doctest: +SKIP
    >>> session = nemo.connect(url=backend.url, settings=settings)         # doctest: +SKIP

    Deadlines run as fast as waits do. At the default speed a message's 900 s are over in 0.9 s of real time;
    where a real server has to do real work before a deadline, take a lower speed.

    A machine that stands still, or is busy with something else, for a moment does so for minutes of such a
    clock. So its time passes only while somebody waits on it or looks at it again and again: of the real time
    between two looks no more than 20 ms count.

    One clock may serve any number of event loops and threads at once. Time limits of the HTTP library itself
    (`connect_s`, `read_s`) are measured in real time, whatever the clock.

    Args:
        speed: clock seconds in a real second; 0 stands still until `advance`.

    Attributes:
        slept: the seconds of every `sleep` that was asked for, in order, whether or not it came to its end.
    """

    def __init__(self, speed: float = 1000.0) -> None:
        if not 0 <= speed < float("inf"):
            raise ValueError(f"A clock's speed is 0 or more, not {speed!r}.")
        self._speed = speed
        self._now = 0.0
        self._looked = time.monotonic()
        self._alarms: set[_Alarm] = set()
        self._lock = threading.Lock()
        self.slept: list[float] = []

    def __repr__(self) -> str:
        return f"FastClock(speed={self._speed:g})"

    @property
    def speed(self) -> float:
        """Clock seconds in a real second."""
        return self._speed

    @property
    def waiting(self) -> int:
        """How many sleepers and deadlines there are at present, on all loops."""
        with self._lock:
            return len(self._alarms)

    def now(self) -> float:
        """Seconds since the clock was made, as it counts them."""
        with self._lock:
            looked = time.monotonic()
            self._now += min(looked - self._looked, _MOST_S) * self._speed
            self._looked = looked
            return self._now

    def advance(self, seconds: float) -> None:
        """Move on by so many clock seconds. May be called from any thread.

        Whoever's time has come wakes up, each on the loop it sleeps on, as soon as that loop gets to it.
        """
        if seconds < 0:
            raise ValueError("Time does not go back.")
        with self._lock:
            self._now += seconds
            alarms = list(self._alarms)
        for alarm in alarms:
            alarm.look_again()

    async def sleep(self, seconds: float) -> None:
        """Wait for so many clock seconds; what is not more than 0 only lets others have their turn."""
        self.slept.append(seconds)
        if seconds <= 0:
            await asyncio.sleep(0)
            return
        over: asyncio.Future[None] = asyncio.get_running_loop().create_future()

        def wake() -> None:
            if not over.done():
                over.set_result(None)

        with self._alarm(self.now() + seconds, wake):
            await over

    @contextlib.contextmanager
    def _alarm(self, at: float, ring: Callable[[], object]) -> Iterator[None]:
        alarm = _Alarm(self, at, ring)
        with self._lock:
            self._alarms.add(alarm)
        try:
            # After it was entered: whoever advances the clock from now on finds it.
            alarm.set()
            yield
        finally:
            with self._lock:
                self._alarms.discard(alarm)
            alarm.stop()


class _Alarm:
    """Calls `ring` once, on the loop it was made on, when the clock has come to `at`."""

    def __init__(self, clock: FastClock, at: float, ring: Callable[[], object]) -> None:
        self._clock, self._at, self._ring = clock, at, ring
        self._loop = asyncio.get_running_loop()
        self._timer: asyncio.Handle | None = None
        self._over = False

    def set(self) -> None:
        """Ring if it is time, else see to it that we are asked when it is. On the alarm's own loop."""
        if self._over:
            return
        if self._timer is not None:
            self._timer.cancel()
        left = self._at - self._clock.now()
        if left <= 0:
            self._over = True
            self._timer = self._loop.call_soon(self._ring)
        elif self._clock.speed:
            self._timer = self._loop.call_later(min(left / self._clock.speed, _LOOK_S), self.set)

    def look_again(self) -> None:
        """The clock was moved on, by any thread."""
        with contextlib.suppress(RuntimeError):  # the loop was closed under its sleeper
            self._loop.call_soon_threadsafe(self.set)

    def stop(self) -> None:
        """Never ring again."""
        self._over = True
        if self._timer is not None:
            self._timer.cancel()
