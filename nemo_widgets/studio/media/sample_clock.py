"""From a file's ticks to samples, in whole numbers: it is asked for every few milliseconds of sound."""

from __future__ import annotations

from fractions import Fraction
from math import lcm

__all__ = ["SampleClock"]


class SampleClock:
    """Tells which sample is nearest to a time: `rate` of them a second, times moved by `shift` seconds."""

    def __init__(self, rate: int, shift: Fraction) -> None:
        self._rate, self._shift = rate, shift
        self._of: tuple[Fraction, Fraction] | None = None
        self._step = self._first = 0
        self._whole = 1

    def sample(self, ticks: int, tick: Fraction, offset: Fraction) -> int:
        """The sample at so many ticks of so many seconds, `offset` seconds later; of two the even one."""
        if (tick, offset) != self._of:
            self._of = tick, offset
            step, first = Fraction(tick) * self._rate, (self._shift + offset) * self._rate
            self._whole = lcm(step.denominator, first.denominator)
            self._step, self._first = int(step * self._whole), int(first * self._whole)
        below, rest = divmod(ticks * self._step + self._first, self._whole)
        return below + (2 * rest > self._whole or (2 * rest == self._whole and below % 2 == 1))
