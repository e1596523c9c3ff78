"""The pieces that a split leaves, by the place where it was made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .frames import Frames
from .places import bounds
from .timeline import read

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .span import Where

__all__ = ["Piece"]


@dataclass(frozen=True, slots=True)
class Piece:
    """The shot behind a place where one was split, or before it."""

    at: Where
    after: bool

    def within(self, draft: Mapping[str, Any]) -> tuple[int, int]:
        """From where to where it lies on the timeline, in ms."""
        at, edges = self.at.within(draft)[0], bounds(read(draft))
        near = Frames.of(draft).at(1)
        if self.after:
            return at, next((edge for edge in edges if edge > at + near), edges[-1])
        return next((edge for edge in reversed(edges) if edge < at - near), 0), at
