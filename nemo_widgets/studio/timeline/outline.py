"""Where the clips of a timeline lie: what 'the longest clip' and 'halfway' mean on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .clip import length_of, read
from .refs import bounds, stem

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["Outline"]


@dataclass(frozen=True, slots=True)
class Outline:
    """The length of a timeline in ms, and for each clip of its main track start, end and name.

    Clips are counted from 1. What names none, or more than one, is None.
    """

    length_ms: int = 0
    clips: tuple[tuple[int, int, str], ...] = ()

    @classmethod
    def of(cls, draft: Mapping[str, Any]) -> Outline:
        """The outline of a draft; two clips meet in the middle of their transition."""
        shots = read(draft)
        edges = bounds(shots)
        clips = zip(edges, edges[1:], (stem(s.name) for s in shots), strict=False)
        return cls(length_of(draft), tuple(clips))

    def numbered(self, number: int) -> int | None:
        """A clip's number, where it was counted from the end as well: -1 is the last."""
        at = number if number > 0 else len(self.clips) + 1 + number
        return at if 0 < at <= len(self.clips) else None

    def named(self, name: str) -> int | None:
        """The clip of a file."""
        return self._only(lambda clip: clip[2] == stem(name))

    def longest(self, *, shortest: bool = False) -> int | None:
        """The clip that is longer, or shorter, than every other one."""
        lengths = [end - start for start, end, _ in self.clips]
        wanted = (min if shortest else max)(lengths, default=0)
        return lengths.index(wanted) + 1 if lengths.count(wanted) == 1 else None

    def starting(self, at_ms: int) -> int | None:
        """The clip that begins at a moment, to the half second."""
        return self._only(lambda clip: abs(clip[0] - at_ms) < 500)  # noqa: PLR2004 - as people read a clock

    def shown(self, at_ms: int) -> int | None:
        """The clip that is shown at a moment."""
        return self._only(lambda clip: clip[0] <= at_ms < clip[1])

    def lasting(self, length_ms: int) -> int | None:
        """The clip that is so long, to the half second."""
        return self._only(lambda clip: abs(clip[1] - clip[0] - length_ms) < 500)  # noqa: PLR2004 - likewise

    def _only(self, fits: Callable[[tuple[int, int, str]], bool]) -> int | None:
        numbers = [n for n, clip in enumerate(self.clips, 1) if fits(clip)]
        return numbers[0] if len(numbers) == 1 else None
