"""What differs between two drafts as a picture: their timelines above each other, on one scale."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from PIL import Image

from nemo_widgets.catalogue import say
from nemo_widgets.draft import length_ms, main_track
from nemo_widgets.draft.difference_places import places_of
from nemo_widgets.languages import speaking

from .canvas import GREY, INK, LETTERS, MARKER, Box, Canvas
from .timeline import TimelinePicture
from .timeline_frame import BAND, FOOT, GAP, GUTTER, RIGHT, RULER, line_of_words, row_name, ruler
from .timeline_rows import Row, draw_row, rows_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nemo_widgets.draft import Draft, Segment
    from nemo_widgets.draft.difference import Difference
    from nemo_widgets.draft.difference_places import Place, Places

__all__ = ["DifferencePicture", "difference_png"]

_WIDTH = 640
_MOST_ROWS, _MOST_LINES = 8, 60
_APART = 16.0
_BAR = 4.0
_NEW = (242, 196, 60)
_DARK = (0, 0, 0, 140)
_TOLD = 3


class DifferencePicture(TimelinePicture):
    """Two drafts, shown in a notebook as a picture of both timelines and in a terminal in words."""

    def __init__(self, before: Draft, after: Draft, *, width: int = _WIDTH) -> None:
        super().__init__(after, width=width)
        self._before = before

    def __repr__(self) -> str:
        with speaking(self._language):
            found = self._found[1]
            told = [each.sentence for each in found[:_TOLD]]
            if len(found) > _TOLD:
                told.append(say("difference.more", count=len(found) - _TOLD))
        return " ".join([*(told or [say("difference.none")]), super().__repr__()])

    @cached_property
    def _found(self) -> tuple[Places, list[Difference]]:
        return places_of(self._before.data, self._draft.data)

    @cached_property
    def _png(self) -> bytes:
        with speaking(self._language):
            return difference_png(self._before, self._draft, width=self._width, places=self._found[0])


def difference_png(
    before: Draft, after: Draft, *, width: int = _WIDTH, places: Places | None = None
) -> bytes:
    """Both timelines as PNG, to be shown `width` pixels wide (it has twice as many, for fine screens).

    What is gone is hatched on the first, what is new or another has a bar on the second, and a line leads
    from where something stood to where it went. Tracks on which nothing differs are left out, but for that
    which is cut. The same drafts give the same bytes in the same language.
    """
    places = places or places_of(before.data, after.data)[0]
    gone = {track for track, *_ in (*places.gone, *(was for was, _ in places.moved))}
    new = {track for track, *_ in (*places.new, *(now for _, now in places.moved))}
    sides = _Side.of(before, gone), _Side.of(after, new)
    left, right = GUTTER, max(GUTTER + 50, width - RIGHT)
    end_ms = max(side.end_ms for side in sides)
    per_ms = (right - left) / (end_ms or 1000)
    second = sides[0].height + _APART
    legend = second + sides[1].height + FOOT
    canvas = Canvas(width, legend + BAND + FOOT)
    for side, top, name in zip(sides, (0.0, second), ("before", "after"), strict=True):
        _draw_side(canvas, side, top, per_ms, end_ms)
        canvas.label((4, top + BAND / 2), GUTTER - 24, say(f"timelines.{name}"), LETTERS, INK)
    for box in _boxes(sides[0], 0.0, places.gone, per_ms):
        canvas.hatched(box, _DARK)
    for x0, _, x1, y1 in _boxes(sides[1], second, places.new, per_ms):
        canvas.rounded((x0, y1 - _BAR, x1, y1), 1, (*_NEW, 255))
    for was, now in places.moved[:_MOST_LINES]:
        ends = [*_boxes(sides[0], 0.0, [was], per_ms), *_boxes(sides[1], second, [now], per_ms)]
        if len(ends) == 2:  # noqa: PLR2004 - both are on tracks that are shown
            (x0, _, x1, y), (x2, top, x3, _) = ends
            canvas.slope(((x0 + x1) / 2, y - 2), ((x2 + x3) / 2, top + 2), 2, (*MARKER, 255))
    line_of_words(canvas, legend, say("difference.legend"))
    out = io.BytesIO()
    small = canvas.finished().quantize(256, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    small.save(out, "PNG", compress_level=9)
    return out.getvalue()


@dataclass(frozen=True, slots=True)
class _Side:
    """One of the two timelines: its rows, and the number of each one's track."""

    numbers: tuple[int, ...]
    rows: tuple[Row, ...]
    total_ms: int

    @classmethod
    def of(cls, draft: Draft, marked: set[int]) -> _Side:
        """A draft's timeline, its tracks those that are `marked` and that which is cut."""
        tracks, main = draft.layout(), main_track(draft.data)
        chosen = [t for t in tracks if t.raw is main or t.index in marked][:_MOST_ROWS]
        rows = rows_of(chosen, draft.meta)
        return cls(tuple(t.index for t in chosen), tuple(rows), length_ms(tracks))

    @property
    def end_ms(self) -> int:
        """Where the last of it ends."""
        return max([0, self.total_ms, *(row.end_ms for row in self.rows)])

    @property
    def height(self) -> float:
        """How high it is, with its ruler."""
        return RULER + sum(row.height + GAP for row in self.rows)


def _draw_side(canvas: Canvas, side: _Side, top: float, per_ms: float, end_ms: int) -> None:
    left, right = GUTTER, max(GUTTER + 50, canvas.width - RIGHT)
    bottom = top + side.height - GAP
    ruler(canvas, left, per_ms, side.total_ms, end_ms, top=top, bottom=bottom)
    y = top + RULER
    for row in side.rows:
        canvas.rounded((left, y, right, y + row.height), 4, (*GREY, 34))
        row_name(canvas, row, y)
        draw_row(canvas, row, y, (left, right), per_ms)
        y += row.height + GAP


def _boxes(side: _Side, top: float, places: Iterable[Place], per_ms: float) -> list[Box]:
    """Where places are in the picture; those that touch each other are one, so that there are never many."""
    y, tops = top + RULER, {}
    for number, row in zip(side.numbers, side.rows, strict=True):
        tops[number] = (y, row)
        y += row.height + GAP
    spans: dict[float, list[tuple[float, float, float]]] = {}
    for track, start, end in sorted(places):
        if track not in tops:
            continue
        y, row = tops[track]
        y += _lane(row.lanes, start) * (row.lane_height + 2)
        x0, x1 = GUTTER + max(0, start) * per_ms, GUTTER + max(0, end) * per_ms
        run = spans.setdefault(y, [])
        if run and x0 - run[-1][1] < 1:
            run[-1] = (run[-1][0], max(x1, run[-1][1]), run[-1][2])
        else:
            run.append((x0, x1, y + row.lane_height))
    return [(x0, y, max(x1, x0 + 1), y1) for y, run in spans.items() for x0, x1, y1 in run]


def _lane(lanes: Sequence[Sequence[Segment]], start: int) -> int:
    """The lane in which something stands at a moment; the first where none does."""
    if len(lanes) == 1:
        return 0
    found = (n for n, lane in enumerate(lanes) if any(s.start_ms <= start < s.end_ms for s in lane))
    return next(found, 0)
