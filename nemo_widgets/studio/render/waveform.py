"""The sound as it is heard, drawn: bars of its loudest moments, the newest at the right."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

import numpy as np

from .frames import part, planes
from .model import RATE

if TYPE_CHECKING:
    from av.video.frame import VideoFrame

    from nemo_widgets.studio.media.sound import Samples

    from .model import Plan

__all__ = ["Waveform"]

_SECONDS, _MOST = 4, 128
"""How much of the sound is seen, and in how many bars at the most."""
_GROUND, _BAR = (50, 132, 126), (137, 123, 92)
"""Y, U and V of a dark slate and of a green, BT.709."""
_HIGH, _LEAST = 0.8, 0.01
"""The highest and the lowest bar, as shares of the picture's height."""
_FILL = 0.6
"""How much of its place a bar takes."""


class Waveform:
    """What is drawn of a sound: `hear` its samples, then `draw` the frame of the same time."""

    def __init__(self, plan: Plan) -> None:
        self._count = max(8, min(_MOST, round(_SECONDS * plan.fps)))
        self._step = max(1, round(_SECONDS * RATE / self._count))
        self._peaks: deque[float] = deque([0.0] * self._count, self._count)
        self._heard, self._loudest = 0, 0.0

    def hear(self, samples: Samples) -> None:
        """The next samples."""
        at = 0
        while at < len(samples):
            piece = samples[at : at + self._step - self._heard]
            self._loudest = max(self._loudest, float(np.abs(piece).max()))
            at, self._heard = at + len(piece), self._heard + len(piece)
            if self._heard == self._step:
                self._peaks.append(self._loudest)
                self._heard, self._loudest = 0, 0.0

    def draw(self, frame: VideoFrame) -> None:
        """Draws what was heard last over the whole frame."""
        for plane, value in zip(planes(frame), _GROUND, strict=True):
            plane[:] = value
        place = frame.width / self._count
        wide = max(2, round(place * _FILL / 2) * 2)
        for i, peak in enumerate(self._peaks):
            high = max(2, round(frame.height * max(_LEAST, min(1.0, peak) * _HIGH) / 2) * 2)
            left, top = round(i * place / 2) * 2, (frame.height - high) // 4 * 2
            for plane, value in zip(part(frame, left, top, wide, high), _BAR, strict=True):
                plane[:] = value
