"""A draft of a table's rows, and tables as files: CSV and Parquet."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from nemo_widgets.catalogue import say
from nemo_widgets.draft.layout import KINDS, MAIN
from nemo_widgets.draft.values import number
from nemo_widgets.errors import MissingExtra
from nemo_widgets.printable import without_controls

from .cut import file_name, kind_of, line_of
from .rates import rate_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from .cut import Cut
    from .losses import Losses

__all__ = ["draft_of", "from_frames", "read_csv", "read_parquet", "write_csv", "write_parquet"]

_TYPES = {kind: type_ for type_, kind in KINDS.items()}
_LETTERS = {"video": "v", "audio": "a", "text": "x"}
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""How a cell begins that a spreadsheet reckons with."""
_GUARD = "'"
"""It stands before such a text, and a spreadsheet shows it as text."""


def from_frames(table: pd.DataFrame, *, fps: Any = None, title: str = "") -> dict[str, Any]:
    """A draft's JSON of a table's rows; see `Draft.from_frames`.

    Raises:
        ValueError: a row can't be used; the sentence names it and says why.
    """
    return draft_of(_rows(table), fps=fps, title=title)


def draft_of(rows: Iterable[dict[str, Any]], *, fps: Any = None, title: str = "") -> dict[str, Any]:
    """The same of rows by the names of their columns, without what is missing in them."""
    rate = rate_of(fps)
    tracks: dict[tuple[int, str], list[dict[str, Any]]] = {}
    counts: defaultdict[str, int] = defaultdict(int)
    for n, row in enumerate(rows, 1):
        kind = _kind(row, n)
        counts[kind] += 1
        given = number(row.get("track"))
        segments = tracks.setdefault((int(given) if given is not None else 0, kind), [])
        ident = _word(row, "id") or f"{_LETTERS[kind]}{counts[kind]}"
        segments.append(_segment(row, n, kind, ident, segments))
    made: list[dict[str, Any]] = []
    for (_, kind), segments in sorted(
        tracks.items(), key=lambda each: (each[0][0], [*_TYPES].index(each[0][1]))
    ):
        first = kind == "video" and not any(t["tt"] == _TYPES["video"] for t in made)
        segments.sort(key=lambda s: s["m"]["start"])
        made.append({"tt": _TYPES[kind], **({"m": {"name": MAIN}} if first else {}), "sg": segments})
    whole: Any = int(rate) if rate.denominator == 1 else str(rate)
    ends = [(t["tt"], s["m"]["start"] + s["d"]) for t in made for s in t["sg"]]
    length = max([end for tt, end in ends if tt == _TYPES["video"]] or [end for _, end in ends] or [0])
    return {"d": length, "m": {**({"title": title} if title else {}), "fps": whole}, "t": made}


def _rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows, without what is missing in them."""
    named = [str(name) for name in table.columns]
    label = str(table.index.name or "")
    found = []
    for key, values in zip(table.index, table.itertuples(index=False, name=None), strict=True):
        row = {name: value for name, value in zip(named, values, strict=True) if not _missing(value)}
        if label == "id" and "id" not in row:
            row["id"] = key
        found.append({name: getattr(value, "item", lambda v=value: v)() for name, value in row.items()})
    return found


def _missing(value: Any) -> bool:
    import pandas as pd

    return value is None or (not isinstance(value, (str, list, dict)) and bool(pd.isna(value)))


def _kind(row: dict[str, Any], n: int) -> str:
    told = _word(row, "kind")
    if told:
        if told not in _TYPES:
            raise ValueError(say("rows.kind", row=n, value=line_of(told, 40), known=", ".join(_TYPES)))
        return told
    if _word(row, "source"):
        return "audio" if kind_of(_word(row, "source")) == "audio" else "video"
    if _word(row, "text"):
        return "text"
    raise ValueError(say("rows.nothing", row=n))


def _segment(
    row: dict[str, Any], n: int, kind: str, ident: str, before: list[dict[str, Any]]
) -> dict[str, Any]:
    begin, out = _time(row, "in_ms", n), _time(row, "out_ms", n)
    speed = _number(row, "speed", n) or 1.0
    start = _time(row, "start_ms", n)
    if start is None:
        start = before[-1]["m"]["start"] + before[-1]["d"] if before else 0
    long, end = _time(row, "duration_ms", n), _time(row, "end_ms", n)
    if long is None:
        long = end - start if end is not None else None
    if long is None and out is not None:
        long = round((out - (begin or 0)) / speed)
    if long is None or long <= 0:
        raise ValueError(say("rows.length", row=n))
    meta: dict[str, Any] = {"id": ident, "start": start}
    if kind == "text":
        meta["text"] = _word(row, "text") or _word(row, "name")
    else:
        if not _word(row, "source"):
            raise ValueError(say("rows.source", row=n))
        name = _word(row, "name") or file_name(_word(row, "source"))
        begin = begin or 0
        meta |= {"src": _word(row, "source"), "in": begin, "name": name}
        meta["out"] = out if out is not None else begin + round(long * speed)
    for key in ("speed", "volume"):
        if (value := _number(row, key, n)) is not None and value != 1:
            meta[key] = value
    if cut := _word(row, "transition"):
        meta["transition"] = {"type": cut, "d": _time(row, "transition_ms", n) or 0}
    return {"d": long, "m": meta}


def _word(row: dict[str, Any], key: str) -> str:
    value = row.get(key)
    return str(value) if value is not None and not isinstance(value, bool) else ""


def _number(row: dict[str, Any], key: str, n: int) -> float | None:
    if key not in row:
        return None
    value = number(row[key])
    if value is None or value < 0 or (key == "speed" and value == 0):
        raise ValueError(say("rows.number", row=n, column=key, value=line_of(str(row[key]), 40)))
    return value


def _time(row: dict[str, Any], key: str, n: int) -> int | None:
    found = _number(row, key, n)
    return None if found is None else round(found)


def _table(data: dict[str, Any]) -> pd.DataFrame:
    from nemo_widgets.draft.tables import segments_table

    return segments_table(data)


def write_csv(_: Cut, data: dict[str, Any], losses: Losses) -> bytes:
    """The table of segments as CSV, in UTF-8; what a spreadsheet would reckon with has a ' before it."""
    table = _table(data)
    told = io.StringIO(newline="")
    out = csv.writer(told, lineterminator="\r\n")
    out.writerow(["id", *table.columns])
    for row in zip(table.index, *(table[name] for name in table.columns), strict=True):
        out.writerow(["" if _missing(value) else _cell(value) for value in row])
    losses.add("rows")
    return told.getvalue().encode("utf-8", "replace")


def _cell(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    plain = without_controls(value).replace("\r", " ")
    return f"{_GUARD}{plain}" if plain.lstrip().startswith(_FORMULA) or plain.startswith(_GUARD) else plain


def read_csv(content: bytes, _: Losses, *, fps: Any = None) -> dict[str, Any]:
    """The draft of a table of rows; see `Draft.from_frames`."""
    import pandas as pd

    text = content.decode("utf-8-sig", "replace")
    try:
        table = pd.read_csv(io.StringIO(text), dtype=str, keep_default_na=False)
    except (ValueError, pd.errors.ParserError) as error:
        raise ValueError(say("formats.unreadable", format="CSV", why=str(error)[:200])) from None
    table = table.map(lambda value: _plain(value) if isinstance(value, str) else value)
    return from_frames(table.replace({"": None}), fps=fps)


def _plain(value: str) -> str:
    return value[1:] if value.startswith(_GUARD) else value


def _pyarrow() -> None:
    if find_spec("pyarrow") is None:
        raise MissingExtra(say("formats.parquet missing"), hint=say("formats.parquet install"))


def write_parquet(_: Cut, data: dict[str, Any], losses: Losses) -> bytes:
    """The table of segments as Parquet.

    Raises:
        MissingExtra: pyarrow is not installed.
    """
    import pandas as pd

    _pyarrow()
    told = io.BytesIO()
    pd.DataFrame(_table(data)).to_parquet(told, engine="pyarrow")
    losses.add("rows")
    return told.getvalue()


def read_parquet(content: bytes, _: Losses, *, fps: Any = None) -> dict[str, Any]:
    """The draft of a table of rows; see `Draft.from_frames`.

    Raises:
        MissingExtra: pyarrow is not installed.
    """
    import pandas as pd

    _pyarrow()
    try:
        table = pd.read_parquet(io.BytesIO(content), engine="pyarrow")
    except (ValueError, OSError) as error:
        raise ValueError(say("formats.unreadable", format="Parquet", why=str(error)[:200])) from None
    return from_frames(table, fps=fps)
