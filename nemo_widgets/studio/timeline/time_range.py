"""Stretch on the timeline: what an edit is told about the place that it is for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from nemo_widgets.draft import clock
from nemo_widgets.studio.words import Said

from .clip import length_of
from .errors import EditRefused
from .grid import FrameGrid

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

__all__ = ["Rest", "Stretch", "TimeRange", "place"]


class Stretch(Protocol):
    """A stretch of the timeline, known once the draft is."""

    def within(self, draft: Mapping[str, Any]) -> tuple[int, int]:
        """Its start and end in ms; the end may lie beyond the timeline's.

        Raises:
            EditRefused: there is no such place on this draft.
        """


@dataclass(frozen=True, slots=True)
class TimeRange:
    """A stretch of the timeline: from `start` to `end` (None: the timeline's end), in ms.

    With `last`, `start` is a length counted back from the end. `loose` marks 'after 1:00' and 'before
    1:00' without 'everything': enough to say what to cut, too little to say when a title is shown. With
    `part`, it is that part of the whole, such as its second half, and `start` and `end` say nothing. With
    `middle`, `start` is how long the stretch in the middle of the whole is. With `last` and `frames`, so many
    frames are meant, and `start` is about how long they are.
    """

    start: int
    end: int | None
    last: bool = False
    loose: bool = False
    part: tuple[Fraction, Fraction] | None = None
    middle: bool = False
    frames: int = 0

    def within(self, draft: Mapping[str, Any]) -> tuple[int, int]:
        """The span's (start, end) on the draft's timeline; the end may lie beyond it."""
        length = length_of(draft)
        if self.part:
            return round(self.part[0] * length), round(self.part[1] * length)
        if self.middle:
            return max(0, (length - self.start) // 2), min(length, (length + self.start) // 2)
        if self.last and self.frames:
            grid = FrameGrid.of(draft)
            return grid.at(max(0, round(length * grid.fps / 1000) - self.frames)), length
        if self.last:
            return max(0, length - self.start), length
        return self.start, length if self.end is None else self.end


@dataclass(frozen=True, slots=True)
class Rest:
    """What a removal said before has left: the whole timeline, which only then may be called the rest."""

    def within(self, draft: Mapping[str, Any]) -> tuple[int, int]:
        """The whole, in ms."""
        return 0, length_of(draft)


def place(span: Stretch, draft: Mapping[str, Any]) -> tuple[int, int, Said]:
    """Stretch a span lies on the draft's timeline, and a remark if its end had to be moved.

    Raises:
        EditRefused: it is backwards or empty, or starts past the end.
    """
    start, end = span.within(draft)
    length = length_of(draft)
    whole = clock(length)
    if start >= length:
        raise EditRefused(
            Said(
                f"{clock(start)} is past the end: the timeline is {whole} long. Nothing was changed.",
                f"{clock(start)} 超出了结尾：时间线长 {whole}。没有做任何改动。",
            )
        )
    if end <= start:
        what = f"{clock(start)}–{clock(end)}"
        raise EditRefused(
            Said(
                f"{what} {'is empty' if end == start else 'runs backwards'}. Nothing was changed.",
                f"{what} {'是空的' if end == start else '起点在终点之后'}。没有做任何改动。",
            )
        )
    too_long = span.start if isinstance(span, TimeRange) and span.last and span.start > length else 0
    if end <= length and not too_long:
        return start, end, Said()
    asked = clock(too_long or end)
    remark = Said(
        f"{asked} is past the end, so I went up to {whole}.", f"{asked} 超出结尾，按 {whole} 处理。"
    )
    return start, min(end, length), remark
