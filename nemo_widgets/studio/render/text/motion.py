"""How a text comes, stands and goes: where it is and how much of it is seen at every frame."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import ceil
from typing import TYPE_CHECKING

import numpy as np

from nemo_widgets.fonts import clusters
from nemo_widgets.studio.render.frames import planes

from .art import art

if TYPE_CHECKING:
    from av.video.frame import VideoFrame

    from nemo_widgets.studio.render.model import Title

__all__ = ["Pose", "draw", "pose"]

_RISE = 0.08
"""What a text that slides up comes by, as a share of the frame's height."""
_RUN = 0.25
"""And one that slides to the left, of its width."""
_SMALL, _LARGE = 0.5, 1.08
"""The size a text pops up from, and the one it goes over before it stands."""
_TURN = 0.65
"""Share of its coming after which a popping text is at its largest."""
_STEPS = 50
"""Sizes are rounded to this many steps, so that what was drawn once can be used again."""


@dataclass(frozen=True, slots=True)
class Pose:
    """A text at one frame: `opacity` 0-1, moved by `right` and `down` pixels, `scale`d, `shown` letters."""

    opacity: float
    right: int = 0
    down: int = 0
    scale: float = 1.0
    shown: int | None = None


def pose(title: Title, n: int, width: int, height: int) -> Pose:
    """How the title is at frame n of the timeline, on a frame of `width` x `height`."""
    gone = (title.last - n) / (title.leave + 1)
    since = n - title.first + 1
    if title.animation == "typewriter":
        letters = _count(title.text) + _count(title.subtitle)
        shown = ceil(letters * since / title.enter) if title.enter else letters
        return Pose(min(1.0, gone), shown=None if shown >= letters else shown)
    come = min(1.0, since / (title.enter + 1))
    if title.animation in ("fade", "none"):
        return Pose(min(come, gone))
    seen = min(1.0, gone, 2 * come)  # it is there before it stands still
    left = (1 - come) ** 3
    if title.animation == "slide-up":
        return Pose(seen, down=_even(left * _RISE * height))
    if title.animation == "slide-left":
        return Pose(seen, right=_even(left * _RUN * width))
    if come < _TURN:
        scale = _SMALL + (_LARGE - _SMALL) * (1 - (1 - come / _TURN) ** 2)
    else:
        scale = _LARGE + (1 - _LARGE) * (come - _TURN) / (1 - _TURN)
    return Pose(seen, scale=round(scale * _STEPS) / _STEPS)


def draw(frame: VideoFrame, title: Title, n: int) -> None:
    """Draws the title over frame n of the timeline (yuv420p, BT.709, limited range), in place."""
    now = pose(title, n, frame.width, frame.height)
    made, opacity = art(title, frame.width, frame.height, now.shown, now.scale), np.float32(now.opacity)
    x, y = made.x + now.right, made.y + now.down
    for plane, color, alpha, half in zip(planes(frame), made.colors, made.alphas, (1, 2, 2), strict=True):
        left, top = x // half, y // half
        rows, columns = color.shape
        box = plane[max(0, top) : max(0, top + rows), max(0, left) : max(0, left + columns)]
        if not box.size:
            continue
        cut = (
            slice(max(0, -top), max(0, -top) + box.shape[0]),
            slice(max(0, -left), max(0, -left) + box.shape[1]),
        )
        under = box.astype(np.float32)
        under += (color[cut] - under) * (alpha[cut] * opacity)
        under += np.float32(0.5)
        box[:] = under


def _even(pixels: float) -> int:
    """Whole pixels of the planes for colour, which are half as many."""
    return 2 * round(pixels / 2)


@lru_cache(maxsize=64)
def _count(text: str) -> int:
    """How many letters a typewriter has to write, each with its marks."""
    return len(clusters(text.replace("\n", "")))
