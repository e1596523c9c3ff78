"""How lengths of time are spread: counted in constant memory, however many there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["NORMAL", "Spread"]

_STEPS = 64
"""Classes for each doubling: lengths in one class differ by a hundredth."""
_DOUBLINGS = 63
NORMAL = 1.4826
"""The standard deviation of what is spread normally, in median deviations."""
_ALONE = 3.5
"""What lasts so many times as long as usual stands still: nothing is counted by it."""
_ROUNDS = 3
_HALF = 0.4
"""Clearly nearer to twice as long is twice: a film's pictures last two or three of a screen's by turns."""
_OFTEN, _NEARLY_ALL, _OFF = 0.2, 0.9, 0.15
"""Shares of all, and of a beat by which one may come beside it."""


class Spread:
    """Lengths in ticks, by classes; of each how many there are, and their sum."""

    def __init__(self) -> None:
        self._counts = np.zeros(_STEPS * _DOUBLINGS, np.int64)
        self._sums = np.zeros(_STEPS * _DOUBLINGS)

    def add(self, lengths: NDArray[np.int64] | NDArray[np.float64]) -> None:
        """Some more, each of at least one tick."""
        classes = np.minimum(np.round(np.log2(np.maximum(lengths, 1)) * _STEPS), len(self._counts) - 1)
        places = classes.astype(np.int64)
        self._counts += np.bincount(places, minlength=len(self._counts))
        self._sums += np.bincount(places, lengths, minlength=len(self._counts))

    def least(self) -> float | None:
        """The shortest, None where there is none."""
        values, _ = self._listed()
        return float(values[0]) if len(values) else None

    def middle(self, *, until: float = np.inf) -> float:
        """The median of those up to a length."""
        values, counts = self._listed()
        kept = values <= until
        return _median(values[kept], counts[kept])

    def usual(self) -> float | None:
        """The time from one to the next; one behind a gap, in which some are left out, counts as several."""
        values, counts = self._listed()
        if not len(values):
            return None
        found = self._beat(values, counts) or _median(values, counts)
        for _ in range(_ROUNDS):
            near = (values > found / 2) & (values < _ALONE * found)
            times = np.floor(values / found + _HALF)
            found = float((values * counts)[near].sum() / (np.maximum(1, times) * counts)[near].sum())
        return found

    def moments(self, usual: float) -> tuple[float, float]:
        """The mean and the variance of what is not far longer than usual."""
        values, counts = self._listed()
        near = values < _ALONE * usual
        mean = float(np.average(values[near], weights=counts[near]))
        return mean, float(np.average((values[near] - mean) ** 2, weights=counts[near]))

    def _beat(self, values: NDArray[np.float64], counts: NDArray[np.int64]) -> float | None:
        """The time of which nearly all are multiples, and not so few the time itself."""
        least = float(values[np.searchsorted(np.cumsum(counts), counts.sum() * _OFTEN)])
        same = np.abs(values / least - 1) < _OFF
        beat = float(np.average(values[same], weights=counts[same]))
        times = values / beat
        near = times < _ALONE
        fits = np.abs(times - np.maximum(1, np.round(times))) < _OFF
        return beat if counts[near & fits].sum() >= _NEARLY_ALL * counts[near].sum() else None

    def error(self, usual: float) -> float:
        """By how much they commonly differ from the usual, or a multiple of it: a standard deviation."""
        values, counts = self._listed()
        near = values < _ALONE * usual
        off = np.abs(values - usual * np.maximum(1, np.round(values / usual)))[near]
        order = np.argsort(off)
        return NORMAL * _median(off[order], counts[near][order])

    def _listed(self) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
        """The mean length of each class that has any, from the shortest on, and how many it has."""
        some = self._counts > 0
        return self._sums[some] / self._counts[some], self._counts[some]


def _median(values: NDArray[np.float64], counts: NDArray[np.int64]) -> float:
    """The median of sorted values that are there so many times; of two in the middle the lower one."""
    total = np.cumsum(counts)
    return float(values[np.searchsorted(total, (total[-1] + 1) // 2)])
