"""What is another in one draft than in another, segment by segment, with the values before and after.

`changes` tells of an edit what it did to the clips; this names each segment that differs, for a program.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from .columns import Columns
from .difference_words import said
from .layout import Segment, Track, main_track
from .matching import Shown, held, run, shown, source
from .properties import leftovers
from .sides import Pair, Side, paired
from .unsigned import unsigned_draft
from .values import text
from .wording import ROOT, SEGMENT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

__all__ = ["Difference", "differences"]


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs.

    Attributes:
        what: added, removed, moved, trimmed, split, cut, track, text, name, source, volume, speed,
            transition, freeze, what `wording` calls another key, detail, or length.
        id: the segment's, "" for what is of a track or of the whole.
        kind: video, audio, text, `type N`, unknown, track or timeline. track: its number, None for the whole.
        name: what the segment or track is called.
        start_ms: where it stands, in the draft in which it is.
        before, after: the values, None for none: positions and lengths in ms, of `trimmed` clips the part of
            the source, (in, out), of a transition (type, ms); of what was added or removed (start, end).
        sentence: the same in words, in the language that is spoken.
    """

    what: str
    id: str
    kind: str
    track: int | None
    name: str
    start_ms: int | None
    before: Any
    after: Any
    sentence: str


def differences(before: dict[str, Any], after: dict[str, Any]) -> list[Difference]:
    """What differs between the data of two drafts; empty if and only if they are equal."""
    if before == after:
        return []
    if any("?" in text(meta.get("src")) for data in (before, after) for meta in Columns(data).metas):
        before, after = unsigned_draft(before), unsigned_draft(after)
    a, b = Side(before), Side(after)
    found = [*_segments(a, b), *_whole(a, b)]
    if found or _same(before, after):
        return found
    return [_made("detail", None, None, x, y, name=path) for path, x, y in leftovers(before, after)]


@dataclass(slots=True)
class _Item:
    """A segment and the track that it stands on."""

    track: Track
    s: Segment


def _segments(a: Side, b: Side) -> Iterator[Difference]:
    pairs, gone, come = paired(a, b)
    cuts, come, kept = _cut_up(a, b, pairs, come)
    tracks = _same_tracks(a, b, pairs)
    yield from _of_tracks(a, b, tracks)
    moved = _moved(a, b, pairs)
    yield from (_made("removed", _item(a, n), None, _span(a.segment(n)), None) for n in gone)
    yield from (_made("added", _item(b, n), None, None, _span(b.segment(n))) for n in come)
    yield from cuts
    for m, n in pairs:
        if tracks.get(a.track[m]) != b.track[n]:
            yield _made("track", _item(b, n), _item(a, m), a.track[m] + 1, b.track[n] + 1)
        if n in moved:
            yield _made("moved", _item(b, n), _item(a, m), a.starts[m], b.starts[n])
        if a.raws[m] != b.raws[n] and (keys := _keys_of(a, b, m, n)):
            yield from _of_pair(_item(a, m), _item(b, n), keys, clip=a.is_clip(m), whole=n in kept)


def _item(side: Side, n: int) -> _Item:
    return _Item(side.track_of(n), side.segment(n))


def _keys_of(a: Side, b: Side, m: int, n: int) -> list[str]:
    """The keys of a segment and of its `m` whose values are others, but for where it stands and its id."""
    was, now, before, after = a.metas[m], b.metas[n], a.raws[m], b.raws[n]
    keys = [f"m.{key}" for key, value in was.items() if now.get(key) != value and key not in _PLACED]
    keys += [f"m.{key}" for key in now if key not in was and now[key] is not None and key not in _PLACED]
    if before.keys() == {"d", "m"} == after.keys():  # as nearly all have
        return [*keys, "d"] if before["d"] != after["d"] else keys
    return keys + [
        key for key in dict.fromkeys([*before, *after]) if key != "m" and before.get(key) != after.get(key)
    ]


def _cut_up(
    a: Side, b: Side, pairs: Sequence[Pair], come: list[int]
) -> tuple[list[Difference], list[int], set[int]]:
    """Clips of which new ones are parts: where they were split, what was cut out, what is new after all.

    The last are the clips of which nothing was trimmed but what those parts show.
    """
    fresh = [n for n in come if b.is_clip(n) and not held(b.segment(n))]
    names = {source(b.segment(n)) for n in fresh}
    if not fresh:
        return [], come, set()
    clips = {
        id(a.segment(m)): (m, n)
        for m, n in pairs
        if a.is_clip(m) and source(a.segment(m)) in names and not held(a.segment(m))
    }
    known = Shown([a.segment(m) for m, _ in clips.values()])
    parts: defaultdict[int, list[int]] = defaultdict(list)
    for n in fresh:
        whole, part = known.counterpart(b.segment(n)), shown(b.segment(n))
        if whole is not None and shown(whole)[0] <= part[0] and part[1] <= shown(whole)[1]:
            parts[id(whole)].append(n)
    found: list[Difference] = []
    kept: set[int] = set()
    split: set[int] = set()
    for key, items in parts.items():
        m, n = clips[key]
        every = sorted([n, *items], key=lambda each: shown(b.segment(each)))
        spans = [shown(b.segment(each)) for each in every]
        if any(x[1] > y[0] for x, y in pairwise(spans)):
            continue  # it is shown twice
        kept.add(n)
        split |= {*items}
        begin, end = shown(a.segment(m))
        found += [_made("split", _item(b, each), None, None, b.starts[each]) for each in every[1:]]
        edges = [begin, *(edge for span in spans for edge in span), end]
        gaps = zip(edges[::2], edges[1::2], strict=True)
        found += [_made("cut", _item(b, n), None, gap, None) for gap in gaps if gap[1] > gap[0]]
    return found, [n for n in come if n not in split], kept


def _same_tracks(a: Side, b: Side, pairs: Sequence[Pair]) -> dict[int, int]:
    """Which track of one is which of the other, by where most of its segments stand."""
    counts = Counter((a.track[m], b.track[n]) for m, n in pairs)
    same: dict[int, int] = {}
    for (was, now), _ in counts.most_common():
        if was not in same and now not in same.values():
            same[was] = now
    return same


def _moved(a: Side, b: Side, pairs: Sequence[Pair]) -> set[int]:
    """The segments that stand elsewhere; a clip that follows others does only if their order is another."""
    mains = [next((t.index for t in side.tracks if t.raw is main), -1) for side in (a, b)
             for main in [main_track(side.data)]]  # fmt: skip
    cut = [(m, n) for m, n in pairs if (a.track[m], b.track[n]) == (mains[0], mains[1])]
    stay = run([m for m, _ in cut])
    moved = {n for i, (_, n) in enumerate(cut) if i not in stay}
    follows = {n for _, n in cut}
    return moved | {n for m, n in pairs if n not in follows and a.starts[m] != b.starts[n]}


def _of_pair(x: _Item, y: _Item, keys: Sequence[str], *, clip: bool, whole: bool) -> Iterator[Difference]:
    """What is another about one segment, but for its place."""
    a, b = x.s, y.s
    if not {"d", "m.in", "m.out"}.isdisjoint(keys) and not whole:
        yield from _trimmed(x, y, clip=clip)
    for path in keys:
        key = path.removeprefix("m.")
        if path == "d" or path in ("m.in", "m.out"):
            continue
        if path != key and key in _PLAIN:
            what, value = _PLAIN[key]
            values = value(a), value(b)
            if values[0] != values[1]:
                yield _made(what, y, x, *values)
            continue
        was, now = (s.meta.get(key) if path != key else s.raw.get(key) for s in (a, b))
        if not _same(was, now):
            what = SEGMENT[key][0].en if path != key and key in SEGMENT else "detail"
            yield _made(what, y, x, was, now, key=path)


def _trimmed(x: _Item, y: _Item, *, clip: bool) -> Iterator[Difference]:
    """Whether a segment lasts another time, or plays another part."""
    a, b = x.s, y.s
    parts = (a.in_ms, a.out_ms), (b.in_ms, b.out_ms)
    if clip and parts[0] != parts[1]:
        yield _made("trimmed", y, x, *parts)
    elif a.duration_ms != b.duration_ms and (a.speed == b.speed or not clip):
        yield _made("trimmed", y, x, a.duration_ms, b.duration_ms)
    elif parts[0] != parts[1]:
        yield _made("part", y, x, *parts)


def _same(a: Any, b: Any) -> bool:
    """Whether two values are the same but for what signs the links in them."""
    return bool(a == b) or unsigned_draft({"": a}) == unsigned_draft({"": b})


_PLACED = frozenset({"id", "start"})
_PLAIN: dict[str, tuple[str, Callable[[Segment], Any]]] = {
    "text": ("text", lambda s: s.text),
    "name": ("name", lambda s: s.meta.get("name")),
    "src": ("source", lambda s: s.src),
    "volume": ("volume", lambda s: s.volume),
    "speed": ("speed", lambda s: s.speed),
    "transition": ("transition", lambda s: (s.transition, s.transition_ms) if s.transition else None),
    "freeze": ("freeze", lambda s: s.meta.get("freeze")),
}


def _of_tracks(a: Side, b: Side, same: dict[int, int]) -> Iterator[Difference]:
    """What is another about tracks; `same` says which is which where segments tell."""
    old, new = a.tracks, b.tracks
    free = [t for t in new if t.index not in same.values()]
    for t in old:
        if t.index not in same:
            like = next(
                (n for n in free if n.kind == t.kind and not (b.counts[n.index] and a.counts[t.index])), None
            )
            if like is None:
                yield _track("removed", t, t.name or t.kind, None)
                continue
            free.remove(like)
            same = {**same, t.index: like.index}
    yield from (_track("added", t, None, t.name or t.kind) for t in free)
    order = sorted(same)
    if [same[n] for n in order] != sorted(same.values()):
        moved = ((n, same[n]) for n in order if n != same[n])
        yield from (_track("moved", new[there], here + 1, there + 1) for here, there in moved)
    for here, there in same.items():
        for path, x, y in _keys(old[here].raw, new[there].raw, ("sg",)):
            if _same(x, y):
                continue
            yield _track("name" if path == "m.name" else "detail", new[there], x, y, path)


def _track(what: str, track: Track, before: Any, after: Any, path: str = "") -> Difference:
    number = track.index + 1
    sentence = said(what, "track", f"{number}: {path}" if path else f"{number}", None, (before, after))
    return Difference(what, "", "track", number, track.name, None, before, after, sentence)


def _whole(a: Side, b: Side) -> Iterator[Difference]:
    """What is another about the whole."""
    for path, x, y in _keys(a.data, b.data, ("t", "d")):
        key = path.removeprefix("m.")
        what = ROOT[key][0].en if path != key and key in ROOT else "detail"
        if not _same(x, y):
            yield _made(what, None, None, x, y, name=path if what == "detail" else "")
    if a.length_ms != b.length_ms:
        yield _made("length", None, None, a.length_ms, b.length_ms)


def _keys(a: dict[str, Any], b: dict[str, Any], but: Iterable[str]) -> Iterator[tuple[str, Any, Any]]:
    """The keys of two objects whose values differ, and those of the `m` in them, by their paths."""
    for key in dict.fromkeys([*a, *b]):
        x, y = a.get(key), b.get(key)
        if key in but or x == y:
            continue
        if key == "m" and isinstance(x, dict) and isinstance(y, dict):
            yield from ((f"m.{inner}", p, q) for inner, p, q in _keys(x, y, ()))
        else:
            yield key, x, y


def _made(
    what: str,
    item: _Item | None,
    old: _Item | None,
    before: Any,
    after: Any,
    *,
    name: str = "",
    key: str = "",
) -> Difference:
    """A difference of a segment, or of the whole, in words as well."""
    if item is None:
        sentence = said(what, "timeline", name, None, (before, after))
        return Difference(what, "", "timeline", None, name, None, before, after, sentence)
    s, kind = item.s, item.track.kind
    name = (old or item).s.name
    sentence = said(what, kind, name, s, (before, after), key=key)
    return Difference(what, s.id, kind, item.track.index + 1, name, s.start_ms, before, after, sentence)


def _span(s: Segment) -> tuple[int, int]:
    return s.start_ms, s.end_ms
