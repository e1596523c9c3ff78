"""How loud a sound is, every 10 ms, in three bands: hum and bass, vowels, and the hiss of s and f."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

import numpy as np

from .sound import RATE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Samples = NDArray[np.float32]

__all__ = ["QUIETEST_DB", "STEP_MS", "Levels"]

STEP_MS = 10
QUIETEST_DB = -96.0
"""What digital silence is given as: the least that 16 bits can say."""

_STEP = RATE * STEP_MS // 1000
_WINDOW = 2 * _STEP
_BANDS_HZ = ((120, 800), (800, 4000), (4000, 7600))
"""From above mains hum (50 and 60 Hz) to where resampling begins to cut off; bass stays in the first."""


class Levels:
    """Takes a mono sound of 16 kHz block by block and keeps three numbers for every 10 ms: 4.3 MB an hour.

    Step `i` is heard through a Hann window of 20 ms whose middle is the middle of the step.
    """

    def __init__(self) -> None:
        self._rest: Samples = np.zeros((_WINDOW - _STEP) // 2, np.float32)
        self._powers = tuple(array("f") for _ in _BANDS_HZ)
        window = np.hanning(_WINDOW + 1)[:-1]
        self._window = window.astype(np.float32)
        self._scale = 2.0 / (_WINDOW * float(window @ window))
        hz = np.fft.rfftfreq(_WINDOW, 1 / RATE)
        self._bands = [slice(*np.searchsorted(hz, band)) for band in _BANDS_HZ]

    @property
    def steps(self) -> int:
        """How many steps of 10 ms have been measured."""
        return len(self._powers[0])

    def feed(self, samples: Samples) -> None:
        """Measure the next samples."""
        sound = np.concatenate([self._rest, samples])
        count = max(0, (len(sound) - _WINDOW) // _STEP + 1)
        self._rest = sound[count * _STEP :]
        if not count:
            return
        windows = np.lib.stride_tricks.sliding_window_view(sound, _WINDOW)[: count * _STEP : _STEP]
        spectrum = np.fft.rfft(windows * self._window, axis=1)
        power = spectrum.real**2 + spectrum.imag**2
        for kept, band in zip(self._powers, self._bands, strict=True):
            kept.frombytes((power[:, band].sum(axis=1) * self._scale).astype(np.float32).tobytes())

    def finish(self) -> None:
        """Measure what is left; the last step may be partly past the end."""
        if len(self._rest) > (_WINDOW - _STEP) // 2:
            self.feed(np.zeros(_WINDOW - len(self._rest) % _STEP, np.float32))

    def powers(self) -> tuple[Samples, Samples, Samples]:
        """Mean squares at 120-800, 800-4000 and 4000-7600 Hz, a value for every 10 ms."""
        low, middle, hiss = (np.frombuffer(kept, np.float32) for kept in self._powers)
        return low, middle, hiss


def decibels(power: Samples) -> Samples:
    """Mean squares as dB below full scale, nothing quieter than `QUIETEST_DB`."""
    least = np.float32(10 ** (QUIETEST_DB / 10))
    return (10 * np.log10(np.maximum(power, least))).astype(np.float32)
