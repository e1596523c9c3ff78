"""The order of pictures in formats that tell when a picture is decoded, but not when it is shown.

A decoder gives its pictures in the right order. So each gets the time of the packet that made it come out.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

import av

from .errors import MediaError
from .opening import demuxed, open_media, path_of, video_stream

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from av.container import InputContainer
    from av.packet import Packet
    from av.stream import Stream
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

    _Stream = TypeVar("_Stream", bound=Stream)

__all__ = ["Dates", "Times", "mixed_up"]

_REORDERED = ("h264", "hevc", "mpeg4")
_BY_DECODING = ("asf", "mpeg")
"""Formats whose times are those of decoding, for these codecs: WMV, and VOB, which dates few."""
_NEAR = 3
"""Pictures by which the time that stands in such a file may differ from what follows from those before."""
_ROUGH, _LONG_ROUGH = 3, 36
"""Pictures by which, and in a row for which, a date that a VOB has for another one may be off.

It dates one in each group of pictures, of up to 18; what is guessed of the others may be off for as long.
"""
_BACK_S = 0.5
_LOOKED_AT = 64
"""Packets by which it is seen whether times are those of decoding."""


def mixed_up(stream: Stream) -> bool:
    """Whether the frames' `pts` are in disorder and their `dts` says when each is shown.

    So it is in AVI with MPEG-4 (Xvid, DivX) and H.264: the format tells of no order, and FFmpeg's guess is
    wrong where two pictures are packed into one piece, or where pictures are left out.
    """
    form = stream.container.format.name
    if form == "avi":
        return stream.codec_context.name in _REORDERED
    return _delay_of(stream) is not None


class Dates:
    """Gives one stream's packets, from the first on, the times that their format lacks."""

    def __init__(self, stream: Stream) -> None:
        self._delay = _delay_of(stream) if stream.type == "video" else None
        self._counts = stream.container.format.name == "mpeg"
        rate, tick = getattr(stream, "average_rate", None) or 25, float(stream.time_base or 1)
        self._usual = max(1, round(1 / float(rate) / tick))
        self._back = max(_NEAR * self._usual, round(_BACK_S / tick))
        self._exact = 1 / float(rate) / tick
        self._anchor: int | None = None
        self._since = 0

    @property
    def needed(self) -> bool:
        """Whether the format lacks any."""
        return self._delay is not None

    def date(self, packet: Packet[_Stream]) -> Packet[_Stream]:
        """The packet, whose `pts` is then that of the picture which it makes come out."""
        if self._delay is None or not packet.size:
            return packet
        if self._counts:
            packet.dts = self._counted(packet.dts)
        if packet.dts is not None:
            packet.pts = packet.dts + self._delay
        return packet

    def all(self, packets: Iterable[Packet[_Stream]]) -> Iterator[Packet[_Stream]]:
        """The packets in a row."""
        return iter(packets) if self._delay is None else map(self.date, packets)

    def _counted(self, stamp: int | None) -> int:
        """The next packet's time by those before; one that stands in the file counts where it is far off."""
        if self._anchor is None:
            self._anchor = stamp or 0
            return self._anchor
        self._since += 1
        expected = self._anchor + round(self._since * self._exact)
        if stamp is not None and not -self._back <= stamp - expected <= _NEAR * self._usual:
            self._anchor, self._since = stamp, 0
            return stamp
        return expected


class Times:
    """The times of a stream's frames in ticks of its own, also where the decoder gives none, or one twice."""

    def __init__(self, stream: VideoStream) -> None:
        self.tick = Fraction(stream.time_base or 1)
        self.next: int | None = None
        self._by_output = mixed_up(stream)
        # A VOB dates packets, and a date may be taken for that of another picture in it.
        self._rough = stream.container.format.name == "mpeg" and not self._by_output
        self._off, self._begun = 0, False
        self._usual = int(1 / (stream.average_rate or 25) / self.tick)

    def of(self, frame: VideoFrame) -> int:
        """The time of the frame that is decoded next."""
        pts = frame.dts if self._by_output else frame.pts
        if self._rough and pts is not None and self._begun and self.next is not None:
            pts = self._smooth(pts, self.next)
        pts = pts if pts is not None else self.next or 0
        self.next, self._begun = pts + max(1, frame.duration or self._usual), True
        return pts

    def _smooth(self, pts: int, expected: int) -> int:
        """What follows from the picture before, unless the dates go on differing from it, or differ far."""
        off = abs(pts - expected)
        self._off = self._off + 1 if off > self._usual // 2 else 0
        return expected if off <= _ROUGH * self._usual and self._off < _LONG_ROUGH else pts


def _delay_of(stream: Stream) -> int | None:
    """Ticks from a picture's decoding to its showing; None where the format tells of both."""
    container = stream.container
    if container.format.name not in _BY_DECODING or stream.codec_context.name not in _REORDERED:
        return None
    path = path_of(cast("InputContainer", container))
    about = path.stat()
    return _delay(str(path), about.st_size, about.st_mtime_ns)


@lru_cache(maxsize=128)
def _delay(path: str, size: int, changed: int) -> int | None:  # noqa: ARG001
    try:
        container = open_media(Path(path))
    except MediaError:
        return None
    with container:
        stream = video_stream(container)
        if stream is None or stream.codec_context is None:
            return None
        usual = max(1, round(1 / float(stream.average_rate or 25) / float(stream.time_base or 1)))
        before, waits, found = None, -1, False
        for count, packet in enumerate(demuxed(container, stream)):
            if count == _LOOKED_AT:
                break
            if packet.dts is not None and before is not None and packet.dts < before:
                return None  # they are those of showing
            before = packet.dts if packet.dts is not None else before
            if not found:
                try:
                    found = bool(stream.codec_context.decode(packet))
                except av.error.FFmpegError:
                    continue
                waits += 1
        return max(0, waits) * usual
