"""H.264 as it stands in an MP4 file: its parameter sets, and packets with lengths in place of start codes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "MOST_IDS",
    "NO_SETS",
    "ParameterSets",
    "has_other_sets",
    "is_idr",
    "is_well_formed",
    "length_prefixed",
]

MOST_IDS = 32
"""The numbers of sequence parameter sets go from 0 to below this; a picture's set has its sequence's here."""
_START = re.compile(b"\0\0\0?\1")
_SLICES, _IDR, _SPS, _PPS = range(1, 6), 5, 7, 8
_FORBIDDEN = 128
"""The first bit of a NAL unit is 0."""
_LENGTH = 4
"""Bytes of a length; other files are rare, and encoded."""
_HIGH = (100, 110, 122, 144, 244)
"""Profiles whose record tells of the colour samples as well."""


@dataclass(frozen=True, slots=True)
class ParameterSets:
    """What a decoder has to know of streams beforehand: of each sequence, and of its pictures.

    Attributes:
        sequences: the sequence parameter sets (SPS), each a NAL unit.
        pictures: the picture parameter sets (PPS).
    """

    sequences: tuple[bytes, ...] = ()
    pictures: tuple[bytes, ...] = ()

    @classmethod
    def of_record(cls, record: bytes) -> Self | None:
        """Those of an MP4's decoder configuration record (avcC of ISO 14496-15); None where it is none."""
        try:
            if record[0] != 1 or (record[4] & 3) + 1 != _LENGTH:
                return None
            at, found = 5, []
            for mask in (31, 255):
                count, at = record[at] & mask, at + 1
                units = []
                for _ in range(count):
                    long = int.from_bytes(record[at : at + 2], "big")
                    units.append(record[at + 2 : at + 2 + long])
                    at += 2 + long
                found.append(tuple(units))
            return cls(*found) if all(found) and at <= len(record) else None
        except IndexError:
            return None

    @classmethod
    def of_units(cls, stream: bytes) -> Self:
        """Those in a stream with start codes."""
        units = list(_units(stream))
        return cls(
            tuple(unit for unit in units if unit[0] & 31 == _SPS),
            tuple(unit for unit in units if unit[0] & 31 == _PPS),
        )

    @property
    def ids(self) -> dict[tuple[int, int], bytes]:
        """Each set by its kind and its number."""
        found = {(_SPS, _number(unit[4:])): unit for unit in self.sequences}
        return found | {(_PPS, _number(unit[1:])): unit for unit in self.pictures}

    def with_others(self, others: ParameterSets) -> ParameterSets | None:
        """These and the others, each once; None where two that differ have one number."""
        mine, theirs = self.ids, others.ids
        if any(mine[key] != unit for key, unit in theirs.items() if key in mine):
            return None
        more = [unit for key, unit in theirs.items() if key not in mine]
        return ParameterSets(
            (*self.sequences, *(unit for unit in more if unit[0] & 31 == _SPS)),
            (*self.pictures, *(unit for unit in more if unit[0] & 31 == _PPS)),
        )

    def record(self) -> bytes:
        """The decoder configuration record of a file that holds all of these."""
        head = max(self.sequences, key=lambda unit: (unit[1], unit[3]))
        compatible = 255
        for unit in self.sequences:
            compatible &= unit[2]
        level = max(unit[3] for unit in self.sequences)
        parts = [bytes([1, head[1], compatible, level, 0xFC | (_LENGTH - 1), 0xE0 | len(self.sequences)])]
        parts += [len(unit).to_bytes(2, "big") + unit for unit in self.sequences]
        parts += [bytes([len(self.pictures)])]
        parts += [len(unit).to_bytes(2, "big") + unit for unit in self.pictures]
        if head[1] in _HIGH:  # 4:2:0, eight bits of light and of colour, no further sets
            parts.append(bytes([0xFD, 0xF8, 0xF8, 0]))
        return b"".join(parts)


NO_SETS = ParameterSets()


def length_prefixed(stream: bytes) -> bytes:
    """A packet with start codes as MP4 has it, its parameter sets left out: they stand in the record."""
    return b"".join(
        len(unit).to_bytes(_LENGTH, "big") + unit
        for unit in _units(stream)
        if unit[0] & 31 not in (_SPS, _PPS)
    )


def is_idr(packet: memoryview) -> bool:
    """Whether nothing from this packet of an MP4 on needs what is before it: its picture is an IDR."""
    kinds = (unit[0] & 31 for unit in _prefixed(packet))
    return next((kind == _IDR for kind in kinds if kind in _SLICES), False)


def is_well_formed(packet: memoryview) -> bool:
    """Whether a packet of an MP4 is NAL units to its last byte; players give up at one that is not."""
    at = 0
    while at + _LENGTH < len(packet):
        head = packet[at + _LENGTH]
        if head & _FORBIDDEN or not head & 31:
            return False
        at += _LENGTH + int.from_bytes(packet[at : at + _LENGTH], "big")
    return at == len(packet) > 0


def has_other_sets(packet: memoryview, sets: ParameterSets) -> bool:
    """Whether a packet brings parameter sets of its own, which the file's head does not have."""
    own = (bytes(unit) for unit in _prefixed(packet) if unit[0] & 31 in (_SPS, _PPS))
    return any(unit not in sets.sequences and unit not in sets.pictures for unit in own)


def _prefixed(packet: memoryview) -> Iterator[memoryview]:
    at = 0
    while at + _LENGTH < len(packet):
        long = int.from_bytes(packet[at : at + _LENGTH], "big")
        if long:
            yield packet[at + _LENGTH : at + _LENGTH + long]
        at += _LENGTH + long


def _units(stream: bytes) -> Iterator[bytes]:
    for unit in _START.split(stream)[1:]:
        if bare := unit.rstrip(b"\0"):
            yield bare


def _number(payload: bytes) -> int:
    """The first number of a payload, an Exp-Golomb code."""
    bits = "".join(f"{byte:08b}" for byte in payload[:8])
    zeros = len(bits) - len(bits.lstrip("0"))
    return int(bits[zeros : 2 * zeros + 1] or "1", 2) - 1
