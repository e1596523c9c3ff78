"""The pictures of a video file, at any moment of it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import chain
from typing import TYPE_CHECKING, Any, Self

import av
import numpy as np

from .errors import MediaError
from .extent import clock_of, extents, origin
from .fields import Deinterlacer, field_order
from .opening import mixed_up, only, open_media, video_stream

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

__all__ = ["Look", "VideoReader", "look_of"]

_NEAR = Fraction(1, 2)
"""Seconds: what is no further on than this is reached by decoding, whatever key frames there are."""
_FAR = Fraction(5)
"""Seconds: what is further on than this is sought, where the file has no index to ask."""
_BACK = (0, 1, 5, 20)
"""Seconds before the wanted moment that are tried in turn when a seek lands behind it."""
_ROUNDED = Fraction(1, 1000)
_CUT_SHORT = Fraction(1)
"""Seconds of pictures that can't be decoded at the end of a stream before we say that the file is broken."""


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


class VideoReader:
    """The pictures of one file. A context manager. Going forward decodes; other moments are sought.

    Interlaced pictures are made whole. With `double` each of their fields is a picture of its own.

    Attributes:
        rate: pictures a second as the file declares them, None where it doesn't.
        look: how the frames are to be shown.
        fields: which field of interlaced pictures is the earlier one, `tff` or `bff`; "" for none.

    Raises:
        MediaError: the file can't be opened, has no pictures, or none that can be decoded.
    """

    def __init__(self, path: Path, name: str = "", *, double: bool = False) -> None:
        self._path, self._name = path, name or path.name
        self.fields, self._double = field_order(path), double
        self._open()
        first = self._pull()
        if first is None:
            self._container.close()
            raise MediaError(f"“{self._name}” has no picture that can be decoded.")
        self._pts, self._frame = first
        self._first = self._pts
        if self._container.format.name == "avi":  # it has no time of its own: the first frame is 0
            self._origin = self._first * self._tick
        self._ahead: tuple[Fraction, VideoFrame] | None = None
        self.rate: Fraction | None = self._stream.average_rate
        if self.rate and double and self.fields:
            self.rate *= 2
        self.look = look_of(self._frame, self._stream)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of the file."""
        self._container.close()

    @property
    def position(self) -> Fraction:
        """The moment of the frame that was read last."""
        return self._pts * self._tick - self._origin

    @property
    def first(self) -> Fraction:
        """The moment of the file's first frame."""
        return self._first * self._tick - self._origin

    @property
    def tick(self) -> Fraction:
        """The unit of the file's clock in seconds."""
        return self._tick

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the stored pictures."""
        return self._frame.width, self._frame.height

    def slack(self, tolerance: Fraction | None) -> Fraction:
        """How much later than a moment a frame may be dated, at least what the clock's rounding may be.

        A clock whose unit is longer than milliseconds counts pictures, and rounds nothing.
        """
        return max(tolerance, min(_ROUNDED, self._tick / 2)) if tolerance is not None else self._tick / 2

    def through(self, begin: Fraction, end: Fraction) -> Iterator[tuple[Fraction, VideoFrame]]:
        """The frame shown at `begin` and all that follow until `end`, each with its moment.

        Raises:
            MediaError: the file breaks off long before `begin`.
        """
        frame = self.at(begin)
        yield self.position, frame
        limit = (end + self._origin + self._tick / 2) / self._tick
        while True:
            if self._ahead is None:
                self._ahead = self._pull()
            if self._ahead is None or self._ahead[0] > limit:
                return
            self._pts, self._frame = self._ahead
            self._ahead = None
            yield self.position, self._frame

    def at(self, moment: Fraction, tolerance: Fraction | None = None) -> VideoFrame:
        """The frame that is shown at `moment` (seconds from the clip's beginning).

        That is the last whose time is not later than `moment` + `tolerance` (default: half a tick of the
        file's clock). Before the first frame it is the first, behind the last the last. The frame
        belongs to the decoder: it must not be written into.

        Raises:
            MediaError: the file breaks off long before `moment`.
        """
        slack = self.slack(tolerance)
        limit = (moment + self._origin + slack) / self._tick
        if (limit < self._pts and self._pts > self._first) or self._leap(limit):
            self._seek(limit)
        while True:
            if self._ahead is None:
                self._ahead = self._pull()
            if self._ahead is None:
                self._check_end(limit)
                return self._frame
            if self._ahead[0] > limit:
                return self._frame
            self._pts, self._frame = self._ahead
            self._ahead = None

    def _open(self) -> None:
        self._container = open_media(self._path, self._name)
        stream = video_stream(self._container)
        if stream is None or stream.codec_context is None or stream.time_base is None:
            self._container.close()
            raise MediaError(f"“{self._name}” has no pictures.")
        only(self._container, stream)
        stream.thread_type = "AUTO"
        self._stream: VideoStream = stream
        self._tick = Fraction(stream.time_base)
        self._origin = origin(self._container)
        self._by_output = mixed_up(self._container, stream)
        self._clock = clock_of(self._path, self._container, self._name)
        self._restart()

    def _restart(self) -> None:
        self._packets = self._clock.mended(self._container.demux(self._stream), self._tick)
        self._frames: list[VideoFrame] = []
        self._ready: list[tuple[Fraction, VideoFrame]] = []
        self._deinterlacer: Deinterlacer | None = None
        self._next: int | None = None
        self._ended = False

    def _leap(self, limit: Fraction) -> bool:
        """Whether `limit` is so far on that a key frame lies in between: seeking is quicker than decoding."""
        ahead = (limit - self._pts) * self._tick
        if ahead < _NEAR or self._ended:
            return False
        if self._clock:
            key = self._clock.key(limit * self._tick)
            return key is not None and key > self._pts * self._tick + _NEAR
        index = self._stream.index_entries
        if len(index) > 1:
            nearest = index.search_timestamp(int(limit))
            return nearest >= 0 and index[nearest].timestamp > self._pts + int(_NEAR / self._tick)
        return ahead > _FAR

    def _seek(self, limit: Fraction) -> None:
        if self._clock:
            self._pass(limit)
            return
        for back in _BACK:
            target = int(limit) - int(back / self._tick)
            if target <= self._first:
                break
            try:
                self._container.seek(target, stream=self._stream)
            except (av.error.FFmpegError, OSError):
                break
            self._restart()
            if self._land(limit):
                return
        self._reopen()
        if not self._land(None):
            raise MediaError(f"“{self._name}” has no picture that can be decoded.")

    def _reopen(self) -> None:
        self._container.close()
        begin = self._origin
        self._open()
        self._origin = begin

    def _pass(self, limit: Fraction) -> None:
        """Go to the last key frame before `limit` without a seek, which several clocks would mislead."""
        key = self._clock.key(limit * self._tick)
        self._reopen()
        if key is not None:
            for packet in self._packets:
                if packet.is_keyframe and packet.pts is not None and packet.pts * self._tick >= key:
                    self._packets = chain([packet], self._packets)
                    break
        if not self._land(None):
            raise MediaError(f"“{self._name}” has no picture that can be decoded.")

    def _land(self, limit: Fraction | None) -> bool:
        first = self._pull()
        if first is None or (limit is not None and first[0] > limit):
            return False
        self._pts, self._frame = first
        self._ahead = None
        return True

    def _pull(self) -> tuple[Fraction, VideoFrame] | None:
        """The next picture, whole, with its time in ticks; None at the end."""
        while not self._ready:
            if (decoded := self._decoded()) is None:
                self._ready = self._deinterlacer.end() if self._deinterlacer is not None else []
                self._deinterlacer = None
                break
            pts, frame = decoded
            if self._deinterlacer is None and (self.fields or frame.interlaced_frame):
                self._deinterlacer = Deinterlacer(self.fields, double=self._double and bool(self.fields))
            if self._deinterlacer is None:
                return Fraction(pts), frame
            self._ready = self._deinterlacer.push(Fraction(pts), frame)
        return self._ready.pop(0) if self._ready else None

    def _decoded(self) -> tuple[int, VideoFrame] | None:
        """The next frame with its time in ticks, None at the end. Damaged packets are stepped over."""
        while not self._frames:
            try:
                packet = next(self._packets, None)
            except (av.error.FFmpegError, OSError):  # the file breaks off here
                packet = None
            if packet is None:
                self._ended = True
                return None
            if self._next is None and packet.dts is not None:
                self._next = packet.dts
            try:
                self._frames = self._stream.codec_context.decode(packet)
            except av.error.EOFError:
                self._ended = True
                return None
            except av.error.FFmpegError:  # as players do: go on with the next
                continue
        frame = self._frames.pop(0)
        pts = self._stamp(frame)
        usual = int(1 / (self._stream.average_rate or 25) / self._tick)
        self._next = pts + max(1, frame.duration or usual)
        return pts, frame

    def _stamp(self, frame: VideoFrame) -> int:
        """The time of a frame that was decoded, in ticks."""
        pts = frame.dts if self._by_output else frame.pts
        return pts if pts is not None else self._next or 0

    def _check_end(self, limit: Fraction) -> None:
        """Refuse to hold a picture where there are more of them that can't be decoded."""
        pictures = extents(self._path, self._name).pictures
        if pictures is None or self._pts >= limit:
            return
        reach, there = self.position - self.first, pictures.last - pictures.first
        wanted = min(there, limit * self._tick - self._origin - self.first)
        if wanted - reach > _CUT_SHORT + 2 / (self.rate or 25):
            seconds = float(self.position)
            raise MediaError(f"“{self._name}” is damaged: its pictures break off after {seconds:.1f} s.")


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
