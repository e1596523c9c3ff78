"""A draft's tracks and segments as DataFrames."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nemo_widgets.table import table_of

from .wording import effects

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from .layout import HasTracks, Segment

_INTS = ("start_ms", "end_ms", "duration_ms", "in_ms", "out_ms", "transition_ms")


def tracks_table(draft: HasTracks) -> pd.DataFrame:
    """One row a track, indexed `track` from 1.

    Columns: kind, name (text), segments (count), start_ms, end_ms, duration_ms (ms of the timeline on which
    something of it plays: segments that overlap count once, gaps not at all).
    """
    rows = [
        {
            "track": track.index + 1,
            "kind": track.kind,
            "name": track.name,
            "segments": len(track.segments),
            "start_ms": min((s.start_ms for s in track.segments), default=0),
            "end_ms": track.end_ms,
            "duration_ms": _covered(track.segments),
        }
        for track in draft.layout()
    ]
    columns = ["track", "kind", "name", "segments", "start_ms", "end_ms", "duration_ms"]
    return _frame(rows, columns).set_index("track")


def segments_table(draft: HasTracks) -> pd.DataFrame:
    """One row a segment in track order, indexed from 0.

    Columns: track and segment (from 1), kind, name, start_ms, end_ms, duration_ms (timeline), in_ms,
    out_ms (source; missing where unknown), transition, transition_ms (of the cut before the segment),
    text, volume (1.0 = as recorded), speed, effects (on picture and sound, in words), id.
    """
    rows = [
        {
            "track": track.index + 1,
            "segment": segment.index + 1,
            "kind": track.kind,
            "name": segment.name,
            "text": segment.text,
            "start_ms": segment.start_ms,
            "end_ms": segment.end_ms,
            "duration_ms": segment.duration_ms,
            "in_ms": segment.in_ms,
            "out_ms": segment.out_ms,
            "speed": segment.speed,
            "volume": segment.volume,
            "transition": segment.transition,
            "transition_ms": segment.transition_ms,
            "effects": ", ".join(effects(segment)),
            "id": segment.id,
        }
        for track in draft.layout()
        for segment in track.segments
    ]
    columns = [
        "track",
        "segment",
        "kind",
        "name",
        "start_ms",
        "end_ms",
        "duration_ms",
        "in_ms",
        "out_ms",
        "transition",
        "transition_ms",
        "text",
        "volume",
        "speed",
        "effects",
        "id",
    ]
    return _frame(rows, columns)


def brief(table: pd.DataFrame) -> pd.DataFrame:
    """A table of segments without the columns that say nothing of any: no text, usual speed and volume.

    A page of 640 pixels shows seven of all sixteen.
    """
    usual: dict[str, str | float] = {"text": "", "transition": "", "effects": "", "speed": 1.0, "volume": 1.0}
    idle = {name for name, value in usual.items() if not (table[name].fillna(value) != value).any()}
    idle |= {"transition_ms"} if "transition" in idle else set()
    return table.drop(columns=sorted(idle))


def _covered(segments: Iterable[Segment]) -> int:
    """How many ms of the timeline have one of the segments."""
    covered = end = 0
    for start_ms, end_ms in sorted((s.start_ms, s.end_ms) for s in segments):
        covered += max(0, end_ms - max(start_ms, end))
        end = max(end, end_ms)
    return covered


def _frame(rows: list[dict[str, Any]], columns: list[str]) -> pd.DataFrame:
    frame = table_of(rows, columns)
    whole = {c: "Int64" for c in columns if c in _INTS}
    numbers = {c: "Float64" for c in columns if c in ("speed", "volume")}
    return frame.astype({**whole, **numbers})
