"""Lines of letters: measured and drawn, whatever scripts are mixed in them, all on one base line."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Any
from unicodedata import bidirectional

from .bidi import embedding_levels, has_rtl, reads_rtl, visual_order
from .choice import choose, drawable, ignorable
from .faces import MAIN, can_shape

if TYPE_CHECKING:
    from PIL import Image, ImageDraw

    from .faces import Face
    from .forms import Forms

__all__ = ["Line", "Run", "draw_letters", "draw_pictures", "length_of", "set_line"]

_BOX = "\U0010ffff"
"""A character that no font has: the main font draws its box for it."""
_REACH = 2.0
"""No letter makes its line higher or deeper than this, in sizes, however many marks it has."""
_OVERRIDES = "\u202d\u202e"
"""What makes letters stand against their own direction: from the left, from the right."""
_MIRRORED = str.maketrans("()[]{}<>«»‹›≤≥「」『』【】《》〈〉（）", ")(][}{><»«›‹≥≤」「』『】【》《〉〈）（")


@dataclass(frozen=True, slots=True)
class Run:
    """Letters of one font and one direction: `x` is where they begin, at their left, in pixels."""

    text: str
    face: Face
    rtl: bool
    x: float

    @property
    def coloured(self) -> bool:
        """Whether these are emoji with colours of their own."""
        return self.face != MAIN and self.face.coloured


@dataclass(frozen=True, slots=True)
class Line:
    """A set line: its runs from left to right, its width, how far it reaches from the base line, in pixels.

    `above` and `below` count only what other fonts than the main one draw, 0 where there is nothing of them.
    """

    runs: tuple[Run, ...]
    size: int
    width: float
    above: int = 0
    below: int = 0


@lru_cache(maxsize=2048)
def set_line(text: str, size: int, *, rtl: bool | None = None, forms: Forms = "") -> Line:
    """One line of text at `size` pixels, in a paragraph of that direction; None: as its first letter says.

    Chinese characters are drawn in these `forms`, or in those that the line itself tells of.
    """
    text = drawable(text.replace("\n", " "))
    x, above, below, runs = 0.0, 0.0, 0.0, []
    for face, odd, letters in _runs(text, reads_rtl(text) if rtl is None else rtl, forms):
        run = Run(letters, face, odd, x)
        font, scale = face.at(size), face.scale(size)
        x += font.getlength(letters, **_direction(run)) * scale
        if face != MAIN:
            _, top, _, bottom = font.getbbox(letters, anchor="ls", **_direction(run))
            above, below = max(above, -top * scale), max(below, bottom * scale)
        runs.append(run)
    most = _REACH * size
    return Line(tuple(runs), size, x, round(min(above, most)), round(min(below, most)))


def length_of(text: str, size: int) -> float:
    """How wide a text is on one line, in pixels."""
    return set_line(text, size).width


def draw_letters(
    pen: ImageDraw.ImageDraw, at: tuple[float, float], line: Line, fill: Any, *, stroke: int = 0
) -> None:
    """Draw the letters of a line, without its emoji, from `at` on: the left end of its base line."""
    for run in line.runs:
        if not run.coloured:
            place, font = (at[0] + run.x, at[1]), run.face.at(line.size)
            pen.text(place, run.text, fill, font, anchor="ls", stroke_width=stroke, **_direction(run))


def draw_pictures(line: Line) -> list[tuple[float, float, Image.Image]]:
    """The emoji of a line: their left and top from its left end and base line, and each run's picture."""
    found = []
    for run in line.runs:
        if run.coloured:
            left, top, picture = _picture(run, line.size)
            found.append((run.x + left, top, picture))
    return found


def _runs(text: str, rtl: bool, forms: Forms) -> list[tuple[Face, bool, str]]:  # noqa: FBT001 - a direction
    """The line's runs from left to right: the font, whether it is read from the right, and the letters."""
    pieces = choose(text, forms)
    if not rtl and not has_rtl(text):
        levels = [0] * len(pieces)
    else:
        each = embedding_levels("".join(piece for piece, _ in pieces), rtl=rtl)
        starts = [0]
        for piece, _ in pieces:
            starts.append(starts[-1] + len(piece))
        levels = [each[start] for start in starts[:-1]]
    known = [
        (face or MAIN, level, piece if face else _BOX)
        for (piece, face), level in zip(pieces, levels, strict=True)
    ]
    grouped = [
        (face, level, [piece for _, _, piece in group])
        for (face, level), group in groupby(known, key=lambda item: item[:2])
    ]
    runs = []
    for place in visual_order([level for _, level, _ in grouped]):
        face, level, letters = grouped[place]
        written = _spelt(face, letters, rtl=level % 2 == 1)
        if not all(map(ignorable, written)):
            runs.append((face, level % 2 == 1, written))
    return runs


def _spelt(face: Face, letters: list[str], *, rtl: bool) -> str:
    """What the font is given: in order of sight, without what it would show wrongly."""
    if face != MAIN and can_shape():
        written = "".join(char for piece in letters for char in piece if not _only_directs(char))
        forced = any(bidirectional(char) in (("L",) if rtl else ("R", "AL")) for char in written)
        return f"{_OVERRIDES[rtl]}{written}\u202c" if forced else written
    if rtl:
        letters = [piece.translate(_MIRRORED) for piece in reversed(letters)]
    return "".join(char for piece in letters for char in piece if not ignorable(char))


def _only_directs(char: str) -> bool:
    """Whether a character only says how others are read: of that, everything is done already."""
    return ignorable(char) and (bidirectional(char) not in ("BN", "NSM") or char in "\u00ad\ufeff\u2060")


def _direction(run: Run) -> dict[str, Any]:
    return {"direction": "rtl" if run.rtl else "ltr"} if run.face != MAIN and can_shape() else {}


@lru_cache(maxsize=256)
def _picture(run: Run, size: int) -> tuple[float, float, Image.Image]:
    from PIL import Image, ImageDraw

    font, scale = run.face.at(size), run.face.scale(size)
    left, top, right, bottom = font.getbbox(run.text, anchor="ls", **_direction(run))
    whole = Image.new("RGBA", (max(1, int(right - left)), max(1, int(bottom - top))))
    ImageDraw.Draw(whole).text(
        (-left, -top), run.text, (0, 0, 0, 255), font, anchor="ls", embedded_color=True, **_direction(run)
    )
    # Pillow lays them over transparent black: the colours are multiplied by how opaque they are already.
    whole = Image.frombytes("RGBa", whole.size, whole.tobytes()).convert("RGBA")
    if scale != 1.0:
        wide, high = (max(1, round(side * scale)) for side in whole.size)
        whole = whole.resize((wide, high), Image.Resampling.LANCZOS)
    return left * scale, top * scale, whole
