"""The sound of a quiet room, so that nobody hears where the recording has no voice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["room_tone"]

_LEVEL = 10 ** (-62 / 20)
_LOOP = 1 << 18


def room_tone(count: int) -> NDArray[np.float32]:
    """So many samples of soft, dull noise at -62 dB, the same at every call."""
    noise = np.random.default_rng(11).normal(size=_LOOP)
    spectrum = np.fft.rfft(noise) / (1 + np.arange(_LOOP // 2 + 1) / 6000)
    dull = np.fft.irfft(spectrum, _LOOP)
    loop = (dull * (_LEVEL / np.sqrt(np.mean(dull**2)))).astype(np.float32)
    return np.resize(loop, count)
