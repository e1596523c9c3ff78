"""A set text as pixels of the frame's planes: a box or an outline and a shadow, and the letters over it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from nemo_widgets.fonts import clusters, draw_letters, draw_pictures, font, set_line

from .setting import Setting, set_in_lines
from .styles import contrast, outline_color

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from nemo_widgets.fonts import Line
    from nemo_widgets.studio.render.model import Title

    Mask = NDArray[np.float32]
    Tone = float | NDArray[np.floating[Any]]
    Layer = tuple[Mask, tuple[Tone, Tone, Tone]]

__all__ = ["Art", "art"]

_CORNER = 0.16
"""Radius of a box's corners, in sizes."""
_READABLE = 4.0
"""Contrast from which letters need no outline on their box, whatever is behind it."""


@dataclass(frozen=True)
class Art:
    """A text as pixels: where its box stands (even numbers), what is in it and how opaque it is.

    `colors` and `alphas` are one array a plane (Y at full size, U and V at half), float32, alpha 0-1. It may
    stand over the frame's edge.
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


@lru_cache(maxsize=8)
def art(title: Title, width: int, height: int, shown: int | None = None, scale: float = 1.0) -> Art:
    """The title drawn for a frame of `width` x `height`.

    `shown` is how many of its letters are there already, all by default; `scale` makes it larger or smaller
    about its middle.
    """
    setting = set_in_lines(title, width, height)
    outline = max(1, round(setting.size * 0.045))
    blur, drop = max(1.0, setting.size * 0.10), max(1, round(setting.size * 0.05))
    pad = outline + drop + round(3 * blur)
    x, y = (setting.x - pad) // 2 * 2, (setting.y - pad) // 2 * 2
    inside = setting.x - x, setting.y - y
    size = _even(setting.width + 2 * pad), _even(setting.height + 2 * pad)
    layers: list[tuple[Image.Image, float, tuple[int, int, int]]] = []
    if title.background is not None:
        box = _box(setting, inside, size)
        layers.append((box, title.background[3] / 255, title.background[:3]))
    letters, emoji = _letters(setting, inside, size, shown), _emoji(setting, inside, size, shown)
    if title.background is None or _worst(title.color, title.background) < _READABLE:
        edge, dark = _letters(setting, inside, size, shown, outline), outline_color(title.color)
        if emoji is not None:
            edge = ImageChops.lighter(
                edge, emoji.getchannel("A").filter(ImageFilter.MaxFilter(2 * outline + 1))
            )
        if title.background is None:
            moved = Image.new("L", size)
            moved.paste(edge, (0, drop))
            layers.append((moved.filter(ImageFilter.GaussianBlur(blur)), 0.7, dark))
        layers.append((edge, 0.85, dark))
    layers.append((letters, 1.0, title.color))
    if scale != 1.0:
        middle = x + size[0] / 2, y + size[1] / 2
        size = _even(size[0] * scale), _even(size[1] * scale)
        layers = [
            (mask.resize(size, Image.Resampling.BICUBIC), share, color) for mask, share, color in layers
        ]
        x, y = (round((m - side / 2) / 2) * 2 for m, side in zip(middle, size, strict=True))
        if emoji is not None:
            emoji = emoji.convert("RGBa").resize(size, Image.Resampling.BICUBIC).convert("RGBA")
    drawn: list[Layer] = [
        (np.asarray(mask, np.float32) * np.float32(share / 255), color) for mask, share, color in layers
    ]
    if emoji is not None:
        red, green, blue, alpha = (np.asarray(band, np.float32) for band in emoji.split())
        drawn.append((alpha * np.float32(1 / 255), (red, green, blue)))
    return _planes(x, y, drawn)


def _letters(
    setting: Setting, at: tuple[int, int], size: tuple[int, int], shown: int | None, stroke: int = 0
) -> Image.Image:
    mask = Image.new("L", size)
    pen = ImageDraw.Draw(mask)
    for x, y, line in _shown(setting, at, shown):
        draw_letters(pen, (x, y), line, 255, stroke=stroke)
    return mask


def _emoji(
    setting: Setting, at: tuple[int, int], size: tuple[int, int], shown: int | None
) -> Image.Image | None:
    """The emoji of a text in their colours; None where it has none."""
    found = [
        (round(x + left), round(y + top), picture)
        for x, y, line in _shown(setting, at, shown)
        for left, top, picture in draw_pictures(line)
    ]
    if not found:
        return None
    whole = Image.new("RGBA", size)
    for left, top, picture in found:
        whole.alpha_composite(picture, (max(0, left), max(0, top)), (max(0, -left), max(0, -top)))
    return whole


def _shown(setting: Setting, at: tuple[int, int], shown: int | None) -> Iterator[tuple[float, float, Line]]:
    """Every line with the left end of its base line, cut to the letters that are there already."""
    left = shown
    for line in setting.lines:
        whole = part = set_line(line.text, line.size, rtl=line.rtl, forms=line.forms)
        if left is not None:
            letters = clusters(line.text)
            part = set_line("".join(letters[: max(0, left)]), line.size, rtl=line.rtl, forms=line.forms)
            left -= len(letters)
        begins = whole.width - part.width if line.rtl else 0.0
        yield at[0] + line.x + begins, at[1] + line.y + font(line.size).getmetrics()[0], part


def _box(setting: Setting, at: tuple[int, int], size: tuple[int, int]) -> Image.Image:
    """Four times as large and then made smaller: its corners are round without steps."""
    large = Image.new("L", (setting.width * 4, setting.height * 4))
    edge = (0, 0, large.width - 1, large.height - 1)
    ImageDraw.Draw(large).rounded_rectangle(edge, round(setting.size * _CORNER * 4), 255)
    mask = Image.new("L", size)
    mask.paste(large.resize((setting.width, setting.height), Image.Resampling.BOX), at)
    return mask


def _worst(color: tuple[int, int, int], box: tuple[int, int, int, int]) -> float:
    """The contrast of letters to their box where the picture behind it is black, or white."""
    grounds = [
        tuple(round(ground + (value - ground) * box[3] / 255) for value in box[:3]) for ground in (0, 255)
    ]
    return min(contrast(color, ground) for ground in grounds)


def _planes(x: int, y: int, layers: list[Layer]) -> Art:
    """Layers laid over each other from the lowest up, as the planes of yuv420p (BT.709, limited range)."""
    alpha = np.zeros_like(layers[0][0])
    tones = [np.zeros_like(alpha) for _ in range(3)]
    for mask, color in layers:
        rest = 1 - mask
        alpha = alpha * rest + mask
        for i, tone in enumerate(_tones(color)):
            tones[i] = tones[i] * rest + mask * np.asarray(tone, np.float32)
    small = _halved(alpha)
    colors = [_shared(tones[0], alpha), *(_shared(_halved(tone), small) for tone in tones[1:])]
    return Art(x, y, tuple(colors), (alpha, small, small))


def _shared(tone: Mask, alpha: Mask) -> Mask:
    """The tone of what is there, whatever there is of it."""
    return (tone / np.maximum(alpha, np.float32(1e-6))).astype(np.float32, copy=False)


def _tones(color: tuple[Tone, Tone, Tone]) -> tuple[Tone, Tone, Tone]:
    red, green, blue = (value / 255 for value in color)
    luma = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return 16 + 219 * luma, 128 + 224 * (blue - luma) / 1.8556, 128 + 224 * (red - luma) / 1.5748


def _halved(plane: NDArray[np.float32]) -> NDArray[np.float32]:
    rows, columns = plane.shape
    halved: NDArray[np.float32] = plane.reshape(rows // 2, 2, columns // 2, 2).mean(axis=(1, 3))
    return halved


def _even(length: float) -> int:
    return max(2, round(length / 2 + 0.49) * 2)
