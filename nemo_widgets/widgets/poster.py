"""Posters: a film as one picture, with its name and length below it, and how it is played."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw

from .lettering import fitted, write
from .stills import look

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .stills import Look

__all__ = [
    "DARK",
    "FILM_WIDE",
    "PALE",
    "STRIP",
    "as_png",
    "film_high",
    "poster_image",
    "poster_of",
    "poster_png",
]

FILM_WIDE = 640
"""The width of every film on a page that has the room, as a poster and as a player."""
STRIP = 46
"""The height of the strip of words below it. player.css knows the sizes of the words in it."""
DARK, PALE = (36, 42, 54), (236, 239, 244)
"""Words are pale on dark, 12:1, whatever the page behind."""
_LOWEST, _HIGHEST, _OF_SOUND, _UNKNOWN = 160, 480, 160, 360
_SIZE, _LINE, _EDGE = 13, 18, 12
_BYTES = 150_000
_SOUND = (0.12, 0.3, 0.55, 0.35, 0.7, 0.95, 0.6, 0.8, 0.45, 0.65, 0.9, 0.5, 0.25, 0.4, 0.15)
"""The levels of a sound that nobody has listened to: the picture says 'this is sound'."""


def film_high(found: Look) -> int:
    """The height of a film's picture, `FILM_WIDE` pixels wide: of its shape, but no tower and no slit."""
    if found.width > 0 and found.height > 0:
        return min(_HIGHEST, max(_LOWEST, round(FILM_WIDE * found.height / found.width)))
    return _OF_SOUND if found.kind == "audio" else _UNKNOWN


def poster_png(path: str | Path, *, at_ms: int | None = None, label: str = "", hint: str = "") -> bytes:
    """The poster of a file as PNG: a still of 640 pixels' width, and a strip of words below it.

    The words are `label`, or else name, length and size, and under them `hint`. Without PyAV, for sound, and
    for a file that can't be read a drawn card stands in the still's place.
    """
    path = Path(path)
    found = look(path, at_ms)
    return poster_of(found, label or found.words(path.name), hint)


def poster_of(found: Look, words: str, hint: str = "") -> bytes:
    """The poster of a file that was looked at already."""
    picture = poster_image(found)
    whole = Image.new("RGB", (picture.width, picture.height + STRIP), DARK)
    whole.paste(picture, (0, 0))
    lines = [line for line in (words, hint) if line]
    for n, line in enumerate(lines):
        middle = picture.height + STRIP / 2 + (n - (len(lines) - 1) / 2) * _LINE
        text = fitted(line, picture.width - 2 * _EDGE, _SIZE)
        write(whole, (_EDGE, middle), text, _SIZE, PALE)
    return as_png(whole)


def poster_image(found: Look, *, foot: int = 0) -> Image.Image:
    """The poster without its strip: the still, with dark sides or bars where its shape asks for them.

    So many pixels at the foot of a drawn sound stay empty.
    """
    canvas = Image.new("RGB", (FILM_WIDE, film_high(found)), DARK)
    if found.picture is None:
        if found.kind == "text":
            _subtitles(canvas, found.lines)
        elif found.kind == "audio":
            _bars(canvas, found.levels or _SOUND, canvas.height - foot)
        else:
            _reel(canvas)
        return canvas
    share = min(canvas.width / found.picture.width, canvas.height / found.picture.height)
    size = tuple(max(1, round(n * share)) for n in found.picture.size)
    still = found.picture.convert("RGB").resize((size[0], size[1]), Image.Resampling.LANCZOS)
    canvas.paste(still, ((canvas.width - size[0]) // 2, (canvas.height - size[1]) // 2))
    return canvas


def _reel(canvas: Image.Image) -> None:
    """A piece of film, for one of which there is no picture; no sign that asks to be pressed."""
    draw, unit = ImageDraw.Draw(canvas), canvas.height / 16
    x, y = canvas.width / 2 - 5 * unit, canvas.height / 2 - 4 * unit
    draw.rounded_rectangle((x, y, x + 10 * unit, y + 8 * unit), unit / 2, fill=(92, 102, 122))
    draw.rectangle((x + 1.5 * unit, y + 2 * unit, x + 8.5 * unit, y + 6 * unit), fill=DARK)
    for n in range(5):
        left = x + (0.6 + 1.95 * n) * unit
        for top in (y + 0.6 * unit, y + 6.6 * unit):
            draw.rectangle((left, top, left + unit, top + 0.8 * unit), fill=DARK)


def _subtitles(canvas: Image.Image, lines: Sequence[str]) -> None:
    """A screen with words at its foot: the first ones of the subtitles, else bars in their place."""
    draw, unit = ImageDraw.Draw(canvas), canvas.height / 16
    draw.rounded_rectangle(
        (unit, unit, canvas.width - unit, canvas.height - unit), unit / 2, outline=(92, 102, 122), width=4
    )
    size = round(2 * unit)
    for n, line in enumerate(reversed(lines)):
        text = fitted(line, canvas.width - 4 * unit, size)
        middle = canvas.height - (3 + 2.6 * n) * unit
        write(canvas, (canvas.width / 2, middle), text, size, PALE, "mm")
    for n in range(0 if lines else 2):
        half, top = canvas.width * (0.3 - 0.1 * n), canvas.height - (5.5 - 2.2 * n) * unit
        draw.rounded_rectangle(
            (canvas.width / 2 - half, top, canvas.width / 2 + half, top + unit), unit / 2, fill=PALE
        )


def _bars(canvas: Image.Image, levels: Sequence[float], high: float) -> None:
    """A sound as bars, each as high as its level, in the upper `high` pixels of the picture."""
    draw = ImageDraw.Draw(canvas)
    step = canvas.width * (0.92 if len(levels) > len(_SOUND) else 0.36) / len(levels)
    left, bar = (canvas.width - step * len(levels)) / 2, step * 0.55
    for i, share in enumerate(levels):
        x, half = left + i * step, max(1.0, share * high * 0.4)
        draw.rounded_rectangle((x, high / 2 - half, x + bar, high / 2 + half), bar / 2, fill=(64, 170, 140))


def as_png(image: Image.Image) -> bytes:
    """The picture as PNG of few colours: a third of the bytes, in a notebook file that is kept.

    They are 128, and fewer where that would be more than some 150 kB.
    """
    clear = image.mode == "RGBA"
    method = Image.Quantize.FASTOCTREE if clear else Image.Quantize.MEDIANCUT
    for colours in (256,) if clear else (128, 64, 32):
        out = io.BytesIO()
        image.quantize(colours, method=method, dither=Image.Dither.NONE).save(out, "PNG", compress_level=9)
        if out.tell() <= _BYTES:
            break
    return out.getvalue()
