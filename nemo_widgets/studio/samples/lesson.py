"""The lesson's pictures: a presenter who talks, the sentence as a heading, the sound as bars that fill up."""

from __future__ import annotations

from functools import cached_property
from math import pi, sin
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageDraw

from nemo_widgets.fonts import font

from .painting import BIG, FPS, finish, glow, gradient, mix, rgb
from .voice import RATE

if TYPE_CHECKING:
    from .voice import Lesson

__all__ = ["Slides"]

W, H = BIG
_INK, _CORAL, _PAPER = "#1f2a44", "#e8654f", "#f7f1e6"
_BARS = 96
_APPEAR = 0.3
"""Seconds that a heading takes to appear."""


class Slides:
    """Draws the lesson's picture at any moment."""

    def __init__(self, lesson: Lesson) -> None:
        self._lesson = lesson
        step = RATE // FPS
        frames = len(lesson.samples) // step
        self.frames = frames
        """How many pictures the lesson has."""
        self._levels = np.sqrt(np.mean(lesson.samples[: frames * step].reshape(frames, step) ** 2, axis=1))
        self._levels /= self._levels.max()
        whole = np.interp(np.linspace(0, frames, _BARS * 4), np.arange(frames), self._levels).reshape(
            _BARS, 4
        )
        self._bars = whole.max(axis=1)

    def draw(self, frame: int) -> Image.Image:
        """The picture of a frame: RGB, 640x360."""
        seconds = frame / FPS
        picture = self._wall.copy()
        mouth = float(np.mean(self._levels[max(0, frame - 1) : frame + 1]))
        portrait = _presenter(seconds, mouth)
        picture.paste(portrait, (86, 128), portrait)
        self._heading(picture, seconds)
        self._sound(picture, frame / self.frames)
        return finish(picture)

    @cached_property
    def _wall(self) -> Image.Image:
        picture = gradient(BIG, [(0, "#fbf6ec"), (1, "#f0e6d4")])
        glow(picture, (250, 250), 620, "#ffffff", 0.5)
        pen = ImageDraw.Draw(picture)
        pen.rounded_rectangle((520, 96, 560, 102), 3, fill=rgb(_CORAL))
        pen.text((574, 82), "HOW TO MAKE A SHORT VIDEO", font=font(24), fill=rgb("#8a7f70"))
        return picture

    def _heading(self, picture: Image.Image, seconds: float) -> None:
        """The sentence that is spoken, or the one before it, paler, while nobody speaks."""
        at = seconds * RATE
        begun = [i for i, spoken in enumerate(self._lesson.spoken) if spoken.start <= at + 0.15 * RATE]
        total = len(self._lesson.spoken)
        if not begun:
            self._opening(picture)
            return
        index = begun[-1]
        spoken = self._lesson.spoken[index]
        shown = min(1.0, max(0.0, (seconds + 0.15 - spoken.start / RATE) / _APPEAR))
        shown = shown * shown * (3 - 2 * shown)
        after = max(0.0, min(1.0, (at - spoken.end) / RATE / 0.4))
        pen = ImageDraw.Draw(picture)
        colour = mix(_INK, "#9a9384", after * 0.75)
        x, y = 520, 232 + 14 * (1 - shown)
        lines = _wrapped(spoken.text, 58, W - x - 80)
        for line in lines:
            pen.text((x, y), line, font=font(58), fill=_over(colour, _PAPER, shown))
            y += 78
        pen.text((x, 150), f"{index + 1}", font=font(40), fill=rgb(_CORAL))
        pen.text((x + 34, 162), f"of {total}", font=font(26), fill=rgb("#b3a897"))

    @staticmethod
    def _opening(picture: Image.Image) -> None:
        """What stands there before the first word: the clip's poster."""
        pen = ImageDraw.Draw(picture)
        pen.text((520, 150), "Nine short steps", font=font(32), fill=rgb(_CORAL))
        for line, y in (("A short video,", 232), ("from idea to friend.", 310)):
            pen.text((520, y), line, font=font(58), fill=rgb(_INK))

    def _sound(self, picture: Image.Image, share: float) -> None:
        """The whole lesson's loudness as bars; what was heard is coloured, a dot shows where we are."""
        pen = ImageDraw.Draw(picture)
        left, width, middle = 86, W - 172, 628
        step = width / _BARS
        for i, level in enumerate(self._bars):
            half = 3 + 34 * float(level) ** 0.8
            x = left + i * step + step / 2
            colour = rgb(_CORAL) if (i + 0.5) / _BARS <= share else rgb("#d8cdbb")
            pen.rounded_rectangle((x - 3, middle - half, x + 3, middle + half), 3, fill=colour)
        x = left + width * share
        pen.line([(x, middle - 46), (x, middle + 46)], fill=rgb(_INK), width=3)
        pen.ellipse((x - 9, middle - 55, x + 9, middle - 37), fill=rgb(_INK))


def _over(colour: tuple[int, int, int], under: str, share: float) -> tuple[int, int, int]:
    red, green, blue = (round(b + (a - b) * share) for a, b in zip(colour, rgb(under), strict=True))
    return red, green, blue


def _wrapped(text: str, size: int, width: float) -> list[str]:
    """The text in as few lines as fit, the lines as even as possible."""
    words, lines = text.split(), [""]
    limit = width
    total = font(size).getlength(text)
    if total > width:
        limit = max(total / -(-total // width) * 1.18, *(font(size).getlength(word) for word in words))
    for word in words:
        longer = f"{lines[-1]} {word}".strip()
        if font(size).getlength(longer) <= min(limit, width):
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _presenter(seconds: float, mouth: float) -> Image.Image:
    """A presenter in a round frame, 360 pixels wide; `mouth` (0..1) is how far it is open."""
    side, scale = 360, 2
    big = side * scale
    picture = gradient((big, big), [(0, "#4f9d9a"), (1, "#2d6f78")]).convert("RGBA")
    pen = ImageDraw.Draw(picture)
    bob = 5 * sin(seconds * 1.9) + 7 * mouth * sin(seconds * 6.1)
    tilt = 4 * sin(seconds * 1.1)
    pen.ellipse((80, 96, 640, 656), fill=(*rgb("#63b0a8"), 255))
    x, y = 360 + tilt, 300 + bob
    hair, skin, shade, shirt = (
        (*rgb("#3b2a33"), 255),
        (*rgb("#f2c6a0"), 255),
        (*rgb("#dda57f"), 255),
        (*rgb("#f6b545"), 255),
    )
    pen.rounded_rectangle((x - 138, y - 150, x + 138, y + 172), 128, fill=hair)
    pen.rounded_rectangle((118, 496 + bob * 0.3, 602, 900), 150, fill=shirt)
    pen.polygon(
        [(300, 496 + bob * 0.3), (420, 496 + bob * 0.3), (360, 580 + bob * 0.3)], fill=(*rgb("#fff4dd"), 255)
    )
    pen.rounded_rectangle((x - 46, y + 90, x + 46, 546 + bob * 0.3), 40, fill=shade)
    pen.ellipse((x - 108, y - 120, x + 108, y + 140), fill=skin)
    pen.ellipse((x - 124, y - 8, x - 88, y + 44), fill=skin)
    pen.ellipse((x + 88, y - 8, x + 124, y + 44), fill=skin)
    pen.pieslice((x - 124, y - 152, x + 124, y + 60), 180, 360, fill=hair)
    pen.polygon([(x - 124, y - 48), (x + 40, y - 48), (x - 60, y + 6), (x - 112, y + 26)], fill=hair)
    pen.polygon([(x + 30, y - 48), (x + 124, y - 48), (x + 112, y + 26), (x + 84, y - 8)], fill=hair)
    _face(pen, x, y, seconds, mouth)
    mask = Image.new("L", (big, big), 0)
    ImageDraw.Draw(mask).ellipse((12, 12, big - 12, big - 12), fill=255)
    picture.putalpha(mask)
    ring = ImageDraw.Draw(picture)
    ring.ellipse((8, 8, big - 8, big - 8), outline=(*rgb("#fffaf0"), 255), width=16)
    return picture.resize((side, side), Image.Resampling.BOX)


def _face(pen: ImageDraw.ImageDraw, x: float, y: float, seconds: float, mouth: float) -> None:
    ink = (*rgb("#2a2030"), 255)
    closed = 0.12 if (seconds % 3.3) > 3.16 else 1.0  # noqa: PLR2004 - a blink every 3.3 seconds
    for side in (-1, 1):
        eye = x + side * 46
        pen.ellipse((eye - 11, y + 14 - 14 * closed, eye + 11, y + 14 + 14 * closed), fill=ink)
        if closed == 1:
            pen.ellipse((eye - 1, y + 4, eye + 6, y + 11), fill=(255, 255, 255, 255))
        lift = 5 * mouth
        pen.arc(
            (eye - 24, y - 30 - lift, eye + 24, y + 6 - lift), 205, 335, fill=(*rgb("#3b2a33"), 255), width=6
        )
        pen.ellipse((eye + side * 24 - 18, y + 44, eye + side * 24 + 18, y + 66), fill=(*rgb("#eba88a"), 255))
    pen.arc((x - 12, y + 26, x + 12, y + 52), 20, 160, fill=(*rgb("#d89c78"), 255), width=5)
    wide, high = 30 + 4 * sin(pi * mouth), 34 * mouth**0.7
    if high < 5:  # noqa: PLR2004 - hardly open: a smile
        pen.arc((x - 32, y + 52, x + 32, y + 92), 25, 155, fill=(*rgb("#a8443f"), 255), width=7)
        return
    pen.rounded_rectangle(
        (x - wide, y + 76, x + wide, y + 84 + high), min(wide, (8 + high) / 2), fill=(*rgb("#8c2f36"), 255)
    )
    if high > 14:  # noqa: PLR2004 - open wide enough for teeth to be seen
        pen.rounded_rectangle((x - wide + 12, y + 77, x + wide - 12, y + 84), 3, fill=(255, 250, 244, 255))
