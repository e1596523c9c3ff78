"""Four people who act in the made film: their looks, their shoulders, and where they are at any moment."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from math import cos, radians, sin
from typing import TYPE_CHECKING
from weakref import WeakValueDictionary

from PIL import Image, ImageDraw

from .features import TOP, Expression, Look
from .heads import Head
from .painting import gradient, mix, rgb
from .recent import Recent

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["PEOPLE", "Actor", "Figure", "Pose"]

PEOPLE = {
    "Mira": Look("#c98d63", "#2a1d1e", "#c8553d", style="long"),
    "Jon": Look("#f0c4a0", "#8a4a26", "#3d6a8a", eyes="#3f6b7a", beard=True),
    "Amara": Look("#80503a", "#1d1512", "#d9a441", lips="#96443f", style="curly"),
    "Leo": Look("#e5b48f", "#9a9a9c", "#4d7a5a", glasses=True),
}
"""Who there is, and what they look like."""

_BLINK_EVERY, _BLINK = 3.1, 0.14
"""Seconds."""
_BODIES, _SMALL, _DRAWN = 4, 16, 12
"""Pictures of one person that are kept: some megabytes each, and hardly any is wanted much later."""


@dataclass(frozen=True, slots=True)
class Pose:
    """Where somebody is and how: the middle of the head in pixels of the big picture (1280x720).

    `size` is half the width of the face in those pixels, `yaw` and `tilt` are degrees (positive: to the
    right, clockwise); `eyes`, `smile`, `pucker` and `talk` (how lively the mouth moves) are 0..1.
    """

    x: float
    y: float
    size: float = 80
    yaw: float = 0
    tilt: float = 0
    eyes: float = 1
    smile: float = 1
    pucker: float = 0
    talk: float = 0


class Figure:
    """One of the people, drawn from the waist up."""

    def __init__(self, look: Look) -> None:
        self._look = look
        self._heads: Recent[Head] = Recent(1)
        self._bodies: Recent[Image.Image] = Recent(_BODIES)
        self._small: Recent[Image.Image | None] = Recent(_SMALL)
        self._drawn: Recent[tuple[Image.Image, int, int]] = Recent(_DRAWN)

    def draw(self, picture: Image.Image, pose: Pose, expression: Expression) -> None:
        """Put the figure into a picture. Turns of less than 3 degrees and the like are left out."""
        size, yaw, tilt = max(8, round(pose.size / 2) * 2), round(pose.yaw / 3) * 3, round(pose.tilt)
        key = (size, yaw, tilt, expression)
        sprite, left, top = self._drawn.get(key, lambda: self._draw(size, yaw, tilt, expression))
        picture.paste(sprite, (round(pose.x) - left, round(pose.y) - top), sprite)

    def _draw(self, size: int, yaw: int, tilt: int, expression: Expression) -> tuple[Image.Image, int, int]:
        detail = 56 if size <= 60 else 100 if size <= 105 else 150  # noqa: PLR2004 - no finer than is seen
        head = self._heads.get(detail, lambda: Head(self._look, detail))
        body = self._bodies.get((size, yaw), lambda: self._body(size / 100, yaw))
        wide, high = (round(side * size / detail) for side in head.size)
        neck = round(-TOP * size / 100)
        corner = (body.width - wide) // 2, 0
        pivot = (body.width / 2 - corner[0], neck + 0.95 * size)

        def resized(part: Image.Image | None) -> Image.Image | None:
            return part and part.resize((wide, high), Image.Resampling.BICUBIC)

        def placed(small: Image.Image) -> Image.Image:
            return small.rotate(-tilt, Image.Resampling.BILINEAR, center=pivot) if tilt else small

        front = self._small.get((size, yaw, expression), lambda: resized(head.seen(yaw, expression)[0]))
        behind = self._small.get((size, yaw, None), lambda: resized(head.seen(yaw, expression)[1]))
        sprite = body.copy()
        if behind is not None:
            sprite = Image.new("RGBA", body.size, (*rgb(self._look.shirt), 0))
            sprite.alpha_composite(placed(behind), corner)
            sprite.alpha_composite(body)
        if front is not None:
            sprite.alpha_composite(placed(front), corner)
        return sprite, sprite.width // 2, neck

    def _body(self, unit: float, yaw: float) -> Image.Image:
        """Neck and shoulders, turned half as far as the head; long enough to end below the picture."""
        look, zero = self._look, -TOP * unit
        wide, high = round(560 * unit), round(zero + max(520 * unit, 620))
        aside, broad = sin(radians(yaw)), 0.66 + 0.34 * cos(radians(yaw))

        def at(x: float, y: float) -> tuple[float, float]:
            return wide / 2 + x * unit, zero + y * unit

        outline = [(-1.0, 9000), (-1.0, 274), (-0.95, 226), (-0.82, 198), (-0.5, 177), (-0.24, 156)]
        outline += [(-x, y) for x, y in reversed(outline)]
        mask = Image.new("L", (wide, high), 0)
        ImageDraw.Draw(mask).polygon([at(x * 205 * broad - 16 * aside, y) for x, y in outline], fill=255)
        shade = "#{:02x}{:02x}{:02x}".format(*mix(look.shirt, "#10131f", 0.42))
        stops = [(zero / high, look.shirt), (min(1.0, (zero + 600 * unit) / high), shade)]
        body = gradient((wide, high), stops)
        body.putalpha(mask)
        pen = ImageDraw.Draw(body)
        dark = (*mix(look.skin, "#3a1512", 0.3), 255)
        lean = -20 * aside
        pen.polygon([at(lean - 46, 60), at(lean + 46, 60), at(lean + 52, 170), at(lean - 52, 170)], fill=dark)
        pen.ellipse((*at(lean - 54, 144), *at(lean + 54, 198)), fill=dark)
        collar, thick = (*mix(look.shirt, "#ffffff", 0.28), 255), max(2, round(9 * unit))
        pen.arc((*at(lean - 62, 132), *at(lean + 62, 206)), 8, 172, fill=collar, width=thick)
        return body


class Actor:
    """A figure and its way: poses at moments (seconds), eased in between, with blinks and talk of its own."""

    def __init__(self, name: str, keys: Sequence[tuple[float, Pose]]) -> None:
        self._figure = _figure(name)
        self._name = name
        self._keys = sorted(keys, key=lambda key: key[0])
        self._times = [at for at, _ in self._keys]

    def pose(self, seconds: float) -> Pose:
        """Where the actor is."""
        after = bisect_right(self._times, seconds)
        if after == 0:
            return self._keys[0][1]
        if after == len(self._keys):
            return self._keys[-1][1]
        (begin, a), (end, b) = self._keys[after - 1], self._keys[after]
        share = (seconds - begin) / (end - begin)
        share = share * share * (3 - 2 * share)
        return replace(
            a,
            **{
                name: getattr(a, name) + share * (getattr(b, name) - getattr(a, name))
                for name in Pose.__slots__
            },
        )

    def draw(self, picture: Image.Image, seconds: float) -> None:
        """Put the actor into a picture as he or she is after so many seconds."""
        pose = self.pose(seconds)
        shift = sum(self._name.encode()) % 7 / 2
        breath = 1.2 * sin(seconds * 1.7 + shift)
        closed = (seconds + shift) % _BLINK_EVERY < _BLINK
        mouth = pose.talk * max(0.0, sin(seconds * 11 + shift)) * (0.55 + 0.45 * sin(seconds * 3.3 + shift))
        expression = Expression(
            eyes=0.0 if closed or pose.eyes < 0.5 else 1.0,  # noqa: PLR2004 - half shut is shut
            mouth=round(3 * mouth) / 3,
            smile=round(2 * pose.smile) / 2,
            pucker=round(2 * pose.pucker) / 2,
        )
        nod = 2.5 * pose.talk * sin(seconds * 2.3 + shift)
        self._figure.draw(picture, replace(pose, y=pose.y + breath, tilt=pose.tilt + nod), expression)


_FIGURES: WeakValueDictionary[str, Figure] = WeakValueDictionary()


def _figure(name: str) -> Figure:
    """The figure of a name, the same for all its actors: what one has drawn another need not draw again.

    It goes with the last of them, and what it has drawn with it.
    """
    figure = _FIGURES.get(name)
    if figure is None:
        _FIGURES[name] = figure = Figure(PEOPLE[name])
    return figure
