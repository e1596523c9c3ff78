"""A text set in lines: broken where it may be, as large as asked, inside the frame's safe margins."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import ceil
from typing import TYPE_CHECKING

from nemo_widgets.fonts import font, forms_of, length_of, reads_rtl, set_line, wrapped

from .styles import STYLES

if TYPE_CHECKING:
    from nemo_widgets.fonts import Forms
    from nemo_widgets.fonts import Line as SetLine
    from nemo_widgets.studio.render.model import Title

__all__ = ["Line", "Setting", "set_in_lines"]

_SAFE = 0.06
"""Margin at every edge, as a share of the frame's side."""
_LEADING = 1.25
"""Distance of lines, in sizes."""
_SMALLEST = 8
_SECOND = 0.62
"""Size of a lower third's second line, of the first's."""
_ROOM = 0.45, 0.25
"""What a box has beside and above its text, in sizes."""
_APART = 0.08
"""What stays free between two lines of letters that reach far, in sizes."""
_REACH = 0.85, 0.2
"""How far letters of the main font stand above and below their base line, in sizes."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text: `x` and `y` of its letters' box in the setting, in pixels, and how it is read."""

    text: str
    size: int
    x: float
    y: float
    rtl: bool = False
    forms: Forms = ""


@dataclass(frozen=True, slots=True)
class Setting:
    """A set text: where it stands in the frame, box included, how large it is and its lines."""

    x: int
    y: int
    width: int
    height: int
    size: int
    lines: tuple[Line, ...]


def set_in_lines(title: Title, width: int, height: int) -> Setting:
    """The title set for a frame of `width` x `height`: smaller than asked only where it would not fit."""
    style = STYLES[title.style]
    size = max(_SMALLEST, round(title.size * min(width, height) / 1080))
    while True:
        beside, above = (round(share * size) if title.background else 0 for share in _ROOM)
        texts = _lines(title, size, min(width * style.widest, width * (1 - 2 * _SAFE) - 2 * beside))
        lines = [set_line(text, step, rtl=rtl, forms=forms) for text, step, rtl, forms in texts]
        bases, high = _bases(lines)
        if size <= _SMALLEST or high <= height * style.highest - 2 * above:
            break
        size = max(_SMALLEST, round(size * 0.9))
    lengths = [line.width for line in lines]
    inner = round(max(lengths)) + 1
    across = title.position.rpartition("-")[2]
    placed = []
    for (text, step, rtl, forms), length, base in zip(texts, lengths, bases, strict=True):
        # In a block at a side a line begins where it is read from; in the middle all are about the middle.
        side = "right" if rtl and across == "left" else across
        x = {"left": 0.0, "right": inner - length}.get(side, (inner - length) / 2)
        top = above + base - font(step).getmetrics()[0]
        placed.append(Line(text, step, beside + x, top, rtl, forms))
    whole = inner + 2 * beside, high + 2 * above
    left, top = _place(title.position, whole, width, height, style.below)
    return Setting(left, top + title.down, *whole, size, tuple(placed))


def _lines(title: Title, size: int, width: float) -> list[tuple[str, int, bool, Forms]]:
    """Every line's text, size, whether its paragraph is read from the right, and its characters' forms."""
    second = max(_SMALLEST, round(size * _SECOND))
    lines = []
    for text, step in ((title.text, size), (title.subtitle, second)):
        for paragraph in text.splitlines():
            rtl, forms = reads_rtl(paragraph), forms_of(paragraph) or title.forms
            lines += [(line, step, rtl, forms) for line in _even(paragraph, step, width)]
    return lines


def _even(paragraph: str, size: int, width: float) -> list[str]:
    """Wrapped into as few lines as can be, of about the same length: no word is left alone on the last."""
    best = wrapped(paragraph, font(size), width)
    if len(best) > 1:
        low, high = length_of(paragraph, size) / len(best) * 0.9, width
        while high - low > size / 4:
            narrower = wrapped(paragraph, font(size), middle := (low + high) / 2)
            if len(narrower) > len(best):
                low = middle
            else:
                best, high = narrower, middle
    return best or [""]


def _bases(lines: list[SetLine]) -> tuple[list[int], int]:
    """The base lines' distances from the text's top, and the text's height."""
    ascent, descent = font(lines[0].size).getmetrics()[0], font(lines[-1].size).getmetrics()[1]
    bases = [max(ascent, lines[0].above)]
    for over, under in pairwise(lines):
        apart = round(_LEADING * (over.size + under.size) / 2)
        if over.below or under.above:
            deep, high = over.below or _REACH[1] * over.size, under.above or _REACH[0] * under.size
            apart = max(apart, ceil(deep + high + _APART * under.size))
        bases.append(bases[-1] + apart)
    return bases, bases[-1] + max(descent, lines[-1].below)


def _place(position: str, whole: tuple[int, int], width: int, height: int, below: float) -> tuple[int, int]:
    down, _, across = position.rpartition("-")
    down, across = down or "center", across if down else "center"
    x = {"left": width * _SAFE, "right": width * (1 - _SAFE) - whole[0]}.get(across, (width - whole[0]) / 2)
    y = {"top": height * _SAFE, "bottom": height * (1 - below) - whole[1]}.get(down, (height - whole[1]) / 2)
    return round(x), round(y)
