"""The clock of a file, put right where it starts again or jumps: recordings that were joined end to end."""

from __future__ import annotations

import sys
from bisect import bisect_right
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from av.packet import Packet
    from av.stream import Stream
    from numpy.typing import NDArray

    from .whole import Window

    _Stream = TypeVar("_Stream", bound=Stream)

__all__ = ["STEADY", "Clock", "Jumps", "Link", "Part"]

_BACK = Fraction(1, 2)
"""Seconds: a stream's clock that goes back further has started again."""
_AHEAD = Fraction(10)
"""Seconds: a clock that leaps further ahead was set anew, in formats that are broadcast; as FFmpeg has it."""


class Part(NamedTuple):
    """A stretch of the file with a clock of its own, from a byte of the file on.

    `offset` is to be added to its times, in seconds, so that it follows what is before it; then it begins at
    `begin`. `gap` are the seconds in which nothing was recorded, 0 where the clock started again.
    """

    pos: int
    offset: Fraction
    begin: Fraction
    gap: Fraction = Fraction(0)


class Link(NamedTuple):
    """One of several files that were joined end to end, with a clock of its own.

    `offset` is to be added to its times, in seconds, so that it follows what is before it; then it begins at
    `begin`. `within` is what its own clock needs besides.
    """

    window: Window
    offset: Fraction
    begin: Fraction
    within: Clock


class Jumps:
    """Tells of one stream's packets in a row where its clock was set anew. `tick` is its unit in seconds."""

    def __init__(self, tick: Fraction, *, broadcast: bool) -> None:
        self._back = int(_BACK / tick)
        self._ahead = int(_AHEAD / tick) if broadcast else sys.maxsize
        self.before: int | None = None
        """When the last packet was decoded that said so."""

    def at(self, stamp: int | None) -> bool:
        """Whether it was before the packet that is decoded at this time."""
        if stamp is None:
            return False
        before, self.before = self.before, stamp
        return before is not None and not -self._back <= stamp - before <= self._ahead

    def none(self, stamps: NDArray[np.int64]) -> bool:
        """Whether it was not set anew before any of these, the next packets in a row."""
        steps = np.diff(stamps) if self.before is None else np.diff(stamps, prepend=self.before)
        return not len(steps) or bool(steps.min() >= -self._back and steps.max() <= self._ahead)


@dataclass(frozen=True, slots=True)
class Clock:
    """The parts of a file after the first; none where its clock runs through. `broadcast`: it may leap ahead.

    `keys` are moments at which decoding can begin, in seconds, at most some hundred of them, for files in
    which a seek goes astray. `links` are the files of which it is made where several were joined.
    """

    parts: tuple[Part, ...] = ()
    broadcast: bool = False
    keys: tuple[Fraction, ...] = ()
    links: tuple[Link, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.parts or self.links)

    def mended(self, packets: Iterable[Packet[_Stream]], tick: Fraction) -> Iterator[Packet[_Stream]]:
        """One stream's packets from the file's beginning on, their times made to run through."""
        return self._mended(packets, tick) if self.parts else iter(packets)

    def _mended(self, packets: Iterable[Packet[_Stream]], tick: Fraction) -> Iterator[Packet[_Stream]]:
        starts = [part.pos for part in self.parts]
        jumps = Jumps(tick, broadcast=self.broadcast)
        number = pos = shift = 0
        for packet in packets:
            pos = pos if packet.pos is None else packet.pos
            if jumps.at(packet.dts):
                number = max(number + 1, bisect_right(starts, pos))
                part = self.parts[min(number, len(starts)) - 1]
                shift = round(part.offset / tick)
            if shift and packet.pts is not None:
                packet.pts += shift
            if shift and packet.dts is not None:
                packet.dts += shift
            yield packet

    def key(self, moment: Fraction) -> Fraction | None:
        """The last moment known at or before this one at which decoding can begin."""
        place = bisect_right(self.keys, moment)
        return self.keys[place - 1] if place else None


STEADY = Clock()
"""A clock that needs nothing."""
