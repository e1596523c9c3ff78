"""What a film shows in which frames, as keys that are equal where pictures are: a later export compares them.

A key stands for all that a picture depends on: files, moments, treatments, titles and fonts, but not for the
place on the timeline. So a part that has moved is found again.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Self

import av

from nemo_widgets.fonts import can_shape, installed, of_extra

from .formats import form_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .model import Plan, Span, Title, VideoClip

__all__ = ["FilmIndex", "IndexRow", "index_of"]

_MARGIN = 2
"""So many frames before the end of what is shown of a clip, the end begins to count."""
_MOST = 1 << 20
"""Letters: what would be longer is not kept."""


@dataclass(frozen=True, slots=True)
class IndexRow:
    """Frames `first` until `last` (exclusive) of a film.

    Where another row has the same `key`, its frame `base` + n shows what this one's frame `base` + n does.
    """

    first: int
    last: int
    base: int
    key: str


@dataclass(frozen=True, slots=True)
class FilmIndex:
    """What a film shows.

    Attributes:
        whole: what all of the film depends on, sound included.
        encoding: how its pictures are encoded.
        rows: what they show, but for those that a fade of the whole touches; none where sound is drawn.
    """

    whole: str
    encoding: str
    rows: tuple[IndexRow, ...]

    @classmethod
    def read(cls, text: str) -> Self | None:
        """The index from its JSON; None where it is none."""
        try:
            data = json.loads(text)
            rows = tuple(IndexRow(int(a), int(b), int(base), str(key)) for a, b, base, key in data["rows"])
            return cls(str(data["whole"]), str(data["encoding"]), rows)
        except (ValueError, TypeError, KeyError, IndexError, RecursionError):
            return None

    def written(self) -> str:
        """The index as JSON; "" where that would be too long to be kept."""
        rows = [list(asdict(row).values()) for row in self.rows]
        text = json.dumps({"whole": self.whole, "encoding": self.encoding, "rows": rows})
        return text if len(text) <= _MOST else ""


def index_of(plan: Plan) -> FilmIndex:
    """What the film of a plan shows.

    Raises:
        OSError: one of its files is not there.
    """
    made_by = f"nemo-widgets {version('nemo-widgets')}, PyAV {av.__version__}"
    # Who asks for frames of one's own (`copied` False) gets none that an earlier film took over from a clip.
    encoder = form_of(plan.format).video
    form = (
        encoder and encoder.codec,
        plan.width,
        plan.height,
        plan.fps,
        plan.crf,
        plan.preset,
        plan.quality,
        plan.copied,
    )
    paths = {clip.path for span in plan.spans for clip in (span.below, span.above) if clip is not None}
    paths |= {piece.source for piece in plan.pieces if isinstance(piece.source, Path)}
    marks = {path: _mark(path) for path in paths}
    fonts = _fonts() if any(span.titles for span in plan.spans) else ""
    begin, end = plan.fades.enter, plan.frames - plan.fades.leave
    # Else nothing of the spans is shown as they say, or can be taken over.
    alone = plan.waveform or encoder is None or not encoder.copies
    rows = (
        IndexRow(max(first, begin), min(last, end), base, _hash(key, fonts if span.titles else ""))
        for span in (() if alone else plan.spans)
        for first, last, base, key in _keys(span, marks)
    )
    return FilmIndex(
        _hash(made_by, repr(plan), repr(sorted(marks.values())), fonts),
        _hash(made_by, repr(form)),
        tuple(row for row in rows if row.first < row.last),
    )


def _keys(span: Span, marks: dict[Path, str]) -> Iterator[tuple[int, int, int, str]]:
    """Stretches of a span, each with base and key: where its clip's end does not count, and where it does."""
    edge = _edge(span)
    for first, last in pairwise(sorted({span.first, min(max(edge, span.first), span.last), span.last})):
        layers = [_begin(clip) for clip in (span.below, span.above) if clip is not None]
        base = next(iter((*layers, *(title.first for title in span.titles))), first)
        counts = first >= edge
        clips = [_layer(clip, base, marks, counts=counts) for clip in (span.below, span.above)]
        blend = tuple(n - base for n in span.blend) if span.above else ()
        titles = [repr(_moved(title, base)) for title in span.titles]
        yield first, last, base, repr((clips, blend, span.transition, titles))


def _edge(span: Span) -> int:
    """From which frame on the end of the span's clip counts."""
    clip = span.below
    if clip is None or span.above is not None or clip.treatment.moving or clip.step < 0:
        return span.first
    if clip.end is None or not clip.step:
        return span.last
    margin = _MARGIN * max(clip.frame, clip.step)
    return clip.first + int((clip.end - margin - clip.begin) // clip.step)


def _begin(clip: VideoClip) -> int:
    """The frame at which the clip would begin if nothing were cut off before what is shown of it."""
    return clip.first - (clip.begin // clip.step if clip.step > 0 and not clip.treatment.moving else 0)


def _layer(clip: VideoClip | None, base: int, marks: dict[Path, str], *, counts: bool) -> str:
    if clip is None:
        return ""
    begin = _begin(clip)
    told = replace(clip, name="", first=begin - base, begin=clip.begin - (clip.first - begin) * clip.step)
    told = replace(told, last=clip.last - base if clip.treatment.moving else 0)
    return f"{told if counts else replace(told, end=None)} {marks[clip.path]}"


def _moved(title: Title, base: int) -> Title:
    return replace(title, first=title.first - base, last=title.last - base)


def _mark(path: Path) -> str:
    """What tells a file from what it was before, and from others."""
    found = path.stat()
    return f"{path} {found.st_size} {found.st_mtime_ns}"


@cache
def _fonts() -> str:
    """The fonts that titles are drawn in here, beside the package's own."""
    return _hash(str(can_shape()), *(str(face.path) for face in (*of_extra(), *installed())))


def _hash(*texts: str) -> str:
    return sha256("\0".join(texts).encode("utf-8", "surrogatepass")).hexdigest()[:32]
