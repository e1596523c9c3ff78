"""The one font that pictures and titles can count on: Latin, Greek, Cyrillic, Chinese (GB 2312) and kana.

A subset of Noto Sans CJK SC Bold (SIL Open Font License 1.1, `OFL.txt` beside it), so that a title looks
the same on every machine, with no font installed.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import ImageFont

__all__ = ["drawable", "font"]

_FILE = Path(__file__).with_name("NotoSansSC-Bold.otf")


@cache
def font(size: int) -> ImageFont.FreeTypeFont:
    """The font at `size` pixels."""
    from PIL import ImageFont

    return ImageFont.truetype(_FILE, size, layout_engine=ImageFont.Layout.BASIC)


def drawable(text: str) -> str:
    """The text without the characters that the font has no glyph for (emoji, say), with no gap left behind.

    >>> drawable("Urban Dreams 🎬")
    'Urban Dreams'
    """
    kept = "".join(char for char in text if char == "\n" or _has_glyph(char))
    return kept if kept == text else "\n".join(" ".join(line.split()) for line in kept.splitlines())


@cache
def _has_glyph(char: str) -> bool:
    probe = font(24)
    if char.isspace():
        return char in " \u3000\u00a0"
    return bytes(probe.getmask(char)) != _missing(probe)


@cache
def _missing(probe: ImageFont.FreeTypeFont) -> bytes:
    """What the font draws for a character it does not have: the box of a private-use character."""
    return bytes(probe.getmask("\ue83a"))
