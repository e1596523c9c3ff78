"""The timeline as a picture: a ruler, a row a track, its segments, transitions, music and titles."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from PIL import Image

from nemo_widgets.catalogue import say
from nemo_widgets.draft import length_ms, summary
from nemo_widgets.interrupts import stoppable, to_thread
from nemo_widgets.languages import speaking, spoken

from .bundle import picture_bundle
from .canvas import GREY, GROUND, INK, LETTERS, MARKER, Canvas
from .timeline_frame import (
    BAND,
    EDGE,
    FOOT,
    GAP,
    GUTTER,
    RIGHT,
    RULER,
    line_of_words,
    row_name,
    ruler,
    wide_of,
)
from .timeline_rows import draw_row, rows_of

if TYPE_CHECKING:
    from nemo_widgets.draft import Bundle, Draft

__all__ = ["WIDTH", "Strip", "TimelinePicture", "timeline_png"]

WIDTH = 640
"""That of a film's poster: a page of 640 pixels shows it nearly whole."""
_BAR = 12
_MOST_ROWS = 30


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
    height = RULER + sum(row.height + GAP for row in rows) + FOOT + (BAND if hidden or not rows else 0)
    canvas = Canvas(width, height + (_BAR + GAP + BAND if strip else 0))
    total_ms = length_ms(tracks)
    end_ms = max([0, total_ms, *(row.end_ms for row in rows)])
    left, right = GUTTER, max(GUTTER + 50, width - RIGHT)
    per_ms = (right - left) / (end_ms or 1000)

    if rows:
        ruler(canvas, left, per_ms, total_ms, end_ms, top=0, bottom=canvas.height - FOOT)
    y = float(RULER)
    for row in rows:
        canvas.rounded((left, y, right, y + row.height), 4, (*GREY, 34))
        row_name(canvas, row, y)
        draw_row(canvas, row, y, (left, right), per_ms)
        y += row.height + GAP
    if not rows:
        line_of_words(canvas, y - RULER + FOOT, say("timeline.empty"))
    elif hidden:
        line_of_words(canvas, y, say("timeline.more one" if hidden == 1 else "timeline.more", count=hidden))
    if strip is not None:
        _strip(canvas, strip, canvas.height - FOOT - BAND - GAP - _BAR, left, per_ms)
    if playhead_ms is not None and rows:
        _playhead(canvas, min(right, left + max(0, playhead_ms) * per_ms), height)
    out = io.BytesIO()
    # A palette of its 256 commonest colours: a third of the bytes, and no difference to the eye.
    small = canvas.finished().quantize(256, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    small.save(out, "PNG", compress_level=9)
    return out.getvalue()


def _strip(canvas: Canvas, strip: Strip, y: float, left: float, per_ms: float) -> None:
    """The bars, and below them what their colours mean."""
    for start, end, colour in strip.bars:
        x0 = left + start * per_ms
        canvas.rounded((x0, y, max(x0 + 1, left + end * per_ms), y + _BAR), 1, (*colour, 255))
    x, y = 0.0, y + _BAR + GAP
    for colour, words in strip.key:
        wide = _BAR + 2 * EDGE + wide_of(words) + EDGE
        canvas.rounded((x, y, x + wide, y + BAND), 4, (*GROUND, 255))
        canvas.rounded((x + EDGE, y + 5, x + EDGE + _BAR, y + BAND - 5), 2, (*colour, 255))
        canvas.text((x + _BAR + 2 * EDGE, y + BAND / 2), words, LETTERS, INK)
        x += wide + GAP


def _playhead(canvas: Canvas, x: float, height: float) -> None:
    canvas.line(x, 10, height - FOOT, 1.5, (*MARKER, 255))
    canvas.polygon([(x - 5, 3), (x + 5, 3), (x + 5, 8), (x, 14), (x - 5, 8)], (*MARKER, 255))
