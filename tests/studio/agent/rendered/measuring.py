"""Which edit a test measures, and how loud, how high and where something is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from clips import RATE, picture
from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Callable

    from nemo_widgets.studio.agent.edits.edit import Edit

TONE_HZ = 500
SONG_HZ = (600, 900, 1200)
"""What is heard in each of the song's seconds."""
BEATS = [350, 1050, 1750, 2450]
TONE_DB = 20 * np.log10(0.2 / np.sqrt(2))
"""The level of the clips' tones, in dBFS."""


def tone(hertz: float, seconds: float) -> np.ndarray:
    return 0.2 * np.sin(2 * np.pi * hertz * np.arange(round(seconds * RATE)) / RATE)


def of(*edits: type[Edit]) -> Callable[[Any], Any]:
    """Says which edits a test measures in what is rendered."""

    def marked(test: Any) -> Any:
        test.edits = edits
        return test

    return marked


def level(sound: np.ndarray, first: float, last: float) -> float:
    """RMS in dBFS between two moments in seconds."""
    part = sound[round(first * RATE) : round(last * RATE)]
    return float(10 * np.log10((part**2).mean() + 1e-12))


def pitch(sound: np.ndarray, first: float, last: float) -> float:
    """The strongest frequency between two moments in seconds, in Hz."""
    part = sound[round(first * RATE) : round(last * RATE)]
    spectrum = np.abs(np.fft.rfft(part * np.hanning(part.size)))
    return float(spectrum.argmax() * RATE / part.size)


def box(before: np.ndarray, after: np.ndarray, least: int = 40) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of what differs in two pictures, as fractions."""
    rows, columns = np.nonzero(np.abs(after - before) > least)
    height, width = before.shape
    return columns.min() / width, rows.min() / height, columns.max() / width, rows.max() / height


def changed(before: np.ndarray, after: np.ndarray, least: int = 40) -> np.ndarray:
    """How many pixels differ in each frame: (frames,)."""
    return (np.abs(after - before) > least).sum(axis=(1, 2))


def partial(sound: np.ndarray, hertz: float, first: float, last: float) -> float:
    """The level of one frequency alone between two moments in seconds, in dBFS."""
    part = sound[round(first * RATE) : round(last * RATE)]
    wave = np.exp(-2j * np.pi * hertz * np.arange(part.size) / RATE)
    return float(20 * np.log10(np.abs(part @ wave) / part.size * np.sqrt(2) + 1e-12))


def cropped(number: int, left: float, top: float, right: float, bottom: float, *, size: Any) -> np.ndarray:
    """A part, in pixels, of the numbered picture, at another size."""
    whole = Image.fromarray(picture(number, 160, 90))
    return np.array(whole.resize(size, Image.Resampling.BICUBIC, box=(left, top, right, bottom)), int)
