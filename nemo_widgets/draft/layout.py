"""The tracks and segments of a draft's JSON, laid out in time."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from nemo_widgets.printable import printable_repr

from .schema import text_kind
from .values import dicts, mapping, ms, number, text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = [
    "AUDIO",
    "KINDS",
    "MAIN",
    "TEXT",
    "VIDEO",
    "HasData",
    "HasTracks",
    "Segment",
    "Track",
    "has_segments",
    "is_sound",
    "kind_of",
    "length_ms",
    "main_track",
    "meta_of",
    "segment_of",
    "sound_tracks",
    "tracks_of",
    "type_of",
]

VIDEO, AUDIO, TEXT = 0, 1, 7
"""Track types (`tt`) of the protocol, §8."""

MAIN = "Main"
"""What the studio calls the track of the clips."""
KINDS = {VIDEO: "video", AUDIO: "audio", TEXT: "text"}


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
        return mapping(self.raw.get("m"))

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


class HasData(HasTracks, Protocol):
    """Whatever is read of its JSON, such as a `Draft`."""

    data: dict[str, Any]

    @property
    def meta(self) -> dict[str, Any]:
        """The root's `m`."""


def tracks_of(data: dict[str, Any]) -> tuple[Track, ...]:
    """The tracks of a draft's JSON in order, each with its segments laid out in time."""
    return tuple(_track(i, raw) for i, raw in enumerate(dicts(data.get("t"))))


def meta_of(data: dict[str, Any]) -> dict[str, Any]:
    """The root's `m` of a draft's JSON, empty where there is none."""
    return mapping(data.get("m"))


def has_segments(data: dict[str, Any]) -> bool:
    """Whether a track of a draft's JSON has a segment."""
    return any(dicts(track.get("sg")) for track in dicts(data.get("t")))


def main_track(data: Mapping[str, Any]) -> dict[str, Any] | None:
    """The track that is cut, as it came: the first of pictures, else the sound track called `Main`."""
    tracks = [track for track in dicts(data.get("t")) if dicts(track.get("sg"))]
    films = [track for track in tracks if type_of(track) == VIDEO]
    sounds = [t for t in tracks if type_of(t) == AUDIO and mapping(t.get("m")).get("name") == MAIN]
    return next(iter(films or sounds), None)


def is_sound(data: Mapping[str, Any]) -> bool:
    """Whether what is cut is sound alone, as a podcast is."""
    main = main_track(data)
    return main is not None and type_of(main) == AUDIO


def sound_tracks(raw: dict[str, Any]) -> tuple[int, ...]:
    """Which sound tracks of its source a segment plays, by their numbers from 1; none for all of them."""
    told = mapping(raw.get("m")).get("tracks")
    numbers = told if isinstance(told, list) else []
    return tuple(sorted({n for n in numbers if isinstance(n, int) and not isinstance(n, bool) and n > 0}))


def length_ms(tracks: Sequence[Track]) -> int:
    """The length of a timeline with these tracks; see `Draft.duration_ms`."""
    video = [t.end_ms for t in tracks if t.type == VIDEO and t.segments]
    return max(video or [t.end_ms for t in tracks] or [0])


def _track(index: int, raw: dict[str, Any]) -> Track:
    kind = type_of(raw)
    end, segments = 0, []
    for i, segment in enumerate(dicts(raw.get("sg"))):
        segments.append(segment_of(i, segment, end))
        end = segments[-1].end_ms
    name = text(mapping(raw.get("m")).get("name"))
    return Track(
        index,
        kind,
        kind_of(kind),
        name,
        tuple(segments),
        raw,
    )


def kind_of(type_: int | None) -> str:
    """What a track type is called: video, audio, text, `type N`, or unknown."""
    return KINDS.get(type_, f"type {type_}") if type_ is not None else "unknown"


def type_of(track: dict[str, Any]) -> int | None:
    """A track's type (`tt`); None where it has none."""
    kind = number(track.get("tt"))
    return int(kind) if kind is not None and kind.is_integer() else None


def segment_of(index: int, raw: dict[str, Any], after: int) -> Segment:
    """A segment, laid out `after` what stands before it where it does not say its start."""
    meta = mapping(raw.get("m"))
    start, cut = ms(meta.get("start")), mapping(meta.get("transition"))
    speed, volume = number(meta.get("speed")), number(meta.get("volume"))
    words = text(meta.get("text"))
    return Segment(
        index=index,
        id=text(meta.get("id")),
        name=text(meta.get("name")) or words,
        start_ms=after if start is None else start,
        duration_ms=max(0, ms(raw.get("d")) or 0),
        src=text(meta.get("src")),
        in_ms=ms(meta.get("in")),
        out_ms=ms(meta.get("out")),
        speed=1.0 if speed is None else speed,
        volume=volume,
        text=words,
        transition=text(cut.get("type")),
        transition_ms=max(0, ms(cut.get("d")) or 0),
        raw=raw,
    )
