"""Frames of the canvas: what the clips show, blended into each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from av.video.reformatter import VideoReformatter

from nemo_widgets.studio.media import MediaError

from .effects.blends import blend
from .errors import RenderError
from .frames import copied, filled
from .source import Source

if TYPE_CHECKING:
    from fractions import Fraction

    from av.video.frame import VideoFrame

    from .model import Span, VideoClip

__all__ = ["Pictures"]

_MOST_OPEN = 3
"""Readers kept open at once: two that blend, and one to come back to."""


class Pictures:
    """The composed frames of spans, without titles. A context manager.

    Every frame is yuv420p, limited range, BT.709, of the canvas' size, and may be written into.
    """

    def __init__(self, width: int, height: int) -> None:
        self._width, self._height = width, height
        self._readers: list[Source] = []
        # One for all clips: working out its tables takes some seconds, and that only where a clip needs it.
        self._toner = VideoReformatter()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for reader in self._readers:
            reader.close()

    def frame(self, span: Span, n: int) -> VideoFrame:
        """Frame n of the timeline.

        Raises:
            RenderError: a source can't be read; the sentence names the clip.
        """
        if span.below is None:
            return filled(self._width, self._height)
        below = self._shown(span.below, n)
        if span.above is None:
            return copied(below)
        return blend(below, self._shown(span.above, n), span.transition, span.weight(n))

    def _shown(self, shot: VideoClip, n: int) -> VideoFrame:
        try:
            return self._reader(shot, shot.moment(n)).canvas(shot, n)
        except MediaError as error:
            raise RenderError(str(error)) from error

    def _reader(self, shot: VideoClip, moment: Fraction) -> Source:
        """The reader that follows the shot already, else one that stands shortly before, else a new one."""
        mine = [r for r in self._readers if r.path == shot.path]
        reader = next((r for r in mine if r.shot == shot), None)
        if reader is None:
            # Another shot of the same clip may still need its reader: it is free once its shot is over.
            free = [r for r in mine if r.shot is None or r.shot.last <= shot.first]
            reader = max(free, key=lambda r: (r.position <= moment, r.position), default=None)
            for idle in self._readers:
                if idle.shot is None or idle.shot.last <= shot.first:
                    idle.rest()
        if reader is None:
            reader = Source(shot, (self._width, self._height), self._toner)
        else:
            self._readers.remove(reader)
        reader.shot = shot
        self._readers.append(reader)
        while len(self._readers) > _MOST_OPEN:
            self._readers.pop(0).close()
        return reader
