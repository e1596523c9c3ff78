"""How a file's stored pictures are to be shown: turned, mirrored, with pixels that are no squares."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

__all__ = ["Look", "look_of"]


@dataclass(frozen=True, slots=True)
class Look:
    """How a decoded frame is to be shown: rows and columns exchanged, then flipped; and its pixels' shape."""

    transpose: bool = False
    flip_x: bool = False
    flip_y: bool = False
    pixel: Fraction = Fraction(1)

    @property
    def rotation(self) -> int:
        """Degrees clockwise that the picture is turned by; what a mirror does besides is not told."""
        if self.transpose:
            return 90 if self.flip_x else 270
        return 180 if self.flip_y else 0

    def size(self, width: int, height: int) -> tuple[Fraction, Fraction]:
        """The size of a stored picture of `width` x `height` as it is shown."""
        wide, high = width * self.pixel, Fraction(height)
        return (high, wide) if self.transpose else (wide, high)


def look_of(frame: VideoFrame, stream: VideoStream) -> Look:
    """How a stream's pictures are to be shown, which its first frame says."""
    pixel = Fraction(stream.sample_aspect_ratio or 1)
    if not Fraction(1, 4) <= pixel <= 4:  # noqa: PLR2004 - no camera's pixels are longer than that; it is an error
        pixel = Fraction(1)
    data: Any = frame.side_data.get("DISPLAYMATRIX")
    if data is None:
        return Look(pixel=pixel)
    a, b, _, c, d = np.frombuffer(bytes(data), np.int32)[:5].tolist()
    if abs(a) >= abs(b):
        return Look(transpose=False, flip_x=a < 0, flip_y=d < 0, pixel=pixel)
    return Look(transpose=True, flip_x=c < 0, flip_y=b < 0, pixel=pixel)
