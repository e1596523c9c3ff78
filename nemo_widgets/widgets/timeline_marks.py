"""Marks on a timeline's clips: transitions by their type, fades, and what stands still or runs backwards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nemo_widgets.draft import Segment

    from .canvas import Box, Canvas

__all__ = ["Fades", "draw_fades", "draw_playing", "draw_transition", "transitions"]

_PALE_BLUE, _DEEP_BLUE = (150, 190, 236), (22, 60, 110)
_COLOURS = {"fade-black": (0, 0, 0), "fade-white": (255, 255, 255)}
_WHITE = (255, 255, 255)
_LEAST_MARK = 12.0
_LEAST_SLOPE = 6.0
_SIGN = 7.0
_ROOM = 44.0
"""A clip narrower than this, in pixels, has no sign: its name needs the place."""
_ARROWS = {
    "left": ((1, 0.2), (0, 0.5), (1, 0.8)),
    "right": ((0, 0.2), (1, 0.5), (0, 0.8)),
    "up": ((0, 0.7), (0.5, 0.3), (1, 0.7)),
    "down": ((0, 0.3), (0.5, 0.7), (1, 0.3)),
}


@dataclass(frozen=True, slots=True)
class Fades:
    """How long something fades in and out, in ms, 0 for not at all; and the colour of a picture then."""

    rise_ms: float
    fall_ms: float
    colour: tuple[int, int, int]

    @classmethod
    def of(cls, meta: Mapping[str, Any]) -> Fades:
        """The fades that a segment's meta tells of, or the whole film's."""
        colour = _WHITE if meta.get("fade_color") == "white" else (0, 0, 0)
        return cls(_length(meta.get("fade_in")), _length(meta.get("fade_out")), colour)

    def slopes(self, width: float, per_ms: float) -> tuple[float, float]:
        """How wide both are drawn on a block: at most half of it each, and to be seen."""
        rise, fall = (
            min(width / 2, max(_LEAST_SLOPE, ms * per_ms)) if ms else 0.0
            for ms in (self.rise_ms, self.fall_ms)
        )
        return rise, fall


def _length(ms: object) -> float:
    return float(ms) if isinstance(ms, (int, float)) and 0 < ms < 1e12 else 0.0  # noqa: PLR2004 - NaN and infinity out


def draw_fades(
    canvas: Canvas, fades: Fades, ends: tuple[bool, bool], box: Box, per_ms: float
) -> tuple[float, float]:
    """A film's fades on a clip of which `ends` says whether it is the first and whether the last.

    The corner that is not seen yet, or no more, has the fade's colour. Returns where there is room for words.
    """
    x0, y0, x1, y1 = box
    rise, fall = fades.slopes(x1 - x0, per_ms)
    rise, fall = rise * ends[0], fall * ends[1]
    if rise:
        canvas.polygon([(x0, y0), (x0 + rise, y0), (x0, y1)], (*fades.colour, 255))
    if fall:
        canvas.polygon([(x1, y0), (x1 - fall, y0), (x1, y1)], (*fades.colour, 255))
    return x0 + rise, x1 - fall


def transitions(lane: Sequence[Segment], left: float, per_ms: float) -> dict[int, tuple[float, float]]:
    """Where the transitions' marks stand, by the later segment's number: over the overlap, and to be seen."""
    marks = {}
    for n in range(1, len(lane)):
        before, segment = lane[n - 1], lane[n]
        if not segment.transition:
            continue
        if segment.start_ms < before.end_ms:
            x0, x1 = left + segment.start_ms * per_ms, left + before.end_ms * per_ms
        else:
            half = segment.transition_ms / 2
            x0, x1 = left + (segment.start_ms - half) * per_ms, left + (segment.start_ms + half) * per_ms
        shorter = min(before.duration_ms, segment.duration_ms) * per_ms
        if (more := min(_LEAST_MARK, shorter / 2) - (x1 - x0)) > 0:
            x0, x1 = x0 - more / 2, x1 + more / 2
        marks[n] = (x0, x1)
    return marks


def draw_transition(canvas: Canvas, s: Segment, box: Box) -> None:
    """The mark of the transition into a segment.

    A crossfade is a pale field with two triangles that meet, one picture going and one coming; a fade has
    its colour between them; a wipe is an arrow in its direction, and so is a slide, pale on a deep field.
    """
    x0, y0, x1, y1 = box
    sort, _, way = s.transition.partition("-")
    if sort in ("wipe", "slide") and way in _ARROWS:
        field, arrow = (_PALE_BLUE, _DEEP_BLUE) if sort == "wipe" else (_DEEP_BLUE, _PALE_BLUE)
        canvas.rounded(box, 0, (*field, 255))
        inset = (x1 - x0) * 0.2
        wide, high = x1 - x0 - 2 * inset, y1 - y0
        points = [(x0 + inset + x * wide, y0 + y * high) for x, y in _ARROWS[way]]
        canvas.polygon(points, (*arrow, 255))
        return
    middle = ((x0 + x1) / 2, (y0 + y1) / 2)
    canvas.rounded(box, 0, (*_COLOURS.get(s.transition, _PALE_BLUE), 255))
    canvas.polygon([(x0, y0), middle, (x0, y1)], (*_DEEP_BLUE, 255))
    canvas.polygon([(x1, y0), middle, (x1, y1)], (*_DEEP_BLUE, 255))


def draw_playing(canvas: Canvas, s: Segment, box: Box) -> float:
    """Two bars in the corner of a clip that is held, two arrows back in that of one that runs backwards.

    Returns how far to the right there is room for words.
    """
    x0, y0, x1, _ = box
    meta = s.meta
    still = meta.get("freeze") is True
    if x1 - x0 < _ROOM or not (still or meta.get("reverse") is True):
        return x1
    left, top = x1 - 2 * _SIGN - 5, y0 + 5
    for x in (left, left + _SIGN):
        if still:
            canvas.rounded((x + 2, top, x + 5, top + _SIGN + 2), 0, (*_WHITE, 255))
        else:
            points = [(x + _SIGN, top), (x, top + _SIGN / 2 + 1), (x + _SIGN, top + _SIGN + 2)]
            canvas.polygon(points, (*_WHITE, 255))
    return left
