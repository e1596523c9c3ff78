"""The rows of a timeline's picture: how a track's segments are laid out in it, and how each sort looks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from nemo_widgets.catalogue import say
from nemo_widgets.draft import AUDIO, TEXT, VIDEO, effects
from nemo_widgets.draft.schema import percent
from nemo_widgets.draft.wording import lasting
from nemo_widgets.languages import spoken

from .canvas import AUDIO_COLOUR, LETTERS, OTHER_COLOUR, TEXT_COLOUR, VIDEO_COLOUR, Box, Canvas
from .timeline_labels import first_that_fits, name_beside, name_of, number_in, pad_of, shorter
from .timeline_marks import Fades, draw_fades, draw_playing, draw_transition, transitions

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from nemo_widgets.draft import Segment, Track

__all__ = ["Row", "draw_row", "rows_of"]

_WHITE = (255, 255, 255)
_COLOURS = {VIDEO: VIDEO_COLOUR, AUDIO: AUDIO_COLOUR, TEXT: TEXT_COLOUR}
_HEIGHTS = {VIDEO: 46, AUDIO: 36, TEXT: 26}
_OTHER_HEIGHT = 26
_LINE = 17.0
_MOST_LANES = 4
_NARROW = 3.0
"""Segments narrower than this, in pixels, are drawn together."""
_MOST_WIDE = 400
"""No more stand beside each other; what lies above others as well is drawn together."""
_MINUTE_MS = 60_000


@dataclass(frozen=True, slots=True)
class Row:
    """One track in the picture. What overlaps on it (other than video) stands in lanes below each other."""

    type: int | None
    name: str
    kind: str
    lanes: tuple[tuple[Segment, ...], ...]
    end_ms: int
    fades: Fades | None = None

    @property
    def colour(self) -> tuple[int, int, int]:
        """The colour of the row's segments."""
        return _COLOURS.get(self.type if self.type is not None else -1, OTHER_COLOUR)

    @property
    def lane_height(self) -> int:
        """The height of one lane in pixels."""
        return _HEIGHTS.get(self.type if self.type is not None else -1, _OTHER_HEIGHT)

    @property
    def height(self) -> int:
        """The height of the row in pixels, 2 between lanes."""
        return len(self.lanes) * (self.lane_height + 2) - 2


def rows_of(tracks: Iterable[Track], film: Mapping[str, Any] | None = None) -> list[Row]:
    """The rows of tracks, in their order; the first of pictures fades as `film`, the root's meta, says."""
    rows = [Row(t.type, t.name, t.kind, _lanes(t), t.end_ms) for t in tracks]
    first = next((n for n, row in enumerate(rows) if row.type == VIDEO), None)
    if first is not None and film is not None:
        rows[first] = replace(rows[first], fades=Fades.of(film))
    return rows


def draw_row(canvas: Canvas, row: Row, top: float, across: tuple[float, float], per_ms: float) -> None:
    """Draw a row's segments; `across` says where 0:00 and its end are, `per_ms` is pixels a millisecond."""
    left, right = across
    colour = row.colour
    for i, lane in enumerate(row.lanes):
        y0 = top + i * (row.lane_height + 2)
        y1 = y0 + row.lane_height
        wide, runs = _runs(lane, left, per_ms)
        for x0, x1, count in runs:
            _draw_run(canvas, (x0, y0, x1, y1), count, colour)
        named: set[int] = set()
        if row.type != VIDEO:
            inside = [_room(row, s, per_ms) for s in lane]
            named = name_beside(canvas, lane, (left, y0, right, y1), per_ms, inside)
        marks = transitions(lane, left, per_ms) if row.type == VIDEO else {}
        for n, segment, x0, x1 in wide:
            if row.type == AUDIO:
                _draw_sound(canvas, segment, (x0, y0, x1, y1), per_ms, named=n not in named)
                continue
            start = marks[n][1] if n in marks else x0
            stop = marks[n + 1][0] if n + 1 in marks else x1
            canvas.rounded((x0, y0, x1, y1), 4, (*colour, 255))
            if row.fades:
                ends = n == 0, n == len(lane) - 1
                start, stop = draw_fades(canvas, row.fades, ends, (start, y0, stop, y1), per_ms)
            room = draw_playing(canvas, segment, (start, y0, stop, y1)) if row.type == VIDEO else stop
            if n not in named:
                _draw_words(canvas, row, segment, (start, y0, room, y1))
        shown = {n for n, *_ in wide}
        for n, (x0, x1) in marks.items():
            if n in shown and n - 1 in shown:
                draw_transition(canvas, lane[n], (x0, y0, x1, y1))


def _lanes(track: Track) -> tuple[tuple[Segment, ...], ...]:
    segments = sorted(track.segments, key=lambda s: s.start_ms)
    if track.type == VIDEO:
        return (tuple(segments),)
    lanes: list[list[Segment]] = [[]]
    for segment in segments:
        free = (lane for lane in lanes if not lane or lane[-1].end_ms <= segment.start_ms)
        lane = next(free, None)
        if lane is None and len(lanes) < _MOST_LANES:
            lane = []
            lanes.append(lane)
        (lanes[-1] if lane is None else lane).append(segment)
    return tuple(tuple(lane) for lane in lanes)


def _runs(
    lane: Sequence[Segment], left: float, per_ms: float
) -> tuple[list[tuple[int, Segment, float, float]], list[tuple[float, float, int]]]:
    """The segments wide enough to be drawn, with number and place, and the runs of those that are not."""
    wide: list[tuple[int, Segment, float, float]] = []
    runs: list[tuple[float, float, int]] = []
    for n, segment in enumerate(lane):
        x0, x1 = left + max(0, segment.start_ms) * per_ms, left + max(0, segment.end_ms) * per_ms
        if x1 - x0 >= _NARROW and len(wide) < _MOST_WIDE:
            # A gap of a pixel to the next one shows where the cut is.
            wide.append((n, segment, x0, x1 - min(1.0, (x1 - x0) / 4)))
        elif runs and x0 - runs[-1][1] < 1 and not (wide and wide[-1][0] == n - 1):
            runs[-1] = (runs[-1][0], max(x1, runs[-1][1]), runs[-1][2] + 1)
        else:
            runs.append((x0, x1, 1))
    return wide, runs


def _draw_run(canvas: Canvas, box: Box, count: int, colour: tuple[int, ...]) -> None:
    """A run of segments too narrow for blocks of their own: striped, with their number where it fits."""
    x0, y0, x1, y1 = box
    x1 = max(x1, x0 + 1)
    canvas.rounded((x0, y0, x1, y1), 2, (*colour, 255))
    if count == 1:
        return
    steps = int((x1 - x0) / 3)
    for i in range(1, steps):
        canvas.line(x0 + 3 * i, y0, y0 + 5, 1, (*_WHITE, 110))
        canvas.line(x0 + 3 * i, y1 - 5, y1, 1, (*_WHITE, 110))
    first_that_fits(canvas, (say("timeline.segments", count=f"{count:,}"), f"{count:,}"), (x0, y0, x1, y1))


def _room(row: Row, s: Segment, per_ms: float) -> float:
    """How much room for words there is in a segment that is no picture."""
    wide = max(0, s.end_ms) * per_ms - max(0, s.start_ms) * per_ms
    wide -= min(1.0, wide / 4)
    if row.type == AUDIO:
        wide -= sum(Fades.of(s.meta).slopes(wide, per_ms)) / 2
    return wide - 2 * pad_of(wide)


def _draw_sound(canvas: Canvas, s: Segment, box: Box, per_ms: float, *, named: bool) -> None:
    """Music: a block whose upper corners slope where it fades, with name, volume and length if `named`."""
    x0, y0, x1, y1 = box
    meta = s.meta
    rise, fall = Fades.of(meta).slopes(x1 - x0, per_ms)
    if rise or fall:
        canvas.polygon([(x0, y1), (x0 + rise, y0), (x1 - fall, y0), (x1, y1)], (*AUDIO_COLOUR, 255))
    else:
        canvas.rounded(box, 4, (*AUDIO_COLOUR, 255))
    if not named:
        return
    level = percent(s.volume) if s.volume is not None else ""
    duck = say("timeline.ducked") if meta.get("duck") is True else ""
    first_that_fits(
        canvas,
        shorter(name_of(s), level, duck, lasting(s.duration_ms).said(spoken())),
        (x0 + rise / 2, y0, x1 - fall / 2, y1),
    )


def _draw_words(canvas: Canvas, row: Row, s: Segment, box: Box) -> None:
    """A segment's name and length: on two lines where the row is high, else on one.

    Where nothing of the name has room its number stands there, by which it is called in words and in tables.
    What is unusual, such as its speed, counts more than its length, which the ruler tells as well.
    """
    x0, y0, x1, y1 = box
    length = lasting(s.duration_ms).said(spoken())
    if row.type != VIDEO:
        first_that_fits(canvas, shorter(name_of(s), length), box)
        return
    speed = f"×{s.speed:g}" if s.speed != 1 else ""
    muted = say("timeline.muted") if s.volume == 0 else ""
    upper, lower = (y0 + y1 - _LINE) / 2, (y0 + y1 + _LINE) / 2
    pad = pad_of(x1 - x0)
    place, room = (x0 + pad, upper), x1 - x0 - 2 * pad
    below, marks = (x0, lower - 1, x1, lower + 1), (speed, muted, *effects(s, spoken()))
    if canvas.label(place, room, name_of(s), LETTERS, _WHITE):
        first_that_fits(canvas, (*shorter(length, *marks)[:-1], *shorter(*marks), length, ""), below)
    else:
        number_in(canvas, s, (x0, y0, x1, y1))
