"""A draft's tables as people read them: grouped, times as `0:04.467`, nothing that says nothing.

A program gets the DataFrame itself; only what a notebook shows of it is another one.
"""

from __future__ import annotations

from functools import cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

import pandas as pd

from nemo_widgets.catalogue import say
from nemo_widgets.table import Table

if TYPE_CHECKING:
    from collections.abc import Callable

    from pandas.io.formats.style import Styler

__all__ = ["TimelineTable", "load_view", "view"]

_MOST = 60
"""Of more rows the first are shown, and how many there are."""
_LONGEST = 48
"""In characters: what of a text is shown."""
_MINUTE, _SECOND = 60_000, 1000
_STYLES: list[Any] = [
    {
        "selector": "td, th.col_heading",
        "props": "padding: 2px 6px; text-align: right; vertical-align: top;"
        " font-variant-numeric: tabular-nums;",
    },
    {
        "selector": "th.row_heading",
        "props": "padding: 2px 6px; text-align: left; vertical-align: top; font-weight: normal;",
    },
    {
        "selector": "th.row_heading.level0",
        "props": "border-left: 4px solid rgba(128, 128, 128, 0.5); background: rgba(128, 128, 128, 0.12);"
        " white-space: nowrap;",
    },
    {"selector": "caption", "props": "caption-side: bottom; text-align: left;"},
]


class TimelineTable(Table):
    """A DataFrame of tracks, segments or changes, which a notebook shows as `view` has it."""

    @property
    def _constructor(self) -> Callable[..., TimelineTable]:
        return TimelineTable

    def _repr_html_(self) -> str | None:
        try:
            styled = view(self)
        except ImportError:  # pandas styles with Jinja, which need not be there
            styled = None
        return super()._repr_html_() if styled is None else styled.to_html()


@cache
def load_view() -> None:
    """Have pandas import what it styles tables with; else it does so where a Stop breaks that."""
    small = TimelineTable(
        {"track": [1], "kind": ["video"], "start_ms": [0]}, index=pd.Index(["a"], name="id")
    )
    small._repr_html_()


def view(table: pd.DataFrame) -> Styler | None:
    """The table for people; None for one that is no longer what it was made as, such as a sum."""
    if not len(table) or table.index.nlevels > 1 or table.columns.nlevels > 1 or not table.columns.is_unique:
        return None
    first = table.head(_MOST)
    if table.index.name == "id" and {"track", "kind"} <= {*table.columns}:
        groups = [f"{track} {kind}" for track, kind in zip(first["track"], first["kind"], strict=True)]
    elif table.index.name == "track" and "kind" in table.columns:
        groups = [str(kind) for kind in first["kind"]]
    else:
        return None
    made = {name: cells for name, cells in _cells(first).items() if any(cells)}
    labels = [groups, [str(label) for label in first.index]]
    if table.index.name == "track":
        labels.reverse()
    shown = Table(made, index=pd.MultiIndex.from_arrays(labels), dtype=object)
    left = [_column(n) for n, name in enumerate(made) if name in _WORDS]
    styles = [*_STYLES, {"selector": ", ".join(left), "props": "text-align: left;"}] if left else _STYLES
    sides = "".join("l" if name in _WORDS else "r" for name in made)  # of one name all are styled alike
    styled = shown.style.set_uuid(f"timeline_{sides}").set_table_styles(styles)
    styled.cell_ids = False  # type: ignore[attr-defined]
    if len(table) > len(first):
        styled = styled.set_caption(say("table.first", count=f"{len(first):,}", whole=f"{len(table):,}"))
    return styled


def _column(n: int) -> str:
    """The cells and the head of a column, as CSS names them."""
    return f"td.col{n}, th.col_heading.col{n}"


def _cells(table: pd.DataFrame) -> dict[str, list[str]]:
    """The columns that are shown, as words; one of nothing but empty words is left out."""
    held = {str(name): list(table[name]) for name in table.columns}
    made: dict[str, list[str]] = {}
    for name, values in held.items():
        plain = name.removesuffix("_ms")
        if name in _LEFT_OUT or name == "transition_ms":
            continue
        if name.endswith("_ms") or _are_lengths(table[name]):
            made[plain] = [_time(value) for value in values]
        else:
            made[name] = [_FORMS.get(name, _word)(value) for value in values]
    texts = made.pop("text", [])
    if texts and "name" in made:
        made["name"] = [words or name for words, name in zip(texts, made["name"], strict=True)]
    elif texts:
        made["text"] = texts
    if "in" in made and "out" in made:
        parts = zip(made["in"], made.pop("out"), strict=True)
        made = {"part" if name == "in" else name: cells for name, cells in made.items()}
        made["part"] = [f"{begin}–{end}".strip("–") for begin, end in parts]
    if "transition" in made and "transition" in held:
        long = held.get("transition_ms") or held.get("transition_duration") or [0] * len(table)
        made["transition"] = [
            f"{name} {_time(ms)}" if name else "" for name, ms in zip(held["transition"], long, strict=True)
        ]
    if "overlap" in made and "transition_ms" in held:
        same = zip(made["overlap"], held.get("overlap_ms", []), held["transition_ms"], strict=False)
        made["overlap"] = ["" if ms == long or not ms else told for told, ms, long in same]
    if "source" in made and "name" in held:
        pairs = zip(made["source"], held["name"], strict=True)
        made["source"] = ["" if _stem(source) == name else source for source, name in pairs]
    return made


_LEFT_OUT = ("track", "kind", "segment", "transition_duration")
_WORDS = ("name", "source", "text", "transition", "effects", "part")


def _time(value: Any) -> str:
    """A time with all its milliseconds, each as wide as the others: `0:04.467`."""
    if pd.isna(value):
        return ""
    whole = round(value.total_seconds() * _SECOND) if isinstance(value, pd.Timedelta) else int(value)
    sign, whole = ("-" if whole < 0 else ""), abs(whole)
    minutes, rest = divmod(whole, _MINUTE)
    hours = f"{minutes // 60}:{minutes % 60:02}" if minutes >= 60 else str(minutes)  # noqa: PLR2004 - an hour's
    return f"{sign}{hours}:{rest // _SECOND:02}.{rest % _SECOND:03}"


def _word(value: Any) -> str:
    told = "" if value is None or (pd.api.types.is_scalar(value) and pd.isna(value)) else str(value)
    return told if len(told) <= _LONGEST else f"{told[: _LONGEST - 1]}…"


def _share(value: Any) -> str:
    return "" if pd.isna(value) or value == 1 else f"{value * 100:.4g}%"


def _times(value: Any) -> str:
    return "" if pd.isna(value) or value == 1 else f"{value:g}×"


def _count(value: Any) -> str:
    return "" if pd.isna(value) else f"{int(value):,}"


def _file(source: str) -> str:
    """The name of a source's file; "" for music that is made, which has none."""
    return "" if source.startswith("music:") else PurePosixPath(source).name


_FORMS: dict[str, Callable[[Any], str]] = {
    "volume": _share,
    "speed": _times,
    "segments": _count,
    "source": lambda value: _word(_file(str(value))),
}


def _stem(name: str) -> str:
    return PurePosixPath(name).stem


def _are_lengths(column: pd.Series[Any]) -> bool:
    return pd.api.types.is_timedelta64_dtype(column.dtype)
