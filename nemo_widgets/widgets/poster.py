"""Posters: a film as one picture with its name and length, and a sheet of small cards for several files."""

from __future__ import annotations

import base64
import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PIL import Image, ImageDraw

from nemo_widgets.fonts import font

from .lettering import fitted
from .stills import Look, look

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["MediaSheet", "media_sheet_png", "poster_image", "poster_of", "poster_png"]

_DARK = (36, 42, 54)
_PALE = (236, 239, 244)
_GREY = (118, 118, 118)
"""Legible on white and on black pages alike (4.5:1 and 4.2:1)."""
_COLOURS = 128
_CARD, _THUMB, _GAP = 184, (184, 104), 16
_SCALE = 2
"""Sheets are drawn at twice their size, for fine screens."""
_SLACK = 4


def poster_png(path: str | Path, *, at_ms: int | None = None, width: int = 480, label: str = "") -> bytes:
    """The poster of a file as PNG, `width` pixels wide: a still, a play badge, and a strip of words.

    The words are `label`, or else name, length and size. Without PyAV, for sound, and for a file that can't
    be read a drawn card stands in the still's place.
    """
    path = Path(path)
    found = look(path, at_ms)
    return poster_of(found, label or found.words(path.name), width=width)


def poster_of(found: Look, words: str, *, width: int = 480) -> bytes:
    """The poster of a file that was looked at already."""
    return _png(_with_strip(poster_image(found, width=width), words))


def poster_image(found: Look, *, width: int = 480, badge: bool = True) -> Image.Image:
    """The poster without its strip: the still fitted in `width` (upright ones over dark sides)."""
    if found.picture is None:
        canvas = Image.new("RGB", (width, round(width * (0.3 if found.kind == "audio" else 0.5625))), _DARK)
    else:
        most = round(width * 0.75)
        share = min(width / found.picture.width, most / found.picture.height)
        size = (max(1, round(found.picture.width * share)), max(1, round(found.picture.height * share)))
        canvas = Image.new("RGB", (width, size[1]), _DARK)
        canvas.paste(
            found.picture.convert("RGB").resize(size, Image.Resampling.LANCZOS), ((width - size[0]) // 2, 0)
        )
    if found.kind == "audio" and found.picture is None:
        _note(canvas)
    elif badge and found.kind != "image":
        _badge(canvas)
    return canvas


def media_sheet_png(items: Sequence[tuple[Path | None, str, str]]) -> bytes:
    """A sheet of small cards as PNG, five in a row: for each (file, name, detail) a thumbnail and two lines.

    The page around the cards is transparent, the words are legible on light and dark ones. A file that is
    None, or can't be read, gets a drawn thumbnail.
    """
    columns = min(5, max(1, len(items)))
    rows = max(1, -(-len(items) // columns))
    line = 18
    step_x, step_y = _CARD + _GAP, _THUMB[1] + 2 * line + 6 + _GAP
    size = ((columns * step_x - _GAP) * _SCALE, (rows * step_y - _GAP) * _SCALE)
    sheet = Image.new("RGBA", size, (*_GREY, 0))
    for i, (path, name, detail) in enumerate(items):
        x, y = (i % columns) * step_x * _SCALE, (i // columns) * step_y * _SCALE
        found = look(path) if path is not None else Look("video")
        sheet.paste(_thumb(found), (x, y), _rounded(tuple(n * _SCALE for n in _THUMB)))
        draw = ImageDraw.Draw(sheet)
        for words, top, size_px in ((name, _THUMB[1] + 4, 13), (detail, _THUMB[1] + 4 + line, 11)):
            text = fitted(words, _CARD * _SCALE, size_px * _SCALE)
            draw.text((x, y + top * _SCALE), text, font=font(size_px * _SCALE), fill=(*_GREY, 255))
    return _png(sheet)


class MediaSheet:
    """Uploaded files as a cell's output: `media_sheet_png` at its proper size, and the same in words."""

    def __init__(self, items: Sequence[tuple[Path | None, str, str]]) -> None:
        self._items = list(items)

    def __repr__(self) -> str:
        return "\n".join(" · ".join(part for part in item[1:] if part) for item in self._items)

    def _repr_mimebundle_(self, **_: object) -> tuple[dict[str, str], dict[str, Any]]:
        png = media_sheet_png(self._items)
        data = {"text/plain": repr(self), "image/png": base64.b64encode(png).decode()}
        return data, {"image/png": {"width": int.from_bytes(png[16:20], "big") // _SCALE}}  # from its header


def _thumb(found: Look) -> Image.Image:
    width, height = (n * _SCALE for n in _THUMB)
    picture = poster_image(found, width=width, badge=False)
    share = min(width / picture.width, height / picture.height)
    # A gap of a pixel or two is no letterbox but a shape that is nearly the card's: it is filled.
    fit = [round(n * share) for n in picture.size]
    fit = [whole if whole - n <= _SLACK else max(1, n) for n, whole in zip(fit, (width, height), strict=True)]
    picture = picture.resize((fit[0], fit[1]))
    thumb = Image.new("RGB", (width, height), _DARK)
    thumb.paste(picture, ((width - picture.width) // 2, (height - picture.height) // 2))
    if found.picture is None and found.kind == "video":
        _badge(thumb)
    return thumb


def _rounded(size: tuple[int, ...]) -> Image.Image:
    mask = Image.new("L", (size[0], size[1]), 0)
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, size[0] - 1, size[1] - 1), 6 * _SCALE, fill=255)
    return mask


def _badge(canvas: Image.Image) -> None:
    """A round play mark in the middle, smoothed by drawing it four times as large."""
    size = max(24, min(canvas.size) // 5)
    big = Image.new("RGBA", (4 * size, 4 * size), (0, 0, 0, 0))
    draw = ImageDraw.Draw(big)
    draw.ellipse(
        (0, 0, 4 * size - 1, 4 * size - 1), fill=(0, 0, 0, 150), outline=(255, 255, 255, 220), width=size // 8
    )
    draw.polygon(
        [(1.55 * size, 1.15 * size), (1.55 * size, 2.85 * size), (3 * size, 2 * size)],
        fill=(255, 255, 255, 235),
    )
    mark = big.resize((size, size), Image.Resampling.LANCZOS)
    canvas.paste(mark, ((canvas.width - size) // 2, (canvas.height - size) // 2), mark)


def _note(canvas: Image.Image) -> None:
    """Bars of a sound's picture: the same for every sound, for it only says 'this is sound'."""
    draw = ImageDraw.Draw(canvas)
    middle, bar = canvas.height / 2, canvas.width / 80
    heights = (0.12, 0.3, 0.55, 0.35, 0.7, 0.95, 0.6, 0.8, 0.45, 0.65, 0.9, 0.5, 0.25, 0.4, 0.15)
    left = (canvas.width - (2 * len(heights) - 1) * bar) / 2
    for i, share in enumerate(heights):
        x, half = left + 2 * i * bar, share * canvas.height * 0.3
        draw.rounded_rectangle((x, middle - half, x + bar, middle + half), bar / 2, fill=(64, 170, 140))


def _with_strip(image: Image.Image, words: str) -> Image.Image:
    height = max(22, image.width // 18)
    size = round(height * 0.56)
    canvas = Image.new("RGB", (image.width, image.height + height), _DARK)
    canvas.paste(image, (0, 0))
    text = fitted(words, image.width - height, size)
    ImageDraw.Draw(canvas).text(
        (height // 2, image.height + height / 2), text, font=font(size), fill=_PALE, anchor="lm"
    )
    return canvas


def _png(image: Image.Image) -> bytes:
    """The picture as PNG of at most 128 colours: a third of the bytes, in a notebook file that is kept."""
    method = Image.Quantize.FASTOCTREE if image.mode == "RGBA" else Image.Quantize.MEDIANCUT
    small = image.quantize(_COLOURS if image.mode == "RGB" else 256, method=method, dither=Image.Dither.NONE)
    out = io.BytesIO()
    small.save(out, "PNG", compress_level=9)
    return out.getvalue()
