"""Frame rates and timecode, exact over any length: milliseconds, whole frames, and SMPTE timecode."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import Any

__all__ = ["RATES", "Rate", "rate_of"]

RATES = (
    Fraction(24000, 1001),
    Fraction(24),
    Fraction(25),
    Fraction(30000, 1001),
    Fraction(30),
    Fraction(48),
    Fraction(50),
    Fraction(60000, 1001),
    Fraction(60),
)
"""The rates that editors know, from the slowest."""
_FASTEST = 1000
_NEAR = Fraction(1, 500)
"""By so much of itself a rate may be off that was written with two or three digits, such as 23.98."""
_TIMECODE = re.compile(r"(\d{1,3}):(\d{1,2}):(\d{1,2})([:;.,])(\d{1,3})", re.ASCII)
_NTSC = 1001
_DROPPED = 2
"""Of 30 frame numbers, in each minute but every tenth; of 60 twice as many."""


@dataclass(frozen=True, slots=True)
class Rate:
    """A frame rate: `fps` frames a second, as a fraction.

    Attributes:
        drop: whether its timecode leaves out numbers to keep up with the clock (at 29.97 and 59.94).
    """

    fps: Fraction
    drop: bool = False

    @property
    def timebase(self) -> int:
        """How many frame numbers a second of timecode has."""
        return ceil(self.fps)

    @property
    def ntsc(self) -> bool:
        """Whether it is a whole rate slowed down by 1000/1001."""
        return self.fps.denominator == _NTSC

    @property
    def droppable(self) -> bool:
        """Whether its timecode may leave out numbers."""
        return self.ntsc and self.timebase % 30 == 0

    def frames(self, ms: int) -> int:
        """The frame that begins nearest to a time; halves away from zero, so that lengths are kept."""
        above, below = self.fps.as_integer_ratio()
        count = (2 * abs(ms) * above + 1000 * below) // (2000 * below)
        return count if ms >= 0 else -count

    def ms(self, frames: int) -> int:
        """When a frame begins, in ms; `frames` leads back to it at any rate up to 1000."""
        above, below = self.fps.as_integer_ratio()
        return (2000 * frames * below + above) // (2 * above)

    def is_frame(self, ms: int) -> bool:
        """Whether a time is a frame's, as far as whole milliseconds can say it."""
        return self.ms(self.frames(ms)) == ms

    def seconds(self, frames: int) -> Fraction:
        """When a frame begins, in seconds."""
        return frames / self.fps

    def timecode(self, frames: int) -> str:
        """A frame's timecode, `01:00:00:00`, with a `;` where numbers are left out.

        >>> Rate(Fraction(30000, 1001), drop=True).timecode(1800), Rate(Fraction(25)).timecode(1800)
        ('00:01:00;02', '00:01:12:00')
        """
        base = self.timebase
        if self.drop and self.droppable:
            left_out = _DROPPED * base // 30
            tens, rest = divmod(frames, 600 * base - 9 * left_out)
            minutes = max(0, (rest - left_out) // (60 * base - left_out))
            frames += left_out * (9 * tens + minutes)
        seconds, frame = divmod(frames, base)
        digits = len(str(base - 1))
        sign = ";" if self.drop and self.droppable else ":"
        return (
            f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}{sign}{frame:0{max(2, digits)}}"
        )

    def frame_at(self, timecode: str) -> int | None:
        """The frame of a timecode; numbers are left out where its last sign says so. None for no timecode.

        >>> Rate(Fraction(30000, 1001)).frame_at("00:01:00;02"), Rate(Fraction(25)).frame_at("noon")
        (1800, None)
        """
        if (found := _TIMECODE.fullmatch(timecode.strip())) is None:
            return None
        hours, minutes, seconds, frame = (int(found[n]) for n in (1, 2, 3, 5))
        minutes += 60 * hours
        frames = (60 * minutes + seconds) * self.timebase + frame
        if found[4] in ";," and self.droppable:
            frames -= _DROPPED * self.timebase // 30 * (minutes - minutes // 10)
        return frames


def rate_of(value: Any, usual: Fraction = Fraction(30)) -> Fraction:
    """A frame rate as a fraction: of a number or a text such as `30000/1001`; `usual` where it is none.

    What is written with a few digits is the rate that editors know: 23.98 and 23.976 are 24000/1001.

    >>> rate_of(29.97), rate_of("25"), rate_of(None), rate_of(12.5)
    (Fraction(30000, 1001), Fraction(25, 1), Fraction(30, 1), Fraction(25, 2))
    """
    if isinstance(value, bool) or not isinstance(value, (int, float, str, Fraction)):
        return usual
    try:
        found = Fraction(value.strip()[:40] if isinstance(value, str) else value)
    except (ValueError, OverflowError, ZeroDivisionError):
        return usual
    if not 1 <= found <= _FASTEST:
        return usual
    if found.denominator in (1, _NTSC):
        return found
    near = min(RATES, key=lambda rate: abs(rate - found))
    # Nearer to 24000/1001 than to 24 by more than what is left out by two digits.
    return near if abs(near - found) <= _NEAR * near / 4 else found.limit_denominator(_NTSC)
