"""A text set in lines: broken where it may be, as large as asked, inside the frame's safe margins."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from nemo_widgets.fonts import font

from .styles import STYLES

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

    from nemo_widgets.studio.render.timeline import Title

__all__ = ["Line", "Setting", "set_in_lines", "wrapped"]

_SAFE = 0.06
"""Margin at every edge, as a share of the frame's side."""
_LEADING = 1.25
"""Distance of lines, in sizes."""
_SMALLEST = 8
_SECOND = 0.62
"""Size of a lower third's second line, of the first's."""
_ROOM = 0.45, 0.25
"""What a box has beside and above its text, in sizes."""
_CLOSING = "、。，．！？；：）》」』】〉”’…,.!?;:)]}%"
"""A line never begins with one of these."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text: `x` and `y` of its letters' box in the setting, in pixels."""

    text: str
    size: int
    x: float
    y: float


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
        lines = _lines(title, size, min(width * style.widest, width * (1 - 2 * _SAFE) - 2 * beside))
        bases, high = _bases(lines)
        if size <= _SMALLEST or high <= height * style.highest - 2 * above:
            break
        size = max(_SMALLEST, round(size * 0.9))
    lengths = [font(step).getlength(text) for text, step in lines]
    inner = round(max(lengths)) + 1
    across = title.position.rpartition("-")[2]
    placed = []
    for (text, step), length, base in zip(lines, lengths, bases, strict=True):
        x = {"left": 0.0, "right": inner - length}.get(across, (inner - length) / 2)
        placed.append(Line(text, step, beside + x, above + base - font(step).getmetrics()[0]))
    whole = inner + 2 * beside, high + 2 * above
    left, top = _place(title.position, whole, width, height, style.below)
    return Setting(left, top, *whole, size, tuple(placed))


def wrapped(text: str, letters: FreeTypeFont, width: float) -> list[str]:
    """The text in lines of at most `width` pixels: words stay whole if they fit, Chinese breaks anywhere."""
    lines: list[str] = []
    for paragraph in text.splitlines():
        line = ""
        for piece in _pieces(paragraph):
            if not line or letters.getlength((line + piece).rstrip()) <= width:
                line += piece if line else piece.lstrip()
            else:
                lines.append(line.rstrip())
                line = piece.lstrip()
            while letters.getlength(line.rstrip()) > width and len(line) > 1:
                fits = max(1, sum(letters.getlength(line[: i + 1]) <= width for i in range(len(line))))
                if fits >= len(line.rstrip()):
                    break
                lines.append(line[:fits].rstrip())
                line = line[fits:].lstrip()
        lines.append(line.rstrip())
    return lines


def _lines(title: Title, size: int, width: float) -> list[tuple[str, int]]:
    lines = [(text, size) for text in _even(title.text, font(size), width)]
    if title.subtitle:
        second = max(_SMALLEST, round(size * _SECOND))
        lines += [(text, second) for text in _even(title.subtitle, font(second), width)]
    return lines


def _even(text: str, letters: FreeTypeFont, width: float) -> list[str]:
    """Wrapped into as few lines as can be, of about the same length: no word is left alone on the last."""
    lines: list[str] = []
    for paragraph in text.splitlines():
        best = wrapped(paragraph, letters, width)
        if len(best) > 1:
            low, high = letters.getlength(paragraph) / len(best) * 0.9, width
            while high - low > letters.size / 4:
                narrower = wrapped(paragraph, letters, middle := (low + high) / 2)
                if len(narrower) > len(best):
                    low = middle
                else:
                    best, high = narrower, middle
        lines += best or [""]
    return lines


def _pieces(text: str) -> list[str]:
    """What must not be broken: words with the space behind, Chinese characters with what closes them."""
    pieces: list[str] = []
    for char in text:
        wide = ord(char) >= 0x2E80  # noqa: PLR2004 - where the scripts without spaces begin
        after_wide = bool(pieces) and ord(pieces[-1][-1]) >= 0x2E80  # noqa: PLR2004 - likewise
        after_space = bool(pieces) and pieces[-1][-1].isspace()
        fresh = (
            not pieces
            or (after_space and not char.isspace())
            or ((wide or after_wide) and not char.isspace())
        )
        if fresh and not (pieces and char in _CLOSING and not after_space):
            pieces.append(char)
        else:
            pieces[-1] += char
    return pieces


def _bases(lines: list[tuple[str, int]]) -> tuple[list[int], int]:
    """The base lines' distances from the text's top, and the text's height."""
    sizes = [size for _, size in lines]
    bases = [font(sizes[0]).getmetrics()[0]]
    for above, size in pairwise(sizes):
        bases.append(bases[-1] + round(_LEADING * (above + size) / 2))
    return bases, bases[-1] + font(sizes[-1]).getmetrics()[1]


def _place(position: str, whole: tuple[int, int], width: int, height: int, below: float) -> tuple[int, int]:
    down, _, across = position.rpartition("-")
    down, across = down or "center", across if down else "center"
    x = {"left": width * _SAFE, "right": width * (1 - _SAFE) - whole[0]}.get(across, (width - whole[0]) / 2)
    y = {"top": height * _SAFE, "bottom": height * (1 - below) - whole[1]}.get(down, (height - whole[1]) / 2)
    return round(x), round(y)
