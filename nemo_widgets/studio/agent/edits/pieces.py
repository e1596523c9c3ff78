"""The pieces that a split leaves, by the place where it was made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nemo_widgets.studio.timeline.clip import read
from nemo_widgets.studio.timeline.grid import FrameGrid
from nemo_widgets.studio.timeline.refs import bounds

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nemo_widgets.studio.timeline.time_range import Stretch

__all__ = ["Piece"]


@dataclass(frozen=True, slots=True)
class Piece:
    """The shot behind a place where one was split, or before it."""

    at: Stretch
    after: bool

    def within(self, draft: Mapping[str, Any]) -> tuple[int, int]:
        """From where to where it lies on the timeline, in ms."""
        at, edges = self.at.within(draft)[0], bounds(read(draft))
        near = FrameGrid.of(draft).at(1)
        if self.after:
            return at, next((edge for edge in edges if edge > at + near), edges[-1])
        return next((edge for edge in reversed(edges) if edge < at - near), 0), at
