"""The packets of one stream of a file, from its beginning or a moment on, through all that is joined."""

from __future__ import annotations

from bisect import bisect_right
from contextlib import suppress
from fractions import Fraction
from itertools import dropwhile
from typing import TYPE_CHECKING, Any, Generic, Self, TypeVar

import av

from .errors import MediaError
from .opening import begin_of, demuxed, only, open_media, sound_streams, video_stream
from .order import Dates

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from av.audio.stream import AudioStream
    from av.container import InputContainer
    from av.packet import Packet
    from av.stream import Stream
    from av.video.stream import VideoStream

    from .clock import Clock, Link

__all__ = ["Feed"]

_Stream = TypeVar("_Stream", "AudioStream", "VideoStream")


class Feed(Generic[_Stream]):
    """An iterator of packets. The container stands at the file's beginning, or was sought where it can be.

    Attributes:
        stream: the stream of the packet that came last; it decodes it.
        offset: seconds to be added to that packet's times and to those of what is decoded from it.
        link: which of the files that are joined it is from.
    """

    def __init__(
        self,
        path: Path,
        container: InputContainer,
        stream: _Stream,
        clock: Clock,
        *,
        after: Fraction | None = None,
        prepare: Callable[[Any], None] = lambda _: None,
    ) -> None:
        """`after`: in a file of several clocks, the moment in its own time from which packets are wanted.

        Pictures begin with one that can be decoded by itself, if possible before it; the sound at once.
        `prepare` is called with each stream that takes over from `stream`.
        """
        self.stream: _Stream = stream
        self.offset, self.link = Fraction(0), 0
        self._path, self._clock, self._prepare = path, clock, prepare
        self._next: Packet[_Stream] | None = None
        self._packets: Iterator[Packet[_Stream]] = (
            self._linked(container, after)
            if clock.links
            else _from(clock, stream, demuxed(container, stream), after)
        )

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> Packet[_Stream]:
        """The next packet.

        Raises:
            StopIteration: there are no more.
            FFmpegError: the file breaks off here.
        """
        if (ready := self._next) is not None:
            self._next = None
            return ready
        return next(self._packets)

    def peek(self) -> Packet[_Stream] | None:
        """The next packet, which stays the next one."""
        if self._next is None:
            self._next = next(self._packets, None)
        return self._next

    def _linked(self, container: InputContainer, after: Fraction | None) -> Iterator[Packet[_Stream]]:
        """The packets of all the files that are joined, or from the one on in which the moment lies."""
        links, stream, number = self._clock.links, self.stream, _number(container, self.stream)
        own = begin_of(container)
        begin = 0 if after is None else max(0, bisect_right([link.begin for link in links], after) - 1)
        for place, link in enumerate(links[begin:], begin):
            wanted = after if place == begin else None
            if link.window.begin == own:
                self.link = place
                yield from self._of(container, stream, link, wanted)
                continue
            try:
                other = open_media(self._path, window=link.window)
            except MediaError:
                continue
            with other:
                found: Any = dict(sound_streams(other)).get(number) if number else video_stream(other)
                if found is None or found.codec_context is None:
                    continue
                follower: _Stream = found
                only(other, follower)
                self._prepare(follower)
                for packet in self._of(other, follower, link, wanted):
                    self.link = place
                    yield packet

    def _of(
        self, container: InputContainer, stream: _Stream, link: Link, after: Fraction | None
    ) -> Iterator[Packet[_Stream]]:
        tick, packets = Fraction(stream.time_base or 1), demuxed(container, stream)
        inner = None if after is None else after - link.offset
        sought = stream.type == "video" and not (link.within or link.within.keys)
        if after is not None and inner is not None and sought and after > link.begin:
            with suppress(av.error.FFmpegError, OSError):
                container.seek(int(inner / tick), stream=stream)
        packets = _from(link.within, stream, packets, inner)
        with suppress(av.error.FFmpegError, OSError):  # it breaks off: on with the next
            for packet in packets:
                self.stream, self.offset = stream, link.offset
                yield packet


def _from(
    clock: Clock, stream: _Stream, packets: Iterator[Packet[_Stream]], after: Fraction | None
) -> Iterator[Packet[_Stream]]:
    """The packets by a clock of one file, from a moment on if one is wanted."""
    tick = Fraction(stream.time_base or 1)
    packets = clock.mended(Dates(stream).all(packets), tick)
    if after is None:
        return packets
    if stream.type == "audio":
        return dropwhile(lambda packet: (packet.pts or 0) * tick < after, packets)
    if (key := clock.key(after)) is None:
        return packets
    return dropwhile(lambda p: not (p.is_keyframe and p.pts is not None and p.pts * tick >= key), packets)


def _number(container: InputContainer, stream: Stream) -> int:
    """Which of the file's sound tracks it is, from 1; 0 for pictures."""
    return next((number for number, sound in sound_streams(container) if sound.index == stream.index), 0)
