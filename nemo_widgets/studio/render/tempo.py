"""Sound faster or slower at the same pitch, each sound's beginning and end exactly when its picture has it.

Short fragments overlap in the output; each is looked for near its place in the source where it continues the
one before it best (WSOLA). What a fragment is wide would blur beginnings in slow motion by a multiple of it:
so around a sudden beginning or end the source is played at its own speed, and what lies between waits for it.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from nemo_widgets.studio.media.sound import RATE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from nemo_widgets.studio.media.sound import Samples

__all__ = ["retimed"]

_HOP = RATE * 12 // 1000
"""Samples from one fragment's middle to the next; a fragment is two of them wide."""
_SEARCH = RATE * 6 // 1000
"""How far from its place a fragment may be taken: half a period of the deepest voice."""
_COARSE = 4
"""The best place is looked for among every fourth sample first."""
_GRAIN = RATE // 1000
"""Samples of which the level is taken as one."""
_SIDE = 20
"""Grains at each side of a moment whose levels are compared."""
_SUDDEN_DB, _SOFTEST, _NOTHING = 9.0, 1e-6, 1e-8
"""How much louder or softer is sudden; below which power, -60 dB, nothing is."""
_FAINT = 3e-3
"""What is softer than the loud side by 25 dB counts as silence: codecs hiss before a sound."""
_AHEAD = RATE // 4
_KEPT = RATE
_WINDOW = (0.5 - 0.5 * np.cos(np.pi * np.arange(2 * _HOP) / _HOP)).astype(np.float32)[:, None]


class _Edge(NamedTuple):
    """Where sound begins or ends suddenly: the samples that are played at their own speed, around `at`."""

    first: int
    at: int
    last: int


def retimed(blocks: Iterator[Samples], speed: float) -> Iterator[Samples]:
    """Blocks of (n, 2) samples at 48 kHz, played `speed` times as fast at the same pitch; constant memory."""
    source = _Source(blocks, slow=speed < 1)
    before: int | None = None
    tail = np.zeros((_HOP, 2), np.float32)
    number = 0
    while True:
        at = number * _HOP
        ideal = round(at * speed)
        source.read_to(ideal + _AHEAD)
        if source.length is not None and ideal >= source.length:
            yield tail
            return
        place = source.place(at, ideal, before, speed)
        fragment = source.part(place - _HOP, place + _HOP) * _WINDOW
        if number:
            yield tail + fragment[:_HOP]
        tail, before, number = fragment[_HOP:], place, number + 1
        source.forget(min(place, ideal) - _KEPT)


class _Source:
    """The source's samples around where it is played, and its edges."""

    def __init__(self, blocks: Iterator[Samples], *, slow: bool) -> None:
        self._blocks, self._slow = blocks, slow
        self._data = np.zeros((_HOP, 2), np.float32)
        self._first = -_HOP
        self._levels: NDArray[np.float64] = np.zeros(_SIDE)  # before its beginning it is silent
        self._grain = -_SIDE
        self._looked = 0
        self._edges: list[_Edge] = []
        self.length: int | None = None
        """How long it is, once that is known."""

    def read_to(self, end: int) -> None:
        """Have the samples before `end`, or all there are."""
        pieces, have = [self._data], self._first + len(self._data)
        if have >= end:
            return
        while have < end and self.length is None:
            block = next(self._blocks, None)
            if block is None:
                self.length = have
            else:
                pieces.append(block)
                have += len(block)
        self._data = np.concatenate(pieces)
        if self._slow:
            self._look()

    def forget(self, before: int) -> None:
        """Let go of what lies before a sample."""
        if before - self._first > _KEPT:
            self._data, self._first = self._data[before - self._first :], before
            self._edges = [edge for edge in self._edges if edge.last >= before]

    def part(self, first: int, last: int) -> Samples:
        """Samples of the source, silence where it has none."""
        out = np.zeros((last - first, 2), np.float32)
        low, high = max(first, self._first), min(last, self._first + len(self._data))
        if low < high:
            out[low - first : high - first] = self._data[low - self._first : high - self._first]
        return out

    def place(self, at: int, ideal: int, before: int | None, speed: float) -> int:
        """The source's sample that stands in the middle of the fragment at the output's sample `at`."""
        low, high = ideal - _SEARCH, ideal + _SEARCH
        number = bisect_right(self._edges, ideal, key=lambda edge: edge.at)
        for edge in self._edges[max(0, number - 1) : number + 1]:
            own = edge.at + at - round(edge.at / speed)
            if edge.first <= own <= edge.last:
                return own
            if own < edge.first:
                high = min(high, edge.first)
                low = min(low, high)
            else:
                low = max(low, edge.last)
                high = max(low, high)
        return low if before is None or low >= high else self._alike(low, high, before)

    def _alike(self, low: int, high: int, before: int) -> int:
        """The place at which a fragment continues best what was played last."""
        wanted = self.part(before, before + _HOP).mean(axis=1)
        there = self.part(low - _HOP, high).mean(axis=1)
        thin, wide = wanted[::_COARSE], there[::_COARSE]
        if len(wide) <= len(thin) or not wanted.any():
            return (low + high) // 2
        match = np.correlate(wide, thin, "valid")
        power = np.convolve(wide * wide, np.ones(len(thin), np.float32), "valid")
        best = int((match / np.sqrt(power + _SOFTEST)).argmax()) * _COARSE
        first = max(0, best - _COARSE)
        fine = there[first : best + _COARSE + _HOP]
        if len(fine) <= _HOP:
            return low + best
        return min(high, low + first + int(np.correlate(fine, wanted, "valid").argmax()))

    def _look(self) -> None:
        """Look for edges in what has come since the last time; the levels before them are let go."""
        done, ready = self._grain + len(self._levels), (self._first + len(self._data)) // _GRAIN
        if ready > done:
            mono = self.part(done * _GRAIN, ready * _GRAIN).mean(axis=1).astype(np.float64)
            self._levels = np.concatenate([self._levels, (mono.reshape(-1, _GRAIN) ** 2).mean(axis=1)])
        changes = _changes(self._levels)  # the first is that after so many levels
        end = self._grain + len(changes)
        for grain in range(self._looked, end):
            here = grain - self._grain - _SIDE
            change = changes[here]
            if change >= _SUDDEN_DB and change >= changes[max(0, here - _SIDE) : here + _SIDE].max():
                self._add(grain * _GRAIN)
        self._looked = max(self._looked, end)
        spare = self._looked - 2 * _SIDE - self._grain
        if spare > 0:
            self._levels, self._grain = self._levels[spare:], self._grain + spare

    def _add(self, at: int) -> None:
        first, last = at - _HOP, at + _HOP
        if self._edges and first <= self._edges[-1].last:
            return  # what follows so closely is played with the one before it
        self._edges.append(_Edge(first, at, last))


def _changes(levels: NDArray[np.float64]) -> NDArray[np.float64]:
    """By how many dB the level changes at each grain that has enough of them at both sides."""
    if len(levels) < 2 * _SIDE:
        return np.zeros(0)
    means = np.convolve(levels, np.full(_SIDE, 1 / _SIDE), "valid")
    left, right = means[:-_SIDE], means[_SIDE:]
    loud = np.maximum(left, right)
    around = np.lib.stride_tricks.sliding_window_view(np.pad(loud, _SIDE), 2 * _SIDE + 1)
    floor = around.max(axis=1) * _FAINT + _NOTHING
    change: NDArray[np.float64] = np.abs(10 * np.log10((right + floor) / (left + floor)))
    change[loud < _SOFTEST] = 0.0
    return change
