"""What stands and moves in the painted places: boats, gulls, trees, peaks, a bridge, a falling star."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageDraw

from .painting import BIG, glow, gradient, layer, mix, rgb, silhouette

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["boat", "bridge", "falling_star", "gull", "pier", "pines", "ship", "snowy"]

W, H = BIG


def boat(scale: float, lean: float) -> Image.Image:
    """A sailing boat and its reflection, leaning by some degrees; the water line is at 0.62 of its height."""
    picture = layer((220, 320))
    pen = ImageDraw.Draw(picture)
    pen.polygon([(112, 30), (112, 178), (40, 178)], fill=(*rgb("#fff1dc"), 255))
    pen.polygon([(118, 52), (118, 178), (176, 178)], fill=(*rgb("#f3c7a0"), 255))
    pen.rectangle((113, 22, 116, 190), fill=(*rgb("#2b2440"), 255))
    pen.polygon([(28, 184), (192, 184), (168, 206), (56, 206)], fill=(*rgb("#3a2b4d"), 255))
    pen.polygon([(28, 184), (192, 184), (188, 188), (33, 188)], fill=(*rgb("#e9836b"), 255))
    picture = picture.rotate(lean, Image.Resampling.BICUBIC, center=(110, 200))
    below = picture.crop((0, 20, 220, 200)).transpose(Image.Transpose.FLIP_TOP_BOTTOM).resize((220, 116))
    fade = np.linspace(0.42, 0.0, 116)[:, None]
    below.putalpha(Image.fromarray((np.asarray(below.getchannel("A"), np.float32) * fade).astype(np.uint8)))
    picture.alpha_composite(below, (0, 203))
    return picture.resize((int(220 * scale), int(320 * scale)), Image.Resampling.LANCZOS)


def gull(pen: ImageDraw.ImageDraw, x: float, y: float, size: float, beat: float) -> None:
    """A gull far away; `beat` is -1..1, wings down to wings up."""
    tip = y - size * (0.28 + 0.3 * beat)
    for side in (-1, 1):
        bend = (x + side * size * 0.55, y - size * (0.3 + 0.12 * beat))
        pen.line([(x, y), bend, (x + side * size * 1.25, tip)], fill=rgb("#3b3556"), width=3, joint="curve")


def pier() -> Image.Image:
    """A wooden pier with bollards and a lamp, dark against the water."""
    picture = layer()
    pen = ImageDraw.Draw(picture)
    wood, edge = (*rgb("#15192f"), 255), (*rgb("#e7a37c"), 150)
    pen.polygon([(0, 612), (300, 628), (300, 646), (0, 650)], fill=wood)
    pen.line([(0, 612), (300, 628)], fill=edge, width=3)
    for x in (30, 110, 190, 270):
        pen.rectangle((x, 600 + x // 20, x + 15, H), fill=wood)
    pen.rectangle((228, 470, 234, 630), fill=wood)
    pen.polygon([(216, 470), (246, 470), (240, 440), (222, 440)], fill=wood)
    pen.rounded_rectangle((224, 446, 238, 467), 4, fill=(*rgb("#ffe3a6"), 255))
    return picture


def snowy(picture: Image.Image, outline: NDArray[np.float64], shade: str, foot: str, *, seed: int) -> None:
    """Mountains whose peaks carry snow, lit from the left."""
    silhouette(picture, outline, shade, foot)
    random = np.random.default_rng(seed)
    width = picture.width
    ragged = np.repeat(random.uniform(-16, 16, width // 8 + 1), 8)[:width]
    ragged = np.convolve(np.pad(ragged, 4, mode="edge"), np.ones(9) / 9, "valid")
    highest, lowest = outline.min(), outline.max()
    line = highest + (lowest - highest) * 0.58 + ragged
    slope = np.gradient(np.convolve(np.pad(outline, 22, mode="edge"), np.ones(45) / 45, "valid"))
    pen = ImageDraw.Draw(picture)
    for x in range(width):
        depth = float(line[x] - outline[x])
        if depth > 0:
            light = float(np.clip(0.5 - slope[x] * 2.2, 0, 1))
            pen.line(
                [(x, float(outline[x])), (x, float(outline[x]) + depth * 0.85)],
                fill=(*mix("#9fbdd6", "#ffffff", light), 255),
            )


def pines(
    picture: Image.Image,
    outline: NDArray[np.float64],
    top: str,
    bottom: str,
    *,
    seed: int,
    every: float = 0.1,
    tall: float = 46,
) -> None:
    """A wooded hill: the outline filled, and spruces standing on it, `every` pixel with that chance."""
    random = np.random.default_rng(seed)
    mask = Image.new("L", picture.size, 0)
    pen = ImageDraw.Draw(mask)
    for x in np.flatnonzero(random.uniform(0, 1, picture.width) < every).tolist():
        height = tall * float(random.uniform(0.5, 1.0))
        foot = float(outline[x]) + 6
        for tier in range(4):
            half = height * (0.09 + 0.055 * tier)
            peak = foot - height + tier * height * 0.2
            pen.polygon(
                [(x, peak), (x - half, peak + height * 0.36), (x + half, peak + height * 0.36)], fill=255
            )
        pen.rectangle((x - 2, foot - height * 0.1, x + 2, foot), fill=255)
    start = max(0.0, float(outline.min() - tall) / picture.height)
    picture.paste(gradient(picture.size, [(start, top), (1.0, bottom)]), (0, 0), mask)
    silhouette(picture, outline, top, bottom)


def bridge(deck: int, water: int) -> Image.Image:
    """A suspension bridge, a little wider than the picture, with its towers' shadows in the water."""
    wide = W + 120
    picture = layer((wide, H))
    pen = ImageDraw.Draw(picture)
    red, dark = (*rgb("#8c3b2e"), 255), (*rgb("#5a2a2c"), 255)
    towers, top = (330, 1070), 150
    ends = ((-300, deck), (towers[0], top), (towers[1], top), (wide + 300, deck))
    middle = (towers[0] + towers[1]) / 2
    for x in range(0, wide, 20):
        cable = _cable(x, towers, top, deck, middle)
        pen.line([(x, cable), (x, deck)], fill=(*rgb("#74403a"), 190), width=2)
    pen.line(
        [(x, _cable(x, towers, top, deck, middle)) for x in range(0, wide, 4)],
        fill=red,
        width=6,
        joint="curve",
    )
    pen.rectangle((0, deck, wide, deck + 15), fill=dark)
    pen.rectangle((0, deck - 5, wide, deck), fill=red)
    for x in range(-20, wide, 40):
        pen.line([(x, deck + 15), (x + 20, deck + 32), (x + 40, deck + 15)], fill=dark, width=3)
    pen.rectangle((0, deck + 31, wide, deck + 34), fill=dark)
    for x, _ in ends[1:3]:
        for side in (-24, 14):
            pen.rectangle((x + side, top - 12, x + side + 11, water + 6), fill=red)
        for y in (top, 225, 305, deck + 2, 495):
            pen.rectangle((x - 24, y, x + 24, y + 13), fill=red)
        pen.rounded_rectangle((x - 44, water - 10, x + 44, water + 22), 8, fill=dark)
        for i in range(12):  # the tower's shadow, broken by ripples
            half = 30 - i * 1.6
            pen.rounded_rectangle(
                (x - half, water + 30 + i * 11, x + half, water + 35 + i * 11),
                2,
                fill=(*rgb("#5a3a3a"), 120 - i * 9),
            )
    return picture


def _cable(x: float, towers: tuple[int, int], top: float, deck: float, middle: float) -> float:
    half = (towers[1] - towers[0]) / 2
    if towers[0] <= x <= towers[1]:
        return float(deck - 22 - (deck - 22 - top) * ((x - middle) / half) ** 2)
    outside = towers[0] - x if x < towers[0] else x - towers[1]
    return float(deck - 12 - (deck - 12 - top) * max(0.0, 1 - outside / 390) ** 1.45)


def ship() -> Image.Image:
    """A small ferry with lit windows; its water line is 44 pixels down."""
    picture = layer((190, 80))
    pen = ImageDraw.Draw(picture)
    pen.polygon([(4, 26), (186, 26), (168, 48), (20, 48)], fill=(*rgb("#2f4a57"), 255))
    pen.rectangle((34, 12, 150, 26), fill=(*rgb("#f6ead2"), 255))
    pen.rectangle((92, 0, 132, 12), fill=(*rgb("#f6ead2"), 255))
    pen.rectangle((60, -6, 76, 12), fill=(*rgb("#c2573f"), 255))
    for x in range(42, 144, 14):
        pen.rectangle((x, 16, x + 7, 22), fill=(*rgb("#7d8f8a"), 255))
    pen.rounded_rectangle((10, 47, 180, 50), 2, fill=(*rgb("#fff3d6"), 150))
    return picture


def falling_star(picture: Image.Image, share: float) -> None:
    """A star that falls from the upper right, `share` (0..1) of its way."""
    tail = layer()
    pen = ImageDraw.Draw(tail)
    x, y = 1010 - 330 * share, 90 + 150 * share
    bright = min(1.0, 4 * share, 4 * (1 - share))
    for part in range(24):
        pen.line(
            [(x + part * 6.6, y - part * 3), (x + (part + 1) * 6.6, y - (part + 1) * 3)],
            fill=(255, 255, 255, int(230 * bright * (1 - part / 24) ** 2)),
            width=max(1, 5 - part // 5),
        )
    picture.paste(tail, (0, 0), tail)
    glow(picture, (x, y), 22, "#ffffff", 0.9 * bright)
