"""Where on two timelines the differences between them stand."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .difference import differences
from .matching import shown
from .sides import Side

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from .difference import Difference

__all__ = ["Place", "Places", "places_of"]

Place = tuple[int, int, int]
"""A track, by its number from 0, and from when to when, in ms."""


@dataclass(slots=True)
class Places:
    """What is gone of the first timeline, what is new or another on the second; both places of what moved."""

    gone: list[Place] = field(default_factory=list)
    new: list[Place] = field(default_factory=list)
    moved: list[tuple[Place, Place]] = field(default_factory=list)


def places_of(before: dict[str, Any], after: dict[str, Any]) -> tuple[Places, list[Difference]]:
    """The places of what differs between the data of two drafts, and the differences."""
    found = differences(before, after)
    return _places(_Finder(before), _Finder(after), found), found


class _Finder:
    """Finds segments by their ids, and by where they begin."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.side = Side(data)
        counts = Counter(self.side.ids)
        self._ids = {ident: n for n, ident in enumerate(self.side.ids) if ident and counts[ident] == 1}
        both = zip(self.side.track, self.side.starts, strict=True)
        self._starts = {where: n for n, where in enumerate(both)}

    def by_id(self, ident: str) -> int | None:
        """The one segment with an id."""
        return self._ids.get(ident)

    def at(self, track: int, start: int) -> int | None:
        """The segment that begins there."""
        return self._starts.get((track, start))

    def place(self, n: int) -> Place:
        """Where segment `n` stands."""
        start = self.side.starts[n]
        return self.side.track[n], start, start + max(0, self.side.lasting[n])


def _places(a: _Finder, b: _Finder, found: Iterable[Difference]) -> Places:
    places = Places()
    for row in found:
        if row.track is None or row.start_ms is None:
            continue
        if row.what == "removed":
            places.gone.append((row.track - 1, *row.before))
            continue
        here = b.at(row.track - 1, row.start_ms)
        if here is None:
            continue
        was = a.by_id(row.id)
        if row.what in ("moved", "track"):
            if was is None:
                was = a.at(row.before - 1 if row.what == "track" else row.track - 1, row.start_ms)
            if was is not None:
                places.moved.append((a.place(was), b.place(here)))
            continue
        if was is not None and row.what in ("cut", "trimmed"):
            places.gone += _lost(a, was, row)
        if row.what != "cut":
            places.new.append(b.place(here))
    places.moved = list(dict.fromkeys(places.moved))
    return places


def _lost(a: _Finder, was: int, row: Difference) -> list[Place]:
    """What a clip plays no more, where it stood."""
    s = a.side.segment(was)
    track, start, end = a.place(was)
    if row.what == "trimmed" and not isinstance(row.before, tuple):
        long = row.after if isinstance(row.after, int) else 0
        return [(track, start + long, end)] if start + long < end else []
    begin, stop = shown(s)
    kept = row.after if row.what == "trimmed" else None
    parts = [row.before] if kept is None else [(begin, kept[0]), (kept[1], stop)]
    speed = s.speed if s.speed > 0 else 1.0
    lost = []
    for x, y in parts:
        if x is None or y is None or y <= x:
            continue
        left, right = (min(end, max(start, round(start + (at - begin) / speed))) for at in (x, y))
        lost.append((track, left, right))
    return lost
