"""Titles drawn over frames: white letters that can be read on any picture, blended where they stand only."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from nemo_widgets.fonts import font

from .pictures import planes

if TYPE_CHECKING:
    from av.video.frame import VideoFrame
    from numpy.typing import NDArray
    from PIL.ImageFont import FreeTypeFont

    from .timeline import Title

__all__ = ["Art", "art", "draw", "wrapped"]

_WIDEST = 0.86
"""Share of the frame's width that a line may take."""
_HIGHEST = 0.86
"""Share of the frame's height that a title may take; a longer text is set smaller."""
_SAFE = 0.06
"""Margin at every edge, as a share of the frame's side."""
_LEADING = 1.25
"""Distance of lines, in sizes."""
_SMALLEST = 8
_CLOSING = "、。，．！？；：）》」』】〉”’…,.!?;:)]}%"
"""A line never begins with one of these."""


@dataclass(frozen=True)
class Art:
    """A title as pixels: where its box stands (even numbers), what is in it and how opaque it is.

    `colors` and `alphas` are one array a plane (Y at full size, U and V at half), float32, alpha 0-1.
    """

    x: int
    y: int
    colors: tuple[NDArray[np.float32], ...]
    alphas: tuple[NDArray[np.float32], ...]

    @property
    def box(self) -> tuple[int, int, int, int]:
        """Left, top, right, bottom in pixels of the frame."""
        rows, columns = self.colors[0].shape
        return self.x, self.y, self.x + columns, self.y + rows


def draw(frame: VideoFrame, title: Title, n: int) -> None:
    """Draws the title over frame n of the timeline (yuv420p, BT.709, limited range), in place."""
    made, opacity = art(title, frame.width, frame.height), np.float32(title.opacity(n))
    for plane, color, alpha, half in zip(planes(frame), made.colors, made.alphas, (1, 2, 2), strict=True):
        rows, columns = color.shape
        box = plane[made.y // half : made.y // half + rows, made.x // half : made.x // half + columns]
        under = box.astype(np.float32)
        under += (color - under) * (alpha * opacity)
        under += np.float32(0.5)
        box[:] = under


@lru_cache(maxsize=8)
def art(title: Title, width: int, height: int) -> Art:
    """The title drawn for a frame of `width` x `height`."""
    size, lines = _set(title, width, height)
    letters, outline = font(size), max(1, round(size * 0.045))
    blur, drop = max(1.0, size * 0.10), max(1, round(size * 0.05))
    pad = outline + drop + round(3 * blur)
    widths = [letters.getlength(line) for line in lines]
    step = round(size * _LEADING)
    ascent, descent = letters.getmetrics()
    inner = round(max(widths)) + 1, step * (len(lines) - 1) + ascent + descent
    mask, edge = Image.new("L", (inner[0] + 2 * pad, inner[1] + 2 * pad)), None
    edge = mask.copy()
    across = title.position.rpartition("-")[2]
    for i, (line, length) in enumerate(zip(lines, widths, strict=True)):
        x = pad + {"left": 0.0, "right": inner[0] - length}.get(across, (inner[0] - length) / 2)
        place = (x, pad + i * step)
        ImageDraw.Draw(mask).text(place, line, 255, letters)
        ImageDraw.Draw(edge).text(place, line, 255, letters, stroke_width=outline)
    moved = Image.new("L", mask.size)
    moved.paste(edge, (0, drop))
    shadow = moved.filter(ImageFilter.GaussianBlur(blur))
    left, top = _place(title.position, inner, width, height)
    drawn = np.asarray(mask), np.asarray(edge), np.asarray(shadow)
    return _art(drawn, title.color, (left - pad, top - pad), (width, height))


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


def _set(title: Title, width: int, height: int) -> tuple[int, list[str]]:
    """The size in pixels and the lines: smaller than asked only where the text would not fit."""
    size = max(_SMALLEST, round(title.size * min(width, height) / 1080))
    while True:
        lines = wrapped(title.text, font(size), width * _WIDEST)
        if size <= _SMALLEST or len(lines) * size * _LEADING <= height * _HIGHEST:
            return size, lines
        size = max(_SMALLEST, round(size * 0.9))


def _place(position: str, inner: tuple[int, int], width: int, height: int) -> tuple[int, int]:
    down, _, across = position.rpartition("-")
    down, across = down or "center", across if down else "center"
    x = {"left": width * _SAFE, "right": width * (1 - _SAFE) - inner[0]}.get(across, (width - inner[0]) / 2)
    y = {"top": height * _SAFE, "bottom": height * (1 - _SAFE) - inner[1]}.get(down, (height - inner[1]) / 2)
    return round(x), round(y)


def _art(
    drawn: tuple[NDArray[np.uint8], NDArray[np.uint8], NDArray[np.uint8]],
    color: tuple[int, int, int],
    at: tuple[int, int],
    size: tuple[int, int],
) -> Art:
    """Letters over their outline over their shadow, cut to the frame and laid on its even grid, as planes."""
    mask, edge, shadow = drawn
    left, top = max(0, at[0]) // 2 * 2, max(0, at[1]) // 2 * 2
    right = min(size[0], at[0] + mask.shape[1] + 1) // 2 * 2
    bottom = min(size[1], at[1] + mask.shape[0] + 1) // 2 * 2
    letters, dark = (np.zeros((bottom - top, right - left), np.float32) for _ in range(2))
    rows, columns = slice(max(0, top - at[1]), None), slice(max(0, left - at[0]), None)
    y, x = max(0, at[1] - top), max(0, at[0] - left)
    cut = mask[rows, columns][: bottom - top - y, : right - left - x]
    under = np.maximum(edge * np.float32(0.85), shadow * np.float32(0.7))[rows, columns]
    letters[y : y + cut.shape[0], x : x + cut.shape[1]] = cut / np.float32(255)
    dark[y : y + cut.shape[0], x : x + cut.shape[1]] = under[: cut.shape[0], : cut.shape[1]] / np.float32(255)
    alpha = letters + dark * (1 - letters)
    share = letters / np.maximum(alpha, 1e-6)  # how much of what is drawn is letter; the rest is dark
    red, green, blue = (value / 255 for value in color)
    luma = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    tones = 16 + 219 * luma, 128 + 224 * (blue - luma) / 1.8556, 128 + 224 * (red - luma) / 1.5748
    colors, alphas = [(16 + (tones[0] - 16) * share).astype(np.float32)], [alpha.astype(np.float32)]
    small, small_letters = _halved(alpha), _halved(letters)
    for tone in tones[1:]:
        colors.append((128 + (tone - 128) * small_letters / np.maximum(small, 1e-6)).astype(np.float32))
        alphas.append(small.astype(np.float32))
    return Art(left, top, tuple(colors), tuple(alphas))


def _halved(plane: NDArray[np.float32]) -> NDArray[np.float32]:
    rows, columns = plane.shape
    halved: NDArray[np.float32] = plane.reshape(rows // 2, 2, columns // 2, 2).mean(axis=(1, 3))
    return halved
