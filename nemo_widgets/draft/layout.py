"""The tracks and segments of a draft's JSON, laid out in time."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from nemo_widgets.printable import printable_repr

from .schema import text_kind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = [
    "AUDIO",
    "MAIN",
    "TEXT",
    "VIDEO",
    "HasTracks",
    "Segment",
    "Track",
    "has_segments",
    "is_sound",
    "length_ms",
    "main_track",
    "meta_of",
    "sound_tracks",
    "tracks_of",
]

VIDEO, AUDIO, TEXT = 0, 1, 7
"""Track types (`tt`) of the protocol, §8."""

_ABSURD = 1e15
"""No time or level of a draft is as large: what is, is nonsense."""

_LONGEST_NUMBER = 30

MAIN = "Main"
"""What the studio calls the track of the clips."""
_KINDS = {VIDEO: "video", AUDIO: "audio", TEXT: "text"}


@printable_repr
@dataclass(frozen=True, slots=True)
class Segment:
    """One segment, laid out on its track. Times are integer milliseconds.

    `start_ms` is where the segment says it stands, else right behind the one before it. `in_ms` and
    `out_ms` are positions in the source. `transition` belongs to the cut before the segment. `raw` is
    the object as it came, unknown keys included.
    """

    index: int
    id: str
    name: str
    start_ms: int
    duration_ms: int
    src: str = ""
    in_ms: int | None = None
    out_ms: int | None = None
    speed: float = 1.0
    volume: float | None = None
    text: str = ""
    transition: str = ""
    transition_ms: int = 0
    raw: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)

    @property
    def end_ms(self) -> int:
        """Where the segment ends on the timeline."""
        return self.start_ms + self.duration_ms

    @property
    def meta(self) -> dict[str, Any]:
        """Its metadata, `m`, as they came; empty where there are none."""
        return _dict(self.raw.get("m"))

    @property
    def text_kind(self) -> str:
        """What kind of text it is, if it is one: a key of `schema.TEXT_KINDS`."""
        return text_kind(self.meta.get("style"))


@printable_repr
@dataclass(frozen=True, slots=True)
class Track:
    """One track: `kind` is video, audio or text, or `type N` for a track type the protocol does not name."""

    index: int
    type: int | None
    kind: str
    name: str
    segments: tuple[Segment, ...]
    raw: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)

    @property
    def end_ms(self) -> int:
        """Where the last segment ends."""
        return max((s.end_ms for s in self.segments), default=0)


class HasTracks(Protocol):
    """Whatever can be laid out, such as a `Draft`."""

    def layout(self) -> tuple[Track, ...]:
        """The tracks in order."""


def tracks_of(data: dict[str, Any]) -> tuple[Track, ...]:
    """The tracks of a draft's JSON in order, each with its segments laid out in time."""
    return tuple(_track(i, raw) for i, raw in enumerate(_dicts(data.get("t"))))


def meta_of(data: dict[str, Any]) -> dict[str, Any]:
    """The root's `m` of a draft's JSON, empty where there is none."""
    return _dict(data.get("m"))


def has_segments(data: dict[str, Any]) -> bool:
    """Whether a track of a draft's JSON has a segment."""
    return any(_dicts(track.get("sg")) for track in _dicts(data.get("t")))


def main_track(data: Mapping[str, Any]) -> dict[str, Any] | None:
    """The track that is cut, as it came: the first of pictures, else the sound track called `Main`."""
    tracks = [track for track in _dicts(data.get("t")) if _dicts(track.get("sg"))]
    films = [track for track in tracks if _type(track) == VIDEO]
    sounds = [t for t in tracks if _type(t) == AUDIO and _dict(t.get("m")).get("name") == MAIN]
    return next(iter(films or sounds), None)


def is_sound(data: Mapping[str, Any]) -> bool:
    """Whether what is cut is sound alone, as a podcast is."""
    main = main_track(data)
    return main is not None and _type(main) == AUDIO


def sound_tracks(raw: dict[str, Any]) -> tuple[int, ...]:
    """Which sound tracks of its source a segment plays, by their numbers from 1; none for all of them."""
    told = _dict(raw.get("m")).get("tracks")
    numbers = told if isinstance(told, list) else []
    return tuple(sorted({n for n in numbers if isinstance(n, int) and not isinstance(n, bool) and n > 0}))


def length_ms(tracks: Sequence[Track]) -> int:
    """The length of a timeline with these tracks; see `Draft.duration_ms`."""
    video = [t.end_ms for t in tracks if t.type == VIDEO and t.segments]
    return max(video or [t.end_ms for t in tracks] or [0])


def _track(index: int, raw: dict[str, Any]) -> Track:
    kind = _type(raw)
    end, segments = 0, []
    for i, segment in enumerate(_dicts(raw.get("sg"))):
        segments.append(_segment(i, segment, end))
        end = segments[-1].end_ms
    name = _text(_dict(raw.get("m")).get("name"))
    return Track(
        index,
        kind,
        _KINDS.get(kind, f"type {kind}") if kind is not None else "unknown",
        name,
        tuple(segments),
        raw,
    )


def _type(track: dict[str, Any]) -> int | None:
    kind = _number(track.get("tt"))
    return int(kind) if kind is not None and kind.is_integer() else None


def _segment(index: int, raw: dict[str, Any], after: int) -> Segment:
    meta = _dict(raw.get("m"))
    start, cut = _ms(meta.get("start")), _dict(meta.get("transition"))
    speed, volume = _number(meta.get("speed")), _number(meta.get("volume"))
    text = _text(meta.get("text"))
    return Segment(
        index=index,
        id=_text(meta.get("id")),
        name=_text(meta.get("name")) or text,
        start_ms=after if start is None else start,
        duration_ms=max(0, _ms(raw.get("d")) or 0),
        src=_text(meta.get("src")),
        in_ms=_ms(meta.get("in")),
        out_ms=_ms(meta.get("out")),
        speed=1.0 if speed is None else speed,
        volume=volume,
        text=text,
        transition=_text(cut.get("type")),
        transition_ms=max(0, _ms(cut.get("d")) or 0),
        raw=raw,
    )


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _number(value: Any) -> float | None:
    """A number, also where a server writes it as a text; None for anything else."""
    if isinstance(value, str) and len(value) <= _LONGEST_NUMBER:
        with contextlib.suppress(ValueError):
            value = float(value)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return float(value) if abs(value) < _ABSURD else None  # neither is NaN smaller than anything


def _ms(value: Any) -> int | None:
    number = _number(value)
    return None if number is None else round(number)
