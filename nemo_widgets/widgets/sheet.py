"""A sheet of small cards, one for each of several files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PIL import Image, ImageDraw

from nemo_widgets.interrupts import stoppable, to_thread

from .bundle import picture_bundle
from .lettering import fitted, wrapped, write
from .poster import DARK, PALE, as_png, poster_image
from .stills import Look, look

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from nemo_widgets.draft import Bundle

__all__ = ["MediaSheet", "media_sheet_png"]

_CARD, _THUMB, _GAP = (202, 160), (202, 114), 17
_COLUMNS, _SIZE, _LINE, _EDGE = 3, 13, 18, 8
_SCALE = 2
"""Sheets are drawn at twice their size, for fine screens."""
_SLACK = 4
_WIDE = 3 * _CARD[0] + 2 * _GAP
"""How wide a sheet with notes is: three cards."""


def media_sheet_png(items: Sequence[tuple[Path | None, str, str]], notes: Sequence[str] = ()) -> bytes:
    """A sheet of small cards as PNG, three in a row: for each (file, name, detail) a thumbnail and two lines.

    The page around the cards is transparent. A file that is None, or can't be read, gets a drawn thumbnail.
    `notes` stand below the cards, each on as many lines as it takes.
    """
    columns = min(_COLUMNS, max(1, len(items)))
    rows = max(1, -(-len(items) // columns))
    step_x, step_y = _CARD[0] + _GAP, _CARD[1] + _GAP
    width, height = columns * step_x - _GAP, rows * step_y - _GAP
    lines = [line for note in notes for line in wrapped(note, (_WIDE - 2 * _EDGE) * _SCALE, _SIZE * _SCALE)]
    if lines:
        width, panel = _WIDE, len(lines) * _LINE + 2 * _EDGE
        height += _GAP + panel
    sheet = Image.new("RGBA", (width * _SCALE, height * _SCALE), (*DARK, 0))
    shape = _rounded((_CARD[0] * _SCALE, _CARD[1] * _SCALE))
    for i, (path, name, detail) in enumerate(items):
        card = _card(look(path, best=False) if path is not None else Look("video"), name, detail)
        sheet.paste(card, ((i % columns) * step_x * _SCALE, (i // columns) * step_y * _SCALE), shape)
    if lines:
        below = _panel(lines, (_WIDE * _SCALE, panel * _SCALE))
        sheet.paste(below, (0, sheet.height - below.height), _rounded(below.size))
    return as_png(sheet)


class MediaSheet:
    """Uploaded files as a cell's output: `media_sheet_png` at its proper size, and the same in words."""

    def __init__(self, items: Sequence[tuple[Path | None, str, str]], notes: Sequence[str] = ()) -> None:
        self._items, self._notes = list(items), list(notes)

    def __repr__(self) -> str:
        lines = [" · ".join(part for part in item[1:] if part) for item in self._items]
        return "\n".join([*lines, *self._notes])

    @stoppable
    def _repr_mimebundle_(self, **_: object) -> Bundle:
        return to_thread(self._bundle)

    def _bundle(self) -> Bundle:
        png = media_sheet_png(self._items, self._notes)
        width, height = (int.from_bytes(png[n : n + 4], "big") // _SCALE for n in (16, 20))  # from its header
        words = "; ".join(repr(self).splitlines())
        return picture_bundle(png, words, width=width, height=height, plain=repr(self))


def _card(found: Look, name: str, detail: str) -> Image.Image:
    card = Image.new("RGB", (_CARD[0] * _SCALE, _CARD[1] * _SCALE), DARK)
    thumb = _thumb(found)
    card.paste(thumb, (0, 0))
    lines = [line for line in (name, detail) if line]
    for n, words in enumerate(lines):
        middle = _THUMB[1] + (_CARD[1] - _THUMB[1]) / 2 + (n - (len(lines) - 1) / 2) * _LINE
        text = fitted(words, (_CARD[0] - 2 * _EDGE) * _SCALE, _SIZE * _SCALE)
        write(card, (_EDGE * _SCALE, middle * _SCALE), text, _SIZE * _SCALE, PALE)
    return card


def _panel(lines: Sequence[str], size: tuple[int, int]) -> Image.Image:
    panel = Image.new("RGB", size, DARK)
    for n, line in enumerate(lines):
        at = _EDGE * _SCALE, (_EDGE + (n + 0.5) * _LINE) * _SCALE
        write(panel, at, line, _SIZE * _SCALE, PALE)
    return panel


def _thumb(found: Look) -> Image.Image:
    width, height = (n * _SCALE for n in _THUMB)
    picture = found.picture.convert("RGB") if found.picture is not None else poster_image(found)
    share = min(width / picture.width, height / picture.height)
    # A gap of a pixel or two is no letterbox but a shape that is nearly the card's: it is filled.
    fit = [max(1, round(n * share)) for n in picture.size]
    fit = [whole if whole - n <= _SLACK else n for n, whole in zip(fit, (width, height), strict=True)]
    picture = picture.resize((fit[0], fit[1]), Image.Resampling.LANCZOS)
    thumb = Image.new("RGB", (width, height), DARK)
    thumb.paste(picture, ((width - picture.width) // 2, (height - picture.height) // 2))
    return thumb


def _rounded(size: tuple[int, int]) -> Image.Image:
    mask = Image.new("L", size, 0)
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, size[0] - 1, size[1] - 1), 6 * _SCALE, fill=255)
    return mask
