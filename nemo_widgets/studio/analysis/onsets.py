"""Where something new is heard: how much louder a sound gets every 10 ms, over bands as the ear has them."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

import numpy as np

from .sound import RATE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Samples = NDArray[np.float32]

__all__ = ["STEPS_A_SECOND", "Onsets"]

STEPS_A_SECOND = 100

_STEP = RATE // STEPS_A_SECOND
_WINDOW = 512
_BANDS = 36
_LOWEST_HZ, _HIGHEST_HZ = 40.0, 7600.0
_FLOOR = 3e-6
"""Power of a band, of full scale, below which a change is not heard."""
_LAG = 2
"""Steps over which a rise is measured: a stroke takes longer than one."""


class Onsets:
    """Takes a mono sound of 16 kHz block by block and keeps a number for every 10 ms: 1.4 MB an hour."""

    def __init__(self) -> None:
        self._rest: Samples = np.zeros(_WINDOW // 2, np.float32)
        self._before = np.zeros((_LAG, _BANDS), np.float32)
        self._kept, self._loudest = array("f"), 0.0
        self._window = np.hanning(_WINDOW + 1)[:-1].astype(np.float32)
        hz = np.fft.rfftfreq(_WINDOW, 1 / RATE)
        edges = np.geomspace(_LOWEST_HZ, _HIGHEST_HZ, _BANDS + 2)
        rising = (hz[:, None] - edges[:-2]) / np.diff(edges)[:-1]
        falling = (edges[2:] - hz[:, None]) / np.diff(edges)[1:]
        weights = np.clip(np.minimum(rising, falling), 0, None)
        nearest = np.abs(hz[:, None] - edges[1:-1]).argmin(axis=0)  # low bands are narrower than the bins
        weights[nearest, np.arange(_BANDS)] += weights.sum(axis=0) == 0
        self._weights = (weights / weights.sum(axis=0)).astype(np.float32)
        self._scale = np.float32(1 / float(self._window.sum()) ** 2)

    @property
    def peak(self) -> float:
        """The loudest sample so far."""
        return self._loudest

    def feed(self, samples: Samples) -> None:
        """Measure the next samples."""
        if len(samples):
            self._loudest = max(self._loudest, float(np.abs(samples).max()))
        sound = np.concatenate([self._rest, samples])
        count = max(0, (len(sound) - _WINDOW) // _STEP + 1)
        self._rest = sound[count * _STEP :]
        if not count:
            return
        windows = np.lib.stride_tricks.sliding_window_view(sound, _WINDOW)[: count * _STEP : _STEP]
        spectrum = np.fft.rfft(windows * self._window, axis=1)
        power = (spectrum.real**2 + spectrum.imag**2).astype(np.float32) @ self._weights
        level = np.log(power * self._scale / np.float32(_FLOOR) + 1)
        row = np.concatenate([self._before, level])
        rise = np.maximum(0, row[_LAG:] - row[:-_LAG]).mean(axis=1)
        self._before = row[-_LAG:]
        self._kept.frombytes(rise.astype(np.float32).tobytes())

    def finish(self) -> Samples:
        """The rise at every step of 10 ms; step `i` is about `i` x 10 ms."""
        self.feed(np.zeros(_WINDOW // 2, np.float32))
        return np.frombuffer(self._kept, np.float32)
