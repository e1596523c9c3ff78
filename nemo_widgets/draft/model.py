"""A draft as it came from the server, and a typed view of its tracks and segments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nemo_widgets.interrupts import stoppable, to_thread

from .layout import has_segments, length_ms, meta_of, tracks_of
from .shown import Shown

if TYPE_CHECKING:
    import pandas as pd

    from .layout import Track


class Draft(Shown):
    """A draft: the JSON is the truth (`data`, kept as it came), everything else is a view of it.

    Anything may be missing from `data` (protocol §8: only `t`, `tt`, `sg`, `d`, `m` are known); reading
    never fails on what is strange, and never changes it.
    """

    __slots__ = ("data",)

    def __init__(self, data: dict[str, Any] | None = None) -> None:
        self.data: dict[str, Any] = data if isinstance(data, dict) else {}

    def __repr__(self) -> str:
        from .summary import summary

        return summary(self)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Draft) and self.data == other.data

    __hash__ = None  # type: ignore[assignment]  # the data can change

    def __bool__(self) -> bool:
        """Whether there is something to export: a track with a segment (protocol §7)."""
        return has_segments(self.data)

    def layout(self) -> tuple[Track, ...]:
        """The tracks in order, each with its segments laid out in time."""
        return tracks_of(self.data)

    @property
    def duration_ms(self) -> int:
        """The timeline's length: where the last video segment ends, or the last of any kind without video."""
        return length_ms(self.layout())

    @property
    def meta(self) -> dict[str, Any]:
        """The root's `m`: title, width, height and (from the studio) fps, where known."""
        return meta_of(self.data)

    @property
    @stoppable
    def tracks(self) -> pd.DataFrame:
        """One row a track; see `tables.tracks_table`."""

        def work() -> pd.DataFrame:
            from .tables import tracks_table

            return tracks_table(self)

        return to_thread(work)

    @property
    @stoppable
    def segments(self) -> pd.DataFrame:
        """One row a segment; see `tables.segments_table`."""

        def work() -> pd.DataFrame:
            from .tables import segments_table

            return segments_table(self)

        return to_thread(work)
