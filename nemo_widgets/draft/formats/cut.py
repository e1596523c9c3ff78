"""A timeline as editors hold it: lanes of pieces in whole frames. Each format writes and reads these."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote, urlsplit

from nemo_widgets.links import is_link, link_name, without_query
from nemo_widgets.media_types import MEDIA_TYPES
from nemo_widgets.printable import without_controls

if TYPE_CHECKING:
    from .rates import Rate

__all__ = [
    "Cut",
    "Lane",
    "Medium",
    "Piece",
    "at_link",
    "before",
    "file_name",
    "kind_of",
    "line_of",
    "path_of",
]

_LONGEST = 1000
"""In characters: no name of a file or a clip is longer, and some programs read a line into a fixed space."""
_DRIVE = 2


@dataclass(frozen=True, slots=True)
class Medium:
    """What is known of a source beyond its link: where its file is, and its length in ms (0: unknown)."""

    path: str = ""
    duration_ms: int = 0


@dataclass(frozen=True, slots=True)
class Piece:
    """One clip, sound or text on a lane.

    Attributes:
        start, end: frames of the timeline; `end` is the first that is not shown.
        source: the path or link of its file; "" for none.
        source_in: the frame of the source that is shown first, counted at the timeline's rate.
        speed: in times its own; below 0 backwards, 0 where one picture is held.
        volume: None where nothing is said, 1 as recorded.
        transition: what leads into it, over `overlap` frames in which the piece before plays on.
        raw: the segment that it is of, as it came; empty where it comes from elsewhere.
        place: its track and its place in that, both from 0; None where it comes from elsewhere.
    """

    start: int
    end: int
    name: str = ""
    source: str = ""
    source_in: int = 0
    speed: Fraction = Fraction(1)
    volume: float | None = None
    text: str = ""
    transition: str = ""
    overlap: int = 0
    raw: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)
    place: tuple[int, int] | None = field(default=None, compare=False)

    @property
    def length(self) -> int:
        """In frames of the timeline."""
        return self.end - self.start

    @property
    def source_length(self) -> int:
        """In frames of the source: at least one."""
        return max(1, round(self.length * abs(self.speed)))

    @property
    def source_out(self) -> int:
        """The first frame of the source that is not shown any more."""
        return self.source_in + self.source_length

    def part(self, start: int, end: int) -> Piece:
        """The same from one frame of the timeline to another, which may also lie outside of it."""
        left_out = self.end - end if self.speed < 0 else start - self.start
        begin = self.source_in + round(left_out * abs(self.speed))
        return replace(self, start=start, end=end, source_in=begin)

    def has_sound(self) -> bool:
        """Whether sound may be heard of it: it is no photo, is not held, and not silenced."""
        held = self.speed == 0 or kind_of(self.source) == "image"
        return bool(self.source) and not held and self.volume != 0


@dataclass(frozen=True, slots=True)
class Lane:
    """A track: its kind is video, audio or text. No two pieces overlap but where a transition leads over."""

    kind: str
    name: str = ""
    pieces: tuple[Piece, ...] = ()
    raw: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)

    def parts(self) -> tuple[Piece, ...]:
        """The pieces one behind the other: each transition is cut in its middle."""
        starts = [piece.start + before(piece) for piece in self.pieces]
        after = [*zip(starts[1:], self.pieces[1:], strict=True), (0, Piece(0, 0))]
        ends = [
            at if next_.overlap else piece.end for piece, (at, next_) in zip(self.pieces, after, strict=True)
        ]
        return tuple(p.part(s, e) for p, s, e in zip(self.pieces, starts, ends, strict=True))


def before(piece: Piece) -> int:
    """How many frames of the transition into a piece lie before its middle, where it is cut."""
    return piece.overlap // 2


@dataclass(frozen=True, slots=True)
class Cut:
    """A whole timeline.

    Attributes:
        media: what is known of sources, by the `src` of the draft or the file's name.
    """

    rate: Rate
    lanes: tuple[Lane, ...] = ()
    title: str = ""
    width: int = 0
    height: int = 0
    raw: dict[str, Any] = field(default_factory=dict, repr=False)
    media: dict[str, Medium] = field(default_factory=dict, repr=False)

    @property
    def length(self) -> int:
        """In frames."""
        return max((piece.end for lane in self.lanes for piece in lane.pieces), default=0)

    def of(self, kind: str) -> tuple[Lane, ...]:
        """The lanes of a kind, from the lowest."""
        return tuple(lane for lane in self.lanes if lane.kind == kind)

    def sounds(self) -> tuple[Lane, ...]:
        """For each lane of pictures one of the sound that they bring, in the same order; some may be empty.

        Where pictures dissolve the sound is cut, for not all of it has a neighbour that it could lead to.
        """
        return tuple(
            replace(
                lane,
                kind="audio",
                pieces=tuple(replace(p, overlap=0, transition="") for p in lane.parts() if p.has_sound()),
            )
            for lane in self.of("video")
        )

    def source_lengths(self) -> dict[str, int]:
        """How long each source is, by its path, in frames: as is known, and at least as far as shown."""
        found: dict[str, int] = {}
        for piece in (p for lane in self.lanes for p in lane.pieces if p.source):
            path, known = self.path(piece.source), self.medium(piece.source).duration_ms
            found[path] = max(found.get(path) or self.rate.frames(known), piece.source_out)
        return found

    def medium(self, source: str) -> Medium:
        """What is known of a source, or of its file's name."""
        return self.media.get(source) or self.media.get(file_name(source)) or Medium()

    def path(self, source: str) -> str:
        """Where a source is for another program: its file if that is known, else its link without secrets."""
        known = self.medium(source).path
        web = is_link(source) and not source.lower().startswith("file:")
        return known or (without_query(source) if web else source)


def line_of(text: str, most: int = _LONGEST) -> str:
    """A text on one line, without controls and overrides of direction, cut to the length of a name."""
    return " ".join(without_controls(text[: 4 * most]).split())[:most].rstrip()


def file_name(path: str) -> str:
    """The name of the file at a path or link."""
    if path.lower().startswith("file:"):
        path = path_of(path)
    elif is_link(path):
        return link_name(path)
    kind = PureWindowsPath if "\\" in path and "/" not in path else PurePosixPath
    return kind(path).name or path


def kind_of(path: str) -> str:
    """What a file at a path or link holds by its name: video, image, audio or text; "" where that is unknown.

    >>> kind_of("/films/a.JPG"), kind_of("https://a.org/b.mp3?sig=1"), kind_of("Main")
    ('image', 'audio', '')
    """
    stem, dot, ending = file_name(without_query(path) if is_link(path) else path).rpartition(".")
    known = MEDIA_TYPES.get(f".{ending.lower()}") if dot and stem else None
    return known.kind if known is not None else ""


def at_link(path: str, host: str = "") -> str:
    r"""A path as a `file:` link, its odd characters escaped; what is a link already, as it is.

    >>> at_link("/films/a b.mp4"), at_link(r"C:\films\a.mp4"), at_link("https://a.org/x.mp4")
    ('file:///films/a%20b.mp4', 'file:///C:/films/a.mp4', 'https://a.org/x.mp4')
    """
    if is_link(path) or path.lower().startswith("file:"):
        return path
    plain = path.replace("\\", "/") if path[1:_DRIVE] == ":" else path
    safe = quote(plain.encode("utf-8", "replace"), safe="/:" if plain[1:_DRIVE] == ":" else "/")
    if plain[1:_DRIVE] == ":":
        return f"file://{host}/{safe}"
    return f"file://{host}{safe}" if plain.startswith("/") else safe


def path_of(link: str) -> str:
    """The path of a `file:` link; anything else as it is, a relative one unescaped.

    >>> path_of("file://localhost/films/a%20b.mp4"), path_of("file:///C:/a.mp4"), path_of("https://a.org/x")
    ('/films/a b.mp4', 'C:/a.mp4', 'https://a.org/x')
    """
    if not link.lower().startswith("file:"):
        return link if is_link(link) else unquote(link)
    try:
        path = unquote(urlsplit(link).path)
    except ValueError:
        return link
    return path[1:] if path[2:3] == ":" and path[:1] == "/" else path
