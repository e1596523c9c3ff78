"""The fourth painted place: a city at dusk, and its rows of houses."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageDraw

from .painting import BIG, clouds, finish, glide, glow, gradient, layer, rgb

__all__ = ["City"]

W, H = BIG


class City:
    """A city at dusk, sped up: clouds race, windows light up, cars draw lines of light."""

    def __init__(self) -> None:
        stops = [(0, "#1a1747"), (0.32, "#56307a"), (0.56, "#c9527f"), (0.72, "#ff9a6b"), (1, "#ffc58a")]
        self._sky = gradient(BIG, stops)
        self._clouds = clouds((W + 900, 420), 51, "#ff9d8f", cover=0.5, softness=0.5, stretch=5)
        self._rows = [
            Skyline(1, top="#7a4480", bottom="#b35a82", wide=(60, 130), high=(190, 330), base=560, lit=0.0),
            Skyline(2, top="#43306e", bottom="#63386f", wide=(70, 140), high=(150, 390), base=610, lit=0.5),
            Skyline(3, top="#1b1a45", bottom="#241c48", wide=(90, 170), high=(90, 300), base=650, lit=0.85),
        ]

    def draw(self, seconds: float) -> Image.Image:
        """The city after so many seconds."""
        picture = self._sky.copy()
        glow(picture, (420, 560), 620, "#ffd08a", 0.5)
        picture.paste(drift := glide(self._clouds, seconds * 130, size=(W, 420)), (0, 20), drift)
        for row in self._rows:
            row.draw(picture, seconds)
        pen = ImageDraw.Draw(picture)
        pen.rectangle((0, 640, W, H), fill=rgb("#14132f"))
        pen.rectangle((0, 640, W, 643), fill=rgb("#3a2c5c"))
        random = np.random.default_rng(77)
        lines = layer()
        pen = ImageDraw.Draw(lines)
        for lane, (y, speed, colour) in enumerate(
            ((664, 620, "#ffe9b8"), (676, 480, "#ffd58a"), (695, -560, "#ff5a5f"), (708, -430, "#ff8a5f"))
        ):
            for _ in range(9):
                at, length = random.uniform(0, W + 400), random.uniform(70, 240)
                x = (at + seconds * speed) % (W + 400) - 200
                for part in range(6):  # a trail is bright in front
                    a = x - (part + 1) * length / 6 * (1 if speed > 0 else -1)
                    b = x - part * length / 6 * (1 if speed > 0 else -1)
                    pen.rectangle(
                        (min(a, b), y, max(a, b), y + 3 + lane % 2), fill=(*rgb(colour), 235 - 37 * part)
                    )
        picture.paste(lines, (0, 0), lines)
        return finish(picture)


class Skyline:
    """One row of houses with windows, each of which lights up at its own moment."""

    def __init__(
        self,
        seed: int,
        *,
        top: str,
        bottom: str,
        wide: tuple[int, int],
        high: tuple[int, int],
        base: int,
        lit: float = 0.0,
    ) -> None:
        random = np.random.default_rng(seed)
        self._houses = layer()
        self._windows: list[tuple[int, int, int, int, float, str]] = []
        pen = ImageDraw.Draw(self._houses)
        x = -int(random.integers(10, 50))
        while x < W:
            width, height = int(random.integers(*wide)), int(random.integers(*high))
            roof = base - height
            pen.rectangle((x, roof, x + width, H), fill=(255, 255, 255, 255))
            style = random.integers(4)
            if style == 0:
                pen.rectangle(
                    (x + width // 4, roof - 24, x + 3 * width // 4, roof), fill=(255, 255, 255, 255)
                )
            elif style == 1:
                pen.rectangle(
                    (x + width // 2 - 2, roof - 70, x + width // 2 + 1, roof), fill=(255, 255, 255, 255)
                )
            elif style == 2:  # noqa: PLR2004 - the third of four roofs
                pen.polygon([(x, roof), (x + width, roof), (x + width, roof - 40)], fill=(255, 255, 255, 255))
            if lit:
                for wx in range(x + 12, x + width - 16, 20):
                    for wy in range(roof + 16, 636, 26):
                        if random.uniform() < lit:
                            tint = ("#ffd98c", "#ffe8b8", "#ffc06a", "#bfe3ff")[random.integers(4)]
                            self._windows.append((wx, wy, wx + 8, wy + 12, random.uniform(-2.2, 3.6), tint))
            x += width + int(random.integers(2, 10))
        shade = gradient(BIG, [(0, top), ((base - 200) / H, top), (base / H, bottom), (1, bottom)])
        shade.putalpha(self._houses.getchannel("A"))
        self._houses = shade

    def draw(self, picture: Image.Image, seconds: float) -> None:
        """Paint the row as it is after so many seconds."""
        picture.paste(self._houses, (0, 0), self._houses)
        pen = ImageDraw.Draw(picture, "RGBA")
        for left, top, right, bottom, when, tint in self._windows:
            if seconds > when:
                pen.rectangle(
                    (left, top, right, bottom), fill=(*rgb(tint), int(235 * min(1, (seconds - when) * 6)))
                )
