"""The fonts that letters are drawn with: those of this package, of the `fonts` extra, and of the machine."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .tables import read_tables

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PIL import ImageFont

    from .tables import Tables

__all__ = ["EMOJI", "LATIN", "MAIN", "Face", "bundled", "can_shape", "of_extra"]

_HERE = Path(__file__).parent
_SCRIPTS = _HERE / "scripts"
_EXTRA = "manimgx_fonts_cjk"
_BOLD = 700
_TRIED = 24
"""Size in pixels at which a font of the machine is tried."""
_STRIKES = (109, 136, 128, 160, 96, 72, 64, 48, 40, 32, 20)
"""Sizes in pixels that fonts of bitmaps have."""


@dataclass(frozen=True, slots=True)
class Face:
    """One font of a file; `index` counts the fonts of a collection."""

    path: Path
    index: int = 0

    @property
    def tables(self) -> Tables:
        """What the file has."""
        return read_tables(self.path, self.index)

    def has(self, char: str) -> bool:
        """Whether there is a glyph for the character."""
        return self.tables.has(ord(char))

    @property
    def coloured(self) -> bool:
        """Whether its glyphs have colours of their own, in a form that can be drawn here."""
        tables = self.tables
        return tables.flat_colours or bool(tables.names & {"CBDT", "sbix"})

    def draws(self, text: str) -> bool:
        """Whether the letters are really in the file, which may be damaged or of an unknown kind."""
        try:
            left, top, right, bottom = self.at(_TRIED).getbbox(text)
        except (OSError, ValueError):
            return False
        return right > left and bottom > top

    def at(self, size: int) -> ImageFont.FreeTypeFont:
        """The font at `size` pixels; one of bitmaps at the size it has, see `scale`."""
        return _opened(self, size)[0]

    def scale(self, size: int) -> float:
        """How many times as large what `at` draws has to be shown; 1.0 for all but bitmaps."""
        return _opened(self, size)[1]


MAIN = Face(_HERE / "NotoSansSC-Bold.otf")
"""The first choice for everything it has."""
LATIN = Face(_SCRIPTS / "NemoLatin-Bold.ttf")
"""The other letters of the same design: all of Latin, Greek and Cyrillic."""
EAST_ASIAN = Face(_SCRIPTS / "NotoSansCJK-Bold.otf")
"""Traditional characters, kanji in their Japanese form, and Hangul."""
EMOJI = Face(_SCRIPTS / "TwemojiMozilla.ttf")


@cache
def bundled(*, japanese: bool = False) -> tuple[Face, ...]:
    """The package's fonts in the order in which they are tried; emoji stand last."""
    first = (EAST_ASIAN, MAIN, LATIN) if japanese else (MAIN, LATIN, EAST_ASIAN)
    rest = sorted(path for path in _SCRIPTS.iterdir() if path.suffix in (".ttf", ".otf"))
    others = [Face(path) for path in rest if Face(path) not in (*first, EMOJI)]
    symbols = [face for face in others if "Math" in face.path.name or "Symbols" in face.path.name]
    return (*first, *(face for face in others if face not in symbols), *symbols, EMOJI)


@cache
def of_extra() -> tuple[Face, ...]:
    """The fonts that `pip install "nemo-widgets[fonts]"` brings: all of Noto Sans CJK."""
    found = find_spec(_EXTRA)
    folders = list(found.submodule_search_locations or ()) if found else []
    files = (path for folder in folders for path in sorted(Path(folder).glob("*.[ot]t[cf]")))
    return tuple(Face(path) for path in files)


@cache
def can_shape() -> bool:
    """Whether letters can be joined, stacked and reordered: Pillow finds Raqm, HarfBuzz and FriBiDi."""
    from PIL import features

    return bool(features.check("raqm"))


@lru_cache(maxsize=256)
def _opened(face: Face, size: int) -> tuple[ImageFont.FreeTypeFont, float]:
    from PIL import ImageFont

    # The main font is set without kerning, as it always was, so that a title keeps its look.
    plain = face == MAIN or not can_shape()
    engine = ImageFont.Layout.BASIC if plain else ImageFont.Layout.RAQM
    for step in (size, *_STRIKES):
        try:
            font = ImageFont.truetype(face.path, step, index=face.index, layout_engine=engine)
        except OSError:
            if step == _STRIKES[-1]:
                raise
            continue
        if "fvar" in face.tables.names:
            font.set_variation_by_axes([_value(axis) for axis in font.get_variation_axes()])
        return font, size / step
    raise OSError(f"{face.path} has no size that can be used.")


def _value(axis: Mapping[str, Any]) -> float:
    """Bold where the font can be it, and else as it is by itself."""
    bold = axis["name"] in (b"Weight", "Weight")
    return float(min(_BOLD, axis["maximum"]) if bold else axis["default"])
