"""Whether two pictures show the same place, though the camera moved, somebody walked, the light changed."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Gist = NDArray[np.int16]

__all__ = ["GIST", "UNLIKE", "gist", "unlike"]

GIST = (3, 18, 32)
"""The shape of a picture's gist: three planes of 32x18."""

UNLIKE = 0.7
"""From here on `unlike` means another place. Cuts give 1 to 15, what happens within a scene less than 0.4."""

_UP, _ASIDE = 3, 6
"""How far a piece of a picture may have moved, in pixels of the gist: a fifth of the picture's width."""
_PIECE = (3, 4)
_GRAIN = 4.0
"""Levels that noise and coding change a picture by; contrast below that says nothing."""
_TEXTURED = 6.0
_MOST_GAIN = 3.0


def gist(small: NDArray[np.uint8]) -> Gist:
    """A picture of (3, 36, 64) reduced to its gist."""
    planes, height, width = small.shape
    blocks = small.reshape(planes, height // 2, 2, width // 2, 2)
    mean: Gist = (blocks.sum(axis=(2, 4), dtype=np.int16) + np.int16(2)) >> 2
    return mean


def unlike(first: Gist, second: Gist) -> float:
    """How much of the second picture is not to be found in the first: 0 the same, above `UNLIKE` another.

    Each piece of the second is looked for near its place in the first; what remains is measured against
    both pictures' contrast. Where both have contrast, brightness and contrast may differ as a whole.
    """
    spread_1, spread_2 = float(first[0].std()), float(second[0].std())
    scale = _GRAIN + (spread_1 + spread_2) / 2
    found = _remains(first, second) / scale
    if found > UNLIKE / 2 and min(spread_1, spread_2) > _TEXTURED:
        gain = spread_1 / spread_2
        if 1 / _MOST_GAIN < gain < _MOST_GAIN:
            found = min(found, _remains(first, _as_bright(first, second, gain)) / scale)
    return found


def _as_bright(first: Gist, second: Gist, gain: float) -> Gist:
    lit = second.astype(np.float32)
    lit[0] = (lit[0] - lit[0].mean()) * gain + first[0].mean()
    lit[1:] = (lit[1:] - 128) * gain + 128
    return np.clip(lit, 0, 255).astype(np.int16)


def _remains(first: Gist, second: Gist) -> float:
    """The mean of what each piece differs by from the piece of the first that is nearest to it, in levels."""
    _, height, width = second.shape
    rows = np.clip(np.arange(-_UP, height + _UP), 0, height - 1)
    columns = np.clip(np.arange(-_ASIDE, width + _ASIDE), 0, width - 1)
    around = first[:, rows[:, None], columns]
    moved = sliding_window_view(around, (height, width), axis=(1, 2))
    differs = moved - second[:, None, None]
    np.abs(differs, out=differs)
    levels = reduce(np.add, differs)
    down, across = _PIECE
    bands = levels.reshape(*levels.shape[:2], height // down, down, width)
    stripes = reduce(np.add, (bands[..., i, :] for i in range(down)))
    parts = stripes.reshape(*stripes.shape[:3], width // across, across)
    pieces = reduce(np.add, (parts[..., i] for i in range(across)))
    nearest = pieces.reshape(-1, height // down, width // across).min(axis=0)
    return float(nearest.mean()) / (down * across)
