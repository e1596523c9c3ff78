"""Reading a file's packets from the first to the last: what each stream holds, whatever the headers say.

A long file has hundreds of thousands of packets. So they are noted, and taken in together as long as nothing
is odd about them; where something is, they are taken in one by one.
"""

from __future__ import annotations

from array import array
from contextlib import suppress
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import av
import numpy as np

from .clock import Jumps
from .holes import UNREAD, Holes
from .marks import Marks
from .opening import demuxed
from .order import Dates
from .stretches import Stretch, Track

if TYPE_CHECKING:
    from collections.abc import Sequence

    from av.container import InputContainer
    from av.packet import Packet
    from av.stream import Stream

__all__ = ["skipped", "tracks"]

_MOST_KEYS = 512
_RAW = ("h264", "hevc")
"""Formats that are nothing but pictures in a row, none of them dated."""
_ROWS = 1024
"""Packets that are taken in together."""
_MOST_BYTES = 1 << 20
"""Bytes of sound that are held until then."""
_FAR = 1 << 61
"""Ticks: times up to here are reckoned with in 64 bits."""


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
        dates = Dates(stream)
        self._bias, self._dates = 0, dates if dates.needed else None
        self._holes = Holes(track.tick, self._usual, sound=self._sound)
        self._marks = Marks(stream)
        self._marked = self._marks.head > 0
        self._noted = tuple(array("q") for _ in range(6))
        """When packets are decoded and shown, how long they last, keys, places, and bytes before them."""
        self._packets: list[Packet[Stream]] = []
        """Those of a sound, which may say how much of them is to be skipped: asking each takes too long."""
        self._bytes = 0
        self._stride = self._till_key = 1

    def add(self, packet: Packet[Stream], unread: int = 0) -> None:
        """Take a packet in, before which so many bytes of the file were not read."""
        if self._untimed and unread > UNREAD:
            self._skip(packet, unread)
        if self._dates is not None:
            packet = self._dates.date(packet)
        stamp, moment = packet.dts, packet.pts
        if moment is None or self._untimed:
            moment = self._moment(packet)
        if moment is None or packet.is_discard:  # the file says that it is not to be shown
            return
        long, key, pos = packet.duration or 0, packet.is_keyframe, packet.pos
        spoilt = packet.is_corrupt or (self._marked and self._marks.spoilt(memoryview(packet)))
        if stamp is None or spoilt:
            self._take()
            self._one(stamp, moment, long, key, pos, spoilt=spoilt, unread=unread, skip=self._skip_of(packet))
            return
        stamps, moments, longs, keys, places, unreads = self._noted
        stamps.append(stamp)
        moments.append(moment)
        longs.append(long)
        keys.append(key)
        places.append(-1 if pos is None else pos)
        unreads.append(unread)
        if self._hertz:
            self._packets.append(packet)
            self._bytes += packet.size
        if len(stamps) >= _ROWS or self._bytes > _MOST_BYTES:
            self._take()

    def finish(self) -> None:
        """There are no more packets."""
        self._take()
        self.track.pace.finish()
        self._holes.close()
        self._keep()

    def _moment(self, packet: Packet[Stream]) -> int | None:
        """When a packet is shown that doesn't say so, or not truly."""
        moment = packet.pts
        if moment is None or (self._untimed and packet.dts is not None):
            moment = packet.dts
        if moment is None and self._raw and packet.size:
            moment = (self._raw - 1) * (packet.duration or self._usual)
            self._raw += 1
        return moment

    def _skip(self, packet: Packet[Stream], unread: int) -> None:
        """Note the bytes before a packet that were not read."""
        found, pos = self.track.unread, packet.pos
        if packet.dts is not None and pos is not None and len(found) < _MOST_KEYS:
            found.append((packet.dts, pos - unread, pos))

    def _take(self) -> None:
        """Take in the packets that were noted."""
        if len(self._noted[0]) and not self._together():
            packets: Sequence[Packet[Stream] | None] = self._packets or [None] * len(self._noted[0])
            for stamp, moment, long, key, place, unread, packet in zip(*self._noted, packets, strict=True):
                pos, skip = place if place >= 0 else None, self._skip_of(packet)
                self._one(stamp, moment, long, bool(key), pos, unread=unread, skip=skip)
        for each in self._noted:
            del each[:]
        self._packets.clear()
        self._bytes = 0

    def _skip_of(self, packet: Packet[Stream] | None) -> tuple[int, int]:
        """Samples to be left out of a packet of sound at its beginning and at its end."""
        heard = packet is not None and self._hertz and packet.has_sidedata("skip_samples")
        return skipped(packet) if packet is not None and heard else (0, 0)

    def _together(self) -> bool:
        """Take in the packets that were noted if nothing is odd about them."""
        found = self.track.stretches.get(self.part)
        stamps, moments, longs, keys = (np.array(each, np.int64) for each in self._noted[:4])
        near = all(each.min() >= -_FAR and each.max() <= _FAR for each in (stamps, moments, longs))
        behind = self._packets[-1] if self._packets else None
        # Of what others than the last one say nothing depends on.
        if found is None or not near or any(self._skip_of(behind)):
            return False
        held = np.where(longs > 0, longs, self._usual)
        if not (self._jumps.none(stamps) and self._holes.none(stamps, held)):
            return False
        self._jumps.before = int(stamps[-1])
        self._holes.passed(int((stamps + held).max()))
        found.first, latest = min(found.first, int(moments.min())), int(moments.argmax())
        last, end = int(moments[latest]), int(moments[latest] + longs[latest])
        if self._sound:
            found.last, found.end = max(found.last, last), max(found.end, int((moments + longs).max()))
            return True
        found.reordered = last <= found.last or latest < len(moments) - 1
        if last > found.last:
            found.last, found.end = last, end
        self.track.pace.extend((moments + self._bias).tolist())
        for moment in moments[keys > 0].tolist():
            self._key(moment)
        return True

    def _one(
        self,
        stamp: int | None,
        moment: int,
        long: int,
        key: bool,  # noqa: FBT001 - as they are noted
        pos: int | None,
        *,
        spoilt: bool = False,
        unread: int = 0,
        skip: tuple[int, int] = (0, 0),
    ) -> None:
        """Take in one packet, whatever is odd about it."""
        if self._jumps.at(stamp):
            self._begin(moment)
        begin = moment if stamp is None else stamp
        self._holes.add(begin, long or self._usual, key=key, spoilt=spoilt, unread=unread)
        found = self.track.stretches.get(self.part)
        if found is None and pos is not None:
            self.track.pos[self.part] = pos
        if self._sound:
            self._hear(found, moment, moment + long, skip)
        else:
            self._see(found, moment, moment + long)
            if key:
                self._key(moment)

    def _keep(self) -> None:
        self.track.holes += [(self.part, *hole) for hole in self._holes.found]
        self._holes.found.clear()

    def _see(self, found: Stretch | None, moment: int, end: int) -> None:
        if found is None:
            self.track.stretches[self.part] = Stretch(moment, moment, end)
        elif moment > found.last:
            found.last, found.end, found.reordered = moment, end, False
        else:
            found.reordered = True
            found.first = min(found.first, moment)
        self.track.pace.add(moment + self._bias)

    def _hear(self, found: Stretch | None, moment: int, end: int, skip: tuple[int, int]) -> None:
        before, behind = skip
        if behind:
            less = int(Fraction(behind, self._hertz) / self.track.tick)
            # Most packets' own length has it already: then it is no longer than that of the one before.
            if found is None or end - moment + less > found.end - found.last + 1:
                end -= less
        if found is None:
            skipped_s = Fraction(before, self._hertz or 1)
            found = self.track.stretches[self.part] = Stretch(moment, moment, end, skipped_s)
        found.first = min(found.first, moment)
        found.last, found.end = max(found.last, moment), max(found.end, end)

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
            unread = 0
            if whole and (pos := packet.pos) is not None:
                unread = pos - behind if behind else 0
                behind = max(behind, pos + packet.size)
            if one := reading.get(packet.stream_index):
                one.add(packet, unread)
    for one in reading.values():
        one.finish()
    return {index: one.track for index, one in reading.items() if one.track.stretches}


def skipped(packet: Packet[Any]) -> tuple[int, int]:
    """Samples that the packet says to leave out at its beginning and at its end."""
    data = bytes(packet.get_sidedata("skip_samples"))
    return int.from_bytes(data[:4], "little"), int.from_bytes(data[4:8], "little")
