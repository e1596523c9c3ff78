"""A transparent page to draw timelines on, in the pixels of the notebook; shapes come out smooth."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PIL import Image, ImageDraw

from .lettering import fitted, write

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "AUDIO_COLOUR",
    "GREY",
    "GROUND",
    "INK",
    "LETTERS",
    "MARKER",
    "OTHER_COLOUR",
    "TEXT_COLOUR",
    "VIDEO_COLOUR",
    "Box",
    "Canvas",
]

# No colour has a contrast of 4.5:1 to a white page and to a dark one, #111: so all words stand on a ground of
# their own, INK on GROUND or white on the colour of a segment, and what is no words has 3:1 to both pages.
# Blue, bluish green and orange stay apart for every common colour blindness.
VIDEO_COLOUR = (47, 111, 181)
AUDIO_COLOUR = (0, 121, 91)
TEXT_COLOUR = (180, 83, 10)
OTHER_COLOUR = (111, 111, 120)
GREY = (128, 128, 128)
GROUND, INK = (36, 42, 54), (236, 239, 244)
MARKER = (214, 64, 43)

LETTERS = 13.0
"""No words are smaller, in pixels: a narrow page shows the picture at three quarters of its size."""

_SHOWN, _DRAWN = 2, 4
"""The picture has 2 pixels for each of the notebook's; shapes are drawn with 4 and reduced."""

_STRIPE = 7
"""The stripes of what is hatched are so many pixels from each other."""

Colour = tuple[int, ...]
Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


class Canvas:
    """A page of `width` × `height` notebook pixels; coordinates are those, fractions welcome."""

    def __init__(self, width: float, height: float) -> None:
        self.width, self.height = int(width), int(height)
        self._shapes = Image.new("RGBA", (self.width * _DRAWN, self.height * _DRAWN), (*GREY, 0))
        self._draw = ImageDraw.Draw(self._shapes)
        self._words: list[tuple[float, float, str, float, Colour, str]] = []

    def rounded(self, box: Box, radius: float, fill: Colour) -> None:
        """A filled rectangle with round corners."""
        x0, y0, x1, y1 = box
        large = (x0 * _DRAWN, y0 * _DRAWN, max(x0 * _DRAWN, x1 * _DRAWN - 1), y1 * _DRAWN - 1)
        self._draw.rounded_rectangle(large, min(radius * _DRAWN, (large[2] - large[0]) / 2), fill=fill)

    def polygon(self, points: Sequence[tuple[float, float]], fill: Colour) -> None:
        """A filled polygon."""
        self._draw.polygon([(x * _DRAWN, y * _DRAWN) for x, y in points], fill=fill)

    def line(self, x: float, y0: float, y1: float, width: float, fill: Colour) -> None:
        """An upright line, on whole pixels so that it is crisp; it mixes with what is below."""
        x = round(x * _SHOWN) / _SHOWN
        left, top, right, bottom = (round(n * _DRAWN) for n in (x, y0, x + width, y1))
        left, top = max(0, left), max(0, top)
        right, bottom = min(self._shapes.width, right), min(self._shapes.height, bottom)
        if right > left and bottom > top:
            stroke = Image.new("RGBA", (right - left, bottom - top), fill)
            self._shapes.alpha_composite(stroke, (left, top))

    def hatched(self, box: Box, fill: Colour) -> None:
        """Slanted stripes over a rectangle; they mix with what is below."""
        left, top, right, bottom = (round(n * _DRAWN) for n in box)
        left, right, bottom = max(0, left), min(self._shapes.width, right), min(self._shapes.height, bottom)
        if right <= left or bottom <= top:
            return
        wide, high, step = right - left, bottom - top, _STRIPE * _DRAWN
        stripes = Image.new("RGBA", (wide, high), (*fill[:3], 0))
        pen = ImageDraw.Draw(stripes)
        for x in range(-(left % step) - high // step * step - step, wide + step, step):
            pen.line([(x, high), (x + high, 0)], fill=fill, width=step // 3)
        self._shapes.alpha_composite(stripes, (left, top))

    def slope(self, start: tuple[float, float], end: tuple[float, float], width: float, fill: Colour) -> None:
        """A straight line with a dot at its beginning and an arrow's head at its end."""
        (x0, y0), (x1, y1) = ((x * _DRAWN, y * _DRAWN) for x, y in (start, end))
        self._draw.line([(x0, y0), (x1, y1)], fill=fill, width=round(width * _DRAWN))
        dot, head = 1.5 * width * _DRAWN, 2.5 * width * _DRAWN
        self._draw.ellipse([x0 - dot, y0 - dot, x0 + dot, y0 + dot], fill=fill)
        long = max(1.0, ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5)
        dx, dy = (x1 - x0) / long * head, (y1 - y0) / long * head
        wings = [(x1 - dx - dy / 2, y1 - dy + dx / 2), (x1 - dx + dy / 2, y1 - dy - dx / 2)]
        self._draw.polygon([(x1 + dx / 4, y1 + dy / 4), *wings], fill=fill)

    def text(
        self, at: tuple[float, float], words: str, size: float, fill: Colour, anchor: str = "lm"
    ) -> None:
        """Words at a place, whatever their length; `anchor` as Pillow names it, "lm" or "mm"."""
        if words:
            self._words.append((*at, words, size, fill, anchor))

    def label(self, at: tuple[float, float], width: float, words: str, size: float, fill: Colour) -> bool:
        """Words from `at` on, around its height, cut to `width`; returns whether anything fitted."""
        shown = fitted(words, width * _SHOWN, round(size * _SHOWN))
        self.text(at, shown, size, fill)
        return bool(shown)

    def finished(self) -> Image.Image:
        """The picture, words drawn last and at its own size, where they are sharpest."""
        picture = self._shapes.reduce(_DRAWN // _SHOWN)
        for x, y, words, size, fill, anchor in self._words:
            at = round(x * _SHOWN), round(y * _SHOWN)
            write(picture, at, words, round(size * _SHOWN), fill, anchor)
        return picture
