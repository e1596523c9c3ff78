"""The sound as it came out of the AAC encoder, kept until it is known whether it becomes the file's."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import av

from .model import RATE
from .scratch import Scratch

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

__all__ = ["BITRATE", "Coded", "CodedSound"]

BITRATE = {"high": 192_000, "medium": 160_000, "low": 128_000}
"""Bits a second, by the quality of the export."""
_BLOCK, _PACKET = struct.Struct("<II"), struct.Struct("<qII")
"""Samples and packets of a block; moment, length and bytes of a packet."""
_TICK = Fraction(1, RATE)


@dataclass(frozen=True, slots=True)
class Coded:
    """What the encoder gave when it got so many samples; none where it gave what it still held."""

    samples: int
    packets: Sequence[av.Packet[Any]]

    def __len__(self) -> int:
        return self.samples


class CodedSound(Scratch):
    """`keep` block by block, then `end`; where it is `whole` then, `blocks` gives them again."""

    def __init__(self, folder: Path | None, samples: int, quality: str) -> None:
        super().__init__(folder, samples * BITRATE[quality] // (8 * RATE))

    def keep(self, block: Coded) -> None:
        """The next block."""
        self.write(_BLOCK.pack(block.samples, len(block.packets)))
        for packet in block.packets:
            self.write(_PACKET.pack(packet.pts, packet.duration, packet.size))
            self.write(bytes(packet))

    def blocks(self) -> Iterator[Coded]:
        """All that was kept, as it came.

        Raises:
            WriteError: the disk does not give it back.
        """
        self.rewind()
        while head := self.read(_BLOCK.size):
            samples, count = _BLOCK.unpack(head)
            yield Coded(samples, [self._packet() for _ in range(count)])

    def _packet(self) -> av.Packet[Any]:
        moment, length, size = _PACKET.unpack(self.read(_PACKET.size))
        packet = av.Packet(self.read(size))
        packet.pts = packet.dts = moment
        packet.duration, packet.time_base, packet.is_keyframe = length, _TICK, True
        return packet
