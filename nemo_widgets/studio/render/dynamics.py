"""Two hands on the level: music that makes room for a voice, and a mix that never clips."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from nemo_widgets.studio.media.sound import Samples

__all__ = ["BLOCK", "Ducker", "limited"]

BLOCK = 4800
"""Samples that are worked on at once: 100 ms."""

_HOP = 480
_DEPTH_DB = -10.0
_DOWN = _DEPTH_DB / 12
"""dB a hop of 10 ms: down in 120 ms."""
_UP = -_DEPTH_DB / 50
"""And up again in 500 ms."""
_AHEAD = 12
"""Hops that the music begins to give way before the voice is there."""
_HOLD = 30
"""Hops that it waits for the voice to go on: the gaps between words."""
_QUIETEST, _LOUDEST = -45.0, -32.0
"""dBFS: below the first nothing counts as a voice, above the second everything does."""
_OVER_FLOOR = 10.0
"""dB: in between, a voice is what stands this much above the clip's own noise."""
_FLOOR_RISE = 0.015
"""dB a hop by which the noise is taken to rise; it falls at once."""

_CEILING = 0.95
_STEP = 48
"""The limiter looks at a millisecond at a time."""
_EARLY = 5
"""Milliseconds over which it takes the level back before a peak."""
_RELEASE = 0.012
"""Share of what was taken back that it gives again, a millisecond."""
_TAPS = 24
"""Samples from which the curve between two of them is worked out."""
_FREE = 0.5
"""Share of the ceiling below which no curve between samples gets over it."""


class Ducker:
    """The gain of the music, block by block. `push` the voice; `pull` the gain two blocks later.

    Without a voice the gain is exactly 1.
    """

    delay = 2
    """Blocks by which the gain lags behind the voice that was pushed."""

    def __init__(self) -> None:
        self._loud: deque[bool] = deque([False] * _HOLD)
        """Whether there was a voice, from _HOLD hops before the next gain on."""
        self._floor = 0.0
        self._gain = 0.0

    def push(self, voice: Samples) -> None:
        """The next block of the voice: (BLOCK, 2)."""
        power = np.mean(voice.reshape(-1, _HOP * 2).astype(np.float64) ** 2, axis=1)
        for level in 10 * np.log10(power + 1e-12):
            self._floor = min(float(level), self._floor + _FLOOR_RISE)
            threshold = min(_LOUDEST, max(_QUIETEST, self._floor + _OVER_FLOOR))
            self._loud.append(bool(level > threshold))

    def pull(self) -> Samples:
        """The gain for the next block: (BLOCK, 1), between 10 dB down and 1."""
        gains = [self._gain]
        for _ in range(BLOCK // _HOP):
            near = [self._loud[i] for i in range(min(len(self._loud), _HOLD + _AHEAD + 1))]
            step = _DOWN if any(near) else _UP
            self._gain = min(0.0, max(_DEPTH_DB, self._gain + step))
            gains.append(self._gain)
            self._loud.popleft()
        points = 10 ** (np.array(gains) / 20)
        ramp = np.interp(np.arange(BLOCK), np.arange(0, BLOCK + 1, _HOP), points)
        return ramp.astype(np.float32)[:, None]


def limited(blocks: Iterable[Samples], true_peak: float | None = None) -> Iterator[Samples]:
    """The same blocks (each of BLOCK samples), their peaks held under the ceiling.

    The ceiling is a little under full scale for the samples themselves or, given `true_peak` (dBTP), that for
    the curve between them too. What is below it is passed on untouched, to the bit.
    """
    gauge = _Gauge(_CEILING if true_peak is None else 10 ** (true_peak / 20), between=true_peak is not None)
    history: NDArray[np.float64] | None = None
    state = 1.0
    waiting: Samples | None = None
    before, now = 1.0, np.ones(0)
    for block in _and_silence(blocks):
        after = gauge.needed(block)
        if waiting is not None:
            needed = np.concatenate([[before], now, after[: _EARLY + 2]])
            count = BLOCK // _STEP
            # A curve is known half its taps late, hence one millisecond more than it is taken back in.
            lowest = np.lib.stride_tricks.sliding_window_view(needed, _EARLY + 3)[: count + 1].min(axis=1)
            before = float(needed[count])
            if history is None:  # a peak at the very beginning: there is nothing before it to go down in
                state = float(lowest[0])
                history = np.full(_EARLY, state)
            if lowest.min() >= 1.0 and state >= 1.0 and history.min() >= 1.0:
                yield waiting
            else:
                slow = np.empty(count + 1)
                for i, low in enumerate(lowest):
                    state = min(float(low), state + (1.0 - state) * _RELEASE if state < 0.9999 else 1.0)  # noqa: PLR2004 - done
                    slow[i] = state
                    if i == count - 1:
                        kept = state
                state = kept
                smooth = np.concatenate([history, slow])
                points = np.lib.stride_tricks.sliding_window_view(smooth, _EARLY + 1).mean(axis=1)
                history = smooth[count : count + _EARLY]
                gain = np.interp(np.arange(BLOCK), np.arange(0, BLOCK + 1, _STEP), points)
                yield waiting * gain.astype(np.float32)[:, None]
        waiting, now = block, after


class _Gauge:
    """Tells for every millisecond the gain that keeps it under the ceiling."""

    def __init__(self, ceiling: float, *, between: bool) -> None:
        self._ceiling, self._between = ceiling, between
        self._tail: Samples = np.zeros((_TAPS - 1, 2), np.float32)
        places = np.arange(_TAPS) - _TAPS // 2 + 1
        self._curve = np.stack(
            [np.sinc(places - part) * np.kaiser(_TAPS, 5.0) for part in (0.25, 0.5, 0.75)], axis=1
        ).astype(np.float32)
        """Three points between two samples: (taps, 3)."""

    def needed(self, block: Samples) -> NDArray[np.float64]:
        """For each millisecond of the block; what is between samples counts up to half of _TAPS later."""
        peaks = np.abs(block)
        if self._between:
            sound = np.concatenate([self._tail, block])
            self._tail = sound[len(block) :]
            if np.abs(sound).max() > _FREE * self._ceiling:
                windows = np.lib.stride_tricks.sliding_window_view(sound, _TAPS, axis=0)
                peaks = np.maximum(peaks, np.abs(windows @ self._curve).max(axis=2))
        loudest = peaks.reshape(-1, _STEP * 2).max(axis=1).astype(np.float64)
        needed: NDArray[np.float64] = np.minimum(1.0, self._ceiling / np.maximum(loudest, 1e-9))
        return needed


def _and_silence(blocks: Iterable[Samples]) -> Iterator[Samples]:
    yield from blocks
    yield np.zeros((BLOCK, 2), np.float32)
