"""What was read of a file's streams: from when to when each has something, in every part of the file."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from .pace import Pace

__all__ = ["Stretch", "Track"]


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
