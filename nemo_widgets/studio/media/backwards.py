"""A video's pictures from the last to the first: decoded forward, a stretch at a time."""

from __future__ import annotations

from bisect import bisect_right
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from av.video.frame import VideoFrame

    from .video import VideoReader

__all__ = ["Backwards"]

_MEMORY = 200_000_000
"""Bytes of pictures that are kept at once: 64 of 1080p."""
_FEWEST = 8


class Backwards:
    """The pictures of a reader for someone who goes backwards; memory does not depend on the length."""

    def __init__(self, reader: VideoReader) -> None:
        self._reader = reader
        self._until = Fraction(0)
        self.forget()

    def forget(self) -> None:
        """Lets go of the pictures that are kept."""
        self._moments: list[Fraction] = []
        self._frames: list[VideoFrame] = []

    def at(self, moment: Fraction, tolerance: Fraction | None = None) -> VideoFrame:
        """The frame that is shown at `moment`, as `VideoReader.at` finds it.

        Raises:
            MediaError: the file breaks off long before `moment`.
        """
        slack = self._reader.slack(tolerance)
        if not self._moments or not self._moments[0] <= moment + slack <= self._until:
            self._read(moment, slack)
        return self._frames[max(0, bisect_right(self._moments, moment + slack) - 1)]

    def _read(self, moment: Fraction, slack: Fraction) -> None:
        """Decodes the stretch that ends with the wanted picture."""
        self.forget()
        width, height = self._reader.size
        most = max(_FEWEST, _MEMORY // (width * height * 3 // 2))
        begin = max(Fraction(0), moment - (most - 1) / (self._reader.rate or Fraction(25)))
        for found, frame in self._reader.through(begin, moment + slack):
            self._moments.append(found)
            self._frames.append(frame)
            if len(self._frames) > 2 * most:  # a clock that is far quicker than it declares
                del self._moments[0], self._frames[0]
        if self._moments[0] <= self._reader.first:
            self._moments[0] = Fraction(-1)  # it is shown before its time, too
        self._until = moment + slack
