"""The letters of titles and pictures, in every script: their fonts, how wide they are, how they look.

The main font is a subset of Noto Sans CJK SC Bold (Latin, Chinese of GB 2312, kana), so that a title looks
the same on every machine, with no font installed. What it lacks stands in the fonts of `scripts`, in those of
the extra `fonts`, and in those of the machine, in this order. Licences: `OFL.txt` and `TWEMOJI.txt`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .bidi import reads_rtl
from .choice import clusters, drawable, missing
from .faces import MAIN, can_shape, of_extra
from .forms import Forms, forms_of, forms_of_all, forms_of_language
from .lines import Line, draw_letters, draw_pictures, length_of, set_line
from .shaping import needs_shaping
from .system import installed
from .wrapping import pieces, wrapped

if TYPE_CHECKING:
    from PIL import ImageFont

__all__ = [
    "Forms",
    "Line",
    "can_shape",
    "clusters",
    "draw_letters",
    "draw_pictures",
    "drawable",
    "font",
    "forms_of",
    "forms_of_all",
    "forms_of_language",
    "installed",
    "length_of",
    "missing",
    "needs_shaping",
    "of_extra",
    "pieces",
    "reads_rtl",
    "set_line",
    "wrapped",
]


def font(size: int) -> ImageFont.FreeTypeFont:
    """The main font at `size` pixels."""
    return MAIN.at(size)
