"""OpenTimelineIO `.otio`, read by the OpenTimelineIO library."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from nemo_widgets.catalogue import say
from nemo_widgets.draft.schema import TRANSITIONS
from nemo_widgets.draft.values import dicts, mapping, number, text

from .assembly import Lead, Row, assembled
from .cut import Cut, Lane, Piece, file_name, path_of
from .lanes import cut_of, data_of
from .losses import Losses
from .otio import KEY, library
from .rates import Rate, rate_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["read"]


def read(content: bytes, losses: Losses, *, fps: Any = None) -> dict[str, Any]:
    """The draft of a timeline; what it does not take over is added to `losses`.

    A file of this package that nobody has changed is the draft that it was made of.

    Raises:
        MissingExtra: the library is not installed. ValueError: it is no timeline.
    """
    otio = library()
    try:
        found = otio.adapters.read_from_string(content.decode("utf-8"), "otio_json")
    except (otio.exceptions.OTIOError, ValueError, RuntimeError) as error:
        raise ValueError(say("formats.unreadable", format="OTIO", why=str(error)[:200])) from None
    timeline = _timeline(found, otio)
    if timeline is None:
        raise ValueError(say("formats.no timeline", format="OTIO"))
    return _Reader(otio, timeline, losses, fps).data()


def _timeline(found: Any, otio: Any) -> Any:
    if isinstance(found, otio.schema.SerializableCollection):
        return next((t for t in (_timeline(one, otio) for one in found) if t is not None), None)
    if isinstance(found, otio.schema.Timeline):
        return found
    made = otio.schema.Timeline(name=getattr(found, "name", ""))
    if isinstance(found, otio.schema.Stack):
        made.tracks = found
    elif isinstance(found, otio.schema.Track):
        made.tracks.append(found)
    else:
        return None
    return made


class _Reader:
    def __init__(self, otio: Any, timeline: Any, losses: Losses, fps: Any) -> None:
        self.otio, self.timeline, self.losses = otio, timeline, losses
        self.unread: Counter[str] = Counter()
        self.rates: dict[float, Fraction] = {}
        own = timeline.metadata.get(KEY)
        self.own = own if hasattr(own, "get") else {}
        told = self.own.get("fps") or self._first_rate()
        self.rate = Rate(rate_of(fps, rate_of(told)))
        self.draft = self._draft()
        self.known = [dicts(track.get("sg")) for track in dicts(self.draft.get("t"))]

    def _draft(self) -> dict[str, Any]:
        """The draft that the file was made of; empty where it was not made here."""
        try:
            return mapping(json.loads(text(self.own.get("draft"))))
        except (ValueError, RecursionError):
            return {}

    def _first_rate(self) -> float | None:
        for track in self.timeline.tracks:
            for item in track:
                given = getattr(item, "source_range", None)
                if given is not None and not isinstance(item, self.otio.schema.Transition):
                    return float(given.duration.rate)
        return None

    def data(self) -> dict[str, Any]:
        rows = [row for track in self.timeline.tracks if (row := self._row(track)) is not None]
        lanes = [*assembled(rows, self.losses), *self._texts()]
        known = cut_of(self.draft, Losses(), fps=self.rate.fps)
        for what, count in self.unread.items():
            self.losses.add("unread", what=say(f"loss.a {what}"), count=count)
        if self.draft and _shape(known.lanes) == _shape(lanes):
            return self.draft
        size = known.width, known.height
        made = data_of(Cut(self.rate, tuple(self._owned(lanes)), self.timeline.name, *size, known.raw))
        strange = [track for track in dicts(self.draft.get("t")) if track.get("tt") not in (0, 1, 7)]
        return {**self.draft, **made, "t": made["t"] + strange}

    def _owned(self, lanes: list[Lane]) -> Iterator[Lane]:
        """The lanes, each with what the draft has of its track, as far as its pieces are of one."""
        tracks = dicts(self.draft.get("t"))
        for lane in lanes:
            of = {piece.place[0] if piece.place else -1 for piece in lane.pieces}
            known = max(of)
            yield replace(lane, raw=tracks[known]) if len(of) == 1 and known >= 0 else lane

    def _row(self, track: Any) -> Row | None:
        if not isinstance(track, self.otio.schema.Track) or track.kind not in ("Video", "Audio"):
            self.unread["nested timeline"] += 1
            return None
        if not getattr(track, "enabled", True):
            self.unread["disabled track"] += 1
            return None
        row, at = Row(track.kind.lower(), track.name), Fraction(0)
        for item in track:
            if isinstance(item, self.otio.schema.Transition):
                head, tail = (self._frames(self._seconds(t)) for t in (item.in_offset, item.out_offset))
                row.leads[len(row.pieces)] = Lead(head, tail, _known(item.name))
                continue
            end = at + self._seconds(item.trimmed_range().duration)
            piece = self._piece(item, self._frames(at), self._frames(end))
            at = end
            if piece is not None:
                row.pieces.append(piece)
        return row

    def _piece(self, item: Any, start: int, end: int) -> Piece | None:
        schema = self.otio.schema
        if isinstance(item, schema.Gap) or end <= start:
            return None
        if not isinstance(item, schema.Clip):
            self.unread["nested timeline"] += 1
            return None
        if not getattr(item, "enabled", True):
            self.unread["disabled clip"] += 1
            return None
        media = item.media_reference
        if not isinstance(media, schema.ExternalReference):
            self.unread["clip without a file"] += 1
            return None
        begin = self._seconds(item.trimmed_range().start_time)
        if media.available_range is not None:
            begin -= self._seconds(media.available_range.start_time)
        place, raw = self._segment(item)
        was, source = mapping(raw.get("m")), path_of(media.target_url)
        if self._note(item).get("link") == media.target_url:
            source = text(was.get("src")) or source
        name, volume = item.name or file_name(source), number(was.get("volume"))
        begins = max(0, self._frames(begin))
        speed = self._speed(item)
        return Piece(start, end, name, source, begins, speed, volume, raw=raw, place=place)

    def _speed(self, item: Any) -> Fraction:
        for effect in item.effects:
            if isinstance(effect, self.otio.schema.FreezeFrame):
                return Fraction(0)
            if isinstance(effect, self.otio.schema.LinearTimeWarp):
                return Fraction(effect.time_scalar).limit_denominator(1000)
            self.unread["effect"] += 1
        return Fraction(1)

    def _texts(self) -> Iterator[Lane]:
        """The markers that are texts of a draft."""
        found: dict[int, list[Piece]] = {}
        for marker in self.timeline.tracks.markers:
            place, raw = self._segment(marker)
            if place is None:
                self.unread["marker"] += 1
                continue
            start = self._seconds(marker.marked_range.start_time)
            end = start + self._seconds(marker.marked_range.duration)
            words = text(mapping(raw.get("m")).get("text"))
            made = Piece(self._frames(start), self._frames(end), text=words, raw=raw, place=place)
            found.setdefault(place[0], []).append(made)
        return (Lane("text", pieces=tuple(sorted(row, key=lambda p: p.start))) for row in found.values())

    def _note(self, item: Any) -> Any:
        note = item.metadata.get(KEY)
        return note if hasattr(note, "get") else {}

    def _segment(self, item: Any) -> tuple[tuple[int, int] | None, dict[str, Any]]:
        """Which segment of the draft that the file was made of something is, if it is one."""
        try:
            track, place = (int(n) for n in self._note(item).get("at") or ())
            found = self.known[track][place]
        except (ValueError, TypeError, IndexError):
            return None, {}
        return (track, place), found

    def _seconds(self, time: Any) -> Fraction:
        """A time as a fraction: whole frames are exact at any rate."""
        if time.rate not in self.rates:
            self.rates[time.rate] = rate_of(time.rate, Fraction(1))
        return Fraction(time.value) / self.rates[time.rate]

    def _frames(self, seconds: Fraction) -> int:
        return round(seconds * self.rate.fps)


def _known(name: str) -> str:
    return name if name in TRANSITIONS else next(iter(TRANSITIONS))


def _shape(lanes: Iterable[Lane]) -> list[Any]:
    """What lanes show and when, to compare them by."""
    rows = [
        (lane.kind, [(p.place, p.start, p.end, p.source, p.source_in, p.overlap) for p in lane.pieces])
        for lane in lanes
        if lane.pieces
    ]
    return sorted(rows, key=lambda row: row[0])
