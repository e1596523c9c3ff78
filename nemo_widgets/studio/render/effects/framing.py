"""Where on the canvas a picture stands, and which part of it is seen there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nemo_widgets.studio.render.output import even

from .treatment import turned_point

if TYPE_CHECKING:
    from fractions import Fraction

    from nemo_widgets.studio.media.look import Look

    from .treatment import Treatment

__all__ = ["Box", "Place", "cover", "place", "stored"]

Box = tuple[float, float, float, float]
"""Left, top, right and bottom as fractions of a picture."""

_WHOLE: Box = (0.0, 0.0, 1.0, 1.0)
_KEPT_ROWS = 2
"""A fitted picture that misses the canvas by no more pixels than this fills it."""


@dataclass(frozen=True, slots=True)
class Place:
    """A rectangle of the canvas in even pixels, and the `box` of the upright picture that fills it."""

    left: int
    top: int
    width: int
    height: int
    box: Box

    @property
    def whole(self) -> bool:
        """Whether all of the picture is seen."""
        return all(abs(a - b) < 1e-6 for a, b in zip(self.box, _WHOLE, strict=True))  # noqa: PLR2004


def place(
    size: tuple[Fraction, Fraction],
    canvas: tuple[int, int],
    treatment: Treatment,
    progress: float,
    ms: float,
) -> Place:
    """Where an upright picture stands.

    Args:
        size: its width and height as shown.
        canvas: the canvas' width and height, even.
        treatment: how it is cropped, fitted and enlarged.
        progress: the share of its time on the timeline that is over, 0..1.
        ms: the moment of the source, for its focus.
    """
    left, top, wide, high = treatment.crop
    picture = size[0] * wide, size[1] * high
    if treatment.fit == "crop":
        x, y = _focus(treatment, ms)
        middle = ((x - left) / wide, (y - top) / high)
        across, down = _covering(picture, canvas, middle)
    else:
        across, down = _within(picture, canvas)
    zoom = treatment.zoom
    scale = zoom.start + (zoom.stop - zoom.start) * progress
    if scale != 1:
        across = _enlarged(across, canvas[0], scale, zoom.x)
        down = _enlarged(down, canvas[1], scale, zoom.y)
    x0, x1, a0, a1 = _seen(across, canvas[0])
    y0, y1, b0, b1 = _seen(down, canvas[1])
    box = (left + a0 * wide, top + b0 * high, left + a1 * wide, top + b1 * high)
    return Place(x0, y0, x1 - x0, y1 - y0, box)


def cover(size: tuple[Fraction, Fraction], canvas: tuple[int, int], treatment: Treatment) -> Box:
    """The part of an upright picture that fills the whole canvas, from its middle."""
    left, top, wide, high = treatment.crop
    across, down = _covering((size[0] * wide, size[1] * high), canvas, (0.5, 0.5))
    _, _, a0, a1 = _seen(across, canvas[0])
    _, _, b0, b1 = _seen(down, canvas[1])
    return left + a0 * wide, top + b0 * high, left + a1 * wide, top + b1 * high


def stored(box: Box, look: Look) -> Box:
    """A part of the upright picture as a part of the picture as it is stored."""
    x0, y0, x1, y1 = box
    x0, x1 = (1 - x1, 1 - x0) if look.flip_x else (x0, x1)
    y0, y1 = (1 - y1, 1 - y0) if look.flip_y else (y0, y1)
    return (y0, x0, y1, x1) if look.transpose else (x0, y0, x1, y1)


_Line = tuple[float, float]
"""Where a picture begins on the canvas along one axis, and how long it is there."""


def _within(picture: tuple[float, float], canvas: tuple[int, int]) -> tuple[_Line, _Line]:
    scale = min(canvas[0] / picture[0], canvas[1] / picture[1])
    width, height = (min(c, even(p * scale)) for c, p in zip(canvas, picture, strict=True))
    if canvas[0] - width <= _KEPT_ROWS and canvas[1] - height <= _KEPT_ROWS:
        width, height = canvas
    return ((canvas[0] - width) // 4 * 2, width), ((canvas[1] - height) // 4 * 2, height)


def _covering(
    picture: tuple[float, float], canvas: tuple[int, int], middle: tuple[float, float]
) -> tuple[_Line, _Line]:
    scale = max(canvas[0] / picture[0], canvas[1] / picture[1])
    lines = []
    for c, p, m in zip(canvas, picture, middle, strict=True):
        length = float(p * scale)
        length = c if length - c <= _KEPT_ROWS else length
        lines.append((min(0.0, max(c - length, c / 2 - m * length)), length))
    return lines[0], lines[1]


def _enlarged(line: _Line, canvas: int, scale: float, about: float) -> _Line:
    ends = sorted((0.0, 1 - 1 / scale))
    begin = min(ends[1], max(ends[0], about - 1 / (2 * scale))) * canvas
    return (line[0] - begin) * scale, line[1] * scale


def _seen(line: _Line, canvas: int) -> tuple[int, int, float, float]:
    """What of a line lies on the canvas: in even pixels, and as fractions of the line."""
    start, length = line
    first = min(canvas - 2, max(0, round(start / 2) * 2))
    last = max(first + 2, min(canvas, round((start + length) / 2) * 2))
    low, high = (first - start) / length, (last - start) / length
    # Rounding to even pixels must not reach beyond the picture.
    return first, last, max(0.0, low), min(1.0, high)


def _focus(treatment: Treatment, ms: float) -> tuple[float, float]:
    points = treatment.focus
    if not points:
        return 0.5, 0.5
    before = next((p for p in reversed(points) if p[0] <= ms), points[0])
    after = next((p for p in points if p[0] > ms), points[-1])
    share = (ms - before[0]) / (after[0] - before[0]) if after[0] > before[0] else 0.0
    share = min(1.0, max(0.0, share))
    x, y = (a + (b - a) * share for a, b in zip(before[1:], after[1:], strict=True))
    return turned_point(x, y, treatment)
