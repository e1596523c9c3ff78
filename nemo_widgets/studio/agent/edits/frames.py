"""The grid of whole frames that cuts and crossfades lie on."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING, Any

from nemo_widgets.draft import is_sound

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Frames"]

_HALF_MS = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Frames:
    """The grid of whole frames, `round(k * 1000 / fps)` ms."""

    fps: Fraction

    @classmethod
    def of(cls, draft: Mapping[str, Any]) -> Frames:
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

    def down(self, ms: int) -> int:
        """The last frame's start at or before `ms`."""
        return self.at(floor((ms + _HALF_MS) * self.fps / 1000))

    def near(self, ms: int) -> int:
        """The frame's start nearest to `ms`."""
        return self.at(round(ms * self.fps / 1000))

    def up(self, ms: int) -> int:
        """The first frame's start at or after `ms`."""
        return self.at(ceil((ms - _HALF_MS) * self.fps / 1000))
