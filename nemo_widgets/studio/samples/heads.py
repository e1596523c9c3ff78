"""Heads modelled in the round: a skull with nose, lips, ears and hair that can be seen from any side.

A head is a ring of radii around the vertical axis for every row, and a skin painted on it. Turning it is
exact, so that a face in profile has a nose and a chin, and lit softly from the upper left.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from .features import BOTTOM, TOP, Expression, Look, Skin
from .painting import rgb
from .recent import Recent

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Grid = NDArray[np.float32]

__all__ = ["Head"]

_EDGE = 1.75
"""How far a head reaches to either side, in half widths."""
_CHIN, _CROWN = 128.0, -140.0
_SKINS = 4
"""Faces of one head that are kept: up to nine megabytes each."""
_LIGHT = np.array((-0.42, -0.5, 0.76), np.float32)
"""Where the light comes from: from the left, from above, from in front."""


@dataclass(slots=True)
class _Columns:
    """The columns of a head as they stand on a picture of `size`: which of their places are put where."""

    size: tuple[int, int]
    order: NDArray[np.intp]
    seen: NDArray[np.bool_]
    place: NDArray[np.intp]


@dataclass(slots=True)
class _View:
    """All that is the same about a head from one side, whatever its face does."""

    yaw: float
    light: Grid
    front: _Columns
    behind: Image.Image | None = None


class Head:
    """One head of a look. `detail` is half the width of its face in pixels of the pictures it gives."""

    def __init__(self, look: Look, detail: int = 100) -> None:
        self.look, self.detail = look, detail
        self._scale = detail / 100
        rows, columns = round((BOTTOM - TOP) * self._scale), 9 * detail
        self._y = np.linspace(TOP, BOTTOM, rows, dtype=np.float32)[:, None]
        self._turn = np.linspace(-np.pi, np.pi, columns, endpoint=False, dtype=np.float32)[None, :]
        self._skins: Recent[Grid] = Recent(_SKINS)
        self._seen: Recent[tuple[Image.Image, Image.Image | None]] = Recent(1)
        self._view: _View | None = None

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of its pictures."""
        return 2 * round(_EDGE * self.detail) + 1, len(self._y)

    def seen(self, yaw: float, expression: Expression) -> tuple[Image.Image, Image.Image | None]:
        """The head turned by `yaw` degrees (positive: to the right), and the hair behind the neck.

        Both are RGBA of the same size, the axis in the middle, the first row at `TOP`.
        """
        return self._seen.get((yaw, expression), lambda: self._turned(yaw, expression))

    def _turned(self, yaw: float, expression: Expression) -> tuple[Image.Image, Image.Image | None]:
        skin = self._skins.get(expression, lambda: self._skin.painted(expression))
        if self._view is None or self._view.yaw != yaw:
            self._view = self._seen_from(yaw)
        view = self._view
        return _splat(skin * view.light[..., None], view.front), view.behind

    def _seen_from(self, yaw: float) -> _View:
        turned = self._turn + np.float32(np.radians(yaw))
        facing = np.cos(turned)[0]
        order = np.argsort(facing, kind="stable").astype(np.intp)
        front = order[facing[order] > -0.25]  # noqa: PLR2004 - what lies further round is never seen
        view = _View(yaw, self._lit(float(np.radians(yaw))), self._columns(turned, front, self._there))
        if self.look.style != "short":
            hair = np.asarray(rgb(self.look.hair), np.float32) * 0.62
            everywhere = np.broadcast_to(hair, (*self._radius.shape, 3))
            hairy = self._there & (self._hairy > 0)
            view.behind = _splat(everywhere, self._columns(turned, order, hairy))
        return view

    def _columns(self, turned: Grid, order: NDArray[np.intp], there: NDArray[np.bool_]) -> _Columns:
        """Where these columns are on a picture, the nearest last."""
        wide, _ = self.size
        middle = wide // 2
        across = self._radius[:, order] * np.sin(turned[:, order]) * self._scale + middle
        place = np.clip(np.rint(across).astype(np.intp), 0, 2 * middle)
        place += np.arange(len(place))[:, None] * wide
        seen = there[:, order]
        return _Columns((len(place), wide), order, seen, place[seen])

    @cached_property
    def _skin(self) -> Skin:
        return Skin(self.look, self._y, self._turn, self._hairy)

    @cached_property
    def _skull(self) -> Grid:
        """The radius of skin everywhere: an oval, longer from front to back, with a face in front of it."""
        y, turn = self._y, self._turn
        above = np.clip(1 - np.clip(y / _CROWN, 0, 1) ** 2.4, 0, 1) ** 0.55
        below = np.clip(1 - np.clip(y / _CHIN, 0, 1) ** 2.3, 0, 1) ** 0.62
        half = 97 * above * below
        deep = 1 + 0.1 * np.cos(2 * turn) - 0.02 * np.cos(turn)
        jaw = np.clip((y - 20) / 100, 0, 1) * (0.5 - 0.5 * np.cos(turn)) ** 2
        radius = half * deep * (1 - 0.4 * jaw)
        front = np.exp(-((turn / 0.5) ** 2))
        radius += front * (
            7 * _bump(y, -48, 16) - 5 * _bump(y, -18, 14) + 9 * _bump(y, 112, 15)
        )  # brow, eyes, chin
        slope = np.clip((y + 26) / 58, 0, 1) ** 1.3 * (1 - np.clip((y - 32) / 11, 0, 1) ** 2)
        radius += (
            25 * slope * np.exp(-((turn / (0.1 + 0.075 * np.clip((y + 26) / 58, 0, 1))) ** 2))
        )  # the nose
        radius += np.exp(-((turn / 0.26) ** 2)) * (8 * _bump(y, 60, 6) + 8 * _bump(y, 74, 7))  # lips
        return np.asarray(radius, np.float32)

    @cached_property
    def _hairy(self) -> Grid:
        """How thick the hair is everywhere, 0 where there is none."""
        y, turn = self._y, np.abs(self._turn)
        style = self.look.style
        wave = 5 * np.sin(self._turn * 9 + 1) + 3 * np.sin(self._turn * 23)
        parting = 10 * np.sin(self._turn * 1.4 + 0.6)
        line = np.interp(
            turn, (0, 0.55, 0.95, 1.25, 1.42, 1.9, 2.2, np.pi), (-80, -76, -50, -18, -24, -12, 56, 70)
        )
        end = line + parting * (turn < 0.9) + wave * 0.4  # noqa: PLR2004 - the parting is in front
        thick = 13.0
        if style == "long":
            curtain = np.interp(turn, (0, 0.8, 1.05, 1.2, np.pi), (-76, -58, -20, 150, 168))
            end, thick = curtain + parting * (turn < 0.7) + wave, 17.0  # noqa: PLR2004 - likewise
        elif style == "curly":
            end = np.interp(turn, (0, 0.6, 1.0, 1.3, 1.7, np.pi), (-66, -64, -40, 24, 64, 84)) + wave * 1.6
            thick = 34.0
        rise = np.clip((end - y) / 16, 0, 1) ** 0.5
        curl = 1.0
        if style == "curly":
            curl = 1 + 0.13 * np.sin(self._turn * 13 + 2 * np.sin(y / 9)) * np.sin(y / 8.5 + 1.2)
        return np.asarray(rise * thick * curl, np.float32)

    @cached_property
    def _radius(self) -> Grid:
        y, hair = self._y, self._hairy
        thick = float(hair.max())
        falling = np.interp(y, (-40, 0, 60, 175), (60, 84, 90, 96)).astype(np.float32)  # long hair hangs down
        worn = np.maximum(self._skull, falling * (np.abs(self._turn) > 0.8)) + hair  # noqa: PLR2004 - beside the face
        over = np.clip((-44 - y) / (96 + thick), 0, 1)
        dome = 94 * np.sqrt(1 - over**2) * (1 + 0.1 * np.cos(2 * self._turn)) + hair * (1 - over**2)
        worn = np.where(y < -44, dome, worn)  # noqa: PLR2004 - from here on the hair closes over the skull
        ear = _bump(y, 4, 24) * np.exp(-(((np.abs(self._turn) - 1.62) / 0.12) ** 2))
        return np.where(hair > 0, worn, self._skull + 17 * ear).astype(np.float32)

    @cached_property
    def _there(self) -> NDArray[np.bool_]:
        return (self._radius > 1) & ((self._y < _CHIN) | (self._hairy > 0))

    @cached_property
    def _normals(self) -> tuple[Grid, Grid, Grid]:
        """Which way the surface looks, for a head that looks at us: to the right, down, towards us."""
        radius = self._radius
        step_y = float(self._y[1, 0] - self._y[0, 0])
        step_turn = float(self._turn[0, 1] - self._turn[0, 0])
        around = (np.roll(radius, -2, 1) - np.roll(radius, 2, 1)) / (4 * step_turn) / np.maximum(radius, 20)
        down = np.clip(np.gradient(radius, step_y, axis=0), -3, 3)
        sin, cos = np.sin(self._turn), np.cos(self._turn)
        x, z = sin - around * cos, cos + around * sin
        length = np.sqrt(x * x + z * z + down * down)
        right, below, near = ((part / length).astype(np.float32) for part in (x, -down, z))
        return right, below, near

    def _lit(self, yaw: float) -> Grid:
        """How bright every place is."""
        x, y, z = self._normals
        sin, cos = np.float32(np.sin(yaw)), np.float32(np.cos(yaw))
        towards = (x * cos + z * sin) * _LIGHT[0] + y * _LIGHT[1] + (z * cos - x * sin) * _LIGHT[2]
        return np.asarray(0.66 + 0.4 * np.clip(towards, -0.35, 1), np.float32)


def _bump(y: Grid, at: float, wide: float) -> Grid:
    return np.asarray(np.exp(-(((y - at) / wide) ** 2)), np.float32)


def _splat(colours: Grid, columns: _Columns) -> Image.Image:
    """Put the columns onto a picture, the nearest last."""
    painted = np.empty((*colours.shape[:2], 4), np.uint8)
    painted[..., :3] = np.clip(colours, 0, 255)
    painted[..., 3] = 255
    whole = painted.view(np.uint32)[..., 0]
    buffer = np.zeros(columns.size, np.uint32)
    buffer.ravel()[columns.place] = whole[:, columns.order][columns.seen]
    for reach in (1, 2, 3):  # where hair stands off the face there are no columns to fill the step
        left, here, right = buffer[:, : -2 * reach], buffer[:, reach:-reach], buffer[:, 2 * reach :]
        gap = (here == 0) & (left > 0) & (right > 0)
        here[gap] = left[gap]
    return Image.fromarray(buffer.view(np.uint8).reshape(*columns.size, 4))
