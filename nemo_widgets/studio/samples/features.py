"""What is painted on a head: skin, eyes, brows, mouth, cheeks, beard, strands of hair."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from .painting import mix, rgb

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Grid = NDArray[np.float32]

__all__ = ["BOTTOM", "TOP", "Expression", "Look", "Skin"]

TOP, BOTTOM = -178.0, 175.0
"""The rows a head reaches over; 0 is the height of the ears, 100 half its width."""
HEIGHT = BOTTOM - TOP


@dataclass(frozen=True, slots=True)
class Look:
    """What somebody looks like: colours as `#rrggbb`, how the hair is worn, whether there is a beard."""

    skin: str
    hair: str
    shirt: str
    eyes: str = "#4a3222"
    lips: str = "#b4544f"
    style: Literal["short", "long", "curly"] = "short"
    beard: bool = False
    glasses: bool = False


class Expression(NamedTuple):
    """How a face looks: each 0..1. `eyes` is how far they are open, `mouth` likewise."""

    eyes: float = 1.0
    mouth: float = 0.0
    smile: float = 0.7
    pucker: float = 0.0


class _Canvas:
    """Draws on the unrolled skin in the head's own units: across from the middle of the face, and down."""

    def __init__(self, picture: Image.Image) -> None:
        self.picture, self.pen = picture, ImageDraw.Draw(picture)
        self._across, self._down = picture.width, picture.height

    def at(self, x: float, y: float) -> tuple[float, float]:
        turn = float(np.arcsin(np.clip(x / 104, -1, 1)))
        return (turn / (2 * np.pi) + 0.5) * self._across, (y - TOP) / HEIGHT * self._down

    def ellipse(self, x: float, y: float, wide: float, high: float, colour: tuple[int, ...]) -> None:
        (left, top), (right, bottom) = self.at(x - wide, y - high), self.at(x + wide, y + high)
        self.pen.ellipse((left, top, right, bottom), fill=colour)

    def line(self, points: list[tuple[float, float]], colour: tuple[int, ...], width: float) -> None:
        placed = [self.at(x, y) for x, y in points]
        thick = max(1, round(width * self._down / HEIGHT))
        self.pen.line(placed, fill=colour, width=thick, joint="curve")
        for x, y in (placed[0], placed[-1]):
            self.pen.ellipse((x - thick / 2, y - thick / 2, x + thick / 2, y + thick / 2), fill=colour)

    def shape(self, points: list[tuple[float, float]], colour: tuple[int, ...]) -> None:
        self.pen.polygon([self.at(x, y) for x, y in points], fill=colour)


class Skin:
    """What a head is covered with: `y` (rows, 1), `turn` (1, columns) in radians, `hair` how thick it is."""

    def __init__(self, look: Look, y: Grid, turn: Grid, hair: Grid) -> None:
        self._look, self._size = look, (turn.shape[1], y.shape[0])
        self._bare = Image.new("RGB", (self._size[0] * 2, self._size[1] * 2), rgb(look.skin))
        _cheeks(self._bare, look)
        strands = _strands(look, y, turn)
        beard = _beard(y, turn) if look.beard else np.zeros_like(hair)
        self._layers = (
            (_strands(look, y * 2, turn * 3) * 0.92, beard[..., None]),
            (strands, np.clip(hair / 3, 0, 1)[..., None]),
        )

    def painted(self, expression: Expression) -> Grid:
        """The colours of the whole head, (rows, columns, 3), 0..255."""
        look, skin = self._look, self._bare.copy()
        canvas = _Canvas(skin)
        _nose(canvas, look)
        _mouth(canvas, look, expression)
        for side in (-1, 1):
            _eye(canvas, look, expression, side)
        if look.glasses:
            _glasses(canvas)
        colours = np.asarray(skin.resize(self._size, Image.Resampling.BOX), np.float32)
        for colour, share in self._layers:
            colours = colours + (colour - colours) * share
        return colours.astype(np.float32)


def _strands(look: Look, y: Grid, turn: Grid) -> Grid:
    random = np.random.default_rng(len(look.hair) + sum(look.hair.encode()))
    waves = sum(
        (np.sin(turn * k + y * bend + phase) / n)
        for n, (k, bend, phase) in enumerate(
            zip((17, 31, 57, 83), random.uniform(-0.03, 0.03, 4), random.uniform(0, 6, 4), strict=True), 1
        )
    )
    shine = np.exp(-(((y + 92 + 8 * np.sin(turn * 3)) / 17) ** 2))
    base = np.asarray(rgb(look.hair), np.float32)
    bright = (1 + 0.09 * waves)[..., None] * base
    strands = bright + shine[..., None] * (28 + 0.16 * base)
    return np.asarray(strands, np.float32)


def _soft(
    skin: Image.Image,
    colour: tuple[int, ...],
    draw: list[tuple[float, float, float, float]],
    blur: float,
    strength: float,
) -> None:
    """Colour ellipses (x, y, half width, half height) softly."""
    mask = Image.new("L", skin.size, 0)
    canvas = _Canvas(mask)
    for x, y, wide, high in draw:
        canvas.ellipse(x, y, wide, high, (int(255 * strength),))
    mask = mask.filter(ImageFilter.GaussianBlur(blur * skin.height / HEIGHT))
    skin.paste(Image.new("RGB", skin.size, colour), (0, 0), mask)


def _cheeks(skin: Image.Image, look: Look) -> None:
    _soft(skin, mix(look.skin, "#d8453c", 0.45), [(-50, 34, 20, 13), (50, 34, 20, 13)], 8, 0.55)
    _soft(
        skin,
        mix(look.skin, "#3a1d14", 0.45),
        [(-35, -14, 24, 12), (35, -14, 24, 12), (0, 92, 22, 4)],
        6,
        0.42,
    )
    _soft(skin, mix(look.skin, "#ffffff", 0.5), [(0, -52, 34, 12), (0, 10, 4, 24)], 8, 0.3)


def _beard(y: Grid, turn: Grid) -> Grid:
    """Where a short beard from ear to ear is, and a moustache; the lips stay free."""
    side = np.abs(turn)
    edge = np.interp(side, (0, 0.3, 0.45, 0.9, 1.35, 1.6), (88, 86, 60, 44, 6, -10))
    beard = np.clip((y - edge) / 12, 0, 1) * np.clip((1.66 - side) / 0.12, 0, 1)
    moustache = np.exp(-(((y - 51 - 26 * side**2) / 5) ** 2)) * np.clip((0.42 - side) / 0.08, 0, 1)
    return np.asarray(np.maximum(beard * 0.8, moustache * 0.75), np.float32)


def _nose(canvas: _Canvas, look: Look) -> None:
    dark = mix(look.skin, "#3a1512", 0.5)
    for side in (-1, 1):
        canvas.ellipse(side * 8.5, 37, 4, 2.4, dark)
    canvas.line([(-17, 30), (-18, 36), (-13, 40)], mix(look.skin, "#3a1512", 0.32), 2)
    canvas.line([(17, 30), (18, 36), (13, 40)], mix(look.skin, "#3a1512", 0.32), 2)


def _mouth(canvas: _Canvas, look: Look, expression: Expression) -> None:
    wide = 31 * (1 - 0.45 * expression.pucker) + 4 * expression.smile
    lift = 11 * expression.smile * (1 - expression.pucker)
    gap = 17 * expression.mouth
    lips, dark = rgb(look.lips), mix(look.lips, "#2a0d10", 0.55)
    xs = np.linspace(-1, 1, 17)
    corner = [68 - lift * (abs(x) ** 1.6) for x in xs]
    bow = [(1 - x * x) * (8 + 2 * expression.pucker) * (1 - 0.22 * np.exp(-((x / 0.16) ** 2))) for x in xs]
    upper = [(x * wide, c - b + 1) for x, c, b in zip(xs, corner, bow, strict=True)]
    middle = [(x * wide, c + gap * (1 - x * x) * 0.2) for x, c in zip(xs, corner, strict=True)]
    under = [(x * wide, c + gap * (1 - x * x)) for x, c in zip(xs, corner, strict=True)]
    lower = [
        (x * wide, c + (gap + 10 + 2 * expression.pucker) * (1 - x * x))
        for x, c in zip(xs, corner, strict=True)
    ]
    canvas.shape(upper + middle[::-1], mix(look.lips, "#2a0d10", 0.16))
    canvas.shape(under + lower[::-1], lips)
    if gap > 2:  # noqa: PLR2004 - open far enough to see into it
        canvas.shape(middle + under[::-1], rgb("#57191d"))
        teeth = [(x * 0.8, y + 0.35 * gap * max(0.0, 1 - (x / wide) ** 2)) for x, y in middle]
        canvas.shape([(x * 0.8, y) for x, y in middle] + teeth[::-1], rgb("#fbf6ee"))
    else:
        canvas.line(middle, dark, 2.6)


def _eye(canvas: _Canvas, look: Look, expression: Expression, side: int) -> None:
    x, y = side * 36.0, -12.0
    lash, brow = rgb("#1d1416"), mix(look.hair, "#1d1416", 0.35)
    wide, high = 18.0, 11.5 * expression.eyes
    if expression.eyes > 0.25:  # noqa: PLR2004 - less open is shut
        xs = np.linspace(-1, 1, 15)
        upper = [(x + t * wide, y - high * (1 - t * t)) for t in xs]
        lower = [(x + t * wide, y + high * 0.72 * (1 - t * t)) for t in xs]
        canvas.shape(upper + lower[::-1], rgb("#fbf8f4"))
        size = 9.6
        canvas.ellipse(x, y - 1, size, size, rgb(look.eyes))
        canvas.ellipse(x, y - 1, 5, 5, rgb("#120c0c"))
        canvas.ellipse(x - 3.4, y - 5, 2.5, 2.5, rgb("#ffffff"))
        lid = mix(look.skin, "#5a2f22", 0.22)
        canvas.shape([(x + t * 21, y - 17 * (1 - t * t) - 1) for t in xs] + upper[::-1], lid)
        canvas.shape(lower + [(x + t * 21, y + 14 * (1 - t * t) + 1) for t in xs][::-1], rgb(look.skin))
        canvas.line(upper, lash, 3.4)
        canvas.line([upper[0 if side < 0 else -1], (x + side * 22, y - 5)], lash, 3)
    else:
        xs = np.linspace(-1, 1, 15)
        canvas.line([(x + t * 18, y + 1 + 6 * (1 - t * t)) for t in xs], lash, 3.6)
        canvas.line([(x + side * 17, y + 2), (x + side * 22, y + 5)], lash, 3)
    raised = 2.5 * expression.smile
    arch = [(x + side * t, y - 25 - raised - 5 * (1 - ((t - 2) / 22) ** 2)) for t in np.linspace(-18, 21, 11)]
    canvas.line(arch, brow, 5)


def _glasses(canvas: _Canvas) -> None:
    frame = rgb("#2b2a33")
    for side in (-1, 1):
        ring = [(side * 36 + 25 * np.cos(a), -11 + 22 * np.sin(a)) for a in np.linspace(0, 2 * np.pi, 40)]
        canvas.line(ring, frame, 3)
        canvas.line([(side * 61, -14), (side * 99, -18)], frame, 3)
    canvas.line([(-12, -15), (0, -18), (12, -15)], frame, 3)
