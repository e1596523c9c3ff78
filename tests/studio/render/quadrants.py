"""Pictures whose four quarters differ, so that direction, place and size can be read off; and the reading."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

if TYPE_CHECKING:
    from pathlib import Path

COLOURS = {"r": (210, 40, 40), "g": (40, 180, 40), "b": (40, 60, 220), "y": (220, 210, 40), "k": (0, 0, 0),
           "w": (255, 255, 255), "n": (128, 128, 128)}  # fmt: skip


def quadrants(folder: Path, width: int = 320, height: int = 180) -> str:
    """A PNG: red and green above, blue and yellow below; returns its name."""
    rgb = np.zeros((height, width, 3), np.uint8)
    for n, letter in enumerate("rgby"):
        y, x = divmod(n, 2)
        ys, xs = slice(y * height // 2, (y + 1) * height // 2), slice(x * width // 2, (x + 1) * width // 2)
        rgb[ys, xs] = COLOURS[letter]
    return _saved(folder, f"quadrants{width}x{height}.png", rgb)


def plain(folder: Path, letter: str, width: int = 320, height: int = 180) -> str:
    """A PNG of one colour; returns its name."""
    rgb = np.zeros((height, width, 3), np.uint8) + np.array(COLOURS[letter], np.uint8)
    return _saved(folder, f"plain-{letter}{width}x{height}.png", rgb)


def _saved(folder: Path, name: str, rgb: np.ndarray) -> str:
    Image.fromarray(rgb).save(folder / name)
    return name


def letter(frame: np.ndarray, x: float, y: float) -> str:
    """The colour around a point of a frame, given in fractions; "?" for none of ours."""
    height, width, _ = frame.shape
    across, down = round(x * (width - 1)), round(y * (height - 1))
    spot = frame[max(0, down - 2) : down + 3, max(0, across - 2) : across + 3].reshape(-1, 3).mean(axis=0)
    name, colour = min(COLOURS.items(), key=lambda item: np.abs(spot - item[1]).sum())
    return name if np.abs(spot - colour).max() < 30 else "?"


def corners(frame: np.ndarray, inset: float = 0.2) -> str:
    """The four corners' colours, row by row, such as "rgby"."""
    return "".join(letter(frame, x, y) for y in (inset, 1 - inset) for x in (inset, 1 - inset))
