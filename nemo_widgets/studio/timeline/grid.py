"""The grid of whole frames that cuts and crossfades lie on."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING, Any

from nemo_widgets.draft import is_sound

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["FrameGrid"]

_HALF_MS = Fraction(1, 2)
_ROUNDED = Fraction(3, 2)
"""Milliseconds by which a frame's place in a clip may be off: it is the sum of three that are rounded."""
_SHARE = Fraction(2, 5)
"""The most of a frame that this is."""


@dataclass(frozen=True, slots=True)
class FrameGrid:
    """The grid of whole frames, `round(k * 1000 / fps)` ms."""

    fps: Fraction

    @classmethod
    def of(cls, draft: Mapping[str, Any]) -> FrameGrid:
        """The grid of a draft's root `m.fps`, a number or a fraction as a string; 30 where there is none.

        Sound alone is cut at any millisecond.
        """
        if is_sound(draft):
            return cls(Fraction(1000))
        meta = draft.get("m")
        fps = meta.get("fps") if isinstance(meta, dict) else None
        try:
            value = Fraction(fps) if isinstance(fps, str) else Fraction(fps or 30).limit_denominator(1001)
        except (ValueError, TypeError, ZeroDivisionError, OverflowError):
            value = Fraction(30)
        return cls(value if value > 0 else Fraction(30))

    def at(self, k: int) -> int:
        """Where frame `k` starts, in ms."""
        return round(k * 1000 / self.fps)

    def down(self, ms: int, slack: Fraction = _HALF_MS) -> int:
        """The last frame's start at or before `ms`, or after it by no more than the slack."""
        return self.at(floor((ms + slack) * self.fps / 1000))

    def near(self, ms: int) -> int:
        """The frame's start nearest to `ms`."""
        return self.at(round(ms * self.fps / 1000))

    def up(self, ms: int, slack: Fraction = _HALF_MS) -> int:
        """The first frame's start at or after `ms`, or before it by no more than the slack."""
        return self.at(ceil((ms - slack) * self.fps / 1000))

    def slack(self, place: int) -> Fraction:
        """How far a clip's frame may be from this place of the timeline: more where it is a frame's."""
        return min(_ROUNDED, _SHARE * 1000 / self.fps) if self.near(place) == place else _HALF_MS
