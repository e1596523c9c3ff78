"""The pictures of a video file, at any moment of it."""

from __future__ import annotations

from bisect import bisect_right
from fractions import Fraction
from typing import TYPE_CHECKING, Self

import av

from nemo_widgets.catalogue import english

from .errors import MediaError
from .extent import clock_of, extents, origin
from .feed import Feed
from .fields import Deinterlacer, field_order
from .look import look_of
from .opening import only, open_media, video_stream
from .order import Times

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

    from .look import Look

__all__ = ["VideoReader"]

_NEAR = Fraction(1, 2)
"""Seconds: what is no further on than this is reached by decoding, whatever key frames there are."""
_FAR = Fraction(5)
"""Seconds: what is further on than this is sought, where the file has no index to ask."""
_BACK = (0, 1, 5, 20)
"""Seconds before the wanted moment that are tried in turn when a seek lands behind it."""
_ROUNDED = Fraction(1, 1000)
_CUT_SHORT = Fraction(1)
"""Seconds of pictures that can't be decoded at the end of a stream before we say that the file is broken."""


class VideoReader:
    """The pictures of one file. A context manager. Going forward decodes; other moments are sought.

    Interlaced pictures are made whole. With `double` each of their fields is a picture of its own.

    Attributes:
        rate: pictures a second as the file declares them, None where it doesn't.
        fields: which field of interlaced pictures is the earlier one, `tff` or `bff`; "" for none.

    Raises:
        MediaError: the file can't be opened, has no pictures, or none that can be decoded.
    """

    def __init__(self, path: Path, name: str = "", *, double: bool = False) -> None:
        self._path, self._name = path, name or path.name
        self.fields, self._double = field_order(path), double
        self._looks: dict[int, Look] = {}
        self._open()
        first = self._pull()
        if first is None:
            self._container.close()
            raise MediaError(english("media.no pictures", name=self._name))
        self._pts, self._frame = first
        self._first = self._pts
        if self._container.format.name == "avi":  # it has no time of its own: the first frame is 0
            self._origin = self._first * self._tick
        self._ahead: tuple[Fraction, VideoFrame] | None = None
        self.rate: Fraction | None = self._stream.average_rate
        if self.rate and double and self.fields:
            self.rate *= 2

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of the file."""
        self._container.close()

    @property
    def look(self) -> Look:
        """How the frame that was read last is to be shown."""
        return self.look_at(self.position)

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

    def look_at(self, moment: Fraction) -> Look:
        """How the frames around a moment that was read are to be shown."""
        begins = [link.begin - self._origin for link in self._clock.links]
        place = max(0, bisect_right(begins, moment + _ROUNDED) - 1)
        return self._looks.get(place) or self._looks[min(self._looks)]

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
        _threaded(stream)
        self._stream: VideoStream = stream
        self._tick = Fraction(stream.time_base)
        self._origin = origin(self._container)
        self._clock = clock_of(self._path, self._container, self._name)
        self._restart()

    def _restart(self, after: Fraction | None = None) -> None:
        self._feed = Feed(
            self._path, self._container, self._stream, self._clock, after=after, prepare=_threaded
        )
        self._frames: list[VideoFrame] = []
        self._ready: list[tuple[Fraction, VideoFrame]] = []
        self._deinterlacer: Deinterlacer | None = None
        self._ended = False
        self._decoder, self._own = self._stream, Times(self._stream)

    def _leap(self, limit: Fraction) -> bool:
        """Whether `limit` is so far on that a key frame lies in between: seeking is quicker than decoding."""
        ahead = (limit - self._pts) * self._tick
        if ahead < _NEAR or self._ended:
            return False
        if self._clock.links:
            return ahead > _FAR
        if self._clock or self._clock.keys:
            key = self._clock.key(limit * self._tick)
            return key is not None and key > self._pts * self._tick + _NEAR
        index = self._stream.index_entries
        if len(index) > 1:
            nearest = index.search_timestamp(int(limit))
            return nearest >= 0 and index[nearest].timestamp > self._pts + int(_NEAR / self._tick)
        return ahead > _FAR

    def _seek(self, limit: Fraction) -> None:
        if self._clock or self._clock.keys:
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
            raise MediaError(english("media.no pictures", name=self._name))

    def _reopen(self) -> None:
        self._container.close()
        begin = self._origin
        self._open()
        self._origin = begin

    def _pass(self, limit: Fraction) -> None:
        """Go to the last key frame before `limit` in a file of several clocks, where a seek goes astray."""
        for back in _BACK:
            self._reopen()
            self._restart(max(self._first * self._tick, limit * self._tick - back))
            if self._land(limit):
                return
        self._reopen()
        if not self._land(None):
            raise MediaError(english("media.no pictures", name=self._name))

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
            moment, frame = decoded
            if self._deinterlacer is None and (self.fields or frame.interlaced_frame):
                self._deinterlacer = Deinterlacer(self.fields, double=self._double and bool(self.fields))
            if self._deinterlacer is None:
                return moment, frame
            self._ready = self._deinterlacer.push(moment, frame)
        return self._ready.pop(0) if self._ready else None

    def _decoded(self) -> tuple[Fraction, VideoFrame] | None:
        """The next frame with its time in ticks, None at the end. Damaged packets are stepped over."""
        while not self._frames:
            try:
                packet = next(self._feed, None)
            except (av.error.FFmpegError, OSError):  # the file breaks off here
                packet = None
            if packet is None:
                self._ended = True
                return None
            if self._feed.stream is not self._decoder:  # of a file that is joined to the first
                self._decoder, self._own = self._feed.stream, Times(self._feed.stream)
            if self._own.next is None and packet.dts is not None:
                self._own.next = packet.dts
            try:
                self._frames = self._decoder.codec_context.decode(packet)
            except av.error.FFmpegError:  # as players do: go on with the next
                continue
        frame = self._frames.pop(0)
        pts = self._own.of(frame)
        if self._feed.link not in self._looks:
            self._looks[self._feed.link] = look_of(frame, self._decoder)
        return (pts * self._own.tick + self._feed.offset) / self._tick, frame

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


def _threaded(stream: VideoStream) -> None:
    stream.thread_type = "AUTO"
