"""A clock and a frame counter burnt into pictures: to be read by people, and by programs, after any edit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PIL import ImageDraw

from nemo_widgets.fonts import font

from .painting import SIZE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PIL import Image

__all__ = ["burn", "read"]

_BITS = 12
_CELL = 10
_LEFT, _TOP = 16, SIZE[1] - 20
_WHITE, _BLACK = 235, 16
_CLEAR = 60
"""How far apart in brightness the strip's white and black must be, for it to be there at all."""


def burn(picture: Image.Image, frame: int, fps: int) -> None:
    """Write the time and the number of a frame (0 to 4095) in the lower left, and the number as a strip.

    The strip is white, black, then twelve cells, the highest bit first, white for 1.
    """
    pen = ImageDraw.Draw(picture)
    tenths = frame * 10 // fps
    text = f"{tenths // 600}:{tenths // 10 % 60:02}.{tenths % 10}   {frame:04}"
    pen.rectangle((_LEFT - 6, _TOP - 34, _LEFT + (_BITS + 2) * _CELL + 5, SIZE[1] - 5), fill=(_BLACK,) * 3)
    pen.text((_LEFT, _TOP - 30), text, font=font(20), fill=(255, 244, 214))
    cells = (1, 0, *((frame >> bit) & 1 for bit in reversed(range(_BITS))))
    for i, lit in enumerate(cells):
        left = _LEFT + i * _CELL
        shade = _WHITE if lit else _BLACK
        pen.rectangle((left, _TOP, left + _CELL - 1, _TOP + _CELL - 1), fill=(shade,) * 3)


def read(picture: NDArray[np.uint8]) -> int | None:
    """The number burnt into a whole picture, (height, width, 3), of any size; None where there is none."""
    height, width, _ = picture.shape
    middle = round((_TOP + _CELL / 2) * height / SIZE[1])
    places = [round((_LEFT + (i + 0.5) * _CELL) * width / SIZE[0]) for i in range(_BITS + 2)]
    levels = picture[middle, places].astype(float).mean(axis=1)
    if levels[0] - levels[1] < _CLEAR:
        return None
    lit = levels[2:] > (levels[0] + levels[1]) / 2
    return int("".join("1" if bit else "0" for bit in lit), 2)
