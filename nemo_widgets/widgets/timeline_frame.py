"""What stands around a timeline's segments: the ruler above, the tracks' names beside, lines of words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nemo_widgets.draft import clock
from nemo_widgets.draft.schema import track_kind, track_name
from nemo_widgets.fonts import length_of
from nemo_widgets.languages import spoken

from .canvas import GREY, GROUND, INK, LETTERS, Canvas

if TYPE_CHECKING:
    from .timeline_rows import Row

__all__ = [
    "BAND", "EDGE", "FOOT", "GAP", "GUTTER", "RIGHT", "RULER",
    "line_of_words", "row_name", "ruler", "wide_of",
]  # fmt: skip

GUTTER, RIGHT = 88, 44
BAND, RULER, GAP, FOOT = 22, 28, 6, 4
EDGE = 7
_TWO_LINES = 34
_FAINT = (184, 191, 203)
_SUBSECONDS = (1, 2, 5, 10, 20, 50, 100, 200, 500)
_SECONDS = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600)
_STEPS = (*_SUBSECONDS, *(1000 * s for s in _SECONDS))


def ruler(
    canvas: Canvas, left: float, per_ms: float, total_ms: int, end_ms: int, *, top: float, bottom: float
) -> None:
    """A band with round times, and a pill with the total length where the timeline ends.

    Args:
        canvas: what is drawn on.
        left: where 0:00 is.
        per_ms: pixels a millisecond.
        total_ms: the timeline's length.
        end_ms: where the last of it ends.
        top: where the band begins.
        bottom: where the last row ends.
    """
    total, end_x = clock(total_ms), left + total_ms * per_ms
    pill = wide_of(total) + 14
    pill_left = min(end_x - 6, canvas.width - pill - 2)
    step = _step(per_ms, end_ms)
    canvas.rounded((0, top, canvas.width, top + BAND), 4, (*GROUND, 255))
    for at in range(0, end_ms + 1, step):
        x, words = left + at * per_ms, clock(at, exact=True)
        half = wide_of(words) / 2
        if pill_left - half - 6 < x < pill_left + pill + half + 6:
            continue  # a tick without its number says nothing
        canvas.line(x, top + BAND - 4, top + BAND, 1, (*INK, 255))
        canvas.line(x, top + RULER, bottom, 1, (*GREY, 40))
        canvas.text((x, top + BAND / 2 - 1), words, LETTERS, INK, "mm")
    canvas.line(end_x, top + BAND, bottom, 1.5, (*GREY, 255))
    canvas.rounded((pill_left, top + 2, pill_left + pill, top + BAND - 2), 9, (*INK, 255))
    canvas.text((pill_left + pill / 2, top + BAND / 2), total, LETTERS, GROUND, "mm")


def _step(per_ms: float, end_ms: int) -> int:
    """The smallest round step between ticks whose labels have room."""
    room = wide_of(clock(end_ms)) + 26
    step = next((step for step in _STEPS if step * per_ms >= room), _STEPS[-1])
    while step * per_ms < room:
        step *= 2
    return step


def wide_of(words: str) -> float:
    """How wide words are, in pixels."""
    return length_of(words, round(LETTERS * 2)) / 2


def row_name(canvas: Canvas, row: Row, y: float) -> None:
    """The track's name and, below it where there is room, its kind, beside a bar of the track's colour."""
    middle, kind = y + row.height / 2, track_kind(row.kind).said(spoken())
    name = track_name(row.name).said(spoken()) or kind
    lines = [name] if name.lower() == kind.lower() or row.height < _TWO_LINES else [name, kind]
    canvas.rounded((0, y, GUTTER - GAP, y + row.height), 4, (*GROUND, 255))
    canvas.rounded((0, y, 4, y + row.height), 2, (*row.colour, 255))
    for n, line in enumerate(lines):
        at = (4 + EDGE, middle + (n - (len(lines) - 1) / 2) * min(17, row.height / 2 - 3))
        canvas.label(at, GUTTER - GAP - 4 - EDGE - 3, line, LETTERS, _FAINT if n else INK)


def line_of_words(canvas: Canvas, y: float, words: str) -> None:
    """A line of words alone."""
    canvas.rounded((0, y, wide_of(words) + 2 * EDGE, y + BAND), 4, (*GROUND, 255))
    canvas.text((EDGE, y + BAND / 2), words, LETTERS, INK)
