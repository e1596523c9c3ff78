"""Builds the fonts in nemo_widgets/fonts/scripts from what their makers publish; it is run by hand.

    python .ci/build_fonts.py UNPACKED TARGET

UNPACKED is a folder with these packages unpacked below it, in folders of any name: from Debian
`fonts-noto-core`, `fonts-noto-cjk`, `firefox-esr` (for Twemoji) and `unicode-data`; from PyPI
`fontpkg-source-sans-3`. It needs `fonttools`. Fonts whose makers keep a name for themselves get another one,
as their licence asks.
"""

from __future__ import annotations

import bz2
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from fontTools import subset
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

if TYPE_CHECKING:
    from collections.abc import Iterable

SCRIPTS = (
    "NotoSans-Bold", "NotoSansArabic-Bold", "NotoSansHebrew-Bold", "NotoSansArmenian-Bold",
    "NotoSansGeorgian-Bold",
    "NotoSansEthiopic-Bold", "NotoSansDevanagari-Bold", "NotoSansBengali-Bold", "NotoSansGurmukhi-Bold",
    "NotoSansGujarati-Bold", "NotoSansOriya-Bold", "NotoSansTamil-Bold", "NotoSansTelugu-Bold",
    "NotoSansKannada-Bold", "NotoSansMalayalam-Bold", "NotoSansSinhala-Bold", "NotoSansThai-Bold",
    "NotoSansLao-Bold", "NotoSansKhmer-Bold", "NotoSansMyanmar-Bold", "NotoSerifTibetan-Bold",
    "NotoSansThaana-Bold", "NotoSansSyriac-Regular", "NotoSansNKo-Regular", "NotoSansTifinagh-Regular",
    "NotoSansCherokee-Bold", "NotoSansCanadianAboriginal-Bold", "NotoSansMongolian-Regular",
)  # fmt: skip
SYMBOLS = (
    ("NotoSansMath-Regular", (*range(0x2000, 0x2C00), *range(0x1D400, 0x1D800))),
    ("NotoSansSymbols-Bold", range(0x2000, 0x3000)),
    ("NotoSansSymbols2-Regular", range(0x2000, 0x2C00)),
)
LATIN_SCALE, LATIN_WEIGHT = 1.135, 650
"""The Latin letters of Noto Sans CJK are those of Source Sans of this weight, so much larger."""
JP, KR, SC, TC = range(4)
"""The fonts in the collection NotoSansCJK-Bold.ttc; they share their glyphs."""


def main(unpacked: Path, target: Path, there: Path) -> None:
    """Builds every font; `there` is the font that the package has already."""
    for name in SCRIPTS:
        save(reduced(TTFont(one(unpacked, f"{name}.ttf"))), target / f"{name}.ttf")
    for name, wanted in SYMBOLS:
        save(reduced(TTFont(one(unpacked, f"{name}.ttf")), wanted, layout=False), target / f"{name}.ttf")
    latin = reduced(
        instancer.instantiateVariableFont(
            TTFont(one(unpacked, "SourceSans3*wght*.ttf")), {"wght": LATIN_WEIGHT}
        )
    )
    latin["head"].unitsPerEm = round(latin["head"].unitsPerEm / LATIN_SCALE)
    renamed(latin, "Nemo Latin")
    save(latin, target / "NemoLatin-Bold.ttf")
    save(east_asian(unpacked, set(TTFont(there).getBestCmap())), target / "NotoSansCJK-Bold.otf")
    save(framed(TTFont(one(unpacked, "TwemojiMozilla.ttf"))), target / "TwemojiMozilla.ttf")


def one(folder: Path, pattern: str) -> Path:
    """The one file of that name below a folder."""
    return next(path for path in sorted(folder.rglob(pattern.replace("[", "?"))) if "Italic" not in path.name)


def reduced(font: TTFont, wanted: Iterable[int] | None = None, *, layout: bool = True) -> TTFont:
    """The font with only the `wanted` characters, all by default; without hints and names of glyphs."""
    options = subset.Options()
    options.layout_features = ["*"] if layout else []
    options.hinting, options.glyph_names, options.notdef_outline = False, False, True
    options.desubroutinize = True
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.drop_tables += ["vhea", "vmtx", "VORG", "BASE", "STAT", "MATH", "DSIG"]
    there = font.getBestCmap()
    chosen = subset.Subsetter(options)
    chosen.populate(unicodes=there if wanted is None else [char for char in wanted if char in there])
    chosen.subset(font)
    return font


def framed(font: TTFont) -> TTFont:
    """Give every emoji of layers an outline as large as they are: Pillow makes room for nothing else."""
    glyphs = font["glyf"]
    for name, layers in font["COLR"].ColorLayers.items():
        parts = [glyphs[layer.name] for layer in layers if glyphs[layer.name].numberOfContours]
        if glyphs[name].numberOfContours or not parts:
            continue
        left, bottom = min(part.xMin for part in parts), min(part.yMin for part in parts)
        right, top = max(part.xMax for part in parts), max(part.yMax for part in parts)
        pen = TTGlyphPen(None)
        pen.moveTo((left, bottom))
        for point in ((left, top), (right, top), (right, bottom)):
            pen.lineTo(point)
        pen.closePath()
        glyphs[name] = pen.glyph()
        font["hmtx"][name] = font["hmtx"][name][0], left
    return font


def renamed(font: TTFont, name: str) -> None:
    """Give the font another family's name."""
    for record in font["name"].names:
        if record.nameID in (1, 3, 4, 6, 16):
            record.string = name.replace(" ", "") if record.nameID == 6 else name  # noqa: PLR2004 - PostScript's


def east_asian(unpacked: Path, there: set[int]) -> TTFont:
    """What the usual sets of Taiwan, Hong Kong, Japan, Korea and mainland China have and `there` lacks.

    Kanji that are drawn otherwise in Japan than in China are in it too, in their Japanese form.
    """
    source = one(unpacked, "NotoSansCJK-Bold.ttc")
    glyphs = [TTFont(source, fontNumber=n, lazy=True).getBestCmap() for n in (JP, KR, SC, TC)]
    japanese = decoded("cp932", (*range(0x81, 0xA0), *range(0xE0, 0xFD)))
    wanted = {char: glyphs[JP][char] for char in japanese if char in glyphs[JP]}
    wanted = {c: g for c, g in wanted.items() if c not in there or g != glyphs[SC].get(c)}
    for index, chars in (
        (TC, decoded("big5", range(0xA1, 0xFA))),
        (SC, standard(unpacked)),
        (TC, {char for char in decoded("big5hkscs", range(0x87, 0xFF)) if char < 0x20000}),  # noqa: PLR2004 - plane 2
        (KR, decoded("euc_kr", range(0xA1, 0xFF))),
        (KR, {*range(0xAC00, 0xD7A4), *range(0x1100, 0x1200), *range(0x3131, 0x318F)}),
        (JP, {*range(0x2E80, 0x3400), *range(0xFE30, 0xFE50), *range(0xFF00, 0xFFF0)}),
    ):
        wanted |= {c: glyphs[index][c] for c in chars - there - wanted.keys() if c in glyphs[index]}
    font = TTFont(source, fontNumber=JP)
    for table in font["cmap"].tables:
        if table.isUnicode() and table.format != 14:  # noqa: PLR2004 - the one of variation sequences
            table.cmap = {c: g for c, g in wanted.items() if table.format == 12 or c < 0x10000}  # noqa: PLR2004
    return reduced(font, wanted, layout=False)


def decoded(codec: str, leads: Iterable[int]) -> set[int]:
    """The characters beyond ASCII that a coding of two bytes has."""
    found = set()
    for lead in leads:
        for trail in range(0x40, 0xFF):
            try:
                char = bytes((lead, trail)).decode(codec)
            except UnicodeDecodeError:
                continue
            if len(char) == 1 and char > "\u007f":
                found.add(ord(char))
    return found


def standard(unpacked: Path) -> set[int]:
    """The 8105 characters of China's general table (Unihan's kTGH)."""
    found = set()
    for path in unpacked.rglob("Unihan_*.bz2"):
        with bz2.open(path, "rt", encoding="utf-8") as lines:
            found |= {int(line[2:].split("\t")[0], 16) for line in lines if "\tkTGH\t" in line}
    return found


def save(font: TTFont, path: Path) -> None:
    """Write it, with the time of its making left as it is so that the same font gives the same file."""
    font.recalcTimestamp = False
    font.save(path)
    print(path.name, path.stat().st_size, len(font.getBestCmap()))


if __name__ == "__main__":
    main(
        Path(sys.argv[1]),
        Path(sys.argv[2]),
        Path(__file__).parents[1] / "nemo_widgets/fonts/NotoSansSC-Bold.otf",
    )
