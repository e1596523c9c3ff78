"""How quickly a film's pictures follow each other: on average, and where they do so quickest."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from fractions import Fraction

__all__ = ["Pace"]

_RUN = 5
"""Pictures in a row that make a motion: one that comes early alone is a clock's jitter."""
_REORDERED = 32
"""Pictures among which the next one to be shown is found: a codec refers back to no more than half of it."""
_BLOCK = 4096
_QUICKER = 0.8
_FEW = 2


class Pace:
    """Takes the moments of pictures one by one, in the order of decoding and in constant memory.

    Attributes:
        count: how many there were. first, last: the earliest and the latest moment, None before `finish`.
    """

    def __init__(self) -> None:
        self._block: list[int] = []
        self._end = np.zeros(0, np.int64)
        self._quick = self._briefest = 0
        self.count = 0
        self.first: int | None = None
        self.last: int | None = None

    def add(self, moment: int) -> None:
        """The next picture's moment in ticks."""
        self._block.append(moment)
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
        """Seconds from one picture to the next where they are quickest; of a few pictures, the shortest."""
        if self._quick:
            return self._quick * tick / _RUN
        return self._briefest * tick if self._briefest else None

    def uneven(self, tick: Fraction) -> bool:
        """Whether there is motion that is clearly quicker than the average."""
        mean, quick = self.mean(tick), self.quickest(tick)
        return mean is not None and quick is not None and quick < mean * _QUICKER

    def usual(self, tick: Fraction) -> Fraction | None:
        """Seconds that a picture lasts of which nothing else is known: as its motion goes, or as all do."""
        return self.quickest(tick) if self.uneven(tick) else self.mean(tick)

    def _take(self, moments: list[int]) -> None:
        new = np.unique(np.asarray(moments, np.int64))
        if self.last is not None:
            new = new[new > self.last]
        if not len(new):
            return
        self.count += len(new)
        row = np.concatenate([self._end, new])
        for apart, name in ((_RUN, "_quick"), (1, "_briefest")):
            if len(row) > apart:
                least, before = int((row[apart:] - row[:-apart]).min()), getattr(self, name)
                setattr(self, name, min(before or least, least))
        self.first = int(new[0]) if self.first is None else self.first
        self.last, self._end = int(new[-1]), row[-_RUN:]
