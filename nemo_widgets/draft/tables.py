"""A draft's tracks and segments as DataFrames."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from nemo_widgets.table import load_formats

from .columns import Columns
from .table_view import TimelineTable, load_view

if TYPE_CHECKING:
    from .columns import Missing, Whole

__all__ = ["SEGMENT_COLUMNS", "TRACK_COLUMNS", "brief", "segments_table", "tracks_table", "with_timedelta"]

TRACK_COLUMNS = ("kind", "name", "segments", "start_ms", "end_ms", "duration_ms", "overlap_ms")
SEGMENT_COLUMNS = (
    "track", "segment", "kind", "name", "source", "start_ms", "end_ms", "duration_ms", "in_ms", "out_ms",
    "transition", "transition_ms", "text", "volume", "speed", "effects", "overlap_ms",
)  # fmt: skip

TIMEDELTAS = {"transition_ms": "transition_duration"}
"""What columns of times are called as `timedelta64`, where it is more than their name without its unit."""


def tracks_table(data: dict[str, Any]) -> pd.DataFrame:
    """See `Draft.tracks_table`."""
    columns = Columns(data)
    lasting = columns.durations()
    starts = columns.starts(lasting)
    ends = starts + lasting
    overlaps = columns.overlaps(starts, ends)
    made = np.zeros((4, len(columns.tracks)), dtype=np.int64)
    first = 0
    for n, last in enumerate(columns.ends):
        if last > first:
            own = slice(first, last)
            made[:, n] = (starts[own].min(), max(0, ends[own].max()), lasting[own].sum(), overlaps[own].sum())
        first = last
    index = pd.RangeIndex(1, len(columns.tracks) + 1, name="track")
    values = {
        "kind": _words(columns.kinds()),
        "name": _words(columns.track_names()),
        "segments": columns.counts,
        "start_ms": _whole(made[0]),
        "end_ms": _whole(made[1]),
        "duration_ms": _whole(made[2] - made[3]),
        "overlap_ms": _whole(made[3]),
    }
    return _table(values, index)


def segments_table(data: dict[str, Any]) -> pd.DataFrame:
    """See `Draft.segments_table`."""
    columns = Columns(data)
    lasting = columns.durations()
    starts = columns.starts(lasting)
    ends = starts + lasting
    transitions, long = columns.transitions()
    speed, lacks = columns.numbers("speed")
    values = {
        "track": columns.track,
        "segment": columns.place,
        "kind": _words(columns.of_each(columns.kinds())),
        "name": _words(columns.names()),
        "source": _words(columns.sources()),
        "start_ms": _whole(starts),
        "end_ms": _whole(ends),
        "duration_ms": _whole(lasting),
        "in_ms": _whole(*columns.times("in")),
        "out_ms": _whole(*columns.times("out")),
        "transition": _words(transitions),
        "transition_ms": _whole(long),
        "text": _words(columns.texts("text")),
        "volume": _floats(*columns.numbers("volume")),
        "speed": _floats(np.where(lacks, 1.0, speed)),
        "effects": _words(columns.effects()),
        "overlap_ms": _whole(columns.overlaps(starts, ends)),
    }
    return _table(values, pd.Index(_words(columns.labels()), name="id"))


def with_timedelta(table: pd.DataFrame) -> pd.DataFrame:
    """The table with its times as `timedelta64`, in columns whose names say no unit."""
    times = [name for name in map(str, table.columns) if name.endswith("_ms")]
    names = {name: TIMEDELTAS.get(name, name.removesuffix("_ms")) for name in times}
    made = {name: pd.to_timedelta(table[name], unit="ms") for name in names}
    return table.assign(**made).rename(columns=names)


def brief(table: pd.DataFrame) -> pd.DataFrame:
    """A table of segments without the columns that say nothing of any: no text, usual speed and volume.

    A page of 640 pixels shows seven of all of them.
    """
    usual: dict[str, str | float] = {
        **dict.fromkeys(("text", "source", "transition", "effects"), ""),
        "overlap_ms": 0,
        "speed": 1.0,
        "volume": 1.0,
    }
    known = {name: value for name, value in usual.items() if name in table}
    idle = {name for name, value in known.items() if not (table[name].fillna(value) != value).any()}
    idle |= {"transition_ms"} & {*table.columns} if "transition" in idle else set()
    return table.drop(columns=sorted(idle))


def _table(values: dict[str, Any], index: pd.Index) -> TimelineTable:
    load_formats()
    load_view()
    return TimelineTable(values, index=index, copy=False)


def _words(values: list[str]) -> Any:
    return pd.array(np.array(values, dtype=object), dtype="str")


def _whole(values: Whole, missing: Missing | None = None) -> Any:
    return pd.arrays.IntegerArray(values, _mask(values, missing))


def _floats(values: Any, missing: Missing | None = None) -> Any:
    return pd.arrays.FloatingArray(values, _mask(values, missing))


def _mask(values: Any, missing: Missing | None) -> Missing:
    return np.zeros(len(values), dtype=np.bool_) if missing is None else missing
