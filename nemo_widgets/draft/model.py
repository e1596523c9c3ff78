"""A draft as it came from the server, and a typed view of its tracks and segments."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from nemo_widgets.catalogue import say
from nemo_widgets.errors import UsageError
from nemo_widgets.interrupts import stoppable, to_thread
from nemo_widgets.json_text import read

from .interchange import Interchange
from .layout import has_segments, length_ms, meta_of, tracks_of
from .shown import Shown

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Never

    import pandas as pd

    from .instructions import Instructions
    from .layout import Track
    from .problems import Problem

_HALF = re.compile("[\ud800-\udfff]")
"""Half a character, which no file can hold as it is."""


class Draft(Shown, Interchange):
    """A draft: the JSON is the truth (`data`, kept as it came), everything else is a view of it.

    Anything may be missing from `data` (protocol §8: only `t`, `tt`, `sg`, `d`, `m` are known); reading
    never fails on what is strange, and never changes it: `problems` lists it. `media_ms` are the lengths of
    sources, where they are known beside the draft; `base` is the draft of which tables made this one.
    """

    __slots__ = ("base", "data", "media_ms")

    def __init__(
        self, data: dict[str, Any] | None = None, *, media_ms: Mapping[str, int] | None = None
    ) -> None:
        self.data: dict[str, Any] = data if isinstance(data, dict) else {}
        self.media_ms: Mapping[str, int] = media_ms or {}
        self.base: Draft | None = None

    @classmethod
    def from_json(cls, text: str | bytes) -> Draft:
        """The draft in a JSON text.

        Raises:
            ValueError: it is no JSON, or no object.
        """
        data = read(text)
        if not isinstance(data, dict):
            raise ValueError(say("table.no draft"))  # noqa: TRY004 - the text is wrong, not its type
        return cls(data)

    def to_json(self, *, indent: int | None = None) -> str:
        """The JSON text, its keys and numbers as they came."""
        told = json.dumps(self.data, ensure_ascii=False, indent=indent)
        return _HALF.sub(lambda found: f"\\u{ord(found[0]):04x}", told)

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
    def problems(self) -> list[Problem]:
        """What can't be read, and so counts as missing: each with its path in the JSON."""
        from .problems import problems_of

        return problems_of(self.data)

    @property
    @stoppable
    def tracks(self) -> pd.DataFrame:
        """One row a track; see `tracks_table`."""
        return self.tracks_table()

    @tracks.setter
    def tracks(self, _: Never) -> None:
        raise AttributeError(say("table.set", name="tracks"))

    @property
    @stoppable
    def segments(self) -> pd.DataFrame:
        """One row a segment; see `segments_table`."""
        return self.segments_table()

    @segments.setter
    def segments(self, _: Never) -> None:
        raise AttributeError(say("table.set", name="segments"))

    @property
    @stoppable
    def media(self) -> pd.DataFrame:
        """One row a source that is played, indexed `source`, in the order of first use.

        Columns: name (of the file), kind (of the track where it is used first), segments (count), start_ms
        (where it begins to play first), played_ms (of the timeline, all segments together), in_ms and out_ms
        (the first and the last of it that plays).
        """

        def work() -> pd.DataFrame:
            from .other_tables import media_table

            return media_table(self.data)

        return to_thread(work)

    @stoppable
    def tracks_table(self, *, timedelta: bool = False) -> pd.DataFrame:
        """One row a track, indexed `track` from 1.

        Columns: kind, name (text), segments (count), start_ms, end_ms, duration_ms (ms of the timeline on
        which something of it plays: segments that overlap count once, gaps not at all), overlap_ms (ms in
        which segments overlap).

        Args:
            timedelta: times as `timedelta64`, in columns named start, end, duration, overlap.
        """

        def work() -> pd.DataFrame:
            from .tables import tracks_table, with_timedelta

            return with_timedelta(tracks_table(self.data)) if timedelta else tracks_table(self.data)

        return to_thread(work)

    @stoppable
    def segments_table(self, *, timedelta: bool = False) -> pd.DataFrame:
        """One row a segment in track order, indexed by its `id`.

        A segment without an id of its own is called by its track and place, such as `#1.2`.

        Columns: track and segment (numbers from 1), kind (of the track), name, source (a link without its
        query, of a studio on this machine its path), start_ms, end_ms, duration_ms (timeline), in_ms, out_ms
        (source; missing where unknown), transition, transition_ms (of the cut before the segment), text,
        volume (1.0 = as recorded), speed, effects (on picture and sound, in words), overlap_ms (how long
        something that began before it on its track plays on).

        Args:
            timedelta: times as `timedelta64`, in columns named start, end, duration, in, out and so on.
        """

        def work() -> pd.DataFrame:
            from .tables import segments_table, with_timedelta

            return with_timedelta(segments_table(self.data)) if timedelta else segments_table(self.data)

        return to_thread(work)

    @stoppable
    def raw_table(self) -> pd.DataFrame:
        """One row a segment with every key that any has, flattened, indexed by its `path` in the JSON.

        A column is named by the way to it, such as `m.transition.type`; those of the track begin with
        `track.`. What a segment does not have is missing, and values are as they came.
        """

        def work() -> pd.DataFrame:
            from .other_tables import raw_table

            return raw_table(self.data)

        return to_thread(work)

    @stoppable
    def with_segments(self, table: pd.DataFrame) -> Draft:
        """A new draft whose `segments` are those of an edited table; this one stays as it is.

        Rows may be edited, left out, put into another order, or added: an added one has an id of its own (or
        an empty one), and is a copy of the segment of the same source or text but for its cells. Keys that
        the table does not show are kept. A start alone moves a segment; a duration or an end alone trims it,
        and so do `in_ms` and `out_ms`. On the track that is cut, clips go on to follow each other in the
        order of the rows, or of their starts where these were edited.

        Raises:
            TableRefused: rows that can't be: each with its reason. Nothing is made of any.
        """

        def work() -> Draft:
            from .revision import with_segments

            return self._revised(with_segments(self.data, table, self.media_ms))

        return to_thread(work)

    @stoppable
    def with_tracks(self, table: pd.DataFrame) -> Draft:
        """A new draft whose `tracks` are those of an edited table: named, left out or put into another order.

        Raises:
            TableRefused: rows that can't be: each with its reason. Nothing is made of any.
        """

        def work() -> Draft:
            from .track_edits import with_tracks

            return self._revised(with_tracks(self.data, table))

        return to_thread(work)

    @stoppable
    def diff(self, other: Draft) -> pd.DataFrame:
        """What is another in the `other` draft than in this one, one row for each difference.

        Columns: what (added, removed, moved, trimmed, split, cut, track, text, name, source, volume, speed,
        transition, another property, detail, length), id, kind, track, name, start_ms, before and after (the
        values), sentence (the same in words). Empty if and only if both hold the same.
        """

        def work() -> pd.DataFrame:
            from .difference_table import difference_table

            return difference_table(self, other)

        return to_thread(work)

    @stoppable
    def changes_to(self, table: pd.DataFrame) -> pd.DataFrame:
        """What `with_segments` would make of an edited table, as `diff` tells it; nothing is changed.

        Raises:
            TableRefused: rows that can't be: each with its reason.
        """
        return self.diff(self.with_segments(table))

    @stoppable
    def as_instructions(self, since: Draft | None = None) -> Instructions:
        """What to tell an agent so that it makes this draft of another one: a list of English sentences.

        For a server that takes no draft over. The studio's agent reads each of them; titles and music may
        shift with the clips that an agent cuts. `left` of the list names in words what has no instruction.

        Args:
            since: the draft to begin with; by default the one whose table was edited.

        Raises:
            UsageError: no draft is named, and this one was not made of another one's tables.
        """
        from .instructions import instructions

        before = since if since is not None else self.base
        if before is None:
            raise UsageError(say("instructions.no base"))
        return to_thread(lambda: instructions(before.data, self.data))

    def _revised(self, data: dict[str, Any]) -> Draft:
        made = Draft(data, media_ms=self.media_ms)
        made.base = self.base if self.base is not None else self
        return made
