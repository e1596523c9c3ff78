"""The few strokes that the samples are painted with: gradients, glows, ridges, clouds, layers that glide.

Everything is painted at twice the size of the picture and halved at the end, so that edges are smooth.
"""

from __future__ import annotations

from functools import lru_cache
from math import floor
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageColor, ImageDraw

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

__all__ = [
    "BIG",
    "FPS",
    "SIZE",
    "clouds",
    "finish",
    "glide",
    "glow",
    "gradient",
    "layer",
    "mix",
    "rgb",
    "ridge",
    "silhouette",
]

SIZE = (640, 360)
BIG = (1280, 720)
FPS = 25

Colour = tuple[int, int, int]


def rgb(colour: str) -> Colour:
    """`#rrggbb` as three numbers."""
    red, green, blue, *_ = ImageColor.getrgb(colour)
    return red, green, blue


def mix(first: str, second: str, share: float) -> Colour:
    """The colour that lies `share` (0..1) of the way from the first to the second."""
    a, b = np.array(rgb(first)), np.array(rgb(second))
    red, green, blue = (int(v) for v in np.round(a + (b - a) * share))
    return red, green, blue


def gradient(size: tuple[int, int], stops: Sequence[tuple[float, str]], seed: int = 0) -> Image.Image:
    """A vertical gradient through `stops` (place 0..1, colour), with a breath of grain against banding."""
    return _gradient(size, tuple(stops), seed).copy()


@lru_cache(maxsize=16)
def _gradient(size: tuple[int, int], stops: tuple[tuple[float, str], ...], seed: int) -> Image.Image:
    width, height = size
    places = [place for place, _ in stops]
    rows = np.linspace(0, 1, height)
    grain = np.random.default_rng(seed).uniform(-1.2, 1.2, (height, width)) + 0.5
    picture = np.empty((height, width, 3), np.uint8)
    for i in range(3):
        channel = np.interp(rows, places, [rgb(colour)[i] for _, colour in stops])
        picture[..., i] = np.clip(channel[:, None] + grain, 0, 255)
    return Image.fromarray(picture)


def layer(size: tuple[int, int] = BIG) -> Image.Image:
    """An empty, transparent picture."""
    return Image.new("RGBA", size, (0, 0, 0, 0))


def glow(
    picture: Image.Image, centre: tuple[float, float], radius: float, colour: str, strength: float
) -> None:
    """Add light around a point of an RGB picture, strongest (0..1) in the middle, gone after `radius`."""
    x, y = centre
    box = (int(x - radius), int(y - radius), int(x + radius) + 1, int(y + radius) + 1)
    left, top, right, bottom = (
        max(0, box[0]),
        max(0, box[1]),
        min(picture.width, box[2]),
        min(picture.height, box[3]),
    )
    if right <= left or bottom <= top:
        return
    across = np.arange(left, right, dtype=np.float32) - np.float32(x)
    down = np.arange(top, bottom, dtype=np.float32)[:, None] - np.float32(y)
    far = np.sqrt(across * across + down * down) / np.float32(radius)
    alpha = np.float32(strength) * np.clip(1 - far, 0, 1) ** 2
    under = np.asarray(picture.crop((left, top, right, bottom)))
    lit = np.empty_like(under)
    for i, light in enumerate(rgb(colour)):
        lit[..., i] = under[..., i] + (255 - under[..., i]) * alpha * np.float32(light / 255)
    picture.paste(Image.fromarray(lit), (left, top))


def ridge(width: int, seed: int, *, roughness: float = 0.55, longest: float = 3.0) -> NDArray[np.float64]:
    """The outline of hills over `width` pixels, between 0 and 1: a few waves, each finer and smaller."""
    random = np.random.default_rng(seed)
    x = np.linspace(0, 1, width)
    outline = np.zeros(width)
    for octave in range(7):
        points = int(longest * 2**octave) + 2
        heights = random.uniform(-1, 1, points + 1)
        outline += np.interp(x * points, np.arange(points + 1), heights) * roughness**octave
    outline -= outline.min()
    return np.asarray(outline / outline.max())


def silhouette(picture: Image.Image, outline: NDArray[np.float64], top: str, bottom: str) -> None:
    """Fill an RGBA layer under an outline (y of every column), with a gradient from top to bottom."""
    width, height = picture.size
    mask = Image.new("L", (width, height), 0)
    shape = [
        (0, height),
        *((x, float(outline[x])) for x in range(0, width, 2)),
        (width, float(outline[-1])),
        (width, height),
    ]
    ImageDraw.Draw(mask).polygon(shape, fill=255)
    start = max(0.0, float(outline.min()) / height)
    picture.paste(gradient((width, height), [(start, top), (1.0, bottom)]), (0, 0), mask)


def clouds(
    size: tuple[int, int], seed: int, colour: str, *, cover: float, softness: float, stretch: float = 3.0
) -> Image.Image:
    """A layer of soft clouds; `cover` and `softness` are 0..1, `stretch` makes them longer than high."""
    random = np.random.default_rng(seed)
    width, height = size
    field = np.zeros((height, width))
    for octave in range(6):
        rows, columns = 2 + 2**octave, max(2, int((2 + 2**octave) * width / height / stretch))
        coarse = random.uniform(0, 1, (rows, columns))
        tiled = Image.fromarray(np.concatenate([coarse, coarse, coarse], axis=1).astype(np.float32))
        fine = np.asarray(tiled.resize((width * 3, height), Image.Resampling.BICUBIC))[:, width : 2 * width]
        field += fine * 0.55**octave
    field = (field - field.min()) / (field.max() - field.min())
    alpha = np.clip((field - (1 - cover)) / softness, 0, 1)
    alpha = alpha * alpha * (3 - 2 * alpha)
    rows = np.linspace(0, 1, height)[:, None]
    alpha *= np.clip(np.minimum(rows, 1 - rows) / 0.35, 0, 1)  # no cloud is cut off by the layer's edge
    picture = Image.new("RGB", size, rgb(colour)).convert("RGBA")
    picture.putalpha(Image.fromarray((alpha * 255).astype(np.uint8)))
    return picture


def glide(picture: Image.Image, dx: float, size: tuple[int, int] = BIG) -> Image.Image:
    """The window of `size` that begins at column dx of a larger RGBA layer, to a fraction of a pixel."""
    left = floor(dx)
    here, next_ = (picture.crop((at, 0, at + size[0], size[1])).convert("RGBa") for at in (left, left + 1))
    return Image.blend(here, next_, dx - left).convert("RGBA")


def finish(picture: Image.Image) -> Image.Image:
    """The painted picture at the size it is shown in."""
    whole = picture if picture.mode == "RGB" else picture.convert("RGB")
    return whole.reduce(BIG[0] // SIZE[0])
