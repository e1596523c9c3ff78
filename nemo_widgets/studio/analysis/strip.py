"""A few pictures of a part of a clip, side by side, each over its clock, to be seen at a glance."""

from __future__ import annotations

import base64
import io
from typing import TYPE_CHECKING, Any

from PIL import Image, ImageDraw

from nemo_widgets.draft import clock
from nemo_widgets.fonts import font
from nemo_widgets.studio.media import MediaError, poster

from .errors import AnalysisCancelled, Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

__all__ = ["find_strip", "strip_png"]

_MOST_BYTES = 100_000
_WIDTH, _HEIGHT = 160, 200
"""The largest size of one of the pictures."""
_GAP, _LINE = 4, 20
_DARK, _PALE = (36, 42, 54), (236, 239, 244)
_COLOURS = (128, 64, 32, 16)
"""As many colours as the bytes allow; with fewer than the last the pictures get smaller."""


def find_strip(
    path: Path,
    *,
    start_ms: int,
    end_ms: int,
    frames: int = 6,
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    name: str = "",
) -> dict[str, Any]:
    """Pictures of a clip from `start_ms` to `end_ms`: `png` (base64, 100 kB at most), their `times` in ms.

    Raises:
        Unreadable: there is no picture that can be decoded.
        AnalysisCancelled: `cancelled` said so.
    """
    times = [round(start_ms + (i + 0.5) * (end_ms - start_ms) / frames) for i in range(frames)]
    pictures = []
    for i, ms in enumerate(times):
        if cancelled is not None and cancelled():
            raise AnalysisCancelled(f"Looking into {name or path.name} was stopped.")
        try:
            pictures.append(poster(path, ms, _WIDTH))
        except MediaError as error:
            raise Unreadable(
                f"{name or path.name} has no picture at {clock(ms)} that can be read."
            ) from error
        if progress is not None:
            progress((i + 1) / frames)
    return {"png": base64.b64encode(strip_png(pictures, times)).decode(), "times": times}


def strip_png(pictures: Sequence[Image.Image], times: Sequence[int]) -> bytes:
    """Pictures side by side as PNG of at most 100 kB, under each its time (ms) to a tenth of a second."""
    sheet = _sheet(pictures, times)
    while True:
        for colours in _COLOURS:
            found = _png(sheet, colours)
            if len(found) <= _MOST_BYTES:
                return found
        sheet = sheet.resize((sheet.width * 4 // 5, sheet.height * 4 // 5), Image.Resampling.LANCZOS)


def _sheet(pictures: Sequence[Image.Image], times: Sequence[int]) -> Image.Image:
    tiles = [_tile(picture) for picture in pictures]
    across, down = max(tile.width for tile in tiles), max(tile.height for tile in tiles)
    sheet = Image.new("RGB", (len(tiles) * (across + _GAP) - _GAP, down + _LINE), _DARK)
    pen = ImageDraw.Draw(sheet)
    for i, (tile, ms) in enumerate(zip(tiles, times, strict=True)):
        left = i * (across + _GAP)
        sheet.paste(tile, (left + (across - tile.width) // 2, (down - tile.height) // 2))
        at = (left + across / 2, down + _LINE / 2)
        pen.text(at, clock(ms), font=font(12), fill=_PALE, anchor="mm")
    return sheet


def _tile(picture: Image.Image) -> Image.Image:
    share = min(_WIDTH / picture.width, _HEIGHT / picture.height, 1.0)
    size = max(1, round(picture.width * share)), max(1, round(picture.height * share))
    return picture.resize(size, Image.Resampling.LANCZOS) if share < 1 else picture


def _png(sheet: Image.Image, colours: int) -> bytes:
    out = io.BytesIO()
    sheet.quantize(colours, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(
        out, "PNG", compress_level=9
    )
    return out.getvalue()
