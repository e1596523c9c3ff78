"""A clip's pictures as a stream of small ones, decoded as quickly as telling scenes apart allows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import av
import numpy as np
from av.video.reformatter import VideoReformatter

from nemo_widgets.studio.media.errors import MediaError
from nemo_widgets.studio.media.extent import extents, origin
from nemo_widgets.studio.media.feed import Feed
from nemo_widgets.studio.media.fields import field_order, whole
from nemo_widgets.studio.media.look import Look, look_of
from nemo_widgets.studio.media.opening import only, open_media, video_stream
from nemo_widgets.studio.media.order import mixed_up

from .errors import NoPictures, Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream
    from numpy.typing import NDArray

__all__ = ["SMALL", "Picture", "Pictures", "shrink"]

SMALL = (64, 36)
"""Width and height of a small picture, whatever the shape of the clip's."""

_THREADS = 6
"""More than there are cores: while a picture is made small and looked at, the decoder goes on."""
_MOST_A_SECOND = 32
"""Pictures that come quicker than this are left out: a cut is found to 2 pictures all the same."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: its time in ms, and (3, 36, 64) uint8, brightness and two differences of colour."""

    ms: int
    small: NDArray[np.uint8]
    frame: VideoFrame
    """The decoded picture in its full size; it belongs to the decoder and may only be read at once."""
    look: Look
    """How the frame is to be shown: turned, mirrored, with pixels that are no squares."""


class Pictures:
    """The pictures of a clip, in order. A context manager; `stream` can be gone through once.

    Pictures that no other is built upon are not decoded, and block edges are not smoothed unless `exact`:
    both double the speed, and at 64x36 nobody sees it. No sound is decoded.

    Raises:
        NoPictures: the clip has no pictures.
        Unreadable: the file is no clip, or can't be opened.
    """

    def __init__(self, path: Path, name: str = "", *, exact: bool = False) -> None:
        self._path, self._name, self._exact = path, name or path.name, exact
        try:
            self._container = open_media(path, self._name)
        except MediaError as error:
            raise Unreadable(f"{self._name} can't be read as a clip.") from error
        stream = video_stream(self._container)
        if stream is None or stream.time_base is None:
            self._container.close()
            raise NoPictures(f"{self._name} has no pictures, only sound.")
        only(self._container, stream)
        self._prepare(stream)
        self._stream, self._fields = stream, field_order(path)
        found, begin = extents(path, self._name), origin(self._container)
        self._clock, self._origin = found.clock, float(begin)
        self._reformatter = VideoReformatter()
        end = found.pictures.end if found.pictures is not None else begin
        self.duration_ms = max(0, round((end - begin) * 1000))
        """How long the pictures last; 0 where there are none."""
        self.frame_ms = 1000 / float(stream.average_rate or 25)
        """How long one picture is shown, on the average."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._container.close()

    def _prepare(self, stream: VideoStream) -> None:
        stream.thread_type = "AUTO"
        stream.codec_context.thread_count = _THREADS
        if not self._exact:
            stream.codec_context.skip_frame = "NONREF"
            stream.codec_context.options = {"skip_loop_filter": "all"}

    def stream(self) -> Iterator[Picture]:
        """The clip's pictures, at most 32 a second. Damaged ones are left out, as every player does."""
        before, look, of = -1, Look(), -1
        least = 1000 / _MOST_A_SECOND
        for moment, decoded, link in self._frames():
            if moment is None:
                ms = round(before + self.frame_ms) if before >= 0 else 0
            else:
                ms = round((moment - self._origin) * 1000)
            if before >= 0 and ms - before < least - 1:
                continue
            frame = whole(decoded) if self._fields or decoded.interlaced_frame else decoded
            if link != of:
                look, of = look_of(decoded, self._feed.stream), link
            yield Picture(ms, shrink(frame, self._reformatter), frame, look)
            before = ms

    def _frames(self) -> Iterator[tuple[float | None, VideoFrame, int]]:
        """Each frame with its time in the file, and which of the files it is from that are joined."""
        feed = self._feed = Feed(
            self._path, self._container, self._stream, self._clock, prepare=self._prepare
        )
        link, tick, by_output, begun = -1, 0.0, False, False
        untimed = self._container.format.name == "avi"
        while True:
            try:
                packet = next(feed, None)
            except (av.error.FFmpegError, OSError):  # the file is cut short: what came is what there is
                return
            if packet is None:
                return
            if link != feed.link:
                link, tick = feed.link, float(feed.stream.time_base or 1)
                by_output = mixed_up(feed.stream)
            try:
                frames = feed.stream.codec_context.decode(packet)
            except av.error.FFmpegError:
                continue
            for frame in frames:
                stamp = frame.dts if by_output else frame.pts
                moment = None if stamp is None else stamp * tick + float(feed.offset)
                if untimed and moment is not None and not begun:
                    self._origin = moment  # an AVI has no time of its own: the first picture is at 0
                begun = True
                yield moment, frame, link


def shrink(frame: VideoFrame, by: VideoReformatter | None = None) -> NDArray[np.uint8]:
    """A decoded picture as (3, 36, 64) uint8, brightness from 16 to 235. `by` is quicker when used again."""
    small = (by or VideoReformatter()).reformat(
        frame, *SMALL, "yuv444p", interpolation="AREA", dst_color_range="MPEG", threads=1
    )
    return np.asarray(small.to_ndarray(), np.uint8)
