"""What can differ between two states of one segment, track or draft, as short texts."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from .clock import clock, clocks
from .matching import shown
from .schema import Name, percent
from .wording import NOTHING, ROOT, SEGMENT, lasting, plain, quoted, short, transition

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .layout import HasData, Segment, Track

__all__ = [
    "UNTITLED",
    "Difference",
    "canvas",
    "leftovers",
    "of_clip",
    "of_draft",
    "of_item",
    "of_track",
    "told",
]

Difference = tuple[str, str, Name, Name]
"""What (`detail` for a key that is not known), the path of a detail, before, and after."""

UNTITLED = Name("untitled", "未命名")
_LONGEST = 100
"""In characters: what of a key stands in a path."""
_MOST = 8
"""More unknown keys of one segment than this are not told one by one."""
_PLACED = ("id", "start", "src", "in", "out", "speed", "volume", "name", "text", "transition", "freeze")
_KNOWN = frozenset({*SEGMENT, *_PLACED})
"""The keys of a segment's `m` that are told by what they mean (protocol §8)."""
_NOT_INHERITED = ("fade_in", "fade_out", "focus")
"""What a part of a clip may lack without having been changed."""


def of_clip(a: Segment, b: Segment, *, cut: bool) -> Iterator[Difference]:
    """What changed about a clip whose source is known; `cut`: `b` is only a part of what `a` was."""
    if a.raw == b.raw:
        return
    yield from _levels(a, b)
    if a.src != b.src:
        yield "source", "", *_same(quoted(plain(a.src)), quoted(plain(b.src)))
    for key in SEGMENT:
        if not (cut and key in _NOT_INHERITED and key not in b.meta):
            yield from _keyed(a, b, key)
    if not cut:
        yield from _names(a, b)
        yield from _details(a, b)


def of_item(a: Segment, b: Segment) -> Iterator[Difference]:
    """What changed about music, a title, or anything else that is only placed."""
    if a.duration_ms != b.duration_ms and a.start_ms == b.start_ms:
        yield "time", "", *_lasting(a.duration_ms, b.duration_ms)
    elif a.duration_ms != b.duration_ms:
        yield "time", "", *_same(_span(a.start_ms, a.end_ms), _span(b.start_ms, b.end_ms))
    elif a.start_ms != b.start_ms:
        yield "moved", "", *_same(*clocks(a.start_ms, b.start_ms))
    if a.raw == b.raw:
        return
    if a.text != b.text:
        yield "text", "", *_same(quoted(a.text), quoted(b.text))
    yield from _levels(a, b)
    heard = a.in_ms != b.in_ms or (a.duration_ms == b.duration_ms and a.out_ms != b.out_ms)
    if heard:
        yield "part", "", *_same(_span(*shown(a)), _span(*shown(b)))
    if a.src != b.src:
        yield "source", "", *_same(quoted(plain(a.src)), quoted(plain(b.src)))
    yield from _names(a, b)
    for key in SEGMENT:
        yield from _keyed(a, b, key)
    if a.transition != b.transition or a.transition_ms != b.transition_ms:
        yield "transition", "", transition(a), transition(b)
    yield from _details(a, b)


def told(s: Segment) -> Name:
    """A segment in a few words: its text or name, when, and what else is known of it."""
    name = Name.same(quoted(s.text) if s.text else short(s.name)) if s.text or short(s.name) else UNTITLED
    more = [Name.same(percent(s.volume))] if s.volume is not None else []
    if s.text:
        given = ((k, SEGMENT[k][1](s.meta[k])) for k in ("position", "size", "color") if k in s.meta)
        more += [
            Name(f"size {words.en}", f"字号 {words.zh}") if k == "size" else words
            for k, words in given
            if words.en
        ]
    when = _span(s.start_ms, s.end_ms)
    return Name(
        ", ".join([f"{name.en} {when}", *(each.en for each in more)]),
        "，".join([f"{name.zh} {when}", *(each.zh for each in more)]),
    )


def of_track(a: Track, b: Track) -> Iterator[Difference]:
    """What changed about a track itself, not about what stands on it."""
    if a.kind != b.kind:
        return
    for key in dict.fromkeys([*a.raw, *b.raw]):
        if key not in ("sg", "tt"):
            yield from _deep(key, a.raw.get(key), b.raw.get(key))


def of_draft(a: HasData, b: HasData) -> Iterator[Difference]:
    """What changed about a draft as a whole, but for its canvas and length."""
    for key, (what, form) in ROOT.items():
        x, y = a.meta.get(key), b.meta.get(key)
        if x != y:
            yield _plain(what.en, f"m.{key}", form(x), form(y))
    told = {*ROOT, "width", "height"} if canvas(a, b) else ROOT
    for key in dict.fromkeys([*a.meta, *b.meta]):
        if key not in told:
            yield from _deep(f"m.{key}", a.meta.get(key), b.meta.get(key))
    for key in dict.fromkeys([*a.data, *b.data]):
        if key not in ("t", "m", "d"):
            yield from _deep(key, a.data.get(key), b.data.get(key))


def canvas(a: HasData, b: HasData) -> tuple[Name, Name] | None:
    """The canvas before and after, if it changed."""
    before, after = (_canvas(d.meta.get("width"), d.meta.get("height")) for d in (a, b))
    return None if before == after else (before, after)


def leftovers(a: Any, b: Any) -> list[tuple[str, str, str]]:
    """The first paths at which two data differ that nothing else tells apart, with both values."""
    found = ((path, x.en, y.en) for _, path, x, y in _deep("", a, b))
    return list(islice(found, _MOST)) or [("", "", "")]


def _span(start: int, end: int) -> str:
    return f"{clock(start)}–{clock(end)}"


def _same(before: str, after: str) -> tuple[Name, Name]:
    return Name.same(before), Name.same(after)


def _lasting(before: int, after: int) -> tuple[Name, Name]:
    """Two different lengths, exact where they would look the same."""
    told = lasting(before), lasting(after)
    if told[0] != told[1]:
        return told
    exact = (f"{ms / 1000:g}" for ms in (before, after))
    was, now = (Name(f"{each} s", f"{each} 秒") for each in exact)
    return was, now


def _levels(a: Segment, b: Segment) -> Iterator[Difference]:
    if a.volume != b.volume:
        texts = _volume(a.volume), _volume(b.volume)
        if texts[0] == texts[1]:  # rounding makes them one
            texts = _same(_exactly(a.volume or 0.0), _exactly(b.volume or 0.0))
        yield "volume", "", *texts
    if a.speed != b.speed:
        yield "speed", "", *_same(*(f"{s.speed!r}×".replace(".0×", "×") for s in (a, b)))


def _names(a: Segment, b: Segment) -> Iterator[Difference]:
    if a.name not in (b.name, a.text) and b.name != b.text:
        yield "name", "", *_same(quoted(a.name), quoted(b.name))


def _volume(volume: float | None) -> Name:
    if volume is None:
        return Name("as recorded", "原声")
    return Name.same(percent(volume)) if volume else Name("muted", "静音")


def _exactly(volume: float) -> str:
    return f"{(Decimal(repr(volume)) * 100).normalize():f}%"


def _plain(what: str, path: str, before: Name, after: Name) -> Difference:
    """A difference by its meaning, or by its path where the meaning is the same."""
    same = before.en == after.en
    return ("detail", path, NOTHING, NOTHING) if same else (what, "", before, after)


def _keyed(a: Segment, b: Segment, key: str) -> Iterator[Difference]:
    x, y = a.meta.get(key), b.meta.get(key)
    if x != y:
        what, form = SEGMENT[key]
        yield _plain(what.en, f"m.{key}", form(x), form(y))


def _details(a: Segment, b: Segment) -> Iterator[Difference]:
    """The keys that nobody knows, by their paths."""
    raw = (_deep(k, a.raw.get(k), b.raw.get(k)) for k in {**a.raw, **b.raw} if k not in ("d", "m"))
    was, now = a.meta, b.meta
    meta = (_deep(f"m.{k}", was.get(k), now.get(k)) for k in {**was, **now} if k not in _KNOWN)
    yield from islice(chain.from_iterable(chain(raw, meta)), _MOST)


def _deep(path: str, a: Any, b: Any) -> Iterator[Difference]:
    """The places where two values differ."""
    if a == b:
        return
    if isinstance(a, dict) and isinstance(b, dict):
        for key in dict.fromkeys([*a, *b]):
            yield from _deep(f"{path}.{key[:_LONGEST]}" if path else key[:_LONGEST], a.get(key), b.get(key))
        if not path or {*a} == {*b}:
            return
        for key in {*a} ^ {*b}:
            if a.get(key) is None and b.get(key) is None:
                yield "detail", f"{path}.{key[:_LONGEST]}", NOTHING, NOTHING
        return
    if isinstance(a, list) and isinstance(b, list) and len(a) == len(b):
        for i, (x, y) in enumerate(zip(a, b, strict=True), 1):
            yield from _deep(f"{path}[{i}]", x, y)
        return
    yield "detail", path, *_same(plain(a), plain(b))


def _canvas(width: Any, height: Any) -> Name:
    sizes = [v for v in (width, height) if isinstance(v, int) and not isinstance(v, bool) and v > 0]
    if len(sizes) < 2:  # noqa: PLR2004 - width and height
        given = width is not None or height is not None
        return Name.same(f"{plain(width)}×{plain(height)}") if given else NOTHING
    aspect = Fraction(width, height)
    simple = aspect.limit_denominator(21)
    size, shape = f"{width}×{height}", f"{simple.numerator}:{simple.denominator}"
    if simple == aspect:
        return Name.same(f"{size} ({shape})")
    return Name(f"{size} (about {shape})", f"{size}（约 {shape}）")
