"""Five painted places, from dawn to night, each moving gently. A place is a class with `draw(seconds)`."""

from __future__ import annotations

from math import pi, sin
from typing import TYPE_CHECKING, Protocol

import numpy as np
from PIL import Image, ImageDraw

from .city import City
from .figures import boat, bridge, falling_star, gull, pier, pines, ship, snowy
from .painting import BIG, clouds, finish, glide, glow, gradient, layer, mix, rgb, ridge, silhouette

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["PLACES", "Place"]

W, H = BIG


class Place(Protocol):
    """A painted place."""

    def draw(self, seconds: float) -> Image.Image:
        """The place after so many seconds, as an RGB picture of 640x360."""
        ...


class Harbour:
    """A harbour at dawn: the sun comes up behind sails, its light lies on the water, gulls pass."""

    horizon = 400

    def __init__(self) -> None:
        stops = [(0, "#27406f"), (0.28, "#6f6a95"), (0.44, "#e08f86"), (0.52, "#f9b98a"), (0.56, "#ffe0ac")]
        self._sky = gradient(BIG, [*stops, (1, "#ffe0ac")])
        water = gradient(
            (W, H - self.horizon), [(0, "#f0b491"), (0.16, "#b98592"), (0.55, "#4a5a80"), (1, "#1c2c4d")]
        )
        self._sky.paste(water, (0, self.horizon))
        self._clouds = clouds((W + 160, 300), 11, "#ffd9c2", cover=0.46, softness=0.5, stretch=6)
        self._hills = layer()
        far = self.horizon - 14 - ridge(W, 3, roughness=0.45) * 92 * np.linspace(1.15, 0.55, W)
        near = self.horizon - 4 - np.clip(ridge(W, 8, roughness=0.4) * 1.6 - 0.75, 0, 1) * 95
        for outline, top, bottom in ((far, "#9d7f9c", "#d69a94"), (near, "#5d5a80", "#8a6f88")):
            band = layer()
            silhouette(band, outline, top, bottom)
            self._hills.alpha_composite(band.crop((0, 0, W, self.horizon)))
        random = np.random.default_rng(5)
        self._streaks = random.uniform(0, 1, (170, 4))
        self._pier = pier()

    def draw(self, seconds: float) -> Image.Image:
        """The harbour after so many seconds."""
        sun = (850.0, self.horizon - 88 - seconds * 8)
        picture = self._sky.copy()
        glow(picture, sun, 560, "#ffcf8f", 0.6)
        glow(picture, sun, 170, "#fff3d0", 1.0)
        ImageDraw.Draw(picture).ellipse(_round(sun, 40), fill=rgb("#fff6dd"))
        picture.paste(drift := glide(self._clouds, seconds * 9, size=(W, 300)), (0, 30), drift)
        picture.paste(self._hills, (0, 0), self._hills)
        light = layer()
        pen = ImageDraw.Draw(light)
        for across, down, length, phase in self._streaks:
            y = self.horizon + 6 + (down**1.5) * (H - self.horizon - 20)
            depth = (y - self.horizon) / (H - self.horizon)
            x = sun[0] + (across - 0.5) * (150 + 620 * depth) + 8 * sin(seconds * 1.6 + phase * 2 * pi)
            half = (10 + 60 * length) * (0.35 + depth)
            shine = (0.5 + 0.5 * sin(seconds * 3.1 + phase * 40)) * (1 - 1.6 * abs(across - 0.5))
            pen.rounded_rectangle(
                (x - half, y, x + half, y + 2 + 4 * depth),
                3,
                fill=(*rgb("#ffe7bd"), int(185 * max(0, shine))),
            )
        picture.paste(light, (0, 0), light)
        for x, y, scale, phase in ((250, 470, 1.25, 0.0), (520, 430, 0.62, 1.4), (1110, 446, 0.85, 2.3)):
            hull = boat(scale, sin(seconds * 1.7 + phase) * 1.6)
            picture.paste(hull, (int(x - hull.width / 2 + seconds * 3), int(y - hull.height * 0.62)), hull)
        picture.paste(self._pier, (0, 0), self._pier)
        pen = ImageDraw.Draw(picture)
        for i, (x, y, size) in enumerate(((300, 190, 17), (360, 222, 12), (235, 236, 10), (660, 130, 9))):
            gull(
                pen,
                x + seconds * (34 - 4 * i),
                y - 6 * sin(seconds * 1.3 + i),
                size,
                sin(seconds * 8 + i * 1.7),
            )
        return finish(picture)


class Mountains:
    """Snowy mountains over a lake, clouds passing at three speeds."""

    def __init__(self) -> None:
        self._sky = gradient(BIG, [(0, "#2f74b5"), (0.45, "#8cc3e4"), (0.7, "#e4f1f2"), (1, "#e4f1f2")])
        glow(self._sky, (210, 110), 420, "#fff6da", 0.75)
        self._clouds = [
            (clouds((W + 400, 330), 21, "#ffffff", cover=0.5, softness=0.3, stretch=2.4), 0, 14.0),
            (clouds((W + 400, 260), 29, "#ffffff", cover=0.47, softness=0.36, stretch=4), 210, 27.0),
        ]
        wide = W + 200
        self._ranges: list[tuple[Image.Image, float]] = []
        far = layer((wide, H))
        peaks = 430 - ridge(wide, 46, roughness=0.47, longest=5.5) * 290
        snowy(far, peaks, "#6f93b8", "#a9c6d8", seed=4)
        self._ranges.append((far, 6.0))
        near = layer((wide, H))
        silhouette(near, 470 - ridge(wide, 52, roughness=0.46, longest=3.2) * 150, "#3f6f86", "#7fa9ad")
        self._ranges.append((near, 11.0))
        woods = layer((wide, H))
        pines(woods, 540 - ridge(wide, 61, roughness=0.4, longest=2.5) * 95, "#1e4f4a", "#3d7a63", seed=7)
        self._ranges.append((woods, 19.0))
        meadow = layer((wide, H))
        silhouette(meadow, 650 - ridge(wide, 73, roughness=0.36, longest=1.4) * 80, "#6fa653", "#3d7a3a")
        pines(
            meadow,
            668 - ridge(wide, 73, roughness=0.36, longest=1.4) * 80,
            "#4d8a46",
            "#2d6433",
            seed=9,
            every=0.012,
            tall=92,
        )
        self._ranges.append((meadow, 34.0))
        self._mist = clouds((W + 400, 200), 33, "#f3fafa", cover=0.62, softness=0.6, stretch=7)

    def draw(self, seconds: float) -> Image.Image:
        """The mountains after so many seconds."""
        picture = self._sky.copy()
        for cloud, top, speed in self._clouds:
            picture.paste(drift := glide(cloud, seconds * speed, size=(W, cloud.height)), (0, top), drift)
        for i, (band, speed) in enumerate(self._ranges):
            picture.paste(moved := glide(band, seconds * speed), (0, 0), moved)
            if i == 1:
                picture.paste(mist := glide(self._mist, 40 + seconds * 22, size=(W, 200)), (0, 380), mist)
        return finish(picture)


class Bridge:
    """A suspension bridge in golden haze; cars cross it and a ship passes under it."""

    deck, water = 430, 560

    def __init__(self) -> None:
        stops = [(0, "#2b6f83"), (0.3, "#7db1a6"), (0.55, "#f2d9a2"), (0.72, "#f7b978"), (1, "#f7b978")]
        self._sky = gradient(BIG, stops)
        glow(self._sky, (350, 470), 560, "#fff0c4", 0.8)
        sea = gradient((W, H - self.water), [(0, "#e9bd85"), (0.3, "#8fa396"), (1, "#23576a")])
        self._sky.paste(sea, (0, self.water))
        far = layer()
        silhouette(far, self.water - 8 - ridge(W, 90, roughness=0.42) * 105, "#8fb0a4", "#e3c593")
        nearer = layer()
        silhouette(
            nearer,
            self.water - np.clip(ridge(W, 97, roughness=0.4) * 1.5 - 0.6, 0, 1) * 130,
            "#4f8689",
            "#bdb38f",
        )
        for hills in (far, nearer):
            self._sky.paste(cut := hills.crop((0, 0, W, self.water)), (0, 0), cut)
        self._bridge = bridge(self.deck, self.water)
        self._ship = ship()
        self._haze = clouds((W + 400, 220), 99, "#fde6bd", cover=0.62, softness=0.7, stretch=7)
        self._ripples = np.random.default_rng(8).uniform(0, 1, (120, 4))

    def draw(self, seconds: float) -> Image.Image:
        """The bridge after so many seconds."""
        picture = self._sky.copy()
        picture.paste(haze := glide(self._haze, 60 + seconds * 16, size=(W, 220)), (0, 400), haze)
        picture.paste(self._ship, (int(760 - seconds * 26), self.water - 44), self._ship)
        over = layer()
        pen = ImageDraw.Draw(over)
        for across, down, length, phase in self._ripples:
            y = self.water + 6 + down * (H - self.water - 10)
            x = (across * (W + 200) + seconds * 12 * (0.4 + down)) % (W + 200) - 100
            shine = 0.5 + 0.5 * sin(seconds * 2.4 + phase * 30)
            near = max(0.25, 1 - abs(x - 350) / 620)
            half = 14 + 50 * length * (0.4 + down)
            pen.rounded_rectangle(
                (x - half, y, x + half, y + 2 + 3 * down), 2, fill=(*rgb("#fff0cb"), int(120 * shine * near))
            )
        picture.paste(over, (0, 0), over)
        slide = 60 - seconds * 12
        picture.paste(moved := glide(self._bridge, slide), (0, 0), moved)
        cars = ImageDraw.Draw(picture)
        for i in range(9):
            x = (i * 170 + 40 + seconds * (95 if i % 2 else -80)) % (W + 120) - 60
            tint, ahead = ("#f4ead6", 1) if i % 2 else ("#2f4a57", -1)
            cars.rounded_rectangle((x - 13, self.deck - 17, x + 13, self.deck - 6), 4, fill=rgb(tint))
            cars.rounded_rectangle((x - 8, self.deck - 23, x + 7, self.deck - 12), 4, fill=rgb(tint))
            glow(picture, (x + 14 * ahead, self.deck - 11), 13, "#fff2c8", 1.0)
        return finish(picture)


class Night:
    """A clear night over a small lit tent: the Milky Way turns slowly, a star falls."""

    def __init__(self) -> None:
        self._sky = gradient(
            BIG, [(0, "#050a1f"), (0.5, "#0f2447"), (0.78, "#2a4a6b"), (0.92, "#5a6f80"), (1, "#5a6f80")]
        )
        random = np.random.default_rng(13)
        side = 1700
        heaven = layer((side, side))
        band = clouds((side, 520), 17, "#b9c7ff", cover=0.8, softness=0.8, stretch=3)
        fade = np.exp(-(((np.arange(520) - 260) / 105) ** 2))[:, None]
        alpha = np.asarray(band.getchannel("A"), np.float32) * fade * 0.75
        band.putalpha(Image.fromarray(alpha.astype(np.uint8)))
        heaven.alpha_composite(band, (0, side // 2 - 300))
        heaven = heaven.rotate(32, Image.Resampling.BICUBIC)
        pen = ImageDraw.Draw(heaven)
        for _ in range(1500):
            x, y = random.uniform(0, side, 2)
            size = min(2.6, random.exponential(0.7) + 0.5)
            tint = ("#ffffff", "#cfe0ff", "#ffe6c9")[random.integers(3)]
            pen.ellipse(
                (x - size, y - size, x + size, y + size), fill=(*rgb(tint), int(random.uniform(110, 255)))
            )
        self._heaven = heaven
        ground = layer()
        silhouette(ground, 590 - ridge(W, 120, roughness=0.45) * 110, "#1b3550", "#24435c")
        pines(
            ground,
            640 - ridge(W, 131, roughness=0.4, longest=1.6) * 70,
            "#0b1a2e",
            "#0a1626",
            seed=21,
            every=0.05,
            tall=120,
        )
        silhouette(ground, 672 - ridge(W, 140, roughness=0.3, longest=1.2) * 30, "#060e1c", "#040a14")
        self._ground = ground

    def draw(self, seconds: float) -> Image.Image:
        """The night after so many seconds."""
        picture = self._sky.copy()
        turned = self._heaven.rotate(seconds * 0.55, Image.Resampling.BILINEAR, center=(850, 980))
        picture.paste(cut := turned.crop((210, 330, 210 + W, 330 + H)), (0, 0), cut)
        falling = (seconds - 1.1) / 0.8
        if 0 < falling < 1:
            falling_star(picture, falling)
        glow(picture, (640, 660), 520, "#7d9bb0", 0.25)
        picture.paste(self._ground, (0, 0), self._ground)
        flicker = 0.82 + 0.06 * sin(seconds * 5) + 0.05 * sin(seconds * 8.3 + 1)
        glow(picture, (420, 650), 190, "#ffb35c", 0.55 * flicker)
        tent = layer()
        pen = ImageDraw.Draw(tent)
        pen.polygon([(420, 592), (356, 668), (484, 668)], fill=(*mix("#e0762f", "#ffc46b", flicker), 255))
        pen.polygon([(420, 592), (484, 668), (512, 660), (436, 596)], fill=(*rgb("#a84a24"), 255))
        pen.polygon([(420, 610), (403, 668), (437, 668)], fill=(*mix("#ffd98a", "#fff3cf", flicker), 255))
        picture.paste(tent, (0, 0), tent)
        return finish(picture)


def _round(centre: tuple[float, float], radius: float) -> tuple[float, float, float, float]:
    return centre[0] - radius, centre[1] - radius, centre[0] + radius, centre[1] + radius


PLACES: tuple[tuple[str, Callable[[], Place]], ...] = (
    ("harbour", Harbour),
    ("mountains", Mountains),
    ("bridge", Bridge),
    ("city", City),
    ("night", Night),
)
"""Their names and how each is made, in the order in which the day passes."""
