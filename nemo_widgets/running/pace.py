"""How quick a piece of work is, and how long it will take yet, as people read it."""

from __future__ import annotations

import time
from collections import deque
from functools import partial
from math import ceil
from statistics import median
from typing import TYPE_CHECKING

from nemo_widgets.catalogue import say
from nemo_widgets.draft import clock as as_clock

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Pace", "Paces", "counted", "megabytes"]

_MB = 1_000_000
_STRETCHES = 9
"""A speed is that of the last so many stretches: what was long ago says nothing of what comes."""
_STRETCH_S = 1.0
"""A stretch takes at least so long, and longer where nothing moves."""
_LEAST_S = 0.2
"""A speed measured over less is noise."""
_COPIES = 20
"""So many frames are copied while one is encoded, at the least."""


class Pace:
    """The speed of one piece of work, in whatever unit it is counted: the median of its last stretches.

    So a standstill of the machine, which is one very slow stretch, and frames that are copied and not
    encoded, which are a few very quick ones, say nothing of the rest; of a change that lasts most stretches
    tell after some seconds.

    What is there when the first count is told was not done now, so it does not count for the speed: a
    download that is taken up in its middle is no quicker for that. A count that goes back begins anew.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic, begun: float = 0) -> None:
        """`begun` is what was there at the start, which is now."""
        self._clock = clock
        self._speeds: deque[float] = deque(maxlen=_STRETCHES)
        self._since, self._from, self._last = clock(), begun, begun

    def at(self, done: float) -> float | None:
        """Take a count; the speed in units a second, None while nobody can know."""
        now = self._clock()
        if done < self._last:
            self._speeds.clear()
        if done < self._last or (done == self._from and not self._speeds):
            self._since, self._from = now, done  # it begins anew, or has not begun to move
        self._last = done
        seconds, more = now - self._since, done - self._from
        if seconds >= _STRETCH_S and more > 0:
            self._speeds.append(more / seconds)
            self._since, self._from = now, done
        if self._speeds:
            return median(self._speeds)
        return more / seconds if seconds >= _LEAST_S and more > 0 else None

    def left(self, done: float, whole: float) -> str:
        """Take a count; the time left, such as `0:14 left`, "" while nobody can know."""
        speed = self.at(done)
        return "" if speed is None else _left((whole - done) / speed)


class Paces:
    """The speeds of frames that are copied and of frames that are encoded: one says nothing of the other.

    The time belongs to those that move, to the encoded ones where both do. Before a frame is encoded nobody
    knows how long that takes; of copies it is known that they are quick.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic, begun: tuple[int, int] = (0, 0)) -> None:
        """`begun`: frames that were copied and encoded at the start, which is now."""
        self._clock, self._at, self._last, self._moves = clock, clock(), begun, 1
        self._spent = [0.0, 0.0]
        self._paces = [Pace(partial(self._spent.__getitem__, kind), n) for kind, n in enumerate(begun)]

    def left(self, done: tuple[int, int], whole: tuple[int, int]) -> str:
        """Take a count of both; the time left, such as `0:14 left`, "" while nobody can know."""
        now = self._clock()
        self._moves = max((kind for kind in (0, 1) if done[kind] != self._last[kind]), default=self._moves)
        self._spent[self._moves] += now - self._at
        self._at, self._last = now, done
        copies, encoded = (pace.at(count) for pace, count in zip(self._paces, done, strict=True))
        to_copy, to_encode = (most - count for most, count in zip(whole, done, strict=True))
        copies = copies or (encoded and encoded * _COPIES)
        if (to_copy and not copies) or (to_encode and not encoded):
            return ""
        return _left((to_copy / copies if copies else 0) + (to_encode / encoded if encoded else 0))


def megabytes(clock: Callable[[], float] = time.monotonic, begun: int = 0) -> Callable[[int, int], str]:
    """A teller of transfers: called with bytes so far and in all, it says bytes, speed and time left."""
    pace = Pace(clock, begun)

    def told(sent: int, total: int) -> str:
        amount = say("pace.megabytes", done=f"{sent / _MB:.1f}", whole=f"{total / _MB:.1f}")
        speed = pace.at(sent)
        if speed is None:
            return amount
        return " · ".join(filter(None, [amount, f"{speed / _MB:.1f} MB/s", _left((total - sent) / speed)]))

    return told


def _left(seconds: float) -> str:
    """The time left in words; none where nothing is left to do."""
    return "" if seconds <= 0 else say("pace.left", time=as_clock(ceil(seconds) * 1000))


def counted(number: int) -> str:
    """A whole number as people read it: 1 190, which no line is broken in."""
    return f"{number:,}".replace(",", "\N{NO-BREAK SPACE}")
