"""Sounds side by side: which of them are silent, which are alike, and which cancel each other when mixed."""

from __future__ import annotations

from contextlib import ExitStack
from functools import lru_cache
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from .extent import extents
from .sound import RATE, SoundReader

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .sound import Samples

__all__ = ["Comparison", "compared"]

_WHOLE = 60 * RATE
"""Up to a minute all of the sound is listened to; of longer ones, parts all over it."""
_PARTS = 24
_SILENT = 1e-3
"""A track whose peak stays below this (-60 dB) is silent."""
_COARSE, _POINTS, _LATE = 6, 16_384, 400
"""Of so many samples one is made for the comparison, with room for 50 ms by which one may be late."""
_OPPOSITE = -0.5
"""What correlates by less than this loses more than half of its power when it is mixed."""
_MIRRORED = 0.05
"""Two channels of whose power so little is left when they are added are the two wires of one microphone."""


class Comparison(NamedTuple):
    """What was found of a file's sound tracks, in their order.

    `alike` is for each pair how much of both is the same sound, be it some milliseconds late and whichever
    way round: 0 for nothing, 1 for all of it. `turned` are the indices of those that have to be turned round
    to be heard beside the ones before them, `mirrored` of those whose right channel undoes the left one.
    """

    silent: tuple[bool, ...]
    alike: dict[tuple[int, int], float]
    turned: frozenset[int]
    mirrored: frozenset[int]

    @property
    def signs(self) -> list[tuple[int, int]]:
        """What left and right of each track are multiplied by where they are mixed: 1, or -1."""
        ways = [-1 if i in self.turned else 1 for i in range(len(self.silent))]
        return [(way, -way if i in self.mirrored else way) for i, way in enumerate(ways)]


def compared(path: Path, tracks: Sequence[int], name: str = "") -> Comparison:
    """Listens to these tracks of a file, by their numbers. Remembered for the files that were heard last.

    A file of up to a minute is listened to as a whole; of a longer one two dozen seconds all over it. One
    track alone is left as soon as its channels do not cancel each other.

    Raises:
        MediaError: the file can't be opened, or has none of these tracks.
    """
    stat = path.stat()
    return _compared(str(path), tuple(tracks), name, stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=128)
def _compared(path: str, tracks: tuple[int, ...], name: str, *_: int) -> Comparison:
    measured, found = _Measured(len(tracks)), extents(Path(path), name)
    with ExitStack() as stack:
        readers = [stack.enter_context(SoundReader(Path(path), name, number)) for number in tracks]
        for at, samples in _parts(round((found.end - found.begin) * RATE)):
            blocks = []
            for reader in readers:
                reader.seek(at)
                blocks.append(reader.read(samples))
            measured.add(blocks)
            if len(tracks) == 1 and not measured.mirrored(0) and not measured.silent(0):
                break
    every = range(len(tracks))
    alike = {pair: measured.likeness(*pair) for pair in combinations(every, 2)}
    return Comparison(
        tuple(map(measured.silent, every)),
        alike,
        measured.turned(),
        frozenset(filter(measured.mirrored, every)),
    )


def _parts(length: int) -> Iterator[tuple[int, int]]:
    """Where to listen, and to how many samples."""
    if length <= _WHOLE:
        for at in range(0, max(length, 1) + RATE, RATE):
            yield at, RATE
        return
    for i in range(_PARTS):
        yield (length - RATE) * i // (_PARTS - 1), RATE


class _Measured:
    """Peaks of the tracks, and how much each is like each other one, be it some milliseconds late."""

    def __init__(self, count: int) -> None:
        self._peaks = np.zeros(count)
        self._common = np.zeros((count, count, _POINTS // 2 + 1), np.complex64)
        self._sides = np.zeros((count, 3))
        """Of each track the powers of left and right, and what both have in common."""
        self._at_once = np.zeros((count, count))

    def add(self, blocks: Sequence[Samples]) -> None:
        """Take what is heard at the same time, up to a second."""
        mono = np.zeros((len(blocks), RATE), np.float32)
        for i, block in enumerate(blocks):
            if len(block):
                self._peaks[i] = max(self._peaks[i], float(np.abs(block).max()))
                left, right = block.T
                self._sides[i] += left @ left, right @ right, left @ right
                mono[i, : len(block)] = (left - right if self.mirrored(i) else left + right) / 2
        if len(blocks) == 1:
            return
        coarse = mono.reshape(len(blocks), -1, _COARSE).mean(axis=2)
        # The difference, lest a hum that all have in common makes them alike.
        steps = np.diff(coarse)
        self._at_once += steps @ steps.T
        spectra = np.fft.rfft(steps, _POINTS).astype(np.complex64)
        for i, own in enumerate(spectra):
            self._common[i, i:] += np.conj(own) * spectra[i:]

    def silent(self, i: int) -> bool:
        """Whether nothing of it is heard."""
        return bool(self._peaks[i] < _SILENT)

    def mirrored(self, i: int) -> bool:
        """Whether one of its channels is the other one turned round: from one speaker nothing is heard."""
        left, right, common = self._sides[i]
        return bool(common < 0 and left + right + 2 * common <= _MIRRORED * (left + right - 2 * common))

    def likeness(self, i: int, j: int) -> float:
        """How much of both, `i` < `j`, is the same sound: 0 for nothing, 1 for all, however loud each is."""
        powers = self._powers(i) * self._powers(j)
        if self.silent(i) or self.silent(j) or powers <= 0:
            return 0.0
        common = np.fft.irfft(self._common[i, j], _POINTS)
        near = np.concatenate([common[:_LATE], common[-_LATE:]])
        return float(np.abs(near).max() / powers**0.5)

    def turned(self) -> frozenset[int]:
        """Those that would take away from what is heard of the ones before them."""
        signs = np.zeros(len(self._peaks))
        for i in range(len(signs)):
            signs[i] = 1
            if self.silent(i):
                continue
            common, mixed = self._at_once[i, :i] @ signs[:i], signs[:i] @ self._at_once[:i, :i] @ signs[:i]
            if common < 0 and common < _OPPOSITE * (mixed * self._at_once[i, i]) ** 0.5:
                signs[i] = -1
        return frozenset(np.flatnonzero(signs < 0).tolist())

    def _powers(self, i: int) -> float:
        return float(np.fft.irfft(self._common[i, i], _POINTS)[0])
