"""The timeline as a picture: a ruler, a row a track, its segments, transitions, music and titles."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from PIL import Image

from nemo_widgets.catalogue import say
from nemo_widgets.draft import clock, length_ms, summary
from nemo_widgets.draft.schema import track_kind, track_name
from nemo_widgets.fonts import length_of
from nemo_widgets.interrupts import stoppable, to_thread
from nemo_widgets.languages import speaking, spoken

from .bundle import picture_bundle
from .canvas import GREY, GROUND, INK, LETTERS, MARKER, Canvas
from .timeline_rows import Row, draw_row, rows_of

if TYPE_CHECKING:
    from nemo_widgets.draft import Bundle, Draft

__all__ = ["WIDTH", "Strip", "TimelinePicture", "timeline_png"]

WIDTH = 640
"""That of a film's poster: a page of 640 pixels shows it nearly whole."""
_GUTTER, _RIGHT = 88, 44
_BAND, _RULER, _GAP, _FOOT = 22, 28, 6, 4
_EDGE, _BAR = 7, 12
_TWO_LINES = 34
_FAINT = (184, 191, 203)
_MOST_ROWS = 30
_SUBSECONDS = (1, 2, 5, 10, 20, 50, 100, 200, 500)
_SECONDS = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600)
_STEPS = (*_SUBSECONDS, *(1000 * s for s in _SECONDS))


@dataclass(frozen=True, slots=True)
class Strip:
    """A strip of bars below the tracks.

    Attributes:
        bars: start and end in ms, and the colour.
        key: what a colour means.
    """

    bars: tuple[tuple[int, int, tuple[int, int, int]], ...]
    key: tuple[tuple[tuple[int, int, int], str], ...]


class TimelinePicture:
    """A draft's timeline, shown in a notebook as a picture and in a terminal as its summary."""

    def __init__(self, draft: Draft, *, width: int = WIDTH, playhead_ms: int | None = None) -> None:
        self._draft = draft
        self._width = width
        self._playhead_ms = playhead_ms
        self._language = spoken()

    def __repr__(self) -> str:
        return summary(self._draft, self._language)

    @property
    @stoppable
    def png(self) -> bytes:
        """The picture, twice as many pixels wide as it is shown."""
        return to_thread(lambda: self._png)

    @cached_property
    def _png(self) -> bytes:
        with speaking(self._language):
            return timeline_png(self._draft, width=self._width, playhead_ms=self._playhead_ms)

    @stoppable
    def _repr_mimebundle_(self, **_: Any) -> Bundle:
        return to_thread(self._bundle)

    def _bundle(self) -> Bundle:
        high = int.from_bytes(self._png[20:24], "big") // 2  # from its header
        return picture_bundle(self._png, repr(self), width=self._width, height=high)


def timeline_png(
    draft: Draft, *, width: int = WIDTH, playhead_ms: int | None = None, strip: Strip | None = None
) -> bytes:
    """The timeline as PNG, to be shown `width` pixels wide (it has twice as many, for fine screens).

    The page behind is transparent, and everything is legible on a light and on a dark one. What stands above
    the tracks are positions (`0:04`), what stands on them are lengths (`4.1 s`). Segments too narrow to be
    seen are drawn together with their number, so drawing takes well under a second however many there are;
    reading a draft takes some seconds a million segments.
    The same draft gives the same bytes in the same language.
    """
    tracks = draft.layout()
    film = draft.data.get("m")
    rows = rows_of(tracks[:_MOST_ROWS], film if isinstance(film, dict) else None)
    hidden = max(0, len(tracks) - _MOST_ROWS)
    height = _RULER + sum(row.height + _GAP for row in rows) + _FOOT + (_BAND if hidden or not rows else 0)
    canvas = Canvas(width, height + (_BAR + _GAP + _BAND if strip else 0))
    total_ms = length_ms(tracks)
    end_ms = max([0, total_ms, *(row.end_ms for row in rows)])
    left, right = _GUTTER, max(_GUTTER + 50, width - _RIGHT)
    per_ms = (right - left) / (end_ms or 1000)

    if rows:
        _ruler(canvas, left, per_ms, total_ms, end_ms)
    y = float(_RULER)
    for row in rows:
        canvas.rounded((left, y, right, y + row.height), 4, (*GREY, 34))
        _name(canvas, row, y)
        draw_row(canvas, row, y, (left, right), per_ms)
        y += row.height + _GAP
    if not rows:
        _line(canvas, y - _RULER + _FOOT, say("timeline.empty"))
    elif hidden:
        _line(canvas, y, say("timeline.more one" if hidden == 1 else "timeline.more", count=hidden))
    if strip is not None:
        _strip(canvas, strip, canvas.height - _FOOT - _BAND - _GAP - _BAR, left, per_ms)
    if playhead_ms is not None and rows:
        _playhead(canvas, min(right, left + max(0, playhead_ms) * per_ms), height)
    out = io.BytesIO()
    # A palette of its 256 commonest colours: a third of the bytes, and no difference to the eye.
    small = canvas.finished().quantize(256, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    small.save(out, "PNG", compress_level=9)
    return out.getvalue()


def _ruler(canvas: Canvas, left: float, per_ms: float, total_ms: int, end_ms: int) -> None:
    """A band with round times, and a pill with the total length where the timeline ends."""
    total, end_x = clock(total_ms), left + total_ms * per_ms
    pill = _wide(total) + 14
    pill_left = min(end_x - 6, canvas.width - pill - 2)
    step = _step(per_ms, end_ms)
    bottom = canvas.height - _FOOT
    canvas.rounded((0, 0, canvas.width, _BAND), 4, (*GROUND, 255))
    for at in range(0, end_ms + 1, step):
        x, words = left + at * per_ms, clock(at, exact=True)
        half = _wide(words) / 2
        if pill_left - half - 6 < x < pill_left + pill + half + 6:
            continue  # a tick without its number says nothing
        canvas.line(x, _BAND - 4, _BAND, 1, (*INK, 255))
        canvas.line(x, _RULER, bottom, 1, (*GREY, 40))
        canvas.text((x, _BAND / 2 - 1), words, LETTERS, INK, "mm")
    canvas.line(end_x, _BAND, bottom, 1.5, (*GREY, 255))
    canvas.rounded((pill_left, 2, pill_left + pill, _BAND - 2), 9, (*INK, 255))
    canvas.text((pill_left + pill / 2, _BAND / 2), total, LETTERS, GROUND, "mm")


def _step(per_ms: float, end_ms: int) -> int:
    """The smallest round step between ticks whose labels have room."""
    room = _wide(clock(end_ms)) + 26
    step = next((step for step in _STEPS if step * per_ms >= room), _STEPS[-1])
    while step * per_ms < room:
        step *= 2
    return step


def _wide(words: str) -> float:
    return length_of(words, round(LETTERS * 2)) / 2


def _name(canvas: Canvas, row: Row, y: float) -> None:
    """The track's name and, below it where there is room, its kind, beside a bar of the track's colour."""
    middle, kind = y + row.height / 2, track_kind(row.kind).said(spoken())
    name = track_name(row.name).said(spoken()) or kind
    lines = [name] if name.lower() == kind.lower() or row.height < _TWO_LINES else [name, kind]
    canvas.rounded((0, y, _GUTTER - _GAP, y + row.height), 4, (*GROUND, 255))
    canvas.rounded((0, y, 4, y + row.height), 2, (*row.colour, 255))
    for n, line in enumerate(lines):
        at = (4 + _EDGE, middle + (n - (len(lines) - 1) / 2) * min(17, row.height / 2 - 3))
        canvas.label(at, _GUTTER - _GAP - 4 - _EDGE - 3, line, LETTERS, _FAINT if n else INK)


def _strip(canvas: Canvas, strip: Strip, y: float, left: float, per_ms: float) -> None:
    """The bars, and below them what their colours mean."""
    for start, end, colour in strip.bars:
        x0 = left + start * per_ms
        canvas.rounded((x0, y, max(x0 + 1, left + end * per_ms), y + _BAR), 1, (*colour, 255))
    x, y = 0.0, y + _BAR + _GAP
    for colour, words in strip.key:
        wide = _BAR + 2 * _EDGE + _wide(words) + _EDGE
        canvas.rounded((x, y, x + wide, y + _BAND), 4, (*GROUND, 255))
        canvas.rounded((x + _EDGE, y + 5, x + _EDGE + _BAR, y + _BAND - 5), 2, (*colour, 255))
        canvas.text((x + _BAR + 2 * _EDGE, y + _BAND / 2), words, LETTERS, INK)
        x += wide + _GAP


def _line(canvas: Canvas, y: float, words: str) -> None:
    """A line of words alone."""
    canvas.rounded((0, y, _wide(words) + 2 * _EDGE, y + _BAND), 4, (*GROUND, 255))
    canvas.text((_EDGE, y + _BAND / 2), words, LETTERS, INK)


def _playhead(canvas: Canvas, x: float, height: float) -> None:
    canvas.line(x, 10, height - _FOOT, 1.5, (*MARKER, 255))
    canvas.polygon([(x - 5, 3), (x + 5, 3), (x + 5, 8), (x, 14), (x - 5, 8)], (*MARKER, 255))
