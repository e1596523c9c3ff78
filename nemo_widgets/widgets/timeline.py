"""The timeline as a picture: a ruler, a row a track, its segments, transitions, music and titles."""

from __future__ import annotations

import base64
import io
from functools import cached_property
from typing import TYPE_CHECKING, Any

from PIL import Image

from nemo_widgets.draft import clock, summary
from nemo_widgets.fonts import font

from .canvas import GREY, INK, MARKER, PILL, Canvas
from .timeline_rows import Row, brief, draw_row, rows_of

if TYPE_CHECKING:
    from nemo_widgets.draft import Draft

__all__ = ["TimelinePicture", "timeline_png"]

_GUTTER, _RIGHT = 92, 62
_RULER, _GAP, _FOOT = 26, 6, 4
_MOST_ROWS = 30
_TICK_SIZE = 10
_SUBSECONDS = (1, 2, 5, 10, 20, 50, 100, 200, 500)
_SECONDS = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600)
_STEPS = (*_SUBSECONDS, *(1000 * s for s in _SECONDS))


class TimelinePicture:
    """A draft's timeline, shown in a notebook as a picture and in a terminal as its summary."""

    def __init__(self, draft: Draft, *, width: int = 920, playhead_ms: int | None = None) -> None:
        self._draft = draft
        self._width = width
        self._playhead_ms = playhead_ms

    def __repr__(self) -> str:
        return summary(self._draft)

    @cached_property
    def png(self) -> bytes:
        """The picture, twice as many pixels wide as it is shown."""
        return timeline_png(self._draft, width=self._width, playhead_ms=self._playhead_ms)

    def _repr_mimebundle_(self, **_: Any) -> tuple[dict[str, str], dict[str, Any]]:
        data = {"text/plain": repr(self), "image/png": base64.b64encode(self.png).decode("ascii")}
        return data, {"image/png": {"width": self._width}}


def timeline_png(draft: Draft, *, width: int = 920, playhead_ms: int | None = None) -> bytes:
    """The timeline as PNG, to be shown `width` pixels wide (it has twice as many, for fine screens).

    The page behind is transparent, and everything is legible on a light and on a dark one. Segments too
    narrow to be seen are drawn together with their number, so any length of draft takes well under a second.
    The same draft gives the same bytes.
    """
    rows = rows_of(draft)
    hidden = max(0, len(rows) - _MOST_ROWS)
    rows = rows[:_MOST_ROWS]
    height = _RULER + sum(row.height + _GAP for row in rows) + _FOOT + (18 if hidden or not rows else 0)
    canvas = Canvas(width, height)
    end_ms = max([0, draft.duration_ms, *(row.end_ms for row in rows)])
    left, right = _GUTTER, max(_GUTTER + 50, width - _RIGHT)
    per_ms = (right - left) / (end_ms or 1000)

    if rows:
        _ruler(canvas, left, per_ms, draft.duration_ms, end_ms)
    y = float(_RULER)
    for row in rows:
        canvas.rounded((left, y, right, y + row.height), 4, (*GREY, 34))
        _name(canvas, row, y)
        draw_row(canvas, row, left, y, per_ms)
        y += row.height + _GAP
    if not rows:
        canvas.text((left, y + 6), "Nothing is on the timeline yet.", 12, INK)
    elif hidden:
        canvas.text((left, y + 8), f"and {hidden} more track{'s' * (hidden != 1)}", 11, INK)
    if playhead_ms is not None and rows:
        _playhead(canvas, min(right, left + max(0, playhead_ms) * per_ms), height)
    out = io.BytesIO()
    # A palette of its 256 commonest colours: a third of the bytes, and no difference to the eye.
    small = canvas.finished().quantize(256, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    small.save(out, "PNG", compress_level=9)
    return out.getvalue()


def _ruler(canvas: Canvas, left: float, per_ms: float, total_ms: int, end_ms: int) -> None:
    """Ticks at round times, and a pill with the total length where the timeline ends."""
    total, end_x = brief(total_ms), left + total_ms * per_ms
    pill = font(_TICK_SIZE * 2).getlength(total) / 2 + 12
    pill_left = min(end_x - 6, canvas.width - pill - 1)
    step = _step(per_ms, end_ms)
    bottom = canvas.height - _FOOT
    for at in range(0, end_ms + 1, step):
        x, words = left + at * per_ms, clock(at)
        canvas.line(x, _RULER - 5, _RULER - 1, 1, (*GREY, 255))
        canvas.line(x, _RULER, bottom, 1, (*GREY, 40))
        half = font(_TICK_SIZE * 2).getlength(words) / 4
        if not pill_left - half - 6 < x < pill_left + pill + half + 6:
            canvas.text((x, _RULER - 13), words, _TICK_SIZE, INK, "mm")
    canvas.line(end_x, _RULER - 5, bottom, 1.5, (*PILL, 255))
    canvas.rounded((pill_left, 4, pill_left + pill, 21), 8.5, (*PILL, 255))
    canvas.text((pill_left + pill / 2, 12.5), total, _TICK_SIZE, (255, 255, 255), "mm")


def _step(per_ms: float, end_ms: int) -> int:
    """The smallest round step between ticks whose labels have room."""
    room = font(_TICK_SIZE * 2).getlength(clock(end_ms)) / 2 + 26
    step = next((step for step in _STEPS if step * per_ms >= room), _STEPS[-1])
    while step * per_ms < room:
        step *= 2
    return step


def _name(canvas: Canvas, row: Row, y: float) -> None:
    """The track's name and, smaller below it, its kind."""
    middle, kind = y + row.height / 2, row.kind
    name = row.name or kind.capitalize()
    two = name.lower() != kind.lower()
    canvas.label((0, middle - (6 if two else 0)), _GUTTER - 12, name, 11.5, INK)
    if two:
        canvas.label((0, middle + 7.5), _GUTTER - 12, kind, 9, INK)


def _playhead(canvas: Canvas, x: float, height: float) -> None:
    canvas.line(x, 10, height - _FOOT, 1.5, (*MARKER, 255))
    canvas.polygon([(x - 5, 3), (x + 5, 3), (x + 5, 8), (x, 14), (x - 5, 8)], (*MARKER, 255))
