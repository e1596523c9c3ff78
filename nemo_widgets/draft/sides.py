"""The two drafts that are compared: their segments by number, each laid out only where it is asked for."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from .columns import Columns
from .layout import VIDEO, Segment, Track, kind_of, segment_of, type_of
from .matching import matched, source
from .values import mapping, text

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Pair", "Side", "paired"]

Pair = tuple[int, int]
"""A segment of one side and the same of the other, by their numbers."""


class Side:
    """One of two drafts.

    Attributes:
        data: its JSON. tracks: its tracks, without their segments.
        raws, metas: its segments as they came, and the `m` of each. starts: where each stands, in ms.
        track: on which track each stands, from 0. ids: the id of each. ends: where each track ends.
    """

    def __init__(self, data: dict[str, Any]) -> None:
        columns = Columns(data)
        lasting = columns.durations()
        starts = columns.starts(lasting)
        self.data, self.raws, self.metas = data, columns.raws, columns.metas
        self.tracks = [
            Track(n, kind, kind_of(kind), text(mapping(raw.get("m")).get("name")), (), raw)
            for n, raw in enumerate(columns.tracks)
            for kind in [type_of(raw)]
        ]
        self.starts: list[int] = starts.tolist()
        self.lasting: list[int] = lasting.tolist()
        self.track: list[int] = (columns.track - 1).tolist()
        self.ids = [text(meta.get("id")) for meta in self.metas]
        self.counts: list[int] = columns.counts.tolist()
        self._first = [end - count for end, count in zip(columns.ends, self.counts, strict=True)]
        both = zip(self._first, columns.ends, strict=True)
        ends = starts + lasting
        self.ends = [int(max(0, ends[first:last].max())) if last > first else 0 for first, last in both]
        self._made: dict[int, Segment] = {}

    def segment(self, n: int) -> Segment:
        """Segment `n`, laid out."""
        if n not in self._made:
            place = n - self._first[self.track[n]]
            self._made[n] = segment_of(place, self.raws[n], self.starts[n])
        return self._made[n]

    def track_of(self, n: int) -> Track:
        """The track that segment `n` stands on."""
        return self.tracks[self.track[n]]

    def is_clip(self, n: int) -> bool:
        """Whether segment `n` is a part of a film, which may be cut."""
        return self.track_of(n).type == VIDEO and bool(source(self.segment(n)))

    @property
    def length_ms(self) -> int:
        """The timeline's length."""
        tracks = list(zip(self.tracks, self.ends, self.counts, strict=True))
        video = [end for track, end, count in tracks if track.type == VIDEO and count]
        return max(video or [end for _, end, _ in tracks] or [0])


def paired(a: Side, b: Side) -> tuple[list[Pair], list[int], list[int]]:
    """Which segment is which, in the order of `b`: by its id, else by what it plays and where it stands.

    Then those that are only in `a`, and those that are only in `b`.
    """
    pairs = _by_id(a, b)
    taken = [{pair[side] for pair in pairs} for side in (0, 1)]
    gone = [n for n in range(len(a.raws)) if n not in taken[0]]
    come = [n for n in range(len(b.raws)) if n not in taken[1]]
    if not gone or not come:
        return pairs, gone, come
    found, gone, come = _by_looks(a, b, gone, come)
    return sorted([*pairs, *found], key=lambda pair: pair[1]), gone, come


def _by_id(a: Side, b: Side) -> list[Pair]:
    """Those of one id that stand on tracks of one kind and play the same source."""
    counts = Counter(a.ids), Counter(b.ids)
    known = {ident: n for n, ident in enumerate(a.ids) if ident and counts[0][ident] == 1}
    kinds = [[track.kind for track in side.tracks] for side in (a, b)]
    pairs: list[Pair] = []
    for y, ident in enumerate(b.ids):
        x = known.get(ident)
        if x is None or counts[1][ident] != 1 or kinds[0][a.track[x]] != kinds[1][b.track[y]]:
            continue
        if a.metas[x].get("src") == b.metas[y].get("src") or source(a.segment(x)) == source(b.segment(y)):
            pairs.append((x, y))
    return pairs


def _by_looks(
    a: Side, b: Side, gone: Sequence[int], come: Sequence[int]
) -> tuple[list[Pair], list[int], list[int]]:
    of = {id(side.segment(n)): n for side, some in ((a, gone), (b, come)) for n in some}
    sorts: dict[tuple[str, bool], tuple[list[Segment], list[Segment]]] = {}
    for at, (side, some) in enumerate(((a, gone), (b, come))):
        for n in some:
            key = side.track_of(n).kind, side.is_clip(n)
            sorts.setdefault(key, ([], []))[at].append(side.segment(n))
    pairs: list[Pair] = []
    lost: list[int] = []
    fresh: list[int] = []
    for (_, cut), (old, new) in sorts.items():
        same, left, added = matched(old, new, placed=not cut)
        pairs += [(of[id(x)], of[id(y)]) for x, y in same]
        lost += [of[id(s)] for s in left]
        fresh += [of[id(s)] for s in added]
    return pairs, sorted(lost), sorted(fresh)
