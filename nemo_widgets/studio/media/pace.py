"""How quickly a film's pictures follow each other: on average, usually, and where they do so quickest."""

from __future__ import annotations

from fractions import Fraction
from math import sqrt
from typing import TYPE_CHECKING

import numpy as np

from .spread import NORMAL, Spread

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

__all__ = ["STEADY", "Pace"]

STEADY = Fraction(199, 200)
"""What comes after less than this share of the average comes quicker than that."""
_QUICKER, _SLIGHTLY = 0.8, 0.95
_RUNS = (15, 45)
"""Pictures in a row that make a motion if half of them come quickly: a few alone catch up with a late one."""
_SUMMED = 9
"""Of so many times in a row the sum is taken: a clock that trembles leaves it as it is, gaps do not."""
_SURE = 6.0
"""Times the error by which a run has to be quicker than usual: of a trembling clock some are so by chance."""
_TREMBLES, _HEAVILY = 0.05, 0.3
"""Share of its usual time by which a picture of such a clock comes early or late, commonly."""
_TOGETHER = 1.2
"""Runs are as quick as the quickest if they take no more than so many times as long."""
_REORDERED = 32
"""Pictures among which the next one to be shown is found: a codec refers back to no more than half of it."""
_BLOCK = 4096
_FEW = 2
_MOST_LEFT_OUT = 0.75
"""Of so many pictures so many are left: what would be left of fewer is a rate that changes."""


class Pace:
    """Takes the moments of pictures one by one, in the order of decoding and in constant memory.

    Attributes:
        count: how many there were. first, last: the earliest and the latest moment, None before `finish`.
    """

    def __init__(self) -> None:
        self._block: list[int] = []
        self._end = np.zeros(0, np.int64)
        self._apart, self._sums, self._steps = Spread(), Spread(), Spread()
        self._runs = {run: Spread() for run in _RUNS}
        self.count = 0
        self.first: int | None = None
        self.last: int | None = None

    def add(self, moment: int) -> None:
        """The next picture's moment in ticks."""
        self._block.append(moment)
        self._sift()

    def extend(self, moments: Iterable[int]) -> None:
        """The next, far fewer than are held at once."""
        self._block.extend(moments)
        self._sift()

    def _sift(self) -> None:
        if len(self._block) >= _BLOCK:
            self._block.sort()
            self._take(self._block[:-_REORDERED])
            del self._block[:-_REORDERED]

    def finish(self) -> None:
        """Take in what is still held back for its order; more may come afterwards."""
        self._take(sorted(self._block))
        self._block.clear()

    def mean(self, tick: Fraction) -> Fraction | None:
        """Seconds from one picture to the next on average; None below two pictures."""
        if self.first is None or self.last is None or self.count < _FEW:
            return None
        return (self.last - self.first) * tick / (self.count - 1)

    def quickest(self, tick: Fraction) -> Fraction | None:
        """Seconds from one picture to the next as they usually are, or in the quickest motion."""
        ticks = self._quickest()
        return None if ticks is None else round(ticks * 1000) * tick / 1000

    def uneven(self, tick: Fraction) -> bool:
        """Whether they do not all take one time: their rate changes, some are left out, a clock trembles."""
        mean, quick = self.mean(tick), self.quickest(tick)
        return mean is not None and quick is not None and (quick < mean * STEADY or self.trembling())

    def trembling(self) -> bool:
        """Whether pictures commonly come earlier or later than they are meant."""
        usual = self._apart.usual()
        return usual is not None and self._apart.error(usual) > _TREMBLES * usual

    def usual(self, tick: Fraction) -> Fraction | None:
        """Seconds that a picture lasts of which nothing else is known: as its motion goes, or as all do."""
        mean, quick = self.mean(tick), self.quickest(tick)
        return quick if mean is not None and quick is not None and quick < mean * _QUICKER else mean

    def _usual(self) -> float | None:
        """Ticks from one picture to the next, as if none were left out and no clock trembled."""
        usual = self._apart.usual()
        if usual is None or self._apart.error(usual) < _HEAVILY * usual or not self._sums.least():
            return usual
        # Nothing but its mean is left of such a clock; what the sums vary by on top is what is left out.
        mean, apart = self._apart.moments(usual)
        _, summed = self._sums.moments(_SUMMED * usual)
        odds = max(0.0, summed - apart) / (_SUMMED - 1) / mean**2
        return mean * max(_MOST_LEFT_OUT, 1 - odds)

    def _quickest(self) -> float | None:
        usual = self._usual()
        if usual is None:
            return None
        error = self._steps.middle() * NORMAL / sqrt(2) if self._steps.least() is not None else 0.0
        found = [usual]
        for run, runs in self._runs.items():
            least, clear = runs.least(), usual - _SURE * error / sqrt(run)
            if least is not None and least < min(_SLIGHTLY * usual, clear):
                found.append(runs.middle(until=min(_TOGETHER * least, clear)))
        return min(found)

    def _take(self, moments: list[int]) -> None:
        new = np.asarray(moments, np.int64)
        if self.last is not None:
            new = new[new > self.last]
        if not len(new):
            return
        new = new[np.diff(new, prepend=new[0] - 1) > 0]
        self.count += len(new)
        row: NDArray[np.int64] = np.diff(np.concatenate([self._end, new]))
        if len(row):
            self._apart.add(row[-len(new) :])
            self._steps.add(np.abs(np.diff(row[-len(new) - 1 :])))
            self._sums.add(_windows(row, len(new), _SUMMED).sum(axis=1))
        for run, runs in self._runs.items():
            runs.add(np.median(_windows(row, len(new), run), axis=1))
        self.first = int(new[0]) if self.first is None else self.first
        self.last = int(new[-1])
        self._end = np.concatenate([self._end, new])[-max(_RUNS) :]


def _windows(row: NDArray[np.int64], new: int, size: int) -> NDArray[np.int64]:
    """Every `size` numbers in a row that have one of the last, `new` ones."""
    part = row[max(0, len(row) - new - size + 1) :]
    if len(part) < size:
        return np.zeros((0, size), np.int64)
    return np.lib.stride_tricks.sliding_window_view(part, size)
