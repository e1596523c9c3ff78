"""An edited table of segments as the draft that it asks for; checked whole before anything is made of it."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any

import pandas as pd

from nemo_widgets.catalogue import say
from nemo_widgets.errors import TableRefused

from .columns import Columns, source_name
from .layout import kind_of, length_ms, main_track, tracks_of, type_of
from .placing import check_overlaps, is_packed, pack
from .row_edits import CELLS, READ_ONLY, Row, Wrong, timed
from .tables import TIMEDELTAS, segments_table
from .values import copied, dicts, filled, mapping, ms, number, text

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["checked", "with_segments"]

_MOST = 5
"""Of more than so many reasons the rest is counted."""
_LETTERS = {"video": "v", "audio": "a", "text": "x"}
_TIMED = {"start_ms", "end_ms", "duration_ms", "in_ms", "out_ms", "speed"}


def with_segments(data: dict[str, Any], table: pd.DataFrame, lengths: Mapping[str, int]) -> dict[str, Any]:
    """The data of the draft whose table of segments is `table`; `data` itself is left as it is.

    Args:
        data: the draft's JSON.
        table: the table, edited.
        lengths: how long sources are, in ms, by their links, where known.

    Raises:
        TableRefused: what is wrong with it, by row and reason.
    """
    return _Revision(data, lengths).of(table)


class _Revision:
    """What a draft's segments were, and what is made of them."""

    def __init__(self, data: dict[str, Any], lengths: Mapping[str, int]) -> None:
        self._data = data
        self._lengths = {source_name(src): long for src, long in lengths.items()}
        columns = Columns(data)
        self._raws = dict(zip(columns.labels(), columns.raws, strict=True))
        self._kinds = columns.kinds()
        base = segments_table(data).astype(object)
        base = base.where(base.notna(), None)
        records: list[Any] = base.to_dict("records")
        self._old: dict[str, dict[str, Any]] = dict(zip(base.index, records, strict=True))
        self._sources = {source_name(raw): raw for raw in map(_source, columns.raws) if raw}
        self._by_source: defaultdict[tuple[Any, ...], list[str]] = defaultdict(list)
        for label, cells in self._old.items():
            self._by_source[cells["source"], "" if cells["source"] else cells["text"]].append(label)

    def of(self, table: pd.DataFrame) -> dict[str, Any]:
        """The new data."""
        rows, wrong = self._rows(_normal(table))
        for row in rows:
            if not row.wrong and (row.changed & _TIMED or row.fresh):
                timed(row, still=mapping(self._raws.get(row.label, {}).get("m")).get("freeze") is True)
            self._check(row)
        wrong += [each for row in rows for each in row.wrong]
        checked(wrong)  # where a cell can't be, places say nothing
        placed = self._placed(rows)
        checked([each for row in rows for each in row.wrong])
        return self._made(placed)

    def _rows(self, table: pd.DataFrame) -> tuple[list[Row], list[Wrong]]:
        wrong: list[Wrong] = []
        rows: list[Row] = []
        names = [name for name in table.columns if name in CELLS or name in READ_ONLY]
        cells = [table[name].tolist() for name in names]
        seen: set[str] = set()
        for n, label in enumerate(table.index.tolist()):
            values = {name: column[n] for name, column in zip(names, cells, strict=True)}
            known = label if isinstance(label, str) else ""
            if not isinstance(label, str) and not _missing(label):
                wrong.append((str(label), "id", say("table.no text", value=str(label))))
            elif known in seen:
                wrong.append((known, "id", say("table.twice", copy=f"{known}-2")))
            elif known in self._old:
                row = Row(known, self._old[known], model=known)
                row.take(values, _missing)
                rows.append(row)
            else:
                rows.append(self._fresh(known, values))
            seen |= {known} if known else set()
        return rows, wrong

    def _fresh(self, label: str, values: dict[str, Any]) -> Row:
        """The row of a new segment: as the nearest one of the same source or text, but for its cells."""
        source, words = values.get("source"), values.get("text")
        key = (source, "") if isinstance(source, str) and source else ("", words)
        near = self._by_source.get(key, []) if isinstance(words, str) or key[0] else []
        model = min(near, key=lambda each: _far(self._old[each], values), default=None)
        before = dict(self._old[model]) if model is not None else {"track": None}
        row = Row(label or say("table.new"), before, fresh=True, model=model, ident=label)
        row.take(values, _missing)
        if not (row.held.get("source") or row.held.get("text")):
            row.refuse("source", say("table.nothing"))
        return row

    def _kind(self, track: Any) -> str:
        return self._kinds[track - 1] if isinstance(track, int) and 0 < track <= len(self._kinds) else ""

    def _check(self, row: Row) -> None:
        """Refuse what fits no draft: a track of another kind, a source that is not there, or more of it."""
        held, source, track = row.held, row.held.get("source") or "", row.held.get("track")
        kind = self._kind(track)
        if not kind:
            row.refuse("track", say("table.no track", value=track, most=len(self._kinds)))
        elif held.get("kind", kind) != kind:
            row.refuse("track", say("table.other kind", value=track, kind=kind))
        if "source" in row.changed and source not in self._sources and source not in self._lengths:
            row.refuse("source", say("table.no source"))
        cut = bool(row.changed & {"transition", "transition_ms"} and held.get("transition"))
        if cut and not held.get("transition_ms"):
            row.refuse("transition_ms", say("table.no transition length"))
        long, stop = self._lengths.get(source), held.get("out_ms")
        if long and stop is not None and stop > long and (row.changed & {"out_ms", "source"} or row.fresh):
            row.refuse("out_ms", say("table.beyond", value=stop, most=long))

    def _placed(self, rows: list[Row]) -> list[list[Row]]:
        """The rows of each track, in the order that they are to have."""
        old: defaultdict[int, list[Row]] = defaultdict(list)
        new: defaultdict[int, list[Row]] = defaultdict(list)
        for label, cells in self._old.items():
            old[cells["track"]].append(Row(label, cells))
        for row in rows:
            new[row.held["track"]].append(row)
        main, made = main_track(self._data), []
        for n, raw in enumerate(dicts(self._data.get("t")), 1):
            if raw is main and is_packed(old[n]):
                made.append(pack(new[n]))
            else:
                check_overlaps(new[n])
                made.append(new[n])
        return made

    def _made(self, placed: list[list[Row]]) -> dict[str, Any]:
        """The data with the segments of these rows."""
        new: dict[str, Any] = {
            key: value if key == "t" else copied(value) for key, value in self._data.items()
        }
        used = {*self._old, *(text(_meta(raw).get("id")) for raw in self._raws.values())}
        used |= {row.ident for rows in placed for row in rows if row.fresh}
        tracks: list[Any] = []
        waiting = iter(placed)
        for track in self._data["t"] if isinstance(self._data.get("t"), list) else []:
            if not isinstance(track, dict):
                tracks.append(copied(track))
                continue
            made = {key: copied(value) for key, value in track.items() if key != "sg"}
            segments = self._segments(next(waiting), type_of(track), used)
            if isinstance(track.get("sg"), list) or segments:
                made["sg"] = filled(track.get("sg"), segments)
            elif "sg" in track:
                made["sg"] = track["sg"]
            tracks.append({key: made[key] for key in dict.fromkeys([*track, *made])})
        if "t" in new:
            new["t"] = tracks if isinstance(self._data["t"], list) else copied(self._data["t"])
        was = length_ms(tracks_of(self._data))
        if ms(new.get("d")) == was and (now := length_ms(tracks_of(new))) != was:
            new["d"] = now
        return new

    def _segments(self, rows: list[Row], type_: int | None, used: set[str]) -> list[Any]:
        made, end = [], 0
        for row in rows:
            raw = copied(self._raws[row.model]) if row.model is not None else {}
            self._write(row, raw)
            if row.fresh:
                ident = row.ident or _free(used, _LETTERS.get(kind_of(type_), "s"))
                used.add(ident)
                _meta_of(raw)["id"] = ident
            start = ms(_meta(raw).get("start"))
            if (end if start is None else start) != row.held["start_ms"]:
                _meta_of(raw)["start"] = row.held["start_ms"]
            end = row.held["start_ms"] + row.held["duration_ms"]
            made.append(raw)
        return made

    def _write(self, row: Row, raw: dict[str, Any]) -> None:
        """Write into a segment what is another in its row than in it."""
        held = row.held
        old = self._old[row.model] if row.model is not None else {}
        if held["duration_ms"] != old.get("duration_ms"):
            raw["d"] = held["duration_ms"]
        for name, key in (("name", "name"), ("text", "text"), ("volume", "volume"), ("speed", "speed"),
                          ("in_ms", "in"), ("out_ms", "out")):  # fmt: skip
            value = held.get(name)
            if value is not None and value != old.get(name) and (name in row.changed or old):
                _meta_of(raw)[key] = value
        if held.get("source") and held["source"] != old.get("source"):
            _meta_of(raw)["src"] = self._sources.get(held["source"], held["source"])
        cut = held.get("transition") or ""
        if (cut, held.get("transition_ms")) != (old.get("transition") or "", old.get("transition_ms")):
            if not cut:
                _meta_of(raw).pop("transition", None)
            else:
                was = mapping(_meta(raw).get("transition"))
                _meta_of(raw)["transition"] = {**was, "type": cut, "d": held["transition_ms"]}


def checked(wrong: list[Wrong]) -> None:
    """Do nothing, unless something is wrong.

    Raises:
        TableRefused: it is.
    """
    if not wrong:
        return
    told = [say("table.row", row=row, column=column, why=why) for row, column, why in wrong[:_MOST]]
    more = [say("table.more", count=len(wrong) - _MOST)] if len(wrong) > _MOST else []
    error = TableRefused(say("table.refused", told=say("table.semicolon").join([*told, *more])))
    error.rows = tuple(wrong)
    raise error


def _normal(table: pd.DataFrame) -> pd.DataFrame:
    """The table indexed by id, its times in milliseconds.

    Raises:
        TableRefused: it is none, or has no ids.
    """
    if not isinstance(table, pd.DataFrame):
        raise TableRefused(say("table.no table"))
    if table.index.name != "id" and "id" in table.columns:
        table = table.set_index("id")
    if table.index.nlevels > 1 or table.index.name not in ("id", None) or not table.columns.is_unique:
        raise TableRefused(say("table.no ids"))
    if len(table) and not isinstance(table.index[0], str) and table.index.name is None:
        raise TableRefused(say("table.no ids"))
    names = {f"{name}_ms": name for name in ("start", "end", "duration", "in", "out", "overlap")}
    names |= TIMEDELTAS
    table = table.rename(columns={plain: name for name, plain in names.items() if name not in table.columns})
    times = [name for name in table.columns if pd.api.types.is_timedelta64_dtype(table[name].dtype)]
    return table.assign(**{name: (table[name].dt.total_seconds() * 1000).round() for name in times})


def _missing(value: Any) -> bool:
    return value is None or (
        not isinstance(value, str) and pd.api.types.is_scalar(value) and bool(pd.isna(value))
    )


def _far(old: Mapping[str, Any], values: Mapping[str, Any]) -> tuple[int, int]:
    """How unlike two rows are: by track, and by how far apart the parts are that they play."""
    begin, was = number(values.get("in_ms")), old.get("in_ms")
    apart = abs(begin - was) if was is not None and begin is not None else 0
    return int(values.get("track") != old["track"]), round(apart)


def _source(raw: dict[str, Any]) -> str:
    return text(_meta(raw).get("src"))


def _meta(raw: Mapping[str, Any]) -> dict[str, Any]:
    return mapping(raw.get("m"))


def _meta_of(raw: dict[str, Any]) -> dict[str, Any]:
    """A segment's metadata, to be written to."""
    if not isinstance(raw.get("m"), dict):
        raw["m"] = {}
    return raw["m"]  # type: ignore[no-any-return]


def _free(used: set[str], letter: str) -> str:
    """An id that nothing has, such as `v7`."""
    found = (re.fullmatch(rf"{letter}(\d{{1,15}})", each) for each in used)
    return f"{letter}{max((int(each[1]) for each in found if each), default=0) + 1}"
