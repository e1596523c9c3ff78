"""The media that a draft plays, and all of its JSON, as DataFrames."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from nemo_widgets.table import Table, load_formats, table_of

from .columns import Columns
from .tables import segments_table
from .values import dicts

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

__all__ = ["MEDIA_COLUMNS", "media_table", "raw_table"]

MEDIA_COLUMNS = ("name", "kind", "segments", "start_ms", "played_ms", "in_ms", "out_ms")


def media_table(data: dict[str, Any]) -> pd.DataFrame:
    """See `Draft.media`."""
    segments = segments_table(data)
    grouped = segments[segments["source"] != ""].groupby("source", sort=False)
    made = grouped.agg(
        name=("source", "first"),
        kind=("kind", "first"),
        segments=("source", "size"),
        start_ms=("start_ms", "min"),
        played_ms=("duration_ms", "sum"),
        in_ms=("in_ms", "min"),
        out_ms=("out_ms", "max"),
    )
    made["name"] = [PurePosixPath(source).name or source for source in made["name"]]
    kinds: dict[str, str] = {
        **dict.fromkeys(("name", "kind"), "str"),
        "segments": "int64",
        **{name: "Int64" for name in MEDIA_COLUMNS if name.endswith("_ms")},
    }
    load_formats()
    return Table(made[list(MEDIA_COLUMNS)].astype(kinds))


def raw_table(data: dict[str, Any]) -> pd.DataFrame:
    """See `Draft.raw_table`."""
    labels = iter(Columns(data).labels())
    rows = [
        {"path": path, "id": next(labels), **dict(_flat(track, "track.")), **dict(_flat(segment, ""))}
        for path, track, segment in _segments(data)
    ]
    columns = list(dict.fromkeys(key for row in rows for key in row))
    return table_of(rows, columns or ["path", "id"], dtype=object).set_index("path")


def _segments(data: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
    """Each segment with its path and its track, without the track's segments."""
    tracks = data.get("t") if isinstance(data.get("t"), list) else []
    for i, track in enumerate(tracks or []):
        held = track.get("sg") if isinstance(track, dict) else None
        if not isinstance(held, list):
            continue
        alone = {key: value for key, value in track.items() if key != "sg"}
        for j, segment in enumerate(held):
            if dicts([segment]):
                yield f"t[{i}].sg[{j}]", alone, segment


def _flat(value: dict[str, Any], before: str) -> Iterator[tuple[str, Any]]:
    """The keys of an object and of those in it, each by the way to it; an empty object is itself."""
    for key, held in value.items():
        if isinstance(held, dict) and held:
            yield from _flat(held, f"{before}{key}.")
        else:
            yield f"{before}{key}", held
