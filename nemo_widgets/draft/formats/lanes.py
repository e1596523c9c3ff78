"""A draft as lanes of pieces in whole frames, and lanes of pieces as a draft."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from nemo_widgets.draft.layout import KINDS, MAIN, meta_of, tracks_of
from nemo_widgets.draft.schema import SPEEDS, TRANSITIONS
from nemo_widgets.draft.values import mapping, number, text

from .cut import Cut, Lane, Medium, Piece, file_name
from .losses import Losses
from .rates import Rate, rate_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from nemo_widgets.draft.layout import Segment, Track

__all__ = ["cut_of", "data_of"]

_TYPES = {kind: type_ for type_, kind in KINDS.items()}
_LETTERS = {"video": "v", "audio": "a", "text": "x"}
_LARGEST = 16_384
"""In pixels: no canvas is as large."""


def cut_of(
    data: dict[str, Any],
    losses: Losses,
    *,
    fps: Any = None,
    drop: bool = True,
    media: Mapping[str, Medium] | None = None,
) -> Cut:
    """A draft's JSON as lanes, whatever it holds.

    Args:
        data: the draft's JSON.
        losses: what can't be held by lanes at all is added to them.
        fps: the frame rate; by default the draft's own, else 30.
        drop: whether timecode leaves out numbers, at the rates at which it may.
        media: what is known of sources, by `src`.
    """
    meta = meta_of(data)
    fraction = rate_of(fps, rate_of(meta.get("fps")))
    rate = Rate(fraction, drop)
    rate = rate if rate.droppable else Rate(fraction)
    lanes = [lane for track in tracks_of(data) for lane in _lanes(track, rate, losses)]
    wide, high = (number(meta.get(key)) or 0 for key in ("width", "height"))
    sized = 1 <= wide <= _LARGEST and 1 <= high <= _LARGEST
    size = (int(wide), int(high)) if sized else (0, 0)
    return Cut(rate, tuple(lanes), text(meta.get("title")), *size, meta, dict(media or {}))


def _lanes(track: Track, rate: Rate, losses: Losses) -> Iterable[Lane]:
    """The track as lanes: more than one where pieces overlap without a transition."""
    if track.kind not in _TYPES:
        if track.segments:
            losses.add("track", kind=track.kind, count=len(track.segments))
        return
    pieces = [piece for s in track.segments if (piece := _piece(s, rate, losses, track.index)) is not None]
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda p: p.start):
        for row in rows:
            if (placed := _behind(row[-1], piece)) is not None:
                row.append(placed)
                break
        else:
            rows.append([piece])
    for row in rows:
        alone = sum(bool(p.transition) and not p.overlap for p in row)
        losses.counts.update({"transition alone": alone} if alone else {})
        plain = tuple(p if p.overlap else replace(p, transition="") for p in row)
        yield Lane(track.kind, track.name, plain, track.raw)


def _behind(last: Piece, piece: Piece) -> Piece | None:
    """A piece as it follows another one on its lane; None where it can't."""
    if piece.start >= last.end:
        return piece
    leads = bool(piece.transition) and piece.end > last.end
    if not leads or piece.start < max(last.start + 1, last.start + last.overlap):
        return None
    return replace(piece, overlap=last.end - piece.start)


def _piece(s: Segment, rate: Rate, losses: Losses, track: int = 0) -> Piece | None:
    start, end = rate.frames(s.start_ms), rate.frames(s.end_ms)
    if end <= max(start, 0):
        losses.count("length" if end <= start else "before")
        return None
    if not (rate.is_frame(s.start_ms) and rate.is_frame(s.end_ms)):
        losses.count("rounded")
    piece = Piece(
        start,
        end,
        s.name,
        s.src,
        rate.frames(max(0, s.in_ms or 0)),
        _speed(s),
        None if s.volume is None else max(0.0, s.volume),
        s.text,
        s.transition,
        raw=s.raw,
        place=(track, s.index),
    )
    if start < 0:
        losses.count("before")
        piece = piece.part(0, end)
    return piece


def _speed(s: Segment) -> Fraction:
    if s.meta.get("freeze") is True:
        return Fraction(0)
    speed = Fraction(s.speed).limit_denominator(1000) if s.speed > 0 else Fraction(1)
    return -speed if s.meta.get("reverse") is True else speed


def data_of(cut: Cut) -> dict[str, Any]:
    """Lanes as a draft's JSON, in the studio's form: times in ms, all keys of its own in `m`."""
    tracks: list[dict[str, Any]] = []
    counts: Counter[str] = Counter()
    for kind, type_ in _TYPES.items():
        for n, lane in enumerate(cut.of(kind)):
            name = lane.name or (MAIN if kind == "video" and not n else "")
            head = {key: value for key, value in lane.raw.items() if key != "sg"}
            head = head or {"tt": type_, **({"m": {"name": name}} if name else {})}
            tracks.append({**head, "sg": [_segment(p, kind, counts, cut.rate) for p in lane.pieces]})
    fps = cut.rate.fps
    meta: dict[str, Any] = {"title": cut.title} if cut.title else {}
    if cut.width and cut.height:
        meta |= {"width": cut.width, "height": cut.height}
    meta |= {key: value for key, value in cut.raw.items() if key not in meta}
    meta["fps"] = int(fps) if fps.denominator == 1 else f"{fps.numerator}/{fps.denominator}"
    return {"d": _length_ms(cut), "m": meta, "t": tracks}


def _length_ms(cut: Cut) -> int:
    lanes: Sequence[Lane] = cut.of("video") or cut.lanes
    return cut.rate.ms(max((p.end for lane in lanes for p in lane.pieces), default=0))


def _segment(piece: Piece, kind: str, counts: Counter[str], rate: Rate) -> dict[str, Any]:
    counts[kind] += 1
    start, end = rate.ms(piece.start), rate.ms(piece.end)
    if piece.raw:
        return _kept(piece, start, end, rate)
    meta: dict[str, Any] = {"id": f"{_LETTERS[kind]}{counts[kind]}", "start": start}
    if kind == "text":
        return {"d": end - start, "m": {**meta, "text": piece.text or piece.name}}
    meta |= {"src": piece.source, **_times(piece, end - start, rate)}
    if name := piece.name or file_name(piece.source):
        meta["name"] = name
    if piece.volume is not None and piece.volume != 1:
        meta["volume"] = piece.volume
    return {"d": end - start, "m": meta | _played(piece) | _led(piece, {}, rate)}


def _led(piece: Piece, known: dict[str, Any], rate: Rate) -> dict[str, Any]:
    """The transition that leads into a piece."""
    if not piece.overlap:
        return {}
    long = rate.ms(piece.start + piece.overlap) - rate.ms(piece.start)
    return {"transition": {"type": piece.transition or next(iter(TRANSITIONS)), **known, "d": long}}


def _times(piece: Piece, lasting: int, rate: Rate) -> dict[str, Any]:
    """Which part of the source is played, in ms: as long as it lasts, so that nothing is rounded twice."""
    begin = rate.ms(piece.source_in)
    if piece.speed == 0:
        return {"in": begin, "out": begin}
    return {"in": begin, "out": begin + round(lasting * abs(piece.speed))}


def _played(piece: Piece) -> dict[str, Any]:
    """How a piece is played, where not as it was recorded."""
    speed = abs(piece.speed)
    made: dict[str, Any] = {}
    if speed == 0:
        return {"freeze": True}
    if speed != 1:
        slowest, fastest = (Fraction(limit) for limit in SPEEDS)
        made["speed"] = float(min(max(speed, slowest), fastest))
    return made | ({"reverse": True} if piece.speed < 0 else {})


def _kept(piece: Piece, start: int, end: int, rate: Rate) -> dict[str, Any]:
    """The segment that a piece is of, with what has changed of it since."""
    was = tracks_of({"t": [{"sg": [piece.raw]}]})[0].segments[0]
    meta = dict(mapping(piece.raw.get("m")))
    before = _piece(replace(was, start_ms=start if "start" not in meta else was.start_ms), rate, Losses())
    same = before is not None and (before.start, before.end) == (piece.start, piece.end)
    if piece.volume == 0:
        meta["volume"] = 0
    if same and before is not None and before.source_in == piece.source_in:
        return {**piece.raw, "m": {**meta, "start": meta.get("start", start)}}
    meta["start"] = start
    if piece.source:
        meta |= _times(piece, end - start, rate)
    cut = mapping(meta.pop("transition", None))
    return {**piece.raw, "d": end - start, "m": meta | _led(piece, cut, rate)}
