"""Sound as the AAC encoder gives it: coded, heard as a player would, kept until the file takes it."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import av
import numpy as np

from .model import BITRATE, RATE
from .scratch import Scratch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from nemo_widgets.studio.media.sound import Samples

__all__ = ["Coded", "CodedSound", "as_coded", "as_heard", "sound_frame"]

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


def as_coded(blocks: Iterable[Samples | Coded], quality: str) -> Iterator[Coded]:
    """Blocks of sound as a file of this quality has them; those that are coded already stay as they are."""
    encoder, at = _encoder(quality), 0
    for block in blocks:
        if isinstance(block, Coded):
            yield block
            continue
        yield Coded(len(block), encoder.encode(sound_frame(block, at)))
        at += len(block)
    if at:
        yield Coded(0, encoder.encode(None))


def as_heard(
    blocks: Iterable[Samples], quality: str, keep: Callable[[Coded], None] = lambda _: None
) -> Iterator[Samples]:
    """What a player makes of the sound of a file of this quality, coding included; some 40 times as fast.

    The first 1024 samples are the encoder's silence ahead of it. `keep` is given all that is coded.
    """
    decoder = av.CodecContext.create("aac", "r")
    decoder.extradata = _encoder(quality).extradata
    for block in as_coded(blocks, quality):
        keep(block)
        for packet in block.packets:
            for decoded in decoder.decode(packet):
                yield np.ascontiguousarray(decoded.to_ndarray().T, np.float32)


def _encoder(quality: str) -> av.AudioCodecContext:
    encoder = av.CodecContext.create("aac", "w")
    encoder.sample_rate, encoder.layout, encoder.format = RATE, "stereo", "fltp"
    encoder.bit_rate = BITRATE[quality]
    encoder.open()
    return encoder


def sound_frame(samples: Samples, at: int) -> av.AudioFrame:
    """Samples as FFmpeg wants them; `at` is the first one's number."""
    frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(samples.T), format="fltp", layout="stereo")
    frame.sample_rate, frame.time_base, frame.pts = RATE, Fraction(1, RATE), at
    return frame
