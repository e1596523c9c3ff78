"""Reading a file's packets from the first to the last: what each stream holds, whatever the headers say."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import av

from .clock import Jumps
from .holes import UNREAD, Holes
from .marks import Marks
from .opening import demuxed
from .order import Dates
from .pace import Pace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from av.container import InputContainer
    from av.packet import Packet
    from av.stream import Stream

__all__ = ["Stretch", "Track", "skipped", "tracks"]

_MOST_KEYS = 512
_RAW = ("h264", "hevc")
"""Formats that are nothing but pictures in a row, none of them dated."""


@dataclass(slots=True)
class Stretch:
    """What a stream has in one part of the file, in ticks of its own clock. `skip`: seconds to leave out.

    `reordered`: the last picture was not the last to be decoded, so that its length is another one's.
    """

    first: int
    last: int
    end: int
    skip: Fraction = Fraction(0)
    reordered: bool = False

    def until(self, usual: int) -> int:
        """When its last picture ends, one that lasts as long as pictures do where the file can't say it."""
        told = self.end - self.last
        if told and self.reordered and usual:
            told = min(told, usual)
        return self.last + (told or usual)


@dataclass(slots=True)
class Track:
    """One stream as it was read: a stretch for each part of the file in which there is any of it.

    `told`: how long a picture lasts by the file's own rate, in ticks. `keys` are (part, moment in ticks) at
    which decoding can begin. `pos` are the parts' first bytes.
    """

    tick: Fraction
    told: int = 0
    pace: Pace = field(default_factory=Pace)
    stretches: dict[int, Stretch] = field(default_factory=dict)
    pos: dict[int, int] = field(default_factory=dict)
    keys: list[tuple[int, int]] = field(default_factory=list)
    holes: list[tuple[int, int, int, bool]] = field(default_factory=list)
    """Of each hole the part, from, until (ticks), and whether it is sure."""
    unread: list[tuple[int, int, int]] = field(default_factory=list)
    """Bytes between two packets that are more than a format puts there: the moment (ticks), from, until."""

    def last(self) -> Fraction:
        """When its last picture, or packet, begins, in seconds of its part's clock."""
        return self.stretches[max(self.stretches)].last * self.tick

    def ends(self, part: int) -> Fraction:
        """When what there is of it in a part ends, in seconds of that part's clock."""
        usual = self.pace.usual(self.tick)
        return self.stretches[part].until(round(usual / self.tick) if usual else self.told) * self.tick


class _Reading:
    """One stream while it is read."""

    def __init__(self, stream: Stream, *, broadcast: bool) -> None:
        self.track = track = Track(Fraction(stream.time_base or 1))
        self.part = 0
        self._sound = stream.type == "audio"
        self._untimed = stream.container.format.name == "avi"  # its frames stand in the order of decoding
        self._raw = int(stream.container.format.name in _RAW)  # pictures so far, plus one
        rate = getattr(stream, "average_rate", None)
        self._usual = track.told = max(1, int(1 / rate / track.tick)) if rate else 0
        self._hertz = getattr(stream.codec_context, "sample_rate", 0) if self._sound else 0
        self._jumps = Jumps(track.tick, broadcast=broadcast)
        self._bias, self._dates = 0, Dates(stream)
        self._holes = Holes(track.tick, self._usual, sound=self._sound)
        self._marks = Marks(stream)
        self._stride = self._till_key = 1

    def add(self, packet: Packet[Stream], unread: int = 0) -> None:
        """Take a packet in, before which so many bytes of the file were not read."""
        if self._untimed and unread > UNREAD:
            self._skip(packet, unread)
        packet = self._dates.date(packet)
        stamp, moment = packet.dts, packet.pts
        if moment is None or (self._untimed and stamp is not None):
            moment = stamp
        if moment is None and self._raw and packet.size:
            moment = (self._raw - 1) * (packet.duration or self._usual)
            self._raw += 1
        if moment is None or packet.is_discard:  # the file says that it is not to be shown
            return
        if self._jumps.at(stamp):
            self._begin(moment)
        self._look(packet, moment if stamp is None else stamp, unread)
        found = self.track.stretches.get(self.part)
        if self._sound:
            self._hear(packet, found, moment)
        else:
            self._see(packet, found, moment)

    def _skip(self, packet: Packet[Stream], unread: int) -> None:
        """Note the bytes before a packet that were not read."""
        found, pos = self.track.unread, packet.pos
        if packet.dts is not None and pos is not None and len(found) < _MOST_KEYS:
            found.append((packet.dts, pos - unread, pos))

    def _look(self, packet: Packet[Stream], begin: int, unread: int) -> None:
        """Whether something is missing before a packet, or it is none."""
        marks = self._marks
        spoilt = packet.is_corrupt or (marks.head > 0 and marks.spoilt(memoryview(packet)))
        self._holes.add(
            begin, packet.duration or self._usual, key=packet.is_keyframe, spoilt=spoilt, unread=unread
        )

    def finish(self) -> None:
        """There are no more packets."""
        self.track.pace.finish()
        self._holes.close()
        self._keep()

    def _keep(self) -> None:
        self.track.holes += [(self.part, *hole) for hole in self._holes.found]
        self._holes.found.clear()

    def _see(self, packet: Packet[Stream], found: Stretch | None, moment: int) -> None:
        end = moment + (packet.duration or 0)
        if found is None:
            self._stretch(packet, moment, end)
        elif moment > found.last:
            found.last, found.end, found.reordered = moment, end, False
        else:
            found.reordered = True
            found.first = min(found.first, moment)
        self.track.pace.add(moment + self._bias)
        if packet.is_keyframe:
            self._key(moment)

    def _hear(self, packet: Packet[Stream], found: Stretch | None, moment: int) -> None:
        end = moment + (packet.duration or 0)
        before = behind = 0
        if self._hertz and packet.has_sidedata("skip_samples"):
            before, behind = skipped(packet)
            end -= int(Fraction(behind, self._hertz) / self.track.tick)
        if found is None:
            found = self._stretch(packet, moment, end)
            found.skip = Fraction(before, self._hertz or 1)
        found.first = min(found.first, moment)
        found.last, found.end = max(found.last, moment), max(found.end, end)

    def _stretch(self, packet: Packet[Stream], moment: int, end: int) -> Stretch:
        if packet.pos is not None:
            self.track.pos[self.part] = packet.pos
        found = self.track.stretches[self.part] = Stretch(moment, moment, end)
        return found

    def _begin(self, moment: int) -> None:
        """A part of the file begins whose clock was set anew."""
        self._keep()
        self._holes.restart()
        self.part += 1
        if not self._sound:
            pace = self.track.pace
            pace.finish()
            self._bias = (pace.last or 0) + max(1, self._usual) - moment

    def _key(self, moment: int) -> None:
        """Remember one of so many key frames, fewer the more there are."""
        self._till_key -= 1
        if self._till_key:
            return
        keys = self.track.keys
        keys.append((self.part, moment))
        if len(keys) > _MOST_KEYS:
            del keys[1::2]
            self._stride *= 2
        self._till_key = self._stride


def tracks(
    container: InputContainer, streams: Sequence[Stream], *, broadcast: bool = False
) -> dict[int, Track]:
    """What these streams hold, by their index, read from where the container stands to where it breaks off.

    `broadcast`: the format is one whose clock may leap ahead where it is set anew.
    """
    reading = {stream.index: _Reading(stream, broadcast=broadcast) for stream in streams}
    with suppress(av.error.FFmpegError, OSError):  # cut short: what can be read counts
        whole, behind = len(streams) == len(container.streams), 0
        for packet in demuxed(container, *streams):
            pos = packet.pos if whole and packet.pos is not None else behind
            if one := reading.get(packet.stream_index):
                one.add(packet, pos - behind if behind else 0)
            behind = max(behind, pos + packet.size)
    for one in reading.values():
        one.finish()
    return {index: one.track for index, one in reading.items() if one.track.stretches}


def skipped(packet: Packet[Any]) -> tuple[int, int]:
    """Samples that the packet says to leave out at its beginning and at its end."""
    data = bytes(packet.get_sidedata("skip_samples"))
    return int.from_bytes(data[:4], "little"), int.from_bytes(data[4:8], "little")
